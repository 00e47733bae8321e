"""This file knows how a form in CSV or a spreadsheet is read, and says where it cannot be."""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from forestall.errors import InvalidFile
from forestall.languages import Listing, message

if TYPE_CHECKING:
    from collections.abc import Mapping

Key = TypeVar("Key")


def read_form(path: str | Path, columns: tuple[str, ...]) -> dict[int, dict[str, str]]:
    """Read the rows of a form in CSV or XLSX by their number; the columns named are needed.

    Raises
    ------
    InvalidFile
        If a column is missing, there is no row, or the file cannot be read.
    """
    file = Path(path)
    cells = _sheet(file) if file.suffix.lower() == ".xlsx" else _text(file)
    heads = tuple(cells[0]) if cells else ()
    missing = [name for name in columns if name not in heads]
    if missing:
        raise InvalidFile(
            message(
                "{file} needs the column “{column}”, which it does not have.",
                file=file.name,
                column=missing[0],
            )
        )
    rows = {
        number: dict(zip(heads, [*row, *[""] * len(heads)], strict=False))
        for number, row in enumerate(cells[1:], 2)
        if any(row)
    }
    if not rows:
        raise InvalidFile(message("{file} has no rows.", file=file.name))
    return rows


def heading_of(rows: Mapping[int, Mapping[str, str]], columns: tuple[str, ...]) -> tuple[str, ...]:
    """Read what every row of a form repeats, such as its name and its vintage.

    Raises
    ------
    InvalidFile
        If the rows do not agree, so that the file holds several tables.
    """
    found = {tuple(row[column] for column in columns) for row in rows.values()}
    if len(found) != 1:
        raise InvalidFile(
            message(
                "A file holds one table with one {columns}, but here are {count}.",
                columns=Listing(columns),
                count=len(found),
            )
        )
    return found.pop()


def check_first_time(found: Mapping[Key, object], key: Key, *, row: int, shown: str) -> None:
    """Refuse a row that says again what an earlier one has said.

    Raises
    ------
    InvalidFile
        If it does, with its number.
    """
    if key in found:
        raise InvalidFile(message("Row {row} gives {year} a second time.", row=row, year=shown))


def number_of(text: str, *, row: int, column: str) -> Decimal:
    """Read a number of a form, or say where there is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InvalidFile(
            message(
                "Row {row} needs a number in “{column}”, but there is “{found}”.",
                row=row,
                column=column,
                found=text,
            )
        )
    return number


def choice_of(text: str, choices: tuple[str, ...], *, row: int, column: str) -> str:
    """Read one of a few words of a form, or say which they are."""
    if text not in choices:
        raise InvalidFile(
            message(
                "Row {row} needs one of {choices} in “{column}”, but there is “{found}”.",
                row=row,
                choices=Listing(choices),
                column=column,
                found=text,
            )
        )
    return text


def _text(file: Path) -> list[list[str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return [[cell.strip() for cell in row] for row in csv.reader(lines)]
    except (OSError, UnicodeDecodeError, csv.Error) as unreadable:
        raise InvalidFile(
            message("{file} cannot be read as CSV in UTF-8.", file=file.name)
        ) from unreadable


def _sheet(file: Path) -> list[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as unreadable:
        raise InvalidFile(
            message("{file} cannot be read as a spreadsheet (XLSX).", file=file.name)
        ) from unreadable
    rows = book.worksheets[0].iter_rows(values_only=True)
    found = [["" if cell is None else str(cell).strip() for cell in row] for row in rows]
    book.close()
    return found
