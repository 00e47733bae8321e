"""This file knows how tables of protected numbers become tables of Word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forestall.languages import say
from forestall.publication.blocks import BarTable, Unit
from forestall.publication.cells import cross_heads, cross_rows, grid_rows, hidden_words
from forestall.publication.docx.captions import table_caption
from forestall.publication.docx.grids import Grid, bar_tables, grid_tables
from forestall.publication.docx.layout import gap
from forestall.publication.docx.panels import count_panels, panel_tables
from forestall.publication.docx.prose import source_line

if TYPE_CHECKING:
    from lxml.etree import _Element

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import CrossTable, Table
    from forestall.publication.docx.writing import Writing

# As many as the PDF prints; who needs more reads a file.
MOST_ROWS = 400


def table_block(block: Table, writing: Writing) -> list[_Element]:
    """Write a protected table, with bars where it is its own chart."""
    written = grid_rows(block)
    numbers = tuple(column.unit is not Unit.WORDS for column in block.columns[1:])
    heads = tuple(str(column.head) for column in block.columns)
    grid = Grid(heads, written.rows, written.totals, numbers)
    return _named(block, grid, writing, bars=isinstance(block, BarTable))


def cross_table_block(block: CrossTable, writing: Writing) -> list[_Element]:
    """Write a protected table of rows by columns."""
    written = cross_rows(block)
    heads = (str(block.row_head), *cross_heads(block))
    grid = Grid(heads, written.rows, written.totals, (True,) * (len(heads) - 1))
    return _named(block, grid, writing, bars=False)


def notes_below(safe: SafeTable, rows: int, writing: Writing) -> list[_Element]:
    """Say under a table what is hidden in it, and where rows are that it does not show."""
    notes = list(hidden_words(safe))
    if rows > MOST_ROWS:
        notes.append(
            say(
                "The first {shown} of {rows} rows are printed; all of them are in the tables that "
                "come with this report.",
                shown=MOST_ROWS,
                rows=rows,
            )
        )
    return source_line(notes, writing) or [gap(writing, points=8)]


def _named(
    block: Table | CrossTable, grid: Grid, writing: Writing, *, bars: bool
) -> list[_Element]:
    shown = replace(grid, rows=grid.rows[:MOST_ROWS])
    panels = 1 if bars else count_panels(shown)
    if bars:
        tables = bar_tables(shown, writing)
    elif panels > 1:
        tables = panel_tables(shown, panels, writing)
    else:
        tables = grid_tables(shown, writing)
    return [
        *table_caption(block.title, writing),
        *tables,
        *notes_below(block.safe, len(grid.rows), writing),
    ]
