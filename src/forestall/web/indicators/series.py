"""This file knows a series that was computed from a source: its periods, and what to know with it.

Nothing in it has to be protected any more: a number that is too small is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class Point:
    """One whole period.

    Attributes
    ----------
    first, last
        Its days, both included.
    value, low, high
        The number and its 95 % interval; None where it is not shown.
    hidden
        What stands in its place, such as "<5".
    people
        How many people answered; None where nobody was asked.
    """

    first: date
    last: date
    value: float | None
    low: float | None = None
    high: float | None = None
    hidden: str = ""
    people: int | None = None

    @property
    def numbers(self) -> tuple[float | None, float | None, float | None, str]:
        """Return what makes a point another one when it differs."""
        return (self.value, self.low, self.high, self.hidden)


@dataclass(frozen=True, kw_only=True)
class Series:
    """What a source says, the oldest period first.

    Attributes
    ----------
    last_day
        The last day that the data cover.
    cut_off
        First day of the last period, where the data end in its middle; else None.
    left_out
        How many other periods are not covered as a whole.
    told
        From the last day of each period, as text, to what readers get to know of how many there
        are: the number, or what stands in its place.
    """

    points: tuple[Point, ...]
    last_day: date
    cut_off: date | None = None
    left_out: int = 0
    told: Mapping[str, int | str] = field(default_factory=dict)
