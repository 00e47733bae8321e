"""This file knows how places and partners are written down, and how members change or leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify

from forestall.errors import NotAllowed
from forestall.languages import message
from forestall.web.audit.services import record
from forestall.web.organisations.in_turn import wait_for_all_places, wait_for_turn
from forestall.web.organisations.models import Jurisdiction, Membership, Organisation
from forestall.web.organisations.policies import check_another_administers, check_may
from forestall.web.organisations.roles import Role, Verb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.web.people.models import Person


@transaction.atomic
def add_partner(
    *, jurisdiction: Jurisdiction, facts: Mapping[str, Any], by: Person
) -> Organisation:
    """Write a partner down.

    Parameters
    ----------
    facts
        Fields of the organisation by name.

    Raises
    ------
    NotAllowed
        If the person may not change the register there.
    """
    check_may(by, Verb.EDIT_PARTNERS, jurisdiction)
    wait_for_turn(jurisdiction)
    taken = set(jurisdiction.organisations.values_list("key", flat=True))
    partner = Organisation.objects.create(
        jurisdiction=jurisdiction, key=free_key(str(facts["name"]), taken=taken), **facts
    )
    _recorded("add partner", by, partner, sector=partner.sector)
    return partner


@transaction.atomic
def change_partner(*, partner: Organisation, facts: Mapping[str, Any], by: Person) -> Organisation:
    """Change what is written down of a partner; its key stays.

    Raises
    ------
    NotAllowed
        If the person may not change the register there.
    """
    check_may(by, Verb.EDIT_PARTNERS, partner.jurisdiction)
    locked = Organisation.objects.select_for_update().get(pk=partner.pk)
    changed = sorted(name for name, value in facts.items() if getattr(locked, name) != value)
    if changed:
        for name in changed:
            setattr(locked, name, facts[name])
        locked.save(update_fields=changed)
        _recorded("change partner", by, locked, fields=changed)
    return locked


@transaction.atomic
def add_place(*, parent: Jurisdiction, facts: Mapping[str, Any], by: Person) -> Jurisdiction:
    """Make a jurisdiction below another, with an office that coordinates prevention there.

    Raises
    ------
    NotAllowed
        If the person does not administer the one above.
    """
    check_may(by, Verb.MANAGE_MEMBERS, parent)
    wait_for_all_places()
    office, facts = str(facts["office"]), {k: v for k, v in facts.items() if k != "office"}
    taken = set(Jurisdiction.objects.values_list("slug", flat=True))
    place = Jurisdiction.objects.create(
        parent=parent,
        slug=free_key(str(facts["name"]), taken=taken),
        country=parent.country,
        **facts,
    )
    Organisation.objects.create(
        jurisdiction=place, key=free_key(office, taken=set()), name=office, sector="coordination"
    )
    record("add place", by=by, about=f"jurisdiction {place.pk}", jurisdiction=parent)
    return place


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: Person) -> Membership:
    """Give a member another role in the same organisation.

    Raises
    ------
    NotAllowed
        If the person does not manage members there, it is the last administrator, or somebody
        ended the membership meanwhile.
    """
    locked = _locked(membership, by)
    if locked.role == role:
        return locked
    check_another_administers(locked)
    before, locked.role = locked.role, role.value
    same = Membership.objects.filter(
        person=locked.person, organisation=locked.organisation, role=role.value
    )
    if same.exists():
        locked.delete()
    else:
        locked.save(update_fields=["role"])
    _recorded(
        "change role", by, locked.organisation,
        member=locked.person.key, before=before, after=role.value,
    )  # fmt: skip
    return locked


@transaction.atomic
def remove_member(*, membership: Membership, by: Person) -> None:
    """End a membership; what the person did stays in the log under their key.

    Raises
    ------
    NotAllowed
        If the person does not manage members there, it is the last administrator, or somebody
        ended the membership meanwhile.
    """
    locked = _locked(membership, by)
    check_another_administers(locked)
    organisation, key, role = locked.organisation, locked.person.key, locked.role
    locked.delete()
    _recorded("remove member", by, organisation, member=key, role=role)


def _locked(membership: Membership, by: Person) -> Membership:
    """Return the membership as it is now; two changes to one place wait for each other."""
    check_may(by, Verb.MANAGE_MEMBERS, membership.jurisdiction)
    wait_for_turn(*Jurisdiction.objects.filter(pk__in=membership.jurisdiction.above()))
    held = Membership.objects.select_related("organisation__jurisdiction", "person")
    found = held.filter(pk=membership.pk).first()
    if found is None:
        raise NotAllowed(message("Somebody else ended this membership meanwhile."))
    return found


def _recorded(verb: str, by: Person, organisation: Organisation, **facts: object) -> None:
    record(
        verb,
        by=by,
        about=f"organisation {organisation.pk}",
        jurisdiction=organisation.jurisdiction,
        **facts,
    )


def free_key(name: str, *, taken: set[str]) -> str:
    """Return a short key of a name for addresses, not yet in use.

    Examples
    --------
    >>> free_key("Safer City office", taken={"safer-city-office"}), free_key("城市", taken=set())
    ('safer-city-office-2', 'body')
    """
    stem = slugify(name)[:50].strip("-") or "body"
    keys = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in keys if key not in taken)
