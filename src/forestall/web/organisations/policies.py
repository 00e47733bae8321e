"""This file knows who may do what in a jurisdiction, and says who can where somebody cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.errors import NotAllowed
from forestall.languages import Listing, message
from forestall.web.organisations.models import Jurisdiction, Membership, held_by
from forestall.web.organisations.roles import ALLOWED, Role, Verb

if TYPE_CHECKING:
    from forestall.web.people.models import Person


def roles_in(person: Person, jurisdiction: Jurisdiction) -> frozenset[Role]:
    """Return the roles of a person there; whoever administers one above administers it too.

    Of somebody who acts by a token, only those to which it is limited.
    """
    held = held_by(person)
    roles = frozenset(one.role for one in held if one.jurisdiction == jurisdiction.pk)
    elsewhere = {one.jurisdiction for one in held if one.role is Role.ADMINISTRATOR}
    elsewhere.discard(jurisdiction.pk)
    if elsewhere and not elsewhere.isdisjoint(jurisdiction.above()):
        roles |= {Role.ADMINISTRATOR}
    limits = person.limits
    if limits is None:
        return roles
    return roles & limits.roles if limits.jurisdiction == jurisdiction.pk else frozenset()


def may(person: Person, verb: Verb, jurisdiction: Jurisdiction) -> bool:
    """Return whether one of the person's roles allows it."""
    return not ALLOWED[verb].isdisjoint(roles_in(person, jurisdiction))


def may_somewhere(person: Person, verb: Verb) -> bool:
    """Return whether there is a place in which one of the person's roles allows it."""
    if person.limits is not None:
        return any(may(person, verb, one) for one in Jurisdiction.objects.visible_to(person))
    return any(one.role in ALLOWED[verb] for one in held_by(person))


def check_another_administers(membership: Membership) -> None:
    """Make sure that somebody else administers the place when this membership ends.

    Raises
    ------
    NotAllowed
        If it is the last administrator there and above.
    """
    if membership.role != Role.ADMINISTRATOR:
        return
    others = Membership.objects.filter(
        role=Role.ADMINISTRATOR,
        person__is_active=True,
        organisation__jurisdiction_id__in=membership.jurisdiction.above(),
    ).exclude(person_id=membership.person_id)
    if not others.exists():
        raise NotAllowed(
            message("This is the last administrator; make somebody else an administrator first.")
        )


def check_may(person: Person, verb: Verb, jurisdiction: Jurisdiction) -> None:
    """Make sure that a person may do something.

    Raises
    ------
    NotAllowed
        If no role allows it; the sentence says which roles can.
    """
    if not may(person, verb, jurisdiction):
        raise NotAllowed(
            message(
                "Your role does not allow you to {verb}. Those who can: {roles}.",
                verb=verb.words,
                roles=Listing(tuple(role.words for role in Role if role in ALLOWED[verb])),
            )
        )
