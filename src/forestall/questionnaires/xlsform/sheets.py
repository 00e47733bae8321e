"""This file knows how the rows of a sheet are read by the names in its first row, with places.

A sheet of a form or of submissions comes from many tools. Every cell is read as a text; formulas
and errors are refused, because what they show is not written there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Message, message
from forestall.questionnaires.workbook.cells import text_in
from forestall.questionnaires.xlsform.cells import shown
from forestall.questionnaires.xlsform.writing import TEXTS, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 100_000
_MOST_COLUMNS = 2_000
_PARTS = re.compile(r"\s*::?\s*")
_BEFORE_LANGUAGE = frozenset({"label", "hint", "guidance_hint"})
_SAME = {"relevance": "relevant", "list name": "list_name", "caption": "label"}


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A row of a sheet: its number, and from the name of a column to the text in it."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return what stands in a column; "" where it is empty or not there."""
        return self.cells.get(column, "")

    def texts(self, column: str) -> dict[str, str]:
        """Return what stands in the columns of each language, by the title of the language."""
        before = f"{column}::"
        found = {
            name[len(before) :]: one
            for name, one in self.cells.items()
            if one and name.startswith(before)
        }
        if plain := self.text(column):
            found.setdefault("", plain)
        return found

    def refused(self, column: str, said: Message) -> InvalidQuestionnaire:
        """Return the refusal of what stands in a column, with its place."""
        return InvalidQuestionnaire(
            message("{place}: {fault}", place=self.place(column), fault=said)
        )

    def place(self, column: str) -> Message:
        """Return where a cell is, as a reader finds it."""
        return message(
            "Sheet “{sheet}”, row {row}, column “{column}”",
            sheet=self.sheet,
            row=self.number,
            column=column,
        )


def rows_in(book: Workbook, name: str, *, file: str) -> list[SheetRow]:
    """Return the rows of a sheet that hold something, without the one of names.

    Raises
    ------
    InvalidQuestionnaire
        If the sheet is not there, has more than 100,000 rows or 2,000 columns, two columns have one
        name, or a cell holds a formula or an error.
    """
    rows = _cells_by_row(_sheet(book, name, file))
    headers = _headers(rows.pop(1, {}), name, file)
    read = (_row(name, headers, number, cells) for number, cells in rows.items())
    return [one for one in read if any(one.cells.values())]


def columns_in(book: Workbook, name: str, *, file: str) -> list[str]:
    """Return the names of the columns of a sheet.

    Raises
    ------
    InvalidQuestionnaire
        As `rows_in`.
    """
    rows = _cells_by_row(_sheet(book, name, file))
    return list(_headers(rows.get(1, {}), name, file).values())


def _cells_by_row(sheet: Worksheet) -> dict[int, dict[int, Cell]]:
    """Return the cells that are there; going over all places would make those between them."""
    found: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        found.setdefault(row, {})[column] = cell
    return found


def _sheet(book: Workbook, name: str, file: str) -> Worksheet:
    titles = {one.title.strip().casefold(): one for one in reversed(book.worksheets)}
    found: Worksheet | None = titles.get(name.casefold())
    if found is None:
        raise InvalidQuestionnaire(
            message("{file} lacks the sheet “{sheet}”.", file=file, sheet=name)
        )
    if found.max_row > MOST_ROWS or found.max_column > _MOST_COLUMNS:
        raise InvalidQuestionnaire(
            message(
                "The sheet “{sheet}” of {file} has more than {rows} rows or {columns} columns.",
                sheet=name,
                file=file,
                rows=MOST_ROWS,
                columns=_MOST_COLUMNS,
            )
        )
    return found


def _headers(row: Mapping[int, Cell], sheet: str, file: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for column, cell in row.items():
        name = _header(text_in(cell.value))
        if name and name in found.values():
            raise InvalidQuestionnaire(
                message(
                    "The sheet “{sheet}” of {file} has the column “{column}” twice.",
                    sheet=sheet,
                    file=file,
                    column=name,
                )
            )
        found[column] = name
    return {column: name for column, name in found.items() if name}


def _header(text: str) -> str:
    """Return the name of a column as it is looked for; XLSForm knows several spellings."""
    name, *rest = _PARTS.split(text.strip(), maxsplit=1)
    plain = name.casefold()
    if rest and (plain in _BEFORE_LANGUAGE or "::" in text):
        return f"{plain if plain in _BEFORE_LANGUAGE else name}::{rest[0]}"
    return _SAME.get(plain, text.strip())


def _row(
    sheet: str, headers: Mapping[int, str], number: int, cells: Mapping[int, Cell]
) -> SheetRow:
    found: dict[str, str] = {}
    for column, cell in cells.items():
        if column not in headers or cell.value is None:
            continue
        if cell.data_type in ("f", "e"):
            raise SheetRow(sheet=sheet, number=number, cells={}).refused(
                headers[column],
                message("a formula or an error stands there; write what it shows."),
            )
        found[headers[column]] = _text(cell.value)
    return SheetRow(sheet=sheet, number=number, cells=found)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else text_in(value)


def with_carried_texts(book: Workbook, rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Return rows with the texts that cells could not hold, where nobody changed the cell.

    Raises
    ------
    InvalidQuestionnaire
        If the sheet of these texts was changed.
    """
    kept = _carried_texts(book)
    if not kept:
        return list(rows)
    return [
        SheetRow(
            sheet=row.sheet,
            number=row.number,
            cells={**row.cells, **_texts_of(row, kept)},
        )
        for row in rows
    ]


def _texts_of(row: SheetRow, kept: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    before = place_of(row.sheet, row.cells, "")
    return {
        column: text
        for column, text in kept.get(before, {}).items()
        if shown(text, column=column) == row.text(column)
    }


def _carried_texts(book: Workbook) -> dict[str, dict[str, str]]:
    if TEXTS not in book.sheetnames:
        return {}
    found: dict[str, dict[str, str]] = {}
    for row in rows_of_pieces(book, TEXTS):
        place, *pieces = row
        before, bar, column = place.rpartition("|")
        found.setdefault(f"{before}{bar}", {})[column] = joined(pieces, TEXTS)
    return found


def rows_of_pieces(book: Workbook, name: str) -> list[list[str]]:
    """Return what stands in the rows of a sheet of ours, without the first."""
    rows = _cells_by_row(_sheet(book, name, name))
    found = [[str(one.value) for one in rows[at].values() if one.value] for at in rows if at > 1]
    return [one for one in found if one]


def joined(pieces: Sequence[str], sheet: str) -> str:
    """Return the text that was written in pieces.

    Raises
    ------
    InvalidQuestionnaire
        If the pieces were changed.
    """
    try:
        found = json.loads("".join(pieces))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, str):
        raise InvalidQuestionnaire(message("The hidden sheet “{sheet}” was changed.", sheet=sheet))
    return found
