"""This file knows the pages on places and members: who is in it, in which role, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forestall.errors import NotAllowed
from forestall.languages import say
from forestall.web.organisations import registering
from forestall.web.organisations.forms import InvitationForm, PlaceForm, RoleForm
from forestall.web.organisations.models import Jurisdiction, Membership
from forestall.web.organisations.partner_views import visible_organisation
from forestall.web.organisations.roles import Role, Verb
from forestall.web.organisations.services import invite
from forestall.web.pages import list_page, page, places_where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from forestall.web.organisations.models import Organisation
    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person

    Tree = list[tuple[Jurisdiction, "Tree"]]


def visible_place(person: Person, number: int) -> Jurisdiction:
    """Return a place that exists for the person."""
    return get_object_or_404(Jurisdiction.objects.visible_to(person), pk=number)


def visible_membership(person: Person, number: int) -> Membership:
    """Return a membership that exists for the person."""
    found = Membership.objects.visible_to(person).select_related(
        "organisation__jurisdiction", "person"
    )
    return get_object_or_404(found, pk=number)


@list_page(Verb.MANAGE_MEMBERS)
def organisation(request: SignedInRequest) -> HttpResponse:
    """Show the places that a person administers, with their organisations and members."""
    places = places_where(request.user, Verb.MANAGE_MEMBERS)
    found = Jurisdiction.objects.filter(pk__in=[one.pk for one in places]).prefetch_related(
        "organisations__memberships__person"
    )
    register = [(place, _members_of(place)) for place in found]
    return render(
        request, "organisations/organisation.html", {"tree": _tree(places), "register": register}
    )


@require_http_methods(["GET", "POST"])
@page(Verb.MANAGE_MEMBERS, about=visible_place)
def place_add(request: SignedInRequest, parent: Jurisdiction) -> HttpResponse:
    """Make a place below another."""
    form = PlaceForm(request.POST or None, parent=parent)
    if request.method == "POST" and form.is_valid():
        registering.add_place(parent=parent, facts=form.cleaned_data, by=request.user)
        messages.success(request, say("The place is there; invite its first members."))
        return redirect("organisation")
    return render(request, "organisations/place_add.html", {"form": form, "parent": parent})


@never_cache
@require_http_methods(["GET", "POST"])
@page(Verb.MANAGE_MEMBERS, about=visible_organisation)
def member_invite(request: SignedInRequest, body: Organisation) -> HttpResponse:
    """Make an invitation, and show its link once."""
    form = InvitationForm(request.POST or None)
    shown: dict[str, object] = {"form": form, "organisation": body}
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        invitation, token = invite(
            organisation=body, role=role, email=form.cleaned_data["email"], by=request.user
        )
        link = request.build_absolute_uri(reverse("invited", args=[token]))
        shown |= {"link": link, "invitation": invitation, "role": role}
        return render(request, "organisations/member_invited.html", shown)
    return render(request, "organisations/member_invite.html", shown)


@require_http_methods(["GET", "POST"])
@page(Verb.MANAGE_MEMBERS, about=visible_membership)
def member_role(request: SignedInRequest, membership: Membership) -> HttpResponse:
    """Give a member another role."""
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            registering.change_role(
                membership=membership, role=Role(form.cleaned_data["role"]), by=request.user
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, say("The role is changed."))
        return redirect("organisation" if _administers(request.user) else "home")
    return render(
        request, "organisations/member_role.html", {"form": form, "membership": membership}
    )


@require_http_methods(["GET", "POST"])
@page(Verb.MANAGE_MEMBERS, about=visible_membership)
def member_remove(request: SignedInRequest, membership: Membership) -> HttpResponse:
    """Ask, then end a membership."""
    if request.method == "POST":
        try:
            registering.remove_member(membership=membership, by=request.user)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, say("The membership has ended."))
        return redirect("organisation" if _administers(request.user) else "home")
    return render(request, "organisations/member_remove.html", {"membership": membership})


def _administers(person: Person) -> bool:
    return bool(places_where(person, Verb.MANAGE_MEMBERS))


def _members_of(place: Jurisdiction) -> list[tuple[Organisation, list[tuple[Membership, str]]]]:
    return [
        (one, [(member, str(Role(member.role).words)) for member in one.memberships.all()])
        for one in place.organisations.all()
    ]


def _tree(places: Sequence[Jurisdiction], parent: int | None = None) -> Tree:
    """Return places below their parents; one whose parent is not seen stands at the top."""
    seen = {one.pk for one in places}
    return [
        (one, _tree(places, one.pk))
        for one in places
        if (one.parent_id == parent if parent is not None else one.parent_id not in seen)
    ]
