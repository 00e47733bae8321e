"""This file knows how rows and columns of numbers are set, so that they fit the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.publication.docx import looks
from forestall.publication.docx.layout import gap
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.pictures import Size, bar_run
from forestall.publication.docx.runs import text_runs
from forestall.publication.docx.tables import (
    cell,
    head_cell,
    in_small,
    number_cell,
    report_table,
    words_cell,
)
from forestall.publication.docx.widths import ColumnTexts, column_widths, fitting_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.publication.cells import Row
    from forestall.publication.docx.writing import Writing

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

    def head_cells(self, writing: Writing, group: Sequence[int] | None = None) -> list[_Element]:
        """Return the heads of all columns, or of a group of them."""
        chosen = range(len(self.heads)) if group is None else group
        return [
            head_cell(self.heads[at], writing, number=at > 0 and self.numbers[at - 1])
            for at in chosen
        ]


def row_cells(row: Row, writing: Writing, group: Sequence[int] | None = None) -> list[_Element]:
    """Return the cells of a row, or those of a group of columns."""
    chosen = range(len(row.cells) + 1) if group is None else group
    return [
        words_cell(text_runs(row.head, writing), writing)
        if at == 0
        else number_cell(row.cells[at - 1], writing)
        for at in chosen
    ]


def grid_tables(grid: Grid, writing: Writing) -> list[_Element]:
    """Return one table, or several with the same first column where one would be too wide."""
    columns = grid.columns()
    groups, size = _groups(columns)
    parts: list[_Element] = []
    for group in groups:
        widths = _widths([columns[at] for at in group], looks.TEXT_WIDTH, size)
        rows = [row_cells(row, writing, group) for row in (*grid.rows, *grid.totals)]
        head = grid.head_cells(writing, group)
        parts += [gap(writing, points=10)] if parts else []
        table = report_table(widths, head, rows, writing, totals=len(grid.totals))
        parts.append(table if size == looks.TABLE else in_small(table))
    return parts


def _groups(columns: Sequence[ColumnTexts]) -> tuple[list[list[int]], float]:
    """Return the fewest groups of columns, in small letters where that saves one."""
    usual, small = (
        fitting_groups(columns, size=size, total=looks.TEXT_WIDTH)
        for size in (looks.TABLE, looks.SMALL_TABLE)
    )
    return (small, looks.SMALL_TABLE) if len(small) < len(usual) else (usual, looks.TABLE)


def bar_tables(grid: Grid, writing: Writing) -> list[_Element]:
    """Return a table that is its own chart: beside each row a bar from zero."""
    columns = grid.columns()
    widths = _widths(columns, int(looks.TEXT_WIDTH * (1 - _BAR_SHARE)), looks.TABLE)
    room = looks.TEXT_WIDTH - sum(widths)
    longest = room - 2 * looks.CELL_SIDES
    head = [*grid.head_cells(writing), cell(paragraph("CellHead", [], writing))]
    rows = [[*row_cells(row, writing), _bar_cell(row.bar, longest, writing)] for row in grid.rows]
    rows += [[*row_cells(row, writing), _bar_cell(None, 0, writing)] for row in grid.totals]
    return [report_table([*widths, room], head, rows, writing, totals=len(grid.totals))]


def _widths(columns: Sequence[ColumnTexts], total: int, size: float) -> list[int]:
    widths = column_widths(columns, size=size, total=total)
    return widths or [total // len(columns)] * len(columns)


def _bar_cell(bar: float | None, longest: int, writing: Writing) -> _Element:
    runs = [bar_run(Size(bar * longest, _BAR_HEIGHT), writing)] if bar else []
    return words_cell(runs, writing)
