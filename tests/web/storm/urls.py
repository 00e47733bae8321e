"""This file knows two pages for clients that make a storm: one to come in, one to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt
from msgspec.structs import replace

from forestall.web import urls
from forestall.web.operations.models import Job
from forestall.web.operations.tasks import start_job
from forestall.web.organisations.models import Jurisdiction, Membership, Organisation
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.plans.models import Plan
from forestall.web.plans.services import change_plan
from forestall.web.urls import handler500

if TYPE_CHECKING:
    from django.http import HttpRequest

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
    plan = Plan.objects.visible_to(request.user).get()
    changed = change_plan(
        plan=plan,
        change=lambda content: replace(content, summary={"en": word}),
        by=request.user,
        what=word,
    )
    return HttpResponse(str(changed.revision))


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
    path("storm/begin/", begin),
    path("storm/look/<int:number>/", look),
]
