"""This file knows how jurisdictions, organisations and members come into the workspace."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from forestall.errors import NotAllowed
from forestall.languages import message
from forestall.web.audit.services import record
from forestall.web.organisations.in_turn import wait_for_turn
from forestall.web.organisations.models import Invitation, Membership
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Role, Verb
from forestall.web.people.models import Person

if TYPE_CHECKING:
    from forestall.web.organisations.models import Organisation

_VALID = timedelta(days=7)


@transaction.atomic
def invite(
    *, organisation: Organisation, role: Role, email: str, by: Person | None
) -> tuple[Invitation, str]:
    """Make an invitation and the token of its link; only a hash of the token is kept.

    Raises
    ------
    NotAllowed
        If the person may not manage members there; the workspace itself (None) may.
    """
    if by is not None:
        check_may(by, Verb.MANAGE_MEMBERS, organisation.jurisdiction)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_hash=_hash(token),
        email=email.lower(),
        organisation=organisation,
        role=role,
        ends_at=timezone.now() + _VALID,
    )
    record(
        "invite",
        by=by,
        about=f"organisation {organisation.pk}",
        jurisdiction=organisation.jurisdiction,
        role=role.value,
    )
    return invitation, token


def open_invitation(token: str) -> Invitation | None:
    """Return the invitation of a link that was not used and has not ended; None otherwise."""
    return Invitation.objects.filter(
        token_hash=_hash(token), used_at__isnull=True, ends_at__gt=timezone.now()
    ).first()


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, email: str, password: str, shown_as: str
) -> Person:
    """Make the person and the membership, and use the invitation up.

    Raises
    ------
    NotAllowed
        If the address is in use, or the invitation was used or has ended.
    """
    _wait_for(invitation)
    if Person.objects.filter(email=email.lower()).exists():
        raise NotAllowed(message("This address is in use; sign in instead."))
    person = Person.objects.create_user(email, password, shown_as=shown_as)
    return join_by_invitation(invitation=invitation, person=person)


@transaction.atomic
def join_by_invitation(*, invitation: Invitation, person: Person) -> Person:
    """Make somebody who has an account a member, and use the invitation up.

    Raises
    ------
    NotAllowed
        If the invitation was used or has ended.
    """
    locked = _wait_for(invitation)
    locked.used_at = timezone.now()
    locked.save(update_fields=["used_at"])
    assert locked.organisation is not None
    return add_member(person=person, organisation=locked.organisation, role=Role(locked.role))


@transaction.atomic
def add_member(*, person: Person, organisation: Organisation, role: Role) -> Person:
    """Make a person a member; does nothing where they already are in this role."""
    _, new = Membership.objects.get_or_create(
        person=person, organisation=organisation, role=role.value
    )
    if new:
        record(
            "join",
            by=person,
            about=f"organisation {organisation.pk}",
            jurisdiction=organisation.jurisdiction,
            role=role.value,
        )
    return person


def _wait_for(invitation: Invitation) -> Invitation:
    """Return the invitation as it is when nobody else is using it, and its place."""
    if invitation.organisation is not None:
        wait_for_turn(invitation.organisation.jurisdiction)
    found = Invitation.objects.select_for_update().filter(
        pk=invitation.pk, used_at__isnull=True, ends_at__gt=timezone.now()
    )
    locked = found.first()
    if locked is None:
        raise NotAllowed(message("This link was used meanwhile, or has ended. Ask for another."))
    return locked


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
