"""This file knows the days, weeks, months, quarters and years that incidents are counted by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import ArrayLike, NDArray

PERIOD_STARTS = {"day": "D", "week": "W-MON", "month": "MS", "quarter": "QS", "year": "YS"}
# Periods that a date known to the month only can be counted by.
WHOLE_MONTHS = ("month", "quarter", "year")


@dataclass(frozen=True, eq=False, kw_only=True)
class Periods:
    """Every period of the time covered, also those without incidents.

    Attributes
    ----------
    unit
        ``day``, ``week`` (from Monday), ``month``, ``quarter`` or ``year``.
    starts, ends
        First moment of each period and of the one after it.
    days
        How many days of each period the incidents cover. Fewer than the calendar has at the
        edges; 0 in a month that the source left out. Numbers of a period mean little without it.
    """

    unit: str
    starts: pd.DatetimeIndex
    ends: pd.DatetimeIndex
    days: NDArray[np.int64]

    @property
    def size(self) -> int:
        """The number of periods."""
        return len(self.starts)

    @property
    def calendar_days(self) -> NDArray[np.int64]:
        """How many days each period has in the calendar."""
        return _whole_days(self.starts, self.ends)

    @property
    def is_whole(self) -> NDArray[np.bool_]:
        """Whether all days of each period are covered."""
        whole: NDArray[np.bool_] = self.days == self.calendar_days
        return whole

    def positions(self, starts: ArrayLike) -> NDArray[np.int64]:
        """Return the index of each start in ``starts``, -1 for one that is not there."""
        found: NDArray[np.int64] = self.starts.get_indexer(pd.DatetimeIndex(np.asarray(starts)))
        return found.astype(np.int64)


def periods_between(
    first_day: str | date,
    last_day: str | date,
    *,
    unit: str,
    months_missing: Iterable[str] = (),
) -> Periods:
    """Make the periods that hold all days from the first to the last, both included.

    Parameters
    ----------
    first_day, last_day
        Dates, or text such as ``2024-01-31``.
    unit
        ``day``, ``week``, ``month``, ``quarter`` or ``year``.
    months_missing
        Months without data, such as ``2024-02``; their days are not covered.

    Raises
    ------
    ValueError
        If there is no such unit, or the last day is before the first.

    Examples
    --------
    >>> periods = periods_between("2024-01-10", "2024-04-30", unit="month",
    ...     months_missing=["2024-03"])
    >>> periods.starts.strftime("%b").tolist(), periods.days.tolist()
    (['Jan', 'Feb', 'Mar', 'Apr'], [22, 29, 0, 30])
    >>> periods.is_whole.tolist()
    [False, True, False, True]
    """
    if unit not in PERIOD_STARTS:
        raise ValueError(f"A period is one of {', '.join(PERIOD_STARTS)}, not “{unit}”.")
    first, last = pd.Timestamp(first_day).normalize(), pd.Timestamp(last_day).normalize()
    if last < first:
        raise ValueError(f"The last day, {last:%Y-%m-%d}, is before the first, {first:%Y-%m-%d}.")
    starts = pd.date_range(period_of(first, unit=unit), last, freq=PERIOD_STARTS[unit], unit="us")
    steps = pd.date_range(starts[0], periods=len(starts) + 1, freq=PERIOD_STARTS[unit], unit="us")
    ends = steps[1:]
    after = last + pd.Timedelta(days=1)
    days = _overlap(starts, ends, first, after)
    for month in months_missing:
        start = pd.Timestamp(f"{month}-01")
        end = start + pd.offsets.MonthBegin()
        days -= _overlap(starts, ends, max(start, first), min(end, after))
    return Periods(unit=unit, starts=starts, ends=ends, days=days)


def period_of(time: pd.Timestamp, *, unit: str) -> pd.Timestamp:
    """Return the start of the period in which a moment lies.

    Examples
    --------
    >>> str(period_of(pd.Timestamp("2024-05-16 18:00"), unit="week"))
    '2024-05-13 00:00:00'
    """
    day = time.normalize()
    if unit == "day":
        return day
    if unit == "week":
        return day - pd.Timedelta(days=day.weekday())
    first_month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[unit]
    return day.replace(month=first_month, day=1)


def _overlap(
    starts: pd.DatetimeIndex, ends: pd.DatetimeIndex, first: pd.Timestamp, after: pd.Timestamp
) -> NDArray[np.int64]:
    if after <= first:
        return np.zeros(len(starts), dtype=np.int64)
    begun = pd.DatetimeIndex(np.maximum(starts.to_numpy(), first.to_datetime64()))
    ended = pd.DatetimeIndex(np.minimum(ends.to_numpy(), after.to_datetime64()))
    return np.maximum(_whole_days(begun, ended), 0)


def _whole_days(starts: pd.DatetimeIndex, ends: pd.DatetimeIndex) -> NDArray[np.int64]:
    return np.asarray((ends - starts) // pd.Timedelta(days=1), dtype=np.int64)
