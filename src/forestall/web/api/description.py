"""This file knows every address of the JSON interface, and how it is described by OpenAPI.

::

    @endpoint("GET", "/plans/{number}", says=message("Read a plan"), needs=Verb.READ,
              answer=ActionPlan)
    def plan(request: TokenRequest, number: int) -> HttpResponse: ...

The records are those of msgspec, so their schemas are made from them, and the ones of a plan are
those of its file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from ninja import NinjaAPI, Router

from forestall.languages import use_language
from forestall.plan.schema import describe_fields, plan_schema
from forestall.web.api.records import Refusal
from forestall.web.api.refusals import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpResponseBase
    from ninja.operation import Operation

    from forestall.languages import Message
    from forestall.web.organisations.roles import Verb

ROUTER = Router()
AS_FORM = "multipart/form-data"
_JSON = "application/json"
_REFERENCE = "#/components/schemas/{name}"


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One verb at one address.

    Attributes
    ----------
    method, path
        Such as "GET" and "/plans/{number}".
    says
        What it does.
    needs
        What a person must be allowed to do there; None where no token is needed, or any is enough.
    answer, status
        What it answers when it did what was asked: one of several records; none for 204.
    body
        What is sent: one of several records.
    match
        Whether the header If-Match is needed.
    sent_as
        How the body is sent: as JSON, or files as a form.
    given_as
        Types of a file that is answered instead of a record; empty for JSON.
    """

    method: str
    path: str
    says: Message
    needs: Verb | None
    answer: tuple[Any, ...]
    status: int
    body: tuple[Any, ...]
    match: bool
    sent_as: str
    given_as: tuple[str, ...]


ENDPOINTS: list[Endpoint] = []


def endpoint(
    method: str,
    path: str,
    *,
    says: Message,
    needs: Verb | None,
    answer: Any = (),
    status: int = 200,
    body: Any = (),
    options: dict[str, Any] | None = None,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Put a view at an address, and describe it.

    Parameters
    ----------
    options
        Of the library, such as ``{"auth": None}`` for an address without a token; and ours:
        ``match``, ``sent_as`` and ``given_as``.
    """
    given = dict(options or {})
    match = given.pop("match", None) is not None
    sent_as, given_as = given.pop("sent_as", _JSON), given.pop("given_as", ())
    shown = re.sub(r"{\w+:", "{", path)
    ENDPOINTS.append(
        Endpoint(
            method=method,
            path=shown,
            says=says,
            needs=needs,
            answer=_several(answer),
            status=status,
            body=_several(body),
            match=match,
            sent_as=sent_as,
            given_as=given_as,
        )
    )

    def placed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        with use_language("en"):
            summary = str(says)
        return ROUTER.api_operation(
            [method], path, response={status: None}, summary=summary, **given
        )(view)

    return placed


class WorkspaceAPI(NinjaAPI):
    """The interface, with the schemas of its records."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of the view."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> Any:
        """Return the description of all addresses (OpenAPI 3.1)."""
        described = super().get_openapi_schema(**options)
        kinds = _kinds()
        schemas, components = msgspec.json.schema_components(kinds, ref_template=_REFERENCE)
        for part in components.values():
            describe_fields(part)
        known = dict(zip(map(repr, kinds), schemas, strict=True))
        for one in ENDPOINTS:
            (path,) = (key for key in described["paths"] if key.endswith(f"/v1{one.path}"))
            _describe(described["paths"][path][one.method.lower()], one, known)
        described["components"]["schemas"] = {**components, **_of_plan()}
        return described


def _several(given: Any) -> tuple[Any, ...]:
    return given if isinstance(given, tuple) else (given,)


def _kinds() -> list[Any]:
    kinds = {repr(one): one for end in ENDPOINTS for one in (*end.answer, *end.body)}
    return [*kinds.values(), Refusal]


def _of_plan() -> dict[str, Any]:
    """Return the schemas of the records of a plan, as in the schema of its file."""
    text = json.dumps(plan_schema()["$defs"]).replace("#/$defs/", "#/components/schemas/")
    schemas: dict[str, Any] = json.loads(text)
    return schemas


def _describe(operation: dict[str, Any], one: Endpoint, known: dict[str, Any]) -> None:
    refused = {"schema": known[repr(Refusal)]}
    with use_language("en"):
        responses: dict[str, Any] = {
            str(status): {"description": str(said), "content": {"application/json": refused}}
            for status, said in STATUSES.items()
        }
    done: dict[str, Any] = {"description": "Done."}
    if one.given_as:
        done["content"] = {
            kind: {"schema": {} if kind.endswith("json") else {"type": "string"}}
            for kind in one.given_as
        }
    elif one.answer:
        done["content"] = _content(one.answer, known)
    responses[str(one.status)] = done
    operation["responses"] = dict(sorted(responses.items()))
    if one.body:
        operation["requestBody"] = {
            "required": True,
            "content": _content(one.body, known, one.sent_as),
        }
    if one.match:
        operation.setdefault("parameters", []).append(_IF_MATCH)
    if one.needs is not None:
        operation["x-needs"] = one.needs.value


def _content(kinds: Iterable[Any], known: dict[str, Any], media: str = _JSON) -> dict[str, Any]:
    schemas = [known[repr(one)] for one in kinds]
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return {media: {"schema": schema}}


_IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The ETag of the part as it was read.",
    "schema": {"type": "string", "pattern": '^"[0-9a-f]{1,64}"$'},
}
