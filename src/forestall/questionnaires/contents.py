"""This file knows what is found in one answer: empty, of another form than asked, or too late."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from forestall.languages import Listing, Message, message
from forestall.questionnaires.findings import FindingKind
from forestall.questionnaires.vocabulary import AnswerState, AnswerType, CellType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.questionnaires.records import Item
    from forestall.questionnaires.replies import Answer

_FIELD_OF = {
    AnswerType.CHOICE: "choice",
    AnswerType.TEXT: "text",
    AnswerType.DATE: "day",
    AnswerType.MARKS: "marks",
    AnswerType.TABLE: "rows",
}


def is_empty(item: Item, answer: Answer) -> bool:
    """Say whether an answer says nothing; a row without marks says that none applies.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> from forestall.questionnaires.replies import Answer
    >>> is_empty(read_definition("2006-20").item("Q3"), Answer(text=" "))
    True
    """
    if item.type in (AnswerType.HEADING, AnswerType.MARKS):
        return False
    if item.type is AnswerType.TEXT:
        return not answer.text.strip()
    return not getattr(answer, _FIELD_OF[item.type])


def findings_of_form(item: Item, answer: Answer, label: str) -> Iterator[Message]:
    """Yield what an answer holds that its item does not ask for.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> from forestall.questionnaires.replies import Answer
    >>> from forestall.questionnaires.vocabulary import Choice
    >>> partly = Answer(state=AnswerState.DRAFTED, choice=Choice.PARTLY)
    >>> for said in findings_of_form(read_definition("2006-20").item("Q4(b)"), partly, "4(b)"):
    ...     print(said)
    4(b) offers “yes”, “no”, and “not applicable”, but “yes, in part” was answered.
    """
    if answer.choice is not None and item.choices and answer.choice not in item.choices:
        yield message(
            "{item} offers {offered}, but “{found}” was answered.",
            item=label,
            offered=Listing([message("“{choice}”", choice=one.words) for one in item.choices]),
            found=answer.choice.words,
        )
    if set(answer.marks) - set(item.marks) and item.marks:
        yield message("{item} has a mark in a box that the table does not have.", item=label)
    if item.columns:
        yield from _findings_of_rows(item, answer, label)
    fits = answer.state is AnswerState.NOT_APPLICABLE
    for kind, field in _FIELD_OF.items():
        if kind is not item.type and getattr(answer, field) and not (fits and field == "text"):
            yield message(
                "{item} has an answer of a kind that is not asked for there; it is kept.",
                item=label,
            )
    if (answer.text.strip() or answer.follow_up.strip()) and not answer.language:
        yield message("{item} does not say in which language its text is.", item=label)
    if answer.state is AnswerState.NOT_APPLICABLE and not answer.text.strip():
        yield message("{item} does not apply, but no reason is given.", item=label)


def _findings_of_rows(item: Item, answer: Answer, label: str) -> Iterator[Message]:
    columns = {one.key: one for one in item.columns}
    if any(set(row) - set(columns) for row in answer.rows):
        yield message("{item} fills a column that the table does not have.", item=label)
    for at, row in enumerate(answer.rows, start=1):
        for key, cell in row.items():
            wants_day = key in columns and columns[key].type is CellType.DATE
            if wants_day and cell.strip() and _day(cell) is None:
                yield message(
                    "{item} needs a day such as 2026-01-31 in row {row}.", item=label, row=at
                )


def days_of(item: Item, answer: Answer) -> Iterator[date]:
    """Yield every day that an answer names.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> from forestall.questionnaires.replies import Answer
    >>> list(days_of(read_definition("2006-20").item("Q2(a)"), Answer(day=date(2026, 1, 31))))
    [datetime.date(2026, 1, 31)]
    """
    named = [answer.day, answer.follow_up_day, *(one.dated for one in answer.sources)]
    if answer.confirmed is not None:
        named.append(answer.confirmed.on)
    dated = [one.key for one in item.columns if one.type is CellType.DATE]
    named.extend(_day(row.get(key, "")) for row in answer.rows for key in dated)
    yield from (day for day in named if day is not None)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def opening(item: Item, answer: Answer | None, label: str) -> tuple[FindingKind, Message] | None:
    """Return why an answer is still open; None where it is not.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> print(opening(read_definition("2006-20").item("Q3"), None, "3")[1])
    3 is still open.
    """
    if answer is None or answer.state is AnswerState.OPEN:
        return FindingKind.OPEN, message("{item} is still open.", item=label)
    if answer.state is AnswerState.DRAFTED and is_empty(item, answer):
        return FindingKind.OPEN, message("{item} is drafted, but says nothing yet.", item=label)
    return None
