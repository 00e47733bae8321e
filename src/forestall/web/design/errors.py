"""This file knows the pages for what did not work: what happened, what is safe, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from forestall.languages import say
from forestall.web.design.context import bare_page

if TYPE_CHECKING:
    from django.http import HttpRequest


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: the request cannot be understood."""
    return _page(
        request,
        400,
        title=say("This request cannot be read"),
        happened=say("What your browser sent is not in a form that is understood here."),
        safe=say("Nothing was changed."),
        next=say("Go back, load the page again, and try once more."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: this person may not."""
    return _page(
        request,
        403,
        title=say("Not for your role"),
        happened=say("Your role does not allow this; ask an administrator."),
        safe=say("Nothing was changed."),
        next=say("You can go on with everything that your role allows."),
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403: the form does not carry the proof that it came from a page of ours."""
    return _page(
        request,
        403,
        title=say("The form could not be checked"),
        happened=say("The form was open for too long, or cookies are switched off."),
        safe=say("Nothing was changed, and nothing of the form was saved."),
        next=say("Go back, copy long texts, load the page again, and send it once more."),
    )


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: there is no such page for this person."""
    return _page(
        request,
        404,
        title=say("There is no such page"),
        happened=say("Nothing is at this address, or it does not exist for you."),
        safe=say("Nothing was changed."),
        next=say("Check the address, or look for it from the first page."),
    )


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429: too many attempts."""
    return _page(
        request,
        429,
        title=say("Too many attempts"),
        happened=say("Too many attempts came from here in a short time."),
        safe=say("Your account is as it was."),
        next=say("Wait a few minutes, then try again."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 without a question to the database, which may be what is broken."""
    words = {
        "title": say("Something went wrong here"),
        "happened": say("The workspace could not answer; the fault is ours, not yours."),
        "safe": say("What was saved before is safe; your last change may not be saved."),
        "next": say("Try again in a minute, and tell an administrator if it happens again."),
    }
    return HttpResponse(render_to_string("design/error.html", bare_page() | words), status=500)


def _page(request: HttpRequest, status: int, **words: str) -> HttpResponse:
    return render(request, "design/error.html", words, status=status)
