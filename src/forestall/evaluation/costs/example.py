"""This file knows a made-up example, small enough to follow by hand."""

from __future__ import annotations

from typing import Any

from forestall.estimates.effects import CountDifference
from forestall.estimates.estimates import Engine, ErrorKind, Estimate, Sample
from forestall.evaluation.costs.budgets import Budget, BudgetLine, LineKind, running_costs
from forestall.evaluation.costs.discounting import discount_schedule
from forestall.evaluation.costs.money import Money, money
from forestall.evaluation.costs.multipliers import CountedBy
from forestall.evaluation.costs.outcomes import PricedOutcome
from forestall.evaluation.costs.persistence import lasting
from forestall.evaluation.costs.unit_costs import (
    Confidence,
    CostBasis,
    CostMethod,
    CostPart,
    UnitCost,
)
from forestall.evaluation.costs.unpriced import Direction, NotPriced
from forestall.languages import message


def example_of_gates() -> dict[str, Any]:
    """Return what `weigh_costs_and_benefits` needs for gates in alleys; every figure is made up.

    Examples
    --------
    >>> sorted(example_of_gates())
    ['budget', 'not_priced', 'outcomes', 'schedule']
    """
    return {
        "outcomes": _fewer_burglaries(),
        "budget": _gates_and_upkeep(),
        "schedule": discount_schedule("green-book"),
        "not_priced": [
            NotPriced(
                what="fear of walking home",
                why="asked in a survey, without a price",
                who="residents",
                direction=Direction.FOR,
            ),
            NotPriced(
                what="longer ways for those who used the alleys",
                why="not counted",
                who="people on foot",
                direction=Direction.AGAINST,
            ),
        ],
    }


def _fewer_burglaries() -> PricedOutcome:
    estimate = Estimate(
        estimand=message("burglaries in the gated blocks over the first year"),
        outcome="burglary",
        effect=CountDifference(-20.0),
        standard_error=6.0,
        error_kind=ErrorKind.POISSON,
        sample=Sample(treated_places=12, comparison_places=40, observations=104),
        engine=Engine(method="weighted displacement difference", software="made up", version="0"),
    )
    cost = UnitCost(
        offence="burglary",
        central=_pounds(3000),
        low=_pounds(2000),
        high=_pounds(5000),
        method=CostMethod.BOTTOM_UP,
        part=CostPart.TOTAL,
        per=CostBasis.COMMITTED,
        source="made up",
        confidence=Confidence.OWN,
    )
    return PricedOutcome(
        estimate=estimate,
        unit_cost=cost,
        persistence=lasting(years=3, source="gates stay"),
        counted_by=CountedBy.POLICE_RECORDS,
        period_years=1,
        gains={"households": 0.7, "police and courts": 0.3},
    )


def _gates_and_upkeep() -> Budget:
    gates = BudgetLine(
        what="gates",
        who="council",
        kind=LineKind.ONE_OFF,
        year=0,
        amount=_pounds(60_000),
        source="made up",
    )
    upkeep = running_costs(
        "upkeep",
        who="residents' group",
        years=range(1, 3),
        amount=_pounds(4000),
        source="made up",
    )
    return Budget((gates, *upkeep))


def _pounds(amount: int) -> Money:
    return money(amount, "GBP", "2023/24")
