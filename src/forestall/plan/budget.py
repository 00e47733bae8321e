"""This file knows the accounts of a plan: which means are planned, promised and spent, by whom.

Gifts in kind are kept apart from money, and rows with nothing are kept, because it matters that an
approach gets nothing. Sums are exact; nothing is rounded away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, TypeVar

from forestall.languages import (
    ExactAmount,
    Message,
    OwnWords,
    Sentences,
    Text,
    in_language,
    message,
)
from forestall.plan.vocabulary import Approach, PayerLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from forestall.languages import Texts
    from forestall.plan.actions import Action, Money
    from forestall.plan.records import ActionPlan

K = TypeVar("K")
# Kept as rows even with nothing in them: a plan says whether local or national means pay.
_ALWAYS_ASKED = (PayerLevel.LOCAL, PayerLevel.NATIONAL)


@dataclass(frozen=True, kw_only=True)
class BudgetSum:
    """Sums in the currency of the plan.

    Attributes
    ----------
    money, in_kind
        What is planned: money, and the estimated worth of gifts in kind.
    unconfirmed, in_kind_unconfirmed
        How much of each no payer has agreed to yet.
    spent, given
        How much of the money was spent, and of the gifts in kind given.
    """

    money: float = 0.0
    in_kind: float = 0.0
    unconfirmed: float = 0.0
    in_kind_unconfirmed: float = 0.0
    spent: float = 0.0
    given: float = 0.0

    @property
    def total(self) -> float:
        """Return money and gifts in kind together."""
        return _exactly((self.money, self.in_kind))

    @property
    def confirmed(self) -> float:
        """Return how much of the money a payer has agreed to."""
        return _exactly((self.money, -self.unconfirmed))

    @property
    def left(self) -> float:
        """Return how much of the money is not spent yet; negative where more was spent."""
        return _exactly((self.money, -self.spent))


@dataclass(frozen=True, kw_only=True)
class BudgetRow(Generic[K]):
    """The sums of one action, year, payer, level or approach.

    Attributes
    ----------
    key
        The key of the action, the year, the level, the approach, or the name of the payer.
    words
        What it is called.
    sums
        Of all its lines; zeros where it has none.
    """

    key: K
    words: Text
    sums: BudgetSum


@dataclass(frozen=True, kw_only=True)
class BudgetLine:
    """One sum of the plan with the action that it is for."""

    action: Action
    money: Money


@dataclass(frozen=True, eq=False, kw_only=True)
class PlanBudget:
    """The accounts of a plan.

    Attributes
    ----------
    lines
        Every sum, in the order of actions.
    total
        Of all lines.
    by_action, by_year, by_level, by_payer, by_approach
        The same sums parted in five ways; each adds up to the total.
    posts
        Full-time posts by year.
    """

    currency: str
    lines: tuple[BudgetLine, ...]
    total: BudgetSum
    by_action: tuple[BudgetRow[str], ...]
    by_year: tuple[BudgetRow[int], ...]
    by_level: tuple[BudgetRow[PayerLevel], ...]
    by_payer: tuple[BudgetRow[str], ...]
    by_approach: tuple[BudgetRow[Approach], ...]
    posts: dict[int, float] = field(default_factory=dict)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each sum, in the language in force.

        Columns: ``action``, ``title``, ``approach``, ``key``, ``what``, ``year``, ``payer``,
        ``level``, ``amount``, ``currency``, ``confirmed``, ``in_kind``, ``spent``.
        """
        import pandas as pd

        rows = [
            {
                "action": one.action.key,
                "title": in_language(one.action.title),
                "approach": one.action.approach.value,
                "key": one.money.key,
                "what": in_language(one.money.what),
                "year": one.money.year,
                "payer": in_language(one.money.payer),
                "level": one.money.level.value,
                "amount": one.money.amount,
                "currency": self.currency,
                "confirmed": one.money.confirmed,
                "in_kind": one.money.in_kind,
                "spent": one.money.spent,
            }
            for one in self.lines
        ]
        return pd.DataFrame(rows, columns=_COLUMNS)

    def summary(self) -> str:
        """Return in plain sentences what is planned, not confirmed, and spent."""
        if not self.lines:
            return str(message("No means are planned yet."))
        said: list[Message] = [
            message("Planned: {amount} in money.", amount=self._amount(self.total.money))
        ]
        if self.total.in_kind:
            in_kind = self._amount(self.total.in_kind)
            said.append(message("Gifts in kind are worth {amount}.", amount=in_kind))
        if self.total.unconfirmed:
            unconfirmed = self._amount(self.total.unconfirmed)
            said.append(message("Of the money, {amount} is not confirmed.", amount=unconfirmed))
        if self.total.spent:
            said.append(message("Spent so far: {amount}.", amount=self._amount(self.total.spent)))
        return str(Sentences(tuple(said)))

    def _amount(self, number: float) -> ExactAmount:
        return ExactAmount(number, self.currency)


