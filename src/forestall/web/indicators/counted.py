"""This file knows how the incidents of a store become a series: counted, whole periods, protected.

Counting and protecting are those of a diagnosis. Small counts are hidden before anything is kept;
so are counts by which a hidden one could be worked out, here or in a diagnosis of the same store.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from forestall._stats.poisson import poisson_interval
from forestall.disclosure import Status, protect_table
from forestall.errors import CannotAnswer
from forestall.languages import message
from forestall.web.indicators.counting import StoreNumbers
from forestall.web.indicators.series import Point, Series
from forestall.web.indicators.subtracting import periods_told_by_others

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from forestall.disclosure import SafeTable
    from forestall.disclosure.safe_table import SafeCell
    from forestall.web.data.models import Store
    from forestall.web.indicators.counting import PeriodNumbers
    from forestall.web.indicators.subtracting import Asked


def count_series(store: Store, asked: Asked, *, numbers: StoreNumbers | None = None) -> Series:
    """Return what a store says of an indicator.

    Counts have the exact 95 % interval of Poisson counts, which holds chance and nothing else.

    Parameters
    ----------
    asked
        What is counted, and what else is counted from the same store.
    numbers
        Counts the store, where it counts for several series.

    Raises
    ------
    ForestallError
        If the store holds nothing, a kind or an area is gone, or no period is whole.
    """
    numbers = numbers or StoreNumbers(store)
    counted = numbers.of(asked.settings)
    if not counted.last_days:
        raise CannotAnswer(
            message("The records cover no whole period of this length yet, so nothing is counted.")
        )
    table = _protected(counted, asked.settings["threshold"])
    withheld = periods_told_by_others(store, asked, counted, numbers)
    times = per_incident(asked.settings)
    days = [one.isoformat() for one in counted.last_days]
    return Series(
        points=tuple(_point(row, table, times, withheld) for row in table.records()),
        told={day: _told(table.cell(day), day, withheld) for day in days},
        last_day=numbers.last_day,
        cut_off=counted.cut_off,
        left_out=counted.left_out,
    )


def per_incident(settings: Mapping[str, Any]) -> float:
    """Return by what a count is multiplied: 1, or so many people over the population.

    Examples
    --------
    >>> per_incident({}), per_incident({"population": 50_000, "per": 1000})
    (1.0, 0.02)
    """
    population = settings.get("population")
    return float(settings["per"]) / float(population) if population else 1.0


def _protected(counted: PeriodNumbers, threshold: int) -> SafeTable:
    low, high = poisson_interval(counted.counts)
    table = pd.DataFrame(
        {
            "last_day": [one.isoformat() for one in counted.last_days],
            "first_day": [one.isoformat() for one in counted.first_days],
            "incidents": counted.counts,
            "low": low,
            "high": high,
        }
    )
    return protect_table(
        table,
        rule=f"threshold-{threshold}",
        rows="last_day",
        derived=["low", "high"],
        attributes=["first_day"],
        margins=(),
    )


def _point(
    row: Mapping[str, Any], table: SafeTable, times: float, withheld: Collection[date]
) -> Point:
    cell = table.cell(row["last_day"])
    first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    told = _told(cell, row["last_day"], withheld)
    if isinstance(told, str) or cell.number is None:
        return Point(first=first, last=last, value=None, hidden=str(told))
    return Point(
        first=first,
        last=last,
        value=_short(cell.number * times),
        low=_short(float(row["low"]) * times),
        high=_short(float(row["high"]) * times),
    )


def _told(cell: SafeCell, day: str, withheld: Collection[date]) -> int | str:
    """Return the number that readers get, or what stands in its place."""
    if date.fromisoformat(day) in withheld:
        return "[c]"
    if cell.status is not Status.SHOWN or cell.number is None:
        return cell.plain_text
    return int(cell.number)


def _short(number: float) -> float:
    """Return a number with the digits that can be read; a count stays whole."""
    return round(number, 1) if number >= 100 else float(f"{number:.3g}")
