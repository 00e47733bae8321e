"""This file knows the address of each part of a plan: read, added, changed and taken out.

A part is sent as a whole, with the lists inside it. Its ETag tells whether it changed since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse

from forestall.errors import InvalidPlan, PartChanged
from forestall.languages import message
from forestall.web.api.bodies import answer, read_match, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.plan_endpoints import plan_for
from forestall.web.api.refusals import Refused
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.plans.editing import add_part, from_record, remove_part, save_part, verb_for
from forestall.web.plans.parts import PARTS, item_at, part_at
from forestall.web.plans.seen import seen_whole

if TYPE_CHECKING:
    from msgspec import Struct

    from forestall.web.people.models import Person
    from forestall.web.plans.models import Plan

_PART = "/plans/{number}/parts/{path:where}"
RECORDS: tuple[Any, ...] = tuple(part.record for parts in PARTS.values() for part in parts.values())
_LISTS: tuple[Any, ...] = tuple(list[one] for one in RECORDS)  # type: ignore[valid-type]


@endpoint(
    "GET",
    _PART,
    says=message("Read a part of a plan, or a list of parts."),
    needs=Verb.READ,
    answer=(*RECORDS, *_LISTS),
)
def read_part(request: TokenRequest, number: int, where: str) -> HttpResponse:
    """Such as actions, actions/gates, or actions/gates/steps/ask; without a key, by place from 0.

    A single part comes with its ETag.
    """
    plan = plan_for(request.auth, number, Verb.READ)
    found = _found(plan, where)
    return answer(found, tag="" if isinstance(found, tuple) else seen_whole(found))


@endpoint(
    "POST",
    _PART,
    says=message("Add a part to a list of a plan."),
    needs=Verb.REPORT_PROGRESS,
    body=RECORDS,
    answer=RECORDS,
    status=201,
)
def post_part(request: TokenRequest, number: int, where: str) -> HttpResponse:
    """Before adoption for those who change plans; later only measurements, reviews and voices.

    A key that is taken gets a number; the answer says under which address the part is.
    """
    plan = plan_for(request.auth, number, Verb.REPORT_PROGRESS)
    record = _record_at(where)
    _check_list(plan, where)
    _check_may(request.auth, plan, record, whole=True)
    written = from_record(read_record(request, record))
    try:
        saved, there = add_part(plan=plan, where=where, written=written, by=request.auth)
    except PartChanged as taken:
        raise Refused(409, taken.args[0]) from None
    told = _told(saved, there, status=201)
    told.headers["Location"] = request.path.removesuffix(where) + there
    return told


@endpoint(
    "PUT",
    _PART,
    says=message("Change a part of a plan."),
    needs=Verb.REPORT_PROGRESS,
    body=RECORDS,
    answer=RECORDS,
    options={"match": True},
)
def put_part(request: TokenRequest, number: int, where: str) -> HttpResponse:
    """Send the whole part, with its key; once the plan is adopted, only follow-up changes."""
    plan = plan_for(request.auth, number, Verb.REPORT_PROGRESS)
    record = type(_single(plan, where))
    _check_may(request.auth, plan, record, whole=False)
    was = read_match(request)
    written = from_record(read_record(request, record), was=was)
    saved = save_part(plan=plan, where=where, written=written, by=request.auth)
    return _told(saved, where)


@endpoint(
    "DELETE",
    _PART,
    says=message("Take a part out of a plan."),
    needs=Verb.REPORT_PROGRESS,
    status=204,
    options={"match": True},
)
def delete_part(request: TokenRequest, number: int, where: str) -> HttpResponse:
    """Earlier revisions keep it; what others refer to stays."""
    plan = plan_for(request.auth, number, Verb.REPORT_PROGRESS)
    _check_may(request.auth, plan, type(_single(plan, where)), whole=True)
    was = read_match(request)
    remove_part(
        plan=plan,
        where=where,
        unchanged=lambda there: seen_whole(there) == was,
        by=request.auth,
    )
    return HttpResponse(status=204)


def _check_may(person: Person, plan: Plan, record: type[Struct], *, whole: bool) -> None:
    """Make sure of the role before the body is read, which says more to those who may."""
    check_may(person, verb_for(plan.content.state, record, whole=whole), plan.jurisdiction)


def _found(plan: Plan, where: str) -> Any:
    try:
        found: Any = item_at(plan.content, where)
    except InvalidPlan:
        raise Http404 from None
    if found is None:
        raise Http404
    return found


def _single(plan: Plan, where: str) -> Struct:
    found: Struct | tuple[Struct, ...] = _found(plan, where)
    if isinstance(found, tuple):
        raise Refused(409, message("This is a list; name one part of it."))
    return found


def _record_at(where: str) -> type[Struct]:
    try:
        return part_at(where).record
    except InvalidPlan:
        raise Http404 from None


def _check_list(plan: Plan, where: str) -> None:
    """Make sure that something can be added there."""
    try:
        there: object = item_at(plan.content, where)
    except InvalidPlan:
        raise Http404 from None
    if there is not None and not isinstance(there, tuple):
        raise Refused(409, message("This is one part; add to a list of parts."))


def _told(plan: Plan, where: str, *, status: int = 200) -> HttpResponse:
    item = item_at(plan.content, where)
    return answer(item, status=status, tag=seen_whole(item))
