"""This file knows how offices and experts are written down, confirmed and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from forestall.errors import InvalidEntry
from forestall.languages import message
from forestall.web.audit.services import record
from forestall.web.directory.models import Expert, Office
from forestall.web.organisations.models import Membership
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person


def add_office(
    *, jurisdiction: Jurisdiction, facts: Mapping[str, Any], by: Person, today: date
) -> Office:
    """Write an office down.

    Raises
    ------
    NotAllowed
        If the person may not change the register of the place.
    InvalidEntry
        If an office of that kind and name is there.
    """
    check_may(by, Verb.EDIT_PARTNERS, jurisdiction)
    return _saved(Office(jurisdiction=jurisdiction, confirmed_on=today, **facts), "add office", by)


def change_office(*, office: Office, facts: Mapping[str, Any], by: Person, today: date) -> Office:
    """Change an office, which confirms it.

    Raises
    ------
    NotAllowed, InvalidEntry
        As in `add_office`.
    """
    check_may(by, Verb.EDIT_PARTNERS, office.jurisdiction)
    for name, value in facts.items():
        setattr(office, name, value)
    office.confirmed_on = today
    return _saved(office, "change office", by)


@transaction.atomic
def remove_office(*, office: Office, by: Person) -> None:
    """Take an office out of the directory.

    Raises
    ------
    NotAllowed
        If the person may not change the register of the place.
    """
    check_may(by, Verb.EDIT_PARTNERS, office.jurisdiction)
    record(
        "remove office",
        by=by,
        about=f"office {office.pk}",
        jurisdiction=office.jurisdiction,
        kind=office.kind,
    )
    office.delete()


def _saved(office: Office, verb: str, by: Person) -> Office:
    try:
        with transaction.atomic():
            office.save()
            record(
                verb,
                by=by,
                about=f"office {office.pk}",
                jurisdiction=office.jurisdiction,
                kind=office.kind,
            )
    except IntegrityError as taken:
        raise InvalidEntry(message("An office of this kind and name is there already.")) from taken
    return office


@transaction.atomic
def tell_of_oneself(
    *, person: Person, jurisdiction: Jurisdiction, facts: Mapping[str, Any], today: date
) -> Expert:
    """Write down what an expert tells of themselves, with their consent until a day.

    Only the person does this, for nobody else. The log says that it was done, and no more.
    """
    found, new = Expert.objects.update_or_create(
        person=person,
        defaults={**facts, "jurisdiction": jurisdiction, "consented_on": today},
    )
    verb = "join roster" if new else "change roster entry"
    record(verb, by=person, about=f"expert {found.pk}", jurisdiction=jurisdiction)
    return found


@transaction.atomic
def leave_roster(*, person: Person) -> None:
    """Take an expert's own entry out at once; nothing of it stays."""
    found = Expert.objects.filter(person=person).select_related("jurisdiction").first()
    if found is None:
        return
    record("leave roster", by=person, about=f"expert {found.pk}", jurisdiction=found.jurisdiction)
    found.delete()


@transaction.atomic
def forget_ended(*, today: date) -> int:
    """Delete the entries whose consent has ended, and of who takes part nowhere any more.

    Returns
    -------
    int
        How many that were.
    """
    takes_part = Membership.objects.filter(person=OuterRef("person_id"))
    ended = list(
        Expert.objects.select_for_update(of=("self",))
        .filter(Q(consent_until__lt=today) | ~Exists(takes_part))
        .select_related("jurisdiction")
    )
    for one in ended:
        record("consent ended", by=None, about=f"expert {one.pk}", jurisdiction=one.jurisdiction)
        one.delete()
    return len(ended)
