"""This file knows replies as related sheets, as KoboToolbox and ODK Central export submissions.

Each submission is a row of the first sheet. Each repeat is a sheet, whose rows name the sheet and
the row that they belong to, so that a repeat within a repeat is a sheet that hangs on a sheet.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires.workbook.cells import put_text
from forestall.questionnaires.xlsform import about
from forestall.questionnaires.xlsform.building import fields_of
from forestall.questionnaires.xlsform.cells import fitted, pieces, put_pieces
from forestall.questionnaires.xlsform.form import OWN, fields_in, repeats_in
from forestall.questionnaires.xlsform.names import sheet_names
from forestall.questionnaires.xlsform.sheets import MOST_ROWS
from forestall.questionnaires.xlsform.submission import Submissions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from forestall.questionnaires.records import Questionnaire
    from forestall.questionnaires.replies import Reply
    from forestall.questionnaires.xlsform.form import Form
    from forestall.questionnaires.xlsform.submission import Record

INDEX, PARENT_TABLE, PARENT_INDEX = "_index", "_parent_table_name", "_parent_index"
VERSION, QUESTIONNAIRE = "__version__", f"{OWN}questionnaire"


class Sheets:
    """The sheets of a form: the first, and one for each repeat, with the names of their columns."""

    def __init__(self, questionnaire: Questionnaire, form: Form) -> None:
        repeats = list(repeats_in(form.parts))
        self.names = sheet_names([questionnaire.key, *(one.name for one, _ in repeats)])
        self.first = questionnaire.key
        self.above = {one.name: outer or self.first for one, outer in repeats}
        self.fields = {
            self.first: tuple(fields_in(form.parts)),
            **{one.name: tuple(fields_in(one.parts)) for one, _ in repeats},
        }

    def columns(self, table: str) -> list[str]:
        """Return the columns of a sheet."""
        own = [one.name for one in self.fields[table] if one.name != about.CARRIED]
        if table == self.first:
            return [*own, QUESTIONNAIRE, VERSION, INDEX]
        return [*own, INDEX, PARENT_TABLE, PARENT_INDEX]


def replies_to_sheets(questionnaire: Questionnaire, replies: Iterable[Reply]) -> bytes:
    """Write replies as a workbook of related sheets (XLSX), one row for each.

    Raises
    ------
    InvalidQuestionnaire
        If a reply belongs to another questionnaire or cannot be kept, or the sheets would have more
        than 100,000 rows.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires import read_definition
    >>> from forestall.questionnaires.replies import Reply
    >>> from forestall.questionnaires.xlsform import replies_from_sheets
    >>> asked = read_definition("2006-20")
    >>> empty = Reply(questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31))
    >>> replies_from_sheets(replies_to_sheets(asked, [empty]), asked) == (empty,)
    True
    """
    from openpyxl import Workbook

    form = fields_of(questionnaire)
    submissions = Submissions(questionnaire, form, settle=fitted)
    writer = _Writer(Workbook(), Sheets(questionnaire, form), questionnaire)
    for reply in replies:
        writer.write(submissions.record_of(reply))
    return writer.content()


class _Writer:
    def __init__(self, book: Workbook, sheets: Sheets, questionnaire: Questionnaire) -> None:
        self._book, self._sheets, self._asked = book, sheets, questionnaire
        book.remove(book.active)
        self._pages = {table: book.create_sheet(name) for table, name in sheets.names.items()}
        self._rows = dict.fromkeys(self._pages, 0)
        for table, page in self._pages.items():
            put_pieces(page, 1, sheets.columns(table))
            page.freeze_panes = "A2"
        self._carried = book.create_sheet(about.CARRIED)
        self._carried.sheet_state = "hidden"
        self._kept = 1
        put_pieces(self._carried, 1, [INDEX, "text"])

    def write(self, record: Record) -> None:
        first = self._sheets.first
        more = {QUESTIONNAIRE: self._asked.key, VERSION: str(self._asked.version)}
        number = self._row(first, {**record.values, **more})
        if carried := record.value(about.CARRIED):
            self._kept += 1
            put_pieces(self._carried, self._kept, [str(number), *pieces(carried)])
        self._repeats(record, first, number)

    def _repeats(self, record: Record, above: str, parent: int) -> None:
        for name, rows in record.repeats.items():
            for row in rows:
                more = {PARENT_TABLE: self._sheets.names[above], PARENT_INDEX: str(parent)}
                self._repeats(row, name, self._row(name, {**row.values, **more}))

    def _row(self, table: str, values: dict[str, str]) -> int:
        self._rows[table] += 1
        number = self._rows[table]
        if number >= MOST_ROWS:
            raise InvalidQuestionnaire(
                message(
                    "The sheet “{sheet}” would have more than {most} rows; write fewer replies.",
                    sheet=self._sheets.names[table],
                    most=MOST_ROWS,
                )
            )
        self._fill(self._pages[table], number + 1, self._sheets.columns(table), values, number)
        return number

    def _fill(
        self,
        page: Worksheet,
        at: int,
        columns: Sequence[str],
        values: dict[str, str],
        number: int,
    ) -> None:
        for column, name in enumerate(columns, start=1):
            if name in (INDEX, PARENT_INDEX):  # numbers, as tools write them
                page.cell(at, column).value = number if name == INDEX else int(values[name])
            elif values.get(name):
                put_text(page.cell(at, column), values[name])

    def content(self) -> bytes:
        into = BytesIO()
        self._book.save(into)
        return into.getvalue()
