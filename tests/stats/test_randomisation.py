"""Lots that could have been drawn: their number, their statistics, and what they give."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall._stats.place_ratios import ratio_of_four_sums, ratio_of_places_and_months
from forestall._stats.randomisation import (
    FARTHEST_LOG,
    FourSums,
    StaggeredStarts,
    limits_by_turning,
    rank_p_value,
)
from forestall._stats.start_lots import other_starts


def every_lot(treated):
    places, chosen = treated.size, int(treated.sum())
    lots = [np.isin(np.arange(places), c) for c in itertools.combinations(range(places), chosen)]
    return np.array(sorted(lots, key=lambda lot: not np.array_equal(lot, treated)))


def test_four_sums_by_hand():
    before, after = np.array([10.0, 20, 30, 40]), np.array([5.0, 10, 30, 40])
    treated = np.array([True, True, False, False])

    statistics = FourSums(before, after, every_lot(treated)).at(0.0)

    assert len(statistics) == 6
    assert statistics[0] == pytest.approx(np.log(0.5))
    # Places 3 and 4 treated instead: (70 / 70) / (15 / 30).
    assert np.isclose(statistics, np.log(2)).sum() == 1
    assert rank_p_value(statistics) == pytest.approx(2 / 6)


def test_the_effect_taken_out_leaves_nothing():
    before, after = np.array([10.0, 20, 30, 40]), np.array([5.0, 10, 30, 40])
    lots = every_lot(np.array([True, True, False, False]))

    assert FourSums(before, after, lots).at(np.log(0.5))[0] == pytest.approx(0)


def test_the_ratio_of_four_sums_is_the_fixed_effects_poisson_ratio():
    rng = np.random.default_rng(1)
    counts = rng.poisson(3, (12, 8)).astype(float)
    treated = np.arange(12) < 5
    there = treated[:, None] & (np.arange(8) >= 5)

    sums = ratio_of_four_sums(
        counts[:, :5].sum(axis=1), counts[:, 5:].sum(axis=1), treated, np.zeros(12, dtype=int)
    )
    panel = ratio_of_places_and_months(counts, there)

    assert panel is not None
    assert panel.log == pytest.approx(sums.log, abs=1e-8)
    assert panel.error == pytest.approx(sums.error, rel=0.1)


def test_the_staggered_ratio_equals_statsmodels():
    api = pytest.importorskip("statsmodels.api")
    rng = np.random.default_rng(2)
    starts = rng.permutation(np.repeat([3, 5, 7], 5))
    there = np.arange(10) >= starts[:, None]
    counts = rng.poisson(4 * np.where(there, 0.7, 1)).astype(float)
    place, month = np.indices(counts.shape)
    design = np.column_stack(
        [there.ravel(), np.eye(15)[place.ravel()], np.eye(10)[month.ravel()][:, 1:]]
    ).astype(float)

    theirs = api.GLM(counts.ravel(), design, family=api.families.Poisson()).fit(
        cov_type="cluster", cov_kwds={"groups": place.ravel(), "use_correction": False}, tol=1e-13
    )
    ours = ratio_of_places_and_months(counts, there)

    assert ours is not None
    assert ours.log == pytest.approx(theirs.params[0], abs=1e-8)
    assert ours.error == pytest.approx(theirs.bse[0] * np.sqrt(15 / 14), rel=1e-6)


def test_the_score_of_staggered_starts_equals_a_regression():
    rng = np.random.default_rng(3)
    starts = rng.permutation(np.repeat([2, 4, 6], 3))
    counts = rng.poisson(4, (9, 8)).astype(float)
    lots = np.array([starts, rng.permutation(starts)])
    mean = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    place, month = np.indices(counts.shape)
    levels = np.column_stack([np.eye(9)[place.ravel()], np.eye(8)[month.ravel()]])
    root = np.sqrt(mean.ravel())

    found = StaggeredStarts(counts, lots).at(0.0)

    for lot, statistic in zip(lots, found, strict=True):
        column = (np.arange(8) >= lot[:, None]).astype(float).ravel()
        fitted = np.linalg.lstsq(levels * root[:, None], column * root, rcond=None)[0]
        free = column - levels @ fitted
        wanted = (free * (counts - mean).ravel()).sum() / (mean.ravel() * free**2).sum()
        assert statistic == pytest.approx(wanted)


def test_limits_hold_what_the_test_does_not_turn_down():
    rng = np.random.default_rng(4)
    before, after = rng.poisson(50, 10).astype(float), rng.poisson(50, 10).astype(float)
    treated = np.arange(10) < 5
    after[treated] = np.round(after[treated] * 0.6)
    statistic = FourSums(before, after, every_lot(treated))

    low, high = limits_by_turning(statistic, estimate=statistic.at(0.0)[0], level=0.95)

    assert low < np.log(0.6) < high < 0
    assert rank_p_value(statistic.at(high - 0.001)) > 0.05 >= rank_p_value(statistic.at(high))
    assert rank_p_value(statistic.at(low + 0.001)) > 0.05 >= rank_p_value(statistic.at(low))


def test_with_too_few_lots_there_is_no_limit():
    before, after = np.array([10.0, 20, 30, 40]), np.array([5.0, 10, 30, 40])
    statistic = FourSums(before, after, every_lot(np.array([True, True, False, False])))

    assert limits_by_turning(statistic, estimate=np.log(0.5), level=0.95) == (
        -FARTHEST_LOG,
        FARTHEST_LOG,
    )


def test_all_orders_of_starts_are_listed_once():
    found = other_starts(np.array([1, 1, 2, 3]), np.zeros(4, dtype=int), draws=99, seed=1)

    assert found.exact
    assert len({tuple(row) for row in found.starts}) == len(found.starts) == 12
    assert found.starts[0].tolist() == [1, 1, 2, 3]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=8, max_size=30), st.integers(0, 5))
def test_drawn_starts_keep_each_stratum_s_own(starts, seed):
    strata = np.arange(len(starts)) % 3

    found = other_starts(np.array(starts), strata, draws=7, seed=seed)

    for stratum in range(3):
        own = sorted(np.array(starts)[strata == stratum])
        for row in found.starts:
            assert sorted(row[strata == stratum]) == own


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-3, 3), min_size=1, max_size=50))
def test_a_p_value_is_never_zero(statistics):
    assert 1 / len(statistics) <= rank_p_value(np.array(statistics)) <= 1
