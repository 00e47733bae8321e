"""What somebody else did between the reading of a page and the sending of its form counts."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from django.urls import reverse

from forestall.errors import NotAllowed
from forestall.plan.example import example_plan
from forestall.plan.records import Objective
from forestall.plan.states import PlanState
from forestall.safeguards.assessment import Decision, RightsAssessment
from forestall.web.organisations.roles import Role
from forestall.web.plans.deciding import Said, decide_rights
from forestall.web.plans.editing import add_part, from_record, remove_part
from forestall.web.plans.models import Plan
from forestall.web.plans.parts import item_at, with_item
from forestall.web.plans.services import add_plan, change_plan
from tests.web.sent import form_of

WHERE = "actions/light/assessment"
TODAY = date(2026, 5, 5)


@pytest.fixture
def example(city, people):
    """The example plan as a draft, written by its coordinator."""
    content = msgspec.structs.replace(example_plan(), state=PlanState.DRAFT)
    return add_plan(content=content, jurisdiction=city, by=people[Role.COORDINATOR])


def decided(plan: Plan) -> tuple[Decision, ...]:
    """Return the decisions on the assessment as they are kept."""
    found = item_at(plan.content, WHERE)
    assert isinstance(found, RightsAssessment)
    return found.decisions


def changed_assessment(plan, by):
    def change(content):
        now = item_at(content, WHERE)
        other = msgspec.structs.replace(now, necessity={"en": "Watch everybody who walks there."})
        return with_item(content, WHERE, other)

    change_plan(plan=plan, change=change, by=by, what=WHERE)


def test_two_who_decide_at_once_are_both_kept(people, example):
    first, second = Plan.objects.get(pk=example.pk), Plan.objects.get(pk=example.pk)
    said = Said(agrees=True, reason="It is in proportion.")

    for plan, role in ((first, Role.PARTNER), (second, Role.EVALUATOR)):
        decide_rights(plan=plan, action="light", said=said, by=people[role], today=TODAY)

    by = {one.by for one in decided(Plan.objects.get())}
    assert by >= {people[Role.PARTNER].key, people[Role.EVALUATOR].key}


def test_nobody_decides_on_an_assessment_that_they_did_not_read(client, people, example):
    client.force_login(people[Role.PARTNER])
    page = reverse("plan-decide", args=[example.pk, "light"])
    sent = form_of(client.get(page)) | {"agrees": "yes", "reason": "As I read it."}
    before = len(decided(example))
    changed_assessment(example, people[Role.COORDINATOR])

    answer = client.post(page, sent)

    assert answer.status_code == 200
    assert "Somebody changed the assessment meanwhile" in answer.text
    assert len(decided(Plan.objects.get())) == before

    again = form_of(client.get(page)) | {"agrees": "no", "reason": "Not like this."}
    assert client.post(page, again).status_code == 302


def test_a_decision_of_another_does_not_make_the_page_old(client, people, example):
    client.force_login(people[Role.PARTNER])
    page = reverse("plan-decide", args=[example.pk, "light"])
    sent = form_of(client.get(page)) | {"agrees": "yes", "reason": "As I read it."}
    said = Said(agrees=True, reason="Yes.")
    decide_rights(plan=example, action="light", said=said, by=people[Role.EVALUATOR], today=TODAY)

    assert client.post(page, sent).status_code == 302


def test_nothing_comes_into_or_out_of_a_plan_that_was_adopted_meanwhile(people, example):
    by, opened = people[Role.COORDINATOR], Plan.objects.get(pk=example.pk)
    written = from_record(Objective(key="late", title={"en": "Late"}))

    def adopted(content):
        return msgspec.structs.replace(content, state=PlanState.ADOPTED)

    change_plan(plan=example, change=adopted, by=by, what="state/adopted")

    with pytest.raises(NotAllowed, match="adopted"):
        add_part(plan=opened, where="objectives", written=written, by=by)
    with pytest.raises(NotAllowed, match="adopted"):
        remove_part(plan=opened, where="omissions/0", unchanged=lambda _: True, by=by)
    assert Plan.objects.get().revision == 2


@pytest.mark.parametrize("number", ["²", "9" * 5000, "٣" * 30, "-1", "1.5", "\x00", ""])
def test_versions_that_are_no_number_lead_back(client, people, example, number):
    client.force_login(people[Role.READER])

    answer = client.get(reverse("plan-difference", args=[example.pk]), {"old": number, "new": "1"})

    assert answer.url == reverse("plan-versions", args=[example.pk])
