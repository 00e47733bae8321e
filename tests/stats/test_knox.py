"""Knox counts against looking at every pair and every order, and their p-values under chance."""

from itertools import permutations as orders

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chisquare

from forestall._stats.knox import LANES, _shuffle, count_observed, count_permuted
from forestall._stats.knox_moments import permutation_moments, time_degrees
from forestall._stats.pairs import ClosePairs, distance_edges, find_close_pairs
from forestall._stats.permuted import (
    approximate_p_values,
    largest_p_values,
    permutation_p_values,
)

seeds = st.integers(0, 10_000)


def town(seed, n=40, width=30, breaks=(0, 4, 8)):
    generator = np.random.default_rng(seed)
    x, y = generator.integers(0, width, (2, n)).astype(float)
    edges = distance_edges(breaks, closed="left", metric="euclidean", same_place="apart")
    return find_close_pairs(x, y, edges=edges, metric="euclidean"), generator


def count_by_hand(pairs, times, limits):
    counts = np.zeros((len(pairs.offsets), len(limits)), dtype=int)
    for band, offsets in enumerate(pairs.offsets):
        for i in range(offsets.size - 1):
            for j in pairs.seconds[offsets[i] : offsets[i + 1]]:
                counts[band] += abs(int(times[i]) - int(times[j])) <= np.asarray(limits)
    return counts


