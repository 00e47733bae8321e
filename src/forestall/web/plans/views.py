"""This file knows the pages on which plans are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from forestall.errors import InvalidPlan
from forestall.plan.checks import check_plan
from forestall.plan.files import plan_to_json
from forestall.plan.records import Objective
from forestall.plan.states import EDITABLE, MOVES, PlanState
from forestall.safeguards import check_rights
from forestall.safeguards.assessment import RightsAssessment
from forestall.web.indicators.shown import series_shown
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where
from forestall.web.plans.asked_about import asked_about
from forestall.web.plans.drafting import drafters
from forestall.web.plans.mending import place_to_mend
from forestall.web.plans.models import Plan
from forestall.web.plans.move_words import move_words
from forestall.web.plans.parts import PARTS, item_at, part_at
from forestall.web.plans.pictures import logic_pictures, pictures_of_plan
from forestall.web.plans.replies_due import replies_due
from forestall.web.plans.shown import lists_of, shown_item, shown_list

if TYPE_CHECKING:
    from typing import Any

    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person


def visible_plan(person: Person, number: int) -> Plan:
    """Return a plan that exists for the person."""
    return get_object_or_404(
        Plan.objects.visible_to(person).select_related("jurisdiction", "drafted_by"), pk=number
    )


def open_plan(person: Person, number: int) -> Plan:
    """Return a plan that exists for the person, for pages on what happens before its adoption."""
    return visible_plan(person, number)


def about(request: SignedInRequest, plan: Plan) -> dict[str, Any]:
    """Return what every page on a plan needs."""
    content = plan.content
    editable = content.state in EDITABLE
    return {
        "plan": plan,
        "content": content,
        "sections": PARTS[type(content)],
        "editable": editable and may(request.user, Verb.EDIT_PLAN, plan.jurisdiction),
        "reporting": not editable and may(request.user, Verb.REPORT_PROGRESS, plan.jurisdiction),
        "states": tuple(PlanState),
    }


@list_page(Verb.READ)
def plans(request: SignedInRequest) -> HttpResponse:
    """Show the plans that exist for the person."""
    found = Plan.objects.visible_to(request.user).select_related("jurisdiction").defer("document")
    may_add = bool(places_where(request.user, Verb.EDIT_PLAN))
    return render(request, "plans/list.html", {"plans": found, "may_add": may_add})


@page(Verb.READ, about=visible_plan)
def plan(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show one plan: where it stands, and what it still lacks."""
    shared = about(request, plan)
    content = shared["content"]
    found = check_plan(
        content,
        today=timezone.localdate(),
        drafted_by=drafters(plan),
        consulted=asked_about(plan),
    )
    return render(
        request,
        "plans/plan.html",
        {
            **shared,
            "here": "plan",
            "points": [(one, place_to_mend(one, content)) for one in found.points],
            "shown": shown_item(content, "", content),
            "waiting": replies_due(plan),
            "pictures": pictures_of_plan(plan, logic_pictures, today=timezone.localdate()),
            "moves": [(to, move_words(to)) for to in MOVES[content.state]]
            if may(request.user, Verb.MOVE_PLAN, plan.jurisdiction)
            else [],
        },
    )


@page(Verb.READ, about=visible_plan)
def part(request: SignedInRequest, plan: Plan, where: str) -> HttpResponse:
    """Show a list of the plan, or one of its parts with the lists inside it."""
    shared = about(request, plan)
    content = shared["content"]
    try:
        found = item_at(content, where)
        kind = part_at(where)
    except InvalidPlan:
        raise Http404 from None
    shared |= {"here": where.partition("/")[0], "where": where, "part": kind}
    if isinstance(found, tuple) or found is None:
        above, _, name = where.rpartition("/")
        holder = item_at(content, above) if above else content
        shared["list"] = shown_list(holder, name, where, content)
        return render(request, "plans/part_list.html", shared)
    shared["item"] = shown_item(found, where, content)
    shared["lists"] = lists_of(found, where, content)
    shared["series"] = series_shown(plan, found) if isinstance(found, Objective) else None
    shared["standing"] = None
    if isinstance(found, RightsAssessment):
        drafted = drafters(plan)[where.split("/")[1]]
        shared["standing"] = check_rights(found, drafted_by=drafted).standing()
    shared["decidable"] = where.endswith("/assessment") and may(
        request.user, Verb.DECIDE_RIGHTS, plan.jurisdiction
    )
    return render(request, "plans/part.html", shared)


@page(Verb.READ, about=visible_plan)
def file(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Give the plan as a file that another city can read."""
    return HttpResponse(
        plan_to_json(plan.content),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="plan-{plan.pk}.json"'},
    )
