"""This file knows how blocks of words become paragraphs and boxes of a Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Sentences, joint
from forestall.publication.docx import looks
from forestall.publication.docx.layout import gap, layout_cell, layout_table
from forestall.publication.docx.markup import w
from forestall.publication.docx.paragraphs import marked, paragraph
from forestall.publication.docx.properties import ruled, spaced
from forestall.publication.docx.runs import code_runs, runs_of, text_runs
from forestall.publication.docx.table_styles import box_properties
from forestall.publication.docx.writing import bookmark_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.languages import Text
    from forestall.publication.blocks import (
        Box,
        Fact,
        Facts,
        Heading,
        Item,
        Items,
        KeyNumbers,
        PageBreak,
        Paragraph,
        Source,
    )
    from forestall.publication.docx.writing import Writing

_MOST_NUMBERS_IN_A_ROW = 4
# In letters: about half a page, which is moved to the next page rather than cut.
_LONGEST_WHOLE_BOX = 2000
# A checksum fits beside a term of this share of the width.
_TERM = 0.31


def paragraph_block(block: Paragraph, writing: Writing) -> list[_Element]:
    """Write a paragraph."""
    return [paragraph("Normal", runs_of(block.runs, writing), writing)]


def heading_block(block: Heading, writing: Writing) -> list[_Element]:
    """Write a heading inside a section."""
    runs = text_runs(block.text, writing)
    if block.id:
        runs = marked(runs, bookmark_name(block.id), writing.next_number("bookmark"))
    return [paragraph("Heading2", runs, writing)]


def page_break_block(_: PageBreak, writing: Writing) -> list[_Element]:
    """Begin a new page."""
    return [paragraph("Normal", [w("r", w("br", type="page"))], writing)]


def items_block(block: Items, writing: Writing) -> list[_Element]:
    """Write a list."""
    return _entries(block.items, writing)


def source_block(block: Source, writing: Writing) -> list[_Element]:
    """Write who says it, and the choices of method."""
    return source_line(block.sentences, writing)


def source_line(sentences: Sequence[Text], writing: Writing) -> list[_Element]:
    """Write sentences as one line under a table or picture, or nothing."""
    if not sentences:
        return []
    words = Sentences(tuple(sentences))
    return [paragraph("SourceLine", text_runs(words, writing), writing)]


def key_numbers_block(block: KeyNumbers, writing: Writing) -> list[_Element]:
    """Write the opening numbers side by side, each above what it counts."""
    lines = -(-len(block.numbers) // _MOST_NUMBERS_IN_A_ROW) or 1
    columns = -(-len(block.numbers) // lines) or 1
    rows = [block.numbers[at : at + columns] for at in range(0, len(block.numbers), columns)]
    width = looks.TEXT_WIDTH // columns
    cells = [
        [
            layout_cell(
                [
                    paragraph("KeyNumber", text_runs(one.number, writing), writing),
                    paragraph("KeyNumberMeaning", text_runs(one.meaning, writing), writing),
                ],
                width,
                w("tcBorders", ruled("top", eighths=8, colour=looks.colour("edge"))),
            )
            for one in row
        ]
        + [
            layout_cell([paragraph("KeyNumber", [], writing)], width)
            for _ in range(columns - len(row))
        ]
        for row in rows
    ]
    table = layout_table([width] * columns, cells, writing, sides=looks.CELL_SIDES)
    return [table, gap(writing, points=8)]


def facts_block(block: Facts, writing: Writing) -> list[_Element]:
    """Write terms beside what they are."""
    term = int(looks.TEXT_WIDTH * _TERM)
    widths = [term, looks.TEXT_WIDTH - term]
    rows = [
        [
            layout_cell([paragraph("CellTerm", text_runs(fact.term, writing), writing)], widths[0]),
            layout_cell([paragraph("Cell", _fact_runs(fact, writing), writing)], widths[1]),
        ]
        for fact in block.facts
    ]
    table = layout_table(widths, rows, writing, sides=looks.CELL_SIDES)
    return [table, gap(writing, points=6)] if rows else []


def box_block(block: Box, writing: Writing) -> list[_Element]:
    """Write a note, a caveat, a limit or an empty section as a box."""
    content = []
    if block.title:
        content.append(paragraph("BoxTitle", text_runs(block.title, writing), writing))
    content += [
        paragraph("Normal", text_runs(sentence, writing), writing) for sentence in block.sentences
    ]
    content += _entries(block.items, writing)
    if block.command:
        content.append(paragraph("Code", code_runs(block.command), writing))
    if not content:
        return []
    _close_up(content[-1])
    edges, ground = box_properties(block.kind)
    width = looks.TEXT_WIDTH - looks.BOX_EDGE
    cell = layout_cell(content, width, edges, ground)
    whole = sum(len(text) for part in content for text in part.itertext()) <= _LONGEST_WHOLE_BOX
    table = layout_table([width], [[cell]], writing, sides=200, ends=120, whole=whole)
    return [gap(writing, points=3, together=True), table, gap(writing, points=9)]


def _close_up(last: _Element) -> None:
    """Take the room after the last paragraph of a box away."""
    properties = last[0]
    last.replace(properties, w("pPr", *properties, spaced(after=0)))


def _entries(items: Sequence[Item], writing: Writing) -> list[_Element]:
    entries = []
    for item in items:
        lead = text_runs(f"{item.lead}{joint()}", writing, style="Strong") if item.lead else []
        runs = [*lead, *text_runs(item.text, writing)]
        entries.append(paragraph("ListBullet", runs, writing))
    return entries


def _fact_runs(fact: Fact, writing: Writing) -> list[_Element]:
    runs = text_runs(fact.text, writing)
    if fact.code:
        runs += [*(text_runs(" ", writing) if fact.text else []), *code_runs(fact.code)]
    return runs
