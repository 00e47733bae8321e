"""This file knows the pages on which bundles are prepared, looked at, signed and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from forestall.errors import ForestallError, InvalidBundle, NotAllowed
from forestall.exchange.manifest import Kind
from forestall.exchange.subscriptions import INDEX
from forestall.languages import message, say
from forestall.web.data.arriving import refused_upload
from forestall.web.exchange import sharing
from forestall.web.exchange.folders import (
    read_prepared,
    shared_folder,
    shared_name,
    signed_file,
)
from forestall.web.exchange.forms import EvaluationForm, FilesForm, PlanForm
from forestall.web.exchange.jobs import put_shared
from forestall.web.exchange.models import ReceivedBundle, SharedBundle, visible_shared
from forestall.web.exchange.shown import facts_of, files_shown
from forestall.web.exchange.signing import signing_key_of
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.organisations.views import visible_place
from forestall.web.pages import list_page, page, places_where, refused
from forestall.web.plans.models import Plan
from forestall.web.plans.views import visible_plan
from forestall.web.publishing.files import file_response
from forestall.web.publishing.forms import WithdrawForm
from forestall.web.publishing.models import Release
from forestall.web.publishing.views import visible_release

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from forestall.web.exchange.forms import GivenForm
    from forestall.web.pages import SignedInRequest

MOST_SHOWN = 100
_MOST_REVISIONS = 50


@require_safe
@list_page(Verb.READ)
def exchange(request: SignedInRequest) -> HttpResponse:
    """Show what came from others, what waits, and what is given to others."""
    person = request.user
    received = ReceivedBundle.objects.visible_to(person).select_related("jurisdiction")
    shared = SharedBundle.objects.visible_to(person).select_related("jurisdiction")
    reading = places_where(person, Verb.READ)
    places = [one for one in reading if may(person, Verb.PREPARE_RELEASE, one)]
    return render(
        request,
        "exchange/list.html",
        {
            "waiting": received.filter(state=ReceivedBundle.State.WAITING)[:MOST_SHOWN],
            "used": received.filter(state=ReceivedBundle.State.ACCEPTED)[:MOST_SHOWN],
            "shared": shared[:MOST_SHOWN],
            "places": places,
            "taking": [one for one in reading if may(person, Verb.TAKE_BUNDLE, one)],
            "reading": reading,
            "subscribing": any(may(person, Verb.SUBSCRIBE, one) for one in reading),
            "plans": Plan.objects.filter(jurisdiction__in=places).defer("document")[:MOST_SHOWN],
            "evaluations": Release.objects.filter(
                jurisdiction__in=places, kind=Release.Kind.EVALUATION, state=Release.State.RELEASED
            )[:MOST_SHOWN],
        },
    )


@require_http_methods(["GET", "POST"])
@page(Verb.PREPARE_RELEASE, about=visible_plan)
def share_plan(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Prepare a bundle of a plan, as it was at one of its revisions."""
    revisions = list(plan.revisions.defer("document")[:_MOST_REVISIONS])
    form = PlanForm(request.POST or None, revisions=revisions, initial={"key": plan.content.key})
    about = {"title": plan.title, "place": plan.jurisdiction, "plan": plan}
    if request.method == "POST" and form.is_valid():
        revision = plan.revisions.get(number=form.cleaned_data["revision"])
        files = sharing.files_of_plan(revision)
        return _prepared(request, form, about, Kind.PLAN, files, revision=revision)
    return _page(request, form, about)


@require_http_methods(["GET", "POST"])
@page(Verb.PREPARE_RELEASE, about=visible_release)
def share_evaluation(request: SignedInRequest, release: Release) -> HttpResponse:
    """Prepare a bundle of an evaluation that this place published."""
    form = EvaluationForm(request.POST or None, initial={"title": release.title})
    about = {"title": release.title, "place": release.jurisdiction, "plan": None}
    if request.method == "POST" and form.is_valid():
        try:
            files = evaluation_files(release)
        except InvalidBundle as wrong:
            form.add_error(None, str(wrong))
        else:
            return _prepared(request, form, about, Kind.EVALUATION, files)
    return _page(request, form, about)


@require_http_methods(["GET", "POST"])
@page(Verb.PREPARE_RELEASE, about=visible_place)
def share_files(request: SignedInRequest, place: Jurisdiction) -> HttpResponse:
    """Prepare a bundle of a practice or an evaluation that is brought as files."""
    posted = request.method == "POST"
    sent = (request.POST, request.FILES) if posted else (None, None)
    form = FilesForm(*sent, initial={"kind": Kind.PRACTICE.value})
    about = {"title": "", "place": place, "plan": None}
    dropped = refused_upload(request)
    if dropped is not None:
        form.add_error("file", str(dropped))
    elif posted and form.is_valid():
        try:
            kind, files = files_of_form(form)
        except InvalidBundle as wrong:
            form.add_error("more", str(wrong))
        else:
            return _prepared(request, form, about, kind, files)
    return _page(request, form, about)


def files_of_form(form: FilesForm) -> tuple[Kind, dict[str, bytes]]:
    """Return the kind and the files of a form that is filled in; the record under its usual name.

    Raises
    ------
    InvalidBundle
        If two files have one name.
    """
    kind = Kind(form.cleaned_data["kind"])
    files = {kind.main_file: form.cleaned_data["file"].read()}
    for one in form.cleaned_data["more"]:
        name = str(one.name).lower()
        if name in files:
            raise InvalidBundle(message("Two files are called “{name}”.", name=name))
        files[name] = one.read()
    return kind, files


