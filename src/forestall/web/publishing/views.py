"""This file knows the pages on which publications are prepared, looked at, released, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from forestall.errors import ForestallError, NotAllowed
from forestall.languages import say
from forestall.web.data.models import SafetyDiagnosis, WorkState
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where, refused
from forestall.web.plans.models import Plan
from forestall.web.plans.views import visible_plan
from forestall.web.publishing import services
from forestall.web.publishing.files import file_response
from forestall.web.publishing.forms import PrepareForm, WithdrawForm
from forestall.web.publishing.models import Release
from forestall.web.publishing.policies import check_can_release, check_can_withdraw
from forestall.web.publishing.site import public_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person

_MOST_DIAGNOSES = 20


def visible_release(person: Person, number: int) -> Release:
    """Return a publication that exists for the person."""
    found = Release.objects.visible_to(person)
    related = (
        "jurisdiction",
        "plan",
        "revision",
        "diagnosis__store",
        "job",
        "prepared_by",
        "released_by",
    )
    return get_object_or_404(found.select_related(*related), pk=number)


@require_safe
@list_page(Verb.READ)
def releases(request: SignedInRequest) -> HttpResponse:
    """Show the publications that exist for the person, and what could be published."""
    found = Release.objects.visible_to(request.user).select_related("jurisdiction", "job")
    places = places_where(request.user, Verb.PREPARE_RELEASE)
    finished = SafetyDiagnosis.objects.filter(state=WorkState.DONE.value, jurisdiction__in=places)
    return render(
        request,
        "publishing/list.html",
        {
            "releases": found[:100],
            "plans": Plan.objects.filter(jurisdiction__in=places).defer("document"),
            "diagnoses": finished.select_related("store")[:_MOST_DIAGNOSES],
            "places": places,
        },
    )


@require_http_methods(["GET", "POST"])
@page(Verb.PREPARE_RELEASE, about=visible_plan)
def release_prepare(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Prepare a publication of a plan as it is now."""
    own = plan.jurisdiction.language
    form = PrepareForm(request.POST or None, initial={"languages": [own]})
    if request.method == "POST" and form.is_valid():
        made = services.prepare_plan(
            plan=plan,
            by=request.user,
            address=request.build_absolute_uri("/"),
            languages=form.languages(own),
            formats=form.cleaned_data["formats"],
        )
        messages.success(request, say("The publication is being made. This is its page."))
        return redirect(made)
    return render(request, "publishing/prepare.html", {"plan": plan, "form": form})


@require_safe
@page(Verb.READ, about=visible_release)
def release(request: SignedInRequest, release: Release) -> HttpResponse:
    """Show how far a publication is, and who has looked at it."""
    return render(
        request,
        "publishing/release.html",
        {
            "release": release,
            "refusal": _refusal(lambda: check_can_release(request.user, release)),
            "may_withdraw": may(request.user, Verb.RELEASE, release.jurisdiction)
            and release.state == Release.State.RELEASED,
            "again": _again(release)
            if may(request.user, Verb.PREPARE_RELEASE, release.jurisdiction)
            else "",
        },
    )


@require_safe
@page(Verb.READ, about=visible_release)
def release_preview(
    request: SignedInRequest, release: Release, inside: str = ""
) -> HttpResponseBase:
    """Show the public site as readers will see it."""
    return file_response(request, release.preview, inside)


@require_http_methods(["GET", "POST"])
@page(Verb.RELEASE, about=visible_release)
def release_publish(request: SignedInRequest, release: Release) -> HttpResponse:
    """Ask once, then let everybody read a publication."""
    try:
        check_can_release(request.user, release)
        if request.method == "POST":
            services.release_publication(release=release, by=request.user)
            messages.success(request, say("It is published. The public site follows in a moment."))
            return redirect(release)
    except NotAllowed as refusal:
        return refused(request, refusal)
    except ForestallError as wrong:
        messages.error(request, str(wrong))
        return redirect(release)
    return render(request, "publishing/publish.html", {"release": release})


@require_http_methods(["GET", "POST"])
@page(Verb.RELEASE, about=visible_release)
def release_withdraw(request: SignedInRequest, release: Release) -> HttpResponse:
    """Ask for the reason, then take a publication back."""
    form = WithdrawForm(request.POST or None)
    try:
        check_can_withdraw(request.user, release)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            services.withdraw_publication(release=release, reason=reason, by=request.user)
            messages.success(request, say("It is withdrawn. A page in its place says so."))
            return redirect(release)
    except ForestallError as wrong:
        messages.error(request, str(wrong))
        return redirect(release)
    return render(request, "publishing/withdraw.html", {"release": release, "form": form})


@require_safe
def public_sites(request: HttpRequest) -> HttpResponse:
    """Show which public sites there are; where there is one, lead to it."""
    told = Release.objects.told().order_by().values("jurisdiction")
    found = [
        one for one in Jurisdiction.objects.filter(pk__in=told) if public_folder(one.slug).exists()
    ]
    if len(found) == 1:
        return redirect("public-site", found[0].slug)
    return render(request, "publishing/sites.html", {"found": found})


@require_safe
def public_file(request: HttpRequest, city: str, inside: str = "") -> HttpResponseBase:
    """Give a file of the public site of a jurisdiction."""
    return file_response(request, public_folder(city), inside)


def _again(release: Release) -> str:
    """Return where the same thing is prepared once more; "" while this one is under way."""
    ended = (Release.State.WITHDRAWN, Release.State.SUPERSEDED, Release.State.RELEASED)
    if release.state not in ended and not release.failed:
        return ""
    if release.plan_id is not None:
        return reverse("release-prepare", args=[release.plan_id])
    if release.diagnosis_id is not None:
        return reverse("diagnosis-prepare", args=[release.diagnosis_id])
    if release.kind == Release.Kind.EVALUATION:
        return reverse("evaluation-prepare", args=[release.jurisdiction_id])
    return ""


def _refusal(check: Callable[[], None]) -> str:
    """Return why somebody may not; "" where they may."""
    try:
        check()
    except ForestallError as refusal:
        return str(refusal)
    return ""
