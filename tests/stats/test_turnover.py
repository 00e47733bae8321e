"""Whether the units that hold much in one period also did in the one before."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import hypergeom, spearmanr

from forestall._stats.concentration import units_holding
from forestall._stats.turnover import (
    dealt_counts,
    holding_weights,
    kept_shares,
    rank_correlations,
    tied_at_cut,
)

counts = arrays(np.int64, 7, elements=st.integers(0, 5)).filter(lambda each: each.sum() > 0)


def every_choice(each, share):
    """Return all sets of the fewest units that hold the share."""
    seats = units_holding(each, share)
    needed = np.ceil(share * each.sum() - 1e-9)
    return [
        set(chosen)
        for chosen in combinations(range(len(each)), seats)
        if each[list(chosen)].sum() >= needed
        and min(each[list(chosen)]) >= max(np.delete(each, list(chosen)), default=0)
    ]


@settings(deadline=None)
@given(counts, st.sampled_from([0.25, 0.5, 0.8]))
def test_weights_are_chances_to_be_chosen(each, share):
    weights = holding_weights(each, share)

    choices = every_choice(each, share)
    wanted = [np.mean([unit in chosen for chosen in choices]) for unit in range(len(each))]
    assert weights == pytest.approx(wanted)
    assert weights.sum() == pytest.approx(units_holding(each, share))


@settings(deadline=None)
@given(counts, counts)
def test_what_is_kept_is_the_mean_over_all_choices(before, after):
    kept = kept_shares(holding_weights(np.stack([before, after]), 0.5))[0]

    pairs = [
        len(first & second) / len(second)
        for first in every_choice(before, 0.5)
        for second in every_choice(after, 0.5)
    ]
    assert kept == pytest.approx(np.mean(pairs))


def test_the_same_counts_without_a_tie_keep_everything():
    same = np.array([[9, 5, 3, 2, 1]] * 3)

    assert kept_shares(holding_weights(same, 0.5)).tolist() == [1, 1]
    assert tied_at_cut(holding_weights(same, 0.5)).tolist() == [0, 0, 0]


def test_units_that_tie_are_counted():
    weights = holding_weights(np.array([[4, 1, 1, 1, 1], [4, 4, 0, 0, 0]]), 0.75)

    assert tied_at_cut(weights).tolist() == [4, 0]


def test_an_empty_period_holds_nothing_and_keeps_nothing():
    weights = holding_weights(np.array([[3, 1], [0, 0], [3, 1]]), 0.5)

    assert weights.tolist() == [[1, 0], [0, 0], [1, 0]]
    assert np.isnan(kept_shares(weights)).all()
    assert np.isnan(rank_correlations(np.array([[3, 1], [0, 0], [3, 1]]))).all()


def test_rank_correlations_equal_scipy():
    many = np.random.default_rng(1).poisson(2, (6, 40))

    ours = rank_correlations(many)

    theirs = [spearmanr(many[t], many[t + 1]).statistic for t in range(5)]
    assert ours == pytest.approx(theirs)


@settings(deadline=None, max_examples=20)
@given(arrays(np.int64, (4, 6), elements=st.integers(0, 6)).filter(lambda each: each.any()))
def test_dealing_keeps_the_totals_of_units_and_periods(held):
    for dealt in dealt_counts(held, samples=5, generator=np.random.default_rng(2)):
        assert (dealt.sum(axis=1) == held.sum(axis=0)).all()
        assert (dealt.sum(axis=2) == held.sum(axis=1)).all()


def test_dealt_counts_are_hypergeometric():
    held = np.array([[6, 2, 2], [3, 4, 7]])

    dealt = np.concatenate(
        list(dealt_counts(held, samples=6000, generator=np.random.default_rng(3)))
    )

    first = dealt[:, 0, 0]
    wanted = hypergeom(24, 9, 10)
    for value in range(10):
        assert (first == value).mean() == pytest.approx(wanted.pmf(value), abs=0.025)


def test_the_same_seed_deals_the_same():
    held = np.random.default_rng(4).poisson(3, (5, 9))

    first, again = (
        next(dealt_counts(held, samples=3, generator=np.random.default_rng(5))) for _ in range(2)
    )

    assert (first == again).all()
