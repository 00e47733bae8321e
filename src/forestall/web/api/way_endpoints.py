"""This file knows the addresses by which a plan is checked, decided on, moved and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from forestall.errors import InvalidPlan
from forestall.languages import message
from forestall.plan.checks import check_plan
from forestall.plan.differences import compare_plans
from forestall.plan.files import plan_to_json
from forestall.plan.records import ActionPlan
from forestall.plan.states import MOVES, PlanState
from forestall.safeguards.assessment import RightsAssessment
from forestall.web.api.bodies import answer, answer_bytes, read_match, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.plan_endpoints import Limit, Offset, plan_for, row_of
from forestall.web.api.records import Changed, Decided, Move, PlanRow, Point, Revision, WantedMove
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.consultation.asked import plan_asked_about
from forestall.web.organisations.roles import Verb
from forestall.web.plans.deciding import Said, decide_rights, read_by
from forestall.web.plans.drafting import drafters
from forestall.web.plans.moving import in_the_way, move
from forestall.web.plans.parts import item_at

if TYPE_CHECKING:
    from forestall.plan.checking.points import PlanPoint
    from forestall.web.plans.models import Plan


@endpoint(
    "GET",
    "/plans/{number}/checks",
    says=message("Read what a plan still lacks, with the paragraphs."),
    needs=Verb.READ,
    answer=list[Point],
)
def read_checks(request: TokenRequest, number: int) -> HttpResponse:
    """In words and without a score, in the language of the header Accept-Language."""
    plan = plan_for(request.auth, number, Verb.READ)
    found = check_plan(
        plan.content,
        today=timezone.localdate(),
        drafted_by=drafters(plan),
        consulted=plan_asked_about(plan),
    )
    return answer([_point(one) for one in found.points])


@endpoint(
    "GET",
    "/plans/{number}/moves",
    says=message("Read which states may follow, and what stands in the way."),
    needs=Verb.READ,
    answer=list[Move],
)
def read_moves(request: TokenRequest, number: int) -> HttpResponse:
    """Return them; a state without points can be entered now."""
    plan = plan_for(request.auth, number, Verb.READ)
    today = timezone.localdate()
    return answer(
        [
            Move(
                to=to,
                words=str(to.words),
                points=[_point(one) for one in in_the_way(plan, to, today=today)],
            )
            for to in MOVES[plan.content.state]
        ]
    )


@endpoint(
    "POST",
    "/plans/{number}/moves",
    says=message("Take a plan to another state."),
    needs=Verb.MOVE_PLAN,
    body=WantedMove,
    answer=PlanRow,
)
def take_move(request: TokenRequest, number: int) -> HttpResponse:
    """Only when nothing stands in the way; otherwise the first reasons are told."""
    plan = plan_for(request.auth, number, Verb.MOVE_PLAN)
    wanted = read_record(request, WantedMove)
    moved = move(plan=plan, to=wanted.to, by=request.auth, today=timezone.localdate())
    return answer(row_of(moved), tag=str(moved.revision))


@endpoint(
    "GET",
    "/plans/{number}/decisions/{action}",
    says=message("Read the rights assessment of an action, to decide on it."),
    needs=Verb.READ,
    answer=RightsAssessment,
)
def read_assessment(request: TokenRequest, number: int, action: str) -> HttpResponse:
    """Its ETag tells what was assessed; that somebody decided on it does not change the tag."""
    plan = plan_for(request.auth, number, Verb.READ)
    return _assessment_of(plan, action)


@endpoint(
    "POST",
    "/plans/{number}/decisions/{action}",
    says=message("Decide on the rights assessment of an action."),
    needs=Verb.DECIDE_RIGHTS,
    body=Decided,
    answer=RightsAssessment,
    options={"match": True},
)
def decide(request: TokenRequest, number: int, action: str) -> HttpResponse:
    """For two people who did not draft it; a later decision replaces the earlier one.

    The ETag of the assessment as it was read is sent as If-Match: nobody decides on another one.
    """
    plan = plan_for(request.auth, number, Verb.DECIDE_RIGHTS)
    if all(one.key != action for one in plan.content.actions):
        raise Http404
    was, said = read_match(request), read_record(request, Decided)
    if not said.reason.strip():
        raise InvalidPlan(message("Say why; the reason is kept."))
    decided = decide_rights(
        plan=plan,
        action=action,
        said=Said(said.agrees, said.reason.strip(), said.conditions.strip()),
        by=request.auth,
        today=timezone.localdate(),
        was=was,
    )
    return _assessment_of(decided, action)


@endpoint(
    "GET",
    "/plans/{number}/versions",
    says=message("List the saved changes of a plan."),
    needs=Verb.READ,
    answer=list[Revision],
)
def list_versions(
    request: TokenRequest, number: int, limit: Limit = 50, offset: Offset = 0
) -> HttpResponse:
    """Return the newest first."""
    plan = plan_for(request.auth, number, Verb.READ)
    found = plan.revisions.select_related("saved_by").defer("document")
    return answer(
        [
            Revision(
                number=one.number,
                version=one.version,
                state=PlanState(one.state),
                saved_at=one.saved_at,
                by=one.saved_by.key if one.saved_by is not None else "",
                what=one.what,
            )
            for one in found[offset : offset + limit]
        ]
    )


@endpoint(
    "GET",
    "/plans/{number}/versions/{revision}",
    says=message("Read a plan as it was after one change."),
    needs=Verb.READ,
    answer=ActionPlan,
)
def read_version(request: TokenRequest, number: int, revision: int) -> HttpResponse:
    """As a document."""
    plan = plan_for(request.auth, number, Verb.READ)
    found = get_object_or_404(plan.revisions, number=revision)
    return answer_bytes(plan_to_json(found.content), tag=str(found.number))


@endpoint(
    "GET",
    "/plans/{number}/difference",
    says=message("Read what changed between two saved changes."),
    needs=Verb.READ,
    answer=list[Changed],
)
def read_difference(request: TokenRequest, number: int, old: int, new: int) -> HttpResponse:
    """Field by field, in the words of a reader."""
    plan = plan_for(request.auth, number, Verb.READ)
    before = get_object_or_404(plan.revisions, number=old)
    after = get_object_or_404(plan.revisions, number=new)
    return answer(
        [
            Changed(
                part=one.part,
                key=one.key,
                title=one.title,
                change=one.change,
                field=str(one.label),
                language=one.language,
                old=str(one.old),
                new=str(one.new),
            )
            for one in compare_plans(before.content, after.content).changes
        ]
    )


def _assessment_of(plan: Plan, action: str) -> HttpResponse:
    try:
        found = item_at(plan.content, f"actions/{action}/assessment")
    except InvalidPlan:
        raise Http404 from None
    if not isinstance(found, RightsAssessment):
        raise Http404
    return answer(found, tag=read_by(found))


def _point(one: PlanPoint) -> Point:
    return Point(
        part=one.part,
        about=one.about,
        title=one.title,
        said=str(one.said),
        paragraph=one.paragraph,
        before=[state for state in PlanState if state in one.blocks],
    )
