"""This file knows the series of the treated places beside what was expected of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from forestall.diagnosis import Unanswered
from forestall.languages import Ended, Month, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Chart,
    Column,
    Heading,
    Paragraph,
    Sure,
    Table,
    Unit,
)
from forestall.publication.evaluation_report.words import interval_words
from forestall.publication.pictures import ExpectedLine

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.evaluation import InterruptedSeries
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def expected_blocks(setting: EvaluationSetting) -> list[Block]:
    """Return the series with what its own past leads one to expect, or why there is none."""
    series, safe = setting.primary.series, setting.safe.months
    heading = Heading(message("Month by month"), "months")
    if isinstance(series, Unanswered) or safe is None:
        why = series.reason if isinstance(series, Unanswered) else setting.told.why("series")
        box = Box(
            kind=BoxKind.EMPTY,
            title=message("The months cannot be shown"),
            sentences=(Ended(why),),
        )
        return [heading, box]
    told = Paragraph((_told(series), Sure(series.effect.certainty)))
    return [heading, told, _chart(setting, series, safe)]


def _told(series: InterruptedSeries) -> Text:
    return message(
        "Against their own months before, the treated places had {effect} from {month} on (95 % "
        "interval: {interval}).",
        effect=series.effect.effect.in_words(),
        month=Month(series.interruption.full_effect.date()),
        interval=interval_words(series.effect),
    )


def _chart(setting: EvaluationSetting, series: InterruptedSeries, safe: SafeTable) -> Chart:
    frame = safe.frame
    first_after = pd.Timestamp(frame.loc[frame["after"].astype(bool), "period"].iloc[0])
    first = pd.Timestamp(frame["period"].iloc[0]).date()
    joined = setting.safe.months_joined
    return Chart(
        title=message(_FINDING, effect=series.effect.effect.in_words()),
        subtitle=message(
            "{outcome} in the treated places, {unit}", outcome=setting.outcome, unit=_UNITS[joined]
        ),
        alt=message(
            "Line chart of {outcome} in the treated places, recorded and expected. {told} Table "
            "below.",
            outcome=setting.outcome,
            told=_told(series),
        ),
        picture=ExpectedLine(
            safe=safe,
            since=first_after.strftime("%Y-%m"),
            recorded_words=message("recorded"),
            expected_words=message("expected without the measure"),
            since_words=message("the measure begins"),
        ),
        behind=_table(safe, joined),
        behind_words=message("Table behind the chart"),
        source=(setting.source_since(first), *_joined(joined), _BY_MODEL),
    )


def _joined(joined: int) -> tuple[Text, ...]:
    if joined == 1:
        return (_BAND,)
    return (message(_TOGETHER, months=joined),)


def _table(safe: SafeTable, joined: int) -> Table:
    limits = (
        Column(name="low", head=message("95 % from"), unit=Unit.DECIMAL, decimals=1),
        Column(name="high", head=message("95 % to"), unit=Unit.DECIMAL, decimals=1),
    )
    return Table(
        title=message("Recorded and expected"),
        safe=safe,
        columns=(
            Column(name="period", head=_PERIODS[joined], unit=Unit.MONTH),
            Column(name="incidents", head=message("Recorded")),
            Column(name="expected", head=message("Expected"), unit=Unit.DECIMAL, decimals=1),
            *(limits if joined == 1 else ()),
        ),
        folds=True,
    )


_UNITS = {
    1: message("by month"),
    3: message("by quarter"),
    6: message("by half-year"),
    12: message("by year"),
}
_PERIODS = {
    1: message("Month"),
    3: message("Three months from"),
    6: message("Six months from"),
    12: message("Twelve months from"),
}
_FINDING = "{effect} than the months before lead one to expect"
_TOGETHER = "{months} months are joined, so that no small number has to be hidden."
_BAND = message("The band is the 95 % interval of what was expected.")
_BY_MODEL = message("Expected from level, trend and season of the months before.")
