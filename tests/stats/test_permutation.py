"""Shared lists give each place its own conditional permutation distribution."""

from itertools import permutations
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from forestall._stats import permutation
from forestall._stats.lattice import box_sums, cells_in_box
from forestall._stats.permutation import (
    count_extreme_sums,
    count_extreme_totals,
    count_in_lists,
    draw_lists,
    permutation_p_values,
    shuffled,
    whole_numbers,
)


def by_brute_force(values, sums, members, lists, slack=0):
    """For each place and each list: the first ones other than the place itself."""
    at_least, at_most = np.zeros(len(values), int), np.zeros(len(values), int)
    for place, k in enumerate(members):
        for one in lists:
            permuted = sum(values[other] for other in [o for o in one if o != place][:k])
            at_least[place] += permuted >= sums[place] - slack
            at_most[place] += permuted <= sums[place] + slack
    return at_least, at_most


@st.composite
def maps(draw):
    """Values with ties and zeros, any number of neighbours, and any sums."""
    n = draw(st.integers(2, 12))
    generator = np.random.default_rng(draw(st.integers(0, 10_000)))
    most = draw(st.integers(0, n - 1))
    members = generator.integers(0, most + 1, n)
    # Large steps make sums that lie too far apart for a table.
    values = generator.poisson(draw(st.sampled_from([0.3, 2])), n)
    values = values * draw(st.sampled_from([1, 1_000_003]))
    sums = np.array([values[generator.permutation(n)[:k]].sum() for k in members], dtype=np.int64)
    return values.astype(np.int64), sums, members.astype(np.int64)


@settings(deadline=None)
@given(maps(), st.integers(0, 10_000))
def test_counts_of_total_shuffles_equal_brute_force_with_the_same_lists(drawn, seed):
    values, sums, members = drawn
    lists = draw_lists(
        np.random.default_rng(seed), places=len(values), length=max(members.max(), 1), lists=40
    )

    at_least, at_most = count_extreme_totals(values, sums, members, permutations=40, seed=seed)

    for place, k in enumerate(members):
        permuted = values[lists[:, :k]].sum(axis=1)
        assert at_least[place] == (permuted >= sums[place]).sum()
        assert at_most[place] == (permuted <= sums[place]).sum()


def test_a_total_shuffle_gives_the_share_of_all_choices():
    values = np.array([0, 1, 2, 3, 10])
    sums, members = np.array([12, 3]), np.array([2, 2])

    at_least, at_most = count_extreme_totals(values, sums, members, permutations=50_000, seed=3)

    # Of the ten pairs, two reach 12 (2 + 10, 3 + 10) and four stay at 3 or below.
    assert at_least[0] / 50_000 == pytest.approx(0.2, abs=0.01)
    assert at_most[1] / 50_000 == pytest.approx(0.4, abs=0.01)


@settings(deadline=None)
@given(maps(), st.integers(0, 10_000), st.integers(0, 3))
def test_counts_equal_brute_force_with_the_same_lists(drawn, seed, slack):
    values, sums, members = drawn
    lists = draw_lists(
        np.random.default_rng(seed), places=len(values), length=members.max() + 1, lists=40
    )

    counted = count_in_lists(values, sums, members, lists=lists, slack=slack)

    brute = by_brute_force(values, sums, members, lists, slack)
    assert np.array_equal(counted, brute)


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_every_order_once_gives_the_exact_distribution(k):
    values = np.array([3, 0, 0, 1, 7])
    members, sums = np.full(5, k), np.array([3, 1, 8, 7, 0])
    lists = np.array(list(permutations(range(5))), dtype=np.int32)[:, : k + 1]

    at_least, at_most = count_in_lists(values, sums, members, lists=lists)

    for place in range(5):
        others = np.delete(values, place)
        chosen = [sum(some) for some in _choices(others, k)]
        exact = np.mean(np.array(chosen) >= sums[place]), np.mean(np.array(chosen) <= sums[place])
        assert len(chosen) == comb(4, k)
        assert (at_least[place] / 120, at_most[place] / 120) == pytest.approx(exact, abs=1e-12)


def _choices(others, k):
    from itertools import combinations

    return combinations(others.tolist(), k)


def test_p_values_agree_with_an_independent_brute_force():
    generator = np.random.default_rng(4)
    values = generator.poisson(1.5, (6, 6))
    framed = np.pad(values, 1)
    sums = np.lib.stride_tricks.sliding_window_view(framed, (3, 3)).sum(axis=(2, 3)) - values
    counted = np.lib.stride_tricks.sliding_window_view(np.pad(np.ones((6, 6), int), 1), (3, 3))
    members = (counted.sum(axis=(2, 3)) - 1).ravel()
    values, sums, draws = values.ravel(), sums.ravel(), 20_000

    shared = count_extreme_sums(values, sums, members, permutations=draws, seed=1)

    for place in range(36):
        others = np.delete(values, place)
        lists = generator.permuted(np.tile(others, (draws, 1)), axis=1)[:, : members[place]]
        permuted = lists.sum(axis=1)
        own = (permuted >= sums[place]).mean(), (permuted <= sums[place]).mean()
        for ours, theirs in zip(shared, own, strict=True):
            error = np.sqrt(2 * max(theirs * (1 - theirs), 1 / draws) / draws)
            assert abs(ours[place] / draws - theirs) <= 5 * error


@pytest.mark.parametrize(("places", "length"), [(4, 3), (4, 4), (12, 2), (9, 2)])
def test_every_list_is_equally_likely(places, length):
    lists = draw_lists(np.random.default_rng(places), places=places, length=length, lists=100_000)

    assert_all_equally_likely(lists, places, length)


