"""This file knows how a request of the JSON interface is read, and how it is answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from django.http import HttpResponse

from forestall.errors import InvalidEvidence, InvalidQuestionnaire
from forestall.evidence.strict_json import json_object
from forestall.languages import message
from forestall.plan.faults import fault_of
from forestall.questionnaires.faults import fault_of as fault_of_reply
from forestall.web.api.refusals import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest
    from msgspec import Struct

Record = TypeVar("Record", bound="Struct")
_NAME = "body"


def read_body(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object of a body.

    Raises
    ------
    Refused
        If it is not sent as JSON (415), or is none (400).
    """
    if (request.content_type or "").lower() != "application/json":
        raise Refused(415, message("Send the body as JSON, with its type: application/json."))
    try:
        return json_object(request.body, name=_NAME)
    except InvalidEvidence as wrong:
        raise Refused(400, wrong.args[0]) from None


def read_record(request: HttpRequest, record: type[Record]) -> Record:
    """Return the body of a request as a record.

    Raises
    ------
    Refused
        As `read_body`.
    InvalidPlan
        If something is missing, unknown or of another kind; with the place.
    """
    content = read_body(request)
    try:
        return msgspec.convert(content, record)
    except msgspec.ValidationError as wrong:
        raise fault_of(wrong, content, record, name=_NAME) from None


def read_of_reply(request: HttpRequest, record: type[Record]) -> Record:
    """Return the body of a request about a national reply as a record.

    Raises
    ------
    Refused
        As `read_body`.
    InvalidQuestionnaire
        If something is missing, unknown or of another kind; with the place.
    """
    content = read_body(request)
    try:
        return msgspec.convert(content, record)
    except msgspec.ValidationError as wrong:
        raise InvalidQuestionnaire(fault_of_reply(wrong, content, record, name=_NAME)) from None


def read_match(request: HttpRequest) -> str:
    """Return by what the sender recognised the part when it was read.

    Raises
    ------
    Refused
        If the header is missing (428), or is no tag that was given here (412).
    """
    sent = request.headers.get("If-Match", "").strip()
    if not sent:
        raise Refused(
            428, message("Send the ETag of the part, as you read it, in the header If-Match.")
        )
    found = re.fullmatch(r'"([0-9a-f]{1,64})"', sent)
    if found is None:
        raise Refused(
            412, message("The header If-Match holds no ETag that was given here; read it again.")
        )
    return found[1]


def answer(record: object, *, status: int = 200, tag: str = "") -> HttpResponse:
    """Answer with a record; the tag tells whether it changed since."""
    return answer_bytes(msgspec.json.encode(record), status=status, tag=tag)


def answer_new(
    request: HttpRequest, record: object, number: int, *, at: str = "", tag: str = ""
) -> HttpResponse:
    """Answer with what was made, and where it is: its number after an address.

    Parameters
    ----------
    at
        The address within the interface, such as "/plans"; "" for the one it was sent to.
    """
    told = answer(record, status=201, tag=tag)
    base, version, _ = request.path.partition("/v1/")
    address = base + version.rstrip("/") + at if at else request.path
    told.headers["Location"] = f"{address}/{number}"
    return told


def answer_bytes(content: bytes, *, status: int = 200, tag: str = "") -> HttpResponse:
    """Answer with JSON that is written already."""
    told = HttpResponse(content, status=status, content_type="application/json")
    if tag:
        told.headers["ETag"] = f'"{tag}"'
    return told
