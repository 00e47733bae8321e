"""This file knows how the demonstration is loaded: a city, its partners, its plans, its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from forestall.languages import Message, in_language, message
from forestall.plan.example import example_followed_plan, example_plan
from forestall.plan.vocabulary import Sector
from forestall.web.demonstration.abilities import add_abilities
from forestall.web.demonstration.data import add_records
from forestall.web.demonstration.replies import add_replies
from forestall.web.demonstration.voices import add_voices
from forestall.web.organisations.models import Invitation, Jurisdiction, Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.organisations.services import invite
from forestall.web.people.models import Person
from forestall.web.plans.services import add_plan

if TYPE_CHECKING:
    from forestall.plan.records import ActionPlan, Partner

CITY = "port-alder"
ROLES = (Role.COORDINATOR, Role.ANALYST, Role.PARTNER, Role.PUBLISHER, Role.ADMINISTRATOR)
_NOBODY = f"{CITY}.invalid"


@transaction.atomic
def load_demonstration() -> dict[Role, str]:
    """Load a city with its partners and two plans, and return a link for each of five roles.

    One plan is in consultation, with comments and replies; the other is under way. One national
    reply is submitted, and the next is being written. What takes longer is left to the work in the
    background (`begin_story`). A workspace that has a jurisdiction stays as it is, and the answer
    is empty.
    """
    if Jurisdiction.objects.exists():
        return {}
    plan = example_plan()
    city = Jurisdiction.objects.create(
        name=in_language(plan.place.name, *plan.languages),
        slug=CITY,
        country=plan.place.country,
        level=plan.place.level,
        currency=plan.currency,
        language=plan.languages[0],
    )
    office = _add_partners(plan, city)
    author = _add_nobody("author", "Example data", office, Role.COORDINATOR)
    second = _add_nobody("second", "Example data, second person", office, Role.PUBLISHER)
    Membership.objects.create(person=second, organisation=office, role=Role.ADMINISTRATOR)
    drafted = add_plan(content=plan, jurisdiction=city, by=author)
    add_plan(content=example_followed_plan(), jurisdiction=city, by=author)
    add_voices(drafted, by=author)
    add_records(city, by=author)
    add_replies(city, by=author, second=second)
    add_abilities(city, by=author)
    return {role: _link(role, office) for role in ROLES}


def is_demonstration() -> bool:
    """Return whether the workspace holds the demonstration."""
    return Person.objects.filter(email=f"author@{_NOBODY}").exists()


def second_person() -> Person:
    """Return who released what the demonstration has published."""
    return Person.objects.get(email=f"second@{_NOBODY}")


def first_person() -> Person:
    """Return who wrote and prepared what is in the demonstration."""
    return Person.objects.get(email=f"author@{_NOBODY}")


@transaction.atomic
def links_of_demonstration() -> dict[str, str]:
    """Return new links by words for each role; those before them end.

    Who came in by an earlier link gets one that sets a new password.
    """
    office = Organisation.objects.get(jurisdiction__slug=CITY, sector=Sector.COORDINATION)
    links: dict[str, str] = {}
    for role in ROLES:
        known = Person.objects.filter(email=_email(role)).first()
        if known is None:
            links[str(role.words)] = _link(role, office)
        else:
            links[str(_ANEW.filled(role=role.words))] = _reset_link(known)
    return links


_ANEW: Message = message("{role}, with a new password within three days")


def _reset_link(person: Person) -> str:
    key = default_token_generator.make_token(person)
    parts = {"uidb36": user_pk_to_url_str(person), "key": key}
    return reverse("account_reset_password_from_key", kwargs=parts)


def _add_nobody(name: str, shown_as: str, office: Organisation, role: Role) -> Person:
    """Add somebody who cannot sign in."""
    person = Person.objects.create_user(f"{name}@{_NOBODY}", shown_as=shown_as)
    person.is_active = False
    person.save(update_fields=["is_active"])
    Membership.objects.create(person=person, organisation=office, role=role)
    return person


def _email(role: Role) -> str:
    return f"{role}@{CITY}.example"


def _add_partners(plan: ActionPlan, city: Jurisdiction) -> Organisation:
    """Make the partners of the plan organisations, one more of each sector that it lacks."""
    organisations = [_organisation(partner, plan, city) for partner in plan.partners]
    present = {one.sector for one in organisations}
    for sector in Sector:
        if sector not in present:
            name = str(sector.words)
            Organisation.objects.create(
                jurisdiction=city, key=sector, name=name[:1].upper() + name[1:], sector=sector
            )
    return next(one for one in organisations if one.sector == Sector.COORDINATION)


def _organisation(partner: Partner, plan: ActionPlan, city: Jurisdiction) -> Organisation:
    agreed = partner.agreement
    return Organisation.objects.create(
        jurisdiction=city,
        key=partner.key,
        name=in_language(partner.name, *plan.languages),
        sector=partner.sector,
        role=in_language(partner.role, *plan.languages),
        contact=partner.contact,
        agreement=in_language(agreed.about, *plan.languages) if agreed else "",
        agreed_on=agreed.signed if agreed else None,
        agreed_until=agreed.until if agreed else None,
    )


def _link(role: Role, office: Organisation) -> str:
    unused = Invitation.objects.filter(
        organisation=office, role=role, email=_email(role), used_at__isnull=True
    )
    unused.delete()
    _, token = invite(organisation=office, role=role, email=_email(role), by=None)
    return reverse("invited", args=[token])
