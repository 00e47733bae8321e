"""This file knows how programs reach a national reply, and how it is told to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from forestall.languages import in_language
from forestall.web.api.bodies import answer
from forestall.web.api.reaching import reached_by
from forestall.web.api.return_records import ReturnHeld, ReturnRow, SectionHeld, Signature
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.returns.models import visible_return
from forestall.web.returns.policies import sections_written
from forestall.web.returns.reading import ReplyAsRead
from forestall.web.returns.signing import signatures
from forestall.web.returns.states import ReturnState

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from forestall.web.people.models import Person
    from forestall.web.returns.models import Return

return_for = reached_by(visible_return)


def row_of_return(found: Return, person: Person) -> ReturnRow:
    """Return a national reply as it stands in a list that a person reads."""
    return ReturnRow(**_row(ReplyAsRead(found, person)))


def held(found: Return, person: Person) -> ReturnHeld:
    """Return a national reply as its first page tells it to a person."""
    reading = ReplyAsRead(found, person)
    return ReturnHeld(
        **_row(reading),
        on=reading.whole.on,
        office=reading.whole.office,
        confidential=reading.hidden,
        summary=reading.check(timezone.localdate()).summary(),
        sections=_sections(found, person),
        signatures=[
            Signature(by=one.person.key, signed_at=one.signed_at) for one in signatures(found)
        ],
        earlier=bool(found.earlier),
        workbook=found.filled_in.filter(person=person).exists(),
        to_sign=found.digest if may(person, Verb.SIGN_RETURN, found.jurisdiction) else "",
    )


def answer_held(found: Return, person: Person) -> HttpResponse:
    """Answer with a national reply that changed."""
    return answer(held(found, person), tag=str(found.revision))


def _row(reading: ReplyAsRead) -> dict[str, Any]:
    found = reading.found
    return {
        "number": found.pk,
        "jurisdiction": found.jurisdiction_id,
        "questionnaire": found.questionnaire,
        "version": found.version,
        "title": found.title,
        "state": ReturnState(found.state),
        "revision": found.revision,
        "changed_at": found.changed_at,
        "sha256": reading.sha256,
    }


def _sections(found: Return, person: Person) -> list[SectionHeld]:
    written, assigned = sections_written(person, found), found.assignments.all()
    return [
        SectionHeld(
            key=group.key,
            title=in_language(group.title),
            organisations=[one.organisation_id for one in assigned if one.section == group.key],
            writes=group.key in written and found.state != ReturnState.SUBMITTED,
        )
        for group in found.asked.groups
    ]
