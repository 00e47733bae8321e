"""This file knows how much anybody may send to the workspace at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render

from forestall.languages import say
from forestall.web.api.refusals import too_large
from forestall.web.api.tokens import ByToken

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class BodyLimit:
    """Refuses more than a form from somebody unknown, and more than an upload from anybody.

    What is said to come is compared; a server that speaks WSGI takes no more than that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse before anything is read."""
        given = request.META.get("CONTENT_LENGTH") or "0"
        length = int(given) if given.isascii() and given.isdigit() else 0
        of_a_form = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        if length > of_a_form and length > _most_from(request, of_a_form):
            return _too_large(request)
        return self.get_response(request)


def _most_from(request: HttpRequest, of_a_form: int) -> int:
    if not request.user.is_authenticated and not _shows_token(request):
        return of_a_form
    # The parts of a form round a file take some room too.
    return int(getattr(settings, "MOST_UPLOAD_BYTES", of_a_form)) + of_a_form


def _shows_token(request: HttpRequest) -> bool:
    """Return whether a program asks with a valid token; only it brings files without a cookie."""
    return request.path.startswith("/api/") and ByToken()(request) is not None


def _too_large(request: HttpRequest) -> HttpResponse:
    words = {
        "title": say("This is too large"),
        "happened": say("What your browser sent is larger than this page takes."),
        "safe": say("Nothing was changed."),
        "next": say("Send a smaller file, or ask an administrator."),
    }
    if request.path.startswith("/api/"):
        response = too_large()
    else:
        response = render(request, "design/error.html", words, status=413)
    # Nobody reads the rest.
    response.headers["Connection"] = "close"
    return response
