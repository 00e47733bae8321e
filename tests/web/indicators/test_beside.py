"""What series tell one after the other never tells a small number together."""

from __future__ import annotations

from datetime import date
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forestall.errors import CannotAnswer
from forestall.web.indicators import beside
from forestall.web.indicators.subtracting import ToldBefore

LAST = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
DAYS = [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]
SIZE = {"month": 1, "quarter": 3, "year": 12}


class Counted:
    """Made-up incidents by kind and month of 2025; with areas, by (kind, area)."""

    def __init__(self, counts: dict[Any, list[int] | int], *, months: int = 3) -> None:
        self.months = months
        self.counts = {
            key: np.array([one] * months if isinstance(one, int) else one)
            for key, one in counts.items()
        }

    def of(self, settings, *, unit=""):
        size = SIZE[unit or settings["period"]]
        ends = range(size, self.months + 1, size)
        total = sum((one for key, one in self.counts.items() if self._is_of(key, settings)),
                    np.zeros(self.months, dtype=int))  # fmt: skip
        return SimpleNamespace(
            last_days=[date(2025, end, LAST[end - 1]) for end in ends],
            counts=[int(total[end - size : end].sum()) for end in ends],
        )

    def _is_of(self, key, settings):
        kind, area = key if isinstance(key, tuple) else (key, "")
        kinds = settings.get("offences") or [kind]
        if set(kinds) - {one[0] if isinstance(one, tuple) else one for one in self.counts}:
            raise CannotAnswer("A kind is gone.")
        return kind in kinds and settings.get("area") in (None, "", area)


def numbers_of(counts: dict[Any, Any], *, months: int = 3) -> Any:
    return Counted(counts, months=months)


def series_of(kinds, period="month", *, threshold=5, area="") -> dict[str, Any]:
    found = {"offences": sorted(kinds), "period": period, "threshold": threshold}
    return found | ({"areas": 1, "area": area} if area else {})


def told_in_turn(*series, numbers, before=()) -> list[dict[date, int | str]]:
    """Return what each series tells, one after the other."""
    told = list(before)
    found = []
    for own in series:
        withheld = beside.periods_beside(own, told, numbers)
        counted = numbers.of(own)
        points: dict[date, int | str] = {}
        for day, count in zip(counted.last_days, counted.counts, strict=True):
            mark = f"<{own['threshold']}" if 0 < count < own["threshold"] else count
            points[day] = "[c]" if day in withheld else mark
        told.append(ToldBefore(own, points))
        found.append(points)
    return found


def as_told(*series, numbers) -> list[list[int | str]]:
    return [list(one.values()) for one in told_in_turn(*series, numbers=numbers)]


def test_a_month_hidden_in_one_series_is_not_told_by_the_quarters_of_others():
    """335 - 300 - 12 - 20 = 3, in whatever order they come."""
    numbers = numbers_of({"A": [3, 12, 20], "B": [100, 100, 100]})
    months, b, both = series_of("A"), series_of("B", "quarter"), series_of("AB", "quarter")

    assert as_told(months, b, both, numbers=numbers) == [["<5", 12, 20], [300], ["[c]"]]
    assert as_told(b, both, months, numbers=numbers) == [[300], [335], ["<5", "[c]", 20]]


def test_what_was_withheld_does_not_come_back_by_a_later_quarter():
    numbers = numbers_of({"A": [15, 12, 20], "B": [2, 8, 9]})
    series = [
        series_of("A"),
        series_of("AB"),
        series_of("AB", "quarter"),
        series_of("A", "quarter"),
    ]

    a, both, quarter_of_both, quarter_of_a = as_told(*series, numbers=numbers)

    assert (a, both) == ([15, 12, 20], ["[c]", 20, 29])
    assert quarter_of_a == [47]
    assert quarter_of_both == ["[c]"]


def test_marks_are_limits_that_readers_know():
    """Two marks "<5" and 8 together are 4 and 4; with 7 they are 3 and 4, or 4 and 3."""
    for counts in ({"A": [4, 9, 9], "B": [4, 9, 9]}, {"A": [3, 9, 9], "B": [4, 9, 9]}):
        series = [series_of(one) for one in ("A", "B", "AB")]
        assert as_told(*series, numbers=numbers_of(counts))[-1] == ["[c]", 18, 18]


def test_a_part_yields_beside_its_whole_and_not_the_whole():
    numbers = numbers_of({"A": [30, 30, 30], "B": [2, 8, 9]})

    assert as_told(series_of("AB"), series_of("A"), numbers=numbers) == [
        [32, 38, 39], ["[c]", 30, 30],
    ]  # fmt: skip
    assert as_told(series_of("A"), series_of("AB"), numbers=numbers) == [
        [30, 30, 30], ["[c]", 38, 39],
    ]  # fmt: skip


