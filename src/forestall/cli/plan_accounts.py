"""This file knows the commands ``forestall plan budget`` and ``plan due``: money and duties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.cli.plan_words import (  # noqa: TC001 -- cyclopts reads the annotations
    Language,
    PlanFile,
    Today,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.languages import Text
    from forestall.plan.budget import BudgetSum
    from forestall.plan.duties import Duties, Duty
    from forestall.plan.records import ActionPlan


def budget(file: PlanFile, *, language: Language = None) -> None:
    """Add up what a plan costs: by year, level, payer, approach and action.

    Nothing is rounded away. An approach that gets nothing keeps its row.

    Parameters
    ----------
    file
        The plan, as JSON.
    language
        Tag of the language in which to answer, such as fr.
    """
    from forestall.cli.plan_words import told_in
    from forestall.languages import OwnWords, say
    from forestall.plan.budget import plan_budget
    from forestall.plan.files import read_plan

    with told_in(language):
        plan = read_plan(file)
        found = plan_budget(plan)
        parts: tuple[tuple[str, Sequence[tuple[Text, BudgetSum]]], ...] = (
            (say("By year"), [(one.words, one.sums) for one in found.by_year]),
            (say("By level of the payer"), [(one.words, one.sums) for one in found.by_level]),
            (say("By payer"), [(one.words, one.sums) for one in found.by_payer]),
            (say("By approach"), [(one.words, one.sums) for one in found.by_approach]),
            (say("By action"), [(one.words, one.sums) for one in found.by_action]),
        )
        for head, rows in parts:
            if not rows:
                continue
            print(head)
            for words, sums in rows:
                texts = getattr(words, "texts", None)
                name = OwnWords(texts, otherwise=plan.languages) if texts else words
                print(f"  {_row(name, sums, found.currency)}")
        print(found.summary())


def _row(name: Text, sums: BudgetSum, currency: str) -> str:
    from forestall.languages import Clauses, ExactAmount, LineStart, message

    told: list[Text] = [
        message("{name}: {amount}", name=LineStart(name), amount=ExactAmount(sums.money, currency))
    ]
    for words, amount in (
        (message("not confirmed: {amount}"), sums.unconfirmed),
        (message("in kind: {amount}"), sums.in_kind),
        (message("spent: {amount}"), sums.spent),
    ):
        if amount:
            told.append(words.filled(amount=ExactAmount(amount, currency)))
    return str(Clauses(told))


def due(
    file: PlanFile,
    *,
    within: int = 30,
    language: Language = None,
    today: Today = None,
) -> None:
    """Say what is late and what is due soon: steps, reviews, measurements, agreements that end.

    Parameters
    ----------
    file
        The plan, as JSON.
    within
        Days from today.
    language
        Tag of the language in which to answer, such as fr.
    today
        Day on which the plan is looked at, such as 2025-05-03; today if none is named.
    """
    from forestall.cli.plan_words import day_of, told_in
    from forestall.errors import InvalidCommand
    from forestall.languages import message
    from forestall.plan.duties import duties_due
    from forestall.plan.files import read_plan

    with told_in(language):
        if not 0 <= within <= _MOST_DAYS:
            raise InvalidCommand(
                message(
                    "--within is a number of days from 0 to {most}, but {found} was given.",
                    most=_MOST_DAYS,
                    found=within,
                )
            )
        plan = read_plan(file)
        found = duties_due(plan, today=day_of(today), within_days=within)
        for one in found.duties:
            print(_owed(one, found, plan))
        print(found.summary())


def _owed(one: Duty, found: Duties, plan: ActionPlan) -> str:
    from forestall.languages import Day, LineStart, OwnWords, say

    name = OwnWords(found.names.get(one.responsible, {}), otherwise=plan.languages)
    return say(
        "{day}, {state}: {what} ({kind}, {partner})",
        day=Day(one.due),
        state=one.state.words,
        what=OwnWords(one.title, otherwise=plan.languages) or LineStart(one.kind.words),
        kind=one.kind.words,
        partner=name or say("nobody yet"),
    )


_MOST_DAYS = 3660
