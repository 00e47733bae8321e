"""This file knows the addresses at which plans are listed, begun and read as a whole."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.http import HttpResponse  # noqa: TC002 - the library reads the types
from ninja import Query

from forestall.languages import message
from forestall.plan.files import plan_to_json
from forestall.plan.records import ActionPlan
from forestall.plan.states import PlanState
from forestall.web.api.bodies import (
    answer,
    answer_bytes,
    answer_new,
    read_body,
    read_match,
    read_record,
)
from forestall.web.api.description import endpoint
from forestall.web.api.reaching import reached_by
from forestall.web.api.records import Head, PlanRow
from forestall.web.api.tokens import TokenRequest, limits_of
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.people.models import Person  # noqa: TC001
from forestall.web.plans.beginning import plan_of_file
from forestall.web.plans.editing import Written, save_part
from forestall.web.plans.models import Plan
from forestall.web.plans.seen import seen_whole
from forestall.web.plans.services import add_plan
from forestall.web.plans.views import visible_plan

Limit = Annotated[int, Query(ge=1, le=100)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]

plan_for = reached_by(visible_plan)


def place_for(person: Person, verb: Verb) -> Jurisdiction:
    """Return the jurisdiction of the token, in which the person may do something.

    Raises
    ------
    NotAllowed
        If no role that the token leaves them allows it.
    """
    place = Jurisdiction.objects.get(pk=limits_of(person).jurisdiction)
    check_may(person, verb, place)
    return place


def row_of(plan: Plan) -> PlanRow:
    """Return a plan as it stands in a list."""
    return PlanRow(
        number=plan.pk,
        jurisdiction=plan.jurisdiction_id,
        title=plan.title,
        state=PlanState(plan.state),
        version=plan.content.version,
        revision=plan.revision,
        changed_at=plan.changed_at,
    )


@endpoint("GET", "/plans", says=message("List plans."), needs=Verb.READ, answer=list[PlanRow])
def list_plans(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Those in the jurisdiction of the token, the last changed first."""
    place_for(request.auth, Verb.READ)
    found = Plan.objects.visible_to(request.auth)[offset : offset + limit]
    return answer([row_of(one) for one in found])


@endpoint(
    "POST",
    "/plans",
    says=message("Begin a plan from a document."),
    needs=Verb.EDIT_PLAN,
    body=ActionPlan,
    answer=PlanRow,
    status=201,
)
def begin_plan(request: TokenRequest) -> HttpResponse:
    """Begin it as a draft of version 1; decisions that it brings do not count here."""
    place = place_for(request.auth, Verb.EDIT_PLAN)
    read_body(request)
    content = plan_of_file(request.body)
    plan = add_plan(content=content, jurisdiction=place, by=request.auth)
    return answer_new(request, row_of(plan), plan.pk, tag=str(plan.revision))


@endpoint(
    "GET",
    "/plans/{number}",
    says=message("Read a plan as a document."),
    needs=Verb.READ,
    answer=ActionPlan,
)
def read_plan(request: TokenRequest, number: int) -> HttpResponse:
    """Return the same file that a page gives; its ETag is the number of the revision."""
    plan = plan_for(request.auth, number, Verb.READ)
    return answer_bytes(plan_to_json(plan.content), tag=str(plan.revision))


@endpoint(
    "GET",
    "/plans/{number}/row",
    says=message("Read where a plan stands."),
    needs=Verb.READ,
    answer=PlanRow,
)
def read_row(request: TokenRequest, number: int) -> HttpResponse:
    """State, version and revision, without the document."""
    plan = plan_for(request.auth, number, Verb.READ)
    return answer(row_of(plan), tag=str(plan.revision))


@endpoint(
    "GET",
    "/plans/{number}/head",
    says=message("Read what a plan says of itself as a whole."),
    needs=Verb.READ,
    answer=Head,
)
def read_head(request: TokenRequest, number: int) -> HttpResponse:
    """Title, period, languages and the like; its ETag is asked for when it is changed."""
    plan = plan_for(request.auth, number, Verb.READ)
    return _told(plan)


@endpoint(
    "PUT",
    "/plans/{number}/head",
    says=message("Change what a plan says of itself as a whole."),
    needs=Verb.EDIT_PLAN,
    body=Head,
    answer=Head,
    options={"match": True},
)
def change_head(request: TokenRequest, number: int) -> HttpResponse:
    """All of the head is sent; what is left out becomes empty."""
    plan = plan_for(request.auth, number, Verb.EDIT_PLAN)
    was, head = read_match(request), read_record(request, Head)
    fields = {name: getattr(head, name) for name in head.__struct_fields__}
    written = Written(
        made=lambda there: msgspec.structs.replace(_whole(there), **fields),
        unchanged=lambda there: seen_whole(_head_of(_whole(there))) == was,
    )
    return _told(save_part(plan=plan, where="", written=written, by=request.auth))


def _told(plan: Plan) -> HttpResponse:
    head = _head_of(plan.content)
    return answer(head, tag=seen_whole(head))


def _head_of(content: ActionPlan) -> Head:
    return Head(**{name: getattr(content, name) for name in Head.__struct_fields__})


def _whole(there: object) -> ActionPlan:
    assert isinstance(there, ActionPlan)
    return there
