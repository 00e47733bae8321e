"""This file knows how a document becomes a Word file that can be read, printed and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.blanks import Asked, EmptyTable, ShortFields, TickBoxes, WritingRoom
from forestall.publication.blocks import (
    BarTable,
    Box,
    ChangeTable,
    Chart,
    CrossTable,
    Details,
    Facts,
    Findings,
    Heading,
    HeatTable,
    Items,
    KeyNumbers,
    Map,
    Multiples,
    PageBreak,
    Paragraph,
    Source,
    Table,
    WordTable,
)
from forestall.publication.docx import blanks, prose
from forestall.publication.docx.changes import change_table_block
from forestall.publication.docx.contents import contents, place_of
from forestall.publication.docx.figures import chart_block, map_block, multiples_block
from forestall.publication.docx.findings import findings_block
from forestall.publication.docx.heat import heat_table_block
from forestall.publication.docx.markup import clean
from forestall.publication.docx.number_tables import cross_table_block, table_block
from forestall.publication.docx.package import new_package, package_bytes
from forestall.publication.docx.page import set_up_pages
from forestall.publication.docx.paragraphs import marked, paragraph
from forestall.publication.docx.runs import runs_of, text_runs
from forestall.publication.docx.word_tables import word_table_block
from forestall.publication.docx.writing import Writing, bookmark_name
from forestall.publication.wholly_hidden import shown_or_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml.etree import _Element

    from forestall.publication.blocks import Block, Document, Section


def write_docx(document: Document) -> bytes:
    """Write a document as a Word file in the language in force.

    The same document gives the same bytes: no clock goes into the file.

    Examples
    --------
    >>> from io import BytesIO
    >>> import docx
    >>> from forestall.publication.blocks import Document, Paragraph, Section
    >>> section = Section(id="brief", heading="In brief", blocks=(Paragraph(("3 < 5",)),))
    >>> written = write_docx(Document(title="Burglary", kicker="Diagnosis", lead="", made_line=(),
    ...     sections=(section,)))
    >>> [line.text for line in docx.Document(BytesIO(written)).paragraphs]
    ['Diagnosis', 'Burglary', 'In brief', '3 < 5']
    """
    title = str(document.title)
    writing = Writing(word=new_package(title), targets=frozenset(_targets(document)))
    set_up_pages(writing, title=title)
    body = writing.word.element.body
    for part in _parts(document, writing):
        body.insert(len(body) - 1, part)
    writing.set_drawings()
    return package_bytes(writing.word)


def _targets(document: Document) -> Iterable[str]:
    for section in document.sections:
        yield section.id
        yield from _headings_inside(section.blocks)


def _headings_inside(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Heading) and block.id:
            yield block.id
        elif isinstance(block, Details):
            yield from _headings_inside(block.blocks)


def _parts(document: Document, writing: Writing) -> Iterable[_Element]:
    yield from _head(document, writing)
    headings = [_heading(section) for section in document.sections]
    yield contents(headings, writing)
    for at, section in enumerate(document.sections, start=1):
        yield from _section(at, section, writing)
    for line in document.foot:
        yield paragraph("SourceLine", text_runs(line, writing), writing)


def _head(document: Document, writing: Writing) -> Iterable[_Element]:
    for style, words in (
        ("Kicker", document.kicker),
        ("Title", document.title),
        ("Subtitle", document.lead),
    ):
        if str(words):
            yield paragraph(style, text_runs(words, writing), writing)
    if document.made_line:
        yield paragraph("SourceLine", runs_of(document.made_line, writing), writing)


def _heading(section: Section) -> str:
    words = clean(str(section.heading))
    return f"{section.number}. {words}" if section.number else words


def _section(at: int, section: Section, writing: Writing) -> Iterable[_Element]:
    runs = text_runs(_heading(section), writing)
    for name in (bookmark_name(section.id), place_of(at)):
        runs = marked(runs, name, writing.next_number("bookmark"))
    yield paragraph("Heading1", runs, writing)
    if section.question:
        yield paragraph("Question", text_runs(section.question, writing), writing)
    yield from _blocks(section.blocks, writing)


def _blocks(blocks: Iterable[Block], writing: Writing) -> Iterable[_Element]:
    for block in blocks:
        yield from _block(block, writing)


def _block(block: Block, writing: Writing) -> list[_Element]:
    block = shown_or_told(block)
    if isinstance(block, Details):
        return _details(block, writing)
    write = _WRITERS.get(type(block))
    return write(block, writing) if write else []


def _details(block: Details, writing: Writing) -> list[_Element]:
    """Write what opens on a screen as open, under its own line."""
    inside = list(_blocks(block.blocks, writing))
    first = getattr(block.blocks[0], "title", "") if block.blocks else ""
    if str(first) == str(block.summary):
        return inside
    return [paragraph("Details", text_runs(block.summary, writing), writing), *inside]


_WRITERS: dict[type, Callable[..., list[_Element]]] = {
    Paragraph: prose.paragraph_block,
    Heading: prose.heading_block,
    Items: prose.items_block,
    PageBreak: prose.page_break_block,
    KeyNumbers: prose.key_numbers_block,
    Findings: findings_block,
    Box: prose.box_block,
    Source: prose.source_block,
    Facts: prose.facts_block,
    Table: table_block,
    BarTable: table_block,
    CrossTable: cross_table_block,
    WordTable: word_table_block,
    ChangeTable: change_table_block,
    HeatTable: heat_table_block,
    Chart: chart_block,
    Multiples: multiples_block,
    Map: map_block,
    Asked: blanks.asked_block,
    TickBoxes: blanks.tick_boxes_block,
    WritingRoom: blanks.writing_room_block,
    ShortFields: blanks.short_fields_block,
    EmptyTable: blanks.empty_table_block,
}
