"""This file knows the address at which findings of a diagnosis become figures of a problem."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from forestall.errors import InvalidPlan
from forestall.languages import message
from forestall.plan.records import Figure, PlanProblem
from forestall.plan.states import PlanState
from forestall.web.api.bodies import answer, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.filled import filled
from forestall.web.api.plan_endpoints import plan_for
from forestall.web.api.public_records import Taking
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.roles import Verb
from forestall.web.plans.editing import verb_for
from forestall.web.plans.models import Plan  # noqa: TC001
from forestall.web.plans.parts import item_at
from forestall.web.plans.taken import (
    FindingsForm,
    chosen_diagnosis,
    figures_offered,
    take_findings,
)


@endpoint(
    "POST",
    "/plans/{number}/take/{problem}",
    says=message("Take findings of a diagnosis as figures of a problem."),
    needs=Verb.EDIT_PLAN,
    body=Taking,
    answer=list[Figure],
)
def take(request: TokenRequest, number: int, problem: str) -> HttpResponse:
    """Add what is not there yet, and return all figures of the problem.

    The findings are those that `GET /diagnoses/{number}` lists as figures, from 0.
    """
    plan = plan_for(request.auth, number, Verb.EDIT_PLAN)
    wanted = read_record(request, Taking)
    _problem(plan, problem)
    verb_for(PlanState(plan.state), PlanProblem, whole=False)
    diagnosis = chosen_diagnosis(plan, request.auth, str(wanted.diagnosis))
    assert diagnosis is not None
    figures = figures_offered(diagnosis, plan.content)
    form = filled(FindingsForm(figures, {"findings": [str(one) for one in wanted.findings]}))
    changed = take_findings(plan=plan, problem=problem, figures=form.chosen, by=request.auth)
    return answer(list(_problem(changed, problem).figures), tag=str(changed.revision))


def _problem(plan: Plan, key: str) -> PlanProblem:
    try:
        found = item_at(plan.content, f"problems/{key}")
    except InvalidPlan:
        raise Http404 from None
    if not isinstance(found, PlanProblem):
        raise Http404
    return found
