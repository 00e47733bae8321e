"""This file knows the pages on plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render

from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page
from forestall.web.plans.models import Plan

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person


def visible_plan(person: Person, number: int) -> Plan:
    """Return a plan that exists for the person."""
    return get_object_or_404(
        Plan.objects.visible_to(person).select_related("jurisdiction"), pk=number
    )


@list_page(Verb.READ)
def plans(request: SignedInRequest) -> HttpResponse:
    """Show the plans that exist for the person."""
    return render(request, "plans/list.html", {"plans": Plan.objects.visible_to(request.user)})


@page(Verb.READ, about=visible_plan)
def plan(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show one plan."""
    return render(request, "plans/plan.html", {"plan": plan, "content": plan.content})
