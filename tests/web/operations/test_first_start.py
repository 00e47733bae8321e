"""The first start: links for those who come first, and the city that does not exist."""

from __future__ import annotations

from datetime import date

import pytest

from forestall.errors import InvalidConfiguration, MissingLibrary
from forestall.plan.checking.points import PlanPart
from forestall.plan.states import PlanState
from forestall.plan.vocabulary import Sector
from forestall.web.configuration import Configuration
from forestall.web.demonstration.city import load_demonstration
from forestall.web.operations import starting
from forestall.web.operations.administrators import has_administrator, make_link, own_address
from forestall.web.organisations.models import Jurisdiction, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.plans.models import Plan
from forestall.web.plans.moving import in_the_way
from tests.web.conftest import make_city


def take_up(client, link, email="first@example.org"):
    return client.post(
        link,
        {"email": email, "shown_as": "Office", "password": "an unlikely phrase 7"},
        follow=True,
    )


def test_the_first_administrator_comes_in_by_a_link_once(client, db):
    link = make_link(Role.ADMINISTRATOR)

    assert not has_administrator()
    assert take_up(client, link).status_code == 200
    assert has_administrator()
    assert client.get(link).status_code == 404


def test_a_new_link_ends_those_before_it(client, db):
    old = make_link(Role.ADMINISTRATOR)
    new = make_link(Role.ADMINISTRATOR)

    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert Jurisdiction.objects.count() == 1


def test_where_there_are_several_cities_one_must_be_named(client, city, elsewhere):
    with pytest.raises(InvalidConfiguration, match="--city: port-alder, long-mere"):
        make_link(Role.ADMINISTRATOR)
    with pytest.raises(InvalidConfiguration, match="--city"):
        make_link(Role.ADMINISTRATOR, city="nowhere")

    assert client.get(make_link(Role.READER, city="long-mere")).status_code == 200


def test_the_demonstration_lacks_what_its_tutorial_settles(db):
    load_demonstration()

    drafted = Plan.objects.get(state=PlanState.CONSULTED)
    points = in_the_way(drafted, PlanState.ADOPTED, today=date(2026, 11, 27))
    assert [one.part for one in points] == [
        PlanPart.MONEY,
        PlanPart.RIGHTS,
        PlanPart.CONSULTATION,
        PlanPart.CONSULTATION,
    ]


def test_the_demonstration_has_all_sectors_a_plan_and_five_roles(client, db):
    links = load_demonstration()

    assert set(Organisation.objects.values_list("sector", flat=True)) == set(Sector)
    assert len(links) == 5
    take_up(client, links[Role.COORDINATOR], "coordinator@port-alder.example")
    for plan in Plan.objects.all():
        assert plan.title in client.get("/plans/").text
        assert client.get(plan.get_absolute_url()).status_code == 200


def test_nobody_signs_in_as_who_wrote_the_demonstration(db):
    load_demonstration()

    assert Person.objects.count() == 2
    for person in Person.objects.all():
        assert not person.is_active
        assert not person.has_usable_password()


def test_the_demonstration_leaves_a_workspace_alone(db):
    make_city("long-mere")

    assert load_demonstration() == {}
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("configuration", "address"),
    [
        ({}, "http://[::1]:80"),
        (
            {"FORESTALL_HTTPS": "1", "FORESTALL_HOSTS": "plan.example.org"},
            "https://plan.example.org",
        ),
    ],
)
def test_links_lead_to_where_people_reach_the_workspace(configuration, address):
    made = Configuration.from_environment(configuration)

    assert own_address(made, host="::", port=80) == address


def test_without_the_libraries_it_is_said_how_to_install_them(monkeypatch):
    monkeypatch.setattr(starting, "find_spec", lambda name: None)

    with pytest.raises(MissingLibrary, match=r"pip install forestall\[web\]"):
        starting.start_django(None)
