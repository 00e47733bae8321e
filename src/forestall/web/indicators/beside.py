"""This file knows which periods of a series are withheld because of other series of the place.

Readers keep in mind what any series told them: by months, quarters or years, of kinds and areas
that overlap. A series yields to all that was told before it. Each calendar year is looked at by
itself, since every period lies in one.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.errors import ForestallError
from forestall.web.indicators.auditing import Cells, Known, hidden_beside
from forestall.web.indicators.counted_sets import TooManyPieces, named_parts, pieces_of
from forestall.web.indicators.counting import UNITS
from forestall.web.indicators.told_sets import TooManySets, sets_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from forestall.web.indicators.counting import PeriodNumbers, StoreNumbers
    from forestall.web.indicators.subtracting import ToldBefore

Settings = dict[str, Any]
_SIZE = {"month": 1, "quarter": 3, "year": 12}
# Of kinds in places and months; a year with more is withheld, because it is not looked through.
MOST_CELLS = 6_000


def periods_beside(
    own: Settings,
    told: Sequence[ToldBefore],
    numbers: StoreNumbers,
    *,
    as_told: Mapping[date, int | str] = MappingProxyType({}),
) -> set[date]:
    """Return the last days of the periods of a series that would tell a small number.

    Parameters
    ----------
    told
        What was told of the same records, now or once, also by this series.
    as_told
        What this series told. A year in which it would tell nothing new stays as it is.

    Raises
    ------
    ForestallError
        If the series cannot be counted.
    """
    days = numbers.of(own).last_days
    known = [one for one in told if _can_be_counted(one.settings, numbers)]
    years = sorted({day.year for day in days})
    return {day for year in years for day in _Year(year, own, known, numbers).withheld(as_told)}


def _can_be_counted(settings: Settings, numbers: StoreNumbers) -> bool:
    try:
        numbers.of(settings)
    except ForestallError:
        return False  # a kind or an area is gone since
    return True


class _Year:
    """What is known of one calendar year, by cells: a piece of the incidents in a month."""

    def __init__(
        self, year: int, own: Settings, told: Sequence[ToldBefore], numbers: StoreNumbers
    ) -> None:
        self.year, self.own, self.numbers = year, own, numbers
        self.told = [one for one in told if any(day.year == year for day in one.points)]
        self.settings = [own, *(one.settings for one in self.told)]
        self.rows: list[frozenset[int]] = []
        self._known_together: dict[frozenset[frozenset[int]], set[frozenset[int]]] = {}

    def withheld(self, as_told: Mapping[date, int | str]) -> set[date]:
        """Return the last days of what has to be withheld."""
        counts = self._counts(self.own)
        before = {day for day in counts if as_told.get(day) == "[c]"}
        if all(day in before or as_told.get(day) == self._told(0, counts[day]) for day in counts):
            return before
        if not self.told:
            return set()
        try:
            pieces = pieces_of(self.settings, without=self._empty())
        except TooManyPieces:
            return set(counts)
        if pieces.shape[1] * 12 > MOST_CELLS:
            return set(counts)
        self.rows = [frozenset(np.flatnonzero(row).tolist()) for row in pieces]
        own = {day: self._seen(0, day, count) for day, count in counts.items()}
        known = list(self._all_known())
        try:
            return hidden_beside(own, known, self._targets([*known, *own.values()]))
        except TooManySets:
            return set(counts)

    def _all_known(self) -> Iterator[Known]:
        for at, one in enumerate(self.told, start=1):
            counts = self._counts(one.settings)
            for day, number in one.points.items():
                # What was told of records that have changed since, or of others, is no sum.
                count = counts.get(day)
                if count is not None and number == self._told(at, count):
                    yield self._seen(at, day, count)

    def _told(self, at: int, count: int) -> int | str:
        """Return a number, or the mark that stands in the place of a small one."""
        limit = self.settings[at]["threshold"]
        return f"<{limit}" if 0 < count < limit else count

    def _seen(self, at: int, day: date, count: int) -> Known:
        """Return what readers know of a number, or of the mark that stands in its place."""
        settings = self.settings[at]
        months = range(day.month - _SIZE[settings["period"]], day.month)
        low, high = (
            (1, settings["threshold"] - 1)
            if isinstance(self._told(at, count), str)
            else (count, count)
        )
        return Known(cells=_cells(self.rows[at], months), low=low, high=high)

    def _targets(self, known: Sequence[Known]) -> dict[Cells, int]:
        """Return what could be small, with the smallest number that may be told of it.

        These are the series themselves, the pieces that they tell apart, and the sets that numbers
        of one period tell together.
        """
        periods = [one["period"] for one in self.settings]
        exact = {one.cells for one in known if one.low == one.high}
        found: dict[Cells, int] = {}
        for unit in UNITS:
            if unit not in periods:
                continue
            upto = UNITS[: UNITS.index(unit) + 1]
            wanted = set(self.rows)
            for units in (UNITS, upto, (unit,)):
                wanted |= self._apart([at for at, one in enumerate(periods) if one in units])
            for start in range(0, 12, _SIZE[unit]):
                months = range(start, start + _SIZE[unit])
                rows = [row for row in dict.fromkeys(self.rows) if _is_exact(row, months, exact)]
                for one in wanted | self._together(rows):
                    found[_cells(one, months)] = self._least(one)
        return found

    def _together(self, rows: Sequence[frozenset[int]]) -> set[frozenset[int]]:
        """Return the sets of pieces that some numbers tell together."""
        names = sorted({piece for row in rows for piece in row})
        if not names:
            return set()
        table = np.array([[float(piece in row) for piece in names] for row in rows])
        key = frozenset(rows)
        if key not in self._known_together:
            self._known_together[key] = {
                frozenset(names[at] for at in np.flatnonzero(one)) for one in sets_told(table)
            }
        return self._known_together[key]

    def _least(self, pieces: frozenset[int]) -> int:
        """Return the smallest number that may be told, by its own series or those that touch it."""
        limits: list[int] = [one["threshold"] for one in self.settings]
        same = [limit for limit, row in zip(limits, self.rows, strict=True) if row == pieces]
        near = [limit for limit, row in zip(limits, self.rows, strict=True) if row & pieces]
        return max(same or near)

    def _apart(self, family: Sequence[int]) -> set[frozenset[int]]:
        """Return the pieces that some of the series tell apart."""
        found: dict[frozenset[int], set[int]] = {}
        for piece in {one for row in self.rows for one in row}:
            key = frozenset(at for at in family if piece in self.rows[at])
            if key:
                found.setdefault(key, set()).add(piece)
        return {frozenset(one) for one in found.values()}

    def _empty(self) -> list[object]:
        """Return beside which named parts no incident of the year is left."""
        whole = self._total({})
        return [
            rest
            for rest, named in named_parts(self.settings).items()
            if whole == sum(map(self._total, named))
        ]

    def _total(self, settings: Settings) -> int:
        return sum(self._counts(settings, unit="month").values())

    def _counts(self, settings: Settings, *, unit: str = "") -> dict[date, int]:
        found: PeriodNumbers = self.numbers.of(settings, unit=unit)
        days = zip(found.last_days, found.counts, strict=True)
        return {day: int(count) for day, count in days if day.year == self.year}


def _cells(pieces: frozenset[int], months: range) -> Cells:
    return frozenset(12 * piece + month for piece in pieces for month in months)


def _is_exact(row: frozenset[int], months: range, exact: set[Cells]) -> bool:
    """Return whether the number of a set is known in a period, as a whole or month by month."""
    return _cells(row, months) in exact or all(
        _cells(row, range(one, one + 1)) in exact for one in months
    )
