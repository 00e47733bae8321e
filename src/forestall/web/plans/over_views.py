"""This file knows the pages that show a whole plan at once: timetable, who does what, money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone

from forestall.languages import ExactAmount, Share, in_language, message
from forestall.plan.budget import plan_budget
from forestall.plan.duties import duties_of
from forestall.plan.progress import indicator_progress
from forestall.plan.provisions import provisions_of
from forestall.plan.responsibilities import PartInAction, who_does_what
from forestall.web.organisations.roles import Verb
from forestall.web.pages import page
from forestall.web.plans.asked_about import asked_about
from forestall.web.plans.drafting import drafters
from forestall.web.plans.pictures import pictures_of_plan, timetable_pictures
from forestall.web.plans.views import about, visible_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpResponse

    from forestall.languages import Text
    from forestall.plan.budget import BudgetRow, PlanBudget
    from forestall.web.pages import SignedInRequest
    from forestall.web.plans.models import Plan


@page(Verb.READ, about=visible_plan)
def timetable(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show every step on one scale of time."""
    shared = about(request, plan) | {"here": "timetable"}
    shared["pictures"] = pictures_of_plan(plan, timetable_pictures, today=timezone.localdate())
    return render(request, "plans/timetable.html", shared)


@page(Verb.READ, about=visible_plan)
def roles(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show who is accountable, does the work, is asked and is told, action by action."""
    shared = about(request, plan) | {"here": "roles"}
    found = who_does_what(shared["content"])
    shared["found"] = found
    shared["names"] = [in_language(one.name) for one in found.partners]
    shared["rows"] = [
        (
            in_language(action.title),
            [_strongest(found.of(action.key, partner.key)) for partner in found.partners],
        )
        for action in found.actions
    ]
    return render(request, "plans/roles.html", shared)


@page(Verb.READ, about=visible_plan)
def money(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show the means of a plan: by payer, by year, by approach, spent and not confirmed."""
    shared = about(request, plan) | {"here": "money"}
    budget = plan_budget(shared["content"])
    shared["budget"] = budget
    shared["totals"] = list(_totals(budget))
    shared["tables"] = [
        (message("By approach"), list(_rows(budget, budget.by_approach))),
        (message("By whose means"), list(_rows(budget, budget.by_level))),
        (message("By payer"), list(_rows(budget, budget.by_payer))),
        (message("By year"), list(_rows(budget, budget.by_year))),
        (message("By action"), list(_rows(budget, budget.by_action))),
    ]
    return render(request, "plans/money.html", shared)


@page(Verb.READ, about=visible_plan)
def provisions(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show what each paragraph of the texts asks, what the plan says to it, and what it lacks."""
    shared = about(request, plan) | {"here": "provisions"}
    shared["found"] = provisions_of(
        shared["content"],
        today=timezone.localdate(),
        drafted_by=drafters(plan),
        consulted=asked_about(plan),
    )
    return render(request, "plans/provisions.html", shared)


@page(Verb.READ, about=visible_plan)
def accountability(request: SignedInRequest, plan: Plan) -> HttpResponse:
    """Show who owed what when, and what came of it; and how each objective gets on."""
    shared = about(request, plan) | {"here": "accountability"}
    today = timezone.localdate()
    shared["duties"] = duties_of(shared["content"], today=today)
    shared["progress"] = [
        indicator_progress(one, today=today) for one in shared["content"].objectives
    ]
    return render(request, "plans/accountability.html", shared)


_PARTS = {
    PartInAction.ACCOUNTABLE: "accountable",
    PartInAction.RESPONSIBLE: "responsible",
    PartInAction.CONSULTED: "consulted",
    PartInAction.INFORMED: "informed",
}


def _strongest(parts: tuple[PartInAction, ...]) -> str:
    return _PARTS[parts[0]] if parts else ""


def _totals(budget: PlanBudget) -> Iterator[tuple[Text, Text]]:
    total = budget.total
    yield message("Money planned"), ExactAmount(total.money, budget.currency)
    yield message("Of it not confirmed yet"), ExactAmount(total.unconfirmed, budget.currency)
    yield message("Spent so far"), ExactAmount(total.spent, budget.currency)
    yield message("Given in kind, as worth"), ExactAmount(total.in_kind, budget.currency)


def _rows(
    budget: PlanBudget, rows: Iterable[BudgetRow[Any]]
) -> Iterator[tuple[Text, Text, float, Text]]:
    whole = budget.total.total
    for row in rows:
        share = row.sums.total / whole if whole else 0.0
        said = message(
            "{amount}, {share}",
            amount=ExactAmount(row.sums.total, budget.currency),
            share=Share(share),
        )
        open_part = row.sums.unconfirmed + row.sums.in_kind_unconfirmed
        note: Text = (
            message("Not confirmed: {amount}", amount=ExactAmount(open_part, budget.currency))
            if open_part
            else ""
        )
        yield row.words, said, share, note
