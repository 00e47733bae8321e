"""This file knows how a plan enters its next state: only when nothing stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from forestall.errors import MoveNotAllowed
from forestall.languages import Clauses, Message, Unended, message, plural_message
from forestall.plan.checks import ready_for
from forestall.plan.states import check_move

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan
    from forestall.plan.states import PlanState

_MOST_TOLD = 3


def move_plan(
    plan: ActionPlan,
    to: PlanState,
    *,
    today: date,
    drafted_by: Mapping[str, frozenset[str]] | None = None,
    consulted: ActionPlan | None = None,
) -> ActionPlan:
    """Return the plan in its next state.

    Only the state changes; who moved it and when is for the history of the workspace.

    Parameters
    ----------
    today, drafted_by, consulted
        As in `check_plan`.

    Raises
    ------
    MoveNotAllowed
        If there is no such move, or with the first points that have to be settled before.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.example import example_plan
    >>> from forestall.plan.states import PlanState
    >>> move_plan(example_plan(), PlanState.DRAFT, today=date(2025, 4, 14)).state.value
    'draft'
    >>> move_plan(example_plan(), PlanState.ADOPTED, today=date(2025, 3, 31))
    Traceback (most recent call last):
        ...
    forestall.errors.MoveNotAllowed: Before the plan can be “adopted”, settle this: ...
    """
    check_move(plan.state, to)
    points = ready_for(plan, to, today=today, drafted_by=drafted_by, consulted=consulted)
    if points:
        raise MoveNotAllowed(_in_the_way(points, to))
    return replace(plan, state=to)


def _in_the_way(points: tuple[PlanPoint, ...], to: PlanState) -> Message:
    first = Clauses(tuple(Unended(one.named) for one in points[:_MOST_TOLD]))
    more = len(points) - _MOST_TOLD
    if more <= 0:
        return message(
            "Before the plan can be “{state}”, settle this: {points}.", state=to.words, points=first
        )
    return plural_message(
        "Before the plan can be “{state}”, settle this: {points}; and {count} more point.",
        "Before the plan can be “{state}”, settle this: {points}; and {count} more points.",
        more,
        state=to.words,
        points=first,
    )
