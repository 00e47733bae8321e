"""This file knows how a mission begins, is looked at again, ends, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from msgspec.structs import replace

from forestall.assistance import (
    FollowUp,
    Mission,
    MissionResult,
    ProposalState,
    check_words,
)
from forestall.errors import InvalidEntry
from forestall.languages import has_words, message
from forestall.web.assistance.models import AssistanceMission, plain
from forestall.web.assistance.moving import locked_proposal, move_proposal
from forestall.web.assistance.policies import check_acts_for
from forestall.web.assistance.sides import Side
from forestall.web.audit.services import record

if TYPE_CHECKING:
    from datetime import date

    from forestall.assistance import MissionOutcome
    from forestall.languages import Texts
    from forestall.web.assistance.models import AssistanceProposal
    from forestall.web.people.models import Person

MOST_FOLLOW_UPS = 50


@transaction.atomic
def begin_mission(
    *,
    proposal: AssistanceProposal,
    started: date,
    follow_up: date | None,
    by: Person,
    today: date,
) -> AssistanceMission:
    """Begin the mission of an accepted proposal.

    Parameters
    ----------
    started
        Its first day; it may lie ahead.
    follow_up
        When it is first looked at again.

    Raises
    ------
    NotAllowed
        If the person acts for neither side.
    MoveNotAllowed
        If the proposal was not accepted by both.
    InvalidEntry
        If a day is before what it has to follow.
    """
    check_acts_for(by, proposal, *Side)
    found = locked_proposal(proposal)
    move_proposal(found, ProposalState.UNDER_WAY, on=today)
    made = found.content
    _check_not_before(started, made.proposed)
    if follow_up is not None:
        _check_not_before(follow_up, started)
    mission = Mission(
        need=made.need,
        offer=made.offer,
        started=started,
        follow_ups=(FollowUp(due=follow_up),) if follow_up is not None else (),
    )
    new = AssistanceMission.objects.create(proposal=found, document=plain(mission))
    _log("begin mission", found, by)
    return new


@transaction.atomic
def plan_follow_up(*, proposal: AssistanceProposal, due: date, by: Person) -> AssistanceMission:
    """Plan a day on which a mission is looked at again.

    Raises
    ------
    NotAllowed
        If the person acts for neither side.
    InvalidEntry
        If there is no mission, the day is planned already or before the mission.
    """
    kept, mission = _mission_of(proposal, by)
    _check_not_before(due, mission.started)
    if any(one.due == due for one in mission.follow_ups):
        raise InvalidEntry(message("A follow-up of this day is planned already."))
    if len(mission.follow_ups) >= MOST_FOLLOW_UPS:
        raise InvalidEntry(
            message("A mission has at most {most} follow-ups.", most=MOST_FOLLOW_UPS)
        )
    planned = sorted((*mission.follow_ups, FollowUp(due=due)), key=lambda one: one.due)
    return _kept(kept, replace(mission, follow_ups=tuple(planned)), "plan follow-up", by)


@transaction.atomic
def hold_follow_up(
    *, proposal: AssistanceProposal, due: date, held: date, found: Texts, by: Person, today: date
) -> AssistanceMission:
    """Write down what was found when a mission was looked at again.

    Raises
    ------
    NotAllowed
        If the person acts for neither side.
    InvalidEntry
        If no such follow-up waits, the day lies ahead, or nothing is said.
    """
    kept, mission = _mission_of(proposal, by)
    _check_not_ahead(held, today)
    _check_not_before(held, mission.started)
    check_words("found", found)
    if not has_words(found):
        raise InvalidEntry(message("Say what was found."))
    if not any(one.due == due and one.held is None for one in mission.follow_ups):
        raise InvalidEntry(message("No follow-up of this day waits."))
    changed = tuple(
        replace(one, held=held, found=found) if one.due == due else one
        for one in mission.follow_ups
    )
    return _kept(kept, replace(mission, follow_ups=changed), "hold follow-up", by)


@transaction.atomic
def end_mission(
    *, proposal: AssistanceProposal, ended: date, by: Person, today: date
) -> AssistanceMission:
    """End a mission on its last day.

    Raises
    ------
    NotAllowed
        If the person acts for neither side.
    InvalidEntry
        If there is no mission, or the day is before the first one or lies ahead.
    MoveNotAllowed
        If it has ended, or the proposal was withdrawn.
    """
    kept, mission = _mission_of(proposal, by)
    _check_not_before(ended, mission.started)
    _check_not_ahead(ended, today)
    move_proposal(kept.proposal, ProposalState.ENDED, on=today)
    return _kept(kept, replace(mission, ended=ended), "end mission", by)


@transaction.atomic
def record_result(
    *,
    proposal: AssistanceProposal,
    outcome: MissionOutcome,
    said: Texts,
    still_needed: Texts,
    learned: Texts,
    by: Person,
) -> AssistanceMission:
    """Write down what came of a mission; only those who asked for it say so.

    Raises
    ------
    NotAllowed
        If the person does not act for who asked.
    InvalidEntry
        If the mission has not ended, or nothing is said.
    """
    check_acts_for(by, proposal, Side.NEED)
    kept, mission = _mission_of(proposal, by)
    if mission.ended is None:
        raise InvalidEntry(message("The mission has not ended yet."))
    for name, texts in (("said", said), ("still_needed", still_needed), ("learned", learned)):
        check_words(name, texts)
    if not has_words(said):
        raise InvalidEntry(message("Say what came of it."))
    result = MissionResult(outcome=outcome, said=said, still_needed=still_needed, learned=learned)
    return _kept(kept, replace(mission, result=result), "record result of mission", by)


def _mission_of(proposal: AssistanceProposal, by: Person) -> tuple[AssistanceMission, Mission]:
    check_acts_for(by, proposal, *Side)
    found = locked_proposal(proposal)
    kept = AssistanceMission.objects.filter(proposal=found).first()
    if kept is None:
        raise InvalidEntry(message("There is no mission of this proposal yet."))
    kept.proposal = found
    return kept, kept.content


def _kept(kept: AssistanceMission, content: Mission, verb: str, by: Person) -> AssistanceMission:
    kept.document = plain(content)
    kept.save(update_fields=["document"])
    _log(verb, kept.proposal, by)
    return kept


def _check_not_before(day: date, earlier: date) -> None:
    if day < earlier:
        raise InvalidEntry(message("{day} is before {earlier}.", day=day, earlier=earlier))


def _check_not_ahead(day: date, today: date) -> None:
    if day > today:
        raise InvalidEntry(message("{day} lies ahead; write down what has been.", day=day))


def _log(verb: str, found: AssistanceProposal, by: Person) -> None:
    record(verb, by=by, about=f"proposal {found.pk}", jurisdiction=found.place_of(Side.NEED))
