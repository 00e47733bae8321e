"""This file knows how the JSON interface says no: one status, one sentence, in one shape."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse
from ninja.errors import AuthenticationError, Throttled, ValidationError

from forestall.errors import (
    AnswerChanged,
    ForestallError,
    InvalidConsultation,
    InvalidEntry,
    InvalidRelease,
    MoveNotAllowed,
    NotAllowed,
    PartChanged,
)
from forestall.languages import Message, message, say
from forestall.web.api.records import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase
    from ninja import NinjaAPI

# What any address can answer beside what was asked for.
STATUSES: dict[int, Message] = {
    400: message("The body cannot be read as JSON."),
    401: message("There is no token, or it is not valid."),
    403: message("The role does not allow it."),
    404: message("There is nothing, or it does not exist for the person."),
    409: message("It cannot be done as things are now."),
    412: message("The part changed since it was read."),
    413: message("The body is too large."),
    415: message("The body is not sent as JSON."),
    422: message("What was sent cannot be used."),
    428: message("It is not said which version of the part was read."),
    429: message("The token was used too often in one minute."),
}


class Refused(Exception):
    """A status and the sentence that goes with it."""

    def __init__(self, status: int, said: Message) -> None:
        super().__init__(status, said)
        self.status, self.said = status, said


def refuse(status: int, sentence: str, *, at: str = "") -> HttpResponse:
    """Answer with a status and one sentence; `at` is the place in a plan, as in its file."""
    return HttpResponse(
        msgspec.json.encode(Refusal(detail=sentence, at=at)),
        status=status,
        content_type="application/json",
    )


def say_refusals(api: NinjaAPI) -> None:
    """Let an interface answer every refusal in its one shape."""
    for kind, status in _OWN.items():
        api.add_exception_handler(kind, _with_sentence(status))
    api.add_exception_handler(Refused, _as_told)
    api.add_exception_handler(Http404, lambda _request, _no: missing())
    api.add_exception_handler(AuthenticationError, lambda _request, _no: _unknown())
    api.add_exception_handler(Throttled, lambda _request, _no: _too_often())
    api.add_exception_handler(ValidationError, _unusable)
    api.add_exception_handler(RequestDataTooBig, lambda _request, _no: too_large())


def missing() -> HttpResponse:
    """Answer 404."""
    return refuse(404, say("Nothing is at this address, or it does not exist for you."))


def in_one_shape(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer in the one shape what the library answers in its own way."""

    @wraps(view)
    def shaped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer = view(request, *args, **kwargs)
        except Http404:
            return missing()
        if answer.status_code == 405:
            told = refuse(405, say("This cannot be done at this address."))
            told.headers["Allow"] = ", ".join(sorted(answer.headers["Allow"].split(", ")))
            return told
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return shaped


_OWN: dict[type[ForestallError], int] = {
    ForestallError: 422,
    NotAllowed: 403,
    PartChanged: 412,
    AnswerChanged: 412,
    MoveNotAllowed: 409,
    InvalidConsultation: 409,
    InvalidEntry: 409,
    InvalidRelease: 409,
}


def _with_sentence(status: int) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda _request, refusal: refuse(status, str(refusal), at=getattr(refusal, "at", ""))


def _as_told(_request: HttpRequest, refusal: Any) -> HttpResponse:
    assert isinstance(refusal, Refused)
    return refuse(refusal.status, str(refusal.said))


def _unknown() -> HttpResponse:
    answer = refuse(401, say("Send a valid token; make one on your page “Tokens for programs”."))
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _too_often() -> HttpResponse:
    return refuse(429, say("This token was used too often in one minute; wait a little."))


def too_large() -> HttpResponse:
    """Answer 413."""
    return refuse(413, say("What was sent is larger than this address takes."))


def _unusable(_request: HttpRequest, refusal: Any) -> HttpResponse:
    name = str(refusal.errors[0]["loc"][-1])
    return refuse(422, say("“{name}” in the address is not what is asked for.", name=name))
