"""This file knows the page that explains the JSON interface, and its answer where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from forestall.web.api.interface import ENDPOINTS
from forestall.web.api.refusals import missing
from forestall.web.organisations.roles import ALLOWED, Role

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from forestall.web.pages import SignedInRequest


@login_required
def explained(request: SignedInRequest) -> HttpResponse:
    """Show every address of the interface, and the roles that can use it."""
    rows = [
        (one, [role.words for role in Role if one.needs is None or role in ALLOWED[one.needs]])
        for one in sorted(ENDPOINTS, key=lambda one: one.path)
    ]
    return render(request, "api/explained.html", {"rows": rows})


@csrf_exempt
def nothing(_request: HttpRequest, _rest: str) -> HttpResponse:
    """Answer 404 as the interface does."""
    return missing()
