"""This file knows the section on effects: each outcome with figure, certainty, and all studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.evidence.body_certainty import certainty_of_body
from forestall.evidence.figures import figure_in_words, kind_in_words, outcome_in_words
from forestall.languages import LineStart, Sentences, message
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
    from forestall.evidence.reviews import ReviewFinding
    from forestall.publication.blocks import Block, Run
    from forestall.publication.evidence_pages.setting import InterventionSetting


def works_section(setting: InterventionSetting) -> Section:
    """Build the table of what was found, outcome by outcome, and the picture of all studies."""
    blocks: list[Block] = []
    rows = tuple(
        _row(one, str(body.finding.words)) for body in setting.bodies for one in body.findings
    )
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
    blocks: list[Block] = [Paragraph((_HOW_JUDGED,))]
    for body in setting.bodies:
        certainty = certainty_of_body(body)
        if certainty is None:
            continue
        blocks.append(Heading(LineStart(body.outcome.words)))
        blocks.append(Paragraph((certainty.in_words(),)))
        reasons = [certainty.start_why, *(one.why for one in certainty.reasons)]
        blocks.append(Items(tuple(Item(one) for one in [*reasons, *certainty.not_known])))
    return Section(
        id="sure",
        number="6",
        heading=message("How sure is that?"),
        question=message("For each outcome, what makes the evidence strong or weak?"),
        blocks=tuple(blocks),
    )


def _row(one: ReviewFinding, _: str) -> tuple[Run, ...]:
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
