"""Parts of a plan are read, added, changed and taken out by programs, by the rules of the pages."""

from __future__ import annotations

import msgspec
import pytest

from forestall.plan.states import PlanState
from forestall.web.organisations.roles import Role
from forestall.web.plans.drafting import drafters
from forestall.web.plans.models import Plan
from forestall.web.plans.services import change_plan
from tests.web.api.conftest import Asking, token_for
from tests.web.conftest import member
from tests.web.test_plan_editing import addresses

THEFT = {"key": "theft", "title": {"en": "Theft <i>of</i> bikes'); DROP TABLE x"}, "kind": "theft"}


@pytest.fixture
def at(example):
    return lambda where: f"/plans/{example.pk}/parts/{where}"


def adopted(plan, by, state=PlanState.UNDER_WAY):
    return change_plan(
        plan=plan,
        change=lambda content: msgspec.structs.replace(content, state=state),
        by=by,
        what="plan",
    )


def now(plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def test_every_part_is_read_and_sent_back_unchanged(coordinator, example, at):
    for where in addresses():
        read = coordinator("GET", at(where))
        sent = coordinator("PUT", at(where), read.content, If_Match=read.headers["ETag"])

        assert sent.status_code == 200, (where, sent.text)
        assert sent.headers["ETag"] == read.headers["ETag"]
    assert now(example).revision == example.revision


def test_a_list_is_read(coordinator, example, at):
    told = coordinator("GET", at("problems"))

    assert [one["key"] for one in told.json()] == [one.key for one in example.content.problems]
    assert "ETag" not in told.headers


def test_a_part_is_added_as_it_was_sent(coordinator, example, at):
    told = coordinator("POST", at("problems"), THEFT)

    assert told.status_code == 201
    assert told.headers["Location"] == f"/api/v1{at('problems/theft')}"
    assert now(example).content.problems[-1].title == THEFT["title"]
    assert coordinator("GET", at("problems/theft")).json()["title"] == THEFT["title"]


def test_a_key_that_is_taken_gets_a_number(coordinator, at):
    coordinator("POST", at("problems"), THEFT)

    told = coordinator("POST", at("problems"), THEFT)

    assert told.json()["key"] == "theft-2"
    assert told.headers["Location"].endswith("problems/theft-2")


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(coordinator, example, at):
    where = at(f"actions/{example.content.actions[0].key}")
    read = coordinator("GET", where)
    # A step inside the action is part of what a program sends.
    step = {"key": "new", "title": {"en": "New"}, "starts": "2025-06-01", "ends": "2025-06-02"}
    coordinator("POST", f"{where}/steps", step)

    told = coordinator("PUT", where, read.content, If_Match=read.headers["ETag"])

    assert told.status_code == 412
    assert "Somebody changed this part" in told.json()["detail"]
    assert now(example).content.actions[0].steps[-1].key == "new"


@pytest.mark.parametrize("tag", ["", "*", "xyz", '"0"', 'W/"0123"'])
def test_without_the_tag_of_the_part_nothing_is_changed(coordinator, example, at, tag):
    where = at(f"problems/{example.content.problems[0].key}")
    headers = {"If_Match": tag} if tag else {}

    for method in ("PUT", "DELETE"):
        told = coordinator(method, where, coordinator("GET", where).content, **headers)
        assert told.status_code == (412 if tag else 428)
        assert list(told.json()) == ["detail"]
    assert now(example).revision == example.revision


def test_a_part_is_taken_out(coordinator, example, at):
    action = next(one for one in example.content.actions if one.risks)
    where = at(f"actions/{action.key}/risks/0")
    tag = coordinator("GET", where).headers["ETag"]

    told = coordinator("DELETE", where, If_Match=tag)

    assert (told.status_code, told.content) == (204, b"")
    left = next(one for one in now(example).content.actions if one.key == action.key)
    assert left.risks == action.risks[1:]


def test_what_others_refer_to_is_not_taken_out(coordinator, example, at):
    where = at(f"problems/{example.content.problems[0].key}")

    told = coordinator("DELETE", where, If_Match=coordinator("GET", where).headers["ETag"])

    assert told.status_code == 422
    assert now(example).content == example.content


def test_the_key_of_a_part_stays(coordinator, example, at):
    where = at(f"problems/{example.content.problems[0].key}")
    read = coordinator("GET", where)

    told = coordinator("PUT", where, read.json() | {"key": "other"}, If_Match=read.headers["ETag"])

    assert told.status_code == 422
    assert "key" in told.json()["detail"]


def test_no_such_part_is_not_found(coordinator, at):
    wrong = ("nothing", "actions/none", "actions/²", "reviews/99", f"reviews/{'9' * 5000}", "")
    for where in wrong:
        assert coordinator("GET", at(where)).status_code == 404, where
        assert coordinator("POST", at(where), THEFT).status_code in (404, 409), where
        assert coordinator("PUT", at(where), THEFT, If_Match='"0"').status_code == 404, where


def test_a_list_is_not_changed_as_a_whole_and_a_part_is_no_list(coordinator, example, at):
    key = example.content.problems[0].key

    assert coordinator("PUT", at("problems"), THEFT, If_Match='"0"').status_code == 409
    assert coordinator("DELETE", at("problems"), If_Match='"0"').status_code == 409
    assert coordinator("POST", at(f"problems/{key}"), THEFT).status_code == 409


def test_an_assessment_that_changes_loses_its_decisions_and_nobody_brings_any(
    coordinator, example, at
):
    action = next(one for one in example.content.actions if one.assessment.decisions)
    where = at(f"actions/{action.key}/assessment")
    read = coordinator("GET", where)
    forged = read.json()["decisions"][0] | {"by": "member-999", "agrees": True}

    added = coordinator(
        "PUT", where, read.json() | {"decisions": [forged]}, If_Match=read.headers["ETag"]
    )
    changed = coordinator(
        "PUT",
        where,
        read.json() | {"necessity": {"en": "Nothing milder helps."}},
        If_Match=read.headers["ETag"],
    )

    assert added.json()["decisions"] == read.json()["decisions"]
    assert changed.status_code == 200
    assert "decisions" not in changed.json() or changed.json()["decisions"] == []


def test_an_assessment_is_not_hidden_in_its_action(coordinator, example, at):
    action = example.content.actions[0]
    where = at(f"actions/{action.key}")
    read = coordinator("GET", where)

    changed = coordinator(
        "PUT", where, read.json() | {"assessment": {}}, If_Match=read.headers["ETag"]
    )
    added = coordinator("POST", at("actions"), read.json() | {"key": "other"})

    assert changed.status_code == added.status_code == 422
    assert "own address" in changed.json()["detail"]


def test_who_sends_an_assessment_has_drafted_it(client, city, example):
    other = member(city, Role.COORDINATOR)
    ask = Asking(client, token_for(other, city, Role.COORDINATOR)[1])
    key = example.content.actions[0].key
    where = f"/plans/{example.pk}/parts/actions/{key}/assessment"
    read = ask("GET", where)
    ask("PUT", where, read.json() | {"stigma": {"en": "None."}}, If_Match=read.headers["ETag"])

    assert other.key in drafters(now(example))[key]


def test_an_assessment_is_written_once(coordinator, example, at):
    key = example.content.actions[0].key
    where = at(f"actions/{key}/assessment")

    taken = coordinator("POST", where, {})
    coordinator("DELETE", where, If_Match=coordinator("GET", where).headers["ETag"])
    written = coordinator("POST", where, {"none_touched_because": {"en": "Lamps only."}})

    assert taken.status_code == 409
    assert written.status_code == 201
    assert coordinator("GET", where).json() == written.json()


def test_once_adopted_only_follow_up_changes(ask, example, people, at):
    adopted(example, people[Role.COORDINATOR])
    action = next(one for one in example.content.actions if one.steps)
    where = at(f"actions/{action.key}/steps/{action.steps[0].key}")
    partner = ask(Role.PARTNER)
    read = partner("GET", where)
    tag = read.headers["ETag"]

    other = partner("PUT", where, read.json() | {"title": {"en": "Other"}}, If_Match=tag)
    done = partner(
        "PUT", where, read.json() | {"state": "done", "finished": "2025-07-01"}, If_Match=tag
    )

    assert other.status_code == 403
    assert "adopted" in other.json()["detail"]
    assert done.status_code == 200


def test_what_was_adopted_stays_what_it_was(coordinator, example, people, at):
    key = example.content.problems[0].key
    tag = coordinator("GET", at(f"problems/{key}")).headers["ETag"]
    adopted(example, people[Role.COORDINATOR])

    assert coordinator("PUT", at(f"problems/{key}"), THEFT, If_Match=tag).status_code == 403
    assert coordinator("POST", at("problems"), THEFT).status_code == 403
    assert coordinator("DELETE", at(f"problems/{key}"), If_Match=tag).status_code == 403
    assert coordinator("POST", at("reviews"), {"on": "2025-12-01"}).status_code == 201


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.COORDINATOR])
def test_others_write_no_part_of_a_draft(ask, example, at, role):
    told = ask(role)("POST", at("problems"), THEFT)

    assert told.status_code == 403
    assert "Coordinator" in told.json()["detail"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"key": "a"}, "body cannot be used. At the top: the field “title” is missing."),
        (THEFT | {"offender": "x"}, "At the top: there is a field"),
        (THEFT | {"kind": "sorcery"}, "Kind of problem: one of these is needed"),
        (THEFT | {"title": "Theft"}, "Title: a part in braces"),
        (THEFT | {"title": {"xx": "Theft"}}, "language"),
        (THEFT | {"title": {"en": "a" * 5001}}, "5,000"),
        (THEFT | {"title": {"en": "\u0001"}}, "cannot be written"),
    ],
)
def test_what_no_plan_can_hold_is_told_with_its_place(coordinator, example, at, body, said):
    told = coordinator("POST", at("problems"), body)

    assert told.status_code == 422
    assert said in told.json()["detail"]
    assert now(example).revision == example.revision


def test_programs_get_the_place_as_it_is_in_the_plan(coordinator, example, at):
    told = coordinator("POST", at("problems"), THEFT | {"title": {"xx": "Theft"}}).json()

    place = len(example.content.problems)
    assert told["at"] == f"problems[{place}].title"
    assert told["detail"].startswith("Problem “Theft”, title:")
