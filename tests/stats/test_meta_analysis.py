"""Variance components, robust errors and heterogeneity against R, by hand and by property."""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from forestall._stats.cluster_robust import robust_errors
from forestall._stats.heterogeneity import (
    generalised_q,
    hedges_variance,
    moment_variance,
    paule_mandel_variance,
    profile_interval,
    typical_variance,
)
from forestall._stats.variance_components import Likelihood, fit_mixed_model

FOLDER = Path(os.environ.get("FORESTALL_DATA", "")) / "evaluation"
needs_data = pytest.mark.skipif(
    not (FOLDER / "r_reference.json").is_file(),
    reason="FORESTALL_DATA names no folder with evaluation/r_reference.json",
)


def reference(name):
    return json.loads((FOLDER / "r_reference.json").read_text())[name]


def one_column(effects):
    return np.ones((len(effects), 1))


def test_two_studies_by_hand():
    """Effects 0 and 2 with variance 1: Q = 2, tau² = 1 by every estimator."""
    effects, sampling, design = [0.0, 2.0], [1.0, 1.0], np.ones((2, 1))
    assert generalised_q(effects, sampling, design) == pytest.approx(2)
    for estimator in (moment_variance, hedges_variance, paule_mandel_variance):
        assert estimator(effects, sampling, design) == pytest.approx(1)
    fitted = fit_mixed_model(effects, sampling, design, [[0, 1]])
    assert fitted.components[0] == pytest.approx(1, abs=1e-8)
    assert fitted.covariance[0, 0] == pytest.approx(1, abs=1e-8)


@needs_data
@pytest.mark.parametrize(("name", "estimator"), [("DL", moment_variance), ("HE", hedges_variance)])
def test_moment_estimators_equal_r(name, estimator):
    found = pd.read_csv(FOLDER / "meta_raudenbush1985.csv")
    expected = reference("raudenbush1985")[name]
    design = one_column(found)
    tau2 = estimator(found.yi, found.vi, design)
    fitted = fit_mixed_model(found.yi, found.vi + tau2, design, [])
    assert tau2 == pytest.approx(expected["tau2"], abs=1e-9)
    assert fitted.coefficients[0] == pytest.approx(expected["b"], abs=1e-9)
    assert np.sqrt(fitted.covariance[0, 0]) == pytest.approx(expected["se"], abs=1e-9)
    assert generalised_q(found.yi, found.vi, design) == pytest.approx(expected["Q"], abs=1e-9)
    typical = typical_variance(found.vi, design)
    assert 100 * tau2 / (tau2 + typical) == pytest.approx(expected["I2"], abs=1e-7)


@needs_data
@pytest.mark.parametrize(
    ("name", "likelihood"), [("REML", Likelihood.RESTRICTED), ("ML", Likelihood.FULL)]
)
def test_likelihood_estimators_equal_r(name, likelihood):
    """R stops when tau² moves by less than 1e-5; ours goes to the top of the likelihood."""
    found = pd.read_csv(FOLDER / "meta_raudenbush1985.csv")
    expected = reference("raudenbush1985")[name]
    design, units = one_column(found), np.arange(len(found))
    fitted = fit_mixed_model(found.yi, found.vi, design, [units], likelihood=likelihood)
    assert fitted.converged
    assert fitted.components[0] == pytest.approx(expected["tau2"], abs=1.1e-5)
    assert fitted.coefficients[0] == pytest.approx(expected["b"], abs=1.1e-5)
    assert np.sqrt(fitted.covariance[0, 0]) == pytest.approx(expected["se"], abs=1e-5)

    def depth(tau2):
        inverse = np.diag(1 / (found.vi.to_numpy() + tau2))
        inner = (design.T @ inverse @ design)[0, 0]
        mean = (design.T @ inverse @ found.yi.to_numpy())[0] / inner
        apart = found.yi.to_numpy() - mean
        depth = np.log(found.vi.to_numpy() + tau2).sum() + apart @ inverse @ apart
        return depth + (np.log(inner) if likelihood is Likelihood.RESTRICTED else 0)

    top = minimize_scalar(depth, bounds=(1e-6, 0.2), method="bounded", options={"xatol": 1e-10})
    assert fitted.components[0] == pytest.approx(top.x, abs=1e-6)


