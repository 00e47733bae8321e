"""This file knows how replies come into a reading: as files, or handed over in this workspace.

What is confidential is taken out before anything is kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from forestall.errors import InvalidQuestionnaire, NotAllowed
from forestall.languages import message
from forestall.questionnaires import reply_from_json
from forestall.questionnaires.together import StateName, answers_of, folded, states
from forestall.questionnaires.workbook import reply_from_workbook
from forestall.web.audit.services import record
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.returns.leaving import digest_of_what_leaves, what_leaves
from forestall.web.returns.states import ReturnState
from forestall.web.secretariat.models import Reading, Received, ReceivedAnswer, ReceivedReply

if TYPE_CHECKING:
    from collections.abc import Collection

    from forestall.questionnaires import Questionnaire, Reply
    from forestall.questionnaires.together import OpenAnswer
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person
    from forestall.web.returns.models import Return

_WORKBOOK = b"PK"


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a reply came from.

    Attributes
    ----------
    how, name, sha256, from_place
        As `ReceivedReply` keeps them.
    """

    how: Received
    name: str
    sha256: str
    from_place: Jurisdiction | None = None


@transaction.atomic
def receive_file(
    *,
    reading: Reading,
    read: bytes,
    name: str,
    by: Person,
    told: Collection[str] = (),
    replaces: bool = False,
) -> ReceivedReply:
    """Take the reply of a state out of a file, JSON or workbook.

    Parameters
    ----------
    told
        SHA-256 that senders told; where there are any, the file has to have one of them.
    replaces
        Whether it takes the place of a reply of the same state.

    Raises
    ------
    NotAllowed
        If the person does not gather replies there.
    InvalidQuestionnaire
        If the file cannot be read, is not what was told, replies to something else, is of a state
        that is none or was not asked, or of one that is here already.
    """
    check_may(by, Verb.GATHER_REPLIES, reading.jurisdiction)
    digest = hashlib.sha256(read).hexdigest()
    if told and digest not in told:
        raise InvalidQuestionnaire(
            message("The SHA-256 of {name} is none of those that you entered.", name=name)
        )
    if read.startswith(_WORKBOOK):
        how, reply = Received.WORKBOOK, reply_from_workbook(read, reading.definition, name=name)
    else:
        how, reply = Received.JSON, reply_from_json(read, name=name)
    told_as = _told_to_others(reply, reading.definition, digest)
    origin = Origin(how=how, name=name[-200:], sha256=told_as)
    kept = _keep(reading, reply, origin, by=by, replaces=replaces)
    _record("receive reply", kept, by=by)
    return kept


@transaction.atomic
def hand_over(*, found: Return, code: str, by: Person) -> Reading:
    """Hand a submitted reply over to whoever gave the code, without what is confidential.

    What the same place handed over before is replaced, if it is of no later day.

    Raises
    ------
    NotAllowed
        If the person does not lead the reply, or it is not submitted.
    InvalidQuestionnaire
        If no reading has that code, it is of another questionnaire or of states not asked, the
        country of the reply is no state, or another reply of the state is there.
    """
    check_may(by, Verb.LEAD_RETURN, found.jurisdiction)
    if found.state != ReturnState.SUBMITTED:
        raise NotAllowed(message("Only a reply that is submitted and frozen can be handed over."))
    reading = Reading.objects.select_related("jurisdiction").filter(code=code.strip()).first()
    if reading is None:
        raise InvalidQuestionnaire(message("Nobody gathers replies by this code."))
    reply = found.reply
    origin = Origin(
        how=Received.HANDED_OVER,
        name=found.jurisdiction.name[:200],
        sha256=digest_of_what_leaves(reply, reading.definition),
        from_place=found.jurisdiction,
    )
    kept = _keep(reading, reply, origin, by=by)
    _record("hand over reply", kept, by=by)
    record(
        "hand over reply",
        by=by,
        about=f"return {found.pk}",
        jurisdiction=found.jurisdiction,
        reading=reading.pk,
        sha256=kept.sha256,
    )
    return reading


