"""This file knows the pages of a proposal: how both sides answer it, and its mission."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from forestall.assistance import MissionOutcome, missions_due
from forestall.assistance.proposals import MOVES
from forestall.errors import ForestallError
from forestall.languages import say
from forestall.web.assistance import answering, missions
from forestall.web.assistance.answer_forms import (
    AnswerForm,
    BeginMissionForm,
    EndMissionForm,
    HoldFollowUpForm,
    PlanFollowUpForm,
    ReasonForm,
    ResultForm,
)
from forestall.web.assistance.models import AssistanceProposal
from forestall.web.assistance.policies import Answering, visible_proposal
from forestall.web.assistance.shown import offices_of
from forestall.web.assistance.sides import Side
from forestall.web.organisations.roles import Verb
from forestall.web.pages import list_page, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpResponse

    from forestall.web.pages import SignedInRequest

ON_A_PAGE = 50


@list_page(Verb.READ)
def proposals(request: SignedInRequest) -> HttpResponse:
    """Show the proposals of which the person sees a side, the newest first."""
    found = AssistanceProposal.objects.visible_to(request.user).whole()
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "assistance/proposals.html", {"page": shown})


@page(Verb.READ, about=visible_proposal)
def proposal(request: SignedInRequest, seen: Answering) -> HttpResponse:
    """Show a proposal, its reasons and answers, and its mission."""
    found = seen.proposal
    mission = found.mission.content if hasattr(found, "mission") else None
    places = [found.place_of(one) for one in Side]
    state = found.content.state
    return render(
        request,
        "assistance/proposal.html",
        {
            "found": found,
            "content": found.content,
            "sides": [(one, found.place_of(one), found.answer_of(one)) for one in Side],
            "offices": offices_of(*places),
            "open_sides": _open_sides(seen),
            "acts": bool(seen.sides),
            "asks": Side.NEED in seen.sides,
            "may_withdraw": "withdrawn" in [one.value for one in MOVES[state]],
            "mission": mission,
            "waits": mission is not None and any(one.held is None for one in mission.follow_ups),
            "due": missions_due(
                [mission] if mission else [], today=timezone.localdate(), proposals=[found.content]
            ),
        },
    )


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_proposal)
def answer(request: SignedInRequest, seen: Answering) -> HttpResponse:
    """Accept or decline for a side."""
    sides = _open_sides(seen)
    form = AnswerForm(request.POST or None, sides=sides)
    if not sides:
        messages.info(request, say("Nothing is left to answer here."))
        return redirect("assistance-proposal", seen.proposal.pk)

    def act(given: dict[str, Any]) -> None:
        accepts = given["answer"] == "accept"
        done = answering.accept_proposal if accepts else answering.decline_proposal
        done(
            proposal=seen.proposal,
            side=Side(given.get("side") or sides[0]),
            because=form.texts("because"),
            by=request.user,
            today=timezone.localdate(),
        )

    return _done(request, seen, form, act, title=say("Answer the proposal"))


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_proposal)
def withdraw(request: SignedInRequest, seen: Answering) -> HttpResponse:
    """Withdraw a proposal, with a reason; the need is open again."""
    form = ReasonForm(request.POST or None)

    def act(_given: dict[str, Any]) -> None:
        answering.withdraw_proposal(
            proposal=seen.proposal,
            because=form.texts("because"),
            by=request.user,
            today=timezone.localdate(),
        )

    return _done(request, seen, form, act, title=say("Withdraw the proposal"))


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_proposal)
def mission_begin(request: SignedInRequest, seen: Answering) -> HttpResponse:
    """Begin the mission of a proposal that both accepted."""
    form = BeginMissionForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        missions.begin_mission(
            proposal=seen.proposal, by=request.user, today=timezone.localdate(), **given
        )

    return _done(request, seen, form, act, title=say("Begin the mission"))


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_proposal)
def follow_up_plan(request: SignedInRequest, seen: Answering) -> HttpResponse:
    """Plan a further follow-up of a mission."""
    form = PlanFollowUpForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        missions.plan_follow_up(proposal=seen.proposal, due=given["due"], by=request.user)

    return _done(request, seen, form, act, title=say("Plan a follow-up"))


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_proposal)
def follow_up_hold(request: SignedInRequest, seen: Answering) -> HttpResponse:
    """Write down what was found at a follow-up."""
    found = seen.proposal
    due = (
        [one.due for one in found.mission.content.follow_ups if one.held is None]
        if hasattr(found, "mission")
        else []
    )
    form = HoldFollowUpForm(request.POST or None, due=due)

    def act(given: dict[str, Any]) -> None:
        missions.hold_follow_up(
            proposal=found,
            due=date.fromisoformat(given["due"]),
            held=given["held"],
            found=form.texts("found"),
            by=request.user,
            today=timezone.localdate(),
        )

    return _done(request, seen, form, act, title=say("Write down a follow-up"))


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_proposal)
def mission_end(request: SignedInRequest, seen: Answering) -> HttpResponse:
    """End a mission."""
    form = EndMissionForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        missions.end_mission(
            proposal=seen.proposal,
            ended=given["ended"],
            by=request.user,
            today=timezone.localdate(),
        )

    return _done(request, seen, form, act, title=say("End the mission"))


@require_http_methods(["GET", "POST"])
@page(Verb.STATE_ASSISTANCE, about=visible_proposal)
def mission_result(request: SignedInRequest, seen: Answering) -> HttpResponse:
    """Write down what came of a mission; only who asked for it does."""
    form = ResultForm(request.POST or None)

    def act(given: dict[str, Any]) -> None:
        missions.record_result(
            proposal=seen.proposal,
            outcome=MissionOutcome(given["outcome"]),
            said=form.texts("said"),
            still_needed=form.texts("still_needed"),
            learned=form.texts("learned"),
            by=request.user,
        )

    return _done(request, seen, form, act, title=say("What came of the mission"))


def _open_sides(seen: Answering) -> tuple[Side, ...]:
    """Return the sides that the person acts for and that have not answered."""
    if seen.proposal.state != "proposed":
        return ()
    return tuple(one for one in seen.sides if seen.proposal.answer_of(one) is None)


def _done(
    request: SignedInRequest,
    seen: Answering,
    form: Form,
    act: Callable[[dict[str, Any]], None],
    *,
    title: str,
) -> HttpResponse:
    """Do what a form asks and show the proposal, or show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ForestallError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, say("It is saved."))
            return redirect("assistance-proposal", seen.proposal.pk)
    shown = {"form": form, "found": seen.proposal, "title": title}
    return render(request, "assistance/act.html", shown)
