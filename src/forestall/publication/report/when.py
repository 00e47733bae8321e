"""This file knows section 2: whether the numbers changed, the season, and the hours."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from forestall.diagnosis import GroupChanges, Trend
from forestall.diagnosis.comparisons import Comparison
from forestall.languages import Listing, Message, Month, Share, message, plural_message, say
from forestall.publication.blocks import (
    Box,
    BoxKind,
    ChangeTable,
    Chart,
    Column,
    Heading,
    Paragraph,
    Section,
    Source,
    Sure,
    Table,
    Unit,
)
from forestall.publication.drawing.intervals import REACHES
from forestall.publication.pictures import MonthLine, MonthMark, SeasonColumns
from forestall.publication.report.hours import hours_blocks
from forestall.publication.report.months import months_multiples, months_table
from forestall.publication.report.words import (
    kind_inside,
    kind_words,
    month_name,
    month_of,
    months_short,
    months_words,
    sentences,
)
from forestall.results import Certainty

if TYPE_CHECKING:
    import pandas as pd

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_LONG_SERIES = 13


def when_section(setting: Setting) -> Section:
    """Build the section on change, season and hours."""
    blocks: list[Block] = []
    if setting.months >= _LONG_SERIES:
        blocks += _long_series(setting)
    blocks += _changes(setting)
    blocks += _season_or_change(setting)
    blocks += months_multiples(setting)
    blocks += _season(setting)
    blocks += hours_blocks(setting)
    return Section(
        id="when",
        number="2",
        heading=say("When"),
        question=say("Did the numbers change?"),
        blocks=tuple(blocks),
    )


def trend_certainty(trend: Trend) -> Certainty:
    """Return how sure the change a year is; small a year is not little over many years."""
    change = trend.annual_change
    assert change is not None
    if change.certainty is not Certainty.LITTLE_CHANGED or change.interval_95.holds(1):
        return change.certainty
    return Certainty.PROBABLE if change.interval_99.holds(1) else Certainty.CLEAR


def trend_sentence(trend: Trend, *, kind: str) -> str:
    """Say the change a year, by the model with seasons."""
    change = trend.annual_change
    assert change is not None
    since = trend.table["period"].iloc[0].year
    values = {"kind": kind, "year": str(since), "interval": change.in_words()}
    if trend_certainty(trend) is Certainty.LITTLE_CHANGED:
        return say("Since {year}, {kind} changed little from year to year: {interval}.", **values)
    if trend_certainty(trend) is Certainty.CHANCE:
        return say(
            "Since {year}, a change of {kind} from year to year cannot be told from chance "
            "({interval} a year).",
            **values,
        )
    if change.ratio < 1:
        return say(
            "Since {year}, {kind} has fallen by about {change} a year (95 % interval {interval}).",
            change=Share(1 - change.ratio),
            **values,
        )
    return say(
        "Since {year}, {kind} has risen by about {change} a year (95 % interval {interval}).",
        change=Share(change.ratio - 1),
        **values,
    )


def _long_series(setting: Setting) -> list[Block]:
    trend = setting.diagnosis.trend
    if not isinstance(trend, Trend):
        return []
    kind = kind_inside(setting.only_kind) if setting.only_kind else say("recorded crime")
    blocks: list[Block] = []
    if trend.annual_change is not None:
        certainty = trend_certainty(trend)
        blocks.append(Paragraph((trend_sentence(trend, kind=kind), Sure(certainty))))
    blocks.append(_line_chart(setting, trend))
    return blocks


def _line_chart(setting: Setting, trend: Trend) -> Chart:
    months = setting.safe.months.frame
    average = months[["period", "average_12"]].dropna()
    subtitle = say("Recorded each month, {period}", period=setting.period)
    title, told = _line_title(setting, average)
    marks = tuple(
        MonthMark(str(shift.period.to_period("M")), _shift_words(shift.period, shift.ratio))
        for shift in sorted(trend.shifts, key=lambda s: s.p_value)[:2]
    )
    return Chart(
        title=title,
        subtitle=subtitle,
        alt=say(
            "Line chart of what was recorded each month, {period}. {told} Table below.",
            period=setting.period,
            told=told,
        ),
        picture=MonthLine(
            safe=setting.safe.months,
            each_words=say("each month"),
            average_words=say("12-month average"),
            marks=tuple(sorted(marks, key=lambda mark: mark.month)),
        ),
        behind=months_table(setting.safe.months, title=say("Recorded by month")),
        behind_words=say("Table behind the chart"),
        source=(setting.source, *_shift_caution(trend), *sentences(trend.caveats)),
    )


def _line_title(setting: Setting, average: pd.DataFrame) -> tuple[str, str]:
    if average.empty:
        return say("What was recorded each month"), ""
    values = average["average_12"].astype(float)
    last, high, low = values.iloc[-1], values.max(), values.min()
    if last < 0.9 * high:
        title = say(
            "The 12-month average is {share} below its highest", share=Share(1 - last / high)
        )
    elif last > 1.1 * low:
        title = say("The 12-month average is {share} above its lowest", share=Share(last / low - 1))
    else:
        title = say("The 12-month average hardly moved")
    at = average.set_index("period")["average_12"].astype(float)
    told = say(
        "The 12-month average was highest with {high} a month in {high_month}, lowest with {low} "
        "in {low_month}, and is {last} at the end.",
        high=round(high),
        high_month=month_of(at.idxmax()),
        low=round(low),
        low_month=month_of(at.idxmin()),
        last=round(last),
    )
    return title, told


def _changes(setting: Setting) -> list[Block]:
    changes, safe = setting.diagnosis.group_changes, setting.safe.changes
    if not isinstance(changes, GroupChanges) or safe is None:
        reason = (
            say("In some of the months too few incidents were recorded to compare them.")
            if isinstance(changes, GroupChanges)
            else str(changes)
        )
        return [
            Box(
                kind=BoxKind.EMPTY,
                title=say("Change is not shown"),
                sentences=(reason,),
            )
        ]
    compared = changes.compared
    opening = say(
        "Months differ in length, so this section compares daily averages: {after} against "
        "{before}.",
        after=months_words(compared.after_months),
        before=months_words(compared.before_months),
    )
    largest = _largest_limit(safe.frame)
    table = ChangeTable(
        title=say(
            "Recorded a day: {after} against {before}",
            after=months_words(compared.after_months),
            before=months_words(compared.before_months),
        ),
        safe=safe,
        kind_head=say("Kind"),
        before_head=months_short(compared.before_months),
        after_head=months_short(compared.after_months),
        row_words=kind_words(safe.row_labels),
        reach=next((r for r in REACHES[1:] if r >= largest), REACHES[-1]),
    )
    summary = " ".join([opening, *_how_many(safe.frame)])
    return [Paragraph((summary,)), table, Source(_change_source(setting, changes))]


def _largest_limit(frame: pd.DataFrame) -> float:
    """Return how far most intervals reach; a few long ones are cut at the end of the axis."""
    limits = np.concatenate([frame["low"].astype(float) - 1, frame["high"].astype(float) - 1])
    finite = np.abs(limits[np.isfinite(limits)])
    return float(np.quantile(finite, 0.9)) if finite.size else 0.6


def _how_many(frame: pd.DataFrame) -> list[str]:
    rows = frame[frame["side"] == "after"].dropna(subset=["ratio"])
    clear = rows["certainty"] == Certainty.CLEAR.value
    unsure = int((rows["certainty"] == Certainty.CHANCE.value).sum())
    found = [
        *_clearly(rows[clear & (rows["ratio"] < 1)], fell=True),
        *_clearly(rows[clear & (rows["ratio"] > 1)], fell=False),
    ]
    if unsure:
        found.append(
            plural_message(
                "For {count} kind the difference cannot be told from chance.",
                "For {count} kinds the difference cannot be told from chance.",
                unsure,
            )
        )
    return [str(sentence) for sentence in found]


def _clearly(rows: pd.DataFrame, *, fell: bool) -> list[Message]:
    """Name up to three kinds that clearly changed, the largest first."""
    if rows.empty:
        return []
    named = Listing([kind_inside(str(group)) for group in rows["group"].head(3)])
    if len(rows) <= 3:
        found = message("Clearly fewer: {kinds}.", kinds=named)
        return [found if fell else message("Clearly more: {kinds}.", kinds=named)]
    if fell:
        return [
            message("{count} kinds clearly fell, among them {kinds}.", count=len(rows), kinds=named)
        ]
    return [
        message("{count} kinds clearly rose, among them {kinds}.", count=len(rows), kinds=named)
    ]


def _change_source(setting: Setting, changes: GroupChanges) -> tuple[str, ...]:
    assert setting.safe.changes is not None
    left_out = len(changes.table) - len(setting.safe.changes.row_labels)
    lines = [setting.source, *sentences(changes.caveats)]
    if left_out:
        lines.append(
            str(
                plural_message(
                    "{count} kind has too few records to show a comparison.",
                    "{count} kinds have too few records to show a comparison.",
                    left_out,
                )
            )
        )
    return tuple(lines)


def _season_or_change(setting: Setting) -> list[Block]:
    changes = setting.diagnosis.group_changes
    edges = isinstance(changes, GroupChanges) and changes.compared.kind is Comparison.EDGES
    if not edges:
        return []
    return [
        Box(
            kind=BoxKind.CARE,
            title=say("Season or change?"),
            sentences=(
                say(
                    "The file holds {months} months, so there is no earlier year to compare with. "
                    "Use this section as a description, not as a trend.",
                    months=setting.months,
                ),
                say(
                    "With 24 months or more, this page shows the same months of the year before "
                    "and a trend with its interval."
                ),
            ),
        )
    ]


def _season(setting: Setting) -> list[Block]:
    safe, trend = setting.safe.season, setting.diagnosis.trend
    if safe is None or not isinstance(trend, Trend):
        return []
    shown = safe.frame.dropna(subset=["factor"]).set_index("month")["factor"].astype(float)
    if shown.empty:
        return []
    high, low = int(str(shown.idxmax())), int(str(shown.idxmin()))
    words = {
        "high": _month_name(high),
        "low": _month_name(low),
        "more": Share(shown[high] - 1),
        "fewer": Share(1 - shown[low]),
    }
    title = say("{high} usually has {more} more than an average month", **words)
    alt = say(
        "Dots with intervals for the twelve months of the year, against an average month. {high} "
        "is highest with {more} more, {low} lowest with {fewer} fewer. Table below.",
        **words,
    )
    return [
        Heading(say("The season")),
        Chart(
            title=title,
            subtitle=say("Difference from an average month, per day, with 95 % intervals"),
            alt=alt,
            picture=SeasonColumns(safe=safe),
            behind=_season_table(safe),
            behind_words=say("Table behind the chart"),
            source=(setting.source, say("Differences in the length of months are taken out.")),
        ),
    ]


def _season_table(safe: SafeTable) -> Table:
    return Table(
        title=say("Season: each month against an average month"),
        safe=safe,
        columns=(
            Column(name="month", head=say("Month"), unit=Unit.WORDS),
            Column(name="incidents", head=say("Recorded in all years")),
            Column(name="factor", head=say("times the average"), unit=Unit.DECIMAL, decimals=2),
            Column(name="low", head=say("from"), unit=Unit.DECIMAL, decimals=2),
            Column(name="high", head=say("to"), unit=Unit.DECIMAL, decimals=2),
        ),
        row_words={month: _month_name(int(month)) for month in safe.frame["month"]},
    )


def _month_name(month: int) -> str:
    return month_name(date(2001, month, 1))


def _shift_words(period: pd.Timestamp, ratio: float) -> str:
    if ratio < 1:
        return say("{month}: {share} lower", month=Month(period.date()), share=Share(1 - ratio))
    return say("{month}: {share} higher", month=Month(period.date()), share=Share(ratio - 1))


def _shift_caution(trend: Trend) -> tuple[str, ...]:
    if not trend.shifts:
        return ()
    return (
        say(
            "Dashed lines mark months from which on the level is another one. A new way of "
            "recording can be the reason as well as a real change; ask who recorded."
        ),
    )
