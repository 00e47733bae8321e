"""An invitation: says where and as what, is used once, and needs a good password."""

from __future__ import annotations

import pytest

from forestall.web.organisations.models import Invitation, Membership
from forestall.web.organisations.roles import Role
from forestall.web.organisations.services import invite
from forestall.web.people.models import Person
from tests.web.conftest import member

GIVEN = {
    "email": "new@example.org",
    "shown_as": "Analyst, Safer City office",
    "password": "seven red boats",
}


@pytest.fixture
def link(city):
    _, token = invite(
        organisation=city.organisations.get(), role=Role.ANALYST, email="new@example.org", by=None
    )
    return f"/invited/{token}/"


def test_it_says_where_and_as_what(client, link):
    text = client.get(link).text

    assert "Safer City office" in text
    assert "Port Alder" in text
    assert "Analyst" in text


def test_it_makes_a_member_and_is_used_up(client, link):
    answer = client.post(link, GIVEN, follow=True)

    assert "What waits for you" in answer.text
    assert Membership.objects.get(person__email="new@example.org").role == Role.ANALYST
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("password", ["short", "password123", "1234567890123", "new@example.org"])
def test_a_password_that_is_easily_guessed_is_refused(client, link, password):
    answer = client.post(link, GIVEN | {"password": password})

    assert 'class="error-text"' in answer.text
    assert not Person.objects.filter(email="new@example.org").exists()


def test_somebody_with_an_account_joins_with_it(client, link, elsewhere):
    person = member(elsewhere, Role.READER)
    client.force_login(person)

    assert "the account that you are signed in with" in client.get(link).text
    client.post(link)

    assert set(person.memberships.values_list("role", flat=True)) == {"reader", "analyst"}


def test_an_invitation_that_ended_does_not_exist(client, link):
    Invitation.objects.update(ends_at="2020-01-01T00:00:00Z")

    assert client.get(link).status_code == 404


def test_the_profile_shows_where_one_takes_part_and_is_saved(client, people):
    person = people[Role.PUBLISHER]
    client.force_login(person)

    text = client.get("/account/profile/").text
    client.post("/account/profile/", {"shown_as": "Publisher", "language": "", "digest": "daily"})

    assert "Safer City office" in text
    assert "Publication officer, Port Alder" in text
    person.refresh_from_db()
    assert (person.shown_as, person.digest) == ("Publisher", "daily")


def test_a_link_that_somebody_uses_at_the_same_moment_is_not_used_twice(client, link, monkeypatch):
    from django.utils import timezone

    from forestall.web.people import views

    def used_meanwhile(token):
        found = Invitation.objects.get()
        Invitation.objects.update(used_at=timezone.now())
        return found

    monkeypatch.setattr(views, "open_invitation", used_meanwhile)

    answer = client.post(link, GIVEN)

    assert answer.status_code == 403
    assert "This link was used meanwhile, or has ended. Ask for another." in answer.text
    assert not Person.objects.filter(email="new@example.org").exists()
