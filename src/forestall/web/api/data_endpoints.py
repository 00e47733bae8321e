"""This file knows the addresses at which files of incidents and of areas come in."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse  # noqa: TC002 - the library reads the types

from forestall.languages import message
from forestall.records.manifest import read_manifest
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.data_records import (
    AreasRow,
    Brought,
    ImportRow,
    NewAreas,
    NewStore,
    StoreState,
)
from forestall.web.api.description import AS_FORM, endpoint
from forestall.web.api.filled import fields_of, filled, read_form
from forestall.web.api.import_endpoints import import_row
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.public_records import StoreRow
from forestall.web.api.reaching import reached_by
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.data.folders import store_folder
from forestall.web.data.forms import AreasForm, ImportForm, StoreForm
from forestall.web.data.models import AreaFile, Store
from forestall.web.data.services import add_areas, add_store, begin_import
from forestall.web.data.told import StoreTold
from forestall.web.data.views import visible_store
from forestall.web.organisations.roles import Verb

store_for = reached_by(visible_store)


@endpoint(
    "GET",
    "/stores",
    says=message("List the stores of incidents."),
    needs=Verb.DIAGNOSE,
    answer=list[StoreRow],
)
def list_stores(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return their names; the incidents themselves stay in the workspace."""
    place = place_for(request.auth, Verb.DIAGNOSE)
    found = Store.objects.visible_to(request.auth).filter(jurisdiction=place)
    rows = found[offset : offset + limit]
    return answer([StoreRow(number=one.pk, name=one.name, made_at=one.made_at) for one in rows])


@endpoint(
    "POST",
    "/stores",
    says=message("Begin a store of incidents."),
    needs=Verb.LOAD_DATA,
    body=NewStore,
    answer=StoreState,
    status=201,
)
def begin_store(request: TokenRequest) -> HttpResponse:
    """Begin it empty; its name tells what the records are."""
    place = place_for(request.auth, Verb.LOAD_DATA)
    form = filled(StoreForm([place], fields_of(read_record(request, NewStore))))
    new = add_store(jurisdiction=place, name=form.cleaned_data["name"], by=request.auth)
    return answer_new(request, _state(new), new.pk)


@endpoint(
    "GET",
    "/stores/{number}",
    says=message("Read what is known about a store."),
    needs=Verb.LOAD_DATA,
    answer=StoreState,
)
def read_store(request: TokenRequest, number: int) -> HttpResponse:
    """Return how many incidents it holds, of which days, and what to know about them."""
    return answer(_state(store_for(request.auth, number, Verb.LOAD_DATA)))


@endpoint(
    "POST",
    "/stores/{number}/imports",
    says=message("Bring files of incidents into a store."),
    needs=Verb.LOAD_DATA,
    body=Brought,
    answer=ImportRow,
    status=201,
    options={"sent_as": AS_FORM},
)
def bring(request: TokenRequest, number: int) -> HttpResponse:
    """Take files in, as the page does, and read them in the background; follow the import.

    Nothing is kept when one of them is refused.
    """
    store = store_for(request.auth, number, Verb.LOAD_DATA)
    form = filled(ImportForm(*read_form(request)))
    begun = begin_import(
        store=store,
        arrived=form.cleaned_data["files"],
        inbox=form.cleaned_data.get("inbox", []),
        settings={},
        by=request.auth,
    )
    return answer_new(request, import_row(begun), begun.pk, at="/imports")


@endpoint(
    "GET",
    "/areas",
    says=message("List the files of areas."),
    needs=Verb.LOAD_DATA,
    answer=list[AreasRow],
)
def list_areas(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Return them by name; a diagnosis names one by its number."""
    place = place_for(request.auth, Verb.LOAD_DATA)
    found = AreaFile.objects.visible_to(request.auth).filter(jurisdiction=place)
    return answer([_areas(one) for one in found[offset : offset + limit]])


@endpoint(
    "POST",
    "/areas",
    says=message("Bring a file of areas."),
    needs=Verb.LOAD_DATA,
    body=NewAreas,
    answer=AreasRow,
    status=201,
    options={"sent_as": AS_FORM},
)
def bring_areas(request: TokenRequest) -> HttpResponse:
    """Keep it once it was read; GeoJSON, GeoPackage or GeoParquet with polygons."""
    place = place_for(request.auth, Verb.LOAD_DATA)
    form = filled(AreasForm([place], *read_form(request)))
    new = add_areas(
        jurisdiction=place,
        arrived=form.cleaned_data["file"],
        name=form.cleaned_data["name"],
        columns=form.columns,
        by=request.auth,
    )
    return answer(_areas(new), status=201)


def _state(one: Store) -> StoreState:
    manifest = read_manifest(store_folder(one))
    return StoreState(
        number=one.pk,
        name=one.name,
        made_at=one.made_at,
        rows=manifest.rows_kept if manifest is not None else 0,
        first_day=date.fromisoformat(manifest.first_day) if manifest is not None else None,
        last_day=date.fromisoformat(manifest.last_day) if manifest is not None else None,
        warnings=[str(said) for said in StoreTold(one, manifest).warnings],
    )


def _areas(one: AreaFile) -> AreasRow:
    return AreasRow(
        number=one.pk, name=one.name, areas=one.areas, sha256=one.sha256, made_at=one.made_at
    )
