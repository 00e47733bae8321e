"""This file knows the addresses of the means of a plan and of what partners owe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse  # noqa: TC002 - the library reads the types
from django.utils import timezone

from forestall.languages import message, say
from forestall.plan.budget import plan_budget
from forestall.plan.duties import duties_of
from forestall.web.api.bodies import answer
from forestall.web.api.description import endpoint
from forestall.web.api.plan_endpoints import plan_for
from forestall.web.api.records import Budget, Owed, Sums
from forestall.web.api.tokens import TokenRequest  # noqa: TC001 - the library reads the types
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forestall.plan.budget import BudgetRow, BudgetSum


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
        [
            Owed(
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
            for one in duties_of(plan.content, today=timezone.localdate()).duties
        ]
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
