"""This file knows which items a questionnaire can hold, and to what they can refer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forestall.languages import Message, message
from forestall.questionnaires.vocabulary import AnswerType, FollowUpType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from forestall.questionnaires.records import Condition, FollowUp, Item, Questionnaire

_KEY = re.compile(r"[A-Za-z0-9]+([.()-]+[A-Za-z0-9]+)*\)?")
_MOST_LETTERS = 60


def faults_of_items(questionnaire: Questionnaire) -> Iterator[Message]:
    """Yield what the items of a questionnaire have that none can have, the first first.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> list(faults_of_items(read_definition("2006-20")))
    []
    """
    earlier: dict[str, Item] = {}
    marks = {one.key for one in questionnaire.marks}
    later = {one.key: one for one in questionnaire.items}
    for item in questionnaire.items:
        if not _KEY.fullmatch(item.key) or len(item.key) > _MOST_LETTERS:
            yield message(
                "The key of an item has letters, digits and signs such as in “Q4(c)(ii)”, but "
                "not “{key}”.",
                key=item.key[:_MOST_LETTERS],
            )
        if item.key in earlier:
            yield message("The item {item} stands there twice.", item=item.key)
        yield from _faults_of_kind(item, marks)
        yield from _faults_of_references(item, earlier)
        if item.follow_up is not None:
            yield from _faults_of_follow_up(item, item.follow_up, earlier, later)
        earlier[item.key] = item
    for at, contradiction in enumerate(questionnaire.contradictions):
        if not contradiction.all_of:
            yield message("The contradiction at {place} names no answer.", place=at)
        for condition in contradiction.all_of:
            yield from _faults_of_condition(condition, earlier, f"contradictions[{at}]")


def _faults_of_kind(item: Item, marks: set[str]) -> Iterator[Message]:
    needed = {
        AnswerType.CHOICE: item.choices,
        AnswerType.MARKS: item.marks,
        AnswerType.TABLE: item.columns,
    }
    for kind, given in needed.items():
        if (item.type is kind) != bool(given):
            yield message(
                "The item {item} has choices, boxes or columns only where its kind of answer "
                "needs them, and all that it needs.",
                item=item.key,
            )
    if len(set(item.choices)) < len(item.choices) or len(set(item.marks)) < len(item.marks):
        yield message("The item {item} offers the same twice.", item=item.key)
    columns = [one.key for one in item.columns]
    if len(set(columns)) < len(columns):
        yield message("The table of {item} has the same column twice.", item=item.key)
    for mark in item.marks:
        if mark not in marks:
            yield message(
                "The item {item} has a box “{mark}” that the questionnaire does not name.",
                item=item.key,
                mark=mark[:_MOST_LETTERS],
            )


def _faults_of_references(item: Item, earlier: Mapping[str, Item]) -> Iterator[Message]:
    if item.parent and item.parent not in earlier:
        yield message(
            "The item {item} stands under “{key}”, but no earlier item has this key.",
            item=item.key,
            key=item.parent[:_MOST_LETTERS],
        )
    for condition in item.asked_if:
        yield from _faults_of_condition(condition, earlier, item.key)


def _faults_of_condition(
    condition: Condition, earlier: Mapping[str, Item], place: str
) -> Iterator[Message]:
    of = earlier.get(condition.item)
    if of is None:
        yield message(
            "The condition of {place} refers to “{key}”, but no earlier item has this key.",
            place=place,
            key=condition.item[:_MOST_LETTERS],
        )
    elif not condition.choices or not set(condition.choices) <= set(of.choices):
        yield message(
            "The condition of {place} names a choice that {item} does not offer.",
            place=place,
            item=of.key,
        )


def _faults_of_follow_up(
    item: Item, follow_up: FollowUp, earlier: Mapping[str, Item], later: Mapping[str, Item]
) -> Iterator[Message]:
    if not follow_up.when or not set(follow_up.when) <= set(item.choices):
        yield message(
            "The follow-up of {item} waits for a choice that is not offered.", item=item.key
        )
    if follow_up.shared_with and not _shares(follow_up, earlier):
        yield message(
            "The follow-up of {item} shares a field with “{key}”, which has no such field.",
            item=item.key,
            key=follow_up.shared_with[:_MOST_LETTERS],
        )
    is_table = follow_up.type is FollowUpType.TABLE
    rows = [later.get(key) for key in follow_up.items]
    wrong = any(row is None or follow_up.mark not in row.marks for row in rows)
    if is_table != bool(rows) or is_table != bool(follow_up.mark) or wrong:
        yield message(
            "The follow-up of {item} names rows and a box where it is a table, and only there.",
            item=item.key,
        )


def _shares(follow_up: FollowUp, earlier: Mapping[str, Item]) -> bool:
    other = earlier.get(follow_up.shared_with)
    if other is None or other.follow_up is None:
        return False
    return other.follow_up.type is follow_up.type and not other.follow_up.shared_with