def evaluation_files(release: Release) -> dict[str, bytes]:
    """Return the record of an evaluation that is public.

    Raises
    ------
    InvalidBundle
        If it is not public, or has no record.
    """
    name = Kind.EVALUATION.main_file
    file = release.content / name
    public = release.kind == Release.Kind.EVALUATION and release.state == Release.State.RELEASED
    if not public or not file.is_file():
        raise InvalidBundle(message("Only an evaluation that is published has a record to give."))
    return {name: file.read_bytes()}


@require_safe
@page(Verb.READ, about=visible_shared)
def shared(request: SignedInRequest, bundle: SharedBundle) -> HttpResponse:
    """Show what is given to others, as a second person looks at it."""
    problem, facts, files = "", [], []
    try:
        contents = read_prepared(bundle)
        facts, files = facts_of(Kind(bundle.kind), contents), files_shown(contents)
    except ForestallError as wrong:
        problem = str(wrong)
    return render(
        request,
        "exchange/shared.html",
        {
            "one": bundle,
            "facts": facts,
            "files": files,
            "problem": problem,
            "refusal": _refusal(lambda: sharing.check_can_sign(request.user, bundle)),
            "may_withdraw": may(request.user, Verb.RELEASE, bundle.jurisdiction)
            and bundle.state == SharedBundle.State.RELEASED,
            "index": request.build_absolute_uri(index_of(bundle.jurisdiction)),
        },
    )


@require_http_methods(["GET", "POST"])
@page(Verb.RELEASE, about=visible_shared)
def shared_release(request: SignedInRequest, bundle: SharedBundle) -> HttpResponse:
    """Ask once, then sign a bundle and give it to others."""
    try:
        sharing.check_can_sign(request.user, bundle)
        if request.method == "POST":
            sharing.release_bundle(bundle=bundle, by=request.user)
            messages.success(request, say("It is signed, and others can take it."))
            return redirect(bundle)
    except NotAllowed as refusal:
        return refused(request, refusal)
    except ForestallError as wrong:
        messages.error(request, str(wrong))
        return redirect(bundle)
    key = signing_key_of(bundle.jurisdiction)
    return render(request, "exchange/sign.html", {"one": bundle, "key": key})


@require_http_methods(["GET", "POST"])
@page(Verb.RELEASE, about=visible_shared)
def shared_withdraw(request: SignedInRequest, bundle: SharedBundle) -> HttpResponse:
    """Ask for the reason, then take a bundle back."""
    form = WithdrawForm(request.POST or None)
    if bundle.state != SharedBundle.State.RELEASED:
        messages.error(request, say("It is not given to others now."))
        return redirect(bundle)
    if request.method == "POST" and form.is_valid():
        try:
            sharing.withdraw_bundle(
                bundle=bundle, reason=form.cleaned_data["reason"], by=request.user
            )
        except ForestallError as wrong:
            form.add_error("reason", str(wrong))
        else:
            messages.success(request, say("It is withdrawn. Those who subscribe are told why."))
            return redirect(bundle)
    return render(request, "exchange/withdraw.html", {"one": bundle, "form": form})


@require_safe
@page(Verb.READ, about=visible_shared)
def shared_file(request: SignedInRequest, bundle: SharedBundle) -> HttpResponseBase:
    """Give the signed bundle as a file; before it is signed, show its page."""
    if bundle.version is None or not signed_file(bundle).is_file():
        return redirect(bundle)
    return bundle_response(bundle)


def bundle_response(bundle: SharedBundle) -> FileResponse:
    """Return the file of a bundle that was signed."""
    return FileResponse(
        signed_file(bundle).open("rb"),
        as_attachment=True,
        filename=shared_name(bundle),
        content_type="application/zip",
    )


@require_safe
def public_bundle(request: HttpRequest, city: str, name: str) -> HttpResponseBase:
    """Give the index of the bundles of a place, or one of them, to everybody."""
    place = get_object_or_404(Jurisdiction, slug=city)
    folder = shared_folder(place)
    if not (folder / INDEX).is_file():
        if not SharedBundle.objects.filter(jurisdiction=place, version__isnull=False).exists():
            raise Http404
        put_shared(place)
    return file_response(request, folder, name)


def index_of(place: Jurisdiction) -> str:
    """Return the path to which others subscribe."""
    return reverse("public-bundle", args=[place.slug, INDEX])


def _prepared(
    request: SignedInRequest,
    form: GivenForm,
    about: dict[str, Any],
    kind: Kind,
    files: Mapping[str, bytes],
    **more: Any,
) -> HttpResponse:
    """Prepare a bundle; where something tells of persons, list where."""
    given = form.cleaned_data
    title = {about["place"].language: given["title"]} if given.get("title") else None
    try:
        found = sharing.places_found(kind, files)
        if found:
            return _page(request, form, {**about, "personal": found})
        made = sharing.prepare_bundle(
            jurisdiction=about["place"],
            kind=kind,
            files=files,
            licence=given["licence"],
            key=given["key"],
            title=title,
            by=request.user,
            **more,
        )
    except ForestallError as wrong:
        form.add_error(None, str(wrong))
        return _page(request, form, about)
    messages.success(request, say("It is prepared. A second person looks at it and signs."))
    return redirect(made)


def _page(request: SignedInRequest, form: GivenForm, about: dict[str, Any]) -> HttpResponse:
    shown = {"personal": [], **about, "form": form, "key": signing_key_of(about["place"])}
    status = 422 if form.errors or shown["personal"] else 200
    return render(request, "exchange/prepare.html", shown, status=status)


def _refusal(check: Callable[[], None]) -> str:
    """Return why somebody may not; "" where they may."""
    try:
        check()
    except ForestallError as refusal:
        return str(refusal)
    return ""
