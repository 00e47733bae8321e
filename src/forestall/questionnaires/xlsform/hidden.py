"""This file knows which fields of a form nobody is asked, given what stands in the others.

A tool drops what it does not ask when it sends a submission. An answer that is set aside would be
lost there, so it goes along beside the fields as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from forestall.questionnaires.replies import Answer, Reply
from forestall.questionnaires.routing import find_route
from forestall.questionnaires.vocabulary import AnswerState, AnswerType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forestall.questionnaires.records import Item, Questionnaire

# Where an answer stands that has a field of its own; everything else stands in the last repeat.
_FIELDS = {
    AnswerType.CHOICE: "choice",
    AnswerType.TEXT: "text",
    AnswerType.DATE: "day",
    AnswerType.MARKS: "marks",
    AnswerType.TABLE: "rows",
}
_FOLLOW_UP = ("follow_up", "follow_up_day")


def hidden_in(questionnaire: Questionnaire, reply: Reply) -> dict[str, tuple[str, ...]]:
    """Return from the key of an item to those parts of its answer whose fields are not asked.

    A form asks by what stands in its fields, however far somebody says that an answer is.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires.definitions import read_definition
    >>> from forestall.questionnaires.vocabulary import Choice
    >>> no = {"Q1": Answer(choice=Choice.NO, follow_up="an earlier plan")}
    >>> reply = Reply(
    ...     questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31), answers=no
    ... )
    >>> hidden_in(read_definition("2006-20"), reply)
    {'Q1': ('follow_up', 'follow_up_day')}
    """
    items = {one.key: one for one in questionnaire.items if one.key in reply.answers}
    route = find_route(
        questionnaire, {key: _as_shown(one, reply.answers[key]) for key, one in items.items()}
    )
    asked, follow_ups = set(route.asked), set(route.follow_ups)
    found = {}
    for key, item in items.items():
        names = () if key in asked or item.type not in _FIELDS else (_FIELDS[item.type],)
        found[key] = names if key in follow_ups else (*names, *_FOLLOW_UP)
    return found


def _as_shown(item: Item, answer: Answer) -> Answer:
    choice = answer.choice if answer.choice in item.choices else None
    return Answer(state=AnswerState.DRAFTED, choice=choice)


def without(answer: Answer, names: Iterable[str]) -> Answer:
    """Return an answer without some of its parts.

    Examples
    --------
    >>> without(Answer(text="a", follow_up="b"), ["follow_up"]).follow_up
    ''
    """
    empty = Answer()
    return replace(answer, **{name: getattr(empty, name) for name in names})


def as_sent(reply: Reply, hidden: Mapping[str, Iterable[str]]) -> Reply:
    """Return what a tool sends of a reply: everything but what is hidden.

    Examples
    --------
    >>> from datetime import date
    >>> reply = Reply(
    ...     questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31),
    ...     answers={"Q3": Answer(text="a")},
    ... )
    >>> as_sent(reply, {"Q3": ["text"]}).answers["Q3"] == Answer()
    True
    """
    answers = {key: without(one, hidden.get(key, ())) for key, one in reply.answers.items()}
    return replace(reply, answers=answers)
