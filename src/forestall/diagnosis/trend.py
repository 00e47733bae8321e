"""This file knows how the number of incidents moved over the months."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall.diagnosis.comparisons import (
    LEAST_TO_COMPARE,
    Comparison,
    change_sentence,
    choose_periods,
    compare_rates,
    months_not_covered,
    mostly_covered,
    variation_between_pairs,
)
from forestall.diagnosis.groups import group_of, group_words
from forestall.diagnosis.seasonal_model import (
    LEAST_INCIDENTS,
    MonthSeries,
    annual_change,
    fit_trend,
    level_steps,
    month_series,
    season_table,
)
from forestall.diagnosis.trend_caveats import model_caveats, month_caveats
from forestall.errors import CannotAnswer
from forestall.languages import (
    Month,
    MonthName,
    Share,
    message,
    say,
    say_plural,
)
from forestall.results import Certainty, Interval, RatioComparison, Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.diagnosis.comparisons import ComparedPeriods
    from forestall.records import Counts, Periods


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

    ``table`` has one row per month: ``period`` (its first day), ``days``, ``incidents`` (missing,
    not zero, where no day is covered), ``per_day``, ``average_12`` (mean of the last twelve months;
    missing unless all are covered), ``fitted`` (incidents by the model; missing without one),
    ``covered`` (false for a month that the source left out or covers in part; its ``per_day`` is
    missing, not zero).

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
        Variance behind `comparison`, as a multiple of pure chance (at least 1);
        ``annual_change`` has its own.
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

    def summary(self) -> str:
        """Return the trend, or in a short file the change, in one plain sentence."""
        if self.annual_change is None:
            return self.change_summary()
        first = self.since.date()
        values: dict[str, object] = {
            "what": group_words(self.group),
            "first": Month(first),
            "share": Share(abs(self.annual_change.ratio - 1)),
            "interval": self.annual_change.in_words(),
            "certainty": self.annual_certainty.words,
        }
        return say(_FALLEN if self.annual_change.ratio < 1 else _RISEN, **values)

    @property
    def since(self) -> pd.Timestamp:
        """Return the first month that is covered."""
        return pd.Timestamp(self.table.loc[self.table["covered"], "period"].iloc[0])

    @property
    def months_covered(self) -> int:
        """Return how many months the source covers."""
        return int(self.table["covered"].sum())

    @property
    def annual_certainty(self) -> Certainty:
        """Return how sure the trend is; "little changed" is about the whole series, not a year."""
        assert self.annual_change is not None
        span = self.table.loc[self.table["covered"], "period"].iloc[-1] - self.since
        years = max(span / pd.Timedelta(days=365.25), 1.0)

        def whole(interval: Interval) -> Interval:
            return replace(interval, low=interval.low**years, high=interval.high**years)

        change = self.annual_change
        return replace(
            change,
            interval_80=whole(change.interval_80),
            interval_95=whole(change.interval_95),
            interval_99=whole(change.interval_99),
        ).certainty

    def change_summary(self) -> str:
        """Return the comparison of months in one plain sentence."""
        if self.comparison is None or self.compared is None:
            return self._nothing_to_compare()
        return str(change_sentence(group_words(self.group), self.comparison, self.compared))

    def _nothing_to_compare(self) -> str:
        if self.months_covered >= LEAST_TO_COMPARE:
            return say(
                "{what}: too many months are missing to compare any.", what=group_words(self.group)
            )
        return say_plural(
            "{what}: {count} month is too few to compare.",
            "{what}: {count} months are too few to compare.",
            self.months_covered,
            what=group_words(self.group),
        )

    def season_summary(self) -> str | None:
        """Return the month that stands out most, if its season is beyond chance."""
        if self.season is None:
            return None
        sure = self.season[(self.season["low"] > 1) | (self.season["high"] < 1)]
        if sure.empty:
            return None
        most = sure.loc[np.log(sure["factor"]).abs().idxmax()]
        month = MonthName(int(most["month"]))
        share = Share(abs(float(most["factor"]) - 1))
        text = _SEASON_MORE if most["factor"] > 1 else _SEASON_FEWER
        return say(text, month=month, share=share, what=group_words(self.group))

    def plot(self) -> alt.LayerChart:
        """Return the months as a thin line and their 12-month average as a thick one."""
        from forestall._charts import month_chart

        return month_chart(
            self.table,
            month_title=say("Each month"),
            average_title=say("Average of 12 months"),
            shifts=[shift.period for shift in self.shifts],
        )


_FALLEN = "{what}: since {first}, about {share} fewer each year ({interval}); {certainty}."
_RISEN = "{what}: since {first}, about {share} more each year ({interval}); {certainty}."
_SEASON_MORE = "{what}: {month} usually has {share} more than an average month."
_SEASON_FEWER = "{what}: {month} usually has {share} fewer than an average month."


def measure_trend(counts: Counts, *, min_months_for_trend: int = 24) -> Trend:
    r"""Measure how the number of incidents moved, with season, trend, change and level shifts.

    From ``min_months_for_trend`` covered months on, when they are at least two thirds of those from
    the first to the last: a quasi-Poisson regression with log link, two yearly
    Fourier harmonics, a straight trend and log(days) as offset. From 13 months on, the latest
    months (at most twelve) are set against the same months a year before, by the exact conditional
    binomial test, or where the change varies between months by more than chance, by Student's t
    with that variation. With 4 to 12 months the last two are set against the first two, as a
    description.

    Parameters
    ----------
    counts
        Incidents by month; kinds and places are added up, so select first.
    min_months_for_trend
        Fewest months for a trend and a season, at least 24.

    Raises
    ------
    CannotAnswer
        If the counts are not by month, or nothing was counted.

    Examples
    --------
    >>> from forestall.records import Counts, periods_between
    >>> months = periods_between("2024-01-01", "2024-05-31", unit="month")
    >>> thefts = pd.DataFrame({"period": months.starts, "incidents": [310, 290, 305, 250, 240]})
    >>> trend = measure_trend(Counts.from_frame(thefts, periods=months))
    >>> print(trend.summary().replace("\N{NO-BREAK SPACE}", " "))
    All recorded crime: in April and May 2024, 20 % fewer a day were recorded
    than in January and February 2024 (9 to 29 % fewer); clear.
    """
    if counts.periods is None or counts.periods.unit != "month":
        raise CannotAnswer(
            message("A trend needs incidents counted by month; count with period='month'.")
        )
    if min_months_for_trend < 24:
        raise ValueError("A season needs at least 24 months.")
    per_month = counts.per_period()
    if not per_month.sum():
        raise CannotAnswer(
            message("A trend needs incidents, but none was counted in these months.")
        )
    missing = months_not_covered(counts.periods, per_month)
    series = month_series(counts.periods, per_month, missing=missing)
    enough = len(series.counts) >= min_months_for_trend and series.counts.sum() >= LEAST_INCIDENTS
    long = enough and mostly_covered(missing)
    model = fit_trend(series) if long else None
    comparison, compared = _compare(counts.periods, per_month, missing)
    dispersion = 1.0 if comparison is None else comparison.dispersion
    shifts = _shifts(counts, series) if model is not None else ()
    fitted = np.full(len(per_month), np.nan)
    if model is not None:
        fitted[series.positions] = model.fitted
    edges_only = compared is None or compared.kind is Comparison.EDGES
    return Trend(
        table=_month_table(counts, per_month, missing, fitted),
        caveats=(
            *model_caveats(series, model, dispersion, least_months=min_months_for_trend),
            *month_caveats(missing, compared, [shift.period for shift in shifts]),
        ),
        made_by=f"measure_trend(min_months_for_trend={min_months_for_trend})",
        group=group_of(counts),
        annual_change=annual_change(model) if model is not None else None,
        season=season_table(model) if model is not None else None,
        same_months=None if edges_only else comparison,
        edges=comparison if edges_only else None,
        compared=compared,
        shifts=shifts,
        dispersion=dispersion,
    )


def _compare(
    periods: Periods, per_month: NDArray[np.int64], missing: NDArray[np.bool_]
) -> tuple[RatioComparison | None, ComparedPeriods | None]:
    try:
        compared = choose_periods(periods, missing=missing)
    except CannotAnswer:
        return None, None
    before, after = compared.sums(per_month)
    dispersion, freedom = variation_between_pairs(per_month, compared, periods)
    comparison = compare_rates(
        before=before,
        after=after,
        before_days=compared.before_days,
        after_days=compared.after_days,
        dispersion=dispersion,
        degrees_of_freedom=freedom,
    )
    return comparison, compared


def _shifts(counts: Counts, series: MonthSeries) -> tuple[LevelShift, ...]:
    assert counts.periods is not None
    return tuple(
        LevelShift(
            period=counts.periods.starts[series.positions[step.row]],
            ratio=ratio,
            interval=interval,
            p_value=step.p_value,
        )
        for step, ratio, interval in level_steps(series)
    )


def _month_table(
    counts: Counts,
    per_month: NDArray[np.int64],
    missing: NDArray[np.bool_],
    fitted: NDArray[np.float64],
) -> pd.DataFrame:
    assert counts.periods is not None
    days = np.asarray(counts.periods.days)
    known = pd.Series(np.where(missing, np.nan, per_month.astype(float)))
    return pd.DataFrame(
        {
            "period": counts.periods.starts,
            "days": days,
            "incidents": _known_incidents(per_month, days),
            "per_day": known / days,
            "average_12": known.rolling(12).mean(),
            "fitted": fitted,
            "covered": ~missing,
        }
    )


def _known_incidents(per_month: NDArray[np.int64], days: NDArray[np.int64]) -> NDArray[Any]:
    return per_month if (days > 0).all() else np.where(days > 0, per_month.astype(float), np.nan)
