"""This file knows the addresses of the directory, and of the provisions that a plan touches."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from forestall.assistance.areas import Area
from forestall.languages import message
from forestall.plan.provisions import provisions_of
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.directory_records import (
    DirectoryFacts,
    DirectoryOffice,
    ExpertEntry,
    Provision,
)
from forestall.web.api.filled import fields_of, filled
from forestall.web.api.plan_endpoints import Limit, Offset, place_for, plan_for
from forestall.web.api.reaching import reached_by
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.directory import services
from forestall.web.directory.finding import experts_found
from forestall.web.directory.forms import ExpertSearch, OfficeForm
from forestall.web.directory.models import Expert, Office, OfficeKind, visible_office
from forestall.web.organisations.roles import Verb
from forestall.web.plans.asked_about import asked_about
from forestall.web.plans.drafting import drafters

_Some = Annotated[str, Field(max_length=100)]

_office_for = reached_by(visible_office)


class Sought(Schema):
    """Who is looked for, as on the page; what is empty leaves nobody out.

    Attributes
    ----------
    area, language, on, words
        A field of assistance, the tag of a language, a day, and words of the entry.
    """

    area: _Some = ""
    language: _Some = ""
    on: _Some = ""
    words: _Some = ""


@endpoint(
    "GET",
    "/directory/offices",
    says=message("List whom to ask in every place."),
    needs=Verb.READ,
    answer=list[DirectoryOffice],
)
def list_directory(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Focal points, centres, and contacts for the regulation of firearms, by place."""
    place_for(request.auth, Verb.READ)
    found = Office.objects.select_related("jurisdiction")
    return answer([_office(one) for one in found[offset : offset + limit]])


@endpoint(
    "POST",
    "/directory/offices",
    says=message("Write an office down in the directory."),
    needs=Verb.EDIT_PARTNERS,
    body=DirectoryFacts,
    answer=DirectoryOffice,
    status=201,
)
def add_to_directory(request: TokenRequest) -> HttpResponse:
    """Name an office, never a person."""
    place = place_for(request.auth, Verb.EDIT_PARTNERS)
    form = filled(OfficeForm(fields_of(read_record(request, DirectoryFacts))))
    new = services.add_office(
        jurisdiction=place, facts=form.cleaned_data, by=request.auth, today=timezone.localdate()
    )
    return answer_new(request, _office(new), new.pk)


@endpoint(
    "PUT",
    "/directory/offices/{number}",
    says=message("Change an office of the directory, which confirms it."),
    needs=Verb.EDIT_PARTNERS,
    body=DirectoryFacts,
    answer=DirectoryOffice,
)
def change_in_directory(request: TokenRequest, number: int) -> HttpResponse:
    """All of it is sent; what is left out becomes empty."""
    office = _office_for(request.auth, number, Verb.EDIT_PARTNERS)
    sent = fields_of(read_record(request, DirectoryFacts))
    form = filled(OfficeForm(sent, instance=office))
    changed = services.change_office(
        office=office, facts=form.cleaned_data, by=request.auth, today=timezone.localdate()
    )
    return answer(_office(changed))


@endpoint(
    "DELETE",
    "/directory/offices/{number}",
    says=message("Take an office out of the directory."),
    needs=Verb.EDIT_PARTNERS,
    status=204,
)
def remove_from_directory(request: TokenRequest, number: int) -> HttpResponse:
    """Nobody finds it any more."""
    services.remove_office(
        office=_office_for(request.auth, number, Verb.EDIT_PARTNERS), by=request.auth
    )
    return HttpResponse(status=204)


@endpoint(
    "GET",
    "/directory/experts",
    says=message("List the experts who agree to be found."),
    needs=Verb.READ,
    answer=list[ExpertEntry],
)
def list_experts(
    request: TokenRequest, sought: Query[Sought], limit: Limit = 50, offset: Offset = 0
) -> HttpResponse:
    """In the order of names; each wrote their own entry, and only they can.

    Chosen by area, by language, by a day on which they are available, and by words of the entry.
    """
    place_for(request.auth, Verb.READ)
    form = filled(ExpertSearch(sought.dict()))
    found = experts_found(wanted=form.cleaned_data, today=timezone.localdate())
    return answer([_expert(one) for one in found[offset : offset + limit]])


@endpoint(
    "GET",
    "/plans/{number}/provisions",
    says=message("Read which provisions a plan touches."),
    needs=Verb.READ,
    answer=list[Provision],
)
def read_provisions(request: TokenRequest, number: int) -> HttpResponse:
    """Return what each paragraph asks, what the plan says to it and what it lacks."""
    plan = plan_for(request.auth, number, Verb.READ)
    found = provisions_of(
        plan.content,
        today=timezone.localdate(),
        drafted_by=drafters(plan),
        consulted=asked_about(plan),
    )
    return answer(
        [
            Provision(
                paragraph=one.paragraph,
                asks=str(one.asks),
                held=[str(said) for said in one.held],
                lacks=[str(point.named) for point in one.lacks],
            )
            for one in found.rows
        ]
    )


def _office(one: Office) -> DirectoryOffice:
    return DirectoryOffice(
        number=one.pk,
        jurisdiction=one.jurisdiction_id,
        country=one.jurisdiction.country,
        kind=OfficeKind(one.kind),
        name=one.name,
        mandate=one.mandate,
        address=one.address,
        email=one.email,
        telephone=one.telephone,
        website=one.website,
        languages=list(one.languages),
        more_languages=one.more_languages,
        confirmed_on=one.confirmed_on,
    )


def _expert(one: Expert) -> ExpertEntry:
    return ExpertEntry(
        number=one.pk,
        name=one.person.shown_as,
        contact=one.contact,
        areas=[Area(area) for area in one.areas],
        languages=list(one.languages),
        more_languages=one.more_languages,
        regions=one.regions,
        about=one.about,
        missions=one.missions,
        interests=one.interests,
        available_from=one.available_from,
        available_until=one.available_until,
        consent_until=one.consent_until,
    )
