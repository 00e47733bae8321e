"""This file knows a balance as a sum of parts, each a product of factors that may be unsure.

Everything else follows from it: present values, draws, what one factor at a time does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from forestall._stats.ranged_draws import draw_log_normal, draw_triangular
from forestall.evaluation.costs.budgets import LineKind
from forestall.evaluation.costs.discounting import discount_factors
from forestall.evaluation.costs.unit_costs import RangeShape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from forestall.evaluation.costs.budgets import Budget, BudgetLine
    from forestall.evaluation.costs.discounting import DiscountSchedule
    from forestall.evaluation.costs.outcomes import PricedOutcome

    FloatArray = NDArray[np.float64]


class Side(StrEnum):
    """Where a part stands before anybody moves it."""

    COST = "cost"
    BENEFIT = "benefit"
    OFFSET = "offset"
    HARM = "harm"


class FactorKind(StrEnum):
    """What an unsure number is."""

    EFFECT = "effect"
    UNIT_COST = "unit cost"
    MULTIPLIER = "multiplier"
    AMOUNT = "amount"
    PERSISTENCE = "persistence"
    DISCOUNTING = "discounting"


class End(StrEnum):
    """An end of a range."""

    LOW = "low"
    HIGH = "high"


FactorName: TypeAlias = tuple[FactorKind, str]
SIGNS = {Side.COST: -1.0, Side.HARM: -1.0, Side.BENEFIT: 1.0, Side.OFFSET: 1.0}


@dataclass(frozen=True, eq=False, kw_only=True)
class Factor:
    """One number with its range and its draws.

    ``drawn`` is None for a number that is known, or that is varied but not drawn.
    """

    kind: FactorKind
    of: str
    central: float
    low: float
    high: float
    drawn: FloatArray | None = None

    @property
    def name(self) -> FactorName:
        """Return what it is of: factors of one name are drawn and varied together."""
        return self.kind, self.of

    def at(self, end: End) -> float:
        """Return one end of the range."""
        return self.low if end is End.LOW else self.high


@dataclass(frozen=True, eq=False, kw_only=True)
class Part:
    """One summand of a balance; ``who`` are the shares of those whom it concerns."""

    side: Side
    what: str
    who: Mapping[str, float]
    factors: tuple[Factor, ...]

    @property
    def central(self) -> float:
        """Return the present value from the central values, without sign."""
        return float(np.prod([factor.central for factor in self.factors]))

    def drawn(self, draws: int) -> FloatArray:
        """Return the drawn present values, without sign."""
        value = np.ones(draws)
        for factor in self.factors:
            value = value * (factor.central if factor.drawn is None else factor.drawn)
        return value

    def with_value(self, factor: Factor, value: float) -> float:
        """Return the present value with one factor at another value, the others central."""
        values = [value if one is factor else one.central for one in self.factors]
        return float(np.prod(values))

    def with_end(self, name: FactorName, end: End) -> float:
        """Return the present value with the factors of a name at one end of their range."""
        values = [one.at(end) if one.name == name else one.central for one in self.factors]
        return float(np.prod(values))

    def drawn_with_end(self, name: FactorName, end: End, draws: int) -> FloatArray:
        """Return the draws with the factors of a name held at one end of their range."""
        value = np.ones(draws)
        for one in self.factors:
            central = one.central if one.drawn is None else one.drawn
            value = value * (one.at(end) if one.name == name else central)
        return value


@dataclass(frozen=True, eq=False, kw_only=True)
class Balance:
    """All parts of the costs and benefits of a measure."""

    parts: tuple[Part, ...]
    draws: int

    def central(self, *sides: Side) -> float:
        """Return the sum of the sides named, each without its sign."""
        return sum(part.central for part in self.parts if part.side in sides)

    def drawn(self, *sides: Side) -> FloatArray:
        """Return the drawn sums of the sides named, each without its sign."""
        total = np.zeros(self.draws)
        for part in self.parts:
            if part.side in sides:
                total = total + part.drawn(self.draws)
        return total

    def net_value(self) -> float:
        """Return the net present value from the central values."""
        return sum(SIGNS[part.side] * part.central for part in self.parts)

    def net_draws(self) -> FloatArray:
        """Return the drawn net present values."""
        total = np.zeros(self.draws)
        for part in self.parts:
            total = total + SIGNS[part.side] * part.drawn(self.draws)
        return total

    def net_value_at(self, name: FactorName, end: End) -> float:
        """Return the net present value with the factors of a name at one end of their range."""
        return sum(SIGNS[part.side] * part.with_end(name, end) for part in self.parts)

    def net_draws_at(self, name: FactorName, end: End) -> FloatArray:
        """Return the drawn net values with the factors of a name held at one end."""
        total = np.zeros(self.draws)
        for part in self.parts:
            total = total + SIGNS[part.side] * part.drawn_with_end(name, end, self.draws)
        return total

    @property
    def varying(self) -> dict[FactorName, tuple[Factor, ...]]:
        """Return the factors with a range by name, in the order of the parts."""
        found: dict[FactorName, tuple[Factor, ...]] = {}
        for part in self.parts:
            for factor in part.factors:
                if factor.low < factor.high:
                    found[factor.name] = (*found.get(factor.name, ()), factor)
        return found


def make_balance(
    outcomes: Sequence[PricedOutcome],
    budget: Budget,
    schedule: DiscountSchedule,
    *,
    draws: int,
    seed: int,
) -> Balance:
    """Put outcomes and budget together; each factor has draws of its own from the seed."""
    factors = discount_factors(schedule, years=last_year(outcomes, budget) + 1)
    # Amounts of one name share their draws: a wage that is higher is higher in every year.
    names = list(dict.fromkeys(line.what for line in budget.lines))
    offences = list(dict.fromkeys(outcome.unit_cost.offence for outcome in outcomes))
    priced = (
        _outcome_part(
            outcome, factors, draws, seed, (number, offences.index(outcome.unit_cost.offence))
        )
        for number, outcome in enumerate(outcomes)
    )
    lines = (
        _line_part(line, factors, draws, seed, names.index(line.what)) for line in budget.lines
    )
    return Balance(parts=(*priced, *lines), draws=draws)


def last_year(outcomes: Sequence[PricedOutcome], budget: Budget) -> int:
    """Return the last year that counts, the longest course of an effect included."""
    longest = (
        outcome.first_year + max(len(course or ()) for course in _courses(outcome)) - 1
        for outcome in outcomes
    )
    return max(*longest, *(line.year for line in budget.lines))


def years_of_effect(course: Sequence[float], factors: FloatArray, *, first_year: int) -> float:
    """Return how many whole, undiscounted years of effect a course is worth."""
    return float(np.dot(course, factors[first_year : first_year + len(course)]))


def _courses(outcome: PricedOutcome) -> tuple[tuple[float, ...] | None, ...]:
    persistence = outcome.persistence
    return persistence.shares, persistence.low, persistence.high


def _outcome_part(
    outcome: PricedOutcome, factors: FloatArray, draws: int, seed: int, numbers: tuple[int, int]
) -> Part:
    number, offence = numbers
    low, high = outcome.prevented_limits()
    effect = Factor(
        kind=FactorKind.EFFECT,
        of=outcome.outcome,
        central=outcome.prevented_a_year(outcome.estimate.effect),
        low=low,
        high=high,
        drawn=outcome.draw_prevented(np.random.default_rng([seed, 0, number]), draws=draws),
    )
    worth = [
        years_of_effect(
            course or outcome.persistence.shares, factors, first_year=outcome.first_year
        )
        for course in _courses(outcome)
    ]
    lasting = Factor(
        kind=FactorKind.PERSISTENCE,
        of=outcome.outcome,
        central=worth[0],
        low=min(worth),
        high=max(worth),
    )
    found = [effect, lasting, _price(outcome, draws, seed, offence)]
    if outcome.multiplier is not None:
        found.append(_scale(outcome, draws, seed, number))
    return Part(side=Side.BENEFIT, what=outcome.outcome, who=outcome.gains, factors=tuple(found))


def _price(outcome: PricedOutcome, draws: int, seed: int, number: int) -> Factor:
    cost = outcome.unit_cost
    central = cost.central.number
    low = central if cost.low is None else cost.low.number
    high = central if cost.high is None else cost.high.number
    rng = np.random.default_rng([seed, 1, number])
    drawn = None
    if cost.has_range and cost.shape is RangeShape.LOG_NORMAL:
        drawn = draw_log_normal(rng, low, central, high, draws=draws)
    elif cost.has_range:
        drawn = draw_triangular(rng, low, central, high, draws=draws)
    return Factor(
        kind=FactorKind.UNIT_COST, of=cost.offence, central=central, low=low, high=high, drawn=drawn
    )


def _scale(outcome: PricedOutcome, draws: int, seed: int, number: int) -> Factor:
    scale = outcome.multiplier
    assert scale is not None
    rng = np.random.default_rng([seed, 2, number])
    return Factor(
        kind=FactorKind.MULTIPLIER,
        of=scale.offence,
        central=scale.central,
        low=scale.low,
        high=scale.high,
        drawn=draw_triangular(rng, scale.low, scale.central, scale.high, draws=draws),
    )


def _line_part(line: BudgetLine, factors: FloatArray, draws: int, seed: int, number: int) -> Part:
    central = line.amount.number
    low = central if line.low is None else line.low.number
    high = central if line.high is None else line.high.number
    drawn = None
    if low < high:
        rng = np.random.default_rng([seed, 3, number])
        drawn = draw_triangular(rng, low, central, high, draws=draws)
    amount = Factor(
        kind=FactorKind.AMOUNT, of=line.what, central=central, low=low, high=high, drawn=drawn
    )
    worth = float(factors[line.year])
    year = Factor(
        kind=FactorKind.DISCOUNTING, of=str(line.year), central=worth, low=worth, high=worth
    )
    return Part(
        side=_SIDES.get(line.kind, Side.COST),
        what=line.what,
        who={line.who: 1.0},
        factors=(amount, year),
    )


_SIDES = {LineKind.OFFSET: Side.OFFSET, LineKind.HARM: Side.HARM}
