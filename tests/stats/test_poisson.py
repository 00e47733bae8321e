"""Exact intervals of counts and of their ratio."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from forestall._stats.poisson import compare_poisson_rates, poisson_interval

small_counts = st.integers(0, 400)
exposures = st.floats(0.5, 500)


def test_the_interval_of_ten_is_the_published_one():
    low, high = poisson_interval([10])

    # Garwood (1936), table of the 95 % limits of a Poisson mean.
    assert (low[0], high[0]) == (pytest.approx(4.795, abs=5e-4), pytest.approx(18.39, abs=5e-3))


def test_no_incident_leaves_only_an_upper_limit():
    low, high = poisson_interval(0)

    assert low == 0
    assert high == pytest.approx(-np.log(0.025))


@given(st.integers(1, 5000), st.sampled_from([0.8, 0.95, 0.99]))
def test_limits_are_chi_squared_quantiles(count, level):
    low, high = poisson_interval(count, level=level)

    assert low == pytest.approx(stats.chi2.ppf((1 - level) / 2, 2 * count) / 2, rel=1e-9)
    assert high == pytest.approx(stats.chi2.isf((1 - level) / 2, 2 * count + 2) / 2, rel=1e-9)


@given(small_counts, st.integers(1, 400), exposures, exposures)
def test_the_ratio_agrees_with_the_binomial_test(before, after, before_days, after_days):
    rates = compare_poisson_rates(
        before, after, before_exposure=before_days, after_exposure=after_days
    )

    share = stats.binomtest(after, before + after).proportion_ci(0.95, method="exact")
    scale = before_days / after_days
    assert rates.low == pytest.approx(share.low / (1 - share.low) * scale, rel=1e-8)
    if before:
        assert rates.high == pytest.approx(share.high / (1 - share.high) * scale, rel=1e-8)
    p = after_days / (before_days + after_days)
    null = stats.binom(before + after, p)
    twice = 2 * min(null.cdf(after), null.sf(after - 1))
    assert rates.p_value == pytest.approx(min(1, twice), rel=1e-6, abs=1e-12)


@given(small_counts, small_counts, exposures, exposures)
def test_swapping_the_periods_turns_the_ratio_over(before, after, before_days, after_days):
    one = compare_poisson_rates(
        before, after, before_exposure=before_days, after_exposure=after_days
    )
    other = compare_poisson_rates(
        after, before, before_exposure=after_days, after_exposure=before_days
    )

    assert one.p_value == pytest.approx(other.p_value, rel=1e-6, abs=1e-12)
    if before and after:
        assert one.low * other.high == pytest.approx(1, rel=1e-6)


@given(st.integers(1, 400), st.integers(1, 400), st.floats(1.01, 30))
def test_more_variation_never_makes_us_surer(before, after, dispersion):
    plain, wide = (
        compare_poisson_rates(
            before,
            after,
            before_exposure=1,
            after_exposure=1,
            dispersion=factor,
            degrees_of_freedom=11,
        )
        for factor in (dispersion, 2 * dispersion)
    )

    assert wide.low < plain.low < plain.ratio < plain.high < wide.high
    assert wide.p_value >= plain.p_value


def test_a_zero_has_an_interval_with_dispersion_too():
    rates = compare_poisson_rates(0, 8, before_exposure=1, after_exposure=1, dispersion=2)

    assert rates.ratio == np.inf
    assert 0 < rates.low < 1
    assert rates.high == np.inf


@pytest.mark.parametrize("wrong", [{"before_exposure": 0}, {"dispersion": 0.5}])
def test_impossible_input_is_refused(wrong):
    with pytest.raises(ValueError, match="positive"):
        compare_poisson_rates(1, 1, **{"before_exposure": 1, "after_exposure": 1, **wrong})


@pytest.mark.slow
def test_the_interval_of_the_ratio_covers_what_it_claims():
    generator = np.random.default_rng(11)
    truth, runs, inside = 0.8, 4000, {0.8: 0, 0.95: 0, 0.99: 0}
    for _ in range(runs):
        before, after = generator.poisson([60, 60 * truth])
        for level in inside:
            rates = compare_poisson_rates(
                before, after, before_exposure=1, after_exposure=1, level=level
            )
            inside[level] += rates.low <= truth <= rates.high

    # Exact intervals cover at least their level; three standard errors for the simulation.
    for level, hits in inside.items():
        slack = 3 * np.sqrt(level * (1 - level) / runs)
        assert level - slack <= hits / runs <= level + 0.05
