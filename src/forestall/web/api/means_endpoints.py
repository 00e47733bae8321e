"""This file knows the addresses of the means of a plan and of what partners owe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse  # noqa: TC002 - the library reads the types
from django.utils import timezone

from forestall.languages import message, say
from forestall.plan.budget import plan_budget
from forestall.plan.duties import duties_of
from forestall.plan.progress import indicator_progress
from forestall.plan.responsibilities import who_does_what
from forestall.web.api.bodies import answer
from forestall.web.api.description import endpoint
from forestall.web.api.plan_endpoints import place_for, plan_for
from forestall.web.api.records import Budget, Doing, Due, OnLine, Owed, Progress, Sums
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.roles import Verb
from forestall.web.plans.waiting import duties_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.plan.budget import BudgetRow, BudgetSum
    from forestall.plan.duties import Duty
    from forestall.plan.progress import IndicatorProgress


@endpoint(
    "GET",
    "/plans/{number}/budget",
    says=message("Read the accounts of a plan."),
    needs=Verb.READ,
    answer=Budget,
)
def read_budget(request: TokenRequest, number: int) -> HttpResponse:
    """Return what is planned, promised and spent, parted in five ways."""
    plan = plan_for(request.auth, number, Verb.READ)
    found = plan_budget(plan.content)
    return answer(
        Budget(
            currency=found.currency,
            total=_sums("", say("Total"), found.total),
            by_action=_rows(found.by_action),
            by_year=_rows(found.by_year),
            by_level=_rows(found.by_level),
            by_payer=_rows(found.by_payer),
            by_approach=_rows(found.by_approach),
        )
    )


@endpoint(
    "GET",
    "/plans/{number}/duties",
    says=message("Read what partners owe, and by when."),
    needs=Verb.READ,
    answer=list[Owed],
)
def read_duties(request: TokenRequest, number: int) -> HttpResponse:
    """Return steps, reviews, measurements and agreements, the earliest first."""
    plan = plan_for(request.auth, number, Verb.READ)
    return answer(
        [_owed(one) for one in duties_of(plan.content, today=timezone.localdate()).duties]
    )


@endpoint(
    "GET",
    "/plans/{number}/progress",
    says=message("Read how the objectives of a plan get on."),
    needs=Verb.READ,
    answer=list[Progress],
)
def read_progress(request: TokenRequest, number: int) -> HttpResponse:
    """Return what was measured, beside the straight line to the target; it is no forecast."""
    plan, today = plan_for(request.auth, number, Verb.READ), timezone.localdate()
    found = [indicator_progress(one, today=today) for one in plan.content.objectives]
    return answer([_progress(one) for one in found])


@endpoint(
    "GET",
    "/plans/{number}/roles",
    says=message("Read who does what in a plan."),
    needs=Verb.READ,
    answer=list[Doing],
)
def read_roles(request: TokenRequest, number: int) -> HttpResponse:
    """Return for each action which partners take which part in it."""
    found = who_does_what(plan_for(request.auth, number, Verb.READ).content)
    return answer(
        [
            Doing(action=action.key, partner=partner.key, parts=list(parts))
            for action in found.actions
            for partner in found.partners
            if (parts := found.of(action.key, partner.key))
        ]
    )


@endpoint(
    "GET",
    "/follow-up",
    says=message("Read what is late or due within 30 days."),
    needs=Verb.READ,
    answer=list[Due],
)
def read_follow_up(request: TokenRequest) -> HttpResponse:
    """Of all plans that are followed; partners read what their own organisations owe."""
    place_for(request.auth, Verb.READ)
    found = duties_for(request.auth, today=timezone.localdate())
    return answer([Due(plan=one.plan.pk, own=one.own, duty=_owed(one.duty)) for one in found])


def _progress(one: IndicatorProgress) -> Progress:
    return Progress(
        objective=one.objective.key,
        reading=one.reading,
        caveats=[str(said) for said in one.caveats],
        series=[OnLine(measured=step.measured, expected=step.expected) for step in one.series],
    )


def _owed(one: Duty) -> Owed:
    return Owed(
        kind=one.kind,
        state=one.state,
        due=one.due,
        finished=one.finished,
        of=one.of,
        key=one.key,
        title=one.title,
        accountable=one.accountable,
        responsible=one.responsible,
    )


def _rows(rows: Iterable[BudgetRow[Any]]) -> list[Sums]:
    return [_sums(str(one.key), str(one.words), one.sums) for one in rows]


def _sums(key: str, words: str, sums: BudgetSum) -> Sums:
    return Sums(
        key=key,
        words=words,
        money=sums.money,
        in_kind=sums.in_kind,
        unconfirmed=sums.unconfirmed,
        in_kind_unconfirmed=sums.in_kind_unconfirmed,
        spent=sums.spent,
        given=sums.given,
    )
