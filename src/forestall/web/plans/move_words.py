"""This file knows what each move of a plan is called on a button."""

from __future__ import annotations

from forestall.languages import Message, message
from forestall.plan.states import PlanState

_WORDS: dict[PlanState, Message] = {
    PlanState.DRAFT: message("Back to the draft"),
    PlanState.CONSULTED: message("Open it for consultation"),
    PlanState.ADOPTED: message("Adopt the plan"),
    PlanState.UNDER_WAY: message("Put it under way"),
    PlanState.UNDER_REVIEW: message("Begin a review"),
    PlanState.REVISED: message("Revise the plan"),
    PlanState.CLOSED: message("Close the plan"),
}


def move_words(to: PlanState) -> Message:
    """Return the words of the button that takes a plan to a state."""
    return _WORDS[to]
