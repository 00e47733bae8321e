"""This file knows how protected numbers are written into table cells."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup, escape

from forestall.disclosure import Status
from forestall.languages import Decimal, Month, Sentences, Share, decimals_of_limit, say, write
from forestall.publication.blocks import BarTable, Unit
from forestall.publication.drawing.intervals import draw_change_cell
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Hashable

    from forestall.disclosure import SafeTable
    from forestall.disclosure.safe_table import SafeCell
    from forestall.publication.blocks import ChangeTable, Column, CrossTable, Table

_NUMBERS = {Unit.COUNT, Unit.SHARE, Unit.DECIMAL}


@dataclass(frozen=True)
class Cell:
    """What stands in a table cell, and how it looks."""

    html: Markup
    css: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its head, its cells, the length of its bar in per cent."""

    head: str
    cells: tuple[Cell, ...]
    bar: str | None = None


@dataclass(frozen=True)
class GridRows:
    """The rows of a table, and those under the thick rule."""

    rows: tuple[Row, ...]
    totals: tuple[Row, ...]


@dataclass(frozen=True)
class ChangeRow:
    """One row of a change table."""

    head: str
    before: Cell
    after: Cell
    drawing: Markup
    words: str
    certainty: Certainty | None


def cell_class(cell: Cell) -> Markup:
    """Return the class attribute of a cell, or nothing."""
    return Markup(f' class="{cell.css}"') if cell.css else Markup("")  # noqa: S704


def grid_rows(table: Table) -> GridRows:
    """Write a protected table with one row a label."""
    safe, frame = table.safe, table.safe.frame
    labels = frame[safe.rows].tolist()
    largest = _largest(safe, labels) if isinstance(table, BarTable) else 0
    rows = tuple(
        Row(
            head_words(label, table.row_words),
            tuple(
                count_cell(safe.cell(label))
                if column.name == safe.count
                else derived_cell(frame[column.name].iloc[at], column)
                for column in table.columns[1:]
            ),
            _bar(safe.value(label), largest),
        )
        for at, label in enumerate(labels)
    )
    return GridRows(rows, _total_rows(table))


def cross_rows(table: CrossTable) -> GridRows:
    """Write a protected table of rows by columns with its published totals."""
    safe = table.safe
    across = has_row_totals(table)
    rows = tuple(
        Row(
            head_words(row, table.row_words),
            (
                *(count_cell(safe.cell(row, column)) for column in safe.column_labels),
                *([count_cell(safe.margin_row(row))] if across else []),
            ),
        )
        for row in safe.row_labels
    )
    columns = [safe.margin_column(column) for column in safe.column_labels]
    if all(cell.status is Status.LEFT_OUT for cell in columns):
        return GridRows(rows, ())
    total = [*columns, *([safe.grand_total] if across else [])]
    return GridRows(rows, (Row(str(table.total_row), tuple(count_cell(cell) for cell in total)),))


def has_row_totals(table: CrossTable) -> bool:
    """Say whether any total of a row is published."""
    cells = [table.safe.margin_row(row) for row in table.safe.row_labels]
    return any(cell.status is not Status.LEFT_OUT for cell in cells)


def cross_heads(table: CrossTable) -> tuple[str, ...]:
    """Return the heads of the columns."""
    named = [head_words(column, table.column_words) for column in table.safe.column_labels]
    return (*named, *([str(table.total_column)] if has_row_totals(table) else []))


def count_cell(cell: SafeCell) -> Cell:
    """Write a count: the number, or why there is none."""
    if cell.status is Status.LEFT_OUT:
        return Cell(Markup(""), "n")
    if cell.explanation is None:
        return Cell(escape(cell.text), "n")
    return Cell(
        Markup('<abbr title="{}">{}</abbr>').format(str(cell.explanation), cell.text), "hid"
    )


def derived_cell(value: object, column: Column) -> Cell:
    """Write a number that was worked out from a count."""
    css = "n" if column.unit in _NUMBERS else ""
    if value is None or bool(pd.isna(value)):  # type: ignore[call-overload]
        return Cell(Markup("–"), css)
    return Cell(escape(number_words(value, column)), css)


def number_words(value: object, column: Column) -> str:
    """Write a value by the unit of its column."""
    if column.unit is Unit.SHARE:
        return str(Share(float(str(value)), decimals=column.decimals))
    if column.unit is Unit.DECIMAL:
        return str(Decimal(float(str(value)), decimals=column.decimals))
    if column.unit is Unit.COUNT:
        return write(int(float(str(value))))
    return str(value)


def head_words(label: Hashable, words: object) -> str:
    """Write the label of a row or column."""
    assert hasattr(words, "get")
    known = words.get(label)
    if known is not None:
        return str(known)
    if isinstance(label, pd.Timestamp):
        return str(Month(label.date()))
    return str(label)


def change_rows(table: ChangeTable) -> tuple[ChangeRow, ...]:
    """Write what changed, with the interval on the axis that all rows share."""
    frame = table.safe.frame
    return tuple(_change_row(table, label, frame) for label in table.safe.row_labels)


def hidden_words(safe: SafeTable) -> tuple[str, ...]:
    """Say under a table what is hidden in it, in one paragraph; nothing when all is shown."""
    said = Sentences(safe.record.sentences)
    return (str(said),) if said else ()


def _change_row(table: ChangeTable, label: Hashable, frame: pd.DataFrame) -> ChangeRow:
    sides = frame[frame[table.safe.rows] == label].set_index("side")
    head = head_words(label, table.row_words)
    before, after = (_per_day(sides["per_day"].get(side)) for side in ("before", "after"))
    ratio, low, high = (_float(sides[name].iloc[0]) for name in ("ratio", "low", "high"))
    if math.isnan(ratio) or sides["per_day"].isna().any():
        return ChangeRow(head, before, after, Markup(""), "", None)
    words = say(
        "{change} ({low} to {high})",
        change=str(Share(ratio - 1, signed=True)),  # the sign of a table, not words
        low=_bare(low - 1),
        high=_bare(high - 1),
    )
    drawing = draw_change_cell(
        change=ratio - 1, low=low - 1, high=high - 1, reach=table.reach, alt=str(escape(words))
    )
    certainty = Certainty(str(sides["certainty"].iloc[0]))
    return ChangeRow(head, before, after, Markup(drawing), words, certainty)  # noqa: S704


def _bare(fraction: float) -> str:
    if math.isinf(fraction):
        return "∞"
    return str(Decimal(fraction * 100, decimals_of_limit(fraction), signed=True))


def _per_day(value: object) -> Cell:
    number = _float(value)
    if math.isnan(number):
        return Cell(Markup("–"), "n")
    return Cell(escape(str(Decimal(number, 1 if number >= 0.1 else 2))), "n")


def _float(value: object) -> float:
    return math.nan if value is None or bool(pd.isna(value)) else float(str(value))  # type: ignore[call-overload]


def _total_rows(table: Table) -> tuple[Row, ...]:
    total = table.safe.grand_total
    if not table.total or total.status is Status.LEFT_OUT:
        return ()
    cells = tuple(
        count_cell(total)
        if column.name == table.safe.count
        else Cell(escape(str(table.total_cells.get(column.name, ""))), "n")
        for column in table.columns[1:]
    )
    return (Row(str(table.total), cells),)


def _largest(safe: SafeTable, labels: list[Hashable]) -> int:
    return max((number for label in labels if (number := safe.value(label)) is not None), default=0)


def _bar(number: int | None, largest: int) -> str | None:
    return None if number is None or not largest else f"{number / largest * 100:.1f}"
