"""This file knows how tables of numbers and of words become tables of Word that fit the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import say
from forestall.publication.blocks import BarTable, Unit
from forestall.publication.cells import (
    Cell,
    CellKind,
    Row,
    cross_heads,
    cross_rows,
    grid_rows,
    hidden_words,
)
from forestall.publication.docx import looks
from forestall.publication.docx.captions import table_caption
from forestall.publication.docx.layout import gap
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.pictures import Size, bar_run
from forestall.publication.docx.prose import source_line
from forestall.publication.docx.runs import runs_of, text_runs
from forestall.publication.docx.tables import (
    cell,
    head_cell,
    number_cell,
    report_table,
    words_cell,
)
from forestall.publication.docx.widths import ColumnTexts, column_widths, fitting_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import CrossTable, Run, Table, WordTable
    from forestall.publication.docx.writing import Writing

# About four pages; who needs more reads a file.
MOST_ROWS = 200
_BAR_SHARE, _BAR_HEIGHT = 0.38, 150


@dataclass(frozen=True)
class Grid:
    """The texts of a table, before its columns have widths."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...]
    numbers: tuple[bool, ...]

    def columns(self) -> list[ColumnTexts]:
        """Return the texts of each column, the heads of rows first."""
        rows = (*self.rows, *self.totals)
        first = ColumnTexts(self.heads[0], tuple(row.head for row in rows))
        others = (
            ColumnTexts(head, tuple(row.cells[at].text for row in rows), number=self.numbers[at])
            for at, head in enumerate(self.heads[1:])
        )
        return [first, *others]


def table_block(block: Table, writing: Writing) -> list[_Element]:
    """Write a protected table, with bars where it is its own chart."""
    written = grid_rows(block)
    numbers = tuple(column.unit is not Unit.WORDS for column in block.columns[1:])
    heads = tuple(str(column.head) for column in block.columns)
    grid = Grid(heads, written.rows, written.totals, numbers)
    bars = isinstance(block, BarTable)
    return [
        *table_caption(block.title, writing),
        *_grid_tables(grid, writing, bars=bars),
        *notes_below(block.safe, len(written.rows), writing),
    ]


def cross_table_block(block: CrossTable, writing: Writing) -> list[_Element]:
    """Write a protected table of rows by columns."""
    written = cross_rows(block)
    heads = (str(block.row_head), *cross_heads(block))
    grid = Grid(heads, written.rows, written.totals, (True,) * (len(heads) - 1))
    return [
        *table_caption(block.title, writing),
        *_grid_tables(grid, writing, bars=False),
        *notes_below(block.safe, len(written.rows), writing),
    ]


def word_table_block(block: WordTable, writing: Writing) -> list[_Element]:
    """Write a table of words."""
    texts = [[_plain(run) for run in row] for row in block.rows]
    numbers = [at in block.number_columns for at in range(len(block.heads))]
    columns = [
        ColumnTexts(str(head), tuple(row[at] for row in texts), number=numbers[at])
        for at, head in enumerate(block.heads)
    ]
    widths = column_widths(columns, size=looks.TABLE, total=looks.TEXT_WIDTH)
    widths = widths or [looks.TEXT_WIDTH // len(columns)] * len(columns)
    head = [
        head_cell(words, writing, number=n) for words, n in zip(block.heads, numbers, strict=True)
    ]
    rows = [
        [
            number_cell(Cell(text, CellKind.NUMBER), writing)
            if number
            else words_cell(runs_of((run,), writing), writing)
            for run, text, number in zip(row, words, numbers, strict=True)
        ]
        for row, words in zip(block.rows, texts, strict=True)
    ]
    table = report_table(widths, head, rows, writing)
    return [*table_caption(block.title, writing), table, gap(writing, points=8)]


def _plain(run: Run) -> str:
    return str(getattr(run, "text", None) or getattr(getattr(run, "certainty", None), "words", run))


def _grid_tables(grid: Grid, writing: Writing, *, bars: bool) -> list[_Element]:
    """Return one table, or several with the same first column where one would be too wide."""
    shown = Grid(grid.heads, grid.rows[:MOST_ROWS], grid.totals, grid.numbers)
    columns = shown.columns()
    total = int(looks.TEXT_WIDTH * (1 - _BAR_SHARE)) if bars else looks.TEXT_WIDTH
    parts: list[_Element] = []
    for group in fitting_groups(columns, size=looks.TABLE, total=total):
        chosen = [columns[at] for at in group]
        widths = column_widths(chosen, size=looks.TABLE, total=total)
        widths = widths or [total // len(group)] * len(group)
        if parts:
            parts.append(gap(writing, points=10))
        parts.append(_grid_table(shown, group, widths, writing, bars=bars))
    return parts


def _grid_table(
    grid: Grid, group: Sequence[int], widths: list[int], writing: Writing, *, bars: bool
) -> _Element:
    head = [
        head_cell(grid.heads[at], writing, number=at > 0 and grid.numbers[at - 1]) for at in group
    ]
    rows = [_cells(row, group, writing) for row in (*grid.rows, *grid.totals)]
    if bars:
        room = looks.TEXT_WIDTH - sum(widths)
        head.append(cell(paragraph("CellHead", [], writing)))
        longest = room - 2 * looks.CELL_SIDE
        for at, cells in enumerate(rows):
            bar = grid.rows[at].bar if at < len(grid.rows) else None
            cells.append(_bar_cell(bar, longest, writing))
        widths = [*widths, room]
    return report_table(widths, head, rows, writing, totals=len(grid.totals))


def _cells(row: Row, group: Sequence[int], writing: Writing) -> list[_Element]:
    return [
        words_cell(text_runs(row.head, writing), writing)
        if at == 0
        else number_cell(row.cells[at - 1], writing)
        for at in group
    ]


def _bar_cell(bar: float | None, longest: int, writing: Writing) -> _Element:
    runs = [bar_run(Size(bar * longest, _BAR_HEIGHT), writing)] if bar else []
    return words_cell(runs, writing)


def notes_below(safe: SafeTable, rows: int, writing: Writing) -> list[_Element]:
    """Say under a table what is hidden in it, and where rows are that it does not show."""
    notes = list(hidden_words(safe))
    if rows > MOST_ROWS:
        notes.append(
            say(
                "The first {shown} of {total} rows are here; the tables that belong to this "
                "report hold all of them.",
                shown=MOST_ROWS,
                total=rows,
            )
        )
    return source_line(notes, writing) or [gap(writing, points=8)]
