"""This file knows what stands in the cells of every table, in the language in force.

Writers decide how a cell looks; the words and numbers are the same on a page, on paper and in Word.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.disclosure import Status
from forestall.languages import (
    Decimal,
    Month,
    Sentences,
    Share,
    Weekday,
    decimals_of_limit,
    say,
    write,
)
from forestall.publication.blocks import BarTable, Unit
from forestall.results import Certainty

if TYPE_CHECKING:
    from collections.abc import Hashable

    from forestall.disclosure import SafeTable
    from forestall.disclosure.safe_table import SafeCell
    from forestall.publication.blocks import ChangeTable, Column, CrossTable, HeatTable, Table

_NUMBERS = {Unit.COUNT, Unit.SHARE, Unit.DECIMAL}


class CellKind(StrEnum):
    """What a cell holds: it decides the side it stands on, and its ground."""

    NUMBER = "number"
    HIDDEN = "hidden"
    WORDS = "words"


@dataclass(frozen=True)
class Cell:
    """What stands in a table cell; a hidden number comes with the reason."""

    text: str
    kind: CellKind = CellKind.WORDS
    explanation: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its head, its cells, the length of its bar as a share of the longest."""

    head: str
    cells: tuple[Cell, ...]
    bar: float | None = None


@dataclass(frozen=True)
class GridRows:
    """The rows of a table, and those under the thick rule."""

    rows: tuple[Row, ...]
    totals: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change with its 95 % interval, as fractions, and how sure it is."""

    change: float
    low: float
    high: float
    words: str
    certainty: Certainty


@dataclass(frozen=True)
class ChangeRow:
    """One row of a change table; ``change`` is None where there is too little to compare."""

    head: str
    before: Cell
    after: Cell
    change: Change | None


@dataclass(frozen=True)
class HeatCell:
    """One hour of one weekday: its class from 1 for the eye (0: hidden), words for the ear."""

    level: int
    words: str


@dataclass(frozen=True)
class HeatRow:
    """One weekday."""

    head: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatRows:
    """The whole week, Monday first."""

    rows: tuple[HeatRow, ...]
    any_hidden: bool


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
        for row in table.labels or safe.row_labels
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
        return Cell("", CellKind.NUMBER)
    if cell.explanation is None:
        return Cell(str(cell.text), CellKind.NUMBER)
    return Cell(str(cell.text), CellKind.HIDDEN, str(cell.explanation))


def derived_cell(value: object, column: Column) -> Cell:
    """Write a number that was worked out from a count."""
    kind = CellKind.NUMBER if column.unit in _NUMBERS else CellKind.WORDS
    if value is None or bool(pd.isna(value)):  # type: ignore[call-overload]
        return Cell("–", kind)
    return Cell(number_words(value, column), kind)


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
    labels = table.labels or table.safe.row_labels
    return tuple(_change_row(table, label, frame) for label in labels)


def heat_rows(block: HeatTable) -> HeatRows:
    """Sort the hours of the week into classes."""
    table = block.safe.frame.set_index(["weekday", "hour"])["incidents"]
    values = pd.to_numeric(table, errors="coerce").astype(float)
    rows = tuple(
        HeatRow(
            str(Weekday(day)),
            tuple(_heat_cell(values.get((day, hour), 0.0), block.breaks) for hour in range(24)),
        )
        for day in range(7)
    )
    return HeatRows(rows, bool(values.isna().any()))


def hidden_words(safe: SafeTable) -> tuple[str, ...]:
    """Say under a table what is hidden in it, in one paragraph; nothing when all is shown."""
    said = str(Sentences(safe.record.sentences))
    return (said,) if said else ()


def _change_row(table: ChangeTable, label: Hashable, frame: pd.DataFrame) -> ChangeRow:
    sides = frame[frame[table.safe.rows] == label].set_index(table.safe.columns)
    head = head_words(label, table.row_words)
    before, after = (
        count_cell(table.safe.cell(label, side))
        if table.shown == table.safe.count
        else _per_day(sides[table.shown].get(side))
        for side in ("before", "after")
    )
    ratio, low, high = (_float(sides[name].iloc[-1]) for name in ("ratio", "low", "high"))
    if math.isnan(ratio) or sides[table.shown].isna().any():
        return ChangeRow(head, before, after, None)
    words = say(
        "{change} ({low} to {high})",
        change=str(Share(ratio - 1, signed=True)),  # the sign of a table, not words
        low=_bare(low - 1),
        high=_bare(high - 1),
    )
    certainty = Certainty(str(sides["certainty"].iloc[-1]))
    change = Change(change=ratio - 1, low=low - 1, high=high - 1, words=words, certainty=certainty)
    return ChangeRow(head, before, after, change)


def _bare(fraction: float) -> str:
    if math.isinf(fraction):
        return "∞"
    return str(Decimal(fraction * 100, decimals_of_limit(fraction), signed=True))


def _per_day(value: object) -> Cell:
    number = _float(value)
    if math.isnan(number):
        return Cell("–", CellKind.NUMBER)
    return Cell(str(Decimal(number, 1 if number >= 0.1 else 2)), CellKind.NUMBER)


def _float(value: object) -> float:
    return math.nan if value is None or bool(pd.isna(value)) else float(str(value))  # type: ignore[call-overload]


def _total_rows(table: Table) -> tuple[Row, ...]:
    total = table.safe.grand_total
    if not table.total or total.status is Status.LEFT_OUT:
        return ()
    cells = tuple(
        count_cell(total)
        if column.name == table.safe.count
        else Cell(str(table.total_cells.get(column.name, "")), CellKind.NUMBER)
        for column in table.columns[1:]
    )
    return (Row(str(table.total), cells),)


def _largest(safe: SafeTable, labels: list[Hashable]) -> int:
    return max((number for label in labels if (number := safe.value(label)) is not None), default=0)


def _bar(number: int | None, largest: int) -> float | None:
    return None if number is None or not largest else number / largest


def _heat_cell(value: float, breaks: tuple[float, ...]) -> HeatCell:
    if np.isnan(value):
        return HeatCell(0, say("hidden"))
    level = min(int(np.searchsorted(breaks, value, side="right")) + 1, 5)
    return HeatCell(level, say("{number}", number=round(value)))
