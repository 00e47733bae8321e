"""This file knows one's own account, and how an invitation is taken up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from forestall.errors import NotAllowed
from forestall.languages import available_languages, say
from forestall.web.organisations.roles import Role
from forestall.web.organisations.services import (
    accept_invitation,
    join_by_invitation,
    open_invitation,
)
from forestall.web.pages import refused
from forestall.web.people.forms import PasswordForm, ProfileForm
from forestall.web.people.middleware import COOKIE

if TYPE_CHECKING:
    from django.http import HttpRequest

    from forestall.languages import Message
    from forestall.web.organisations.models import Invitation, Jurisdiction, Organisation
    from forestall.web.pages import SignedInRequest
    from forestall.web.people.models import Person


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """Show and change one's own account."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, say("Your account is saved."))
        return redirect("profile")
    return render(request, "people/profile.html", {"form": form, "parts": _parts_of(request.user)})


def _parts_of(person: Person) -> list[tuple[Jurisdiction, Organisation, Message]]:
    held = person.memberships.select_related("organisation__jurisdiction")
    return [(one.organisation.jurisdiction, one.organisation, Role(one.role).words) for one in held]


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that somebody chose, and go back to where they were."""
    wanted = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if wanted in available_languages():
        if request.user.is_authenticated:
            person = request.user
            person.language = wanted
            person.save(update_fields=["language"])
        response.set_cookie(COOKIE, wanted, max_age=31_536_000, httponly=True, samesite="Lax")
    return response


@require_http_methods(["GET", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody who was invited set an address and a password."""
    invitation = open_invitation(token)
    if invitation is None or invitation.organisation is None:
        raise Http404
    if request.user.is_authenticated:
        return _join(request, invitation, request.user)
    form = PasswordForm(request.POST or None, initial={"email": invitation.email})
    if request.method == "POST" and form.is_valid():
        try:
            person = accept_invitation(
                invitation=invitation,
                email=form.cleaned_data["email"],
                password=form.cleaned_data["password"],
                shown_as=form.cleaned_data["shown_as"],
            )
        except NotAllowed as refusal:
            # Somebody used the link, or the address, at the same moment.
            return refused(request, refusal)
        except IntegrityError:
            form.add_error("email", say("This address is in use; sign in instead."))
            return _invitation_page(request, invitation, form)
        login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("home")
    return _invitation_page(request, invitation, form)


def _join(request: HttpRequest, invitation: Invitation, person: Person) -> HttpResponse:
    if request.method == "POST":
        try:
            join_by_invitation(invitation=invitation, person=person)
        except NotAllowed as refusal:
            return refused(request, refusal)
        messages.success(request, say("You take part now."))
        return redirect("home")
    return _invitation_page(request, invitation, None)


def _invitation_page(
    request: HttpRequest, invitation: Invitation, form: PasswordForm | None
) -> HttpResponse:
    return render(
        request,
        "people/invited.html",
        {
            "form": form,
            "invitation": invitation,
            "organisation": invitation.organisation,
            "role": Role(invitation.role),
        },
    )
