"""The first pages: signing in, what exists for whom, the language."""

from __future__ import annotations

import pytest

from forestall.web.audit.models import AuditEntry
from forestall.web.audit.services import first_broken
from forestall.web.organisations.roles import Role
from tests.web.conftest import member


def test_somebody_unknown_is_asked_to_sign_in(client, db):
    answer = client.get("/")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")


def test_a_member_signs_in_by_address_and_password(client, people):
    answer = client.post(
        "/account/login/",
        {"login": people[Role.READER].email, "password": "a long password"},
        follow=True,
    )

    assert "What waits for you" in answer.text


def test_a_plan_of_another_city_does_not_exist(client, plan, elsewhere):
    client.force_login(member(elsewhere, Role.COORDINATOR))

    assert client.get(plan.get_absolute_url()).status_code == 404
    assert plan.title not in client.get("/plans/").text


def test_a_reader_sees_the_plan(client, plan, people):
    client.force_login(people[Role.READER])

    assert "Fewer home burglaries" in client.get(plan.get_absolute_url()).text


@pytest.mark.parametrize(("tag", "direction"), [("ar", "rtl"), ("ru", "ltr")])
def test_a_page_is_in_the_language_of_the_person(client, people, tag, direction):
    person = people[Role.READER]
    person.language = tag
    person.save()
    client.force_login(person)

    text = client.get("/").text

    assert f'<html lang="{tag}" dir="{direction}">' in text


def test_an_entry_that_was_changed_shows(plan):
    assert first_broken() is None

    AuditEntry.objects.filter(number=1).update(actor="member-999")

    assert first_broken() == 1
