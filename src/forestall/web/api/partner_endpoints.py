"""This file knows the addresses of the register of partners, and of places below another."""

from __future__ import annotations

from django.http import HttpResponse  # noqa: TC002 - the library reads the types

from forestall.languages import message
from forestall.plan.vocabulary import Jurisdiction as Level
from forestall.plan.vocabulary import Sector
from forestall.web.api.bodies import answer, answer_new, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.filled import fields_of, filled
from forestall.web.api.place_records import Group, NewPlace, PartnerFacts
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.reaching import reached_by
from forestall.web.api.records import Office, Territory
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations import registering
from forestall.web.organisations.forms import PartnerForm, PlaceForm
from forestall.web.organisations.models import Jurisdiction, Organisation
from forestall.web.organisations.partner_views import visible_organisation
from forestall.web.organisations.partners import attendance
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.organisations.views import visible_place

office_for = reached_by(visible_organisation)


@endpoint(
    "GET",
    "/organisations",
    says=message("List the register of partners."),
    needs=Verb.READ,
    answer=list[Office],
)
def list_offices(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Organisations of the jurisdiction, by name."""
    place = place_for(request.auth, Verb.READ)
    found = Organisation.objects.visible_to(request.auth).filter(jurisdiction=place)
    return answer([_office(one) for one in found[offset : offset + limit]])


@endpoint(
    "POST",
    "/organisations",
    says=message("Write a partner down."),
    needs=Verb.EDIT_PARTNERS,
    body=PartnerFacts,
    answer=Office,
    status=201,
)
def add_office(request: TokenRequest) -> HttpResponse:
    """Add it to the register of the jurisdiction; its key is made from its name."""
    place = place_for(request.auth, Verb.EDIT_PARTNERS)
    form = filled(PartnerForm(fields_of(read_record(request, PartnerFacts))))
    new = registering.add_partner(jurisdiction=place, facts=form.cleaned_data, by=request.auth)
    return answer_new(request, _office(new), new.pk)


@endpoint(
    "GET",
    "/organisations/{number}",
    says=message("Read what is written down of a partner."),
    needs=Verb.READ,
    answer=Office,
)
def read_office(request: TokenRequest, number: int) -> HttpResponse:
    """Sector, agreement, and the address of its office."""
    return answer(_office(office_for(request.auth, number, Verb.READ)))


@endpoint(
    "PUT",
    "/organisations/{number}",
    says=message("Change what is written down of a partner."),
    needs=Verb.EDIT_PARTNERS,
    body=PartnerFacts,
    answer=Office,
)
def change_office(request: TokenRequest, number: int) -> HttpResponse:
    """All of it is sent; what is left out becomes empty. The key stays."""
    one = office_for(request.auth, number, Verb.EDIT_PARTNERS)
    sent = fields_of(read_record(request, PartnerFacts))
    form = filled(PartnerForm(sent, instance=one))
    changed = registering.change_partner(partner=one, facts=form.cleaned_data, by=request.auth)
    return answer(_office(changed))


@endpoint(
    "GET",
    "/groups",
    says=message("Read which groups of actors take part, and which do not yet."),
    needs=Verb.READ,
    answer=list[Group],
)
def list_groups(request: TokenRequest) -> HttpResponse:
    """Return the four groups, each with its paragraph; a group can have reasons to be missing."""
    place = place_for(request.auth, Verb.READ)
    return answer(
        [
            Group(
                group=one.group,
                why=str(one.why),
                paragraph=one.paragraph,
                present=[there.pk for there in one.present],
                absent=list(one.absent),
            )
            for one in attendance(place.organisations.all())
        ]
    )


@endpoint(
    "POST",
    "/jurisdictions/{number}/below",
    says=message("Make a place below another."),
    needs=Verb.MANAGE_MEMBERS,
    body=NewPlace,
    answer=Territory,
    status=201,
)
def add_below(request: TokenRequest, number: int) -> HttpResponse:
    """Make it with its office; who administers the one above invites its first members."""
    parent = visible_place(request.auth, number)
    check_may(request.auth, Verb.MANAGE_MEMBERS, parent)
    form = filled(PlaceForm(fields_of(read_record(request, NewPlace)), parent=parent))
    new = registering.add_place(parent=parent, facts=form.cleaned_data, by=request.auth)
    return answer(territory(new), status=201)


def territory(one: Jurisdiction) -> Territory:
    """Return a jurisdiction as programs read it."""
    return Territory(
        number=one.pk,
        name=one.name,
        slug=one.slug,
        country=one.country,
        level=Level(one.level),
        currency=one.currency,
        language=one.language,
        above=one.parent_id,
    )


def _office(one: Organisation) -> Office:
    return Office(
        number=one.pk,
        jurisdiction=one.jurisdiction_id,
        key=one.key,
        name=one.name,
        sector=Sector(one.sector),
        role=one.role,
        contact=one.contact,
        agreement=one.agreement,
        agreed_on=one.agreed_on,
        agreed_until=one.agreed_until,
    )
