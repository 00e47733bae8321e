"""Two people who press a button at the same moment get an answer each, and never a failure."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forestall.errors import ForestallError
from forestall.plan.example import example_plan
from forestall.web.consultation.models import Consultation
from forestall.web.consultation.services import (
    close_consultation,
    open_consultation,
    record_in_plan,
)
from forestall.web.operations import tasks
from forestall.web.organisations import registering
from forestall.web.organisations.models import Jurisdiction, Membership
from forestall.web.organisations.roles import Role
from forestall.web.organisations.services import invite
from forestall.web.people.models import Person
from forestall.web.plans.models import Plan
from forestall.web.plans.services import add_plan, change_plan
from forestall.web.publishing.models import Release
from forestall.web.publishing.services import prepare_plan, release_publication
from tests.web.at_once import at_once
from tests.web.conftest import member

pytestmark = pytest.mark.django_db(transaction=True)
FACTS = {"name": "Harbour school", "sector": "education"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def drafts(city, people):
    by = people[Role.COORDINATOR]
    return [add_plan(content=example_plan(), jurisdiction=city, by=by) for _ in range(4)]


def refused(found):
    """Return the sentences of those who were refused; whatever else went wrong fails the test."""
    wrong = [one for one in found if isinstance(one, Exception)]
    assert all(isinstance(one, ForestallError) for one in wrong), wrong
    return [str(one) for one in wrong]


def opened(plan, by):
    today = timezone.localdate()
    ends = today + timedelta(days=30)
    return lambda: open_consultation(plan=plan, opens=today, ends=ends, by=by)


def statuses(person, address, sent):
    def post():
        browser = Client(raise_request_exception=False)
        browser.force_login(Person.objects.get(pk=person.pk))
        return browser.post(address, sent).status_code

    return post


def test_one_plan_gets_one_open_consultation(drafts, people):
    plan, by = drafts[0], people[Role.COORDINATOR]

    found = at_once(*(opened(Plan.objects.get(pk=plan.pk), by) for _ in range(4)))

    assert len(refused(found)) == 3
    assert set(refused(found)) == {"A consultation on this plan is not closed yet; close it first."}
    assert Consultation.objects.count() == 1


def test_consultations_on_several_plans_get_an_address_each(drafts, people):
    found = at_once(*(opened(plan, people[Role.COORDINATOR]) for plan in drafts))

    assert not refused(found)
    assert len(set(Consultation.objects.values_list("slug", flat=True))) == 4


def test_a_form_that_is_sent_twice_is_answered_twice(drafts, people):
    today = timezone.localdate()
    sent = {"opens": f"{today}", "ends": f"{today + timedelta(days=9)}"}
    address = reverse("consultation-open", args=[drafts[0].pk])

    found = at_once(*(statuses(people[Role.COORDINATOR], address, sent) for _ in range(3)))

    assert sorted(found) == [200, 200, 302]


def test_a_consultation_is_noted_once_while_others_change_the_plan(drafts, people):
    by = people[Role.COORDINATOR]
    asked = opened(drafts[0], by)()
    close_consultation(consultation=asked, by=by)

    def noted():
        return record_in_plan(consultation=asked, how="A page.", voices=[], by=by)

    def another():
        return change_plan(plan=drafts[0], change=lambda plan: plan, by=by, what="x")

    found = at_once(noted, another, noted, opened(drafts[1], by), another, noted)

    assert refused(found) == ["This consultation is noted in the plan already."] * 2
    assert len(Plan.objects.get(pk=drafts[0].pk).content.consultations) == 2


def test_a_plan_has_one_publication_that_is_read(drafts, people):
    by, other = people[Role.COORDINATOR], people[Role.PUBLISHER]
    made = [
        Release.objects.create(
            jurisdiction=drafts[0].jurisdiction,
            kind=Release.Kind.PLAN,
            title="Plan",
            plan=drafts[0],
            revision=drafts[0].revisions.get(number=1),
            languages=["en"],
            formats=[],
            prepared_by=by,
            state=Release.State.READY,
        )
        for _ in range(4)
    ]

    found = at_once(
        *(lambda one=one: release_publication(release=one, by=other) for one in [*made, made[-1]])
    )

    refused(found)
    assert Release.objects.filter(state=Release.State.RELEASED).count() == 1


def test_two_can_prepare_publications_at_once(drafts, people, monkeypatch):
    monkeypatch.setattr(tasks, "do_job", SimpleNamespace(enqueue=lambda number: None))
    by = people[Role.COORDINATOR]

    found = at_once(
        *(lambda one=one: prepare_plan(plan=one, languages=[], formats=[], by=by) for one in drafts)
    )

    assert not refused(found)


def test_partners_and_places_of_one_name_get_a_key_each(city, people):
    by = people[Role.ADMINISTRATOR]
    place = {"name": "Harbour", "level": "local", "language": "en", "office": "Office"}

    found = at_once(
        *(lambda: registering.add_partner(jurisdiction=city, facts=FACTS, by=by) for _ in range(3)),
        *(lambda: registering.add_place(parent=city, facts=place, by=by) for _ in range(3)),
    )

    assert not refused(found)
    assert len(set(city.organisations.values_list("key", flat=True))) == 4
    assert Jurisdiction.objects.filter(parent=city).count() == 3


def test_a_member_who_is_removed_twice_leaves_once(city, people):
    held = Membership.objects.get(person=people[Role.READER])
    others = [people[Role.ADMINISTRATOR], member(city, Role.ADMINISTRATOR)]

    found = at_once(
        *(
            lambda by=by: registering.remove_member(
                membership=Membership.objects.filter(pk=held.pk).first() or held, by=by
            )
            for by in others
        ),
        lambda: registering.change_role(membership=held, role=Role.READER, by=others[0]),
    )

    assert "Somebody else ended this membership meanwhile." in refused(found)
    assert not Membership.objects.filter(pk=held.pk).exists()


def test_an_invitation_is_used_once(city, people):
    by = people[Role.ADMINISTRATOR]
    body = city.organisations.get()
    _, token = invite(organisation=body, role=Role.READER, email="a@example.org", by=by)
    address = reverse("invited", args=[token])
    before = Person.objects.count()
    sent = {"shown_as": "A", "password": "harbour lights by night"}

    def taken(email):
        browser = Client(raise_request_exception=False)
        return browser.post(address, sent | {"email": email}).status_code

    found = at_once(
        lambda: taken("a@example.org"),
        lambda: taken("a@example.org"),
        lambda: taken("b@example.org"),
    )

    assert found.count(302) == 1
    assert set(found) <= {200, 302, 403, 404}
    assert Person.objects.count() == before + 1


def test_two_invitations_to_one_address_make_one_account(city, people):
    by, body = people[Role.ADMINISTRATOR], city.organisations.get()
    links = [
        reverse("invited", args=[invite(organisation=body, role=role, email="", by=by)[1]])
        for role in (Role.READER, Role.PARTNER)
    ]
    sent = {"shown_as": "A", "password": "harbour lights by night", "email": "a@example.org"}

    found = at_once(
        *(
            lambda link=link: Client(raise_request_exception=False).post(link, sent).status_code
            for link in links
        )
    )

    assert sorted(found) in ([200, 302], [302, 403])
    assert Person.objects.filter(email="a@example.org").count() == 1