def test_lists_put_right_seat_by_seat_are_equally_likely():
    generator = np.random.default_rng(3)
    raw = generator.integers(4, size=(100_000, 3), dtype=np.int32)

    assert_all_equally_likely(permutation._without_repeats(generator, raw, 4), 4, 3)


def assert_all_equally_likely(lists, places, length):
    possible = dict.fromkeys(permutations(range(places), length), 0)
    found, number = np.unique(lists, axis=0, return_counts=True)
    possible |= {tuple(one): count for one, count in zip(found.tolist(), number, strict=True)}
    assert len(possible) == len(list(permutations(range(places), length)))
    assert chisquare(list(possible.values())).pvalue > 1e-4


def test_blocks_of_lists_add_up(monkeypatch):
    generator = np.random.default_rng(5)
    values = generator.poisson(2, 60)
    sums, members = generator.poisson(8, 60), np.full(60, 4)
    monkeypatch.setattr(permutation, "_MOST_DRAWN_AT_ONCE", 35)
    lists = np.concatenate(list(permutation._blocks_of_lists(60, 5, 50, 9)))

    counted = count_extreme_sums(values, sums, members, permutations=50, seed=9)

    assert lists.shape == (50, 5)
    assert np.array_equal(counted, count_in_lists(values, sums, members, lists=lists))


def test_the_same_seed_gives_the_same_counts():
    values = np.random.default_rng(1).poisson(2, 90)
    asked = (values, np.full(90, 8), np.full(90, 4))

    first, again, other = (
        count_extreme_sums(*asked, permutations=99, seed=seed) for seed in (1, 1, 2)
    )

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_all_others_as_neighbours_and_none_tell_nothing():
    values = np.array([4, 0, 2])
    sums, members = np.array([2, 6, 0]), np.array([2, 2, 0])

    at_least, at_most = count_extreme_sums(values, sums, members, permutations=99, seed=1)

    assert at_least.tolist() == at_most.tolist() == [99, 99, 99]


def test_p_counts_what_was_observed_too():
    at_least, at_most = np.array([0, 99, 50]), np.array([99, 99, 49])

    greater, less, both = (
        permutation_p_values(at_least, at_most, permutations=99, alternative=side)
        for side in ("greater", "less", "two-sided")
    )

    assert greater.tolist() == [0.01, 1.0, 0.51]
    assert less.tolist() == [1.0, 1.0, 0.5]
    assert both.tolist() == [0.02, 1.0, 1.0]
    with pytest.raises(ValueError, match="two-sided, greater or less"):
        permutation_p_values(at_least, at_most, permutations=99, alternative="folded")


def test_whole_numbers_keep_what_is_equal_equal():
    values = np.array([0.1, 0.2, 0.3, -0.7, 0.6])

    whole, slack = whole_numbers(values, most_added=2)

    assert abs(int(whole[0] + whole[1] - whole[2])) <= slack
    assert whole / whole[3] == pytest.approx(values / values[3], abs=1e-14)
    assert whole_numbers(np.zeros(3), most_added=2)[0].tolist() == [0, 0, 0]
    many, _ = whole_numbers(np.array([1.0, -1.0]), most_added=2**20)
    assert abs(int(many[0])) * 2**20 < 2**62


def test_lists_are_no_longer_than_there_are_places():
    with pytest.raises(ValueError, match="4 distinct places"):
        draw_lists(np.random.default_rng(1), places=3, length=4, lists=1)


def test_shuffling_keeps_the_values():
    orders = list(shuffled(np.array([3.0, 1.0, 2.0]), permutations=5, seed=1))

    assert [sorted(one.tolist()) for one in orders] == [[1.0, 2.0, 3.0]] * 5


def p_values_of_map(values, *, draws, seed, alternative):
    """Return p of each square of a map, by the eight neighbours."""
    sums, members = box_sums(values) - values, cells_in_box(values.shape) - 1
    at_least, at_most = count_extreme_sums(
        values.ravel(), sums.ravel(), members.ravel(), permutations=draws, seed=seed
    )
    return permutation_p_values(at_least, at_most, permutations=draws, alternative=alternative)


@pytest.mark.slow
@pytest.mark.parametrize("side", [3, 6, 15])
@pytest.mark.parametrize("mean", [0.4, 6])
@pytest.mark.parametrize("alternative", ["greater", "less", "two-sided"])
def test_under_chance_p_is_at_most_its_level(side, mean, alternative):
    generator = np.random.default_rng(side)
    values = generator.poisson(mean, side**2)
    values[0] += 1
    runs, levels = 1_000, np.array([0.01, 0.05, 0.1, 0.25, 0.5])

    p_values = np.array(
        [
            p_values_of_map(
                generator.permutation(values).reshape(side, side),
                draws=199,
                seed=run,
                alternative=alternative,
            )
            for run in range(runs)
        ]
    )

    # The places of a map share its values, so that each map counts once.
    shares = (p_values[:, :, None] <= levels).mean(axis=1)
    error = shares.std(axis=0) / np.sqrt(runs)
    assert (shares.mean(axis=0) <= levels + 4 * error).all()


@pytest.mark.slow
def test_without_ties_p_is_uniform():
    generator = np.random.default_rng(12)
    # No two sums of different powers of two are equal.
    values, runs = 2 ** np.arange(36), 4_000

    p_values = np.array(
        [
            p_values_of_map(
                generator.permutation(values).reshape(6, 6),
                draws=199,
                seed=run,
                alternative="greater",
            )[14]
            for run in range(runs)
        ]
    )

    levels = np.linspace(0.05, 0.95, 19)
    observed = (p_values[:, None] <= levels).mean(axis=0)
    assert np.abs(observed - levels).max() < 1.63 / np.sqrt(runs)