@transaction.atomic
def take_out(*, kept: ReceivedReply, by: Person) -> None:
    """Take a reply out of a reading, with all its answers.

    Raises
    ------
    NotAllowed
        If the person does not gather replies there.
    """
    check_may(by, Verb.GATHER_REPLIES, kept.reading.jurisdiction)
    _record("take out reply", kept, by=by)
    kept.delete()


def _told_to_others(reply: Reply, asked: Questionnaire, digest: str) -> str:
    """Return the hash by which others know a file: its own only if it holds no secret."""
    leaves_whole = what_leaves(reply, asked) == reply
    return digest if leaves_whole else digest_of_what_leaves(reply, asked)


def _record(verb: str, kept: ReceivedReply, *, by: Person) -> None:
    record(
        verb,
        by=by,
        about=f"reading {kept.reading_id}",
        jurisdiction=kept.reading.jurisdiction,
        state=kept.state,
        sha256=kept.sha256,
    )


def _keep(
    reading: Reading, reply: Reply, origin: Origin, *, by: Person, replaces: bool = False
) -> ReceivedReply:
    locked = Reading.objects.select_for_update().get(pk=reading.pk)
    _check_fits(locked, reply)
    there = locked.replies.filter(state=reply.country).first()
    if there is not None:
        if not replaces:
            _check_gives_way(there, reply, origin)
        there.delete()
    kept = ReceivedReply.objects.create(
        reading=locked,
        state=reply.country,
        on=reply.on,
        office=reply.office[:300],
        how=origin.how,
        name=origin.name,
        sha256=origin.sha256,
        from_place=origin.from_place,
        received_by=by,
    )
    ReceivedAnswer.objects.bulk_create(
        [_row(kept, one) for one in answers_of(reply, questionnaire=locked.definition)]
    )
    return kept


def _check_gives_way(there: ReceivedReply, reply: Reply, origin: Origin) -> None:
    """Refuse to replace a reply unasked, but for what the same place hands over anew."""
    state = StateName(reply.country)
    if origin.from_place is None:
        raise InvalidQuestionnaire(
            message(
                "A reply of {state} is here already; say that it is to be replaced.", state=state
            )
        )
    if there.from_place_id != origin.from_place.pk or there.on > reply.on:
        raise InvalidQuestionnaire(
            message(
                "A reply of {state} is there already; those who gather take it out first.",
                state=state,
            )
        )


def _check_fits(reading: Reading, reply: Reply) -> None:
    if (reply.questionnaire, reply.version) != (reading.questionnaire, reading.version):
        raise InvalidQuestionnaire(
            message(
                "The reply is to version {version} of “{key}”, but this gathers version {wanted} "
                "of “{other}”.",
                key=reply.questionnaire[:60],
                version=reply.version,
                other=reading.questionnaire,
                wanted=reading.version,
            )
        )
    if reply.country not in {one.code for one in states()}:
        # Nobody can add it: its answers would stand in the counts of those that were asked.
        raise InvalidQuestionnaire(
            message(
                "“{code}” is the code of no state. A reply of a country that does not exist, such "
                "as that of the demonstration, is not counted among those of states.",
                code=reply.country[:10],
            )
        )
    if reply.country not in reading.asked:
        raise InvalidQuestionnaire(
            message(
                "{state} is not among the states that were asked; add it first.",
                state=StateName(reply.country[:10]),
            )
        )


def _row(kept: ReceivedReply, one: OpenAnswer) -> ReceivedAnswer:
    return ReceivedAnswer(
        reply=kept,
        reading=kept.reading,
        state=one.state,
        item=one.item,
        applies=one.applies,
        choice=one.choice.value if one.choice else "",
        marks=f",{','.join(one.marks)}," if one.marks else "",
        has_words=one.has_words,
        words=one.words,
        follow_up=one.follow_up,
        day=one.day,
        language=one.language[:20],
        folded=folded(f"{one.words} {one.follow_up}"),
    )
