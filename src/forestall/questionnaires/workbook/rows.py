"""This file knows how the rows of a sheet are found again by the hidden names over its columns.

Only the columns that the form has are read. One that is gone, or there twice, is refused: without
it an answer that was marked as confidential would no longer be.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import available_languages, message, use_language
from forestall.questionnaires.workbook import layout
from forestall.questionnaires.workbook.cells import day_in, text_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from forestall.questionnaires.workbook.layout import SheetColumn

MOST_ROWS = 5_000


class Row:
    """A row of a sheet, by the names of its columns."""

    def __init__(self, sheet: str, cells: Mapping[str, Cell | MergedCell]) -> None:
        self._sheet, self._cells = sheet, cells

    def place(self, name: str) -> str:
        """Return where a cell is, as a reader finds it."""
        return f"{self._sheet}!{self._cells[name].coordinate}"

    def text(self, name: str) -> str:
        """Return the text of a cell.

        Raises
        ------
        InvalidQuestionnaire
            If the spreadsheet made a day, a time or a share of what was typed.
        """
        cell = self._cells[name]
        is_share = isinstance(cell.value, float) and "%" in str(cell.number_format)
        if is_share or isinstance(cell.value, date | time | timedelta):
            raise InvalidQuestionnaire(
                message(
                    "The cell {place} needs words, but the spreadsheet made a day or a share of "
                    "them; type them as text.",
                    place=self.place(name),
                )
            )
        return text_in(cell.value)

    def day(self, name: str) -> date | None:
        """Return the day of a cell."""
        return day_in(self._cells[name].value, self.place(name))

    def chosen(self, name: str, of_list: str) -> str | None:
        """Return what was chosen from a list, as it is kept."""
        text = self.text(name).strip()
        if not text:
            return None
        known = known_words()[of_list]
        if text.casefold() not in known:
            raise InvalidQuestionnaire(
                message(
                    "The cell {place} holds something that is not in its list.",
                    place=self.place(name),
                )
            )
        return known[text.casefold()]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing stands in the row."""
        return all(cell.value is None for cell in self._cells.values())


def worksheet(book: Workbook, name: str) -> Worksheet | None:
    """Return a sheet that has cells; None where there is none, or a sheet of a chart only."""
    return next((one for one in book.worksheets if one.title == name), None)


def rows_of(
    book: Workbook, name: str, columns: Sequence[SheetColumn], *, file: str
) -> Iterator[Row]:
    """Yield the rows of a sheet that hold something.

    Raises
    ------
    InvalidQuestionnaire
        If the sheet or one of its columns is not there, a column is there twice, there are more
        than 5,000 rows, or a cell holds a formula or an error.
    """
    sheet = worksheet(book, name)
    if sheet is None:
        raise InvalidQuestionnaire(
            message("{file} lacks the sheet “{sheet}”.", file=file, sheet=name)
        )
    if sheet.max_row > MOST_ROWS:
        raise InvalidQuestionnaire(
            message(
                "The sheet “{sheet}” of {file} has more than {most} rows.",
                sheet=name,
                file=file,
                most=MOST_ROWS,
            )
        )
    names = next(sheet.iter_rows(max_row=layout.NAME_ROW, values_only=True), ())
    for one in columns:
        if names.count(one.name) != 1:
            raise InvalidQuestionnaire(
                message(
                    "The sheet “{sheet}” of {file} needs the column “{column}” once.",
                    sheet=name,
                    file=file,
                    column=one.name,
                )
            )
    numbers = {one.name: names.index(one.name) + 1 for one in columns}
    for at in sorted({row for row, _ in sheet._cells if row >= layout.FIRST_ROW}):
        cells = {column: sheet.cell(at, number) for column, number in numbers.items()}
        for cell in cells.values():
            _check_written(cell, f"{name}!{cell.coordinate}")
        row = Row(name, cells)
        if not row.is_empty:
            yield row


def _check_written(cell: Cell | MergedCell, place: str) -> None:
    if cell.data_type == "f":
        raise InvalidQuestionnaire(
            message("The cell {place} holds a formula; write what it shows.", place=place)
        )
    if cell.data_type == "e":
        raise InvalidQuestionnaire(
            message("The cell {place} holds an error of the spreadsheet.", place=place)
        )


@cache
def known_words() -> dict[str, dict[str, str]]:
    """Return from each word of each list, in every language, to what is kept.

    Examples
    --------
    >>> known_words()["choice"]["yes, in part"]
    'yes-in-part'
    """
    found: dict[str, dict[str, str]] = {}
    for tag in available_languages():
        with use_language(tag):
            for name, words in layout.lists().items():
                known = found.setdefault(name, {})
                known.update({str(word).casefold(): kept for kept, word in words.items()})
    for name, words in layout.lists().items():
        found[name].update({kept.casefold(): kept for kept in words})
    return found
