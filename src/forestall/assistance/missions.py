"""This file knows how a mission is followed up: when it is looked at again, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - the records are built from their types
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from forestall.assistance.proposals import ProposalState
from forestall.languages import Message, Texts, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from forestall.assistance.proposals import Proposal


class MissionOutcome(StrEnum):
    """Whether the need was met, as its owner says."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _OUTCOMES[self]


class FollowUp(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day on which a mission is looked at again: when it was due, held, and what was found."""

    due: date
    held: date | None = None
    found: Texts = {}


class MissionResult(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came of a mission, as the owner of the need says it.

    Attributes
    ----------
    outcome, said
        Whether the need was met, and what came of it.
    still_needed
        What is still to be done.
    learned
        What others can learn from it.
    """

    outcome: MissionOutcome
    said: Texts
    still_needed: Texts = {}
    learned: Texts = {}


class Mission(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Help that takes place, from an accepted proposal.

    Attributes
    ----------
    need, offer
        Keys, as in the proposal.
    started, ended
        First and last day; no last day while it goes on.
    follow_ups
        Days on which it is looked at again.
    result
        None until the owner of the need has said what came of it.
    """

    need: str
    offer: str
    started: date
    ended: date | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    result: MissionResult | None = None


@dataclass(frozen=True, kw_only=True)
class MissionDue:
    """Something that a mission still asks for: since when, and what."""

    need: str
    offer: str
    since: date
    said: Message


def missions_due(
    missions: Iterable[Mission], *, today: date, proposals: Sequence[Proposal] = ()
) -> tuple[MissionDue, ...]:
    """Return what is due of missions on a day, what is due longest first.

    Due are follow-ups that were not held, results of missions that ended, and missions of accepted
    proposals under way of which nothing was recorded since. Where all proposals of a pair were
    withdrawn, no follow-up is due.

    Examples
    --------
    >>> from datetime import date
    >>> ended = Mission(need="n1", offer="o1", started=date(2026, 3, 2), ended=date(2026, 3, 6))
    >>> [str(one.said) for one in missions_due([ended], today=date(2026, 4, 1))]
    ['The mission has ended; what came of it is not recorded.']
    """
    found: list[MissionDue] = []
    known = tuple(missions)
    states = _states_of_pairs(proposals)
    for mission in known:
        left = states.get((mission.need, mission.offer)) == {ProposalState.WITHDRAWN}
        found += _of_mission(mission, today, follow_ups=() if left else mission.follow_ups)
    for one in proposals:
        if one.state is ProposalState.UNDER_WAY and not _is_recorded(one, known):
            since = one.answers[-1].on if one.answers else one.proposed
            said = message("The proposal is under way, but no mission is recorded.")
            found.append(MissionDue(need=one.need, offer=one.offer, since=since, said=said))
    return tuple(sorted(found, key=lambda one: (one.since, one.need, one.offer)))


def _states_of_pairs(proposals: Iterable[Proposal]) -> dict[tuple[str, str], set[ProposalState]]:
    states: dict[tuple[str, str], set[ProposalState]] = {}
    for one in proposals:
        states.setdefault((one.need, one.offer), set()).add(one.state)
    return states


def _is_recorded(proposal: Proposal, missions: Sequence[Mission]) -> bool:
    """Say whether a mission is of this proposal, and not of an earlier one of the same pair."""
    return any(
        (one.need, one.offer) == (proposal.need, proposal.offer)
        and one.started >= proposal.proposed
        for one in missions
    )


def _of_mission(
    mission: Mission, today: date, *, follow_ups: Sequence[FollowUp]
) -> list[MissionDue]:
    due = [
        (one.due, message("The follow-up of {day} was not held.", day=one.due))
        for one in follow_ups
        if one.held is None and one.due <= today
    ]
    if mission.ended is not None and mission.ended <= today and mission.result is None:
        said = message("The mission has ended; what came of it is not recorded.")
        due.append((mission.ended, said))
    return [
        MissionDue(need=mission.need, offer=mission.offer, since=since, said=said)
        for since, said in due
    ]


_OUTCOMES = {
    MissionOutcome.MET: message("the need is met"),
    MissionOutcome.PARTLY: message("the need is met in part"),
    MissionOutcome.NOT_MET: message("the need is not met"),
}