@needs_data
def test_meta_regression_and_egger_equal_r():
    found = pd.read_csv(FOLDER / "meta_raudenbush1985.csv")
    units, ones = np.arange(len(found)), np.ones(len(found))
    expected = reference("raudenbush1985")
    weeks = np.column_stack([ones, np.minimum(found.weeks, 3)])
    fitted = fit_mixed_model(found.yi, found.vi, weeks, [units])
    line = expected["metareg_weeks_capped3"]
    np.testing.assert_allclose(fitted.coefficients, line["b"], atol=2e-6)
    np.testing.assert_allclose(np.sqrt(np.diag(fitted.covariance)), line["se"], atol=2e-6)
    slant = np.column_stack([ones, np.sqrt(found.vi)])
    fitted = fit_mixed_model(found.yi, found.vi, slant, [units])
    z = fitted.coefficients[1] / np.sqrt(fitted.covariance[1, 1])
    assert z == pytest.approx(expected["egger"]["z"], abs=1e-4)


@needs_data
@pytest.mark.parametrize(
    ("file", "name", "cluster"),
    [
        ("meta_tannersmith2016.csv", "tannersmith2016", "studyid"),
        ("meta_konstantopoulos2011.csv", "konstantopoulos2011", "district"),
    ],
)
def test_three_levels_and_robust_errors_equal_r(file, name, cluster):
    found, expected = pd.read_csv(FOLDER / file), reference(name)
    level = expected.get("threelevel_REML", expected)
    robust = expected.get("CR2", {"se": expected.get("CR2_se"), "df": expected.get("CR2_df")})
    layers = [found[cluster], np.arange(len(found))]
    fitted = fit_mixed_model(found.yi, found.vi, one_column(found), layers)
    errors = robust_errors(fitted, found[cluster])
    np.testing.assert_allclose(fitted.components, level["sigma2"], rtol=1e-5)
    assert fitted.coefficients[0] == pytest.approx(level["b"], abs=1e-7)
    assert np.sqrt(fitted.covariance[0, 0]) == pytest.approx(level["se"], abs=1e-7)
    assert np.sqrt(errors.covariance[0, 0]) == pytest.approx(robust["se"], abs=1e-7)
    assert errors.degrees_of_freedom[0] == pytest.approx(robust["df"], abs=1e-5)


effects = st.lists(st.tuples(st.floats(-2, 2), st.floats(0.01, 1)), min_size=3, max_size=12)


@given(effects)
@settings(max_examples=40, deadline=None)
def test_the_profile_interval_holds_paule_and_mandel(rows):
    values, sampling = np.array(rows).T
    design = one_column(values)
    low, high = profile_interval(values, sampling, design, level=0.5)
    between = paule_mandel_variance(values, sampling, design)
    assert 0 <= low <= high
    assert low <= between + 1e-9 or between == 0


@given(effects, st.floats(-3, 3), st.floats(0.1, 5))
@settings(max_examples=40, deadline=None)
def test_shift_and_scale(rows, shift, scale):
    """Moving all effects moves the mean alone; scaling them scales mean and spread."""
    values, sampling = np.array(rows).T
    design, units = one_column(values), np.arange(len(values))
    plain = fit_mixed_model(values, sampling, design, [units])
    moved = fit_mixed_model(scale * values + shift, scale**2 * sampling, design, [units])
    assert moved.coefficients[0] == pytest.approx(
        scale * plain.coefficients[0] + shift, abs=1e-5, rel=1e-5
    )
    assert moved.components[0] == pytest.approx(
        scale**2 * plain.components[0], abs=2e-5 * scale**2, rel=1e-3
    )


def test_equal_effects_have_no_spread():
    fitted = fit_mixed_model([0.3] * 5, [0.1] * 5, np.ones((5, 1)), [np.arange(5)])
    assert fitted.components[0] == 0
    assert fitted.component_errors[0] == 0
    assert profile_interval([0.3] * 5, [0.1] * 5, np.ones((5, 1)))[0] == 0


def test_robust_errors_are_unbiased_where_the_model_is_right():
    """With clusters of one and one column, CR2 of a fixed weighting has the right mean."""
    generator = np.random.default_rng(4)
    sampling = np.array([0.1, 0.2, 0.4, 0.8, 0.3])
    found = []
    for _ in range(4000):
        fitted = fit_mixed_model(
            generator.normal(0, np.sqrt(sampling)), sampling, np.ones((5, 1)), []
        )
        found.append(robust_errors(fitted, np.arange(5)).covariance[0, 0])
    assert np.mean(found) == pytest.approx(1 / (1 / sampling).sum(), rel=0.05)
