"""This file knows how related sheets become replies again, also those that other tools exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires.workbook.opening import opened_workbook
from forestall.questionnaires.xlsform import about
from forestall.questionnaires.xlsform.building import fields_of
from forestall.questionnaires.xlsform.cells import fitted
from forestall.questionnaires.xlsform.related import (
    INDEX,
    PARENT_INDEX,
    QUESTIONNAIRE,
    VERSION,
    Sheets,
)
from forestall.questionnaires.xlsform.sheets import (
    SheetRow,
    columns_in,
    joined,
    rows_in,
    rows_of_pieces,
)
from forestall.questionnaires.xlsform.submission import Record, Submissions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl import Workbook

    from forestall.questionnaires.records import Questionnaire
    from forestall.questionnaires.replies import Reply

_REPLIES = 10  # as large as one can be; a hundred as they mostly are
_ADDED = frozenset(
    ("start", "end", "today", "deviceid", "username", "phonenumber", "audit", "KEY", "PARENT_KEY",
     "SubmissionDate", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected",
     "Status", "ReviewState", "DeviceID", "Edits", "FormVersion", "instanceID", "instanceName",
     QUESTIONNAIRE)
)  # fmt: skip


def replies_from_sheets(
    read: bytes, questionnaire: Questionnaire, *, name: str = "submissions.xlsx"
) -> tuple[Reply, ...]:
    """Read replies from a workbook of related sheets, in the order of its rows.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidQuestionnaire
        If the file is no workbook or too large, belongs to another version, a row belongs to no
        row, or a column or value cannot be there; with the sheet, the row and the column.

    Examples
    --------
    See `replies_to_sheets`.
    """
    book = opened_workbook(read, name=name, times=_REPLIES)
    form = fields_of(questionnaire)
    records = _Reader(book, Sheets(questionnaire, form), questionnaire, name).records()
    submissions = Submissions(questionnaire, form, settle=fitted)
    return tuple(submissions.reply_of(record, name=name) for record in records)


class _Reader:
    def __init__(
        self, book: Workbook, sheets: Sheets, questionnaire: Questionnaire, file: str
    ) -> None:
        self._book, self._sheets, self._asked, self._file = book, sheets, questionnaire, file
        # From the name of a table and the number of a row to its record.
        self._found: dict[str, dict[str, Record]] = {}

    def records(self) -> list[Record]:
        first, titles = self._sheets.first, self._book.sheetnames
        sheet = self._sheets.names[first]
        sheet = sheet if sheet in titles else self._book.worksheets[0].title
        is_ours = QUESTIONNAIRE in columns_in(self._book, sheet, file=self._file)
        if is_ours:
            self._check_whole()
        for row, number, record in self._rows(first, sheet):
            self._check_belongs(row)
            self._keep(first, row, number, record)
        for table, above in self._sheets.above.items():
            if self._sheets.names[table] in titles:
                self._hang(table, above)
        self._add_carried()
        return list(self._found.get(first, {}).values())

    def _check_whole(self) -> None:
        """Refuse sheets of ours that lack something: an answer could lose that it is secret."""
        for table, sheet in self._sheets.names.items():
            there = columns_in(self._book, sheet, file=self._file)
            for column in self._sheets.columns(table):
                if column not in there:
                    raise InvalidQuestionnaire(
                        message(
                            "The sheet “{sheet}” of {file} needs the column “{column}” once.",
                            sheet=sheet,
                            file=self._file,
                            column=column,
                        )
                    )

    def _check_belongs(self, row: SheetRow) -> None:
        wanted = {QUESTIONNAIRE: self._asked.key, VERSION: str(self._asked.version)}
        for column, value in wanted.items():
            found = row.text(column).strip()
            says = found.isdecimal() if column == VERSION else found
            if says and found != value:
                raise row.refused(
                    column,
                    message(
                        "a reply to “{wanted}”, version {version}, is needed.",
                        wanted=self._asked.key,
                        version=self._asked.version,
                    ),
                )

    def _rows(self, table: str, sheet: str) -> Iterator[tuple[SheetRow, str, Record]]:
        types = {one.name: one.type for one in self._sheets.fields[table]}
        there = columns_in(self._book, sheet, file=self._file)
        has_mark = any(_field_of(one, types) == about.CONFIDENTIAL for one in there)
        rows = rows_in(self._book, sheet, file=self._file)
        for at, row in enumerate(rows, start=1):
            record = _record(row, types)
            if has_mark and record.values:  # an empty cell of the column is an empty field
                record.values.setdefault(about.CONFIDENTIAL, "")
            yield row, row.text(INDEX).strip() or str(at), record

    def _keep(self, table: str, row: SheetRow, number: str, record: Record) -> None:
        found = self._found.setdefault(table, {})
        if number in found:
            raise row.refused(INDEX, message("this number stands there twice."))
        found[number] = record

    def _hang(self, table: str, above: str) -> None:
        """Put each record of a repeat under the row that it names."""
        for row, number, record in self._rows(table, self._sheets.names[table]):
            parent = self._found.get(above, {}).get(row.text(PARENT_INDEX).strip())
            if parent is None:
                raise row.refused(PARENT_INDEX, message("the sheet above has no such row."))
            self._keep(table, row, number, record)
            parent.repeats.setdefault(table, []).append(record)

    def _add_carried(self) -> None:
        if about.CARRIED not in self._book.sheetnames:
            return
        for number, *pieces in rows_of_pieces(self._book, about.CARRIED):
            record = self._found.get(self._sheets.first, {}).get(number)
            if record is not None:  # else somebody took the row of the reply away
                record.values[about.CARRIED] = joined(pieces, about.CARRIED)


def _record(row: SheetRow, types: Mapping[str, str]) -> Record:
    place = message("Sheet “{sheet}”, row {row}", sheet=row.sheet, row=row.number)
    found = Record(place=place)
    for column, text in row.cells.items():
        name = _field_of(column, types)
        if name is None:
            if text:
                raise row.refused(column, message("the questionnaire has no such field."))
        elif name in found.values:
            raise row.refused(column, message("this field stands there twice."))
        elif name:
            found.values[name] = text
    return found


def _field_of(column: str, types: Mapping[str, str]) -> str | None:
    """Return the field of a column; "" for what is none, None for what nobody knows.

    Tools write the groups before a field, and a column more for each box that can be marked.
    """
    if column in types:
        return column
    *groups, last = column.split("/")
    if any(types.get(one, "").startswith("select_multiple") for one in groups):
        return ""
    if groups and last in types:
        return last
    is_added = last in _ADDED or last.startswith("_") or "meta" in groups
    return "" if is_added else None
