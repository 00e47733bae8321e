import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from forestall._stats.two_rates import e_test

COUNTS = st.integers(0, 60)
EXPOSURES = st.floats(0.2, 5)


def by_hand(first, second, exposures, variance):
    """Sum pair by pair over far more counts than can happen."""
    one, two = exposures
    pooled = (first + second) / (one + two)
    laws = stats.poisson(pooled * one), stats.poisson(pooled * two)
    most = 200

    def distance(x, y):
        spread = x / one**2 + y / two**2 if variance == "unpooled" else (x + y) / (one * two)
        return (x / one - y / two) ** 2 / spread if spread else 0.0

    observed = distance(first, second)
    chances = [law.pmf(np.arange(most)) for law in laws]
    return sum(
        chances[0][x] * chances[1][y]
        for x, y in itertools.product(range(most), repeat=2)
        if distance(x, y) >= observed * (1 - 1e-9)
    )


@pytest.mark.parametrize(("variance", "published"), [("unpooled", 0.0941), ("pooled", 0.1445)])
def test_the_example_with_unequal_exposures(variance, published):
    found = e_test(30, 5, first_exposure=3, second_exposure=1, variance=variance)

    assert found == pytest.approx(published, abs=5e-5)
    assert found == pytest.approx(by_hand(30, 5, (3, 1), variance), abs=1e-9)


@pytest.mark.parametrize(
    ("ours", "theirs"), [("unpooled", "etest-wald"), ("pooled", "etest-score")]
)
def test_a_second_implementation_agrees(ours, theirs):
    from statsmodels.stats.rates import test_poisson_2indep

    for first, second, one, two in [(4, 11, 1, 1), (30, 5, 3, 1), (60, 41, 2, 1.5)]:
        found = e_test(first, second, first_exposure=one, second_exposure=two, variance=ours)
        theirs_found = test_poisson_2indep(first, one, second, two, method=theirs, compare="ratio")

        assert found == pytest.approx(theirs_found.pvalue, abs=1e-4)


@settings(deadline=None)
@given(COUNTS, COUNTS, EXPOSURES, EXPOSURES, st.sampled_from(["unpooled", "pooled"]))
def test_it_does_not_matter_which_comes_first(first, second, one, two, variance):
    there = e_test(first, second, first_exposure=one, second_exposure=two, variance=variance)
    back = e_test(second, first, first_exposure=two, second_exposure=one, variance=variance)

    assert 0 <= there <= 1
    assert there == pytest.approx(back, abs=1e-9)


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_both_variances_agree_where_exposures_do(first, second):
    found = [
        e_test(first, second, first_exposure=1, second_exposure=1, variance=variance)
        for variance in ("unpooled", "pooled")
    ]

    assert found[0] == pytest.approx(found[1], abs=1e-9)


def test_large_counts_come_near_the_normal_distribution():
    found = e_test(40_000, 40_600, first_exposure=1, second_exposure=1, variance="unpooled")

    assert found == pytest.approx(2 * stats.norm.sf(600 / np.sqrt(80_600)), abs=2e-4)


def test_no_incident_is_no_change():
    assert e_test(0, 0, first_exposure=1, second_exposure=2, variance="unpooled") == 1
