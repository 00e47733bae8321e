"""This file knows how notes and quotations of texts stand on a page: marked, with their source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import LineStart, message
from forestall.publication.blocks import (
    Details,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    Link,
    Paragraph,
    Section,
    WordTable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.evidence.reviews import ReviewFinding
    from forestall.publication.blocks import Block
    from forestall.publication.evidence_pages.setting import InterventionSetting


def quoted_items(texts: Sequence[ReviewFinding], note: str) -> list[Block]:
    """Return what texts note on one matter, each once, with the key of the text.

    The notes are in the language of the table, English; nothing comes where no text says anything.
    """
    said: dict[str, list[str]] = {}
    for one in texts:
        told = getattr(one.notes, note)
        if told:
            said.setdefault(told, []).append(one.key)
    if not said:
        return []
    return [
        WordTable(
            title=_TITLES[note],
            heads=(message("Note (in English)"), message("Texts")),
            rows=tuple((told, ", ".join(keys)) for told, keys in said.items()),
        )
    ]


def sources_section(setting: InterventionSetting) -> Section:
    """Build the list of texts, each with figure as printed, direction, quotation and address."""
    blocks: list[Block] = [Paragraph((_AS_PRINTED,))]
    for one in setting.texts:
        blocks.append(Heading(one.source.title or one.name, id=f"text-{one.key}"))
        blocks.append(Facts(tuple(_facts(one))))
        blocks.append(Paragraph((Link(message("Where the text was read"), one.source.address),)))
    if setting.synthesis is not None:
        blocks.append(_studies(setting))
    return Section(
        id="sources",
        number="7",
        heading=message("Sources"),
        question=message("Where does each figure come from?"),
        blocks=tuple(blocks),
    )


def _facts(one: ReviewFinding) -> list[Fact]:
    facts = [Fact(message("Key"), code=one.key)]
    if one.source.authors:
        facts.append(Fact(message("Authors"), one.source.authors))
    if one.year is not None:
        facts.append(Fact(message("Year"), str(one.year)))
    facts.append(Fact(message("Kind of text (in English)"), one.text_type))
    if one.notes.setting:
        facts.append(Fact(message("Studied on or in (in English)"), one.notes.setting))
    facts += [
        Fact(message("As printed"), _printed(one)),
        Fact(message("What the sign means (in English)"), one.direction),
        Fact(message("Quotation"), f"“{one.source.quotation}”"),
    ]
    if one.second_quotation:
        facts.append(Fact(message("Second quotation"), f"“{one.second_quotation}”"))
    if one.notes.quality:
        facts.append(Fact(message("Quality, as noted (in English)"), one.notes.quality))
    facts.append(Fact(message("Our reading rests on"), one.reading.because))
    return facts


def _printed(one: ReviewFinding) -> str:
    if one.other is not None:
        return f"{one.other.value:g} ({one.other.metric})"
    if one.effect is None:
        return "–"
    told = f"{one.effect.metric.value} {_number(one.effect.published)}"
    if one.interval is not None:
        low, high = one.interval
        told += f" ({_number(low.published)} – {_number(high.published)})"
    return told


def _number(value: float) -> str:
    return f"{round(value, 6):g}"


def _studies(setting: InterventionSetting) -> Details:
    assert setting.synthesis is not None
    rows = tuple(
        (
            one.study,
            one.outcome_words,
            one.direction,
            Link(LineStart(message("source")), one.source.address)
            if one.source.address.startswith("http")
            else one.source.address,
        )
        for one in setting.synthesis.effects
    )
    return Details(
        message("Single studies in the average"),
        (
            WordTable(
                heads=(
                    message("Study"),
                    message("Outcome"),
                    message("What the sign means (in English)"),
                    message("Source"),
                ),
                rows=rows,
            ),
        ),
    )


def pages_note() -> Items:
    """Return how the texts of the collection were read."""
    return Items((Item(_SEEN), Item(_READING)))


_AS_PRINTED = message(
    "Figures stand as the text prints them; which side is good differs from text to text."
)
_SEEN = message("Most texts were read as summaries, and none of them is more than it says.")
_READING = message("Finding, problem and setting are our reading; figures and quotations are not.")
_TITLES = {
    "mechanism": message("What texts say on how it works"),
    "moderators": message("What texts say made a difference"),
    "implementation": message("What texts say on carrying it out"),
    "economics": message("What texts say on cost"),
    "unintended": message("What texts say on side effects"),
}
