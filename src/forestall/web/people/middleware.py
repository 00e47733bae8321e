"""This file knows in which language a page is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from forestall.languages import available_languages, use_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

COOKIE = "language"
_OF_DJANGO = {"zh": "zh-hans"}


class LanguageMiddleware:
    """Answers in the language of the person, else of the cookie, else of the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the language in force while the page is made."""
        tag = _wanted(request)
        with use_language(tag), translation.override(_OF_DJANGO.get(tag, tag)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", tag)
        return response


def _wanted(request: HttpRequest) -> str:
    possible = available_languages()
    person = getattr(request, "user", None)
    own = person.language if person is not None and person.is_authenticated else ""
    for tag in (own, request.COOKIES.get(COOKIE, "")):
        if tag in possible:
            return str(tag)
    for accepted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if accepted.split("-")[0] in possible:
            return accepted.split("-")[0]
    return "en"
