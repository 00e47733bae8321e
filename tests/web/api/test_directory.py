"""Programs read whom to ask, keep the offices of their place, and read the provisions of a plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from forestall.plan.provisions import provisions_of
from forestall.web.audit.models import AuditEntry
from forestall.web.directory.models import Expert, Office
from forestall.web.directory.services import tell_of_oneself
from forestall.web.organisations.roles import Role
from tests.web.api.conftest import Asking, token_for
from tests.web.conftest import member
from tests.web.objects import directory_office_of

WHERE = "/directory/offices"
DESK = {
    "kind": "focal-point",
    "name": "Prevention desk",
    "email": "desk@example.org",
    "website": "example.org",
    "languages": ["ar", "fr"],
    "more_languages": "Kiswahili",
}
TOLD = {
    "areas": ["evaluation", "planning"],
    "languages": ["fr"],
    "about": "Twenty years of evaluations of youth work.",
    "interests": "none",
    "contact": "asked@example.org",
}


def expert_of(city, *, days, name):
    today = timezone.localdate()
    return tell_of_oneself(
        person=member(city, Role.PARTNER, name=name),
        jurisdiction=city,
        facts={**TOLD, "consent_until": today + timedelta(days=days)},
        today=today,
    )


def test_an_office_is_written_down_changed_and_taken_out(coordinator, city):
    added = coordinator("POST", WHERE, DESK)
    office = Office.objects.get()
    where = f"{WHERE}/{office.pk}"
    first = Office.objects.get()
    Office.objects.update(confirmed_on="2020-01-01")
    changed = coordinator("PUT", where, {"kind": "centre", "name": "National desk"}).json()

    assert (added.status_code, added.headers["Location"]) == (201, f"/api/v1{where}")
    assert added.json()["languages"] == ["ar", "fr"]
    assert (first.jurisdiction, first.website) == (city, "https://example.org")
    assert (changed["kind"], changed["email"], changed["languages"]) == ("centre", "", [])
    assert changed["confirmed_on"] == str(timezone.localdate())
    assert coordinator("GET", WHERE).json() == [changed]

    gone = coordinator("DELETE", where)

    assert (gone.status_code, gone.content) == (204, b"")
    assert coordinator("DELETE", where).status_code == 404
    verbs = AuditEntry.objects.filter(about=f"office {office.pk}").values_list("verb", flat=True)
    assert sorted(verbs) == ["add office", "change office", "remove office"]


def test_an_office_that_is_there_is_not_written_down_twice(coordinator):
    coordinator("POST", WHERE, DESK)
    coordinator("POST", WHERE, DESK | {"name": "Second desk"})
    second = Office.objects.get(name="Second desk")

    twice = coordinator("POST", WHERE, DESK)
    renamed = coordinator("PUT", f"{WHERE}/{second.pk}", DESK)

    assert twice.status_code == renamed.status_code == 409
    assert "already" in twice.json()["detail"]
    second.refresh_from_db()
    assert second.name == "Second desk"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "person"}, "“kind” cannot be used: "),
        ({"name": " "}, "“name” cannot be used: "),
        ({"name": "a" * 201}, "“name” cannot be used: "),
        ({"email": "nobody"}, "“email” cannot be used: "),
        ({"website": "javascript:alert(1)"}, "“website” cannot be used: "),
        ({"languages": ["xx"]}, "“languages” cannot be used: "),
        ({"languages": "fr"}, "Languages: a list is needed"),
        ({"person": "Ann"}, "person"),
    ],
)
def test_what_is_no_office_is_said(coordinator, wrong, said):
    told = coordinator("POST", WHERE, DESK | wrong)

    assert told.status_code == 422
    assert said in told.json()["detail"]
    assert not Office.objects.exists()


def test_offices_of_all_places_are_read_and_only_own_ones_changed(coordinator, city, elsewhere):
    theirs, ours = directory_office_of(elsewhere), directory_office_of(city)

    listed = coordinator("GET", WHERE).json()

    assert {one["number"] for one in listed} == {theirs, ours}
    assert coordinator("GET", f"{WHERE}?limit=1").json() == listed[:1]
    assert coordinator("PUT", f"{WHERE}/{theirs}", DESK).status_code == 404
    assert coordinator("DELETE", f"{WHERE}/{theirs}").status_code == 404
    assert Office.objects.filter(pk=theirs).exists()


@pytest.mark.parametrize("role", [Role.READER, Role.ANALYST, Role.PUBLISHER])
def test_others_read_the_directory_and_change_nothing(ask, city, role):
    where, asking = f"{WHERE}/{directory_office_of(city)}", ask(role)

    assert asking("GET", WHERE).status_code == 200
    assert asking("POST", WHERE, DESK).status_code == 403
    assert asking("PUT", where, DESK).status_code == 403
    assert asking("PUT", where, {}).status_code == 403  # before anything is read of what was sent
    assert asking("DELETE", where).status_code == 403


def test_experts_are_listed_who_still_agree_in_the_order_of_names(ask, city, elsewhere):
    reader = ask(Role.READER)
    expert_of(city, days=30, name="Zoe")
    expert_of(elsewhere, days=0, name="Ann")
    expert_of(city, days=30, name="Gone")
    late = expert_of(city, days=30, name="Late")
    Expert.objects.filter(pk=late.pk).update(
        consented_on="2020-01-01", consent_until=timezone.localdate() - timedelta(days=1)
    )

    told = reader("GET", "/directory/experts").json()

    assert [one["name"] for one in told] == sorted(one["name"] for one in told)
    assert len(told) == 3
    assert told[0]["areas"] == ["evaluation", "planning"]
    assert reader("GET", "/directory/experts?area=evaluation&limit=1").json() == told[:1]
    assert reader("GET", "/directory/experts?area=skills").json() == []
    assert reader("GET", "/directory/experts?language=fr&words=youth").json() == told
    assert reader("GET", "/directory/experts?language=ar").json() == []
    for wrong in ("area=nothing", "on=someday", "language=xx", f"words={'a' * 101}"):
        assert reader("GET", f"/directory/experts?{wrong}").status_code == 422, wrong


def test_the_provisions_of_a_plan_are_those_of_its_page(client, ask, example, elsewhere):
    where = f"/plans/{example.pk}/provisions"
    other = Asking(client, token_for(member(elsewhere, Role.READER), elsewhere, Role.READER)[1])

    told = ask(Role.READER)("GET", where).json()

    found = provisions_of(
        example.content, today=timezone.localdate(), drafted_by={}, consulted=None
    )
    assert [one["paragraph"] for one in told] == [one.paragraph for one in found.rows]
    assert all(one["asks"] and isinstance(one["lacks"], list) for one in told)
    assert any(one["held"] for one in told)
    assert other("GET", where).status_code == 404
