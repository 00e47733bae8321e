"""This file knows the pages of the directory: offices of all countries, experts, oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from forestall.errors import InvalidEntry
from forestall.languages import say
from forestall.web.directory import services
from forestall.web.directory.finding import experts_found
from forestall.web.directory.forms import ExpertForm, ExpertSearch, OfficeForm
from forestall.web.directory.models import Expert, Office, OfficeKind, visible_office
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page, places_where

if TYPE_CHECKING:
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest

ON_A_PAGE = 50


@list_page(Verb.READ)
def directory(request: SignedInRequest) -> HttpResponse:
    """Show the offices of all places, by what they are named for."""
    editable = {one.pk for one in places_where(request.user, Verb.EDIT_PARTNERS)}
    offices = list(Office.objects.select_related("jurisdiction"))
    kinds = [(kind, [one for one in offices if one.kind == kind]) for kind in OfficeKind]
    return render(
        request,
        "directory/offices.html",
        {"kinds": kinds, "editable": editable, "today": timezone.localdate()},
    )


@require_http_methods(["GET", "POST"])
@list_page(Verb.EDIT_PARTNERS)
def office_add(request: SignedInRequest) -> HttpResponse:
    """Write an office down."""
    places = places_where(request.user, Verb.EDIT_PARTNERS)
    form = OfficeForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        place = facts.pop("place", places[0])
        try:
            services.add_office(
                jurisdiction=place, facts=facts, by=request.user, today=timezone.localdate()
            )
        except InvalidEntry as wrong:
            form.add_error("name", str(wrong))
        else:
            messages.success(request, say("The office is in the directory."))
            return redirect("directory")
    return render(request, "directory/office_form.html", {"form": form, "office": None, "name": ""})


@require_http_methods(["GET", "POST"])
@page(Verb.EDIT_PARTNERS, about=visible_office)
def office_edit(request: SignedInRequest, office: Office) -> HttpResponse:
    """Change an office, or confirm that all is still right."""
    name = office.name
    form = OfficeForm(request.POST or None, instance=office)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_office(
                office=office, facts=form.cleaned_data, by=request.user, today=timezone.localdate()
            )
        except InvalidEntry as wrong:
            form.add_error("name", str(wrong))
        else:
            messages.success(request, say("The office is saved."))
            return redirect("directory")
    return render(
        request, "directory/office_form.html", {"form": form, "office": office, "name": name}
    )


@require_http_methods(["GET", "POST"])
@page(Verb.EDIT_PARTNERS, about=visible_office)
def office_remove(request: SignedInRequest, office: Office) -> HttpResponse:
    """Take an office out of the directory, after a question."""
    if not request.POST.get("confirmed"):
        return render(request, "directory/office_remove.html", {"office": office})
    services.remove_office(office=office, by=request.user)
    messages.success(request, say("The office is no longer in the directory."))
    return redirect("directory")


@list_page(Verb.READ)
def experts(request: SignedInRequest) -> HttpResponse:
    """Show the experts who agree to be found, in the order of names."""
    form = ExpertSearch(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = experts_found(wanted=wanted, today=timezone.localdate())
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "directory/experts.html", {"form": form, "page": shown, "count": len(found)}
    )


@require_http_methods(["GET", "POST"])
@list_page(Verb.READ)
def oneself(request: SignedInRequest) -> HttpResponse:
    """Show and change one's own entry in the roster."""
    own = Expert.objects.filter(person=request.user).first()
    today = timezone.localdate()
    form = ExpertForm(request.POST or None, instance=own, today=today)
    if request.method == "POST" and form.is_valid():
        place = own.jurisdiction if own else places_where(request.user, Verb.READ)[0]
        services.tell_of_oneself(
            person=request.user, jurisdiction=place, facts=form.cleaned_data, today=today
        )
        messages.success(request, say("Your entry is saved."))
        return redirect("experts")
    return render(request, "directory/oneself.html", {"form": form, "own": own})


@require_POST
@login_required
def leave(request: SignedInRequest) -> HttpResponse:
    """Take one's own entry out of the roster; no role is needed for that."""
    services.leave_roster(person=request.user)
    messages.success(request, say("Your entry is deleted."))
    return redirect("profile")
