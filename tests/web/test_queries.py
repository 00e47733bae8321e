"""How often pages ask the database, and that what is kept of a plan is never out of date."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from django.core import mail, serializers
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forestall.plan.example import example_plan
from forestall.plan.states import PlanState
from forestall.web.data.models import Store
from forestall.web.indicators.models import IndicatorSource
from forestall.web.organisations.models import Membership
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.plans import standing
from forestall.web.plans.models import Plan, digest_of
from forestall.web.plans.reminders import send_digests
from forestall.web.plans.services import add_plan, change_plan
from forestall.web.plans.waiting import decisions_for, duties_for
from tests.web.conftest import member

TODAY = date(2025, 6, 10)
# Of these, three are the session, the person and what they are.
MOST = {
    "home": 9,
    "plans": 5,
    "plan": 9,
    "plan-timetable": 4,
    "plan-accountability": 4,
    "follow_up": 7,
    "safeguards": 6,
    "consultations": 6,
    "publishing": 7,
    "exchange": 10,
    "partners": 6,
    "diagnoses": 6,
    "profile": 4,
}


def add_plans(city, by, count):
    """Add so many plans that are followed, each measured by a store, and as many drafts."""
    followed = msgspec.structs.replace(example_plan(), state=PlanState.UNDER_WAY)
    for content in [followed, example_plan()] * count:
        plan = add_plan(content=content, jurisdiction=city, by=by)
        if content is followed:
            store = Store.objects.create(jurisdiction=city, name=f"Store {plan.pk}")
            key = content.objectives[0].key
            IndicatorSource.objects.create(plan=plan, objective=key, store=store, name="Store")


@pytest.fixture
def fresh(monkeypatch):
    """Return what makes this process as one that was started just now."""

    def start():
        monkeypatch.setattr(standing, "_KEPT", standing._Kept())

    start()
    return start


@pytest.mark.parametrize("name", MOST)
def test_a_page_asks_seldom_however_many_plans_there_are(
    client, city, people, name, fresh, django_assert_max_num_queries
):
    coordinator = people[Role.COORDINATOR]
    add_plans(city, coordinator, 1)
    client.force_login(coordinator)
    numbers = [Plan.objects.latest("pk").pk] if name.startswith("plan-") or name == "plan" else []
    address = reverse(name, args=numbers)
    client.get(address)

    with CaptureQueriesContext(connection) as of_few:
        assert client.get(address).status_code == 200
    add_plans(city, coordinator, 6)
    client.get(address)
    with django_assert_max_num_queries(MOST[name]) as of_many:
        client.get(address)

    assert len(of_many) <= len(of_few)


@pytest.mark.parametrize("name", ["home", "follow_up", "safeguards", "plans"])
def test_a_list_reads_no_document_that_was_read_before(client, city, people, name):
    add_plans(city, people[Role.COORDINATOR], 2)
    client.force_login(people[Role.EVALUATOR if name != "follow_up" else Role.COORDINATOR])
    client.get(reverse(name))

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(name))

    assert not [one["sql"] for one in asked if '"document"' in one["sql"]]


def test_digests_of_many_people_read_each_plan_once(city, people, fresh):
    add_plans(city, people[Role.COORDINATOR], 2)
    for number in range(5):
        member(city, Role.COORDINATOR, name=f"one-more-{number}")
    Person.objects.update(digest=Person.Digest.DAILY)

    with CaptureQueriesContext(connection) as asked:
        sent = send_digests(today=TODAY)

    assert sent == len(mail.outbox) > 5
    # Plans that are followed, and those that wait for decisions.
    assert len([one for one in asked if '"plans_plan"."document"' in one["sql"]]) == 2


def moved_by(days):
    """Return a change that puts off all steps of a plan."""

    def change(content):
        actions = tuple(
            msgspec.structs.replace(
                action,
                steps=tuple(
                    msgspec.structs.replace(one, ends=one.ends + timedelta(days=days))
                    for one in action.steps
                ),
            )
            for action in content.actions
        )
        return msgspec.structs.replace(
            content, actions=actions, ends=content.ends + timedelta(days=days)
        )

    return change


@pytest.fixture
def followed(city, people):
    content = msgspec.structs.replace(example_plan(), state=PlanState.UNDER_WAY)
    return add_plan(content=content, jurisdiction=city, by=people[Role.COORDINATOR])


def due_days(person):
    return [one.duty.due for one in duties_for(person, today=TODAY) if one.duty.kind == "step"]


def test_a_change_shows_at_once_in_a_process_that_did_not_make_it(people, followed, monkeypatch):
    coordinator = people[Role.COORDINATOR]
    one_process, another = standing._Kept(), standing._Kept()
    monkeypatch.setattr(standing, "_KEPT", another)
    before = due_days(coordinator)
    monkeypatch.setattr(standing, "_KEPT", one_process)
    assert due_days(coordinator) == before

    change_plan(plan=followed, change=moved_by(7), by=coordinator, what="actions")

    for process in (one_process, another):
        monkeypatch.setattr(standing, "_KEPT", process)
        assert due_days(coordinator)[0] == before[0] + timedelta(days=7)


def test_a_change_that_was_rolled_back_leaves_nothing(people, followed):
    coordinator = people[Role.COORDINATOR]
    before = due_days(coordinator)

    with transaction.atomic():
        change_plan(plan=followed, change=moved_by(7), by=coordinator, what="actions")
        assert due_days(coordinator) != before
        transaction.set_rollback(True)

    assert due_days(coordinator) == before
    # The number of the revision is used again, by another change.
    changed = change_plan(plan=followed, change=moved_by(3), by=coordinator, what="actions")
    assert changed.revision == 2
    assert due_days(coordinator)[0] == before[0] + timedelta(days=3)


def test_a_row_that_comes_back_from_a_backup_is_known_by_what_it_says(people, followed):
    coordinator = people[Role.COORDINATOR]
    before = due_days(coordinator)
    row = serializers.serialize("jsonl", [Plan.objects.get()])
    change_plan(plan=followed, change=moved_by(7), by=coordinator, what="actions")
    assert due_days(coordinator) != before

    for one in serializers.deserialize("jsonl", row):
        one.object.save()

    assert Plan.objects.get().digest == digest_of(Plan.objects.get().document)
    assert due_days(coordinator) == before


def test_a_plan_without_a_hash_is_read_each_time(people, followed):
    coordinator = people[Role.COORDINATOR]
    Plan.objects.update(digest="")

    assert due_days(coordinator)
    assert due_days(coordinator)


def test_no_document_changes_without_its_hash(followed):
    with pytest.raises(ValueError, match="by saving its plan"):
        Plan.objects.update(document="{}")


def test_only_so_much_is_kept(monkeypatch):
    monkeypatch.setattr(standing, "MOST_KEPT", 2)
    kept = standing._Kept()

    for key in ("a", "b", "c"):
        kept.put((key, "duties"), key)
        kept.get(("a", "duties"))

    assert [kept.get((key, "duties")) for key in ("a", "b", "c")] == ["a", None, "c"]


def test_a_role_that_was_taken_away_counts_at_the_next_request(client, city, people, followed):
    partner = people[Role.PARTNER]
    client.force_login(partner)
    assert client.get(reverse("plan", args=[followed.pk])).status_code == 200

    Membership.objects.filter(person=partner).delete()

    assert client.get(reverse("plan", args=[followed.pk])).status_code == 404


def test_somebody_who_drafted_later_is_no_longer_asked(city, people):
    draft = add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])
    second = member(city, Role.COORDINATOR, name="second")
    waiting = {one.action.key for one in decisions_for(second)}
    action = min(waiting)

    change_plan(
        plan=draft,
        change=lambda content: msgspec.structs.replace(content, summary={"en": "New."}),
        by=second,
        what=f"actions/{action}",
    )

    assert {one.action.key for one in decisions_for(second)} == waiting - {action}
