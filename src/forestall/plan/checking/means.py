"""This file knows what a plan has to say of its means: who pays how much, when, at which level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import ExactAmount, OwnWords, has_words, message
from forestall.plan.checking.points import ADVICE, BEFORE_ADOPTION, PlanPart, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.plan.actions import Action, Money
    from forestall.plan.checking.points import PlanPoint
    from forestall.plan.records import ActionPlan


def check_means(plan: ActionPlan) -> Iterator[PlanPoint]:
    """Yield what the plan lacks on means (1995/9 ¶3(a)(iii); 2002/13 ¶10, 20(b)).

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> for one in check_means(example_plan()):
    ...     print(one.about, one.said)
    light Not confirmed: EUR 60,000 from National prevention fund.
    """
    for action in plan.actions:
        subject = Subject(part=PlanPart.MONEY, about=action.key, title=action.title)
        if not action.money and not action.staff:
            said = message("Nothing says with which money or staff it is done.")
            yield subject.point(said, "2002/13:10", BEFORE_ADOPTION)
        yield from _told(action, plan, subject)
        for money in action.money:
            yield from _sum(money, plan, subject)


def _told(action: Action, plan: ActionPlan, subject: Subject) -> Iterator[PlanPoint]:
    if not all(has_words(one.payer) for one in action.money):
        said = message("Nothing says who pays a sum.")
        yield subject.point(said, "1995/9:3(a)(iii)", BEFORE_ADOPTION)
    if not all(has_words(one.what) for one in action.money):
        said = message("Nothing says what a sum is for.")
        yield subject.point(said, "2002/13:10", BEFORE_ADOPTION)
    if not all(has_words(one.basis) for one in action.money):
        said = message("Nothing says where a sum is from, such as an offer or earlier accounts.")
        yield subject.point(said, "2002/13:10", ADVICE)
    years = range(plan.starts.year, plan.ends.year + 1)
    if any(one.year not in years for one in action.money):
        said = message("A sum is for a year outside the period of the plan.")
        yield subject.point(said, "2002/13:10", BEFORE_ADOPTION)
    if any(one.year not in years for one in action.staff):
        said = message("Staff are planned for a year outside the period of the plan.")
        yield subject.point(said, "2002/13:10", BEFORE_ADOPTION)


def _sum(money: Money, plan: ActionPlan, subject: Subject) -> Iterator[PlanPoint]:
    if not money.confirmed:
        amount = ExactAmount(money.amount, plan.currency)
        said = message("Not confirmed: {amount}.", amount=amount)
        if has_words(money.payer):
            payer = OwnWords(money.payer)
            said = message("Not confirmed: {amount} from {payer}.", amount=amount, payer=payer)
        yield subject.point(said, "2002/13:10", BEFORE_ADOPTION)
    if money.spent > money.amount:
        more = ExactAmount(money.spent - money.amount, plan.currency)
        said = message("More was spent than planned, by {more}.", more=more)
        yield subject.point(said, "2002/13:20(b)", ADVICE)
