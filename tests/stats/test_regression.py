"""Quasi-Poisson regression against statsmodels."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall._stats.regression import (
    fit_quasi_poisson,
    season_columns,
    t_interval,
    t_p_value,
)


def monthly_design(months):
    position = np.arange(months)
    waves = season_columns(position % 12 + 1)
    return np.column_stack([np.ones(months), waves, position / 12])


@settings(deadline=None, max_examples=25)
@given(st.integers(24, 180), st.floats(0.5, 2000), st.integers(0, 10_000))
def test_the_fit_equals_statsmodels(months, level, seed):
    generator = np.random.default_rng(seed)
    design = monthly_design(months)
    offset = np.log(generator.integers(28, 32, months))
    counts = generator.negative_binomial(5, 5 / (5 + level), months).astype(float)
    if (counts > 0).sum() < 12:
        return

    ours = fit_quasi_poisson(design, counts, offset=offset)

    model = sm.GLM(counts, design, family=sm.families.Poisson(), offset=offset)
    theirs = model.fit(scale="X2", tol=1e-14, maxiter=200)
    assert ours.coefficients == pytest.approx(theirs.params, abs=1e-8)
    assert ours.dispersion == pytest.approx(theirs.scale, rel=1e-8)
    assert np.sqrt(np.diag(ours.covariance)) == pytest.approx(theirs.bse, rel=1e-7)
    assert ours.deviance == pytest.approx(theirs.deviance, rel=1e-8, abs=1e-8)


def test_the_autocorrelated_covariance_equals_statsmodels():
    generator = np.random.default_rng(5)
    design, counts = monthly_design(60), generator.poisson(40, 60).astype(float)

    ours = fit_quasi_poisson(design, counts).autocorrelated_covariance(lags=6)

    model = sm.GLM(counts, design, family=sm.families.Poisson())
    theirs = model.fit(
        cov_type="HAC", cov_kwds={"maxlags": 6, "use_correction": True}, tol=1e-14, maxiter=200
    )
    assert ours == pytest.approx(theirs.cov_params(), rel=1e-6)


def test_a_level_alone_is_the_mean():
    fit = fit_quasi_poisson(np.ones((4, 1)), np.array([1.0, 2.0, 3.0, 6.0]))

    assert np.exp(fit.coefficients[0]) == pytest.approx(3)
    assert fit.dispersion == pytest.approx((4 + 1 + 0 + 9) / 3 / 3)


@pytest.mark.parametrize(
    ("design", "counts"),
    [
        (np.ones((5, 2)), np.ones(5)),
        (np.ones((1, 1)), np.ones(1)),
        (np.ones((5, 1)), np.zeros(5)),
    ],
)
def test_too_many_terms_are_refused(design, counts):
    with pytest.raises(np.linalg.LinAlgError, match="too many terms"):
        fit_quasi_poisson(design, counts)


def test_a_season_returns_after_a_year_and_adds_up_to_nothing():
    waves = season_columns(np.arange(1, 13))

    assert waves.sum(axis=0) == pytest.approx(np.zeros(4), abs=1e-12)
    assert season_columns(np.array([13])) == pytest.approx(waves[:1], abs=1e-12)


def test_a_normal_interval_is_the_limit_of_student():
    low, high = t_interval(1.0, 2.0, degrees_of_freedom=np.inf, level=0.95)

    assert [low, high] == pytest.approx([1 - 3.92, 1 + 3.92], abs=1e-3)
    assert t_p_value(1.96, 1.0, degrees_of_freedom=np.inf) == pytest.approx(0.05, abs=1e-4)


def test_a_fit_of_counts_that_separate_is_not_sound():
    late = np.repeat([0.0, 1.0], 12)
    design = np.column_stack([np.ones(24), late])

    apart = fit_quasi_poisson(design, np.repeat([0.0, 5.0], 12))
    even = fit_quasi_poisson(design, np.tile([4.0, 5.0, 6.0], 8))

    assert not apart.is_sound()
    assert even.converged
    assert even.is_sound()