def drawn_orders(times, permutations, seed):
    """Return the orders that `count_permuted` takes, from the same random streams."""
    groups = -(-permutations // LANES)
    drawn = []
    for child in np.random.SeedSequence(seed).spawn(groups):
        rows = np.empty((LANES, times.size), dtype=np.int32)
        _shuffle(child.generate_state(4, np.uint64).astype(np.uint64), times.astype(np.int32), rows)
        drawn.append(rows)
    return np.concatenate(drawn)[:permutations]


@settings(deadline=None, max_examples=30)
@given(seeds, st.lists(st.integers(0, 40), min_size=1, max_size=9, unique=True))
def test_counts_are_those_of_looking_at_every_pair(seed, limits):
    pairs, generator = town(seed)
    times = generator.integers(0, 50, 40)

    counts = count_observed(pairs, times, np.sort(np.array(limits)))

    assert (counts == count_by_hand(pairs, times, sorted(limits))).all()


@settings(deadline=None, max_examples=15)
@given(seeds, st.lists(st.integers(0, 40), min_size=1, max_size=9, unique=True))
def test_permuted_counts_are_those_of_the_same_orders(seed, limits):
    pairs, generator = town(seed)
    times = generator.integers(0, 50, 40)

    counts = count_permuted(pairs, times, np.sort(np.array(limits)), permutations=70, seed=seed)

    by_hand = [
        count_by_hand(pairs, order, sorted(limits)) for order in drawn_orders(times, 70, seed)
    ]
    assert (counts == np.array(by_hand)).all()


@pytest.mark.parametrize("span", [32_700, 32_767, 32_768, 70_000, 2**30 - 100])
def test_times_far_apart_never_wrap_around(span):
    pairs, generator = town(5)
    times = generator.choice([0, 3, 6, span - 3, span], 40) - 12_345
    limits = np.array([0, 3, 6, 30, span])

    counts = count_permuted(pairs, times, limits, permutations=64, seed=2)

    by_hand = [count_by_hand(pairs, order, limits) for order in drawn_orders(times, 64, 2)]
    assert (counts == np.array(by_hand)).all()
    assert (counts[:, :, -1] == pairs.per_band).all()


def test_times_too_far_apart_to_count_are_refused():
    pairs, _ = town(5, n=3)

    with pytest.raises(ValueError, match="span"):
        count_permuted(pairs, np.array([0, 1, 2**31]), np.array([1]), permutations=9, seed=1)


@pytest.mark.parametrize("many", [31_999, 32_000, 32_001, 70_003])
def test_counters_never_overflow(many):
    pairs = ClosePairs(
        order=np.array([0, 1]),
        offsets=np.array([[0, many, many]]),
        seconds=np.ones(many, dtype=np.int32),
    )

    counts = count_permuted(
        pairs, np.array([4, 5]), np.array([0, 1, 2]), permutations=3, seed=1, threads=1
    )

    assert counts.tolist() == [[[0, many, many]]] * 3


def test_the_seed_alone_decides_not_the_threads():
    pairs, generator = town(1, n=200)
    times, limits = generator.integers(0, 60, 200), np.array([3, 9])

    one = count_permuted(pairs, times, limits, permutations=300, seed=8, threads=1)
    four = count_permuted(pairs, times, limits, permutations=300, seed=8, threads=4)
    other = count_permuted(pairs, times, limits, permutations=300, seed=9)
    shorter = count_permuted(pairs, times, limits, permutations=65, seed=8)

    assert (one == four).all()
    assert (one != other).any()
    assert (one[:65] == shorter).all()


def test_every_order_is_drawn_as_often():
    drawn = drawn_orders(np.arange(4), 48_000, seed=3)

    _, counts = np.unique(drawn, axis=0, return_counts=True)

    assert counts.size == 24
    assert chisquare(counts).pvalue > 0.001


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("n", [2, 3, 4, 5, 6])
def test_moments_are_those_of_all_orders(n, seed):
    pairs, generator = town(seed, n=n, width=9, breaks=(0, 5, 9))
    times, limits = generator.integers(0, 12, n), np.array([1, 4])

    mean, deviation = permutation_moments(pairs.degrees(), time_degrees(times, limits))

    counts = np.array([count_observed(pairs, np.array(order), limits) for order in orders(times)])
    assert mean == pytest.approx(counts.mean(axis=0), abs=1e-12)
    assert deviation == pytest.approx(counts.std(axis=0), abs=1e-7)


def test_moments_by_hand():
    # Three points in a row make two lines; the one pair close in time is either line, or neither.
    mean, deviation = permutation_moments(np.array([[1, 2, 1]]), np.array([[1, 1, 0]]))

    assert mean[0, 0] == pytest.approx(2 / 3)
    assert deviation[0, 0] ** 2 == pytest.approx(2 / 9)


def test_moments_are_those_of_many_random_orders():
    pairs, generator = town(4, n=300)
    times, limits = generator.integers(0, 60, 300), np.array([2, 9])

    mean, deviation = permutation_moments(pairs.degrees(), time_degrees(times, limits))
    counts = count_permuted(pairs, times, limits, permutations=20_000, seed=1)

    assert counts.mean(axis=0) == pytest.approx(mean, abs=4 * deviation.max() / np.sqrt(20_000))
    assert counts.std(axis=0) == pytest.approx(deviation, rel=0.03)


def test_p_values_count_what_was_seen_too():
    seen, drawn = np.array([5, 0]), np.array([[5, 0], [1, 0], [2, 0]])

    greater, less, both = (
        permutation_p_values(seen, drawn, alternative=side).tolist()
        for side in ("greater", "less", "two-sided")
    )

    assert greater == [2 / 4, 1.0]
    assert less == [1.0, 1.0]
    assert both == [1.0, 1.0]


def test_the_largest_of_all_is_never_less_strict_than_one():
    generator = np.random.default_rng(2)
    drawn = generator.normal(size=(99, 6))
    drawn[:, 5] = np.nan
    seen = np.array([0.0, 1.0, 2.0, 3.0, -4.0, np.nan])

    for side in ("greater", "less", "two-sided"):
        together = largest_p_values(seen, drawn, alternative=side)
        alone = permutation_p_values(seen[:5], drawn[:, :5], alternative=side)

        assert np.isnan(together[5])
        assert (side == "two-sided") or (together[:5] >= alone).all()


def test_the_approximation_is_near_the_permutations():
    pairs, generator = town(6, n=300, width=60)
    times, limits = generator.integers(0, 60, 300), np.array([5, 20])
    mean, deviation = permutation_moments(pairs.degrees(), time_degrees(times, limits))
    drawn = count_permuted(pairs, times, limits, permutations=9_999, seed=1)
    seen = np.round(mean + deviation).astype(int)

    for side in ("greater", "less", "two-sided"):
        exact = permutation_p_values(seen[1:], drawn[:, 1:], alternative=side)
        near = approximate_p_values(seen[1:], mean[1:], deviation[1:], alternative=side)

        assert near == pytest.approx(exact, abs=0.02)


@pytest.mark.long
@pytest.mark.parametrize(("n", "days"), [(15, 8), (60, 40), (60, 400)])
def test_p_values_are_uniform_under_chance_and_never_too_small(n, days):
    runs, limits = 1500, np.array([2, 6])
    alone, together = [], []
    for run in range(runs):
        pairs, generator = town(run, n=n, width=25)
        times = generator.integers(0, days, n)
        seen = count_observed(pairs, times, limits).ravel()
        drawn = count_permuted(pairs, times, limits, permutations=199, seed=run, threads=1)
        drawn = drawn.reshape(199, -1)
        mean, deviation = permutation_moments(pairs.degrees(), time_degrees(times, limits))
        spread = np.where(deviation > 0, deviation, np.nan).ravel()
        alone.append(permutation_p_values(seen, drawn, alternative="greater"))
        together.append(
            np.fmin.reduce(
                largest_p_values(
                    (seen - mean.ravel()) / spread,
                    (drawn - mean.ravel()) / spread,
                    alternative="greater",
                )
            )
        )

    for level in (0.05, 0.2, 0.5):
        margin = 4 * np.sqrt(level * (1 - level) / runs)
        shares = (np.array(alone) <= level).mean(axis=0)
        assert (shares <= level + margin).all()
        assert (np.array(together) <= level).mean() <= level + margin
    if n == 60 and days == 40:
        # Ties keep p above uniform; where counts are large there are few of them.
        assert ((np.array(alone) <= 0.2).mean(axis=0)[-1]) >= 0.2 - 0.04
        assert (np.array(together) <= 0.2).mean() >= 0.2 - 0.05
