"""After a revision, residents are asked anew about what became another question."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from msgspec.structs import replace

from forestall.plan.states import PlanState
from forestall.plan.vocabulary import Approach
from forestall.web.consultation.asked import plan_asked_about
from forestall.web.consultation.services import close_consultation, open_consultation
from forestall.web.organisations.roles import Role
from forestall.web.plans.models import Plan
from forestall.web.plans.moving import in_the_way
from forestall.web.plans.services import change_plan

NOT_ASKED = "they were not asked about it"


@pytest.fixture
def revised(consultation, people):
    """The plan of which residents were asked, in its next version."""
    close_consultation(consultation=consultation, by=people[Role.COORDINATOR])

    def change(content):
        return replace(content, state=PlanState.CONSULTED, version=content.version + 1)

    by = people[Role.COORDINATOR]
    return change_plan(plan=consultation.plan, change=change, by=by, what="state/consulted")


def with_first_action(plan, by, **changed):
    def change(content):
        first = replace(content.actions[0], **changed)
        return replace(content, actions=(first, *content.actions[1:]))

    return change_plan(plan=plan, change=change, by=by, what="actions/gates")


def in_way(plan):
    plan = Plan.objects.get(pk=plan.pk)
    points = in_the_way(plan, PlanState.ADOPTED, today=timezone.localdate())
    return [str(one.named) for one in points if NOT_ASKED in str(one.said)]


def test_another_action_stands_in_the_way_of_adoption_and_the_page_says_what(
    coordinator, revised, people
):
    assert not in_way(revised)

    with_first_action(revised, people[Role.COORDINATOR], approach=Approach.SOCIAL)

    assert len(in_way(revised)) == 1
    page = coordinator.get(reverse("plan", args=[revised.pk])).text
    assert f"{NOT_ASKED}: approach." in page
    assert NOT_ASKED in coordinator.get(reverse("plan-move", args=[revised.pk, "adopted"])).text


def test_a_new_consultation_settles_it(revised, people):
    by, today = people[Role.COORDINATOR], timezone.localdate()
    plan = with_first_action(revised, by, approach=Approach.SOCIAL)

    open_consultation(plan=plan, opens=today, ends=today + timedelta(days=30), by=by)

    assert not in_way(revised)


def test_a_correction_of_words_does_not_stand_in_the_way(coordinator, revised, people):
    title = revised.content.actions[0].title
    with_first_action(revised, people[Role.COORDINATOR], title=title | {"en": f"{title['en']} now"})

    assert not in_way(revised)
    page = coordinator.get(reverse("plan", args=[revised.pk])).text
    assert "Its wording was corrected after residents were asked: title." in page


def test_a_consultation_that_was_only_noted_is_about_the_plan_of_its_day(draft):
    assert not draft.consultations.exists()

    assert plan_asked_about(draft) == draft.revisions.get(number=1).content
