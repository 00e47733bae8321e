"""This file knows the tables of a balance: its parts, its years, who pays and gains, its inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.evaluation.costs.balance import Side, last_year
from forestall.evaluation.costs.budgets import LineKind
from forestall.evaluation.costs.discounting import discount_factors
from forestall.languages import Listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from forestall.evaluation.costs.balance import Balance
    from forestall.evaluation.costs.budgets import Budget, BudgetLine
    from forestall.evaluation.costs.discounting import DiscountSchedule
    from forestall.evaluation.costs.outcomes import PricedOutcome
    from forestall.evaluation.costs.unit_costs import UnitCost


def list_parts(balance: Balance) -> pd.DataFrame:
    """Return one row a part, with its present value and 95 % of its draws."""
    rows = []
    for part in balance.parts:
        low, high = np.percentile(part.drawn(balance.draws), (2.5, 97.5))
        who = str(Listing(list(part.who)))
        rows.append((str(part.side), part.what, who, part.central, float(low), float(high)))
    return pd.DataFrame(rows, columns=["side", "what", "who", "present_value", "low", "high"])


def list_stakeholders(balance: Balance) -> pd.DataFrame:
    """Return what each pays and gains; the nets add to the net present value."""
    pays: dict[str, float] = {}
    gains: dict[str, float] = {}
    for part in balance.parts:
        column = pays if part.side in (Side.COST, Side.HARM) else gains
        for who, share in part.who.items():
            column[who] = column.get(who, 0.0) + share * part.central
    names = sorted({*pays, *gains})
    rows = pd.DataFrame(
        {
            "who": names,
            "pays": [pays.get(who, 0.0) for who in names],
            "gains": [gains.get(who, 0.0) for who in names],
        }
    )
    return rows.assign(net=rows["gains"] - rows["pays"])


def list_years(
    outcomes: Sequence[PricedOutcome], budget: Budget, schedule: DiscountSchedule
) -> pd.DataFrame:
    """Return the amounts of each year, not discounted, with the factor and the present net."""
    years = last_year(outcomes, budget) + 1
    columns = {str(side): np.zeros(years) for side in Side}
    for line in budget.lines:
        columns[str(_SIDES.get(line.kind, Side.COST))][line.year] += line.amount.number
    for outcome in outcomes:
        worth = outcome.prevented_a_year(outcome.estimate.effect) * outcome.unit_cost.central.number
        worth *= 1.0 if outcome.multiplier is None else outcome.multiplier.central
        for year, share in enumerate(outcome.persistence.shares, outcome.first_year):
            columns[str(Side.BENEFIT)][year] += share * worth
    rows = pd.DataFrame({"year": range(years), "factor": discount_factors(schedule, years=years)})
    rows = rows.assign(**columns)
    rows["net"] = rows["benefit"] + rows["offset"] - rows["cost"] - rows["harm"]
    return rows.assign(net_present=rows["net"] * rows["factor"])


def list_inputs(
    outcomes: Sequence[PricedOutcome], budget: Budget, schedule: DiscountSchedule
) -> pd.DataFrame:
    """Return every figure that was used, with source, price year and confidence."""
    rows: list[dict[str, object]] = []
    for outcome in outcomes:
        rows += _of_outcome(outcome)
    rows += [_of_line(line) for line in budget.lines]
    rows += [
        {
            "input": "discounting",
            "of": f"{band.first_year}-{band.last_year or ''}",
            "central": band.rate,
            "source": schedule.source,
            "confidence": str(schedule.confidence),
        }
        for band in schedule.bands
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_SIDES = {LineKind.OFFSET: Side.OFFSET, LineKind.HARM: Side.HARM}
_COLUMNS = (
    "input", "of", "low", "central", "high", "currency", "price_year", "method", "per", "source",
    "confidence", "is_example",
)  # fmt: skip


def _of_outcome(outcome: PricedOutcome) -> Iterator[dict[str, object]]:
    estimate = outcome.estimate
    limits = estimate.interval(0.95)
    engine = estimate.engine
    yield {
        "input": "effect",
        "of": outcome.outcome,
        "low": limits.low,
        "central": estimate.effect.number,
        "high": limits.high,
        "method": type(estimate.effect).__name__,
        "source": f"{engine.method} ({engine.software} {engine.version})",
        "confidence": str(estimate.error_kind),
    }
    yield _of_unit_cost(outcome.unit_cost)
    if outcome.multiplier is not None:
        scale = outcome.multiplier
        yield {
            "input": "multiplier",
            "of": scale.offence,
            "low": scale.low,
            "central": scale.central,
            "high": scale.high,
            "source": scale.source,
            "confidence": str(scale.confidence),
        }
    yield {
        "input": "persistence",
        "of": outcome.outcome,
        "central": sum(outcome.persistence.shares),
        "source": outcome.persistence.source,
    }


def _of_unit_cost(cost: UnitCost) -> dict[str, object]:
    return {
        "input": "unit cost",
        "of": cost.offence,
        "low": None if cost.low is None else cost.low.number,
        "central": cost.central.number,
        "high": None if cost.high is None else cost.high.number,
        "currency": cost.central.currency,
        "price_year": str(cost.central.price_year),
        "method": str(cost.method),
        "per": str(cost.per),
        "source": cost.source,
        "confidence": str(cost.confidence),
        "is_example": cost.is_example,
    }


def _of_line(line: BudgetLine) -> dict[str, object]:
    return {
        "input": str(line.kind),
        "of": line.what,
        "low": None if line.low is None else line.low.number,
        "central": line.amount.number,
        "high": None if line.high is None else line.high.number,
        "currency": line.amount.currency,
        "price_year": str(line.amount.price_year),
        "source": line.source,
    }
