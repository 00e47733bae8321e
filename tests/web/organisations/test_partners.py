"""The register of partners: by kind of body, with agreements, and which groups are missing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forestall.plan.vocabulary import ActorGroup
from forestall.web.audit.models import AuditEntry
from forestall.web.organisations.models import Jurisdiction, Organisation
from forestall.web.organisations.partners import attendance
from forestall.web.organisations.registering import free_key
from forestall.web.organisations.roles import Role
from tests.web.conftest import member

GIVEN = {
    "name": "Port school board",
    "sector": "education",
    "role": "Keeps schools open in the evening.",
    "contact": "board@schools.example.org",
    "agreement": "Opens two schools.",
    "agreed_on": "2025-01-01",
    "agreed_until": "2026-12-31",
}


@pytest.fixture
def as_coordinator(client, people):
    client.force_login(people[Role.COORDINATOR])
    return client


def test_a_partner_is_added_changed_and_shown(as_coordinator, city):
    as_coordinator.post("/partners/add/", GIVEN)
    partner = Organisation.objects.get(key="port-school-board")
    as_coordinator.post(f"/partners/{partner.pk}/edit/", GIVEN | {"role": "Opens <b>schools</b>."})

    text = as_coordinator.get("/partners/").text
    assert "Opens &lt;b&gt;schools&lt;/b&gt;." in text
    assert "education" in text
    assert "31 December 2026" in text
    last = AuditEntry.objects.latest("number")
    assert (last.verb, last.facts) == ("change partner", {"fields": ["role"]})


def test_what_somebody_wrote_never_stands_in_the_log(as_coordinator, city):
    as_coordinator.post("/partners/add/", GIVEN)

    assert "school" not in str(AuditEntry.objects.latest("number").facts)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"agreed_until": "2024-12-31"}, "The agreement ends before it began."),
        ({"agreed_on": ""}, "An agreement with an end needs a beginning."),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(as_coordinator, city, wrong, told):
    answer = as_coordinator.post("/partners/add/", GIVEN | wrong)

    assert told in answer.text
    assert "Port school board" in answer.text
    assert not Organisation.objects.filter(key="port-school-board").exists()


def test_an_agreement_that_has_ended_shows(as_coordinator, city):
    ended = timezone.localdate() - timedelta(days=1)
    begun = ended - timedelta(days=300)
    as_coordinator.post("/partners/add/", GIVEN | {"agreed_on": begun, "agreed_until": ended})

    assert "Ended on" in as_coordinator.get("/partners/").text


def test_a_partner_of_two_places_names_its_place(client, city, elsewhere):
    person = member(city, Role.COORDINATOR)
    elsewhere.organisations.get().memberships.create(person=person, role=Role.COORDINATOR)
    client.force_login(person)

    without = client.post("/partners/add/", GIVEN)
    client.post("/partners/add/", GIVEN | {"place": elsewhere.pk})

    assert 'class="error-text"' in without.text
    assert Organisation.objects.get(key="port-school-board").jurisdiction == elsewhere


def test_a_reader_reads_and_does_not_change(client, city, people):
    client.force_login(people[Role.READER])
    office = city.organisations.get()

    text = client.get("/partners/").text

    assert "Safer City office" in text
    assert "/edit/" not in text
    assert client.get("/partners/add/").status_code == 403
    assert "Those who can: Coordinator and Administrator" in (
        client.get(f"/partners/{office.pk}/edit/").text
    )


def test_partners_of_another_city_do_not_exist(client, city, people, elsewhere):
    client.force_login(member(elsewhere, Role.COORDINATOR))
    office = city.organisations.get()

    assert client.get(f"/partners/{office.pk}/edit/").status_code == 404
    assert "Port Alder" not in client.get("/partners/").text
    assert "Port Alder" not in client.get("/partners/missing/").text


def test_missing_groups_are_explained_with_their_paragraph_and_no_score(as_coordinator, city):
    as_coordinator.post("/partners/add/", GIVEN)

    text = as_coordinator.get("/partners/missing/").text

    assert "1995/9 ¶3(b)(iv)" in text
    assert "Port school board" in text
    assert text.count("Nobody yet") == 3
    assert "%" not in text.split("<main")[1]


def test_every_body_of_a_group_is_there_or_absent():
    housing = Organisation(name="Homes", sector="housing")
    office = Organisation(name="Office", sector="coordination")

    groups = {one.group: one for one in attendance([office, housing])}

    services = groups[ActorGroup.SERVICES]
    assert services.present == (housing,)
    assert "housing" not in [one.value for one in services.absent]
    assert len(services.absent) == 7
    assert all(office not in one.present for one in groups.values())


@pytest.mark.parametrize("taken", [set(), {"office"}, {"office", "office-2"}])
def test_a_key_is_never_given_twice(taken):
    assert free_key("Office", taken=taken) not in taken


def test_a_place_without_partners_says_so(client, city):
    person = member(city, Role.ADMINISTRATOR)
    Jurisdiction.objects.create(
        name="Harbour", slug="harbour", country="GB", level="local", parent=city
    )
    client.force_login(person)

    assert "There is no partner yet." in client.get("/partners/").text
