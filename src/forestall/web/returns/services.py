"""This file knows how national replies change: in one transaction, with a revision and an entry.

Many people write one reply. Each change is made on the reply as it is when it is saved; an answer
that somebody else changed meanwhile is not overwritten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires import Reply, migrate_to_newest, read_definition, reply_to_json
from forestall.questionnaires.checking import check_same
from forestall.web.audit.services import record
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.returns.models import Return, ReturnRevision, frozen_refusal
from forestall.web.returns.states import ReturnState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from forestall.web.organisations.models import Jurisdiction, Organisation
    from forestall.web.people.models import Person


@transaction.atomic
def begin_return(
    *,
    jurisdiction: Jurisdiction,
    questionnaire: str,
    on: date,
    by: Person,
    office: str = "",
    earlier: Reply | None = None,
) -> Return:
    """Begin a national reply with nothing in it.

    Parameters
    ----------
    questionnaire
        Key of what is replied to, in its newest version.
    on
        The day as of which the answers hold.
    earlier
        The reply before; it is kept beside the new one, and nothing of it is copied into it.

    Raises
    ------
    NotAllowed
        If the person does not lead replies there.
    InvalidQuestionnaire
        If the earlier reply is of another country, to something else or of a later day.
    """
    check_may(by, Verb.LEAD_RETURN, jurisdiction)
    asked = read_definition(questionnaire)
    reply = Reply(
        questionnaire=asked.key,
        version=asked.version,
        country=jurisdiction.country,
        office=office,
        on=on,
    )
    found = Return(
        jurisdiction=jurisdiction,
        questionnaire=asked.key,
        version=asked.version,
        earlier=_earlier_document(earlier, reply) if earlier is not None else "",
        begun_by=by,
    )
    return _save(found, reply, by=by, what="begun", verb="begin return")


def _earlier_document(earlier: Reply, reply: Reply) -> str:
    if earlier.country != reply.country:
        raise InvalidQuestionnaire(message("The earlier reply is of another country."))
    if earlier.questionnaire == reply.questionnaire:
        earlier = migrate_to_newest(earlier)
    check_same(earlier, read_definition(reply.questionnaire, version=reply.version))
    if earlier.on > reply.on:
        raise InvalidQuestionnaire(message("The earlier reply is of a later day than the new one."))
    return reply_to_json(earlier).decode()


@transaction.atomic
def change_return(
    *,
    found: Return,
    change: Callable[[Return, Reply], Reply],
    by: Person,
    what: str,
    verb: Verb = Verb.WRITE_RETURN,
) -> Return:
    """Change a reply as it is now, and keep the revision.

    What two people signed is signed no more once it changes.

    Parameters
    ----------
    change
        From the reply as it is to the reply as it should be; whatever it raises, nothing is saved.
    what
        The item that is changed; for the history.

    Raises
    ------
    NotAllowed
        If the person may not, or the reply was submitted.
    InvalidQuestionnaire
        If the reply could not be kept, such as for a text that is too long.
    """
    check_may(by, verb, found.jurisdiction)
    locked = locked_return(found)
    return _save(locked, change(locked, locked.reply), by=by, what=what, verb=verb.value)


def locked_return(found: Return) -> Return:
    """Return a reply as it is now, which nobody else changes until the transaction ends.

    Raises
    ------
    NotAllowed
        If it was submitted.
    """
    locked = Return.objects.select_for_update().get(pk=found.pk)
    check_open(locked)
    return locked


def check_open(found: Return) -> None:
    """Make sure that a reply can still change.

    Raises
    ------
    NotAllowed
        If it was submitted.
    """
    if found.state == ReturnState.SUBMITTED:
        raise frozen_refusal()


@transaction.atomic
def assign_section(
    *, found: Return, section: str, organisations: Iterable[Organisation], by: Person
) -> None:
    """Say which organisations write a section, instead of those that did.

    Raises
    ------
    NotAllowed
        If the person does not lead the reply, or it was submitted.
    InvalidQuestionnaire
        If there is no such section, or an organisation is of another place.
    """
    check_may(by, Verb.LEAD_RETURN, found.jurisdiction)
    locked = locked_return(found)
    chosen = list(organisations)
    if section not in {group.key for group in locked.asked.groups}:
        raise InvalidQuestionnaire(message("The questionnaire has no such section."))
    if any(one.jurisdiction_id != locked.jurisdiction_id for one in chosen):
        raise InvalidQuestionnaire(message("An organisation is not of the place of the reply."))
    locked.assignments.filter(section=section).exclude(organisation__in=chosen).delete()
    for one in chosen:
        locked.assignments.get_or_create(section=section, organisation=one)
    record(
        "assign section",
        by=by,
        about=f"return {locked.pk}",
        jurisdiction=locked.jurisdiction,
        section=section,
        organisations=sorted(one.key for one in chosen),
    )


def _save(found: Return, reply: Reply, *, by: Person, what: str, verb: str) -> Return:
    document = reply_to_json(reply).decode()
    if found.pk is not None and document == found.document:
        return found
    found.document = document
    found.state = ReturnState.DRAFTING
    found.revision += 1
    found.save()
    ReturnRevision.objects.create(
        of=found,
        number=found.revision,
        document=document,
        state=found.state,
        saved_by=by,
        what=what[:200],
    )
    record(
        verb,
        by=by,
        about=f"return {found.pk}",
        jurisdiction=found.jurisdiction,
        revision=found.revision,
        part=what,
    )
    return found
