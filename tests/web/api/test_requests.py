"""What cannot be read, found or done is refused in one shape, with one sentence."""

from __future__ import annotations

import pytest

from forestall.training import Skill
from forestall.web.api.description import AS_FORM
from forestall.web.api.interface import ENDPOINTS
from forestall.web.indicators.models import IndicatorSource
from forestall.web.organisations.roles import ALLOWED, Role
from forestall.web.training.models import WantedSkill
from tests.web.api.conftest import Asking, token_for
from tests.web.conftest import member

OF_PLANS = [one for one in ENDPOINTS if one.path.startswith("/plans") and one.path != "/plans"]
WRITES = [one for one in OF_PLANS if one.body]
# Of a list, or of a plan: the others need things that are not there.
THERE = [one for one in ENDPOINTS if one in OF_PLANS or "{" not in one.path]


def role_for(one):
    """Return a role that may, of somebody who did not draft the plan where that counts."""
    return Role.EVALUATOR if "decisions" in one.path else Role.COORDINATOR


def address(one, plan):
    action = plan.content.actions[0].key
    filled = one.path.replace("{number}", str(plan.pk)).replace("{action}", action)
    filled = filled.replace("{where}", "problems").replace("{revision}", "1")
    objective, problem = plan.content.objectives[0].key, plan.content.problems[0].key
    filled = filled.replace("{objective}", objective).replace("{problem}", problem)
    wanted = plan.wanted_skills.values_list("pk", flat=True).first()
    filled = filled.replace("{other}", str(wanted or 1))
    if one.method in ("PUT", "DELETE") and filled.endswith("problems"):
        filled += f"/{problem}"
    return filled


def name(one) -> str:
    return f"{one.method} {one.path}"


@pytest.mark.parametrize("one", WRITES, ids=name)
@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b"[]",
        b'"x"',
        b"\xff",
        b'{"a": NaN}',
        b'{"a":1,"a":2}',
        rb'{"a": "\ud800"}',
        rb'{"\udfff": 1}',
        rb'{"a": [["\u0000"]]}',
    ],
)
def test_a_body_that_is_no_json_object_is_refused(ask, example, one, body):
    told = ask(role_for(one))(one.method, address(one, example), body, If_Match='"0"')

    assert told.status_code == 400
    assert list(told.json()) == ["detail"]


def test_a_sign_that_cannot_be_written_is_said_with_its_place(ask, example):
    body = rb'{"key": "a", "title": {"en": "\ud800"}}'
    one = WRITES[0]
    told = ask(role_for(one))(one.method, address(one, example), body, If_Match='"0"')

    assert told.status_code == 400
    assert told.json()["detail"] == "body holds a sign that cannot be written, at “en”."


@pytest.mark.parametrize("one", WRITES, ids=name)
def test_a_body_of_another_type_is_refused(client, city, people, example, one):
    _, secret = token_for(people[Role.COORDINATOR], city, Role.COORDINATOR)
    told = client.generic(
        one.method,
        f"/api/v1{address(one, example)}",
        b"{}",
        content_type="text/plain",
        headers={"Authorization": f"Bearer {secret}", "If-Match": '"0"'},
    )

    assert told.status_code == 415


@pytest.mark.parametrize("one", WRITES, ids=name)
def test_a_body_that_is_too_large_is_refused(ask, example, settings, one):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    told = ask(role_for(one))(
        one.method, address(one, example), b"{" + b" " * 200 + b"}", If_Match='"0"'
    )

    assert told.status_code == 413
    assert list(told.json()) == ["detail"]


@pytest.mark.parametrize("one", OF_PLANS, ids=name)
def test_the_plan_of_another_city_does_not_exist(client, elsewhere, example, one):
    stranger = member(elsewhere, Role.COORDINATOR)
    _, secret = token_for(stranger, elsewhere, Role.COORDINATOR)

    where = address(one, example) + "?old=1&new=1"
    told = Asking(client, secret)(one.method, where, {}, If_Match='"0"')

    assert told.status_code == 404
    assert list(told.json()) == ["detail"]


@pytest.mark.parametrize("one", [end for end in THERE if end.needs], ids=name)
@pytest.mark.parametrize("role", list(Role))
def test_a_role_can_what_the_table_says(ask, example, one, role):
    objective = example.content.objectives[0].key
    IndicatorSource.objects.create(plan=example, objective=objective, name="Recorded crime")
    WantedSkill.objects.create(plan=example, skill=next(iter(Skill)), reason="Nobody has done it.")
    told = ask(role)(one.method, address(one, example) + "?old=1&new=1", {}, If_Match='"0"')

    if role not in ALLOWED[one.needs]:
        assert told.status_code == 403
        assert "Those who can" in told.json()["detail"]
    elif role is Role.COORDINATOR and "decisions" not in one.path:
        # 409: there is nothing yet that a round could match.
        assert told.status_code in (200, 204, 409, 412, 415 if one.sent_as == AS_FORM else 422)
    else:
        assert told.status_code != 404


@pytest.mark.parametrize("path", ["", "/", "/nothing", "/plans/x/y", "/plans/1/parts", "/openapi"])
def test_where_nothing_is_the_answer_is_json(client, db, path):
    told = client.get(f"/api/v1{path}", follow=True)

    assert told.status_code == 404
    assert list(told.json()) == ["detail"]


def test_a_number_that_is_none_is_told(coordinator):
    told = coordinator("GET", "/plans/<script>")

    assert told.status_code == 422
    assert told.json()["detail"] == "“number” in the address is not what is asked for."


def test_a_verb_that_an_address_does_not_have_is_told(coordinator, example):
    told = coordinator("PATCH", f"/plans/{example.pk}/head")

    assert told.status_code == 405
    assert told.headers["Allow"] == "GET, PUT"
    assert list(told.json()) == ["detail"]


def test_a_program_needs_no_cookie_and_gets_none(coordinator, example):
    told = coordinator("POST", f"/plans/{example.pk}/moves", {"to": "draft"})

    assert told.status_code == 200
    assert not told.cookies
