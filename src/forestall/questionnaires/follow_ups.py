"""This file knows what is found at follow-ups: missing, or given though not asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Message, message
from forestall.questionnaires.findings import FindingKind
from forestall.questionnaires.routing import chosen
from forestall.questionnaires.vocabulary import FollowUpType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from forestall.questionnaires.records import FollowUp, Item
    from forestall.questionnaires.replies import Answer
    from forestall.questionnaires.routing import Route

Found = tuple[FindingKind, Message]


def findings_of_follow_up(
    item: Item, answers: Mapping[str, Answer], route: Route, label: str
) -> Iterator[Found]:
    """Yield what is found at the follow-up of one item that is asked.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires.definitions import read_definition
    >>> from forestall.questionnaires.replies import Answer
    >>> from forestall.questionnaires.routing import find_route
    >>> from forestall.questionnaires.vocabulary import AnswerState, Choice
    >>> asked = read_definition("2006-20")
    >>> answers = {
    ...     "Q2(a)": Answer(
    ...         state=AnswerState.DRAFTED, choice=Choice.NO, follow_up_day=date(2025, 3, 1)
    ...     )
    ... }
    >>> route = find_route(asked, answers)
    >>> for kind, said in findings_of_follow_up(asked.item("Q2(a)"), answers, route, "2(a)"):
    ...     print(said)
    2(a) is answered with “no”, but a date is given that goes with another answer.
    """
    follow_up = item.follow_up
    if follow_up is None:
        if _holds(answers.get(item.key)):
            yield (
                FindingKind.FORM,
                message("{item} asks for no follow-up, but one is given.", item=label),
            )
    elif follow_up.type is FollowUpType.TABLE:
        yield from _of_table(item, follow_up, answers, label)
    elif not follow_up.shared_with:
        yield from _of_text(item, follow_up, answers.get(item.key), route, label)
    elif _holds(answers.get(item.key)):
        yield (
            FindingKind.FORM,
            message(
                "The follow-up of {item} stands under “{other}”, with which it shares one field.",
                item=label,
                other=follow_up.shared_with,
            ),
        )


def _of_text(
    item: Item, follow_up: FollowUp, answer: Answer | None, route: Route, label: str
) -> Iterator[Found]:
    with_day = follow_up.type is FollowUpType.TEXT_AND_DATE
    if item.key in route.follow_ups:
        if answer is None or not answer.follow_up.strip():
            yield (
                FindingKind.FOLLOW_UP,
                message("{item} asks for a follow-up, which is missing.", item=label),
            )
        if with_day and (answer is None or answer.follow_up_day is None):
            yield (
                FindingKind.FOLLOW_UP,
                message("{item} asks for a date, which is missing.", item=label),
            )
    elif answer is not None:
        yield from _unasked(answer, label)
    if answer is not None and answer.follow_up_day is not None and not with_day:
        yield FindingKind.FORM, message("{item} asks for no date, but one is given.", item=label)


def _unasked(answer: Answer, label: str) -> Iterator[Found]:
    choice = chosen(answer)
    if choice is None:
        return
    if answer.follow_up_day is not None:
        yield (
            FindingKind.CONTRADICTION,
            message(
                "{item} is answered with “{choice}”, but a date is given that goes with another "
                "answer.",
                item=label,
                choice=choice.words,
            ),
        )
    elif answer.follow_up.strip():
        yield (
            FindingKind.CONTRADICTION,
            message(
                "{item} is answered with “{choice}”, but a follow-up is given that goes with "
                "another answer.",
                item=label,
                choice=choice.words,
            ),
        )


def _of_table(
    item: Item, follow_up: FollowUp, answers: Mapping[str, Answer], label: str
) -> Iterator[Found]:
    choice = chosen(answers.get(item.key))
    is_marked = any(
        follow_up.mark in answers[key].marks for key in follow_up.items if key in answers
    )
    if choice in follow_up.when and not is_marked:
        yield (
            FindingKind.FOLLOW_UP,
            message("{item} asks to mark areas in the table, but none is marked.", item=label),
        )
    if choice is not None and choice not in follow_up.when and is_marked:
        yield (
            FindingKind.CONTRADICTION,
            message(
                "{item} is answered with “{choice}”, but areas are marked in the table for it.",
                item=label,
                choice=choice.words,
            ),
        )


def _holds(answer: Answer | None) -> bool:
    return answer is not None and bool(answer.follow_up.strip() or answer.follow_up_day)
