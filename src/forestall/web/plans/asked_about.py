"""This file knows that residents were asked about a plan, and who else knows about which plan.

What residents were asked is kept by an app that stands above this one; it registers here, when the
workspace starts, how the plan is found as they read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.plan.records import ActionPlan
    from forestall.web.plans.models import Plan

    Asked = Callable[[Plan], ActionPlan | None]

_ASKED: list[Asked] = []


def says_asked_about(asked: Asked) -> Asked:
    """Register a function that returns the plan as residents read it; None if they never did."""
    if asked not in _ASKED:
        _ASKED.append(asked)
    return asked


def asked_about(plan: Plan) -> ActionPlan | None:
    """Return the plan as residents were last asked about it; None if they never were."""
    return next((found for asked in _ASKED if (found := asked(plan)) is not None), None)
