"""This file knows sections 10 and 11: how sure the report is, and what would change our mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.diagnosis import Unanswered
from forestall.languages import Ended, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Heading,
    Item,
    Items,
    Paragraph,
    Section,
    Sure,
    WordTable,
)
from forestall.publication.evaluation_report.others import outcomes_blocks
from forestall.publication.report.words import certainty_rule

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.publication.evaluation_report.setting import EvaluationSetting


def sure_section(setting: EvaluationSetting) -> Section:
    """Build the section on certainty words, caveats, and how many comparisons were made."""
    blocks: list[Block] = [
        Paragraph((message("Each comparison carries words that follow one rule everywhere."),)),
        WordTable(
            heads=(message("We write"), message("when")),
            rows=tuple((Sure(certainty), rule) for certainty, rule in certainty_rule()),
        ),
        Paragraph((_MANY,)),
        *outcomes_blocks(setting),
        Heading(message("To be kept in mind"), "caveats"),
        Items(tuple(Item(Ended(text)) for text in _caveats(setting))),
    ]
    return Section(
        id="sure",
        number="10",
        heading=message("How sure we are"),
        question=message("What do the words mean, and what may mislead?"),
        blocks=tuple(blocks),
    )


def change_section(setting: EvaluationSetting) -> Section:
    """Build the section on what would change the verdict."""
    told = setting.told.safe_to_say(setting.evaluation.would_change)
    items = tuple(Item(Ended(text)) for text in told)
    return Section(
        id="change",
        number="11",
        heading=message("What would change our mind"),
        blocks=(
            Paragraph((message("This verdict would be another one, should one of these be so."),)),
            Box(kind=BoxKind.NOTE, items=items),
        ),
    )


def _caveats(setting: EvaluationSetting) -> tuple[Text, ...]:
    # What an analyst can do about each is for the analyst, not for the reader of the report.
    remedies = {one.remedy for one in setting.evaluation.design.warnings}
    said = [one for one in setting.evaluation.caveats if one not in remedies]
    found = setting.primary.comparison
    if not isinstance(found, Unanswered):
        said += found.caveats
    return setting.told.safe_to_say(said)


_MANY = message(
    "One outcome was named beforehand as the one that decides. Rings, kinds, times and methods "
    "beside it are many looks; about one in twenty would look probable by chance alone."
)
