"""This file knows who drafted what, so that nobody decides on an assessment of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.web.plans.models import Plan


def drafters(plan: Plan) -> dict[str, frozenset[str]]:
    """Return who drafted each action of a plan: its first author, and who wrote its assessment.

    Returns
    -------
    dict
        From the key of an action to keys of people.
    """
    first = plan.drafted_by.key
    found = {action.key: {first} for action in plan.content.actions}
    saved = plan.revisions.filter(what__contains="/assessment").values_list("what", "saved_by_id")
    for what, person in saved:
        action = what.split("/")[1]
        if action in found and person is not None and not what.endswith("/decision"):
            found[action].add(f"member-{person}")
    return {action: frozenset(people) for action, people in found.items()}