def plan_budget(plan: ActionPlan) -> PlanBudget:
    """Add up the means of a plan by action, year, level, payer and approach.

    Amounts are at prices of their own years, so sums over years are sums of what is written down,
    not of equal prices.

    Examples
    --------
    >>> from forestall.plan.example import example_plan
    >>> found = plan_budget(example_plan())
    >>> print(found.summary())
    Planned: EUR 341,000 in money. Gifts in kind are worth EUR 28,000. Of the money, EUR 60,000 is
    not confirmed. Spent so far: EUR 4,200.
    >>> [(one.key.value, one.sums.total) for one in found.by_approach]
    [('social', 120000.0), ('local', 75000.0), ('situational', 174000.0), ('reintegration', 0.0)]
    """
    lines = tuple(
        BudgetLine(action=action, money=money) for action in plan.actions for money in action.money
    )
    return PlanBudget(
        currency=plan.currency,
        lines=lines,
        total=_sums(lines),
        by_action=_by_action(plan, lines),
        by_year=_by_year(plan, lines),
        by_level=_by_level(lines),
        by_payer=_by_payer(plan, lines),
        by_approach=_by_approach(lines),
        posts=_posts(plan),
    )


def _by_action(plan: ActionPlan, lines: tuple[BudgetLine, ...]) -> tuple[BudgetRow[str], ...]:
    return tuple(
        BudgetRow(key=one.key, words=OwnWords(one.title), sums=_sums(_of(lines, one.key, _action)))
        for one in plan.actions
    )


def _by_year(plan: ActionPlan, lines: tuple[BudgetLine, ...]) -> tuple[BudgetRow[int], ...]:
    years = {*range(plan.starts.year, plan.ends.year + 1), *(one.money.year for one in lines)}
    return tuple(
        BudgetRow(key=year, words=str(year), sums=_sums(_of(lines, year, lambda a: a.money.year)))
        for year in sorted(years)
    )


def _by_level(lines: tuple[BudgetLine, ...]) -> tuple[BudgetRow[PayerLevel], ...]:
    there = {one.money.level for one in lines}
    return tuple(
        BudgetRow(
            key=level, words=level.words, sums=_sums(_of(lines, level, lambda a: a.money.level))
        )
        for level in PayerLevel
        if level in there or level in _ALWAYS_ASKED
    )


def _by_payer(plan: ActionPlan, lines: tuple[BudgetLine, ...]) -> tuple[BudgetRow[str], ...]:
    """Return a row for each payer; the same name in the plan's own language is the same payer."""

    def name(line: BudgetLine) -> str:
        return _payer(line.money.payer, plan)

    first = {name(one): one.money.payer for one in reversed(lines)}
    return tuple(
        BudgetRow(key=key, words=OwnWords(first[key]), sums=_sums(_of(lines, key, name)))
        for key in dict.fromkeys(map(name, lines))
    )


def _by_approach(lines: tuple[BudgetLine, ...]) -> tuple[BudgetRow[Approach], ...]:
    return tuple(
        BudgetRow(
            key=approach,
            words=approach.words,
            sums=_sums(_of(lines, approach, lambda a: a.action.approach)),
        )
        for approach in Approach
    )


def _posts(plan: ActionPlan) -> dict[int, float]:
    staff = [one for action in plan.actions for one in action.staff]
    years = sorted({one.year for one in staff})
    return {year: _exactly(one.posts for one in staff if one.year == year) for year in years}


def _action(line: BudgetLine) -> str:
    return line.action.key


def _payer(payer: Texts, plan: ActionPlan) -> str:
    return " ".join(in_language(payer, *plan.languages).split()).casefold()


def _of(
    lines: tuple[BudgetLine, ...], key: K, kind: Callable[[BudgetLine], K]
) -> tuple[BudgetLine, ...]:
    return tuple(one for one in lines if kind(one) == key)


def _sums(lines: Iterable[BudgetLine]) -> BudgetSum:
    money = [one.money for one in lines if not one.money.in_kind]
    in_kind = [one.money for one in lines if one.money.in_kind]
    return BudgetSum(
        money=_exactly(one.amount for one in money),
        in_kind=_exactly(one.amount for one in in_kind),
        unconfirmed=_exactly(one.amount for one in money if not one.confirmed),
        in_kind_unconfirmed=_exactly(one.amount for one in in_kind if not one.confirmed),
        spent=_exactly(one.spent for one in money),
        given=_exactly(one.spent for one in in_kind),
    )


def _exactly(numbers: Iterable[float]) -> float:
    """Add up numbers as they are written, so that a tenth is a tenth."""
    return float(sum((Fraction(repr(float(one))) for one in numbers), Fraction(0)))


_COLUMNS = [
    "action", "title", "approach", "key", "what", "year", "payer", "level", "amount", "currency",
    "confirmed", "in_kind", "spent",
]  # fmt: skip
