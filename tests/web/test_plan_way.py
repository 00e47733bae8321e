"""A plan begins, is decided on by two people, goes from state to state, and is compared."""

from __future__ import annotations

from io import BytesIO

import msgspec
import pytest
from django.urls import reverse

from forestall.plan.example import example_plan
from forestall.plan.files import plan_to_json
from forestall.plan.states import PlanState
from forestall.web.organisations.roles import Role
from forestall.web.plans.models import Plan
from forestall.web.plans.services import add_plan, change_plan
from tests.web.conftest import member
from tests.web.sent import form_of


@pytest.fixture
def example(city, people):
    """The example plan, in this city, drafted by its coordinator."""
    return add_plan(content=example_plan(), jurisdiction=city, by=people[Role.COORDINATOR])


def undecided(plan: Plan) -> str:
    """Return the key of an action whose assessment waits for somebody."""
    return next(
        one.key
        for one in plan.content.actions
        if one.assessment is not None and len(one.assessment.decisions) == 1
    )


def test_a_plan_begins_with_the_partners_of_the_register(client, city, people):
    client.force_login(people[Role.COORDINATOR])

    answer = client.post(
        reverse("plan-begin"),
        {"place": city.pk, "title": "Safer nights", "starts": "2026-01-01", "ends": "2027-12-31"},
        follow=True,
    )

    assert "Safer nights" in answer.text
    plan = Plan.objects.get()
    assert [one.key for one in plan.content.partners] == ["office"]
    assert plan.content.state is PlanState.DRAFT


