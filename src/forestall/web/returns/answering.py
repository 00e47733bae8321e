"""This file knows how one answer is changed while others change other answers."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from forestall.errors import AnswerChanged, InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires import Answer, AnswerState, AnswerType, Confirmation
from forestall.web.organisations.models import Membership
from forestall.web.organisations.roles import ALLOWED, Verb
from forestall.web.returns.policies import check_may_write
from forestall.web.returns.services import change_return

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from forestall.questionnaires import Questionnaire, Reply
    from forestall.web.people.models import Person
    from forestall.web.returns.models import Return


def seen(answer: Answer | None) -> str:
    """Return a short hash by which an answer is recognised as it was when a page was opened.

    Examples
    --------
    >>> seen(None), len(seen(Answer(text="The ministry")))
    ('', 32)
    """
    if answer is None:
        return ""
    return hashlib.sha256(msgspec.json.encode(answer)).hexdigest()[:32]


def section_of(asked: Questionnaire, item: str) -> str:
    """Return the key of the section in which an item stands.

    Raises
    ------
    InvalidQuestionnaire
        If there is no such item, or it is a heading.
    """
    for group in asked.groups:
        for one in group.items:
            if one.key == item and one.type is not AnswerType.HEADING:
                return group.key
    raise InvalidQuestionnaire(message("The questionnaire has no such question."))


def save_answer(
    *, found: Return, item: str, answer: Answer, was: str, by: Person, today: date
) -> Return:
    """Save an answer, unless somebody else changed it since the person read it.

    A confirmation is that of the office of whoever saves; it ends when the answer changes, unless
    it is given anew. Only that one is there matters of `answer.confirmed`.

    Parameters
    ----------
    was
        By what the answer was recognised when it was read; see `seen`.

    Raises
    ------
    NotAllowed
        If the section is not theirs, or the reply was submitted.
    AnswerChanged
        If somebody else changed the answer meanwhile.
    InvalidQuestionnaire
        If there is no such question, or the answer cannot be kept.
    """
    section = section_of(found.asked, item)

    def change(now: Return, reply: Reply) -> Reply:
        check_may_write(by, now, section)
        there = reply.answers.get(item)
        if seen(there) != was:
            if not _same_but_confirmed(answer, there):
                raise AnswerChanged(
                    message("Somebody changed this answer while you were writing; compare both.")
                )
            # What is there already takes nothing from anybody: a form that saved itself late, on a
            # slow line, does not end the confirmation that was given meanwhile.
            if answer.confirmed is None:
                return reply
        made = confirmed_by(answer, there, office=offices_of(by, now)[section], today=today)
        return with_answer(reply, item, made)

    return change_return(found=found, change=change, by=by, what=item)


def save_answers(
    *, found: Return, answers: Mapping[str, Answer], was: str, by: Person, today: date
) -> Return:
    """Save several answers, all or none, unless the reply changed since the person read it.

    Parameters
    ----------
    answers
        From the key of an item to its answer; each is confirmed as by `save_answer`, and its files
        stay as they are.
    was
        By what the reply was recognised when it was read: the number of its revision.

    Raises
    ------
    NotAllowed
        If a section is not theirs, or the reply was submitted.
    AnswerChanged
        If somebody changed the reply meanwhile.
    InvalidQuestionnaire
        If there is no such question, or an answer cannot be kept.
    """

    def change(now: Return, reply: Reply) -> Reply:
        offices = offices_of(by, now)
        check_unchanged(now, was)
        sections = {item: section_of(now.asked, item) for item in answers}
        for section in sorted(set(sections.values())):
            check_may_write(by, now, section)
        for item, sent in answers.items():
            there = reply.answers.get(item)
            files = there.attachments if there is not None else ()
            answer = msgspec.structs.replace(sent, attachments=files)
            made = confirmed_by(answer, there, office=offices[sections[item]], today=today)
            reply = with_answer(reply, item, made)
        return reply

    return change_return(found=found, change=change, by=by, what=", ".join(sorted(answers)))


def check_unchanged(found: Return, was: str) -> None:
    """Make sure that a reply is as it was read.

    Raises
    ------
    AnswerChanged
        If it has another revision now.
    """
    if was != str(found.revision):
        raise AnswerChanged(
            message("Somebody changed the reply meanwhile; read it again, then save.")
        )


def with_answer(reply: Reply, item: str, answer: Answer) -> Reply:
    """Return a reply with another answer; one that says nothing at all is none."""
    answers = {key: one for key, one in reply.answers.items() if key != item}
    if answer != Answer(state=AnswerState.OPEN):
        answers[item] = answer
    return msgspec.structs.replace(reply, answers=answers)


def offices_of(person: Person, found: Return) -> dict[str, str]:
    """Return for each section the organisation for which a person writes it, never their name.

    Only what lets them write counts, and an organisation to which the section is assigned comes
    before others. Of somebody who writes nothing, it is empty.
    """
    writing = ALLOWED[Verb.WRITE_RETURN]
    if person.limits is not None:
        writing &= person.limits.roles
    held = Membership.objects.filter(
        person=person, organisation__jurisdiction=found.jurisdiction_id, role__in=writing
    ).select_related("organisation")
    ordered = sorted(held, key=lambda one: (one.role not in ALLOWED[Verb.LEAD_RETURN], one.pk))
    assigned = set(found.assignments.values_list("section", "organisation_id"))
    offices = {}
    for group in found.asked.groups if ordered else ():
        own = (one for one in ordered if (group.key, one.organisation_id) in assigned)
        offices[group.key] = next(own, ordered[0]).organisation.name
    return offices


def confirmed_by(answer: Answer, there: Answer | None, *, office: str, today: date) -> Answer:
    """Return an answer as the office confirms it, if it is said to be confirmed.

    Where the answer there is the same, its confirmation stays.
    """
    if answer.confirmed is None:
        return answer
    known = there.confirmed if there is not None and _same_but_confirmed(answer, there) else None
    return msgspec.structs.replace(answer, confirmed=known or Confirmation(by=office, on=today))


def _same_but_confirmed(answer: Answer, there: Answer | None) -> bool:
    return there is not None and msgspec.structs.replace(answer, confirmed=there.confirmed) == there
