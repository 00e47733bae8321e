"""This file knows section 6: what people said before and after."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from forestall.diagnosis import Unanswered
from forestall.languages import Decimal, Ended, Listing, Message, Sentences, Share, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Item,
    Items,
    Paragraph,
    Section,
    Source,
    Sure,
    WordTable,
)
from forestall.surveys import ItemKind

if TYPE_CHECKING:
    from forestall.evaluation.survey_comparison import SurveyComparison
    from forestall.languages import Text
    from forestall.publication.blocks import Block, Run
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def people_section(setting: EvaluationSetting) -> Section:
    """Build the section on what people said, which says so where nobody asked."""
    found = setting.evaluation.survey
    return Section(
        id="people",
        number="6",
        heading=message("What people said"),
        question=message("Do residents see, fear and report less or more than before?"),
        blocks=_empty(found)
        if isinstance(found, Unanswered)
        else _answers(found, setting.safe.rule.threshold),
    )


def _empty(found: Unanswered) -> tuple[Block, ...]:
    return (
        Box(
            kind=BoxKind.EMPTY,
            title=message("Nobody was asked before and after"),
            sentences=(Ended(found.reason), _ONLY_RECORDED),
        ),
    )


def _answers(found: SurveyComparison, threshold: int) -> tuple[Block, ...]:
    heads: list[Text] = [message("Question"), message("Before"), message("After")]
    if found.has_comparison:
        heads += [message("Comparison before"), message("Comparison after")]
    heads.append(message("How sure"))
    return (
        Items(
            tuple(
                Item(_reading(found, one.name))
                if _may_be_told(found, place, threshold)
                else Item(_HIDDEN, lead=one.name)
                for place, one in enumerate(found.items)
            )
        ),
        WordTable(
            title=message("Answers before and after"),
            heads=tuple(heads),
            rows=tuple(
                _row(found, place)
                for place in range(len(found.items))
                if _may_be_told(found, place, threshold)
            ),
            number_columns=tuple(range(1, len(heads) - 1)),
        ),
        Paragraph((_LEVELS,)),
        Source(tuple(dict.fromkeys(found.caveats))),
        WordTable(
            title=message("The questions as they were asked"),
            heads=(message("Question"), message("Wording"), message("Answers that count")),
            rows=tuple((one.name, one.wording, _counted(one.counted)) for one in found.items),
        ),
    )


def _reading(found: SurveyComparison, name: str) -> Text:
    estimate = found.effects[name]
    low, high = estimate.limits(0.95)
    said = message(
        "{outcome}: {effect} (95 % interval: {low} to {high}); {certainty}.",
        outcome=name,
        effect=estimate.effect.in_words(),
        low=low.in_words(),
        high=high.in_words(),
        certainty=estimate.certainty.words,
    )
    return Sentences((said, found.reading(name)))


def people_finding(setting: EvaluationSetting) -> Text | None:
    """Say how answers turned, the first item; None where nobody asked."""
    found = setting.evaluation.survey
    if isinstance(found, Unanswered) or not _may_be_told(found, 0, setting.safe.rule.threshold):
        return None
    return _reading(found, found.items[0].name)


def _may_be_told(found: SurveyComparison, place: int, threshold: int) -> bool:
    """Say whether no side has so few people with an answer that a share would tell of them."""
    return not found.table["rarer"].iloc[place] < threshold


def _row(found: SurveyComparison, place: int) -> tuple[Run, ...]:
    item, row = found.items[place], found.table.iloc[place]
    estimate = found.effects[item.name]
    columns = ["treated_before", "treated_after"]
    if found.has_comparison:
        columns += ["comparison_before", "comparison_after"]
    return (
        item.name,
        *(_level(item.kind, float(row[column])) for column in columns),
        Sure(estimate.certainty),
    )


def _level(kind: ItemKind, number: float) -> Text:
    if math.isnan(number):
        return "–"
    return Share(number) if kind is ItemKind.SHARE else Decimal(number, 1)


def _counted(answers: tuple[Any, ...]) -> Text:
    if not answers:
        return message("mean of the scale")
    return Listing([Decimal(float(one), 0) for one in answers])


_HIDDEN = message("not shown")
_ONLY_RECORDED: Message = message(
    "These are recorded incidents only. A survey before and after would show what is not reported, "
    "and whether people feel safer."
)
_LEVELS = message(
    "Shares and means are weighted, so that they stand for the residents; incidents are per 1,000 "
    "people."
)
