"""This file knows how a workbook that people filled in becomes a reply again."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires.files import reply_from_json, reply_to_json
from forestall.questionnaires.replies import Answer, Attachment, Confirmation, Reply, Source
from forestall.questionnaires.vocabulary import AnswerState, Choice, SourceKind
from forestall.questionnaires.workbook import layout
from forestall.questionnaires.workbook.carried import seen_in_cells, with_carried
from forestall.questionnaires.workbook.cells import day_in, text_in
from forestall.questionnaires.workbook.opening import opened_workbook
from forestall.questionnaires.workbook.rows import rows_of, worksheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl import Workbook

    from forestall.questionnaires.records import Questionnaire
    from forestall.questionnaires.workbook.rows import Row


def reply_from_workbook(
    read: bytes, questionnaire: Questionnaire, *, name: str = "reply.xlsx"
) -> Reply:
    """Read a reply from a workbook that `reply_to_workbook` made and people filled in.

    Choices are understood in every language of the package. What somebody typed without saying how
    far it is counts as drafted.

    Parameters
    ----------
    name
        Of the file, for the sentence of an error.

    Raises
    ------
    InvalidQuestionnaire
        If the file is no such workbook, is larger than 20 MB, belongs to another questionnaire or
        version, or a cell holds what cannot be there; with the sheet and the cell.

    Examples
    --------
    >>> from forestall.questionnaires import read_definition
    >>> reply_from_workbook(b"no workbook", read_definition("2006-20"))
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: reply.xlsx cannot be read as a workbook (XLSX).
    """
    book = opened_workbook(read, name=name)
    head = _head(book, name)
    _check_form(head, questionnaire, name)
    answers: dict[str, dict[str, Any]] = {}
    for number in range(1, len(questionnaire.groups) + 1):
        for key, row in _rows_of_items(book, number, questionnaire, name).items():
            if given := _given(row, questionnaire):
                answers[key] = given
    for sheet, item in layout.tables_of(questionnaire):
        keys = [one.key for one in item.columns]
        found = rows_of(book, sheet, layout.table_columns(item), file=name)
        if rows := tuple(_table_row(row, keys) for row in found):
            answers.setdefault(item.key, {"state": AnswerState.DRAFTED})["rows"] = rows
    _add_beside(book, answers, questionnaire, name)
    reply = Reply(
        questionnaire=questionnaire.key,
        version=questionnaire.version,
        country=head["country"].strip(),
        office=head["office"],
        on=_day_of_head(head, name),
        answers={key: Answer(**given) for key, given in answers.items()},
    )
    see = partial(seen_in_cells, questionnaire)
    whole = with_carried(reply, _carried(book), see=see, name=name)
    return reply_from_json(reply_to_json(whole), name=name)


def _head(book: Workbook, name: str) -> dict[str, str]:
    sheet = worksheet(book, layout.HEAD)
    if sheet is None:
        raise InvalidQuestionnaire(message("{file} is no workbook of a reply.", file=name))
    rows = sheet.iter_rows(min_row=1, max_row=20, max_col=3, values_only=True)
    found = {str(row[0]): row[2] for row in rows if row[0] is not None}
    wanted = ("questionnaire", "version", "country", "office", "on", "format")
    return {one: _typed(found.get(one)) for one in wanted}


def _typed(value: object) -> str:
    """Return what was typed, a day as it is written in the form."""
    return value.isoformat()[:10] if isinstance(value, date) else text_in(value)


def _check_form(head: Mapping[str, str], questionnaire: Questionnaire, name: str) -> None:
    if (head["questionnaire"], head["version"]) != (questionnaire.key, str(questionnaire.version)):
        raise InvalidQuestionnaire(
            message(
                "{file} needs to be a reply to “{wanted}”, version {version}, and is not.",
                file=name,
                wanted=questionnaire.key,
                version=questionnaire.version,
            )
        )
    if head["format"] != str(layout.FORMAT):
        raise InvalidQuestionnaire(
            message("{file} has a form that this version does not read.", file=name)
        )


def _day_of_head(head: Mapping[str, str], name: str) -> date:
    found = day_in(head["on"], f"{layout.HEAD}!C5")
    if found is None:
        raise InvalidQuestionnaire(
            message("{file} needs the day as of which the answers hold.", file=name)
        )
    return found


def _rows_of_items(
    book: Workbook, number: int, questionnaire: Questionnaire, file: str
) -> dict[str, Row]:
    """Return the row of each item of a section; each has to be there once."""
    sheet = layout.group_sheet(number)
    wanted = [item.key for item in questionnaire.groups[number - 1].items]
    rows: dict[str, list[Row]] = {key: [] for key in wanted}
    for row in rows_of(book, sheet, layout.item_columns(questionnaire), file=file):
        key = row.text("item").strip()
        if key not in rows:
            raise _no_item(row)
        rows[key].append(row)
    for key in wanted:
        if len(rows[key]) != 1:
            raise InvalidQuestionnaire(
                message(
                    "The sheet “{sheet}” of {file} needs the row of {item} once.",
                    sheet=sheet,
                    file=file,
                    item=key,
                )
            )
    return {key: row for key, (row,) in rows.items()}


def _no_item(row: Row) -> InvalidQuestionnaire:
    return InvalidQuestionnaire(
        message("The cell {place} names no item of the questionnaire.", place=row.place("item"))
    )


def _given(row: Row, questionnaire: Questionnaire) -> dict[str, Any]:
    """Return what was typed in the row of an item; nothing if it is empty."""
    choice, state = row.chosen("choice", "choice"), row.chosen("state", "state")
    marks = tuple(
        one.key for one in questionnaire.marks if row.chosen(f"{layout.MARK}{one.key}", "mark")
    )
    given: dict[str, Any] = {
        "choice": Choice(choice) if choice else None,
        "text": row.text("text"),
        "day": row.day("day"),
        "marks": marks,
        "follow_up": row.text("follow_up"),
        "follow_up_day": row.day("follow_up_day"),
        "language": row.text("language"),
        "confidential": bool(row.chosen("confidential", "mark")),
        "confirmed": _confirmed(row),
    }
    filled = {name: value for name, value in given.items() if value not in (None, "", (), False)}
    if state:
        return {**filled, "state": AnswerState(state)}
    return {**filled, "state": AnswerState.DRAFTED} if filled else {}


def _confirmed(row: Row) -> Confirmation | None:
    by, on = row.text("confirmed_by"), row.day("confirmed_on")
    if on is None:
        if by:
            raise InvalidQuestionnaire(
                message(
                    "The cell {place} needs the day on which the office confirmed the answer.",
                    place=row.place("confirmed_on"),
                )
            )
        return None
    return Confirmation(by=by, on=on)


def _table_row(row: Row, keys: Sequence[str]) -> dict[str, str]:
    return {key: text for key in keys if (text := row.text(key))}


def _add_beside(
    book: Workbook, answers: dict[str, dict[str, Any]], questionnaire: Questionnaire, name: str
) -> None:
    for row in rows_of(book, layout.SOURCES, layout.source_columns(), file=name):
        kind = SourceKind(row.chosen("kind", "kind") or SourceKind.DOCUMENT)
        source = Source(
            kind=kind,
            name=row.text("name"),
            reference=row.text("reference"),
            dated=row.day("dated"),
        )
        _add(answers, _item_of(row, questionnaire), "sources", source)
    for row in rows_of(book, layout.ATTACHMENTS, layout.attachment_columns(), file=name):
        file = Attachment(name=row.text("name"), sha256=row.text("sha256").strip())
        _add(answers, _item_of(row, questionnaire), "attachments", file)


def _item_of(row: Row, questionnaire: Questionnaire) -> str:
    key = row.text("item").strip()
    if questionnaire.item(key) is None:
        raise _no_item(row)
    return key


def _add(answers: dict[str, dict[str, Any]], key: str, field: str, one: object) -> None:
    given = answers.setdefault(key, {"state": AnswerState.DRAFTED})
    given[field] = (*given.get(field, ()), one)


def _carried(book: Workbook) -> str:
    sheet = worksheet(book, layout.CARRIED)
    if sheet is None:
        return ""
    cells = (cell for (_, column), cell in sorted(sheet._cells.items()) if column == 1)
    return "".join(str(cell.value) for cell in cells if cell.value is not None)
