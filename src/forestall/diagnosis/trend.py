"""This file knows how the number of incidents moved over the months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.results import Interval, RatioComparison, Result

if TYPE_CHECKING:
    import pandas as pd

    from forestall.diagnosis.comparisons import ComparedPeriods


@dataclass(frozen=True, kw_only=True)
class LevelShift:
    """A month from which on the level of a series is another one.

    Attributes
    ----------
    period
        First day of the first month at the new level.
    ratio, interval
        New level divided by the old one, with its 95 % interval.
    p_value
        Of the largest step anywhere in the series, by seeded simulation.
    """

    period: pd.Timestamp
    ratio: float
    interval: Interval
    p_value: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Trend(Result):
    """The movement of one series of months.

    ``table`` has one row per month: ``period`` (its first day), ``days``, ``incidents``,
    ``per_day``, ``average_12`` (mean of the last twelve months, missing before), ``fitted``
    (incidents by the model; missing in short files).

    Attributes
    ----------
    group
        The kind of offence, or "all".
    annual_change
        Change a year by the quasi-Poisson model with seasons; needs 24 months.
    season
        ``month`` (1 to 12), ``factor`` against an average month, ``low``, ``high``; or None.
    same_months
        The latest year against the same months before; needs 13 months.
    edges
        The last two months against the first two, per day: a description, not a trend.
    compared
        The months behind `comparison`.
    shifts
        Months from which on the level is another one.
    dispersion
        Variance of the months around their level, as a multiple of pure chance (at least 1).
    """

    group: str
    annual_change: RatioComparison | None
    season: pd.DataFrame | None
    same_months: RatioComparison | None
    edges: RatioComparison | None
    compared: ComparedPeriods | None
    shifts: tuple[LevelShift, ...]
    dispersion: float

    @property
    def comparison(self) -> RatioComparison | None:
        """Return the comparison to quote: the same months, or else the edges of the file."""
        return self.same_months or self.edges
