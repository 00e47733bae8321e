"""This file knows section 2: whether the numbers changed, the season, and the hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import GroupChanges, Trend
from forestall.diagnosis.comparisons import Comparison
from forestall.languages import LineStart, MonthName, Share, Text, message, plural_message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Chart,
    Column,
    Heading,
    Paragraph,
    Section,
    Sure,
    Table,
    Unit,
)
from forestall.publication.pictures import SeasonColumns
from forestall.publication.report.hours import hours_blocks
from forestall.publication.report.kinds_changed import changes_blocks
from forestall.publication.report.month_line import line_chart
from forestall.publication.report.months import months_multiples
from forestall.publication.report.words import kind_inside
from forestall.results import Certainty

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import Block
    from forestall.publication.report.setting import Setting

_LONG_SERIES = 13


def when_section(setting: Setting) -> Section:
    """Build the section on change, season and hours."""
    blocks: list[Block] = []
    if setting.months >= _LONG_SERIES:
        blocks += _long_series(setting)
    blocks += changes_blocks(setting)
    blocks += _season_or_change(setting)
    blocks += months_multiples(setting)
    blocks += _season(setting)
    blocks += hours_blocks(setting)
    return Section(
        id="when",
        number="2",
        heading=message("When"),
        question=message("Did the numbers change?"),
        blocks=tuple(blocks),
    )


def trend_certainty(trend: Trend) -> Certainty:
    """Return how sure the change a year is; small a year is not little over many years."""
    change = trend.annual_change
    assert change is not None
    if change.certainty is not Certainty.LITTLE_CHANGED or change.interval_95.holds(1):
        return change.certainty
    return Certainty.PROBABLE if change.interval_99.holds(1) else Certainty.CLEAR


def trend_sentence(trend: Trend, *, kind: Text) -> Text:
    """Say the change a year, by the model with seasons."""
    change = trend.annual_change
    assert change is not None
    values = {"kind": kind, "year": str(trend.since.year), "interval": change.in_words()}
    if trend_certainty(trend) is Certainty.LITTLE_CHANGED:
        return message(
            "Since {year}, {kind} changed little from year to year: {interval}.", **values
        )
    if trend_certainty(trend) is Certainty.CHANCE:
        return message(
            "Since {year}, a change of {kind} from year to year cannot be told from chance "
            "({interval} a year).",
            **values,
        )
    if change.ratio < 1:
        return message(
            "Since {year}, {kind} has fallen by about {change} a year (95 % interval {interval}).",
            change=Share(1 - change.ratio),
            **values,
        )
    return message(
        "Since {year}, {kind} has risen by about {change} a year (95 % interval {interval}).",
        change=Share(change.ratio - 1),
        **values,
    )


def _long_series(setting: Setting) -> list[Block]:
    trend = setting.diagnosis.trend
    if not isinstance(trend, Trend):
        return []
    kind = kind_inside(setting.only_kind) if setting.only_kind else message("recorded crime")
    blocks: list[Block] = []
    if trend.annual_change is not None:
        certainty = trend_certainty(trend)
        blocks.append(Paragraph((trend_sentence(trend, kind=kind), Sure(certainty))))
    blocks.append(line_chart(setting, trend))
    return blocks


def _season_or_change(setting: Setting) -> list[Block]:
    changes = setting.diagnosis.group_changes
    edges = isinstance(changes, GroupChanges) and changes.compared.kind is Comparison.EDGES
    if not edges:
        return []
    return [
        Box(
            kind=BoxKind.CARE,
            title=message("Season or change?"),
            sentences=(
                plural_message(
                    "The report covers {count} month, so there is no earlier year to compare "
                    "with. Use this section as a description, not as a trend.",
                    "The report covers {count} months, so there is no earlier year to compare "
                    "with. Use this section as a description, not as a trend.",
                    setting.months,
                ),
                message(
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
        "high": MonthName(high),
        "low": MonthName(low),
        "more": Share(shown[high] - 1),
        "fewer": Share(1 - shown[low]),
    }
    title = LineStart(message("{high} usually has {more} more than an average month", **words))
    alt = message(
        "Dots with intervals for the twelve months of the year, against an average month. {high} "
        "is highest with {more} more, {low} lowest with {fewer} fewer. Table below.",
        **words,
    )
    return [
        Heading(message("The season")),
        Chart(
            title=title,
            subtitle=message("Difference from an average month, per day, with 95 % intervals"),
            alt=alt,
            picture=SeasonColumns(safe=safe),
            behind=_season_table(safe),
            behind_words=message("Table behind the chart"),
            source=(setting.source, message("Differences in the length of months are taken out.")),
        ),
    ]


def _season_table(safe: SafeTable) -> Table:
    return Table(
        title=message("Season: each month against an average month"),
        safe=safe,
        columns=(
            Column(name="month", head=message("Month"), unit=Unit.WORDS),
            Column(name="incidents", head=message("Recorded in all years")),
            Column(name="factor", head=message("times the average"), unit=Unit.DECIMAL, decimals=2),
            Column(name="low", head=message("lower limit"), unit=Unit.DECIMAL, decimals=2),
            Column(name="high", head=message("upper limit"), unit=Unit.DECIMAL, decimals=2),
        ),
        row_words={month: MonthName(int(month)) for month in safe.frame["month"]},
    )
