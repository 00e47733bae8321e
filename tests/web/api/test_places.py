"""Programs keep the register, manage members and read the log by the rules of the pages."""

from __future__ import annotations

import json

import pytest

from forestall.web.audit.models import AuditEntry
from forestall.web.audit.services import record
from forestall.web.organisations.models import Invitation, Jurisdiction, Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.organisations.services import open_invitation
from tests.web.api.conftest import Asking, token_for
from tests.web.conftest import member

SCHOOL = {
    "name": "Hill School",
    "sector": "education",
    "role": "Lets clubs use its hall.",
    "contact": "office@school.example",
    "agreed_on": "2026-01-01",
    "agreed_until": "2026-12-31",
}


@pytest.fixture
def administrator(ask):
    return ask(Role.ADMINISTRATOR)


def test_a_partner_is_written_down_read_and_changed(coordinator, city):
    told = coordinator("POST", "/organisations", SCHOOL)
    where = told.headers["Location"].removeprefix("/api/v1")
    changed = coordinator("PUT", where, {"name": "Hill Academy", "sector": "education"})

    assert told.status_code == 201
    assert told.json() | SCHOOL == told.json()
    assert changed.json()["key"] == told.json()["key"] == "hill-school"
    assert coordinator("GET", where).json() == changed.json()
    assert changed.json()["agreed_until"] is None
    assert AuditEntry.objects.filter(verb__in=["add partner", "change partner"]).count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"agreed_until": "2025-01-01"}, "The agreement ends before it began."),
        ({"agreed_on": None}, "An agreement with an end needs a beginning."),
        ({"name": "\u200b"}, "“name” cannot be used: "),
        ({"sector": "nothing"}, "Kind of body"),
        ({"email": "x"}, "email"),
    ],
)
def test_what_the_form_of_a_partner_refuses_is_refused(coordinator, city, wrong, said):
    told = coordinator("POST", "/organisations", SCHOOL | wrong)

    assert told.status_code == 422
    assert said in told.json()["detail"]
    assert Organisation.objects.filter(jurisdiction=city).count() == 1


def test_groups_that_are_missing_are_told_with_their_paragraph(ask, coordinator):
    new = coordinator("POST", "/organisations", SCHOOL).json()

    told = ask(Role.READER)("GET", "/groups").json()

    services = next(one for one in told if one["group"] == "services")
    assert len(told) == 4
    assert services["present"] == [new["number"]]
    assert "education" not in services["absent"]
    assert services["paragraph"] == "1995/9 ¶3(b)(i)"


def test_somebody_is_invited_by_a_link_that_is_told_once(administrator, city):
    where = f"/organisations/{city.organisations.get().pk}/invitations"

    told = administrator("POST", where, {"role": "analyst", "email": "ann@example.org"})

    assert told.status_code == 201
    assert told.headers["Cache-Control"] == "no-store"
    token = told.json()["link"].rstrip("/").rpartition("/")[2]
    invitation = open_invitation(token)
    assert invitation is not None
    assert invitation.role == "analyst"
    assert "ann@example.org" not in told.text
    assert administrator("POST", where, {"role": "king"}).status_code == 422
    wrong = administrator("POST", where, {"role": "reader", "email": "no address"})
    assert wrong.status_code == 422
    assert Invitation.objects.count() == 1


def test_a_member_gets_another_role_and_leaves(administrator, people):
    listed = administrator("GET", "/members").json()
    number = next(one["number"] for one in listed if one["role"] == "reader")
    changed = administrator("PUT", f"/members/{number}", {"role": "analyst"})
    gone = administrator("DELETE", f"/members/{number}")

    assert len(listed) == len(Role)
    assert "@" not in json.dumps(listed)
    assert changed.json()["role"] == "analyst"
    assert gone.status_code == 204
    assert not people[Role.READER].memberships.exists()


def test_who_has_the_role_already_keeps_one_membership(administrator, people, city):
    twice = Membership.objects.create(
        person=people[Role.ANALYST], organisation=city.organisations.get(), role="reader"
    )

    told = administrator("PUT", f"/members/{twice.pk}", {"role": "analyst"})

    assert told.json()["number"] == people[Role.ANALYST].memberships.get().pk


