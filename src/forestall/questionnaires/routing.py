"""This file knows which items and follow-ups are asked, given the answers so far.

Conditions refer to earlier items only, so one pass from the first item to the last settles it, and
the order in which somebody answered changes nothing. An answer to an item that is no longer asked
is kept, but set aside and named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.questionnaires.vocabulary import AnswerState, AnswerType, Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.questionnaires.records import Item, Questionnaire
    from forestall.questionnaires.replies import Answer


@dataclass(frozen=True, kw_only=True)
class Route:
    """What is asked.

    Attributes
    ----------
    asked
        Keys of the items, headings included, in the order of the questionnaire.
    follow_ups
        Keys of the items under which a follow-up is asked, in the same order.
    set_aside
        Keys of items that were answered and are not asked any more.
    unknown
        Keys of answers for which the questionnaire has no item.
    """

    asked: tuple[str, ...]
    follow_ups: tuple[str, ...]
    set_aside: tuple[str, ...]
    unknown: tuple[str, ...]


def find_route(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> Route:
    """Find what is asked, given the answers so far.

    Parameters
    ----------
    answers
        From the key of an item to its answer.

    Examples
    --------
    >>> from forestall.questionnaires.definitions import read_definition
    >>> from forestall.questionnaires.replies import Answer
    >>> adopted = Answer(state=AnswerState.DRAFTED, choice=Choice.YES)
    >>> "Q2(a).leg" in find_route(read_definition("2006-20"), {"Q2(a)": adopted}).asked
    True
    >>> find_route(read_definition("2006-20"), {"Q2(a).leg": adopted}).set_aside
    ('Q2(a).leg',)
    """
    asked: dict[str, Item] = {}
    for item in questionnaire.items:
        if _is_asked(item, asked, answers):
            asked[item.key] = item
    known = {item.key for item in questionnaire.items}
    followed = {
        item.follow_up.shared_with or key
        for key, item in asked.items()
        if item.follow_up is not None and chosen(answers.get(key)) in item.follow_up.when
    }
    return Route(
        asked=tuple(asked),
        follow_ups=tuple(key for key in asked if key in followed),
        set_aside=tuple(
            item.key
            for item in questionnaire.items
            if item.key in answers and not _is_answered_at(item, asked)
        ),
        unknown=tuple(sorted(set(answers) - known)),
    )


def chosen(answer: Answer | None) -> Choice | None:
    """Return what was chosen; None while the answer is open, or where the question does not fit.

    Examples
    --------
    >>> from forestall.questionnaires.replies import Answer
    >>> chosen(Answer(choice=Choice.YES)) is None
    True
    """
    if answer is None or answer.state is not AnswerState.DRAFTED:
        return None
    return answer.choice


def _is_asked(item: Item, asked: Mapping[str, Item], answers: Mapping[str, Answer]) -> bool:
    if item.parent and item.parent not in asked:
        return False
    return not item.asked_if or any(
        one.item in asked and chosen(answers.get(one.item)) in one.choices for one in item.asked_if
    )


def _is_answered_at(item: Item, asked: Mapping[str, Item]) -> bool:
    return item.key in asked and item.type is not AnswerType.HEADING
