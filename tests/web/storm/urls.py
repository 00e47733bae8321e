"""This file knows three pages for clients that make a storm: to come in, write, add plans."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt
from msgspec.structs import replace

from forestall.plan.states import PlanState
from forestall.plan.vocabulary import StepState
from forestall.web import urls
from forestall.web.operations.models import Job
from forestall.web.operations.tasks import start_job
from forestall.web.organisations.models import Jurisdiction, Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.plans.models import Plan
from forestall.web.plans.services import add_plan, change_plan
from forestall.web.urls import handler500

if TYPE_CHECKING:
    from django.http import HttpRequest

    from forestall.plan.records import ActionPlan
    from forestall.web.pages import SignedInRequest

__all__ = ["handler500", "urlpatterns"]


def join(request: HttpRequest, name: str) -> HttpResponse:
    """Make a coordinator of the demonstration, and sign them in."""
    person = Person.objects.create_user(f"{name}@example.org", shown_as=name)
    office = Organisation.objects.get(key="safer-city-office")
    Membership.objects.create(person=person, organisation=office, role=Role.COORDINATOR)
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return HttpResponse("joined")


@csrf_exempt
@login_required
def write(request: SignedInRequest, word: str) -> HttpResponse:
    """Change the summary of the plan, as one part of it is changed by a form."""
    plan = Plan.objects.visible_to(request.user).earliest("pk")
    changed = change_plan(
        plan=plan,
        change=lambda content: replace(content, summary={"en": word}),
        by=request.user,
        what=word,
    )
    return HttpResponse(str(changed.revision))


@csrf_exempt
@login_required
def fill(request: SignedInRequest, count: int) -> HttpResponse:
    """Add plans like the first one, every second of them under way."""
    plan = Plan.objects.visible_to(request.user).earliest("pk")
    states = (PlanState.UNDER_WAY, PlanState.DRAFT)
    for number in range(count):
        content = replace(plan.content, state=states[number % 2])
        add_plan(content=content, jurisdiction=plan.jurisdiction, by=request.user)
    return HttpResponse("filled")


@csrf_exempt
@login_required
def owe(request: SignedInRequest, day: str) -> HttpResponse:
    """Let the first step of a plan that is under way be due on a day long ago."""
    plan = Plan.objects.visible_to(request.user).filter(state=PlanState.UNDER_WAY).earliest("pk")
    due = date.fromisoformat(day)

    def change(content: ActionPlan) -> ActionPlan:
        first, *others = content.actions
        step = replace(first.steps[0], starts=due, ends=due, state=StepState.PLANNED)
        first = replace(first, steps=(step, *first.steps[1:]))
        return replace(content, actions=(first, *others), starts=due)

    change_plan(plan=plan, change=change, by=request.user, what="steps")
    return HttpResponse("owed")


@csrf_exempt
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    """Start a job that takes some seconds."""
    job = start_job(kind="slow", jurisdiction=Jurisdiction.objects.get(), by=request.user)
    return HttpResponse(str(job.pk))


def look(request: HttpRequest, number: int) -> HttpResponse:
    """Say how far the job is."""
    job = Job.objects.get(pk=number)
    facts = {"state": job.state, "step": job.step, "attempt": job.attempt, "result": job.result}
    return JsonResponse(facts)


urlpatterns: list[URLPattern | URLResolver] = [
    *urls.urlpatterns,
    path("storm/join/<str:name>/", join),
    path("storm/write/<str:word>/", write),
    path("storm/fill/<int:count>/", fill),
    path("storm/owe/<str:day>/", owe),
    path("storm/begin/", begin),
    path("storm/look/<int:number>/", look),
]
