"""This file knows how the log is added to, checked and exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from forestall.web.audit.models import FIRST, AuditEntry

if TYPE_CHECKING:
    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person

# Any number: entries are added one after the other by whoever holds this lock.
_LOCK = 20_02_13


@transaction.atomic
def record(
    verb: str,
    *,
    by: Person | None,
    about: str,
    jurisdiction: Jurisdiction | None = None,
    **facts: object,
) -> AuditEntry:
    """Add that somebody did something; inside the transaction in which it is done.

    Of somebody who acts by a token, its number is kept beside the facts.
    """
    if by is not None and by.limits is not None:
        facts["by_token"] = by.limits.token
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = AuditEntry.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = last or (0, FIRST)
    entry = AuditEntry(
        number=number + 1,
        at=timezone.now(),
        actor=by.key if by is not None else "workspace",
        verb=verb,
        about=about,
        jurisdiction=jurisdiction.pk if jurisdiction is not None else None,
        facts=facts,
        previous=previous,
    )
    entry.hash = entry.computed_hash()
    entry.save()
    return entry


def first_broken() -> int | None:
    """Return the number of the first entry that was changed or is missing; None if all hold."""
    previous = FIRST
    for expected, entry in enumerate(AuditEntry.objects.iterator(), start=1):
        if entry.number != expected:
            return expected
        if entry.previous != previous or entry.hash != entry.computed_hash():
            return entry.number
        previous = entry.hash
    return None
