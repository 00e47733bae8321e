"""This file knows a protected table as a sheet of a workbook."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from forestall.disclosure.safe_table import SafeCell
from forestall.languages import message
from forestall.publication.tables.columns import (
    ColumnType,
    column_types,
    decimals_of,
    read_rows,
)
from forestall.publication.tables.looks import (
    HEAD,
    HIDDEN,
    NOTE,
    NUMBER_HEAD,
    TEXT,
    TITLE,
    Look,
    Looks,
)
from forestall.publication.tables.texts import LINE_POINTS, is_too_long, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.tables.columns import Value
    from forestall.publication.tables.described import Described

MOST_ROWS = 1_048_576
_MOST_DIGITS = 5
_NARROWEST, _WIDEST, _WIDEST_NUMBER = 11, 44, 17
_ROWS_LOOKED_AT = 300
_TO_THE_END = set(ColumnType) - {ColumnType.TEXT}


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """The columns of a sheet: their types, number formats, heads and widths.

    A format is None where each number has as many decimals as it needs.
    """

    types: Mapping[str, ColumnType]
    formats: Mapping[str, str | None]
    heads: Mapping[str, str]
    widths: tuple[float, ...]


def write_sheet(
    sheet: WriteOnlyWorksheet,
    safe: SafeTable,
    *,
    described: Described,
    looks: Looks,
    most_rows: int | None = None,
) -> tuple[Text, ...]:
    """Write a table row by row; return what a reader should know about the sheet.

    Parameters
    ----------
    most_rows
        Rows that a sheet can have, heads included; what a workbook allows when None.
    """
    plan = _plan(safe, described)
    warnings: list[Text] = []
    notes, rows = _notes(safe), len(safe.status)
    room = (most_rows or MOST_ROWS) - _head_at(notes)
    if rows > room:
        room = (most_rows or MOST_ROWS) - _head_at(("", *notes))
        left = _left_out(sheet, shown=room, rows=rows)
        notes = (str(left), *notes)
        warnings.append(left)
    head_at = _head_at(notes)
    _lay_out(sheet, plan, head_at=head_at, rows=min(rows, room))
    _write_top(sheet, described, notes, plan, looks)
    too_long = False
    for row in islice(read_rows(safe), room):
        sheet.append(_cells(sheet, row, plan, described, looks))
        too_long = too_long or any(isinstance(value, str) and is_too_long(value) for value in row)
    if too_long:
        warnings.append(_cut_short(sheet))
    return tuple(warnings)


def _head_at(notes: Sequence[str]) -> int:
    """Return the row of the heads: below the title, the notes and an empty row."""
    return 2 + len(notes) + (1 if notes else 0)


def _left_out(sheet: WriteOnlyWorksheet, *, shown: int, rows: int) -> Text:
    return message(
        "The sheet “{sheet}” holds the first {shown} of {rows} rows, as many as a sheet can.",
        sheet=str(sheet.title),
        shown=shown,
        rows=rows,
    )


def _cut_short(sheet: WriteOnlyWorksheet) -> Text:
    return message(
        "The sheet “{sheet}” holds long texts without their end, as a cell can hold no more.",
        sheet=str(sheet.title),
    )


def _plan(safe: SafeTable, described: Described) -> _Plan:
    types = column_types(safe)
    heads = {name: described.meaning(name) for name in types}
    seen = list(islice(read_rows(safe), _ROWS_LOOKED_AT))
    columns = list(zip(*seen, strict=True)) if seen else [()] * len(types)
    widths = tuple(
        _width(name, kind, column, described)
        for (name, kind), column in zip(types.items(), columns, strict=True)
    )
    formats = {name: _format(safe, name, kind) for name, kind in types.items()}
    return _Plan(types=types, formats=formats, heads=heads, widths=widths)


def _format(safe: SafeTable, name: str, kind: ColumnType) -> str | None:
    if kind is ColumnType.DECIMAL:
        return _decimals([float(value) for value in safe.frame[name].dropna()])
    if kind is ColumnType.DAY:
        days = safe.frame[name].dropna()
        return "yyyy-mm" if all(day.day == 1 for day in days) else "yyyy-mm-dd"
    # Codes of places, years and hours are no quantities: they have no separators.
    label = name in (safe.rows, safe.columns)
    return "#,##0" if kind is ColumnType.WHOLE and not label else "General"


def _decimals(values: Sequence[float]) -> str | None:
    """Return the format of a column, or None where it would give numbers digits they lack."""
    known = [value for value in values if math.isfinite(value)]
    most = max(map(decimals_of, known), default=0)
    before = max((len(str(int(abs(value)))) for value in known), default=1)
    return _with_decimals(most) if most + before <= _MOST_DIGITS else None


def _with_decimals(places: int) -> str:
    return "#,##0" + (f".{'0' * places}" if places else "")


def _width(name: str, kind: ColumnType, values: Sequence[Value], described: Described) -> float:
    if kind in _TO_THE_END:
        return min(
            max(_NARROWEST, len(name) + 3, width_of(described.meaning(name)) / 2), _WIDEST_NUMBER
        )
    texts = [described.words(name, value) for value in values if isinstance(value, str)]
    widest = max((width_of(str(text)) for text in texts), default=0)
    head = width_of(described.meaning(name)) / 2
    return min(max(_NARROWEST, len(name) + 3, widest + 3, head), _WIDEST)


def _notes(safe: SafeTable) -> tuple[str, ...]:
    return tuple(str(sentence) for sentence in safe.record.sentences)


def _lay_out(sheet: WriteOnlyWorksheet, plan: _Plan, *, head_at: int, rows: int) -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(plan.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    last = get_column_letter(len(plan.widths))
    sheet.freeze_panes = f"B{head_at + 1}" if len(plan.widths) > 3 else f"A{head_at + 1}"
    sheet.auto_filter.ref = f"A{head_at}:{last}{head_at + rows}"
    sheet.print_title_rows = f"{head_at}:{head_at}"
    lines = max(
        math.ceil(width_of(head) / (width - 2)) + 1
        for head, width in zip(plan.heads.values(), plan.widths, strict=True)
    )
    sheet.row_dimensions[head_at].height = lines * LINE_POINTS + 4
    sheet.row_dimensions[1].height = 24


def _write_top(
    sheet: WriteOnlyWorksheet,
    described: Described,
    notes: Sequence[str],
    plan: _Plan,
    looks: Looks,
) -> None:
    sheet.append([looks.cell(sheet, str(described.holds), TITLE)])
    for note in notes:
        sheet.append([looks.cell(sheet, note, NOTE)])
    if notes:
        sheet.append([])
    heads = [(NUMBER_HEAD if kind in _TO_THE_END else HEAD) for kind in plan.types.values()]
    sheet.append(
        [
            looks.head(sheet, words, name, replace(look, inset=at > 0))
            for at, ((name, words), look) in enumerate(zip(plan.heads.items(), heads, strict=True))
        ]
    )


def _cells(
    sheet: WriteOnlyWorksheet,
    row: tuple[Value, ...],
    plan: _Plan,
    described: Described,
    looks: Looks,
) -> Iterator[Cell]:
    for at, (name, value) in enumerate(zip(plan.types, row, strict=True)):
        shown, look = _shown(name, value, plan, described)
        yield looks.cell(sheet, shown, replace(look, inset=at > 0))


def _shown(
    name: str, value: Value, plan: _Plan, described: Described
) -> tuple[str | float | date | None, Look]:
    """Return what stands in a cell, and how it looks."""
    if isinstance(value, SafeCell):
        if value.number is None:
            return value.plain_text, HIDDEN
        return value.number, Look(number="#,##0", end=True)
    if isinstance(value, str):
        return str(described.words(name, value)), TEXT
    if isinstance(value, float) and not math.isfinite(value):
        return "∞" if value > 0 else "−∞", Look(end=True)
    known = plan.formats[name]
    if known is None:
        known = _with_decimals(decimals_of(value) if isinstance(value, float) else 0)
    return value, Look(number=known, end=True)
