"""Plans are begun, read, checked, moved, decided on and compared by programs."""

from __future__ import annotations

import msgspec
import pytest

from forestall.plan.example import example_plan
from forestall.plan.files import plan_from_json, plan_to_json
from forestall.web.operations.models import Job
from forestall.web.organisations.roles import Role
from forestall.web.plans.models import Plan
from forestall.web.plans.services import change_plan


def undecided(plan):
    return next(
        one.key
        for one in plan.content.actions
        if one.assessment is not None and len(one.assessment.decisions) == 1
    )


def test_plans_are_listed_page_by_page(coordinator, plan, example):
    first = coordinator("GET", "/plans?limit=1").json()
    second = coordinator("GET", "/plans?limit=1&offset=1").json()

    assert {one["number"] for one in first + second} == {plan.pk, example.pk}
    assert first[0]["state"] == "consulted"


@pytest.mark.parametrize("asked", ["limit=0", "limit=101", "limit=x", "offset=-1", "offset=1e99"])
def test_a_page_that_cannot_be_is_told(coordinator, asked):
    told = coordinator("GET", f"/plans?{asked}")

    assert told.status_code == 422
    assert asked.split("=")[0] in told.json()["detail"]


def test_a_plan_is_read_as_the_file_that_other_cities_read(coordinator, example):
    told = coordinator("GET", f"/plans/{example.pk}")

    assert plan_from_json(told.content) == example_plan()
    assert told.headers["ETag"] == '"1"'
    assert told.headers["Cache-Control"] == "no-store"
    assert coordinator("GET", f"/plans/{example.pk}/row").json()["revision"] == 1


def test_a_plan_begins_as_a_draft_without_the_decisions_of_others(coordinator, city):
    told = coordinator("POST", "/plans", plan_to_json(example_plan()))

    assert told.status_code == 201
    plan = Plan.objects.get()
    assert told.headers["Location"] == f"/api/v1/plans/{plan.pk}"
    assert told.json()["state"] == "draft"
    assert plan.jurisdiction == city
    assert not any(one.assessment.decisions for one in plan.content.actions if one.assessment)


def test_the_head_changes_as_a_whole(coordinator, example):
    where = f"/plans/{example.pk}/head"
    read = coordinator("GET", where)
    title = {"en": "Homes", "fr": "Maisons"}

    told = coordinator("PUT", where, read.json() | {"title": title}, If_Match=read.headers["ETag"])
    late = coordinator("PUT", where, read.content, If_Match=read.headers["ETag"])

    assert told.json()["title"] == title
    assert late.status_code == 412
    changed = Plan.objects.get().content
    assert changed.state is example.content.state
    assert changed.actions == example.content.actions


def test_a_head_has_nothing_but_a_head(coordinator, example):
    where = f"/plans/{example.pk}/head"
    read = coordinator("GET", where)

    told = coordinator("PUT", where, read.json() | {"state": "adopted"}, If_Match='"0"')

    assert told.status_code == 422


def test_what_a_plan_lacks_is_told_with_paragraphs(coordinator, plan):
    told = coordinator("GET", f"/plans/{plan.pk}/checks").json()

    assert all(one["said"] and one["paragraph"] for one in told)
    assert any("consulted" in one["before"] for one in told)


def test_sentences_come_in_the_language_that_is_asked_for(coordinator, plan):
    told = coordinator("GET", f"/plans/{plan.pk}/moves", Accept_Language="fr")

    assert told.headers["Content-Language"] == "fr"


def test_a_plan_moves_when_nothing_stands_in_the_way(coordinator, plan, example):
    there = coordinator("POST", f"/plans/{example.pk}/moves", {"to": "draft"})
    no = coordinator("POST", f"/plans/{plan.pk}/moves", {"to": "consulted"})
    never = coordinator("POST", f"/plans/{plan.pk}/moves", {"to": "adopted"})

    assert there.json()["state"] == "draft"
    assert no.status_code == never.status_code == 409
    assert "settle this" in no.json()["detail"]
    told = coordinator("GET", f"/plans/{plan.pk}/moves").json()
    assert [one["to"] for one in told] == ["consulted", "closed"]


def test_somebody_who_did_not_draft_it_decides(ask, example):
    key = undecided(example)
    said = {"agrees": True, "reason": "<b>Fair</b> and open."}
    where, evaluator = f"/plans/{example.pk}/decisions/{key}", ask(Role.EVALUATOR)
    tag = evaluator("GET", where).headers["ETag"]

    told = evaluator("POST", where, said, If_Match=tag)

    assert told.status_code == 200
    assert told.json()["decisions"][-1]["office"]["en"] == "Evaluator, Safer City office"
    # What somebody decided is no part of what was assessed.
    assert told.headers["ETag"] == tag
    again = evaluator("POST", where, said, If_Match=tag)
    assert len(again.json()["decisions"]) == 2


