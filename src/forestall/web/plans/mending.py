"""This file knows on which page of the workspace a point of the checks is put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.plan.checking.points import PlanPart

if TYPE_CHECKING:
    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan

_LISTS = {
    PlanPart.PROBLEMS: "problems",
    PlanPart.OBJECTIVES: "objectives",
    PlanPart.ACTIONS: "actions",
    PlanPart.MONEY: "actions",
    PlanPart.RIGHTS: "actions",
    PlanPart.APPROACHES: "omissions",
    PlanPart.PARTNERS: "partners",
    PlanPart.CONSULTATION: "consultations",
    PlanPart.REVIEWS: "reviews",
}


def place_to_mend(point: PlanPoint, plan: ActionPlan) -> str:
    """Return the address of the part to change; "" for the plan as a whole.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.plan.checks import check_plan
    >>> from forestall.plan.example import example_plan
    >>> plan = example_plan()
    >>> points = check_plan(plan, today=date(2025, 3, 31)).points
    >>> [place_to_mend(one, plan) for one in points][1:3]
    ['actions/light', 'actions/light']
    """
    where = _LISTS.get(point.part, "")
    if not where:
        return ""
    keys = {getattr(one, "key", None) for one in getattr(plan, where)}
    return f"{where}/{point.about}" if point.about in keys and point.about else where
