"""This file knows what every page knows: who reads it, the stages in its top row, its languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from forestall.languages import available_languages
from forestall.publication.language_names import language_name
from forestall.web.design.navigation import stages_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what the base of every page needs."""
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    return {
        "request": request,
        "person": person if signed_in else None,
        "stages": stages_of(person, request.path) if signed_in and person is not None else [],
        "languages": _named(tuple(available_languages())),
        "this_address": request.get_full_path() if request.method == "GET" else request.path,
        "demonstration": getattr(settings, "DEMONSTRATION", False),
    }


def bare_page() -> dict[str, Any]:
    """Return the same without a question to the database, for when something is broken."""
    return {
        "request": None,
        "person": None,
        "stages": [],
        "languages": [],
        "this_address": "/",
        "demonstration": False,
        "messages": [],
    }


@cache
def _named(tags: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(tag, language_name(tag)) for tag in tags]
