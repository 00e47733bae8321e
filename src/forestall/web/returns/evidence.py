"""This file knows the files that show what an answer says, and remarks of those who write it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction
from django.utils import timezone

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires import Answer, Attachment
from forestall.web.audit.services import record
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.returns.answering import section_of, with_answer
from forestall.web.returns.leaving import readable
from forestall.web.returns.models import Evidence, Remark
from forestall.web.returns.policies import check_may_write, sections_read
from forestall.web.returns.services import change_return, locked_return

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from forestall.questionnaires import Reply
    from forestall.web.people.models import Person
    from forestall.web.returns.models import Return


@transaction.atomic
def attach_evidence(*, found: Return, item: str, name: str, content: bytes, by: Person) -> Evidence:
    """Attach a file to an answer; the answer is then to be confirmed anew.

    Raises
    ------
    NotAllowed
        If the section is not theirs, or the reply was submitted.
    InvalidQuestionnaire
        If there is no such question, or the file is empty.
    """
    if not content:
        raise InvalidQuestionnaire(message("The file is empty; evidence says something."))
    section = section_of(found.asked, item)
    sha256 = hashlib.sha256(content).hexdigest()

    def change(now: Return, reply: Reply) -> Reply:
        check_may_write(by, now, section)
        Evidence.objects.get_or_create(
            of=now,
            item=item,
            sha256=sha256,
            defaults={"name": name[-200:], "content": content, "added_by": by},
        )
        there = reply.answers.get(item, Answer())
        if any(one.sha256 == sha256 for one in there.attachments):
            return reply
        attached = (*there.attachments, Attachment(name=name[-200:], sha256=sha256))
        return with_answer(
            reply, item, msgspec.structs.replace(there, attachments=attached, confirmed=None)
        )

    changed = change_return(found=found, change=change, by=by, what=item)
    return changed.evidence.get(item=item, sha256=sha256)


def evidence_of(found: Return, item: str) -> QuerySet[Evidence]:
    """Return the files that an answer names, without what is in them."""
    named = found.reply.answers.get(item, Answer()).attachments
    shown = found.evidence.filter(item=item, sha256__in=[one.sha256 for one in named])
    return shown.defer("content")


@transaction.atomic
def detach_evidence(*, found: Return, item: str, sha256: str, by: Person) -> Return:
    """Take a file off an answer; earlier revisions keep it.

    Raises
    ------
    NotAllowed
        If the section is not theirs, or the reply was submitted.
    InvalidQuestionnaire
        If there is no such question.
    """
    section = section_of(found.asked, item)

    def change(now: Return, reply: Reply) -> Reply:
        check_may_write(by, now, section)
        there = reply.answers.get(item, Answer())
        kept = tuple(one for one in there.attachments if one.sha256 != sha256)
        if kept == there.attachments:
            return reply
        return with_answer(
            reply, item, msgspec.structs.replace(there, attachments=kept, confirmed=None)
        )

    return change_return(found=found, change=change, by=by, what=item)


def may_read_evidence(person: Person, piece: Evidence) -> bool:
    """Return whether a person reads a file: as they read the answer that names it."""
    found = piece.of
    if section_of(found.asked, piece.item) in sections_read(person, found):
        return True
    told = readable(found.reply, found.asked, sections_read(person, found))
    answer = told.answers.get(piece.item, Answer())
    return any(one.sha256 == piece.sha256 for one in answer.attachments)


@transaction.atomic
def remark_on(*, found: Return, item: str, text: str, by: Person) -> Remark:
    """Say something about an answer to the others who write it.

    Raises
    ------
    NotAllowed
        If the section is not theirs, or the reply was submitted.
    InvalidQuestionnaire
        If there is no such question.
    """
    check_may(by, Verb.WRITE_RETURN, found.jurisdiction)
    locked = locked_return(found)
    check_may_write(by, locked, section_of(locked.asked, item))
    made = Remark.objects.create(of=locked, item=item, text=text, made_by=by)
    record(
        "remark on answer",
        by=by,
        about=f"return {locked.pk}",
        jurisdiction=locked.jurisdiction,
        item=item,
    )
    return made


@transaction.atomic
def settle_remark(*, remark: Remark, by: Person) -> Remark:
    """Say that nothing is left to do about a remark; one that is settled stays as it is.

    Raises
    ------
    NotAllowed
        If the section is not theirs, or the reply was submitted.
    """
    check_may(by, Verb.WRITE_RETURN, remark.of.jurisdiction)
    locked = locked_return(remark.of)
    check_may_write(by, locked, section_of(locked.asked, remark.item))
    found = Remark.objects.select_for_update().get(pk=remark.pk)
    if found.settled_at is None:
        found.settled_at, found.settled_by = timezone.now(), by
        found.save(update_fields=["settled_at", "settled_by"])
        record(
            "settle remark",
            by=by,
            about=f"return {locked.pk}",
            jurisdiction=locked.jurisdiction,
            item=found.item,
        )
    return found
