"""This file knows what of a table reaches the template of the PDF.

Of a very long table the first rows are printed; its file holds all of them.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from forestall.languages import say
from forestall.publication.blocks import BarTable, Unit
from forestall.publication.cells import (
    change_rows,
    cross_heads,
    cross_rows,
    grid_rows,
    heat_rows,
    hidden_words,
)
from forestall.publication.drawing.standalone import stand_alone
from forestall.publication.figures import axis_ends, change_figure, heat_colour, heat_legend
from forestall.publication.fixed_words import fixed_words, strength
from forestall.publication.pdf.fit import fit_table, head_width
from forestall.publication.pdf.texts import clean, plain, runs_data
from forestall.publication.pdf.word_widths import fit_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from forestall.disclosure import SafeTable
    from forestall.publication.blocks import ChangeTable, CrossTable, HeatTable, Table, WordTable
    from forestall.publication.cells import Cell, ChangeRow, GridRows, Row
    from forestall.publication.drawing.legends import LegendEntry

Data = dict[str, Any]
MOST_ROWS = 400
# A table with fewer rows is kept on one page.
_SHORT = 20
# The columns before and after of a change table.
_NARROW_PT, _WIDE_PT = 46.0, 84.0
_NUMBERS = {Unit.COUNT, Unit.SHARE, Unit.DECIMAL}


def grid_data(table: Table) -> list[Data]:
    """Return a table with one row a label, as one table or in parts."""
    heads = [clean(column.head) for column in table.columns]
    numbers = [column.unit in _NUMBERS for column in table.columns]
    bars = isinstance(table, BarTable)
    return _tables(clean(table.title), heads, numbers, grid_rows(table), safe=table.safe, bars=bars)


def cross_data(table: CrossTable) -> list[Data]:
    """Return a table of rows by columns, as one table or in parts."""
    heads = [clean(table.row_head), *(clean(head) for head in cross_heads(table))]
    numbers = [False, *(True for _ in heads[1:])]
    return _tables(clean(table.title), heads, numbers, cross_rows(table), safe=table.safe)


def word_data(table: WordTable, targets: Collection[str]) -> Data:
    """Return a table of words."""
    heads = [clean(head) for head in table.heads]
    rows = [runs_data(row, targets) for row in table.rows]
    fit = fit_words(
        [heads, *([cell["text"] for cell in row] for row in rows)], whole=table.number_columns
    )
    return {
        "kind": "words",
        "title": clean(table.title),
        "heads": [
            {"text": head, "number": at in table.number_columns, "width": fit.widths_pt[at]}
            for at, head in enumerate(heads)
        ],
        "rows": rows,
        "size": fit.size_pt,
        "breaks": fit.breaks_words,
        "keep": len(table.rows) < _SHORT,
    }


def change_data(table: ChangeTable) -> Data:
    """Return what changed, with the drawings on the axis that all rows share."""
    rows = change_rows(table)
    words = fixed_words()
    heads = [clean(head) for head in (table.kind_head, table.before_head, table.after_head)]
    return {
        "kind": "change",
        "title": clean(table.title),
        "heads": heads,
        "number_width": min(max(head_width(heads[1:]), _NARROW_PT), _WIDE_PT),
        "ends": [clean(end) for end in axis_ends(table.reach)],
        "change_head": clean(words.change),
        "rows": [_change_row(row, table.reach, clean(words.too_few)) for row in rows[:MOST_ROWS]],
        "keep": len(rows) < _SHORT,
        "notes": _notes(table.safe, len(rows)),
    }


def heat_data(table: HeatTable) -> Data:
    """Return the hours of the week, each with its number and its colour."""
    week = heat_rows(table)
    return {
        "kind": "heat",
        "title": clean(table.title),
        "sub": clean(table.subtitle),
        "legend": legend_data(heat_legend(table, any_hidden=week.any_hidden)),
        "rows": [
            {
                "head": clean(row.head),
                "cells": [
                    {
                        "text": plain(cell.words) if cell.level else "",
                        "level": cell.level,
                        "fill": heat_colour(cell.level),
                    }
                    for cell in row.cells
                ],
            }
            for row in week.rows
        ],
    }


def legend_data(entries: Iterable[LegendEntry]) -> list[Data]:
    """Return patches and words of a legend."""
    return [
        {"drawing": asdict(stand_alone(entry.svg)), "text": clean(entry.words)} for entry in entries
    ]


def _tables(
    title: str,
    heads: list[str],
    numbers: list[bool],
    rows: GridRows,
    *,
    safe: SafeTable,
    bars: bool = False,
) -> list[Data]:
    shown = rows.rows[:MOST_ROWS]
    fit = fit_table(heads, numbers, [*shown, *rows.totals], bars=bars)
    return [
        {
            "kind": "table",
            "title": title,
            "heads": [
                {"text": heads[at], "number": numbers[at], "width": fit.widths_pt[at]}
                for at in (0, *range(*part))
            ],
            "rows": [_row(row, part) for row in shown],
            "totals": [_row(row, part) for row in rows.totals],
            "bars": bars,
            "size": fit.size_pt,
            "sideways": fit.sideways,
            "beside": fit.beside,
            "keep": len(shown) < _SHORT,
            "notes": _notes(safe, len(rows.rows)) if part == fit.parts[-1] else [],
        }
        for part in fit.parts
    ]


def _row(row: Row, part: tuple[int, int]) -> Data:
    cells = row.cells[part[0] - 1 : part[1] - 1]
    return {"head": clean(row.head), "cells": [_cell(cell) for cell in cells], "bar": _bar(row)}


def _cell(cell: Cell) -> Data:
    return {"text": clean(cell.text), "kind": cell.kind.value}


def _bar(row: Row) -> float | None:
    """Return the length of a bar in per cent, no finer than on a page."""
    return None if row.bar is None else round(row.bar * 100, 1)


def _change_row(row: ChangeRow, reach: float, too_few: str) -> Data:
    cells = {"head": clean(row.head), "before": _cell(row.before), "after": _cell(row.after)}
    if row.change is None:
        return {**cells, "drawing": None, "change": [{"text": too_few}]}
    drawing = asdict(stand_alone(change_figure(row.change, reach=reach).svg))
    certainty = row.change.certainty
    chip = {"text": clean(certainty.words), "chip": strength(certainty)}
    return {**cells, "drawing": drawing, "change": [{"text": clean(row.change.words)}, chip]}


def _notes(safe: SafeTable, rows: int) -> list[str]:
    left_out = (
        [
            say(
                "The first {shown} of {rows} rows are printed; all of them are in the tables that "
                "come with this report.",
                shown=MOST_ROWS,
                rows=rows,
            )
        ]
        if rows > MOST_ROWS
        else []
    )
    return [clean(note) for note in (*left_out, *hidden_words(safe))]
