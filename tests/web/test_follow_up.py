"""Once a plan is adopted, everybody sees who owes what when, and is reminded."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from forestall.plan.example import example_plan
from forestall.plan.states import PlanState
from forestall.web.organisations.models import Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.plans import home_views
from forestall.web.plans.reminders import send_digests
from forestall.web.plans.services import add_plan, change_plan
from forestall.web.plans.waiting import decisions_for, duties_for
from tests.web.conftest import member


@pytest.fixture
def followed(city, people):
    """The example plan, under way."""
    content = msgspec.structs.replace(example_plan(), state=PlanState.UNDER_WAY)
    return add_plan(content=content, jurisdiction=city, by=people[Role.COORDINATOR])


TODAY = date(2025, 6, 10)


def partner_of(city, key: str) -> Person:
    """Return somebody who acts for one partner of the example plan."""
    office = Organisation.objects.create(
        jurisdiction=city, key=key, name=key, sector="victim-support"
    )
    person = Person.objects.create_user(f"{key}@example.org", "a long password")
    Membership.objects.create(person=person, organisation=office, role=Role.PARTNER)
    return person


def test_a_coordinator_sees_the_duties_of_all(people, followed):
    found = duties_for(people[Role.COORDINATOR], today=TODAY)

    assert [one.duty.due for one in found] == sorted(one.duty.due for one in found)
    assert {one.duty.key for one in found} >= {"train", "agree"}


def test_a_partner_sees_the_duties_of_its_own_organisation(city, people, followed):
    person = partner_of(city, "victim-support")

    found = duties_for(person, today=TODAY)

    assert found
    assert all("victim-support" in (one.duty.responsible, one.duty.accountable) for one in found)


def test_of_much_the_first_page_shows_what_is_due_first(client, people, followed, monkeypatch):
    all_of_it = duties_for(people[Role.COORDINATOR], today=timezone.localdate())
    assert len(all_of_it) > 3
    monkeypatch.setattr(home_views, "MOST", 3)
    client.force_login(people[Role.COORDINATOR])

    answer = client.get("/")

    assert answer.text.count('<li class="card">') == 3
    assert f'<a href="/follow-up/">See all {len(all_of_it)}</a>' in answer.text
    assert client.get("/follow-up/").text.count('<li class="card">') == len(all_of_it)
    monkeypatch.setattr(home_views, "MOST", len(all_of_it))
    assert "See all" not in client.get("/").text


def test_another_city_owes_nothing_here(elsewhere, followed):
    assert duties_for(member(elsewhere, Role.COORDINATOR), today=TODAY) == ()


def test_a_draft_reminds_nobody_of_steps(city, people):
    add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])

    assert duties_for(people[Role.COORDINATOR], today=TODAY) == ()


def test_those_who_can_decide_are_told_and_the_author_is_not(city, people):
    add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])

    assert decisions_for(people[Role.EVALUATOR])
    assert decisions_for(people[Role.COORDINATOR]) == ()
    assert decisions_for(people[Role.READER]) == ()


def test_a_digest_comes_once_in_its_time_and_names_nobody(people, followed):
    assert send_digests(today=TODAY) == 1
    assert send_digests(today=TODAY) == 0
    assert send_digests(today=date(2025, 6, 17)) == 1

    first = mail.outbox[0]
    assert first.to == [people[Role.COORDINATOR].email]
    assert "Fewer home burglaries" in first.body
    assert "@" not in first.body


def test_who_wants_no_digest_gets_none(people, followed):
    Person.objects.update(digest=Person.Digest.NEVER)

    assert send_digests(today=TODAY) == 0


def test_a_digest_is_in_the_language_of_the_person(people, followed):
    Person.objects.filter(pk=people[Role.COORDINATOR].pk).update(language="fr")

    send_digests(today=TODAY)

    assert "2025" in mail.outbox[0].body
    assert "juin" in mail.outbox[0].body or "mai" in mail.outbox[0].body


@pytest.mark.parametrize(
    "name", ["plan-timetable", "plan-roles", "plan-money", "plan-accountability", "plan-provisions"]
)
def test_the_pages_over_a_whole_plan(client, people, followed, elsewhere, name):
    client.force_login(people[Role.READER])
    assert client.get(reverse(name, args=[followed.pk])).status_code == 200

    client.force_login(member(elsewhere, Role.READER))
    assert client.get(reverse(name, args=[followed.pk])).status_code == 404


def test_money_that_is_not_confirmed_is_said(client, people, followed):
    client.force_login(people[Role.READER])

    text = client.get(reverse("plan-money", args=[followed.pk])).text

    assert "Not confirmed: EUR 60,000" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_empty_plan_has_the_pages_too(client, people, plan):
    client.force_login(people[Role.READER])

    for name in (
        "plan-timetable",
        "plan-roles",
        "plan-money",
        "plan-accountability",
        "plan-provisions",
    ):
        assert client.get(reverse(name, args=[plan.pk])).status_code == 200


def test_follow_up_shows_what_is_late(client, people, followed):
    client.force_login(people[Role.COORDINATOR])

    text = client.get(reverse("follow_up")).text

    assert reverse("plan-accountability", args=[followed.pk]) in text
    assert "chip-care" in text


@pytest.mark.parametrize("state", ["adopted", "under-way", "under-review", "revised", "consulted"])
def test_what_is_late_is_followed_until_the_plan_closes(client, people, followed, state):
    in_state(followed, PlanState(state), people)
    client.force_login(people[Role.COORDINATOR])

    assert "chip-care" in client.get(reverse("follow_up")).text


@pytest.mark.parametrize("state", ["draft", "consulted"])
def test_a_plan_that_was_never_adopted_owes_nothing(client, people, city, state):
    content = msgspec.structs.replace(example_plan(), state=PlanState(state))
    add_plan(content=content, jurisdiction=city, by=people[Role.COORDINATOR])
    client.force_login(people[Role.COORDINATOR])

    assert "chip-care" not in client.get(reverse("follow_up")).text


def test_a_closed_plan_is_followed_no_more(client, people, followed):
    in_state(followed, PlanState.CLOSED, people)
    client.force_login(people[Role.COORDINATOR])

    assert "chip-care" not in client.get(reverse("follow_up")).text


def test_the_timetable_draws_what_is_late_and_says_by_when_it_was_due(client, people, followed):
    client.force_login(people[Role.READER])

    text = client.get(reverse("plan-timetable", args=[followed.pk])).text

    assert "Late; it was due by" in text
    assert text.count('role="img"') == 2
    assert ">late</text>" in text
    assert "style=" not in text


def test_the_page_of_a_plan_draws_how_it_should_work(client, people, followed):
    client.force_login(people[Role.READER])

    text = client.get(reverse("plan", args=[followed.pk])).text

    assert 'aria-label="Five boxes in a row: 4 actions' in text
    assert "The five boxes as a table" in text
    assert "style=" not in text
    assert len(text.encode()) < 60_000


def in_state(plan, state, people):
    def change(content):
        return msgspec.structs.replace(content, state=state)

    by = people[Role.COORDINATOR]
    change_plan(plan=plan, change=change, by=by, what=f"state/{state.value}")
