"""This file knows what every page knows: who reads it, the stages in its top row, its languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.languages import available_languages

if TYPE_CHECKING:
    from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what the base of every page needs."""
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    return {
        "request": request,
        "person": person if signed_in else None,
        "languages": available_languages(),
    }
