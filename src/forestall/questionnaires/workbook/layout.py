"""This file knows which sheets and columns a workbook of a reply has.

The first row of each sheet is hidden and holds the names by which columns are found again, so that
a column that somebody moved is still read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import in_language, message
from forestall.questionnaires.vocabulary import AnswerState, AnswerType, Choice, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import Message, Text
    from forestall.questionnaires.records import Item, Questionnaire

FORMAT = 1
HEAD, SOURCES, ATTACHMENTS, LISTS, CARRIED = "reply", "sources", "attachments", "lists", "carried"
NAME_ROW, TITLE_ROW, FIRST_ROW = 1, 2, 3
MARKED = "x"
MARK = "mark:"


@dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """A column of a sheet.

    Attributes
    ----------
    name
        By which it is found again.
    title
        What a reader sees over it.
    width
        In characters.
    answer
        Whether it can be typed into.
    choices
        Name of the list from which its cells are chosen; "" for free text.
    """

    name: str
    title: Text
    width: int = 18
    answer: bool = True
    choices: str = ""


def item_columns(questionnaire: Questionnaire) -> tuple[SheetColumn, ...]:
    """Return the columns of a sheet of items."""
    marks = tuple(
        SheetColumn(name=f"{MARK}{one.key}", title=in_language(one.title), choices="mark")
        for one in questionnaire.marks
    )
    return (
        SheetColumn(name="item", title=message("Item"), width=12, answer=False),
        SheetColumn(name="level", title=message("Level of government"), width=14, answer=False),
        SheetColumn(name="prompt", title=message("Question"), width=48, answer=False),
        SheetColumn(name="choice", title=message("Choice"), choices="choice"),
        SheetColumn(name="text", title=message("Answer in words"), width=48),
        SheetColumn(name="day", title=message("Day"), width=14),
        *marks,
        SheetColumn(
            name="follow_up_prompt", title=message("Follow-up question"), width=36, answer=False
        ),
        SheetColumn(name="follow_up", title=message("Answer to the follow-up"), width=48),
        SheetColumn(name="follow_up_day", title=message("Day of the follow-up"), width=14),
        SheetColumn(name="state", title=message("How far it is"), choices="state"),
        SheetColumn(name="language", title=message("Language of the answer"), width=12),
        SheetColumn(name="confidential", title=message("Confidential"), choices="mark"),
        SheetColumn(name="confirmed_by", title=message("Office that confirms it"), width=28),
        SheetColumn(name="confirmed_on", title=message("Confirmed on"), width=14),
    )


def source_columns() -> tuple[SheetColumn, ...]:
    """Return the columns of the sheet of sources."""
    return (
        SheetColumn(name="item", title=message("Item"), width=12),
        SheetColumn(name="kind", title=message("Kind of source"), choices="kind"),
        SheetColumn(name="name", title=message("Source"), width=48),
        SheetColumn(name="reference", title=message("Address, key or page"), width=36),
        SheetColumn(name="dated", title=message("Dated"), width=14),
    )


def attachment_columns() -> tuple[SheetColumn, ...]:
    """Return the columns of the sheet of attached files."""
    return (
        SheetColumn(name="item", title=message("Item"), width=12),
        SheetColumn(name="name", title=message("File"), width=48),
        SheetColumn(name="sha256", title=message("Checksum (SHA-256)"), width=68),
    )


def table_columns(item: Item) -> tuple[SheetColumn, ...]:
    """Return the columns of the sheet of a table; the first numbers the rows that count."""
    own = tuple(
        SheetColumn(name=one.key, title=in_language(one.title), width=32) for one in item.columns
    )
    return (SheetColumn(name="row", title=message("Row"), width=8), *own)


def group_sheet(number: int) -> str:
    """Return the name of the sheet of a section, which is short and free of forbidden signs."""
    return f"section {number}"


def table_sheet(number: int) -> str:
    """Return the name of the sheet of a table."""
    return f"table {number}"


def tables_of(questionnaire: Questionnaire) -> Iterator[tuple[str, Item]]:
    """Yield each table with the name of its sheet."""
    tables = [one for one in questionnaire.items if one.type is AnswerType.TABLE]
    for number, item in enumerate(tables, start=1):
        yield table_sheet(number), item


def lists() -> dict[str, dict[str, Message]]:
    """Return the lists to choose from: from what is kept to what is shown, list by list."""
    return {
        "choice": {one.value: one.words for one in Choice},
        "state": {one.value: one.words for one in AnswerState},
        "kind": {one.value: one.words for one in SourceKind},
        "mark": {MARKED: message("x")},
    }
