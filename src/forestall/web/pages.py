"""This file knows how a page is guarded: what exists for a person, and what a role allows.

::

    @page(Verb.EDIT_PLAN, about=visible_plan)
    def edit(request: SignedInRequest, plan: Plan) -> HttpResponse: ...

The object is looked up among those that exist for the person, or the answer is 404. Then the role
is checked, or the answer is 403 with who can. What a page needs and what it is about stay on it
(`NEEDS`, `ABOUT`), so that one table of role, page and verb is made from the addresses
(`docs/reference/access.md`) and tested cell by cell.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.shortcuts import render

from forestall.errors import NotAllowed
from forestall.languages import message
from forestall.web.organisations.models import Jurisdiction
from forestall.web.organisations.policies import check_may, may, may_somewhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse, HttpResponseBase

    from forestall.web.organisations.roles import Verb
    from forestall.web.people.models import Person

NEEDS = "forestall_needs"
ABOUT = "forestall_about"


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person


class InJurisdiction(Protocol):
    """Something that belongs to a jurisdiction."""

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Return where it belongs."""


Rest = ParamSpec("Rest")
About = TypeVar("About", bound=InJurisdiction)


def page(
    verb: Verb, *, about: Callable[[Person, int], About]
) -> Callable[
    [Callable[Concatenate[SignedInRequest, About, Rest], HttpResponseBase]],
    Callable[..., HttpResponseBase],
]:
    """Guard a page on one object; the first part of its address is the number of the object.

    Parameters
    ----------
    verb
        What the page needs.
    about
        Finds the object among those that exist for the person, and raises Http404 otherwise.
    """

    def guard(
        view: Callable[Concatenate[SignedInRequest, About, Rest], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def guarded(request: Any, number: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
            found = about(request.user, number)
            try:
                check_may(request.user, verb, found.jurisdiction)
            except NotAllowed as refusal:
                return refused(request, refusal)
            return view(request, found, *args, **kwargs)

        setattr(guarded, NEEDS, verb)
        setattr(guarded, ABOUT, about)
        return guarded

    return guard


def list_page(verb: Verb) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., Any]]:
    """Guard a page that is about no object: somewhere the person must have the role."""

    def guard(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may_somewhere(request.user, verb):
                return refused(
                    request,
                    NotAllowed(message("Your role does not allow this; ask an administrator.")),
                )
            return view(request, *args, **kwargs)

        setattr(guarded, NEEDS, verb)
        return guarded

    return guard


def places_where(person: Person, verb: Verb) -> list[Jurisdiction]:
    """Return the jurisdictions in which the person may do something, in the order of names."""
    return [one for one in Jurisdiction.objects.visible_to(person) if may(person, verb, one)]


def refused(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    """Answer 403 with the reason, on a page."""
    return render(request, "design/refused.html", {"reason": str(refusal)}, status=403)
