"""This file knows how tokens are made, ended and recognised."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from forestall.errors import NotAllowed
from forestall.languages import message
from forestall.web.api.models import Token
from forestall.web.audit.services import record
from forestall.web.organisations.limits import Limits
from forestall.web.organisations.policies import roles_in
from forestall.web.organisations.roles import Role

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person

# A word before the secret, by which scanners of published files find tokens that leaked.
_BEGINS = "forestall_"
MOST_TOKENS = 20


@transaction.atomic
def make_token(
    *,
    name: str,
    jurisdiction: Jurisdiction,
    roles: Collection[Role],
    ends_at: datetime,
    by: Person,
) -> tuple[Token, str]:
    """Make a token of a person for themselves; returns it with its secret, which is not kept.

    Raises
    ------
    NotAllowed
        If the person lacks one of the roles there, names none, acts by a token, or has too many
        tokens already.
    """
    if by.limits is not None:
        raise NotAllowed(message("A token makes no other token; sign in to make one."))
    if not roles or not roles_in(by, jurisdiction) >= set(roles):
        raise NotAllowed(message("Choose one or more roles that you have there."))
    if Token.objects.of(by).valid().count() >= MOST_TOKENS:
        raise NotAllowed(
            message(
                "You have {most} tokens, and that is the most; end one first.", most=MOST_TOKENS
            )
        )
    secret = _BEGINS + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=by,
        name=name,
        token_hash=_hash(secret),
        jurisdiction=jurisdiction,
        roles=[one.value for one in Role if one in roles],
        ends_at=ends_at,
    )
    record(
        "make token",
        by=by,
        about=f"token {token.pk}",
        jurisdiction=jurisdiction,
        roles=token.roles,
    )
    return token, secret


@transaction.atomic
def revoke_token(*, token: Token, by: Person) -> Token:
    """End a token at once; one that was ended stays as it is.

    Raises
    ------
    NotAllowed
        If it is the token of somebody else, or the person acts by a token.
    """
    if token.person_id != by.pk or by.limits is not None:
        raise NotAllowed(message("Only the person who made a token ends it, after signing in."))
    locked = Token.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        record("revoke token", by=by, about=f"token {locked.pk}", jurisdiction=locked.jurisdiction)
    return locked


def token_of(secret: str) -> Token | None:
    """Return the token of a secret and note the day; None if it is not, or no longer, valid."""
    found = (
        Token.objects.valid()
        .select_related("person", "jurisdiction")
        .filter(token_hash=_hash(secret))
        .first()
    )
    if found is None:
        return None
    today = timezone.localdate()
    if found.used_on != today:
        Token.objects.filter(pk=found.pk).update(used_on=today)
    return found


def acting_by(token: Token) -> Person:
    """Return the person of a token, with no more rights than the token leaves them."""
    person = token.person
    person.limits = Limits(
        token=token.pk,
        jurisdiction=token.jurisdiction_id,
        roles=frozenset(Role(one) for one in token.roles),
    )
    return person


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
