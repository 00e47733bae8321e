"""This file knows the city that does not exist: for looking at a workspace before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from forestall.languages import in_language
from forestall.plan.example import example_plan
from forestall.plan.vocabulary import Sector
from forestall.web.operations.starting import links_for_the_first
from forestall.web.organisations.models import Jurisdiction, Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.organisations.services import invite
from forestall.web.people.models import Person
from forestall.web.plans.services import add_plan

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.plan.records import ActionPlan, Partner

CITY = "port-alder"
ROLES = (Role.COORDINATOR, Role.ANALYST, Role.PARTNER, Role.PUBLISHER, Role.ADMINISTRATOR)


@transaction.atomic
def load_demonstration() -> dict[Role, str]:
    """Load a city with its partners and a plan, and return a link for each of five roles.

    A workspace that has a jurisdiction stays as it is, and the answer is empty.
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
    author = Person.objects.create_user(f"author@{CITY}.invalid", shown_as="Example data")
    author.is_active = False
    author.save(update_fields=["is_active"])
    Membership.objects.create(person=author, organisation=office, role=Role.COORDINATOR)
    add_plan(content=plan, jurisdiction=city, by=author)
    return {role: _link(role, office) for role in ROLES}


def load_demonstration_first(home: Path) -> dict[str, str]:
    """Load the demonstration into an empty workspace, and return paths of links by role.

    From then on every page says that nothing in it is real. Where there is a jurisdiction already,
    it is as without the demonstration.
    """
    links = {str(role.words): path for role, path in load_demonstration().items()}
    if links:
        (home / "demonstration").touch()
    return links or links_for_the_first()


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
    _, token = invite(organisation=office, role=role, email=f"{role}@{CITY}.example", by=None)
    return reverse("invited", args=[token])
