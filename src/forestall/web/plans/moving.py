"""This file knows how a plan goes from one state to the next, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from forestall.errors import MoveNotAllowed
from forestall.plan.checks import ready_for
from forestall.plan.moves import move_plan
from forestall.plan.states import PlanState
from forestall.web.indicators.services import measure_after_move
from forestall.web.organisations.roles import Verb
from forestall.web.plans.asked_about import asked_about
from forestall.web.plans.drafting import drafters
from forestall.web.plans.models import FOLLOWED, Plan
from forestall.web.plans.replies_due import replies_due
from forestall.web.plans.services import change_plan

if TYPE_CHECKING:
    from datetime import date

    from forestall.languages import Message
    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan
    from forestall.web.people.models import Person


def move(*, plan: Plan, to: PlanState, by: Person, today: date) -> Plan:
    """Take a plan to another state.

    Raises
    ------
    NotAllowed
        If the person may not.
    MoveNotAllowed
        If it cannot go there from here, or something stands in the way; the first reasons are
        named.
    """

    def change(content: ActionPlan) -> ActionPlan:
        waiting = comments_in_the_way(plan, to)
        if waiting is not None:
            raise MoveNotAllowed(waiting)
        now = Plan.objects.get(pk=plan.pk)
        moved = move_plan(
            content, to, today=today, drafted_by=drafters(now), consulted=asked_about(now)
        )
        if to is not PlanState.REVISED:
            return moved
        return msgspec.structs.replace(moved, version=moved.version + 1)

    moved = change_plan(
        plan=plan,
        change=change,
        by=by,
        what=f"state/{to.value}",
        verb=Verb.MOVE_PLAN,
    )
    if to in FOLLOWED:
        measure_after_move(moved, by=by)
    return moved


def in_the_way(plan: Plan, to: PlanState, *, today: date) -> tuple[PlanPoint, ...]:
    """Return what stands between a plan and a state; none if it is ready."""
    return ready_for(
        plan.content, to, today=today, drafted_by=drafters(plan), consulted=asked_about(plan)
    )


def comments_in_the_way(plan: Plan, to: PlanState) -> Message | None:
    """Return that residents wait for a reply, before a plan is adopted (2002/13 ¶16)."""
    return replies_due(plan) if to is PlanState.ADOPTED else None
