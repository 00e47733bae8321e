"""This file knows the draft of the report as a document that is printed: PDF and Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from forestall.languages import Day, Listing, OwnWords, message
from forestall.publication.blocks import (
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Section,
    WordTable,
)
from forestall.publication.docx import write_docx
from forestall.publication.pdf import write_pdf
from forestall.publication.questionnaire_pages.words import NO_SCORECARD
from forestall.questionnaires.together import Chapter, chapter_items
from forestall.web.secretariat.shown import named, replied_words, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from forestall.languages import Text
    from forestall.publication.blocks import Block
    from forestall.questionnaires.together import ItemCounts
    from forestall.web.secretariat.gathered import Gathered, Quotation

MOST_QUOTED = 500


def draft_to_pdf(gathered: Gathered) -> bytes:
    """Return the draft as tagged PDF, in the language in force."""
    return write_pdf(printed_draft(gathered), made_on=timezone.localdate()).data


def draft_to_docx(gathered: Gathered) -> bytes:
    """Return the draft as a Word file, in the language in force."""
    return write_docx(printed_draft(gathered))


def printed_draft(gathered: Gathered) -> Document:
    """Return the draft as a document: four chapters, each with counts and quotations."""
    reading = gathered.reading
    texts = {one.chapter: one.text for one in reading.chapters.all()}
    return Document(
        title=OwnWords({"": reading.title}),
        kicker=message("Draft of a report: {instrument}", instrument=reading.definition.instrument),
        lead=replied_words(gathered.response[0]),
        made_line=(message("As of {day}", day=Day(timezone.localdate())),),
        sections=tuple(
            Section(
                id=f"chapter-{one.value}",
                heading=one.words,
                question=one.paragraph,
                number=str(number),
                blocks=tuple(_blocks(one, texts.get(one.value, ""), gathered)),
            )
            for number, one in enumerate(Chapter, start=1)
        ),
        foot=(NO_SCORECARD, _NOT_CONFIDENTIAL),
    )


def _blocks(chapter: Chapter, text: str, gathered: Gathered) -> Iterator[Block]:
    written = [one.strip() for one in text.replace("\r\n", "\n").split("\n\n") if one.strip()]
    for one in written:
        yield Paragraph((OwnWords({"": one}),))
    if not written:
        yield Paragraph((message("Nothing is written here yet."),))
    asked = gathered.reading.definition
    items = chapter_items(chapter, asked)
    if not items:
        yield Paragraph((message("No item of the questionnaire asks for this."),))
        return
    yield Heading(message("How many answered"))
    yield WordTable(
        heads=(message("Item"), message("Answered, of those who replied"), message("Answers")),
        rows=tuple(
            (named(one.item), _out_of(one), _said(one, gathered)) for one in gathered.counts(items)
        ),
        labelled=True,
    )
    keys = gathered.places(items)
    if not keys:
        return
    yield Heading(message("In their words"))
    if len(keys) > MOST_QUOTED:
        # To quote only the first would leave out whoever comes late in the alphabet.
        yield Paragraph((_TOO_MANY.filled(total=len(keys)),))
        return
    quotations = gathered.quotations(items, keys)
    for item in items:
        said = [one for one in quotations if one.item is item]
        if said:
            yield Paragraph((named(item),))
            yield Items(tuple(_quoted(one) for one in said))


def _out_of(counts: ItemCounts) -> Text:
    return message("{number} of {total}", number=counts.answered, total=counts.replied)


def _said(counts: ItemCounts, gathered: Gathered) -> Text:
    rows = rows_of(counts, gathered.reading.definition)
    return Listing(
        [message("{answer}: {number}", answer=one.words, number=one.number) for one in rows]
    )


def _quoted(one: Quotation) -> Item:
    words = "\n".join(part for part in (one.answer.words, one.answer.follow_up) if part)
    return Item(OwnWords({one.answer.language: words}), lead=one.name)


FORMS: dict[str, tuple[str, Callable[[Gathered], bytes]]] = {
    "pdf": ("application/pdf", draft_to_pdf),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        draft_to_docx,
    ),
}
_TOO_MANY = message("There are {total} quotations; they stand in the workspace.")
_NOT_CONFIDENTIAL = message("Answers that are confidential are neither counted nor quoted.")
