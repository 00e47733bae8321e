"""No combination of series that are told tells a small number."""

from __future__ import annotations

from datetime import date
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.web.indicators import rests, told_sets


class Counted:
    """Counts of made-up kinds, alike in each month of a quarter."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts

    def of(self, settings, *, unit=""):
        ends = {"month": ("01-31", "02-28", "03-31"), "quarter": ("03-31",)}
        days = [
            date.fromisoformat(f"2025-{one}") for one in ends.get(unit or settings["period"], ())
        ]
        number = sum(self.counts[one] for one in settings.get("offences") or self.counts)
        return SimpleNamespace(
            last_days=days, counts=[number * (3 // len(days)) if days else 0] * len(days)
        )


def counted_as(counts: dict[str, int]) -> Any:
    return Counted(counts)


def series_for(kinds, *, period="month"):
    return {"offences": sorted(kinds), "period": period, "threshold": 5}


@pytest.mark.parametrize("parts", [2, 12, 40])
@pytest.mark.parametrize("periods", [("month",), ("month", "quarter")])
def test_a_small_rest_is_seen_however_many_parts_there_are(parts, periods):
    kinds = {f"kind {one}": 10 for one in range(parts)}
    numbers = counted_as(kinds | {"rare": 2})
    others = [series_for([one], period=period) for one in kinds for period in periods]

    assert len(rests.beside_small_rests(series_for([]), others, numbers)) == 3
    assert len(rests.beside_small_rests(others[0], [series_for([]), *others[1:]], numbers)) == 3
    common = counted_as(kinds | {"rare": 12})
    assert rests.beside_small_rests(series_for([]), others, common) == set()


def test_kinds_that_overlap_tell_what_they_have_in_common():
    """{A, B} + {B, C} - {A, B, C} = {B}; so does half of {A, B} + {B, C} - {A, C}."""
    numbers = counted_as({"A": 10, "B": 2, "C": 10, "D": 10})
    pairs = [series_for("AB"), series_for("BC")]

    assert small_ones(*pairs, numbers=numbers) == [False, False]
    assert small_ones(*pairs, series_for("ABC"), numbers=numbers) == [True, True, True]
    assert small_ones(*pairs, series_for("AC"), numbers=numbers) == [True, True, True]
    assert small_ones(*pairs, series_for("CD"), numbers=numbers) == [False, False, False]


def test_a_kind_in_the_city_and_an_area_of_all_kinds_are_told_side_by_side():
    """They overlap, but nothing that they have in common can be worked out."""
    numbers = counted_as({f"kind {one}": 3 if one == 4 else 30 for one in range(8)})
    areas = [
        {"offences": [], "period": "month", "threshold": 5, "areas": 1, "area": str(one)}
        for one in range(10)
    ]
    kinds = [series_for([f"kind {one}"]) for one in range(4)]

    assert not any(small_ones(*kinds, *areas, numbers=numbers))


def test_what_a_part_leaves_is_seen_where_another_part_is_hidden():
    """The whole has 13, B 10 and C none: what is left are the three of A, which hide nowhere."""
    numbers = counted_as({"A": 3, "B": 10, "C": 0})

    whole, *_ = small_ones(series_for("ABC"), *map(series_for, "ABC"), numbers=numbers)

    assert whole


def test_a_zero_helps_as_well():
    """{A, B} - {B, C} is what A has more than C; where C has none, that is A."""
    numbers = counted_as({"A": 2, "B": 10, "C": 0})
    pairs = [series_for("AB"), series_for("BC")]

    assert small_ones(*pairs, numbers=numbers) == [False, False]
    assert small_ones(*pairs, series_for("C"), numbers=numbers) == [True, True, False]


def test_what_has_ended_is_known_but_cannot_yield():
    numbers = counted_as({"A": 10, "B": 2, "C": 10})
    ended = [series_for("ABC"), series_for("AB")]

    assert small_ones(series_for("BC"), numbers=numbers, ended=ended) == [True]
    assert small_ones(series_for("AC"), numbers=numbers, ended=[series_for("A")]) == [False]
    assert small_ones(
        series_for("C"),
        numbers=counted_as({"A": 2, "B": 10, "C": 0}),
        ended=[*ended[1:], series_for("BC")],
    ) == [True]


def test_more_sets_than_are_tried_tell_nothing(monkeypatch):
    kinds = {f"kind {one}": 10 for one in range(5)}
    pairs = [series_for([one, two]) for one in kinds for two in kinds if one < two]
    assert not any(small_ones(series_for([]), *pairs, numbers=counted_as(kinds)))

    monkeypatch.setattr(told_sets, "MOST_SETS", 10)

    assert all(small_ones(series_for([]), *pairs, numbers=counted_as(kinds)))


def small_ones(*told, numbers, ended=()) -> list[bool]:
    """Return of each series whether it is withheld beside the others."""
    return [
        bool(rests.beside_small_rests(one, [*told[:at], *told[at + 1 :]], numbers, ended=ended))
        for at, one in enumerate(told)
    ]


def tells(sets, of, counts) -> bool:
    """Return whether some sets tell a small one, as a second implementation: by ranks."""
    known = [set(one) for one in sets]
    none: set[str] = set()
    while True:
        matrix = np.array([[kind in one - none for kind in of] for one in known], dtype=float)
        told = [
            chosen
            for chosen in product([0, 1], repeat=len(of))
            if any(chosen)
            and len(known)
            and np.linalg.matrix_rank(np.vstack([matrix, chosen])) == np.linalg.matrix_rank(matrix)
        ]
        named = [{kind for kind, is_in in zip(of, one, strict=True) if is_in} for one in told]
        sizes = [sum(counts[kind] for kind in one) for one in named]
        empty = {kind for one, size in zip(named, sizes, strict=True) if size == 0 for kind in one}
        empty |= {kind for one in known if not sum(counts[k] for k in one) for kind in one}
        if empty <= none:
            return any(0 < size < 5 for size in sizes)
        none |= empty


@given(
    st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 9), min_size=2),
    st.lists(st.sets(st.sampled_from("ABCDE"), min_size=1).map(frozenset), unique=True, max_size=6),
)
@settings(deadline=None)
def test_what_is_left_tells_no_small_number(counts, others):
    counts = {kind: counts.get(kind, 7) for kind in "ABCDE"}
    whole = frozenset("ABCDE")
    told = [whole, *(one for one in others if one != whole)]
    shown = [one for one in told if not 0 < sum(counts[kind] for kind in one) < 5]

    # By quarters alone, which have three times as many.
    quarters = [
        series_for([] if one == whole else one, period="quarter") | {"threshold": 15}
        for one in told
    ]
    withheld = small_ones(*quarters, numbers=counted_as(counts))

    left = [one for one, is_not in zip(told, withheld, strict=True) if one in shown and not is_not]
    assert not tells(left, "ABCDE", counts)
    if not tells(shown, "ABCDE", counts):
        assert left == shown
