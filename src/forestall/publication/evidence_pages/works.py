"""This file knows the section on effects: each outcome with figure, certainty, and all studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evidence.appraisal import Dimension
from forestall.evidence.averaged import average_by_lot
from forestall.evidence.body_certainty import certainty_of_body
from forestall.evidence.figures import figure_in_words, kind_in_words, outcome_in_words
from forestall.languages import LineStart, Number, Sentences, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Heading,
    Item,
    Items,
    Link,
    Paragraph,
    Section,
    WordTable,
)
from forestall.publication.evidence_pages.forest import forest_blocks

if TYPE_CHECKING:
    from forestall.evidence.bodies import BodyOfEvidence
    from forestall.evidence.reviews import ReviewFinding
    from forestall.languages import Message
    from forestall.publication.blocks import Block, Run
    from forestall.publication.evidence_pages.setting import InterventionSetting


def works_section(setting: InterventionSetting) -> Section:
    """Build the table of what was found, outcome by outcome, and the picture of all studies."""
    blocks: list[Block] = []
    rows = tuple(_row(one) for body in setting.bodies for one in body.findings)
    if rows:
        blocks.append(
            WordTable(
                title=message("What was found, the strongest text first"),
                heads=(
                    message("Outcome"),
                    message("Figure"),
                    message("Finding"),
                    message("Kind of text"),
                    message("Text"),
                ),
                rows=rows,
            )
        )
    else:
        blocks.append(Box(kind=BoxKind.EMPTY, sentences=(_NOBODY,)))
    if setting.synthesis is not None:
        blocks += forest_blocks(setting.synthesis)
    return Section(
        id="works",
        number="1",
        heading=message("Does it work?"),
        question=message("What did studies find, outcome by outcome?"),
        blocks=tuple(blocks),
    )


def sure_section(setting: InterventionSetting) -> Section:
    """Build the section that says for each outcome how sure the evidence is, and why."""
    blocks: list[Block] = [Paragraph((_HOW_JUDGED,)), _dimensions(setting)]
    for body in setting.bodies:
        certainty = certainty_of_body(body)
        if certainty is None:
            continue
        blocks.append(Heading(LineStart(body.outcome.words)))
        blocks.append(Paragraph((certainty.in_words(),)))
        reasons = [certainty.start_why, *(one.why for one in certainty.reasons)]
        blocks.append(Items(tuple(Item(one) for one in [*_by_lot(body), *reasons])))
        if certainty.not_known:
            blocks.append(Items(tuple(Item(one) for one in certainty.not_known)))
    return Section(
        id="sure",
        number="6",
        heading=message("How sure is that?"),
        question=message("For each outcome, what makes the evidence strong or weak?"),
        blocks=tuple(blocks),
    )


def _dimensions(setting: InterventionSetting) -> WordTable:
    """Return how many texts say something on each dimension of EMMIE; nobody appraised them."""
    told = {
        Dimension.EFFECT: [one for one in setting.texts if one.effect or one.other],
        Dimension.MECHANISM: [one for one in setting.texts if one.notes.mechanism],
        Dimension.MODERATORS: [one for one in setting.texts if one.notes.moderators],
        Dimension.IMPLEMENTATION: [one for one in setting.texts if one.notes.implementation],
        Dimension.ECONOMICS: [one for one in setting.texts if one.notes.economics],
    }
    return WordTable(
        title=message("Which texts say something on which dimension (EMMIE)"),
        heads=(message("Dimension"), message("Question"), message("Texts that say something")),
        rows=tuple(
            (LineStart(one.words), one.asks, Number(len(texts))) for one, texts in told.items()
        ),
        number_columns=(2,),
    )


def _by_lot(body: BodyOfEvidence) -> tuple[Message, ...]:
    judged = average_by_lot(body.effects)
    if judged is None or len(judged.effects) == len(body.effects):
        return ()
    return (
        message(
            "Judged by the {count} effects that were drawn by lot, of {total}.",
            count=len(judged.effects),
            total=len(body.effects),
        ),
    )


def _row(one: ReviewFinding) -> tuple[Run, ...]:
    return (
        LineStart(outcome_in_words(one.reading)),
        Sentences((figure_in_words(one),)),
        one.reading.finding.words,
        LineStart(kind_in_words(one)),
        Link(one.key, f"#{anchor(one)}"),
    )


def anchor(one: ReviewFinding) -> str:
    """Return where a text stands on the page."""
    return f"text-{one.key}"


_NOBODY = message("No text in this collection measured an effect.")
_HOW_JUDGED = message(
    "Certainty is judged for each outcome by fixed rules after GRADE, from what the texts tell; "
    "what they do not tell is listed."
)