def test_nobody_decides_on_an_assessment_that_they_did_not_read(ask, coordinator, example):
    key = undecided(example)
    said, evaluator = {"agrees": True, "reason": "Fair."}, ask(Role.EVALUATOR)
    where, part = f"/plans/{example.pk}/decisions/{key}", f"/plans/{example.pk}/parts/actions/{key}"
    unread = evaluator("POST", where, said)
    invented = evaluator("POST", where, said, If_Match='"0123456789abcdef"')
    of_the_part = coordinator("GET", f"{part}/assessment").headers["ETag"]
    tag = evaluator("GET", where).headers["ETag"]

    read = coordinator("GET", f"{part}/assessment").json()
    read["necessity"] = {"en": "Something else altogether."}
    changed = coordinator("PUT", f"{part}/assessment", read, If_Match=of_the_part)
    late = evaluator("POST", where, said, If_Match=tag)

    assert changed.status_code == 200
    assert (unread.status_code, invented.status_code, late.status_code) == (428, 412, 412)
    assert "Somebody changed the assessment" in late.json()["detail"]
    assert "Somebody changed the assessment" in invented.json()["detail"]
    assert not any(one["by"] for one in evaluator("GET", where).json()["decisions"])


def test_an_action_without_an_assessment_has_nothing_to_decide_on(ask, example):
    bare = next((one.key for one in example.content.actions if one.assessment is None), "nothing")

    assert ask(Role.READER)("GET", f"/plans/{example.pk}/decisions/{bare}").status_code == 404


def test_who_drafted_it_does_not_decide(coordinator, example):
    told = coordinator(
        "POST",
        f"/plans/{example.pk}/decisions/{undecided(example)}",
        {"agrees": True, "reason": "Mine."},
        If_Match='"0"',
    )

    assert told.status_code == 403
    assert "drafted" in told.json()["detail"]


def test_a_decision_needs_a_reason_and_an_action(ask, example):
    evaluator, where = ask(Role.EVALUATOR), f"/plans/{example.pk}/decisions"
    said = {"agrees": True, "reason": "  "}

    told = evaluator("POST", f"{where}/{undecided(example)}", said, If_Match='"0"')
    assert told.status_code == 422
    assert evaluator("POST", f"{where}/nothing", said).status_code == 404


def test_versions_are_listed_read_and_compared(coordinator, people, example):
    change_plan(
        plan=example,
        change=lambda one: msgspec.structs.replace(one, summary={"en": "Short."}),
        by=people[Role.COORDINATOR],
        what="plan",
    )
    where = f"/plans/{example.pk}"

    listed = coordinator("GET", f"{where}/versions").json()
    first = coordinator("GET", f"{where}/versions/1")
    changed = coordinator("GET", f"{where}/difference?old=1&new=2").json()

    assert [one["number"] for one in listed] == [2, 1]
    assert plan_from_json(first.content) == example_plan()
    assert [one["new"] for one in changed if one["language"] == "en"] == ["Short."]
    assert coordinator("GET", f"{where}/versions/{2**70}").status_code == 404
    assert coordinator("GET", f"{where}/difference?old=1&new=99").status_code == 404
    assert coordinator("GET", f"{where}/difference?old=1").status_code == 422


def test_means_and_duties_are_told(coordinator, example):
    budget = coordinator("GET", f"/plans/{example.pk}/budget").json()
    duties = coordinator("GET", f"/plans/{example.pk}/duties").json()

    assert budget["total"]["money"] == sum(one["money"] for one in budget["by_action"])
    assert duties == sorted(duties, key=lambda one: one["due"])


def test_what_waits_for_a_decision_is_told(coordinator, example):
    told = coordinator("GET", "/safeguards").json()

    assert undecided(example) in {one["action"] for one in told}
    assert all(one["said"] for one in told)


def test_partners_and_places_are_listed(coordinator, city):
    assert [one["key"] for one in coordinator("GET", "/organisations").json()] == ["office"]
    assert [one["number"] for one in coordinator("GET", "/jurisdictions").json()] == [city.pk]


def test_administrators_read_the_log(ask, example):
    told = ask(Role.ADMINISTRATOR)("GET", "/audit")

    assert "begin plan" in [one["verb"] for one in told.json()]
    assert ask(Role.COORDINATOR)("GET", "/audit").status_code == 403


def test_work_is_listed_and_cancelled_by_who_may(ask, city, people):
    job = Job.objects.create(kind="import", jurisdiction=city, made_by=people[Role.ANALYST])

    assert [one["number"] for one in ask(Role.READER)("GET", "/jobs").json()] == [job.pk]
    assert ask(Role.READER)("DELETE", f"/jobs/{job.pk}").status_code == 403
    assert ask(Role.ANALYST)("DELETE", f"/jobs/{job.pk}").json()["state"] == "cancelled"
    assert ask(Role.READER)("GET", f"/jobs/{job.pk}").json()["ended_at"]


def test_the_workspace_tells_without_a_token_that_it_answers(client, db):
    told = client.get("/api/v1/health")

    assert told.json()["database"] is True
    assert told.json()["worker"] is False
