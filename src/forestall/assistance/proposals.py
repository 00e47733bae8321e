"""This file knows a proposal that one offer answers one need, and how people answer it.

A proposal made by the assignment binds nobody. Both sides accept or decline it, and a decline says
why, so that the same pair is not proposed again.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from forestall.errors import MoveNotAllowed
from forestall.languages import Listing, Message, Texts, has_words, message


class ProposalState(StrEnum):
    """Where a proposal is."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    UNDER_WAY = "under-way"
    ENDED = "ended"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _STATES[self]

    @property
    def holds(self) -> bool:
        """Say whether the need is spoken for and a place of the offer is taken."""
        return self not in (ProposalState.DECLINED, ProposalState.WITHDRAWN)


MOVES = {
    ProposalState.PROPOSED: (
        ProposalState.ACCEPTED,
        ProposalState.DECLINED,
        ProposalState.WITHDRAWN,
    ),
    ProposalState.ACCEPTED: (ProposalState.UNDER_WAY, ProposalState.WITHDRAWN),
    ProposalState.UNDER_WAY: (ProposalState.ENDED, ProposalState.WITHDRAWN),
    ProposalState.DECLINED: (),
    ProposalState.WITHDRAWN: (),
    ProposalState.ENDED: (),
}
_WITH_REASON = frozenset({ProposalState.DECLINED, ProposalState.WITHDRAWN})


class ProposalAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change of a proposal: to which state, when, and why."""

    state: ProposalState
    on: date
    because: Texts = {}


class Proposal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One offer proposed for one need.

    Attributes
    ----------
    need, offer
        Their keys.
    proposed
        When it was made.
    reasons
        Why this pair, one sentence each, as it was told when it was made.
    state
        Where it is now.
    answers
        What became of it, the first change first.
    """

    need: str
    offer: str
    proposed: date
    reasons: tuple[Texts, ...] = ()
    state: ProposalState = ProposalState.PROPOSED
    answers: tuple[ProposalAnswer, ...] = ()


def answer_proposal(
    proposal: Proposal, to: ProposalState, *, on: date, because: Texts | None = None
) -> Proposal:
    """Return the proposal in its next state; the earlier one is not changed.

    Parameters
    ----------
    because
        Why; needed to decline and to withdraw.

    Raises
    ------
    MoveNotAllowed
        If there is no such move, no reason where one is needed, or the day is before the last one.

    Examples
    --------
    >>> from datetime import date
    >>> made = Proposal(need="n1", offer="o1", proposed=date(2026, 3, 2))
    >>> answer_proposal(made, ProposalState.ACCEPTED, on=date(2026, 3, 9)).state.value
    'accepted'
    >>> answer_proposal(made, ProposalState.DECLINED, on=date(2026, 3, 9))
    Traceback (most recent call last):
        ...
    forestall.errors.MoveNotAllowed: A proposal becomes “declined” only with a reason.
    """
    if to not in MOVES[proposal.state]:
        raise MoveNotAllowed(_no_such_move(proposal.state, to))
    reason = because or {}
    if to in _WITH_REASON and not has_words(reason):
        raise MoveNotAllowed(
            message("A proposal becomes “{state}” only with a reason.", state=to.words)
        )
    last = proposal.answers[-1].on if proposal.answers else proposal.proposed
    if on < last:
        raise MoveNotAllowed(
            message("The proposal last changed on {last}, which is after {day}.", last=last, day=on)
        )
    answer = ProposalAnswer(state=to, on=on, because=reason)
    return replace(proposal, state=to, answers=(*proposal.answers, answer))


def _no_such_move(state: ProposalState, to: ProposalState) -> Message:
    if not MOVES[state]:
        return message("A proposal that is “{state}” stays as it is.", state=state.words)
    return message(
        "A proposal that is “{state}” cannot become “{to}”, only one of these: {known}.",
        state=state.words,
        to=to.words,
        known=Listing([one.words for one in MOVES[state]]),
    )


_STATES = {
    ProposalState.PROPOSED: message("proposed"),
    ProposalState.ACCEPTED: message("accepted"),
    ProposalState.DECLINED: message("declined"),
    ProposalState.WITHDRAWN: message("withdrawn"),
    ProposalState.UNDER_WAY: message("under way"),
    ProposalState.ENDED: message("ended"),
}