def test_kinds_that_overlap_tell_what_they_have_in_common():
    """{A, B} + {B, C} - {A, B, C} = {B}; so does half of {A, B} + {B, C} - {A, C}."""
    numbers = numbers_of({"A": 10, "B": 2, "C": 10, "D": 10})
    pairs = [series_of("AB"), series_of("BC")]

    assert as_told(*pairs, series_of("CD"), numbers=numbers)[-1] == [20, 20, 20]
    assert as_told(*pairs, series_of("ABC"), numbers=numbers)[-1] == ["[c]"] * 3
    assert as_told(*pairs, series_of("AC"), numbers=numbers)[-1] == ["[c]"] * 3


def test_sums_with_multiples_are_seen():
    """ABC + AD - CD is twice A and B: 1, so A has none and B one."""
    numbers = numbers_of({"A": 0, "B": 1, "C": 10, "D": 20})

    *_, last = as_told(series_of("ABC"), series_of("AD"), series_of("CD"), numbers=numbers)

    assert last == ["[c]"] * 3


@pytest.mark.parametrize("parts", [2, 12, 30])
def test_a_small_rest_is_seen_however_many_parts_there_are(parts):
    kinds = {f"kind {one}": 10 for one in range(parts)}
    series = [*(series_of([one]) for one in kinds), series_of([])]

    assert as_told(*series, numbers=numbers_of(kinds | {"rare": 2}))[-1] == ["[c]"] * 3
    assert as_told(*series, numbers=numbers_of(kinds | {"rare": 12}))[-1] == [10 * parts + 12] * 3


def test_kinds_of_a_city_and_its_areas_are_told_side_by_side():
    """They overlap, but nothing that they have in common can be worked out."""
    kinds, areas = "ABC", [str(one) for one in range(5)]
    numbers = numbers_of({key: 3 + ord(key[0]) % 5 for key in product(kinds, areas)})
    series = [series_of(one) for one in kinds]
    series += [series_of([], area=one) for one in areas[:-1]]

    assert not any("[c]" in one for one in as_told(*series, numbers=numbers))


def test_a_year_that_tells_nothing_new_is_not_looked_through_again(monkeypatch):
    numbers = numbers_of({"A": [15, 12, 20], "B": [2, 8, 9]})
    own, before = series_of("AB"), [ToldBefore(series_of("A"), dict.fromkeys(DAYS, 12))]
    marks: list[int | str] = ["[c]", 20, 29]
    told = dict(zip(DAYS, marks, strict=True))
    monkeypatch.setattr(beside, "hidden_beside", None)

    assert beside.periods_beside(own, before, numbers, as_told=told) == {DAYS[0]}


def test_what_has_another_limit_is_not_told_by_a_lower_one():
    numbers = numbers_of({"A": [7, 20, 30]})

    low, high = series_of("A"), series_of("A", threshold=10)

    assert as_told(high, low, numbers=numbers) == [["<10", 20, 30], ["[c]", 20, 30]]


def test_a_number_of_records_that_changed_since_is_no_sum():
    numbers = numbers_of({"A": [12, 12, 20], "B": [2, 9, 9]})
    days = numbers.of(series_of("A")).last_days
    before = [ToldBefore(series_of("A"), dict(zip(days, [11, 12, 20], strict=True)))]

    (both,) = told_in_turn(series_of("AB"), numbers=numbers, before=before)

    assert list(both.values()) == [14, 21, 29]


def test_a_series_whose_kind_is_gone_stops_no_other():
    numbers = numbers_of({"A": [12, 12, 20]})
    gone = ToldBefore(series_of("Z"), {date(2025, 1, 31): 12})

    assert beside.periods_beside(series_of("A"), [gone], numbers) == set()


def test_a_year_with_too_many_pieces_is_withheld(monkeypatch):
    numbers = numbers_of({"A": 10, "B": 10})
    told = ToldBefore(series_of("B"), {date(2025, 1, 31): 10})
    monkeypatch.setattr(beside, "MOST_CELLS", 12)

    assert len(beside.periods_beside(series_of("A"), [told], numbers)) == 3


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
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_told_tells_no_small_number(counts, told):
    counts = {kind: counts.get(kind, 7) for kind in "ABCDE"}
    numbers = numbers_of(counts, months=1)

    points = told_in_turn(*map(series_of, told), numbers=numbers)

    left = [
        kinds
        for kinds, one in zip(told, points, strict=True)
        if all(isinstance(number, int) for number in one.values())
    ]
    assert not tells(left, "ABCDE", counts)
