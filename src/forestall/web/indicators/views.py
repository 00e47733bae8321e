"""This file knows the pages on which an indicator is linked to a source, and its series is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from forestall.languages import say
from forestall.records.manifest import read_manifest
from forestall.web.data.folders import store_folder
from forestall.web.data.models import Store
from forestall.web.indicators import services
from forestall.web.indicators.forms import StoreSourceForm, SurveySourceForm
from forestall.web.indicators.models import IndicatorSource
from forestall.web.indicators.shown import series_shown
from forestall.web.indicators.written import how_it_is_counted, what_is_counted
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.pages import page
from forestall.web.plans.views import about, visible_plan
from forestall.web.surveys.models import Survey

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.plan.records import Objective
    from forestall.web.pages import SignedInRequest
    from forestall.web.plans.models import Plan


@page(Verb.READ, about=visible_plan)
def source(request: SignedInRequest, plan: Plan, objective: str) -> HttpResponse:
    """Show the series of an objective, where it comes from, and which sources there are."""
    shared = _about(request, plan, objective)
    may_link = may(request.user, Verb.EDIT_PLAN, plan.jurisdiction)
    linked = shared["series"].source
    shared |= {
        "may_link": may_link,
        "may_measure": may(request.user, Verb.REPORT_PROGRESS, plan.jurisdiction),
        "stores": stores_of(plan) if may_link else [],
        "surveys": Survey.objects.filter(jurisdiction=plan.jurisdiction) if may_link else [],
        "what": None,
    }
    if linked is not None and "period" in linked.settings:
        shared["what"] = (what_is_counted(linked.settings), how_it_is_counted(linked.settings))
    return render(request, "indicators/source.html", shared)


@page(Verb.EDIT_PLAN, about=visible_plan)
def link_store(request: SignedInRequest, plan: Plan, objective: str, store: int) -> HttpResponse:
    """Ask what is counted in a store, and link it."""
    shared = _about(request, plan, objective)
    origin = get_object_or_404(Store, pk=store, jurisdiction=plan.jurisdiction)
    if read_manifest(store_folder(origin)) is None:
        messages.error(request, say("This store holds no incidents yet; bring a file first."))
        return redirect("plan-source", plan.pk, objective)
    held = _held(shared["series"].source, origin)
    form = StoreSourceForm(origin, request.POST or None, held=held)
    return _linked(request, plan, shared, form, origin)


@page(Verb.EDIT_PLAN, about=visible_plan)
def link_survey(request: SignedInRequest, plan: Plan, objective: str, survey: int) -> HttpResponse:
    """Ask which question of a survey is meant, then which answers count, and link it."""
    shared = _about(request, plan, objective)
    origin = get_object_or_404(Survey, pk=survey, jurisdiction=plan.jurisdiction)
    questions = questions_of(origin)
    held = _held(shared["series"].source, origin)
    column = request.GET.get("column", held.get("column", ""))
    if column not in questions:
        shared |= {"origin": origin, "questions": questions}
        return render(request, "indicators/question.html", shared)
    form = SurveySourceForm(column, questions[column], request.POST or None, held=held)
    return _linked(request, plan, shared, form, origin)


@page(Verb.REPORT_PROGRESS, about=visible_plan)
@require_POST
def again(request: SignedInRequest, plan: Plan, objective: str) -> HttpResponse:
    """Compute the indicators of a plan once more."""
    services.measure_again(source=_source(plan, objective), by=request.user)
    messages.success(request, say("The series is computed anew in the background."))
    return redirect("plan-source", plan.pk, objective)


@page(Verb.EDIT_PLAN, about=visible_plan)
@require_POST
def unlink(request: SignedInRequest, plan: Plan, objective: str) -> HttpResponse:
    """Take the link away."""
    services.unlink_indicator(source=_source(plan, objective), by=request.user)
    messages.success(request, say("The link is taken away; what was measured stays in the plan."))
    return redirect("plan-source", plan.pk, objective)


def _linked(
    request: SignedInRequest,
    plan: Plan,
    shared: dict[str, Any],
    form: StoreSourceForm | SurveySourceForm,
    origin: Store | Survey,
) -> HttpResponse:
    """Link what a valid form says; else show the form."""
    key = shared["objective"].key
    if shared["objective"].indicator is None:
        messages.error(request, say("Say first in the plan what is measured, and in which unit."))
        return redirect("plan-source", plan.pk, key)
    if request.method == "POST" and form.is_valid():
        services.link_indicator(
            plan=plan, objective=key, origin=origin, settings=form.settings, by=request.user
        )
        messages.success(request, say("The indicator is linked; its series is computed."))
        return redirect("plan-source", plan.pk, key)
    shared |= {"form": form, "origin": origin}
    return render(request, "indicators/link.html", shared, status=422 if form.errors else 200)


def _about(request: SignedInRequest, plan: Plan, key: str) -> dict[str, Any]:
    shared = about(request, plan)
    objective = objective_of(shared["content"].objectives, key)
    series = series_shown(plan, objective)
    return {**shared, "here": "objectives", "objective": objective, "series": series}


def objective_of(objectives: tuple[Objective, ...], key: str) -> Objective:
    """Return the objective with a key.

    Raises
    ------
    Http404
        If there is none.
    """
    for one in objectives:
        if one.key == key:
            return one
    raise Http404


def _source(plan: Plan, objective: str) -> IndicatorSource:
    return get_object_or_404(
        IndicatorSource.objects.select_related("plan__jurisdiction"), plan=plan, objective=objective
    )


def stores_of(plan: Plan) -> list[Store]:
    """Return the stores of the place of a plan that hold incidents."""
    stores = Store.objects.filter(jurisdiction=plan.jurisdiction).select_related("jurisdiction")
    return [one for one in stores if read_manifest(store_folder(one)) is not None]


def _held(source: IndicatorSource | None, origin: Store | Survey) -> dict[str, Any]:
    """Return what was chosen before, where it was the same source."""
    if source is None or origin not in (source.store, source.survey):
        return {}
    return dict(source.settings)


def questions_of(survey: Survey) -> dict[str, list[float]]:
    """Return all codes of each column that was a question in some wave."""
    found: dict[str, set[float]] = {}
    for wave in survey.waves.all():
        for column, codes in wave.answers.items():
            found.setdefault(column, set()).update(codes)
    return {column: sorted(codes) for column, codes in sorted(found.items())}
