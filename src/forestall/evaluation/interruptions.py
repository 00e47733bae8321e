"""This file knows when a measure came into a series, and which change it may have brought."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence


class Change(StrEnum):
    """Which change is looked for at the date of a measure."""

    LEVEL = "level"
    LEVEL_AND_SLOPE = "level and slope"


@dataclass(frozen=True, kw_only=True)
class Interruption:
    """When a measure came, and what it may have changed.

    Attributes
    ----------
    stages
        First days of the first whole months of each stage, in order.
    change
        What each stage may have changed.
    lag_months
        Months from a stage until it can work.
    settling_months
        Months after the first stage that are left out, because the measure was being put in place.
    other_changes
        First days of months at which something else changed the level, such as recording; it stays
        in what is expected without the measure.
    """

    stages: tuple[pd.Timestamp, ...]
    change: Change
    lag_months: int = 0
    settling_months: int = 0
    other_changes: tuple[pd.Timestamp, ...] = ()

    def in_code(self) -> str:
        """Return the settings as they are written in a call."""
        since, other = (
            [str(day.date()) for day in days] for days in (self.stages, self.other_changes)
        )
        return (
            f"since={since}, change={self.change.name}, lag_months={self.lag_months}, "
            f"settling_months={self.settling_months}, other_changes={other}"
        )

    @property
    def first(self) -> pd.Timestamp:
        """Return the first day at which the measure can work, after the lag."""
        return self.working[0]

    @property
    def working(self) -> tuple[pd.Timestamp, ...]:
        """Return the first day at which each stage can work, after the lag."""
        wait = pd.DateOffset(months=self.lag_months)
        return tuple(pd.Timestamp(stage + wait) for stage in self.stages)

    @property
    def full_effect(self) -> pd.Timestamp:
        """Return the first day after the months that are left out."""
        return pd.Timestamp(self.first + pd.DateOffset(months=self.settling_months))


def month_starts(days: Sequence[object]) -> tuple[pd.Timestamp, ...]:
    """Return the first day of the first whole month at or after each day, in order.

    Examples
    --------
    >>> [str(day.date()) for day in month_starts(["2024-03-15", "2024-02-01"])]
    ['2024-02-01', '2024-04-01']
    """
    read = sorted(pd.Timestamp(day) for day in days)  # type: ignore[arg-type]
    offset = pd.offsets.MonthBegin()
    return tuple(pd.Timestamp(offset.rollforward(day.normalize())) for day in read)
