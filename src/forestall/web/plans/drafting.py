"""This file knows who drafted what, so that nobody decides on an assessment of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.web.plans.models import Plan


def drafters(plan: Plan) -> dict[str, frozenset[str]]:
    """Return who drafted each action of a plan: who began the plan, wrote it, or its assessment.

    Returns
    -------
    dict
        From the key of an action to keys of people.
    """
    first = plan.drafted_by.key
    found = {action.key: {first} for action in plan.content.actions}
    saved = plan.revisions.filter(what__startswith="actions/").values_list("what", "saved_by_id")
    for what, person in saved:
        _, action, *part = what.split("/")
        drafted = not part or (part[0] == "assessment" and part[-1] != "decision")
        if drafted and action in found and person is not None:
            found[action].add(f"member-{person}")
    return {action: frozenset(people) for action, people in found.items()}
