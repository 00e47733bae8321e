"""This file knows the states of a plan and which way it may go from each.

A plan is drafted, talked over with residents, adopted, carried out, looked at again, revised and
closed (1995/9 ¶5(d); 2002/13 ¶7, 22(e)). The moves are data, so that every page and every check
reads the same list.
"""

from __future__ import annotations

from enum import StrEnum

from forestall.errors import MoveNotAllowed
from forestall.languages import Message, message


class PlanState(StrEnum):
    """Where a plan is between its first draft and its end."""

    DRAFT = "draft"
    CONSULTED = "consulted"
    ADOPTED = "adopted"
    UNDER_WAY = "under-way"
    UNDER_REVIEW = "under-review"
    REVISED = "revised"
    CLOSED = "closed"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _STATES[self]


# From each state to those that may follow. A plan under consultation can go back to its desk; what
# was revised is talked over and adopted again, like a first draft.
MOVES: dict[PlanState, tuple[PlanState, ...]] = {
    PlanState.DRAFT: (PlanState.CONSULTED, PlanState.CLOSED),
    PlanState.CONSULTED: (PlanState.DRAFT, PlanState.ADOPTED, PlanState.CLOSED),
    PlanState.ADOPTED: (PlanState.UNDER_WAY, PlanState.UNDER_REVIEW, PlanState.CLOSED),
    PlanState.UNDER_WAY: (PlanState.UNDER_REVIEW, PlanState.CLOSED),
    PlanState.UNDER_REVIEW: (PlanState.UNDER_WAY, PlanState.REVISED, PlanState.CLOSED),
    PlanState.REVISED: (PlanState.CONSULTED, PlanState.CLOSED),
    PlanState.CLOSED: (),
}

# What may be changed in the content of a plan: only before it is adopted. Follow-up (progress,
# spending, measurements) goes on afterwards.
EDITABLE = frozenset({PlanState.DRAFT, PlanState.CONSULTED, PlanState.REVISED})


def check_move(state: PlanState, to: PlanState) -> None:
    """Make sure that a plan may go from one state to another.

    Raises
    ------
    MoveNotAllowed
        If it may not; the sentence says which moves there are.

    Examples
    --------
    >>> check_move(PlanState.DRAFT, PlanState.CONSULTED)
    >>> check_move(PlanState.DRAFT, PlanState.ADOPTED)
    Traceback (most recent call last):
        ...
    forestall.errors.MoveNotAllowed: A plan in state “draft” cannot become “adopted”; ...
    """
    if to in MOVES[state]:
        return
    if not MOVES[state]:
        raise MoveNotAllowed(message("A closed plan stays closed; start a new one from it."))
    raise MoveNotAllowed(
        message(
            "A plan in state “{state}” cannot become “{wanted}”; it can become: {possible}.",
            state=state.words,
            wanted=to.words,
            possible=", ".join(str(one.words) for one in MOVES[state]),
        )
    )


_STATES = {
    PlanState.DRAFT: message("draft"),
    PlanState.CONSULTED: message("in consultation"),
    PlanState.ADOPTED: message("adopted"),
    PlanState.UNDER_WAY: message("under way"),
    PlanState.UNDER_REVIEW: message("under review"),
    PlanState.REVISED: message("being revised"),
    PlanState.CLOSED: message("closed"),
}
