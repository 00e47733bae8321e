"""This file knows how a questionnaire with a reply becomes a workbook."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from forestall.languages import direction, in_language, say
from forestall.questionnaires.replies import Answer, Reply
from forestall.questionnaires.workbook import layout
from forestall.questionnaires.workbook.carried import carried_with
from forestall.questionnaires.workbook.cells import put_day, put_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from openpyxl import Workbook
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from forestall.questionnaires.records import Item, Questionnaire
    from forestall.questionnaires.workbook.layout import SheetColumn

    Row = Mapping[str, "str | date | None"]

_SPARE_ROWS = 40
_PIECE = 30_000


def reply_to_workbook(questionnaire: Questionnaire, reply: Reply) -> bytes:
    """Write a reply as a workbook (XLSX), in the language in force.

    Questions, lists and heads are in that language; answers stay as they are. Cells that are no
    answers are locked without a password, so that nobody changes them by mistake.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires import read_definition
    >>> from forestall.questionnaires.workbook import reply_from_workbook
    >>> asked = read_definition("2006-20")
    >>> empty = Reply(questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31))
    >>> reply_from_workbook(reply_to_workbook(asked, empty), asked) == empty
    True
    """
    from openpyxl import Workbook

    book = Workbook()
    _head(book.active, questionnaire, reply)
    _lists(book)
    for number, group in enumerate(questionnaire.groups, start=1):
        sheet = _sheet(book, layout.group_sheet(number), in_language(group.title))
        columns = layout.item_columns(questionnaire)
        _fill(sheet, columns, (_row(questionnaire, item, reply) for item in group.items))
    for name, item in layout.tables_of(questionnaire):
        sheet = _sheet(book, name, f"{item.label} {in_language(item.prompt)}".strip())
        _fill(sheet, layout.table_columns(item), _table_rows(item, reply), spare=_SPARE_ROWS)
    _beside(book, questionnaire, reply)
    _carry(book, questionnaire, reply)
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def _head(sheet: Worksheet, questionnaire: Questionnaire, reply: Reply) -> None:
    sheet.title = layout.HEAD
    rows = (
        ("questionnaire", say("Questionnaire"), reply.questionnaire, False),
        ("version", say("Version"), str(reply.version), False),
        ("country", say("Country, by its two letters"), reply.country, True),
        ("office", say("Office that replies"), reply.office, True),
        ("on", say("Day as of which the answers hold"), reply.on.isoformat(), True),
        ("format", say("Form of this file"), str(layout.FORMAT), False),
    )
    for at, (name, title, value, answer) in enumerate(rows, start=1):
        put_text(sheet.cell(at, 1), name)
        put_text(sheet.cell(at, 2), title)
        put_text(sheet.cell(at, 3), value)
        if answer:
            _open(sheet.cell(at, 3))
    told = (
        in_language(questionnaire.title),
        in_language(questionnaire.about),
        in_language(questionnaire.incomplete),
        say("Type into the light cells only; the others are locked, without a password."),
        say("Mark an answer as confidential, and it never leaves with the reply."),
    )
    for at, text in enumerate((one for one in told if one), start=len(rows) + 2):
        put_text(sheet.cell(at, 2), text)
        _wrap(sheet.cell(at, 2))
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].width = 60, 40
    _protect(sheet)


def _lists(book: Workbook) -> None:
    sheet = book.create_sheet(layout.LISTS)
    for column, (name, words) in enumerate(layout.lists().items(), start=1):
        put_text(sheet.cell(1, column), name)
        for at, word in enumerate(words.values(), start=2):
            put_text(sheet.cell(at, column), str(word))
    sheet.sheet_state = "hidden"
    _protect(sheet)


def _sheet(book: Workbook, name: str, title: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(name)
    sheet.oddHeader.center.text = title[:200].replace("&", "&&")
    return sheet


def _fill(
    sheet: Worksheet, columns: Sequence[SheetColumn], rows: Iterable[Row], *, spare: int = 0
) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for at, column in enumerate(columns, start=1):
        put_text(sheet.cell(layout.NAME_ROW, at), column.name)
        head = sheet.cell(layout.TITLE_ROW, at)
        put_text(head, str(column.title))
        head.font = Font(bold=True)
        _wrap(head)
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    written: list[Row] = [*rows, *({} for _ in range(spare))]
    for number, row in enumerate(written, start=layout.FIRST_ROW):
        _write_row(sheet, number, columns, row)
    last = layout.FIRST_ROW + len(written) - 1
    for at, column in enumerate(columns, start=1):
        if column.choices:
            _choose(sheet, get_column_letter(at), last, column.choices)
    sheet.row_dimensions[layout.NAME_ROW].hidden = True
    sheet.freeze_panes = sheet.cell(layout.FIRST_ROW, 2)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{layout.TITLE_ROW}:{layout.TITLE_ROW}"
    _protect(sheet)


def _write_row(sheet: Worksheet, at: int, columns: Sequence[SheetColumn], row: Row) -> None:
    for column, one in enumerate(columns, start=1):
        cell = sheet.cell(at, column)
        value = row.get(one.name)
        if isinstance(value, str) or value is None:
            put_text(cell, value or "")
        else:
            put_day(cell, value)
        _wrap(cell)
        if one.answer:
            _open(cell)


def _row(questionnaire: Questionnaire, item: Item, reply: Reply) -> Row:
    answer = reply.answers.get(item.key)
    found: dict[str, str | date | None] = {
        "item": item.key,
        "level": str(item.level.words) if item.level else "",
        "prompt": f"{item.label} {in_language(item.prompt)}".strip(),
    }
    if item.follow_up is not None:
        found["follow_up_prompt"] = in_language(item.follow_up.prompt)
    if answer is not None:
        found |= _answer(questionnaire, answer)
    return found


def _answer(questionnaire: Questionnaire, answer: Answer) -> dict[str, str | date | None]:
    marks = {
        f"{layout.MARK}{one.key}": say("x")
        for one in questionnaire.marks
        if one.key in answer.marks
    }
    return {
        "choice": str(answer.choice.words) if answer.choice else "",
        "text": answer.text,
        "day": answer.day,
        **marks,
        "follow_up": answer.follow_up,
        "follow_up_day": answer.follow_up_day,
        "state": str(answer.state.words),
        "language": answer.language,
        "confidential": say("x") if answer.confidential else "",
        "confirmed_by": answer.confirmed.by if answer.confirmed else "",
        "confirmed_on": answer.confirmed.on if answer.confirmed else None,
    }


def _table_rows(item: Item, reply: Reply) -> Iterable[Row]:
    answer = reply.answers.get(item.key, Answer())
    keys = {one.key for one in item.columns}
    for number, row in enumerate(answer.rows, start=1):
        yield {"row": str(number), **{key: row[key] for key in keys & set(row)}}


def _beside(book: Workbook, questionnaire: Questionnaire, reply: Reply) -> None:
    keys = {one.key for one in questionnaire.items}
    known = {key: answer for key, answer in reply.answers.items() if key in keys}
    sources = [
        {
            "item": key,
            "kind": str(one.kind.words),
            "name": one.name,
            "reference": one.reference,
            "dated": one.dated,
        }
        for key, answer in known.items()
        for one in answer.sources
    ]
    files = [
        {"item": key, "name": one.name, "sha256": one.sha256}
        for key, answer in known.items()
        for one in answer.attachments
    ]
    sheet = _sheet(book, layout.SOURCES, say("What the answers were drawn from"))
    _fill(sheet, layout.source_columns(), sources, spare=_SPARE_ROWS)
    sheet = _sheet(book, layout.ATTACHMENTS, say("Files that show what the answers say"))
    _fill(sheet, layout.attachment_columns(), files, spare=_SPARE_ROWS)


def _carry(book: Workbook, questionnaire: Questionnaire, reply: Reply) -> None:
    """Write what no cell can hold into a hidden sheet, in pieces that fit a cell."""
    text = carried_with(questionnaire, reply)
    sheet = book.create_sheet(layout.CARRIED)
    sheet.sheet_state = "hidden"
    for at, start in enumerate(range(0, len(text), _PIECE), start=1):
        put_text(sheet.cell(at, 1), text[start : start + _PIECE])
    _protect(sheet)


def _choose(sheet: Worksheet, letter: str, last: int, name: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    at = list(layout.lists()).index(name)
    column, count = "ABCDEFGH"[at], len(layout.lists()[name])
    rule = DataValidation(
        type="list",
        formula1=f"{layout.LISTS}!${column}$2:${column}${count + 1}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=say("Not in the list"),
        error=say("Choose one of the list, or leave the cell empty."),
    )
    sheet.add_data_validation(rule)
    rule.add(f"{letter}{layout.FIRST_ROW}:{letter}{max(last, layout.FIRST_ROW)}")


def _open(cell: Cell | MergedCell) -> None:
    from openpyxl.styles import PatternFill, Protection

    cell.protection = Protection(locked=False)
    cell.fill = PatternFill("solid", fgColor="FFF7E6")


def _wrap(cell: Cell | MergedCell) -> None:
    from openpyxl.styles import Alignment

    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _protect(sheet: Worksheet) -> None:
    sheet.protection.sheet = True
    sheet.sheet_view.rightToLeft = direction() == "rtl"
