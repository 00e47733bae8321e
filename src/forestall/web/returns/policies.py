"""This file knows who writes which section of a national reply, and who reads what is confidential.

Coordinators write all of it. A partner writes the sections that are assigned to an organisation of
theirs. What is confidential is read only by those who write it, and by those who sign the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.errors import NotAllowed
from forestall.languages import message
from forestall.web.organisations.models import held_by
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import ALLOWED, Verb

if TYPE_CHECKING:
    from forestall.web.people.models import Person
    from forestall.web.returns.models import Return


def sections_written(person: Person, found: Return) -> frozenset[str]:
    """Return the keys of the sections that a person writes."""
    place = found.jurisdiction
    if may(person, Verb.LEAD_RETURN, place):
        return frozenset(group.key for group in found.asked.groups)
    if not may(person, Verb.WRITE_RETURN, place):
        return frozenset()
    own = {
        one.organisation
        for one in held_by(person)
        if one.jurisdiction == place.pk and one.role in ALLOWED[Verb.WRITE_RETURN]
    }
    assigned = found.assignments.filter(organisation__jurisdiction=place, organisation__key__in=own)
    return frozenset(assigned.values_list("section", flat=True))


def sections_read(person: Person, found: Return) -> frozenset[str]:
    """Return the keys of the sections of which a person reads what is confidential."""
    if may(person, Verb.SIGN_RETURN, found.jurisdiction):
        return frozenset(group.key for group in found.asked.groups)
    return sections_written(person, found)


def check_may_write(person: Person, found: Return, section: str) -> None:
    """Make sure that a person may write a section.

    Raises
    ------
    NotAllowed
        If it is assigned to others.
    """
    if section not in sections_written(person, found):
        raise NotAllowed(
            message(
                "This section is not assigned to your organisation; ask a coordinator to assign it."
            )
        )
