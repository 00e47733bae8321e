"""This file knows how a long and narrow table is set in panels side by side, as in a yearbook."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from forestall.publication.docx import looks
from forestall.publication.docx.grids import row_cells
from forestall.publication.docx.layout import gap
from forestall.publication.docx.markup import WORD, w
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.properties import bold, ruled
from forestall.publication.docx.tables import cell, report_table
from forestall.publication.docx.widths import ColumnTexts, column_widths, whole_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.publication.docx.grids import Grid
    from forestall.publication.docx.writing import Writing

# About what a page holds: panels are read down one page after the other.
_ROWS = 40
_MOST = 3
_BETWEEN = 300
_USUAL = 0.95


def count_panels(grid: Grid) -> int:
    """Return how many panels fit beside each other; one for a short or a wide table."""
    if len(grid.rows) <= _ROWS:
        return 1
    names, *others = grid.columns()
    width = whole_width([_usual(names), *others], size=looks.TABLE) + _BETWEEN
    return max(1, min(_MOST, int((looks.TEXT_WIDTH + _BETWEEN) // width)))


def _usual(names: ColumnTexts) -> ColumnTexts:
    """Return a column without its longest texts, which may be broken."""
    cells = sorted(names.cells, key=len)
    return ColumnTexts(names.head, tuple(cells[: int(len(cells) * _USUAL) + 1]))


def panel_tables(grid: Grid, panels: int, writing: Writing) -> list[_Element]:
    """Return the rows in tables of several panels, each about a page long."""
    room = (looks.TEXT_WIDTH - _BETWEEN * (panels - 1)) // panels
    widths = column_widths(grid.columns(), size=looks.TABLE, total=room)
    assert widths is not None, "The panels were counted by what fits."
    widths = [width * room // sum(widths) for width in widths]
    rows = [row_cells(row, writing) for row in grid.rows]
    rows += [[_total(one) for one in row_cells(row, writing)] for row in grid.totals]
    parts: list[_Element] = []
    for start in range(0, len(rows), _ROWS * panels):
        parts += [gap(writing, points=10)] if parts else []
        page = rows[start : start + _ROWS * panels]
        parts.append(_page_table(grid, page, widths, panels, writing))
    return parts


def _page_table(
    grid: Grid,
    rows: Sequence[list[_Element]],
    widths: list[int],
    panels: int,
    writing: Writing,
) -> _Element:
    height = -(-len(rows) // panels)
    columns = [rows[at * height : (at + 1) * height] for at in range(panels)]
    lines = [
        _side_by_side([part or _empty(len(widths), writing) for part in parts], writing)
        for parts in zip_longest(*columns)
    ]
    head = _side_by_side([grid.head_cells(writing) for _ in range(panels)], writing)
    every = [*widths, *([_BETWEEN, *widths] * (panels - 1))]
    return report_table(every, head, lines, writing)


def _side_by_side(parts: Sequence[list[_Element]], writing: Writing) -> list[_Element]:
    line = list(parts[0])
    for part in parts[1:]:
        none = w("tcBorders", *(w(side, val="nil") for side in ("top", "bottom")))
        line += [cell(paragraph("Cell", [], writing), none), *part]
    return line


def _empty(columns: int, writing: Writing) -> list[_Element]:
    return [cell(paragraph("Cell", [], writing)) for _ in range(columns)]


def _total(one: _Element) -> _Element:
    """Return a cell in bold under a thick rule."""
    one.replace(one[0], w("tcPr", w("tcBorders", ruled("top", eighths=12)), *one[0]))
    for run in one.iter(f"{{{WORD}}}r"):
        own = run.find(f"{{{WORD}}}rPr")
        run.insert(0, w("rPr", *bold(), *(own if own is not None else ())))
        if own is not None:
            run.remove(own)
    return one