def test_the_last_administrator_stays(administrator, people):
    number = people[Role.ADMINISTRATOR].memberships.get().pk

    for told in (
        administrator("DELETE", f"/members/{number}"),
        administrator("PUT", f"/members/{number}", {"role": "reader"}),
    ):
        assert told.status_code == 403
        assert "last administrator" in told.json()["detail"]


def test_a_place_is_made_below_another(administrator, city):
    wanted = {"name": "Old Town", "level": "local", "currency": "EUR", "language": "en"}
    told = administrator(
        "POST", f"/jurisdictions/{city.pk}/below", wanted | {"office": "Old Town office"}
    )

    assert told.status_code == 201
    assert told.json()["above"] == city.pk
    new = Jurisdiction.objects.get(pk=told.json()["number"])
    assert new.organisations.get().name == "Old Town office"
    for wrong in ({"level": "national"}, {"currency": "euro"}, {"language": "xx"}):
        told = administrator(
            "POST", f"/jurisdictions/{city.pk}/below", wanted | {"office": "Office"} | wrong
        )
        assert told.status_code == 422


ASKED = [
    ("POST", "/organisations", SCHOOL),
    ("PUT", "/organisations/{office}", SCHOOL),
    ("POST", "/organisations/{office}/invitations", {"role": "reader"}),
    ("GET", "/members", None),
    ("PUT", "/members/{member}", {"role": "reader"}),
    ("DELETE", "/members/{member}", None),
    ("POST", "/jurisdictions/{city}/below", {}),
    ("GET", "/audit/export", None),
    ("GET", "/audit/check", None),
]


@pytest.mark.parametrize(("method", "path", "body"), ASKED, ids=[one[1] for one in ASKED])
def test_others_may_not_and_another_city_is_not_there(
    client, ask, city, people, elsewhere, method, path, body
):
    where = path.format(
        office=city.organisations.get().pk,
        member=people[Role.READER].memberships.get().pk,
        city=city.pk,
    )
    _, secret = token_for(member(elsewhere, Role.ADMINISTRATOR), elsewhere, Role.ADMINISTRATOR)

    assert ask(Role.ANALYST)(method, where, body).status_code == 403
    if "{" in path:
        assert Asking(client, secret)(method, where, body).status_code == 404


def test_the_log_is_taken_along_line_by_line_and_its_hashes_hold(administrator, city, elsewhere):
    record("do", by=None, about="plan 3", jurisdiction=city)
    record("do", by=None, about="plan 4", jurisdiction=elsewhere)

    told = administrator("GET", "/audit/export")
    lines = [json.loads(line) for line in b"".join(told.streaming_content).splitlines()]

    assert told.headers["Content-Type"] == "application/jsonl"
    assert "plan 3" in {one["about"] for one in lines}
    assert "plan 4" not in {one["about"] for one in lines}
    assert all(AuditEntry.objects.get(number=one["number"]).hash == one["hash"] for one in lines)
    assert AuditEntry.objects.latest("number").verb == "export audit log"


def test_entries_of_the_log_are_chosen(administrator, city):
    record("do", by=None, about="plan 3", jurisdiction=city)

    chosen = administrator("GET", "/audit?verb=do&about=plan&since=2020-01-01").json()

    assert [one["about"] for one in chosen] == ["plan 3"]
    assert administrator("GET", "/audit?verb=nothing").status_code == 422
    wrong = administrator("GET", "/audit/export?since=yesterday")
    assert wrong.status_code == 422
    assert wrong.json()["detail"].startswith("“since” cannot be used: ")


def test_a_log_that_was_changed_is_told(administrator, city):
    whole = administrator("GET", "/audit/check").json()
    first = AuditEntry.objects.earliest("number")
    AuditEntry.objects.filter(pk=first.pk).update(about="something else")

    assert whole == {"entries": AuditEntry.objects.count(), "first_broken": None}
    assert administrator("GET", "/audit/check").json()["first_broken"] == first.number
