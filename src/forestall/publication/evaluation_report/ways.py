"""This file knows the effect as other methods find it, in one picture instead of a star."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.languages import Ended, Share, message, plural_message
from forestall.publication.blocks import Chart, Heading, Sure, WordTable
from forestall.publication.evaluation_report.words import METHODS, change_of, interval_words
from forestall.publication.pictures import Axis, IntervalRow, IntervalRows

if TYPE_CHECKING:
    from forestall.evaluation.programmes.found import Specification
    from forestall.languages import Text
    from forestall.publication.blocks import Block, Run
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def ways_blocks(setting: EvaluationSetting) -> list[Block]:
    """Return the picture of all ways to estimate the effect, used or not."""
    ways = setting.primary.specifications
    if not ways:
        return []
    title = ways_finding(setting)
    chart = Chart(
        title=title,
        subtitle=message("Change by each method, 95 % interval; bold is the one that was planned"),
        alt=message(
            "Intervals of the change by {count} methods. {finding} Table below.",
            count=len(ways),
            finding=Ended(title),
        ),
        picture=IntervalRows(
            axis=Axis.CHANGE,
            rows=tuple(_drawn(setting, one, is_first=one is ways[0]) for one in ways),
            low_words=message("fewer"),
            high_words=message("more"),
        ),
        behind=WordTable(
            heads=(
                message("Method"),
                message("Change"),
                message("95 % interval"),
                message("How sure"),
                message("Software"),
            ),
            rows=tuple(_row(setting, one) for one in ways),
            number_columns=(1,),
        ),
        behind_words=message("Table behind the chart"),
        source=(_DIFFERENT_QUESTIONS,),
    )
    return [Heading(message("By other methods"), "ways"), chart]


def ways_finding(setting: EvaluationSetting) -> Text:
    """Say how many of the other methods that could be used point the same way."""
    known = [
        one.found
        for one in setting.primary.specifications
        if not isinstance(one.found, Unanswered) and setting.told.may_tell(one.method)
    ]
    if len(known) < 2:
        return message("No other method could be used beside the planned one.")
    first, others = known[0].effect.number, known[1:]
    same = sum(one.effect.number * first > 0 for one in others)
    if same == len(others):
        return plural_message(*_ALL_SAME, same)
    return message(_SOME_SAME, same=same, all=len(others))


def _drawn(setting: EvaluationSetting, one: Specification, *, is_first: bool) -> IntervalRow:
    style = 1 if is_first else 0
    if isinstance(one.found, Unanswered) or not setting.told.may_tell(one.method):
        return IntervalRow(words=METHODS[one.method], shown=_not_used(one), style=style)
    change, low, high = change_of(one.found)
    return IntervalRow(
        words=METHODS[one.method],
        shown=interval_words(one.found),
        number=change,
        low=low,
        high=high,
        style=style,
    )


def _not_used(one: Specification) -> Text:
    return message("not used") if isinstance(one.found, Unanswered) else message("not shown")


def _row(setting: EvaluationSetting, one: Specification) -> tuple[Run, ...]:
    name = METHODS[one.method]
    if isinstance(one.found, Unanswered):
        return (name, "–", Ended(one.found.reason), "–", "–")
    if not setting.told.may_tell(one.method):
        return (name, "–", setting.told.why(one.method), "–", "–")
    engine = one.found.engine
    return (
        name,
        Share(one.found.effect.ratio - 1, signed=True),
        interval_words(one.found),
        Sure(one.found.certainty),
        f"{engine.software} {engine.version}",
    )


_ALL_SAME = (
    "The other method points the same way",
    "All {count} other methods point the same way",
)
_SOME_SAME = "Other methods that point the same way: {same} of {all}"
_DIFFERENT_QUESTIONS = message(
    "The methods rest on different assumptions; where they differ, the truth is less sure than any "
    "one interval says."
)
