"""This file knows the pages on diagnoses: run, follow, read, compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from forestall.errors import ForestallError, NotAllowed
from forestall.languages import language
from forestall.records.manifest import read_manifest
from forestall.web.data import services
from forestall.web.data.comparing import Side, compare_diagnoses
from forestall.web.data.diagnosis_forms import DiagnosisForm
from forestall.web.data.findings import read_publication
from forestall.web.data.folders import store_folder
from forestall.web.data.models import SafetyDiagnosis, Store, WorkState
from forestall.web.data.reports import downloads_of, files_in, pages_of, report_file
from forestall.web.data.views import visible_store
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where, refused

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person

_A_PAGE = 30
_MOST_TO_COMPARE = 50


def visible_diagnosis(person: Person, number: int) -> SafetyDiagnosis:
    """Return a diagnosis that exists for the person."""
    seen = SafetyDiagnosis.objects.visible_to(person)
    return get_object_or_404(
        seen.select_related("jurisdiction", "store__jurisdiction", "areas", "job", "made_by"),
        pk=number,
    )


@list_page(Verb.READ)
def diagnoses(request: SignedInRequest) -> HttpResponse:
    """Show all diagnoses that exist for the person, the newest first."""
    seen = SafetyDiagnosis.objects.visible_to(request.user).select_related("store", "job")
    found = {
        "page": Paginator(seen, _A_PAGE).get_page(request.GET.get("page")),
        "may_diagnose": bool(places_where(request.user, Verb.DIAGNOSE)),
        "may_load": bool(places_where(request.user, Verb.LOAD_DATA)),
    }
    return render(request, "data/diagnoses.html", found)


@list_page(Verb.DIAGNOSE)
def diagnosis_choose(request: SignedInRequest) -> HttpResponse:
    """Choose the store for a diagnosis; a single one is chosen already."""
    places = places_where(request.user, Verb.DIAGNOSE)
    stores = [
        store
        for store in Store.objects.filter(jurisdiction__in=places).select_related("jurisdiction")
        if read_manifest(store_folder(store)) is not None
    ]
    if len(stores) == 1:
        return redirect("diagnosis-add", stores[0].pk)
    may_load = bool(places_where(request.user, Verb.LOAD_DATA))
    found = {"stores": stores, "may_load": may_load}
    return render(request, "data/diagnosis_choose.html", found)


@page(Verb.DIAGNOSE, about=visible_store)
def diagnosis_add(request: SignedInRequest, store: Store) -> HttpResponse:
    """Ask what a diagnosis is to be about, and begin it."""
    if read_manifest(store_folder(store)) is None:
        return redirect("diagnosis-choose")
    form = DiagnosisForm(store, request.POST or None)
    if request.method == "POST" and form.is_valid():
        begun = services.begin_diagnosis(
            store=store, areas=form.chosen_areas, options=form.options, by=request.user
        )
        return redirect(begun)
    found = {"form": form, "store": store}
    return render(request, "data/diagnosis_add.html", found, status=422 if form.errors else 200)


@page(Verb.READ, about=visible_diagnosis)
def diagnosis(request: SignedInRequest, one: SafetyDiagnosis) -> HttpResponse:
    """Show how far a diagnosis is, or what it found."""
    finished = one.state == WorkState.DONE.value
    found = {
        "one": one,
        "pages": pages_of(one) if finished else [],
        "downloads": downloads_of(one) if finished else [],
        "others": _others(request.user, one) if finished else [],
        "may_diagnose": may(request.user, Verb.DIAGNOSE, one.jurisdiction),
        "may_prepare": may(request.user, Verb.PREPARE_RELEASE, one.jurisdiction),
    }
    if request.headers.get("HX-Request"):
        response = render(request, "data/_progress.html", found)
        if not one.is_open:
            response.headers["HX-Refresh"] = "true"
        return response
    return render(request, "data/diagnosis.html", found)


@page(Verb.DIAGNOSE, about=visible_diagnosis)
@require_POST
def diagnosis_stop(request: SignedInRequest, one: SafetyDiagnosis) -> HttpResponse:
    """Stop a diagnosis."""
    try:
        services.stop_work(one=one, by=request.user)
    except NotAllowed as refusal:
        return refused(request, refusal)
    return redirect(one)


@page(Verb.DIAGNOSE, about=visible_diagnosis)
@require_POST
def diagnosis_again(request: SignedInRequest, one: SafetyDiagnosis) -> HttpResponse:
    """Run the same diagnosis once more, as a new one."""
    begun = services.begin_diagnosis(
        store=one.store, areas=one.areas, options=one.options, by=request.user
    )
    return redirect(begun)


@page(Verb.READ, about=visible_diagnosis)
def diagnosis_report(
    request: SignedInRequest, one: SafetyDiagnosis, name: str = ""
) -> HttpResponseBase:
    """Give one file of the report, or the list of those in a folder of it.

    Without a name it is the page, in the language of the reader where there is one.
    """
    pages = dict(pages_of(one))
    if name == "" and pages.get(language()):
        return redirect("diagnosis-file", one.pk, pages[language()])
    if name.endswith("/") and name not in pages.values():
        found = {"one": one, "files": files_in(one, name)}
        return render(request, "data/files.html", found)
    return report_file(one, name)


@page(Verb.READ, about=visible_diagnosis)
def diagnosis_compare(request: SignedInRequest, one: SafetyDiagnosis, other: int) -> HttpResponse:
    """Show what changed between two diagnoses of one jurisdiction."""
    second = visible_diagnosis(request.user, other)
    if second.jurisdiction_id != one.jurisdiction_id or second.pk == one.pk:
        raise Http404
    if {one.state, second.state} != {WorkState.DONE.value}:
        return redirect(one)
    found: dict[str, Any] = {"one": one, "other": second, "both": None, "reason": ""}
    try:
        found["both"] = compare_diagnoses(side_of(one), side_of(second))
    except ForestallError as reason:
        found["reason"] = str(reason)
    return render(request, "data/compare.html", found)


def side_of(one: SafetyDiagnosis) -> Side:
    """Return a finished diagnosis as one side of a comparison."""
    return Side(
        publication=read_publication(one),
        records=one.store_id,
        kinds=frozenset(one.options.get("offences", [])),
    )


def _others(person: Person, one: SafetyDiagnosis) -> list[SafetyDiagnosis]:
    """Return the finished diagnoses that this one can be compared with."""
    seen = SafetyDiagnosis.objects.visible_to(person).filter(
        jurisdiction=one.jurisdiction, state=WorkState.DONE.value
    )
    return list(seen.exclude(pk=one.pk).select_related("store")[:_MOST_TO_COMPARE])
