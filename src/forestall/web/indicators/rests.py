"""This file knows which periods of a series would tell a small number beside other series.

A whole less one part leaves the other parts, and series that overlap tell what they have in
common. Where that is a few incidents, readers would work it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.web.indicators.counted_sets import named_parts, pieces_of
from forestall.web.indicators.counting import UNITS
from forestall.web.indicators.told_sets import ToldTogether, TooManySets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from forestall.web.indicators.counting import StoreNumbers

Settings = dict[str, Any]


def beside_small_rests(
    own: Settings,
    others: Sequence[Settings],
    numbers: StoreNumbers,
    *,
    ended: Sequence[Settings] = (),
) -> set[date]:
    """Return the last days of the periods of a series that tell a small number beside others.

    Where more sets of incidents could be told than are tried, all periods are returned.

    Parameters
    ----------
    ended
        Other series that were told once, and cannot be withheld any more.

    Raises
    ------
    ForestallError
        If a series cannot be counted.
    """
    days = list(numbers.of(own).last_days)
    try:
        found = {
            day
            for unit in UNITS[UNITS.index(own["period"]) :]
            # What has ended tells nothing of later periods.
            for gone in ([(), _told_by(unit, ended)] if ended else [()])
            for day in _small_ones(unit, own, _told_by(unit, others), gone, numbers)
        }
    except TooManySets:
        return set(days)
    return found & set(days)


def _small_ones(
    unit: str,
    own: Settings,
    live: Sequence[Settings],
    ended: Sequence[Settings],
    numbers: StoreNumbers,
) -> Iterator[date]:
    told = [own, *live, *ended]
    counts = [dict(_by_day(numbers, one, unit)) for one in told]
    days = sorted(set.intersection(*(set(one) for one in counts)))
    table = np.array([[one[day] for one in counts] for day in days], dtype=np.int64)
    least = np.array([one["threshold"] for one in told])
    empty = {
        rest: _is_empty(named, days, numbers, unit) for rest, named in named_parts(told).items()
    }
    known: dict[frozenset[object], ToldTogether] = {}
    for at, day in enumerate(days):
        without = frozenset(rest for rest, is_empty in empty.items() if is_empty[at])
        if without not in known:
            gone = range(1 + len(live), len(told))
            known[without] = ToldTogether(pieces_of(told, without=without), own=[0], ended=gone)
        # Where a quarter is told beside months, the last of its months is not.
        if known[without].tells_few(table[at], least):
            yield day


def _is_empty(
    named: Sequence[Settings], days: Sequence[date], numbers: StoreNumbers, unit: str
) -> list[bool]:
    """Return of each period whether all incidents are in these parts, which have none twice."""
    parts = [dict(_by_day(numbers, one, unit)) for one in named]
    whole = dict(_by_day(numbers, {}, unit))
    return [whole[day] == sum(one[day] for one in parts) for day in days]


def _told_by(unit: str, told: Sequence[Settings]) -> list[Settings]:
    """Return what readers know by periods of a length: series of these, or of shorter ones."""
    return [one for one in told if UNITS.index(one["period"]) <= UNITS.index(unit)]


def _by_day(numbers: StoreNumbers, settings: Settings, unit: str) -> Iterator[tuple[date, int]]:
    counted = numbers.of(settings, unit=unit)
    for day, count in zip(counted.last_days, counted.counts, strict=True):
        yield day, int(count)
