"""This file knows the pages on partners: the register, one partner, which groups are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forestall.languages import say
from forestall.web.organisations import registering
from forestall.web.organisations.forms import PartnerForm
from forestall.web.organisations.models import Jurisdiction, Organisation
from forestall.web.organisations.partners import attendance
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person


def visible_organisation(person: Person, number: int) -> Organisation:
    """Return an organisation that exists for the person."""
    return get_object_or_404(
        Organisation.objects.visible_to(person).select_related("jurisdiction"), pk=number
    )


@list_page(Verb.READ)
def partners(request: SignedInRequest) -> HttpResponse:
    """Show the register of partners, place by place."""
    editable = {one.pk for one in places_where(request.user, Verb.EDIT_PARTNERS)}
    register = [(place, place.pk in editable, _by_sector(place)) for place in _places(request.user)]
    return render(
        request,
        "organisations/partners.html",
        {"register": register, "may_add": bool(editable), "today": timezone.localdate()},
    )


@list_page(Verb.READ)
def partners_missing(request: SignedInRequest) -> HttpResponse:
    """Show which groups of actors take part and which do not yet."""
    register = [(one, attendance(one.organisations.all())) for one in _places(request.user)]
    return render(request, "organisations/partners_missing.html", {"register": register})


@require_http_methods(["GET", "POST"])
@list_page(Verb.EDIT_PARTNERS)
def partner_add(request: SignedInRequest) -> HttpResponse:
    """Write a partner down."""
    places = places_where(request.user, Verb.EDIT_PARTNERS)
    form = PartnerForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        place = facts.pop("place", places[0])
        registering.add_partner(jurisdiction=place, facts=facts, by=request.user)
        messages.success(request, say("The partner is in the register."))
        return redirect("partners")
    return render(request, "organisations/partner_form.html", {"form": form, "partner": None})


@require_http_methods(["GET", "POST"])
@page(Verb.EDIT_PARTNERS, about=visible_organisation)
def partner_edit(request: SignedInRequest, partner: Organisation) -> HttpResponse:
    """Change what is written down of a partner."""
    form = PartnerForm(request.POST or None, instance=partner)
    if request.method == "POST" and form.is_valid():
        registering.change_partner(partner=partner, facts=form.cleaned_data, by=request.user)
        messages.success(request, say("The partner is saved."))
        return redirect("partners")
    return render(request, "organisations/partner_form.html", {"form": form, "partner": partner})


def _places(person: Person) -> list[Jurisdiction]:
    return list(Jurisdiction.objects.visible_to(person).prefetch_related("organisations"))


def _by_sector(place: Jurisdiction) -> list[Organisation]:
    return sorted(
        place.organisations.all(), key=lambda one: (str(one.sector_words), one.name.casefold())
    )
