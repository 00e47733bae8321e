"""This file knows what a search through several published tables must find."""

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.disclosure import Link, Margin, PublishedSum, protect_table, search_differences


def one_way(dimension: str, counts: Mapping[Any, int], **options):
    table = pd.DataFrame({dimension: list(counts), "incidents": list(counts.values())})
    return protect_table(table, rule="threshold-5", rows=dimension, **options)


def two_way(counts: np.ndarray, **options):
    kinds = [f"k{row}" for row in range(counts.shape[0])]
    months = [f"m{column}" for column in range(counts.shape[1])]
    table = pd.DataFrame(
        [
            (kind, month, int(counts[i, j]))
            for (i, kind), (j, month) in itertools.product(enumerate(kinds), enumerate(months))
        ],
        columns=["kind", "month", "incidents"],
    )
    return protect_table(table, rule="threshold-5", rows="kind", columns="month", **options)


def test_one_safe_table_gives_nothing_away():
    assert search_differences([one_way("town", {"A": 28, "B": 2, "C": 9, "D": 12})]) == ()


def test_a_total_left_out_here_and_printed_there_is_found():
    left_out = one_way("town", {"A": 1, "B": 5, "C": 5})
    elsewhere = one_way("kind", {"theft": 6, "arson": 5})

    found = search_differences([left_out, elsewhere])

    assert [(difference.labels, difference.possible) for difference in found] == [
        ({"town": "A"}, (1,))
    ]


def test_a_row_hidden_here_and_printed_there_is_found():
    by_month = two_way(np.array([[2, 20], [7, 30]]))
    again = one_way("kind", {"k0": 2 + 20, "k1": 37})
    thefts = one_way("month", {"m0": 2, "m1": 20}, within={"kind": "k0"}, margins=())

    found = search_differences([by_month, again, thefts])

    assert {"kind": "k0", "month": "m0"} in [difference.labels for difference in found]


def test_the_few_incidents_outside_the_towns_are_found():
    everything = one_way("kind", {"theft": 60, "arson": 40})
    in_towns = one_way("town", {"A": 50, "B": 48}, within={"in a town": "yes"})

    found = search_differences([everything, in_towns])

    assert [(difference.labels, difference.possible) for difference in found] == [
        ({"in a town": "everything else"}, (2,))
    ]


def test_a_table_of_a_part_must_say_so():
    with pytest.raises(ValueError, match="contradict each other on the total"):
        search_differences([one_way("kind", {"a": 60}), one_way("town", {"A": 50})])


def test_an_area_printed_beside_its_squares_is_found_by_a_link():
    squares = one_way("square", {1: 3, 2: 30, 3: 8, 4: 9})
    areas = one_way("area", {"A": 33}, within={"stands out": "yes"}, margins=())
    link = Link(whole={"stands out": "yes", "area": "A"}, parts=[{"square": 1}, {"square": 2}])

    assert squares.cell_text(2) == "30"
    found = search_differences([squares, areas], links=[link])

    assert {"square": 1} in [difference.labels for difference in found]


def test_a_sum_announced_beforehand_leaves_nothing_to_find():
    months = {"m0": 3, "m1": 20, "m2": 30, "m3": 8}
    early = PublishedSum(rows=["m0", "m1"])
    link = Link(whole={"half": "early"}, parts=[{"month": "m0"}, {"month": "m1"}])
    halves = one_way("half", {"early": 23, "late": 38})

    careless = search_differences([one_way("month", months), halves], links=[link])
    careful = search_differences(
        [one_way("month", months, published_sums=[early]), halves], links=[link]
    )

    assert careless
    assert careful == ()


def test_three_tables_in_a_ring_are_read_together():
    # Nothing of kind 0 in month 0, so its 7 in town 0 were in month 1; month 1 had 9 in town 0,
    # so 2 of them were of kind 1: a number that no table shows.
    joint = np.array([[[0, 0], [7, 9]], [[7, 8], [2, 9]]])

    def table(axes: str, counts: np.ndarray):
        labels = [[f"{axis}0", f"{axis}1"] for axis in axes]
        rows = [
            (one, other, int(counts[i, j]))
            for (i, one), (j, other) in itertools.product(*(enumerate(each) for each in labels))
        ]
        frame = pd.DataFrame(rows, columns=[*axes, "incidents"])
        return protect_table(frame, rule="threshold-5", rows=axes[0], columns=axes[1], margins=())

    ring = [table("km", joint.sum(2)), table("kt", joint.sum(1)), table("mt", joint.sum(0))]

    assert all(not each.record.hidden for each in ring)
    assert search_differences(ring[:2]) == ()
    assert [(each.labels, each.possible) for each in search_differences(ring)] == [
        ({"k": "k1", "m": "m1", "t": "t0"}, (2,))
    ]


def test_a_rounded_table_beside_exact_totals_is_searched_too():
    counts = pd.DataFrame({"town": ["A", "B"], "incidents": [2, 13]})
    rounded = protect_table(counts, rule="rounding-5", rows="town", margins=())
    exact = one_way("kind", {"theft": 8, "arson": 7})

    found = search_differences([rounded, exact])

    # A is printed as 0 and B as 15; a total of 15 leaves A 0 to 2, as the rule asks.
    assert (rounded.value("A"), rounded.value("B"), exact.total) == (0, 15, 15)
    assert found == ()
    tighter = one_way("kind", {"theft": 12, "arson": 7})
    assert [difference.possible for difference in search_differences([rounded, tighter])] == [(2,)]


@settings(max_examples=40, deadline=None)
@given(
    numbers=st.lists(st.integers(0, 12), min_size=6, max_size=6),
    margins=st.sets(st.sampled_from(list(Margin))),
)
def test_what_one_table_hides_the_search_does_not_find(numbers, margins):
    assert search_differences([two_way(np.array(numbers).reshape(2, 3), margins=margins)]) == ()
