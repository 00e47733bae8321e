"""This file knows the addresses of proposals of assistance, and of the missions they lead to."""

from __future__ import annotations

from django.http import HttpResponse  # noqa: TC002 - the library reads the types
from django.utils import timezone

from forestall.languages import message
from forestall.web.api.assistance_records import (
    BecauseInWords,
    FollowUpHeld,
    FollowUpPlanned,
    MissionEnded,
    MissionSaid,
    MissionTold,
    NewMission,
    ProposalEntry,
    SideAnswered,
    SideAnswering,
)
from forestall.web.api.bodies import answer, read_record
from forestall.web.api.description import endpoint
from forestall.web.api.plan_endpoints import Limit, Offset, place_for
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.assistance import answering, missions
from forestall.web.assistance.models import AssistanceMission, AssistanceProposal
from forestall.web.assistance.policies import visible_proposal
from forestall.web.assistance.sides import Side
from forestall.web.organisations.policies import check_may
from forestall.web.organisations.roles import Verb
from forestall.web.people.models import Person  # noqa: TC001

_ONE = "/assistance/proposals/{number}"


@endpoint(
    "GET",
    "/assistance/proposals",
    says=message("List proposals of assistance."),
    needs=Verb.READ,
    answer=list[ProposalEntry],
)
def list_assistance_proposals(
    request: TokenRequest, limit: Limit = 50, offset: Offset = 0
) -> HttpResponse:
    """Those of which the place of the token is a side, the newest first."""
    place_for(request.auth, Verb.READ)
    found = AssistanceProposal.objects.visible_to(request.auth).whole()
    return answer([_proposal(one) for one in found[offset : offset + limit]])


@endpoint(
    "GET",
    _ONE,
    says=message("Read a proposal of assistance, with its mission."),
    needs=Verb.READ,
    answer=ProposalEntry,
)
def read_proposal(request: TokenRequest, number: int) -> HttpResponse:
    """Its reasons, the answers of both sides, and what follows."""
    return answer(_proposal(_for(request.auth, number, Verb.READ)))


@endpoint(
    "POST",
    f"{_ONE}/answer",
    says=message("Accept or decline a proposal of assistance."),
    needs=Verb.STATE_ASSISTANCE,
    body=SideAnswering,
    answer=ProposalEntry,
)
def answer_proposal(request: TokenRequest, number: int) -> HttpResponse:
    """For one side; it is accepted when both have, and declined when one has."""
    found = _for(request.auth, number)
    sent = read_record(request, SideAnswering)
    done = answering.accept_proposal if sent.accepts else answering.decline_proposal
    done(
        proposal=found,
        side=sent.side,
        because=sent.because,
        by=request.auth,
        today=timezone.localdate(),
    )
    return _again(number)


@endpoint(
    "POST",
    f"{_ONE}/withdraw",
    says=message("Withdraw a proposal of assistance."),
    needs=Verb.STATE_ASSISTANCE,
    body=BecauseInWords,
    answer=ProposalEntry,
)
def withdraw_proposal(request: TokenRequest, number: int) -> HttpResponse:
    """Open the need again; it waits since its own day."""
    found = _for(request.auth, number)
    because = read_record(request, BecauseInWords).because
    answering.withdraw_proposal(
        proposal=found, because=because, by=request.auth, today=timezone.localdate()
    )
    return _again(number)


@endpoint(
    "POST",
    f"{_ONE}/mission",
    says=message("Begin the mission of an accepted proposal."),
    needs=Verb.STATE_ASSISTANCE,
    body=NewMission,
    answer=ProposalEntry,
)
def begin_mission(request: TokenRequest, number: int) -> HttpResponse:
    """Its first day, and when it is first looked at again."""
    found = _for(request.auth, number)
    sent = read_record(request, NewMission)
    missions.begin_mission(
        proposal=found,
        started=sent.started,
        follow_up=sent.follow_up,
        by=request.auth,
        today=timezone.localdate(),
    )
    return _again(number)


