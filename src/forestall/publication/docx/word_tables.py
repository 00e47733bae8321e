"""This file knows how tables of words become tables of Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.blocks import Link, Strong, Sure
from forestall.publication.cells import Cell, CellKind
from forestall.publication.docx import looks
from forestall.publication.docx.captions import table_caption
from forestall.publication.docx.layout import gap
from forestall.publication.docx.runs import runs_of
from forestall.publication.docx.tables import head_cell, number_cell, report_table, words_cell
from forestall.publication.docx.widths import ColumnTexts, column_widths

if TYPE_CHECKING:
    from lxml.etree import _Element

    from forestall.publication.blocks import Run, WordTable
    from forestall.publication.docx.writing import Writing


def word_table_block(block: WordTable, writing: Writing) -> list[_Element]:
    """Write rules, choices and checks as a table."""
    numbers = [at in block.number_columns for at in range(len(block.heads))]
    columns = [
        ColumnTexts(
            str(head), tuple(plain_words(row[at]) for row in block.rows), number=numbers[at]
        )
        for at, head in enumerate(block.heads)
    ]
    widths = column_widths(columns, size=looks.TABLE, total=looks.TEXT_WIDTH)
    widths = widths or [looks.TEXT_WIDTH // len(columns)] * len(columns)
    head = [
        head_cell(words, writing, number=number)
        for words, number in zip(block.heads, numbers, strict=True)
    ]
    rows = [
        [_cell(run, writing, number=number) for run, number in zip(row, numbers, strict=True)]
        for row in block.rows
    ]
    table = report_table(widths, head, rows, writing)
    return [*table_caption(block.title, writing), table, gap(writing, points=8)]


def plain_words(run: Run) -> str:
    """Return the words of a part of a sentence."""
    if isinstance(run, Strong | Link):
        return str(run.text)
    if isinstance(run, Sure):
        return f"  {run.certainty.words}  "
    return str(run)


def _cell(run: Run, writing: Writing, *, number: bool) -> _Element:
    if number:
        return number_cell(Cell(plain_words(run), CellKind.NUMBER), writing)
    return words_cell(runs_of((run,), writing), writing)
