"""This file knows the people, places and plans that the tests of the workspace share."""

from __future__ import annotations

from datetime import date

import pytest

from forestall.plan.records import ActionPlan, Place
from forestall.plan.vocabulary import Jurisdiction as Level
from forestall.web.organisations.models import Jurisdiction, Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.plans.services import add_plan


@pytest.fixture
def city(db):
    """A city with one organisation."""
    return make_city("port-alder")


@pytest.fixture
def elsewhere(db):
    """Another city, whose members see nothing of the first."""
    return make_city("long-mere")


def make_city(slug: str) -> Jurisdiction:
    city = Jurisdiction.objects.create(
        name=slug.replace("-", " ").title(), slug=slug, country="GB", level="local"
    )
    Organisation.objects.create(
        jurisdiction=city, key="office", name="Safer City office", sector="coordination"
    )
    return city


def member(city: Jurisdiction, role: Role, *, name: str = "") -> Person:
    """Return a new member of a city."""
    name = name or f"{role.value}-{city.slug}-{Person.objects.count()}"
    person = Person.objects.create_user(f"{name}@example.org", "a long password", shown_as=name)
    Membership.objects.create(person=person, organisation=city.organisations.get(), role=role)
    return person


def read_to_the_end(answer) -> None:
    """Read a file that is sent, which closes it.

    `answer.close()` would close the connection of the test too, as a server does after each
    request; PostgreSQL then forgets all that the test did.
    """
    if answer.streaming:
        for _ in answer.streaming_content:
            pass


@pytest.fixture
def people(city):
    """One person of each role in the city."""
    return {role: member(city, role) for role in Role}


@pytest.fixture
def plan(city, people):
    """A plan of the city with nothing in it yet."""
    content = ActionPlan(
        key="fewer-burglaries",
        title={"en": "Fewer home burglaries"},
        place=Place(name={"en": city.name}, country="GB", level=Level.LOCAL),
        languages=("en",),
        starts=date(2025, 1, 1),
        ends=date(2026, 12, 31),
        currency="EUR",
    )
    return add_plan(content=content, jurisdiction=city, by=people[Role.COORDINATOR])
