"""This file knows how a filled workbook comes back: differences are shown, then some are taken.

What a workbook leaves out is not taken away here, because a workbook that left holds no
confidential answers, nor the marks and words that such an answer left with others. Whatever office
it names, an answer is confirmed by that of whoever takes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from forestall.errors import AnswerChanged, InvalidQuestionnaire, NotAllowed
from forestall.languages import message
from forestall.questionnaires import AnswerType, reply_to_json
from forestall.questionnaires.checking import label_of
from forestall.questionnaires.together import with_traces
from forestall.questionnaires.workbook import reply_from_workbook
from forestall.web.audit.services import record
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.returns.answering import (
    confirmed_by,
    offices_of,
    section_of,
    seen,
    with_answer,
)
from forestall.web.returns.models import FilledIn
from forestall.web.returns.policies import check_may_write, sections_written
from forestall.web.returns.services import change_return, locked_return

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from forestall.questionnaires import Answer, Item, Reply
    from forestall.web.people.models import Person
    from forestall.web.returns.models import Return


@dataclass(frozen=True, kw_only=True)
class Difference:
    """An answer of a workbook that is not the answer here.

    Attributes
    ----------
    item, label
        Which question.
    now, sent
        The answer here, if there is one, and the one that can be taken.
    seen
        By what the answer here is recognised as it was shown.
    """

    item: Item
    label: str
    now: Answer | None
    sent: Answer
    seen: str


@transaction.atomic
def keep_filled(*, found: Return, read: bytes, name: str, by: Person) -> FilledIn:
    """Keep a filled workbook until the person has looked at it; a later one replaces it.

    Raises
    ------
    NotAllowed
        If the person writes no reply there, or it was submitted.
    InvalidQuestionnaire
        If the file is no such workbook, or of another country.
    """
    check_may(by, Verb.WRITE_RETURN, found.jurisdiction)
    locked = locked_return(found)
    reply = reply_from_workbook(read, locked.asked, name=name)
    if reply.country != locked.reply.country:
        raise InvalidQuestionnaire(message("The workbook is the reply of another country."))
    document = reply_to_json(reply).decode()
    kept, _ = FilledIn.objects.update_or_create(
        of=locked, person=by, defaults={"document": document}
    )
    return kept


def drop_filled(*, kept: FilledIn, by: Person) -> None:
    """Take nothing from a workbook, and forget it.

    Raises
    ------
    NotAllowed
        If somebody else sent it.
    """
    if kept.person_id != by.pk:
        raise NotAllowed(message("Only who sent a workbook takes something from it, or nothing."))
    kept.delete()


def differences_of(*, found: Return, kept: FilledIn, by: Person, today: date) -> list[Difference]:
    """Return the answers of a workbook that are not as here, of the sections the person writes."""
    here = found.reply.answers
    sent = _as_taken(found, kept.reply, found.reply, by=by, today=today)
    return [
        Difference(
            item=item,
            label=label_of(item),
            now=here.get(item.key),
            sent=sent[item.key],
            seen=seen(here.get(item.key)),
        )
        for item in found.asked.items
        if item.key in sent and sent[item.key] != here.get(item.key)
    ]


def _as_taken(
    found: Return, sent: Reply, reply: Reply, *, by: Person, today: date
) -> dict[str, Answer]:
    """Return the answers that a person can take, confirmed by the office of that person."""
    own, offices = sections_written(by, found), offices_of(by, found)
    here, answers = reply.answers, with_traces(sent.answers, reply=reply, questionnaire=found.asked)
    return {
        item.key: confirmed_by(
            answers[item.key], here.get(item.key), office=offices[group.key], today=today
        )
        for group in found.asked.groups
        if group.key in own
        for item in group.items
        if item.type is not AnswerType.HEADING and item.key in answers
    }


@transaction.atomic
def take_filled(
    *, found: Return, kept: FilledIn, wanted: Mapping[str, str], by: Person, today: date
) -> Return:
    """Take answers from a workbook, all that are wanted or none.

    Parameters
    ----------
    wanted
        From the key of an item to what the answer here was recognised by; see `seen`.

    Raises
    ------
    NotAllowed
        If a section is not theirs, or the reply was submitted.
    AnswerChanged
        If somebody changed one of the answers since the differences were shown.
    InvalidQuestionnaire
        If an item is not in the workbook.
    """
    read = kept.reply

    def change(now: Return, reply: Reply) -> Reply:
        sent = _as_taken(now, read, reply, by=by, today=today)
        for item, was in wanted.items():
            check_may_write(by, now, section_of(now.asked, item))
            if item not in sent:
                raise InvalidQuestionnaire(message("The workbook has no such answer."))
            if seen(reply.answers.get(item)) != was:
                raise AnswerChanged(
                    message("Somebody changed an answer meanwhile; look at the differences again.")
                )
            reply = with_answer(reply, item, sent[item])
        return reply

    changed = change_return(found=found, change=change, by=by, what="workbook")
    record(
        "take workbook",
        by=by,
        about=f"return {found.pk}",
        jurisdiction=found.jurisdiction,
        answers=len(wanted),
    )
    kept.delete()
    return changed
