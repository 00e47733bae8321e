"""This file knows that replies are owed before a plan is adopted, and who else knows of some.

What residents said of a plan is kept by apps that stand above this one; each registers here, when
the workspace starts, what it says of a plan that still waits for a reply.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.languages import Message
    from forestall.web.plans.models import Plan

    Said = Callable[[Plan], Message | None]

_SAID: list[Said] = []


def says_replies_due(said: Said) -> Said:
    """Register a function that says in one sentence what waits for a reply; None for nothing."""
    if said not in _SAID:
        _SAID.append(said)
    return said


def replies_due(plan: Plan) -> Message | None:
    """Return the first sentence on what waits for a reply; None if nothing does."""
    return next((words for said in _SAID if (words := said(plan)) is not None), None)
