"""This file knows the addresses at which an indicator is linked to a source, and computed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from forestall.languages import message
from forestall.records.manifest import read_manifest
from forestall.web.api.bodies import answer, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.filled import fields_of, filled
from forestall.web.api.plan_endpoints import plan_for
from forestall.web.api.refusals import Refused
from forestall.web.api.survey_records import (
    FromStore,
    FromSurvey,
    Linked,
    Series,
    SeriesPoint,
    StoreOffered,
    SurveyOffered,
)
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.data.folders import store_folder
from forestall.web.data.models import Store
from forestall.web.indicators import services
from forestall.web.indicators.forms import StoreSourceForm, SurveySourceForm
from forestall.web.indicators.models import IndicatorSource
from forestall.web.indicators.shown import series_shown
from forestall.web.indicators.views import objective_of, questions_of, stores_of
from forestall.web.indicators.written import code_words, how_it_is_counted, what_is_counted
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.surveys.models import Survey

if TYPE_CHECKING:
    from forestall.plan.records import Objective
    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan


@endpoint(
    "GET",
    "/plans/{number}/sources/{objective}",
    says=message("Read where the series of an objective comes from."),
    needs=Verb.READ,
    answer=Series,
)
def read_source(request: TokenRequest, number: int, objective: str) -> HttpResponse:
    """Return each figure with how it came there; hidden ones stay hidden."""
    plan = plan_for(request.auth, number, Verb.READ)
    objective_of(plan.content.objectives, objective)
    return _told(plan, objective, request.auth)


@endpoint(
    "PUT",
    "/plans/{number}/sources/{objective}/store",
    says=message("Link an indicator to a store."),
    needs=Verb.EDIT_PLAN,
    body=FromStore,
    answer=Series,
)
def link_to_store(request: TokenRequest, number: int, objective: str) -> HttpResponse:
    """Count incidents for each period; an earlier link gives way."""
    plan = plan_for(request.auth, number, Verb.EDIT_PLAN)
    wanted, found = read_record(request, FromStore), _measured(plan, objective)
    origin = get_object_or_404(Store, pk=wanted.store, jurisdiction=plan.jurisdiction)
    if read_manifest(store_folder(origin)) is None:
        raise Refused(409, message("This store is empty; bring a file with incidents first."))
    form = StoreSourceForm(origin, fields_of(wanted), held={})
    if "areas" not in form.fields and (wanted.areas is not None or wanted.area):
        raise Refused(409, message("There is no file of areas yet; bring one first."))
    return _linked(request.auth, plan, found, origin, filled(form).settings)


@endpoint(
    "PUT",
    "/plans/{number}/sources/{objective}/survey",
    says=message("Link an indicator to a question of a survey."),
    needs=Verb.EDIT_PLAN,
    body=FromSurvey,
    answer=Series,
)
def link_to_survey(request: TokenRequest, number: int, objective: str) -> HttpResponse:
    """Count the people who gave certain answers; an earlier link gives way."""
    plan = plan_for(request.auth, number, Verb.EDIT_PLAN)
    wanted, found = read_record(request, FromSurvey), _measured(plan, objective)
    origin = get_object_or_404(Survey, pk=wanted.survey, jurisdiction=plan.jurisdiction)
    questions = questions_of(origin)
    if wanted.column not in questions:
        raise Refused(422, message("“column” cannot be used: no wave has such a question."))
    given = {
        "wording": wanted.wording,
        "counted": [code_words(one) for one in wanted.counted],
        "no_answer": [code_words(one) for one in wanted.no_answer],
    }
    form = filled(SurveySourceForm(wanted.column, questions[wanted.column], given, held={}))
    return _linked(request.auth, plan, found, origin, form.settings)


@endpoint(
    "POST",
    "/plans/{number}/sources/{objective}/again",
    says=message("Compute the indicators of a plan once more."),
    needs=Verb.REPORT_PROGRESS,
    answer=Series,
)
def measure_again(request: TokenRequest, number: int, objective: str) -> HttpResponse:
    """Compute them in the background, from what the sources hold now."""
    plan = plan_for(request.auth, number, Verb.REPORT_PROGRESS)
    objective_of(plan.content.objectives, objective)
    services.measure_again(source=_source(plan, objective), by=request.auth)
    return _told(plan_for(request.auth, number, Verb.READ), objective, request.auth)


@endpoint(
    "DELETE",
    "/plans/{number}/sources/{objective}",
    says=message("Take the link of an indicator away."),
    needs=Verb.EDIT_PLAN,
    status=204,
)
def unlink(request: TokenRequest, number: int, objective: str) -> HttpResponse:
    """Leave in the plan what was measured."""
    plan = plan_for(request.auth, number, Verb.EDIT_PLAN)
    services.unlink_indicator(source=_source(plan, objective), by=request.auth)
    return HttpResponse(status=204)


def _measured(plan: Plan, key: str) -> Objective:
    found = objective_of(plan.content.objectives, key)
    if found.indicator is None:
        raise Refused(409, message("Say first in the plan what is measured, and in which unit."))
    return found


def _source(plan: Plan, objective: str) -> IndicatorSource:
    """Return the link of an objective; compared here, for what was sent may be no key at all."""
    links = IndicatorSource.objects.filter(plan=plan).select_related("plan__jurisdiction")
    for one in links:
        if one.objective == objective:
            return one
    raise Http404


def _linked(
    person: Person,
    plan: Plan,
    objective: Objective,
    origin: Store | Survey,
    settings: dict[str, Any],
) -> HttpResponse:
    services.link_indicator(
        plan=plan, objective=objective.key, origin=origin, settings=settings, by=person
    )
    return _told(plan_for(person, plan.pk, Verb.EDIT_PLAN), objective.key, person)


def _told(plan: Plan, key: str, person: Person) -> HttpResponse:
    shown = series_shown(plan, objective_of(plan.content.objectives, key))
    may_link = may(person, Verb.EDIT_PLAN, plan.jurisdiction)
    surveys = Survey.objects.filter(jurisdiction=plan.jurisdiction) if may_link else ()
    return answer(
        Series(
            objective=key,
            linked=_link(shown.source) if shown.source is not None else None,
            rows=[
                SeriesPoint(
                    on=one.on,
                    number=str(one.number),
                    kind=str(one.kind),
                    source=one.source,
                    earlier=[str(said) for said in one.earlier],
                )
                for one in shown.rows
            ],
            notes=[str(said) for said in shown.notes],
            failures=[str(said) for said in shown.failures],
            stores=[
                StoreOffered(number=one.pk, name=one.name)
                for one in (stores_of(plan) if may_link else ())
            ],
            surveys=[
                SurveyOffered(number=one.pk, name=one.name, questions=questions_of(one))
                for one in surveys
            ],
        )
    )


def _link(one: IndicatorSource) -> Linked:
    in_store = "period" in one.settings
    return Linked(
        store=one.store_id,
        survey=one.survey_id,
        name=one.name,
        settings=one.settings,
        what=str(what_is_counted(one.settings)) if in_store else "",
        how=str(how_it_is_counted(one.settings)) if in_store else "",
        state=one.state,
        measured_at=one.measured_at,
    )
