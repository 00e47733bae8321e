"""This file knows how many months are shown as a line, with what its 12-month average says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from forestall.languages import Month, Share, ShortMonth, message
from forestall.publication.blocks import Chart
from forestall.publication.drawing.lines import covered_rows
from forestall.publication.pictures import MonthLine, MonthMark
from forestall.publication.report.months import in_part, months_table
from forestall.publication.report.words import month_of, sentences

if TYPE_CHECKING:
    from forestall.diagnosis import Trend
    from forestall.languages import Text
    from forestall.publication.report.setting import Setting

_MOST_MISSING = 3
_YEAR_MONTHS = 12


@dataclass(frozen=True)
class Averages:
    """The 12-month averages that can be shown, by month, with how many are missing.

    Attributes
    ----------
    at
        Month to average of the 12 months that end with it.
    missing_at_end
        Covered months after the last average.
    missing
        All covered months, from the twelfth on, that have no average.
    """

    at: pd.Series
    missing_at_end: int
    missing: int

    @property
    def last_month(self) -> Month:
        """Return the month of the last average."""
        return month_of(self.at.index[-1])


def averages_shown(months: pd.DataFrame) -> Averages:
    r"""Return the averages of a protected table of months.

    Examples
    --------
    >>> months = pd.DataFrame({"period": pd.date_range("2020-01-01", periods=15, freq="MS"),
    ...     "average_12": [None] * 11 + [20.0, 21.0, 19.5, None]})
    >>> found = averages_shown(months)
    >>> found.missing_at_end, found.missing, str(found.last_month).replace("\xa0", " ")
    (1, 1, 'February 2021')
    """
    rows = covered_rows(months)
    values = pd.to_numeric(rows["average_12"], errors="coerce").astype(float)
    values.index = pd.Index(rows["period"])
    at = values.dropna()
    possible = max(len(values) - _YEAR_MONTHS + 1, 0)
    missing_at_end = int((values.index > at.index[-1]).sum()) if len(at) else possible
    return Averages(at=at, missing_at_end=missing_at_end, missing=max(possible - len(at), 0))


def line_chart(setting: Setting, trend: Trend) -> Chart:
    """Show each month as a thin line and the average of twelve as a thick one."""
    averages = averages_shown(setting.safe.months.frame)
    told = _told(averages)
    marks = tuple(
        MonthMark(str(shift.period.to_period("M")), _shift_words(shift.period, shift.ratio))
        for shift in sorted(trend.shifts, key=lambda s: s.p_value)[:2]
    )
    return Chart(
        title=_title(averages),
        subtitle=message("Recorded each month, {period}", period=setting.period),
        alt=message(
            "Line chart of what was recorded each month, {period}. {told} Table below.",
            period=setting.period,
            told=told,
        ),
        picture=MonthLine(
            safe=setting.safe.months,
            each_words=message("each month"),
            average_words=_average_words(averages),
            marks=tuple(sorted(marks, key=lambda mark: mark.month)),
        ),
        behind=months_table(setting, setting.safe.months, title=message("Recorded by month")),
        behind_words=message("Table behind the chart"),
        source=(
            setting.source,
            *in_part(setting),
            *_missing(averages),
            *_shift_caution(trend),
            *sentences(trend.caveats),
        ),
    )


def _title(averages: Averages) -> Text:
    """Say how the last average stands to the others; nothing where the last ones are missing."""
    if averages.at.empty or averages.missing_at_end > _MOST_MISSING:
        return message("What was recorded each month")
    last, high, low = averages.at.iloc[-1], averages.at.max(), averages.at.min()
    among = "shown" if averages.missing else "all"
    if last < 0.9 * high:
        share = Share(1 - last / high)
        return message(_BELOW[among], month=averages.last_month, share=share)
    if last > 1.1 * low > 0:
        return message(_ABOVE[among], month=averages.last_month, share=Share(last / low - 1))
    if high > 1.1 * low:
        return message("What was recorded each month")
    return message(_SAME[among])


_BELOW = {
    "all": "In {month} the 12-month average was {share} below its highest",
    "shown": "In {month} the 12-month average was {share} below the highest that is shown",
}
_ABOVE = {
    "all": "In {month} the 12-month average was {share} above its lowest",
    "shown": "In {month} the 12-month average was {share} above the lowest that is shown",
}
_SAME = {
    "all": "The 12-month average hardly moved",
    "shown": "The 12-month average hardly moved where it is shown",
}


def _told(averages: Averages) -> Text:
    at = averages.at
    if at.empty:
        return message("There is no 12-month average: no 12 months in a row are shown.")
    values = {
        "high": round(at.max()),
        "high_month": month_of(at.idxmax()),
        "low": round(at.min()),
        "low_month": month_of(at.idxmin()),
        "last": round(at.iloc[-1]),
        "last_month": averages.last_month,
    }
    if averages.missing:
        return message(
            "Of the 12-month averages that are shown, the highest is {high} a month in "
            "{high_month}, the lowest {low} in {low_month}, the last {last} in {last_month}.",
            **values,
        )
    return message(
        "The 12-month average was highest with {high} a month in {high_month}, lowest with {low} "
        "in {low_month}, and was {last} in {last_month}.",
        **values,
    )


def _average_words(averages: Averages) -> Text:
    if averages.at.empty or not averages.missing_at_end:
        return message("12-month average")
    return message("12-month average, {month}", month=ShortMonth(averages.last_month.day))


def _missing(averages: Averages) -> tuple[Text, ...]:
    if not averages.missing or averages.at.empty:
        return ()
    return (message("An average is shown only where all its 12 months are shown."),)


def _shift_words(period: pd.Timestamp, ratio: float) -> Text:
    month = ShortMonth(period.date())
    if ratio < 1:
        return message("{month}: {share} lower", month=month, share=Share(1 - ratio))
    return message("{month}: {share} higher", month=month, share=Share(ratio - 1))


def _shift_caution(trend: Trend) -> tuple[Text, ...]:
    if not trend.shifts:
        return ()
    return (
        message(
            "Dashed lines mark months from which on the level is another one. A new way of "
            "recording can be the reason as well as a real change; ask who recorded."
        ),
    )
