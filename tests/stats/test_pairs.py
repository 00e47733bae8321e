"""Close pairs against looking at every pair, on breaks, in one place and far apart."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall._stats import pairs as kernel
from forestall._stats.pairs import (
    TooManyPairs,
    distance_edges,
    find_close_pairs,
    pairs_within_days,
)

METRICS, CLOSED, SAME_PLACE = ("euclidean", "manhattan"), ("left", "right"), ("apart", "first_band")
some_points = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=40)
choices = st.tuples(st.sampled_from(METRICS), st.sampled_from(CLOSED), st.sampled_from(SAME_PLACE))


def close_pairs(points, breaks, metric="euclidean", closed="left", same_place="apart", **more):
    x, y = np.array(points, dtype=float).reshape(-1, 2).T
    edges = distance_edges(breaks, closed=closed, metric=metric, same_place=same_place)
    return find_close_pairs(x, y, edges=edges, metric=metric, **more)


def pairs_by_band(found):
    """Return the set of unordered pairs of given points in each band."""
    bands = []
    for offsets in found.offsets:
        first = np.repeat(np.arange(offsets.size - 1), np.diff(offsets))
        second = found.seconds[offsets[0] : offsets[-1]]
        ends = np.sort(found.order[np.stack([first, second])], axis=0)
        bands.append(sorted(map(tuple, ends.T.tolist())))
    return bands


def every_pair(points, breaks, metric, closed, same_place):
    """Look at every pair in whole numbers, where nothing is rounded."""
    bands: list[list[tuple[int, int]]] = [
        [] for _ in range(len(breaks) - (same_place == "first_band"))
    ]
    for i in range(len(points)):
        for j in range(i + 1, len(points)):
            across, along = abs(points[i][0] - points[j][0]), abs(points[i][1] - points[j][1])
            power = 2 if metric == "euclidean" else 1
            distance = across**power + along**power
            if distance == 0:
                bands[0].append((i, j))
                continue
            edges = [one**power for one in breaks]
            for number, (low, high) in enumerate(pairwise(edges)):
                inside = low <= distance < high if closed == "left" else low < distance <= high
                if inside:
                    bands[number + (same_place == "apart")].append((i, j))
    return [sorted(band) for band in bands]


@settings(deadline=None)
@given(some_points, choices, st.sampled_from([(0, 3, 5, 10), (0, 5), (0, 1, 2, 3, 4)]))
def test_pairs_are_those_of_looking_at_every_pair(points, choice, breaks):
    found = close_pairs(points, breaks, *choice)

    assert pairs_by_band(found) == every_pair(points, breaks, *choice)
    assert found.per_band.sum() == found.seconds.size


@settings(deadline=None)
@given(some_points, choices)
def test_tenths_of_a_metre_fall_on_breaks_as_whole_metres_do(points, choice):
    tenths = [(x * 0.1, y * 0.1) for x, y in points]

    found = close_pairs(tenths, (0, 0.3, 0.5, 1.0), *choice)

    assert pairs_by_band(found) == every_pair(points, (0, 3, 5, 10), *choice)


@settings(deadline=None)
@given(some_points, choices, st.integers(-9_000_000, 9_000_000))
def test_moving_and_turning_the_town_changes_nothing(points, choice, shift):
    moved = [(x + shift, y - shift) for x, y in points]
    turned = [(-y, x) for x, y in points]

    here = pairs_by_band(close_pairs(points, (0, 3, 5), *choice))

    assert pairs_by_band(close_pairs(moved, (0, 3, 5), *choice)) == here
    assert pairs_by_band(close_pairs(turned, (0, 3, 5), *choice)) == here


@pytest.mark.parametrize(
    ("closed", "metric", "expected"),
    [
        ("left", "euclidean", [0, 0, 1]),
        ("right", "euclidean", [0, 1, 0]),
        ("left", "manhattan", [0, 0, 1]),
        ("right", "manhattan", [0, 0, 1]),
    ],
)
def test_a_pair_on_a_break_falls_on_the_named_side(closed, metric, expected):
    found = close_pairs([(0, 0), (3, 4)], (0, 5, 10), metric, closed)

    assert found.per_band.tolist() == expected


def test_without_the_first_band_what_lies_below_is_kept_apart():
    found = close_pairs([(0, 0), (0, 0), (0, 40), (0, 150)], (100, 200))

    assert found.per_band.tolist() == [1, 2, 3]


def test_duplicates_are_pairs_in_the_same_place():
    found = close_pairs([(7, 7)] * 100, (0, 50))

    assert found.per_band.tolist() == [4950, 0]
    assert (found.degrees()[0] == 99).all()


def test_one_point_and_points_across_a_country_have_no_pairs():
    assert close_pairs([(5, 5)], (0, 100)).per_band.tolist() == [0, 0]
    assert close_pairs([(0, 0), (900_000, 900_000)], (0, 1)).per_band.tolist() == [0, 0]


def test_degrees_count_both_ends():
    found = close_pairs([(0, 0), (0, 1), (0, 2), (0, 50)], (0, 2))

    degrees = np.empty_like(found.degrees())
    degrees[:, found.order] = found.degrees()

    assert degrees[1].tolist() == [1, 2, 1, 0]


@pytest.mark.parametrize("breaks", [(0, 40), (0, 10, 20, 40)])
def test_the_number_of_threads_changes_nothing(breaks):
    points = np.random.default_rng(1).uniform(0, 500, (3000, 2))

    one, three = (close_pairs(points, breaks, threads=threads) for threads in (1, 3))

    assert (one.seconds == three.seconds).all()
    assert (one.offsets == three.offsets).all()
    assert (np.diff(one.offsets, axis=1) >= 0).all()


def test_more_pairs_than_memory_should_hold_are_refused(monkeypatch):
    monkeypatch.setattr(kernel, "MOST_PAIRS", 10)

    with pytest.raises(TooManyPairs, match="15 pairs"):
        close_pairs([(0, 0)] * 6, (0, 50))


@settings(deadline=None)
@given(some_points, st.integers(0, 5), st.integers(0, 10_000))
def test_pairs_close_in_both_are_those_of_looking_at_every_pair(points, limit, seed):
    times = np.random.default_rng(seed).integers(0, 10, len(points))
    found = close_pairs(points, (0, 4), "euclidean", "right", "first_band")

    first, second = pairs_within_days(found, times[found.order], limit)

    ends = np.sort(found.order[np.stack([first, second])], axis=0)
    near = every_pair(points, (0, 4), "euclidean", "right", "first_band")[0]
    expected = [(i, j) for i, j in near if abs(times[i] - times[j]) <= limit]
    assert sorted(map(tuple, ends.T.tolist())) == expected
