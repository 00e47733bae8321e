"""This file knows how the rows of a CSV file or a workbook become texts, with their numbers.

Every cell is a text as a person sees it: 2005 and not 2005.0, and -14% where a workbook shows a
fraction as a percentage.
"""

from __future__ import annotations

import csv
import io
import warnings
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from forestall.errors import InvalidEvidence
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

EFFECTS_SHEET = "effects"
_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows of a file that are not empty, by their number; the heads are row 1."""

    file: str
    heads: tuple[str, ...]
    cells: Mapping[int, tuple[str, ...]]


def rows_in(content: bytes, *, file: str) -> Rows:
    """Return the rows of a CSV file (comma, semicolon or tab) or of a workbook (XLSX).

    A sheet called "effects" is read rather than the first.

    Raises
    ------
    InvalidEvidence
        If the file is empty, in another encoding or of another kind.
    """
    kind = Path(file).suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise InvalidEvidence(
            message(
                "Effects of studies are read from a file in CSV or XLSX, but “{file}” is neither.",
                file=file,
            )
        )
    found = _sheet(content, file=file) if kind == ".xlsx" else _text(content, file=file)
    given = {number: row for number, row in enumerate(found, 1) if any(row)}
    if not given:
        raise InvalidEvidence(message("“{file}” is empty.", file=file))
    first, *others = given
    if not others:
        raise InvalidEvidence(
            message("“{file}” needs a row for each effect, but has no row.", file=file)
        )
    heads = _without_empty_end(given[first])
    return Rows(file=file, heads=heads, cells={number: given[number] for number in others})


def bytes_of(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    InvalidEvidence
        If it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError:
        raise InvalidEvidence(
            message("“{file}” is not a file that can be read.", file=str(path))
        ) from None


def text_of(content: bytes, *, file: str) -> str:
    """Return what a file in UTF-8 says.

    Raises
    ------
    InvalidEvidence
        If it is in another encoding, with the first line that shows it.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise InvalidEvidence(
            message(
                "“{file}” needs to be saved in UTF-8, but line {line} is in another encoding.",
                file=file,
                line=content.count(b"\n", 0, wrong.start) + 1,
            )
        ) from None
    if "\x00" in text:
        raise InvalidEvidence(
            message("“{file}” needs to be a text file in UTF-8, but it is none.", file=file)
        )
    return text


def _text(content: bytes, *, file: str) -> list[tuple[str, ...]]:
    text = text_of(content, file=file)
    head = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[str, ...]] = []
    try:
        found.extend(tuple(cell.strip() for cell in row) for row in lines)
    except csv.Error:
        raise InvalidEvidence(
            message(
                "In “{file}”, quotation marks do not close in row {row}.",
                file=file,
                row=len(found) + 1,
            )
        ) from None
    return found


def _sheet(content: bytes, *, file: str) -> list[tuple[str, ...]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # Drop-downs and looks that openpyxl does not know take nothing from the cells.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            named = [one for one in book.worksheets if one.title == EFFECTS_SHEET]
            return list(_rows_of((named or book.worksheets)[0]))
    except (OSError, BadZipFile, InvalidFileException, LookupError, ValueError, SyntaxError):
        raise InvalidEvidence(
            message("“{file}” cannot be read as a workbook (XLSX).", file=file)
        ) from None


def _rows_of(sheet: Any) -> Iterator[tuple[str, ...]]:
    # Workbooks of other programs may state a wrong size of the sheet.
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        yield tuple("" if cell.value is None else _shown(cell) for cell in row)


def _shown(cell: Any) -> str:
    value = cell.value
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        if "%" in str(cell.number_format):
            return f"{_plain(float(f'{100 * value:.12g}'))}%"
        return _plain(value)
    return str(value)


def _plain(value: float) -> str:
    if isinstance(value, int) or not value.is_integer() or abs(value) >= 1e15:
        return str(value)
    return str(Decimal(int(value)))


def _without_empty_end(heads: tuple[str, ...]) -> tuple[str, ...]:
    last = max(number for number, head in enumerate(heads) if head)
    return heads[: last + 1]
