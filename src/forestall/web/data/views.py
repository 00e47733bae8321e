"""This file knows the pages on data: stores, files that are brought, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from forestall.errors import ForestallError, NotAllowed
from forestall.languages import say
from forestall.records.checks import describe_rejected
from forestall.records.manifest import read_manifest
from forestall.web.audit.services import record
from forestall.web.data import services
from forestall.web.data.answers import ColumnsForm
from forestall.web.data.arriving import refused_upload
from forestall.web.data.downloads import BOM, csv_lines
from forestall.web.data.folders import store_folder
from forestall.web.data.forms import AreasForm, ImportForm, StoreForm
from forestall.web.data.models import AreaFile, FileImport, Store
from forestall.web.data.rejected import COLUMNS, first_rejected, rejected_rows
from forestall.web.data.told import StoreTold, told_of_import
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person

_MOST_ROWS = 100


def visible_store(person: Person, number: int) -> Store:
    """Return a store that exists for the person."""
    return get_object_or_404(
        Store.objects.visible_to(person).select_related("jurisdiction"), pk=number
    )


def visible_import(person: Person, number: int) -> FileImport:
    """Return an import that exists for the person."""
    seen = FileImport.objects.visible_to(person)
    return get_object_or_404(
        seen.select_related("jurisdiction", "store__jurisdiction", "job", "made_by"), pk=number
    )


@list_page(Verb.LOAD_DATA)
def data(request: SignedInRequest) -> HttpResponse:
    """Show the stores, the files of areas and the last imports."""
    places = places_where(request.user, Verb.LOAD_DATA)
    stores = Store.objects.filter(jurisdiction__in=places).select_related("jurisdiction")
    found = {
        "stores": [StoreTold(store, read_manifest(store_folder(store))) for store in stores],
        "imports": FileImport.objects.filter(jurisdiction__in=places).select_related(
            "store", "job"
        )[:20],
        "areas": AreaFile.objects.filter(jurisdiction__in=places),
        "several": len(places) > 1,
    }
    return render(request, "data/list.html", found)


@list_page(Verb.LOAD_DATA)
def store_add(request: SignedInRequest) -> HttpResponse:
    """Begin a store."""
    form = StoreForm(places_where(request.user, Verb.LOAD_DATA), request.POST or None)
    if request.method == "POST" and form.is_valid():
        store = services.add_store(
            jurisdiction=form.jurisdiction, name=form.cleaned_data["name"], by=request.user
        )
        return redirect("store", store.pk)
    return render(request, "data/store_add.html", {"form": form})


@page(Verb.LOAD_DATA, about=visible_store)
def store(request: SignedInRequest, store: Store) -> HttpResponse:
    """Show a store and take files for it."""
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None)
    dropped = refused_upload(request)
    if dropped is not None:
        form.add_error("files", str(dropped))
    elif posted and form.is_valid():
        try:
            begun = services.begin_import(
                store=store,
                arrived=form.cleaned_data["files"],
                inbox=form.cleaned_data.get("inbox", []),
                settings={},
                by=request.user,
            )
        except ForestallError as reason:
            form.add_error("files", str(reason))
        else:
            return redirect(begun)
    told = StoreTold(store, read_manifest(store_folder(store)))
    shown = {"form": form, "store": store, "told": told, "imports": store.imports.all()}
    return render(request, "data/store.html", shown, status=422 if form.errors else 200)


@page(Verb.LOAD_DATA, about=visible_import)
def import_(request: SignedInRequest, one: FileImport) -> HttpResponse:
    """Show how far an import is, and what became of the rows."""
    form = ColumnsForm(one.questions) if one.questions.get("columns") else None
    found = _shown(one, form)
    if request.headers.get("HX-Request"):
        response = render(request, "data/_progress.html", found)
        if not one.is_open:
            response.headers["HX-Refresh"] = "true"
        return response
    return render(request, "data/import.html", found)


@page(Verb.LOAD_DATA, about=visible_import)
def import_answer(request: SignedInRequest, one: FileImport) -> HttpResponse:
    """Take what somebody said of the columns, and go on with the import."""
    if request.method != "POST" or not one.questions.get("columns"):
        return redirect(one)
    form = ColumnsForm(one.questions, request.POST)
    if not form.is_valid():
        return render(request, "data/import.html", _shown(one, form), status=422)
    return _again(request, one, mapping=form.mapping(), drop_personal=False)


@page(Verb.LOAD_DATA, about=visible_import)
@require_POST
def import_again(request: SignedInRequest, one: FileImport) -> HttpResponse:
    """Try once more, without the columns on persons where that was asked for."""
    return _again(request, one, mapping="", drop_personal="drop_personal" in request.POST)


@page(Verb.LOAD_DATA, about=visible_import)
@require_POST
def import_stop(request: SignedInRequest, one: FileImport) -> HttpResponse:
    """Stop an import."""
    try:
        services.stop_work(one=one, by=request.user)
    except NotAllowed as refusal:
        return refused(request, refusal)
    return redirect(one)


@page(Verb.LOAD_DATA, about=visible_import)
def import_drop(request: SignedInRequest, one: FileImport) -> HttpResponse:
    """Ask once, then remove an import that was not done, with its files."""
    if request.method != "POST":
        return render(request, "data/import_drop.html", {"one": one})
    try:
        services.drop_import(one=one, by=request.user)
    except ForestallError as reason:
        messages.error(request, str(reason))
        return redirect(one)
    messages.success(request, say("The import and its files are removed."))
    return redirect("store", one.store_id)


@page(Verb.LOAD_DATA, about=visible_import)
def import_rejected(request: SignedInRequest, one: FileImport) -> StreamingHttpResponse:
    """Give the rejected rows as CSV, in which nothing is a formula."""
    return rejected_as_csv(one, by=request.user)


def rejected_as_csv(one: FileImport, *, by: Person) -> StreamingHttpResponse:
    """Give the rejected rows of an import, and note in the log that somebody took them."""
    record(
        "download rejected rows",
        by=by,
        about=f"import {one.pk}",
        jurisdiction=one.jurisdiction,
    )
    rows = rejected_rows(store_folder(one.store), number=one.outcome.get("number", 0))

    def lines() -> Iterator[str]:
        yield BOM
        yield from csv_lines([COLUMNS])
        yield from csv_lines(rows)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="rejected-{one.pk}.csv"'
    return response


@list_page(Verb.LOAD_DATA)
def areas_add(request: SignedInRequest) -> HttpResponse:
    """Take a file of areas."""
    places = places_where(request.user, Verb.LOAD_DATA)
    posted = request.method == "POST"
    form = AreasForm(places, request.POST if posted else None, request.FILES if posted else None)
    dropped = refused_upload(request)
    if dropped is not None:
        form.add_error("file", str(dropped))
    elif posted and form.is_valid():
        try:
            services.add_areas(
                jurisdiction=form.jurisdiction,
                arrived=form.cleaned_data["file"],
                name=form.cleaned_data["name"],
                columns=form.columns,
                by=request.user,
            )
        except ForestallError as reason:
            form.add_error("file", str(reason))
        else:
            messages.success(request, say("The areas are kept."))
            return redirect("data")
    return render(
        request, "data/areas_add.html", {"form": form}, status=422 if form.errors else 200
    )


def _shown(one: FileImport, form: ColumnsForm | None) -> dict[str, Any]:
    number, rejected = one.outcome.get("number", 0), one.outcome.get("rejected", {})
    folder = store_folder(one.store)
    return {
        "one": one,
        "form": form,
        "told": told_of_import(one),
        "reasons": describe_rejected(rejected),
        "rows": first_rejected(folder, number=number, most=_MOST_ROWS) if rejected else [],
        "files": one.outcome.get("files", []),
        "left_out": one.questions.get("personal", []),
        "on_persons": one.questions.get("on_persons", False),
    }


def _again(
    request: SignedInRequest, one: FileImport, *, mapping: str, drop_personal: bool
) -> HttpResponse:
    settings = {"drop_personal": True} if drop_personal else {}
    try:
        services.answer_import(one=one, mapping=mapping, settings=settings, by=request.user)
    except ForestallError as reason:
        messages.error(request, str(reason))
    return redirect(one)
