"""This file knows how an answer is drawn from the workspace: proposed, and taken by a person.

A proposal is offered only where nobody has answered yet. What is taken is a draft that names its
sources, and no office has confirmed it; somebody reads it and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from forestall.errors import AnswerChanged, InvalidQuestionnaire
from forestall.languages import available_languages, message, use_language
from forestall.questionnaires import Answer, AnswerState, find_route
from forestall.questionnaires.checking import label_of
from forestall.web.returns.answering import section_of, seen, with_answer
from forestall.web.returns.drawing import Proposal, drawn_from
from forestall.web.returns.policies import check_may_write, sections_written
from forestall.web.returns.services import change_return

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.questionnaires import Item, Reply
    from forestall.web.people.models import Person
    from forestall.web.returns.models import Return

# What is drawn from the workspace bears on the questions of this instrument only.
DRAWN_FOR = "2006-20"


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A proposal as a page shows it.

    Attributes
    ----------
    item, label
        Which question.
    answer
        The draft that it would be.
    seen
        By what the answer there is now is recognised.
    """

    item: Item
    label: str
    answer: Answer
    seen: str


def offered_to(found: Return, person: Person) -> list[Offered]:
    """Return the proposals for questions that are asked, open, and the person's to write."""
    if found.questionnaire != DRAWN_FOR:
        return []
    asked, reply = found.asked, found.reply
    route, own = find_route(asked, reply.answers), sections_written(person, found)
    offered = []
    for item, draft in _drafts(found, person).items():
        question = asked.item(item)
        there = reply.answers.get(item)
        if question is None or item not in route.asked or section_of(asked, item) not in own:
            continue
        if there is None or there.state is AnswerState.OPEN:
            offered.append(
                Offered(item=question, label=label_of(question), answer=draft, seen=seen(there))
            )
    places = {item.key: at for at, item in enumerate(asked.items)}
    return sorted(offered, key=lambda one: places[one.item.key])


def take_proposals(*, found: Return, wanted: Mapping[str, str], by: Person) -> Return:
    """Take proposals as drafts, all that are wanted or none.

    Parameters
    ----------
    wanted
        From the key of an item to what the answer there was recognised by; see `seen`.

    Raises
    ------
    NotAllowed
        If a section is not theirs, or the reply was submitted.
    AnswerChanged
        If somebody answered meanwhile.
    InvalidQuestionnaire
        If the workspace proposes nothing for an item.
    """

    def change(now: Return, reply: Reply) -> Reply:
        offered = {one.item.key: one.answer for one in offered_to(now, by)}
        for item, was in wanted.items():
            check_may_write(by, now, section_of(now.asked, item))
            if seen(reply.answers.get(item)) != was:
                raise AnswerChanged(message("Somebody answered meanwhile; look at it again."))
            if item not in offered:
                raise InvalidQuestionnaire(message("The workspace proposes no such answer now."))
            reply = with_answer(reply, item, offered[item])
        return reply

    return change_return(found=found, change=change, by=by, what="proposals")


def _drafts(found: Return, person: Person) -> dict[str, Answer]:
    tag = found.jurisdiction.language
    tag = tag if tag in available_languages() else "en"
    with use_language(tag):
        return {
            one.item: _draft(one, tag)
            for one in drawn_from(found.jurisdiction, person, on=found.reply.on)
        }


def _draft(one: Proposal, tag: str) -> Answer:
    text, follow_up = str(one.text), str(one.follow_up)
    draft = Answer(
        state=AnswerState.DRAFTED,
        choice=one.choice,
        text=text,
        follow_up=follow_up,
        follow_up_day=one.follow_up_day,
        sources=one.sources,
    )
    return msgspec.structs.replace(draft, language=tag) if text or follow_up else draft