@endpoint(
    "POST",
    f"{_ONE}/follow-ups",
    says=message("Plan a follow-up of a mission."),
    needs=Verb.STATE_ASSISTANCE,
    body=FollowUpPlanned,
    answer=ProposalEntry,
)
def plan_follow_up(request: TokenRequest, number: int) -> HttpResponse:
    """Plan a further day on which it is looked at again."""
    found = _for(request.auth, number)
    due = read_record(request, FollowUpPlanned).due
    missions.plan_follow_up(proposal=found, due=due, by=request.auth)
    return _again(number)


@endpoint(
    "POST",
    f"{_ONE}/follow-ups/held",
    says=message("Write down a follow-up of a mission."),
    needs=Verb.STATE_ASSISTANCE,
    body=FollowUpHeld,
    answer=ProposalEntry,
)
def hold_follow_up(request: TokenRequest, number: int) -> HttpResponse:
    """When it was held and what was found; known by the day on which it was due."""
    found = _for(request.auth, number)
    sent = read_record(request, FollowUpHeld)
    missions.hold_follow_up(
        proposal=found,
        due=sent.due,
        held=sent.held,
        found=sent.found,
        by=request.auth,
        today=timezone.localdate(),
    )
    return _again(number)


@endpoint(
    "POST",
    f"{_ONE}/end",
    says=message("End a mission."),
    needs=Verb.STATE_ASSISTANCE,
    body=MissionEnded,
    answer=ProposalEntry,
)
def end_mission(request: TokenRequest, number: int) -> HttpResponse:
    """On its last day, which does not lie ahead."""
    found = _for(request.auth, number)
    ended = read_record(request, MissionEnded).ended
    missions.end_mission(proposal=found, ended=ended, by=request.auth, today=timezone.localdate())
    return _again(number)


@endpoint(
    "POST",
    f"{_ONE}/result",
    says=message("Write down what came of a mission."),
    needs=Verb.STATE_ASSISTANCE,
    body=MissionSaid,
    answer=ProposalEntry,
)
def record_result(request: TokenRequest, number: int) -> HttpResponse:
    """Only who asked for it says so; all members of the workspace read it."""
    found = _for(request.auth, number)
    sent = read_record(request, MissionSaid)
    missions.record_result(
        proposal=found,
        outcome=sent.outcome,
        said=sent.said,
        still_needed=sent.still_needed,
        learned=sent.learned,
        by=request.auth,
    )
    return _again(number)


@endpoint(
    "GET",
    "/assistance/results",
    says=message("List what missions led to."),
    needs=Verb.READ,
    answer=list[MissionTold],
)
def list_results(request: TokenRequest, limit: Limit = 50, offset: Offset = 0) -> HttpResponse:
    """Those of all places, the last one first."""
    place_for(request.auth, Verb.READ)
    related = ("proposal__need", "proposal__offer")
    found = AssistanceMission.objects.exclude(document__result=None).select_related(*related)
    return answer(
        [
            MissionTold(
                need=one.proposal.need.content,
                offer=one.proposal.offer.content,
                mission=one.content,
            )
            for one in found[offset : offset + limit]
        ]
    )


def _for(person: Person, number: int, verb: Verb = Verb.STATE_ASSISTANCE) -> AssistanceProposal:
    seen = visible_proposal(person, number)
    check_may(person, verb, seen.jurisdiction)
    return seen.proposal


def _again(number: int) -> HttpResponse:
    return answer(_proposal(AssistanceProposal.objects.whole().get(pk=number)))


def _proposal(one: AssistanceProposal) -> ProposalEntry:
    content = one.content
    return ProposalEntry(
        number=one.pk,
        need=content.need,
        offer=content.offer,
        proposed=content.proposed,
        state=content.state,
        reasons=list(content.reasons),
        answers=[
            SideAnswered(
                side=Side(said.side), accepts=said.accepts, because=said.because, on=said.on
            )
            for said in one.answers.all()
        ],
        mission=one.mission.content if hasattr(one, "mission") else None,
    )
