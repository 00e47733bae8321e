"""This file knows a form in a Word file: boxes that can be ticked there, and room to write.

The boxes are those of Word (content controls), so that the same file is printed or filled in there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from forestall.publication.blanks import Blank
from forestall.publication.docx import looks
from forestall.publication.docx.layout import gap, layout_cell, layout_table
from forestall.publication.docx.markup import clean, w
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.properties import ruled, shaded, sized, spaced
from forestall.publication.docx.runs import run, text_runs
from forestall.publication.docx.tables import cell, centred, head_cell, report_table, words_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.languages import Text
    from forestall.publication.blanks import (
        Asked,
        EmptyTable,
        ShortFields,
        TickBoxes,
        WritingRoom,
    )
    from forestall.publication.docx.writing import Writing

_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
_EMPTY, _TICKED, _BOX_FONT = "\u2610", "\u2612", "MS Gothic"
# Of a line to write on, of a short field and of a row of an empty table.
_LINE, _FIELD, _ROW = 420, 620, 460
_NARROW = 1480
_BOX_COLUMN = 1420
_BETWEEN = "\u2003\u2003"


def asked_block(block: Asked, writing: Writing) -> list[_Element]:
    """Write a question with its number, and what is said under it."""
    words = f"{block.number}\u2002{block.text}" if str(block.number) else block.text
    style = "Heading3" if block.inside else "Heading2"
    parts = [paragraph(style, text_runs(words, writing), writing)]
    parts += _lead(block.when, writing)
    if str(block.soft):
        runs = text_runs(block.soft, writing)
        parts.append(paragraph("SourceLine", runs, writing, w("keepNext"), spaced(after=3)))
    return parts


def tick_boxes_block(block: TickBoxes, writing: Writing) -> list[_Element]:
    """Write boxes with their words in one line."""
    content: list[_Element] = []
    for at, words in enumerate(block.boxes):
        if at:
            content += text_runs(_BETWEEN, writing)
        kept = clean(str(words)).replace(" ", "\u00a0")
        content += [_box(words, writing), *text_runs(f"\u00a0{kept}", writing)]
    return [paragraph("Normal", content, writing, w("keepNext"), spaced(before=3, after=5))]


def writing_room_block(block: WritingRoom, writing: Writing) -> list[_Element]:
    """Write a frame that is as high as its lines, and grows with what is typed into it."""
    width = looks.TEXT_WIDTH
    frame = layout_cell([paragraph("Normal", [], writing)], width, _frame())
    table = layout_table([width], [[frame]], writing, sides=looks.CELL_SIDES)
    _at_least(table, block.lines * _LINE)
    return [*_lead(block.lead, writing), table, gap(writing, points=8)]


def short_fields_block(block: ShortFields, writing: Writing) -> list[_Element]:
    """Write fields side by side, each with its name in small letters."""
    count = len(block.names)
    width = _NARROW if block.narrow else looks.TEXT_WIDTH // count
    cells = [
        layout_cell(
            [
                paragraph("CellTerm", text_runs(name, writing), writing),
                paragraph("Cell", [], writing),
            ],
            width,
            _frame(),
        )
        for name in block.names
    ]
    table = layout_table([width] * count, [cells], writing, sides=looks.CELL_SIDES)
    _at_least(table, _FIELD)
    return [*_lead(block.lead, writing), table, gap(writing, points=8)]


def empty_table_block(block: EmptyTable, writing: Writing) -> list[_Element]:
    """Write a table to fill in."""
    boxed = [any(row[at] is Blank.BOX for row in block.rows) for at in range(len(block.heads))]
    room = looks.TEXT_WIDTH - _BOX_COLUMN * sum(boxed)
    wide = room // (len(boxed) - sum(boxed) or 1)
    widths = [_BOX_COLUMN if one else wide for one in boxed]
    head = [head_cell(words, writing, number=False) for words in block.heads]
    rows = [
        [_cell(one, block.heads[at], writing) for at, one in enumerate(row)] for row in block.rows
    ]
    table = report_table(widths, head, rows, writing, height=_ROW)
    return [*_lead(block.title, writing, style="Strong"), table, gap(writing, points=8)]


def _cell(content: Text | Blank, head: Text, writing: Writing) -> _Element:
    if not isinstance(content, Blank):
        return centred(words_cell(text_runs(content, writing), writing))
    inside = [_box(head, writing)] if content is Blank.BOX else []
    ground = shaded(looks.colour("wash")) if content is Blank.NOTHING else None
    return centred(cell(paragraph("Cell", inside, writing), _frame(), ground))


def _box(words: Text, writing: Writing) -> _Element:
    """Return a box that Word ticks when it is clicked; its name is read aloud."""
    fonts = w("rFonts", ascii=_BOX_FONT, eastAsia=_BOX_FONT, hAnsi=_BOX_FONT, cs=_BOX_FONT)
    properties = w(
        "sdtPr",
        w("alias", val=clean(str(words))[:64]),
        w("id", val=1_000_000 + writing.next_number("box")),
        _states(),
    )
    shown = run(_EMPTY, letters=[fonts, *sized(12)])
    return w("sdt", properties, w("sdtContent", shown))


def _states() -> _Element:
    states = etree.Element(f"{{{_WORD_2010}}}checkbox", nsmap={"w14": _WORD_2010})
    for name, values in (
        ("checked", {"val": "0"}),
        ("checkedState", {"val": f"{ord(_TICKED):X}", "font": _BOX_FONT}),
        ("uncheckedState", {"val": f"{ord(_EMPTY):X}", "font": _BOX_FONT}),
    ):
        one = etree.SubElement(states, f"{{{_WORD_2010}}}{name}")
        for key, value in values.items():
            one.set(f"{{{_WORD_2010}}}{key}", value)
    return states


def _lead(words: Text, writing: Writing, *, style: str = "") -> list[_Element]:
    if not str(words):
        return []
    keep = (w("keepNext"), spaced(before=3, after=3))
    return [paragraph("Normal", text_runs(words, writing, style=style), writing, *keep)]


def _frame() -> _Element:
    colour = looks.colour("edge")
    sides = ("top", "left", "bottom", "right")
    return w("tcBorders", *(ruled(side, eighths=4, colour=colour) for side in sides))


def _at_least(table: _Element, height: int) -> None:
    """Make the rows of a layout at least this high."""
    for row in _rows(table):
        kept = list(row[0])
        row.replace(row[0], w("trPr", *kept, w("trHeight", val=height, hRule="atLeast")))


def _rows(table: _Element) -> Sequence[_Element]:
    return [one for one in table if etree.QName(one).localname == "tr"]
