"""This file knows how before, after and the interval of the change stand in a table of Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.cells import change_rows
from forestall.publication.docx import looks
from forestall.publication.docx.captions import table_caption
from forestall.publication.docx.markup import w
from forestall.publication.docx.number_tables import notes_below
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.pictures import Size, drawing_run
from forestall.publication.docx.runs import chip_runs, run, text_runs
from forestall.publication.docx.stretches import LEFT
from forestall.publication.docx.tables import (
    cell,
    centred,
    head_cell,
    number_cell,
    report_table,
    words_cell,
)
from forestall.publication.figures import axis_ends, change_figure
from forestall.publication.fixed_words import fixed_words

if TYPE_CHECKING:
    from lxml.etree import _Element

    from forestall.publication.blocks import ChangeTable
    from forestall.publication.cells import Change, ChangeRow
    from forestall.publication.docx.writing import Writing

# Kind, before, after, axis, words: shares of the width of the page.
_SHARES = (0.23, 0.11, 0.11, 0.24, 0.31)
_HEIGHT = 260


def change_table_block(block: ChangeTable, writing: Writing) -> list[_Element]:
    """Write what changed: numbers, the interval drawn on one axis, and the same in words."""
    widths = [int(looks.TEXT_WIDTH * share) for share in _SHARES]
    head = [
        head_cell(block.kind_head, writing, number=False),
        head_cell(block.before_head, writing, number=True),
        head_cell(block.after_head, writing, number=True),
        _axis_head(block.reach, widths[3], writing),
        head_cell(fixed_words().change, writing, number=False),
    ]
    written = change_rows(block)
    rows = [_row(row, block.reach, widths[3], writing) for row in written]
    return [
        *table_caption(block.title, writing),
        report_table(widths, head, rows, writing),
        *notes_below(block.safe, len(rows), writing),
    ]


def _row(row: ChangeRow, reach: float, width: int, writing: Writing) -> list[_Element]:
    drawn, words = [], text_runs(fixed_words().too_few, writing)
    if row.change is not None:
        drawn = [_drawing(row.change, reach, width, writing)]
        words = [
            *text_runs(row.change.words, writing),
            *text_runs("\n", writing),
            *chip_runs(row.change.certainty, may_break=True),
        ]
    cells = (
        words_cell(text_runs(row.head, writing), writing),
        number_cell(row.before, writing),
        number_cell(row.after, writing),
        cell(paragraph("CellAxis", drawn, writing)),
        words_cell(words, writing),
    )
    return [centred(one) for one in cells]


def _drawing(change: Change, reach: float, width: int, writing: Writing) -> _Element:
    """Draw an interval; the cell beside it says the same, so that it is not read out twice."""
    figure = change_figure(change, reach=reach)
    return drawing_run(figure.svg, "", Size(width - 2 * looks.CELL_SIDES, _HEIGHT), writing)


def _axis_head(reach: float, width: int, writing: Writing) -> _Element:
    """Write the ends of the axis over its ends; it runs from left to right in every language."""
    room = width - 2 * looks.CELL_SIDES
    stops = w("tabs", w("tab", val="center", pos=room // 2), w("tab", val="right", pos=room))
    words = run("\t".join(axis_ends(reach)), direction=LEFT)
    return cell(paragraph("CellAxis", [words], writing, stops))
