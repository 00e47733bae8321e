"""This file knows what an answer says, as names and values in the language in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, Listing, in_language, message

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from forestall.languages import Text
    from forestall.questionnaires import Answer, Item, Questionnaire


def facts_of(
    item: Item, answer: Answer | None, asked: Questionnaire
) -> tuple[tuple[Text, Text], ...]:
    """Return what an answer says, as names and values; of what it does not say, nothing.

    Examples
    --------
    >>> from forestall.questionnaires import Answer, read_definition
    >>> asked = read_definition("2006-20")
    >>> [(str(name), str(value)) for name, value in
    ...     facts_of(asked.item("Q3"), Answer(text="The ministry"), asked)]
    [('In words', 'The ministry')]
    """
    if answer is None:
        return ()
    titles = {one.key: in_language(one.title) for one in asked.marks}
    columns = {one.key: in_language(one.title) for one in item.columns}
    rows: list[tuple[Text, Text]] = [
        (message("Answer"), answer.choice.words if answer.choice else ""),
        (message("In words"), answer.text),
        (message("Day"), _day(answer.day)),
        (message("Marked"), _listed(titles.get(one, one) for one in answer.marks)),
    ]
    rows.extend(
        (
            message("Row {row}", row=at),
            "; ".join(f"{columns.get(key, key)}: {cell}" for key, cell in row.items() if cell),
        )
        for at, row in enumerate(answer.rows, start=1)
    )
    rows.extend(
        [
            (message("Answer to the follow-up"), answer.follow_up),
            (message("Date of the follow-up"), _day(answer.follow_up_day)),
            (message("Sources"), _listed(one.name for one in answer.sources)),
            (message("Files"), _listed(one.name for one in answer.attachments)),
            (message("Confidential"), message("yes") if answer.confidential else ""),
            (message("Confirmed by"), answer.confirmed.by if answer.confirmed else ""),
        ]
    )
    return tuple((name, value) for name, value in rows if str(value))


def _listed(names: Iterable[str]) -> Text:
    found = list(names)
    return Listing(found) if found else ""


def _day(day: date | None) -> Text:
    return Day(day) if day is not None else ""