def test_a_plan_begins_from_a_file_as_a_draft_without_decisions_of_others(client, city, people):
    client.force_login(people[Role.COORDINATOR])
    file = BytesIO(plan_to_json(example_plan()))
    file.name = "plan.json"

    client.post(reverse("plan-begin"), {"place": city.pk, "file": file})

    content = Plan.objects.get().content
    assert content.state is PlanState.DRAFT
    assert len(content.actions) == len(example_plan().actions)
    assert not any(one.assessment.decisions for one in content.actions if one.assessment)


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (b"", "no JSON"),
        (b"[]", "plan"),
        (b'{"key": 1}', "Short name: a text is needed"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_words(client, city, people, read, said):
    client.force_login(people[Role.COORDINATOR])
    file = BytesIO(read or b" ")
    file.name = "plan.json"

    answer = client.post(reverse("plan-begin"), {"place": city.pk, "file": file})

    assert answer.status_code == 200
    assert said in answer.text
    assert not Plan.objects.exists()


def test_nobody_begins_a_plan_in_a_city_of_others(client, people, elsewhere):
    client.force_login(people[Role.COORDINATOR])

    answer = client.post(
        reverse("plan-begin"),
        {"place": elsewhere.pk, "title": "X", "starts": "2026-01-01", "ends": "2027-12-31"},
    )

    assert answer.status_code == 200
    assert not Plan.objects.exists()


def test_two_people_who_did_not_draft_decide(client, city, people, example):
    key = undecided(example)
    page = reverse("plan-decide", args=[example.pk, key])
    for role in (Role.PARTNER, Role.EVALUATOR):
        client.force_login(people[role])
        client.post(page, {"agrees": "yes", "reason": "It is in proportion.", "conditions": ""})

    example.refresh_from_db()
    action = next(one for one in example.content.actions if one.key == key)
    by = [one.by for one in action.assessment.decisions]
    assert by[-2:] == [people[Role.PARTNER].key, people[Role.EVALUATOR].key]
    assert action.assessment.decisions[-1].office["en"] == "Evaluator, Safer City office"


def test_a_later_decision_of_a_person_replaces_the_earlier_one(client, people, example):
    key = undecided(example)
    page = reverse("plan-decide", args=[example.pk, key])
    client.force_login(people[Role.PARTNER])

    for agrees in ("yes", "no"):
        client.post(page, {"agrees": agrees, "reason": "Looked at again."})

    example.refresh_from_db()
    action = next(one for one in example.content.actions if one.key == key)
    mine = [one for one in action.assessment.decisions if one.by == people[Role.PARTNER].key]
    assert [one.agrees for one in mine] == [False]


def test_who_drafted_does_not_decide(client, people, example):
    client.force_login(people[Role.COORDINATOR])

    answer = client.get(reverse("plan-decide", args=[example.pk, undecided(example)]))

    assert answer.status_code == 403
    assert "did not draft" in answer.text


def test_who_wrote_the_assessment_does_not_decide_either(client, city, people, example):
    second = member(city, Role.COORDINATOR, name="second")
    key = undecided(example)
    client.force_login(second)
    page = reverse("plan-edit", args=[example.pk, f"actions/{key}/assessment"])
    client.post(page, form_of(client.get(page)) | {"necessity": "Needed for other reasons."})

    answer = client.get(reverse("plan-decide", args=[example.pk, key]))

    assert answer.status_code == 403


def test_a_changed_assessment_is_decided_anew(client, people, example):
    key = undecided(example)
    client.force_login(people[Role.COORDINATOR])
    page = reverse("plan-edit", args=[example.pk, f"actions/{key}/assessment"])

    client.post(page, form_of(client.get(page)) | {"necessity": "Needed for other reasons."})

    example.refresh_from_db()
    action = next(one for one in example.content.actions if one.key == key)
    assert action.assessment.decisions == ()


def test_an_action_that_scores_people_is_refused_whatever_is_decided(client, people, example):
    key = undecided(example)
    client.force_login(people[Role.COORDINATOR])
    page = reverse("plan-edit", args=[example.pk, f"actions/{key}/assessment"])
    client.post(page, form_of(client.get(page)) | {"scores_individuals": "on"})
    client.force_login(people[Role.PARTNER])

    answer = client.get(reverse("plan-decide", args=[example.pk, key]))

    assert answer.status_code == 403
    assert "scores or predicts individual people" in answer.text


def test_a_reader_does_not_decide(client, people, example):
    client.force_login(people[Role.READER])

    answer = client.get(reverse("plan-decide", args=[example.pk, undecided(example)]))

    assert answer.status_code == 403


def test_the_waiting_assessments_are_listed(client, people, example):
    client.force_login(people[Role.PARTNER])

    text = client.get(reverse("safeguards")).text

    assert reverse("plan-decide", args=[example.pk, undecided(example)]) in text


def test_a_plan_with_something_missing_is_not_adopted(client, people, example):
    client.force_login(people[Role.COORDINATOR])
    page = reverse("plan-move", args=[example.pk, "adopted"])

    shown = client.get(page)
    answer = client.post(page)

    assert "This has to be settled before" in shown.text
    assert "settle this" in answer.text
    example.refresh_from_db()
    assert example.state == PlanState.CONSULTED


def test_a_plan_goes_back_to_its_desk(client, people, example):
    client.force_login(people[Role.COORDINATOR])

    client.post(reverse("plan-move", args=[example.pk, "draft"]))

    example.refresh_from_db()
    assert example.state == PlanState.DRAFT
    assert example.revision == 2


def test_a_state_that_cannot_follow_is_no_page(client, people, example):
    client.force_login(people[Role.COORDINATOR])

    for to in ("closed-for-ever", "under-way", "revised"):
        assert client.get(reverse("plan-move", args=[example.pk, to])).status_code == 404


def test_a_revision_of_a_plan_begins_a_new_version(client, people, example):
    reviewed = msgspec.structs.replace(example.content, state=PlanState.UNDER_REVIEW)
    change_plan(
        plan=example, change=lambda _: reviewed, by=people[Role.COORDINATOR], what="for the test"
    )
    client.force_login(people[Role.COORDINATOR])

    client.post(reverse("plan-move", args=[example.pk, "revised"]))

    example.refresh_from_db()
    assert example.content.version == reviewed.version + 1


def test_any_two_changes_are_compared_in_words(client, people, example):
    client.force_login(people[Role.COORDINATOR])
    key = example.content.problems[0].key
    page = reverse("plan-edit", args=[example.pk, f"problems/{key}"])
    client.post(page, form_of(client.get(page)) | {"where": "Old Quay only"})

    listed = client.get(reverse("plan-versions", args=[example.pk])).text
    text = client.get(reverse("plan-difference", args=[example.pk]), {"old": "2", "new": "1"}).text

    assert 'name="old" value="1"' in listed
    assert "Old Quay only</ins>" in text
    assert "<del>" in text


@pytest.mark.parametrize("asked", [{}, {"old": "x", "new": "1"}, {"old": "1"}])
def test_without_two_changes_one_is_asked_to_choose(client, people, example, asked):
    client.force_login(people[Role.READER])

    answer = client.get(reverse("plan-difference", args=[example.pk]), asked)

    assert answer.status_code == 302


def test_another_city_finds_none_of_these_pages(client, elsewhere, example):
    client.force_login(member(elsewhere, Role.COORDINATOR))

    for name, rest in (
        ("plan-decide", [undecided(example)]),
        ("plan-move", ["draft"]),
        ("plan-versions", []),
        ("plan-difference", []),
    ):
        assert client.get(reverse(name, args=[example.pk, *rest])).status_code == 404
    assert example.title not in client.get(reverse("safeguards")).text


def test_residents_who_wait_for_a_reply_stand_in_the_way_of_adoption(client, city, people, example):
    from tests.web.objects import comment_of

    comment_of(city)
    client.force_login(people[Role.COORDINATOR])

    shown = client.get(example.get_absolute_url()).text
    answer = client.post(reverse("plan-move", args=[example.pk, "adopted"]))

    assert "comment on the draft waits for a reply" in shown
    assert "comment on the draft waits for a reply" in answer.text
    example.refresh_from_db()
    assert example.state == PlanState.CONSULTED


def test_an_action_that_was_rewritten_is_decided_anew(client, people, example):
    key = next(
        one.key for one in example.content.actions if one.assessment and one.assessment.decisions
    )
    client.force_login(people[Role.COORDINATOR])
    page = reverse("plan-edit", args=[example.pk, f"actions/{key}"])

    client.post(page + "?in=fr", form_of(client.get(page + "?in=fr")) | {"title": "Autre titre"})
    example.refresh_from_db()
    translated = next(one for one in example.content.actions if one.key == key)
    client.post(page, form_of(client.get(page)) | {"description": "Cameras instead of gates."})
    example.refresh_from_db()
    rewritten = next(one for one in example.content.actions if one.key == key)

    assert translated.assessment.decisions
    assert rewritten.assessment.decisions == ()


def test_who_rewrote_an_action_does_not_decide_on_it(client, city, people, example):
    second = member(city, Role.COORDINATOR, name="second")
    key = undecided(example)
    client.force_login(second)
    page = reverse("plan-edit", args=[example.pk, f"actions/{key}"])
    client.post(page, form_of(client.get(page)) | {"description": "Something else is done."})

    assert client.get(reverse("plan-decide", args=[example.pk, key])).status_code == 403
