"""This file knows who drafted what, so that nobody decides on an assessment of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.web.plans.models import PlanRevision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.web.plans.models import Plan


def drafters(plan: Plan) -> dict[str, frozenset[str]]:
    """Return who drafted each action of a plan: who began the plan, wrote it, or its assessment.

    Returns
    -------
    dict
        From the key of an action to keys of people.
    """
    return drafters_of({plan: tuple(one.key for one in plan.content.actions)})[plan.pk]


def drafters_of(actions: Mapping[Plan, tuple[str, ...]]) -> dict[int, dict[str, frozenset[str]]]:
    """Return the same of many plans at once, by the key of the plan.

    Parameters
    ----------
    actions
        From each plan to the keys of its actions that are asked about.
    """
    found = {
        plan.pk: {key: {f"member-{plan.drafted_by_id}"} for key in keys}
        for plan, keys in actions.items()
    }
    # The document stands before these in its row, so they are read from their index.
    saved = (
        PlanRevision.objects.filter(plan__in=found, what__startswith="actions/")
        .order_by()
        .values_list("plan_id", "what", "saved_by_id")
        .distinct()
    )
    for plan, what, person in saved:
        _, action, *part = what.split("/")
        drafted = not part or (part[0] == "assessment" and part[-1] != "decision")
        if drafted and action in found[plan] and person is not None:
            found[plan][action].add(f"member-{person}")
    return {
        plan: {action: frozenset(people) for action, people in of_plan.items()}
        for plan, of_plan in found.items()
    }
