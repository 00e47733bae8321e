"""This file knows the page on which findings of a diagnosis become figures of a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from forestall.errors import InvalidPlan, NotAllowed
from forestall.languages import say
from forestall.plan.records import PlanProblem
from forestall.plan.states import PlanState
from forestall.web.organisations.roles import Verb
from forestall.web.pages import page, refused
from forestall.web.plans.editing import verb_for
from forestall.web.plans.parts import item_at
from forestall.web.plans.shown import shown_item
from forestall.web.plans.taken import (
    FindingsForm,
    chosen_diagnosis,
    diagnoses_for,
    figures_offered,
    take_findings,
)
from forestall.web.plans.views import about, open_plan

if TYPE_CHECKING:
    from forestall.web.pages import SignedInRequest
    from forestall.web.plans.models import Plan


@require_http_methods(["GET", "POST"])
@page(Verb.EDIT_PLAN, about=open_plan)
def take(request: SignedInRequest, plan: Plan, problem: str) -> HttpResponse:
    """Choose a diagnosis, then the findings that become figures of a problem."""
    shared = about(request, plan)
    where = f"problems/{problem}"
    try:
        item = item_at(shared["content"], where)
        verb_for(PlanState(plan.state), PlanProblem, whole=False)
    except InvalidPlan:
        raise Http404 from None
    except NotAllowed as refusal:
        return refused(request, refusal)
    diagnosis = chosen_diagnosis(plan, request.user, request.GET.get("diagnosis", ""))
    shared |= {
        "here": "problems",
        "where": where,
        "problem": shown_item(item, where, shared["content"]),
        "diagnoses": diagnoses_for(plan, request.user),
        "diagnosis": diagnosis,
        "form": None,
    }
    if diagnosis is None:
        return render(request, "plans/take.html", shared)
    figures = figures_offered(diagnosis, shared["content"])
    form = FindingsForm(figures, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            take_findings(plan=plan, problem=problem, figures=form.chosen, by=request.user)
        except InvalidPlan as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, say("Saved."))
            return redirect("plan-part", plan.pk, where)
    shared["form"] = form
    return render(request, "plans/take.html", shared, status=422 if form.errors else 200)
