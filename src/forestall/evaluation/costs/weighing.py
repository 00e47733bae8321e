"""This file knows how costs and benefits are weighed: from estimates with their uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.ranged_draws import ratio_limits, share_above_zero
from forestall.errors import InvalidMoney, MixedMoney
from forestall.evaluation.costs.answers import (
    BenefitCostRatio,
    BreakEven,
    CostPerCrime,
    NetValue,
    Sides,
)
from forestall.evaluation.costs.balance import Balance, FactorKind, Side, make_balance
from forestall.evaluation.costs.balance_tables import (
    list_inputs,
    list_parts,
    list_stakeholders,
    list_years,
)
from forestall.evaluation.costs.costs_benefits import CostsAndBenefits
from forestall.evaluation.costs.outcomes import PricedOutcome
from forestall.evaluation.costs.sensitivity import probability_by_price, vary_one_at_a_time
from forestall.evaluation.costs.weighing_caveats import caveats_of
from forestall.languages import message
from forestall.results import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from forestall.evaluation.costs.budgets import Budget
    from forestall.evaluation.costs.discounting import DiscountSchedule
    from forestall.evaluation.costs.unpriced import NotPriced

    FloatArray = NDArray[np.float64]

_SEED = 20020724
_LIMITS = (2.5, 97.5)
_FEWEST_DRAWS = 1000


def weigh_costs_and_benefits(
    outcomes: PricedOutcome | Sequence[PricedOutcome],
    *,
    budget: Budget,
    schedule: DiscountSchedule,
    not_priced: Sequence[NotPriced],
    other_schedules: Sequence[DiscountSchedule] = (),
    draws: int = 20_000,
    seed: int = _SEED,
) -> CostsAndBenefits:
    r"""Weigh the costs of a measure against what its effects are worth.

    Parameters
    ----------
    outcomes
        Estimates with their price, all by one method and in one currency and price year.
    budget
        Costs by payer and year, with offsets and harms.
    schedule
        The discount rates; none is taken silently.
    not_priced
        What matters and has no price here; may be empty, which the summary then says.
    other_schedules
        Rates to try beside it.
    draws, seed
        Of the simulation.

    Raises
    ------
    MixedMoney
        If currencies, price years or methods differ.
    InvalidMoney
        If two outcomes count the same crime or harm twice, or rates are missing for a year.

    Notes
    -----
    Real amounts; year 0 is not discounted. Effects are drawn on their own scale (normal, or t
    with the degrees of freedom of the estimate), unit costs, multipliers and amounts over their
    range (triangular or log-normal). What the estimate and the sources do not say is unsure is
    not in the intervals. Persistence and discount rates are varied, not drawn.

    Examples
    --------
    >>> from forestall.evaluation.costs import example_of_gates
    >>> result = weigh_costs_and_benefits(**example_of_gates())
    >>> print(result.summary().replace("\xa0", " "))
    Net present value: GBP 106,400 (GBP 4,8... to GBP 27...) at prices of 2023/24; ...
    """
    priced = (outcomes,) if isinstance(outcomes, PricedOutcome) else tuple(outcomes)
    _check(priced, budget)
    if draws < _FEWEST_DRAWS:
        raise ValueError(f"At least {_FEWEST_DRAWS} draws are needed.")
    balance, *others = (
        make_balance(priced, budget, one, draws=draws, seed=seed)
        for one in (schedule, *other_schedules)
    )
    titles = [other.title for other in other_schedules]
    net = _net_value(balance)
    money = budget.lines[0].amount
    return CostsAndBenefits(
        table=list_parts(balance),
        caveats=caveats_of(priced, budget, schedule, net=net, draws=draws),
        made_by=_call(schedule, draws, seed),
        net_value=net,
        ratios=tuple(_ratio(balance, sides) for sides in Sides),
        break_even=tuple(_break_even(balance, one) for one in priced),
        cost_per_crime=tuple(_cost_per_crime(balance, one, money.currency) for one in priced),
        by_year=list_years(priced, budget, schedule),
        by_stakeholder=list_stakeholders(balance),
        sensitivity=vary_one_at_a_time(balance, dict(zip(titles, others, strict=True))),
        acceptability=_acceptability(balance),
        inputs=list_inputs(priced, budget, schedule),
        not_priced=tuple(not_priced),
        currency=money.currency,
        price_year=money.price_year,
        schedule=schedule.title,
    )


def _call(schedule: DiscountSchedule, draws: int, seed: int) -> str:
    return f"weigh_costs_and_benefits(schedule={schedule.name!r}, draws={draws}, seed={seed})"


def _check(outcomes: Sequence[PricedOutcome], budget: Budget) -> None:
    if not outcomes:
        raise InvalidMoney(message("A balance needs at least one outcome."))
    names = [outcome.outcome for outcome in outcomes]
    for outcome in outcomes:
        outcome.unit_cost.central.check_same_basis(budget.lines[0].amount)
        if names.count(outcome.outcome) > 1:
            raise InvalidMoney(
                message("{outcome} is counted more than once.", outcome=outcome.outcome)
            )
        for other in outcomes:
            if other.unit_cost.offence in outcome.unit_cost.holds:
                raise InvalidMoney(
                    message(
                        "The cost of {offence} already holds harm of {other}; pricing both counts "
                        "it twice.",
                        offence=outcome.unit_cost.offence,
                        other=other.unit_cost.offence,
                    )
                )
    if len({outcome.unit_cost.method for outcome in outcomes}) > 1:
        raise MixedMoney(
            message("All outcomes of one balance are priced by the same method; these are not.")
        )


def _net_value(balance: Balance) -> NetValue:
    drawn = balance.net_draws()
    probability, error = share_above_zero(drawn)
    return NetValue(
        central=balance.net_value(),
        mean=float(drawn.mean()),
        interval=_interval(drawn),
        probability=probability,
        simulation_error=error,
    )


def _ratio(balance: Balance, sides: Sides) -> BenefitCostRatio:
    top, bottom = balance.central(Side.BENEFIT), balance.central(Side.COST)
    top_drawn, bottom_drawn = balance.drawn(Side.BENEFIT), balance.drawn(Side.COST)
    moved = balance.central(Side.OFFSET) - balance.central(Side.HARM)
    moved_drawn = balance.drawn(Side.OFFSET) - balance.drawn(Side.HARM)
    if sides is Sides.WITH_BENEFITS:
        top, top_drawn = top + moved, top_drawn + moved_drawn
    else:
        bottom, bottom_drawn = bottom - moved, bottom_drawn - moved_drawn
    sure = bottom > 0 and bool(np.all(bottom_drawn > 0))
    return BenefitCostRatio(
        sides=sides,
        nothing_moves=not any(part.side in (Side.OFFSET, Side.HARM) for part in balance.parts),
        top=top,
        bottom=bottom,
        ratio=top / bottom if sure else None,
        interval=_interval(top_drawn / bottom_drawn) if sure else None,
    )


def _net_cost(balance: Balance) -> tuple[float, FloatArray]:
    """Return what is paid on balance, apart from what prevented crime is worth."""
    central = balance.central(Side.COST, Side.HARM) - balance.central(Side.OFFSET)
    return central, balance.drawn(Side.COST, Side.HARM) - balance.drawn(Side.OFFSET)


def _break_even(balance: Balance, outcome: PricedOutcome) -> BreakEven:
    part = next(
        one for one in balance.parts if one.side is Side.BENEFIT and one.what == outcome.outcome
    )
    effect = next(one for one in part.factors if one.kind is FactorKind.EFFECT)
    worth_of_one_a_year = part.with_value(effect, 1.0)
    others = balance.net_value() - part.central
    needed = -others / worth_of_one_a_year if worth_of_one_a_year else np.inf
    return BreakEven(
        outcome=outcome.outcome,
        prevented_a_year=needed,
        effect=outcome.effect_for(needed) if np.isfinite(needed) else None,
        share_of_estimate=needed / effect.central if effect.central > 0 else None,
    )


def _cost_per_crime(balance: Balance, outcome: PricedOutcome, currency: str) -> CostPerCrime:
    part = next(
        one for one in balance.parts if one.side is Side.BENEFIT and one.what == outcome.outcome
    )
    effect = next(one for one in part.factors if one.kind is FactorKind.EFFECT)
    lasting = next(one for one in part.factors if one.kind is FactorKind.PERSISTENCE)
    cost, drawn = _net_cost(balance)
    prevented = effect.central * lasting.central
    if prevented <= 0 or cost <= 0:
        return CostPerCrime(outcome=outcome.outcome, currency=currency, central=None, interval=None)
    paid = _interval(drawn)
    limits = ratio_limits(
        (min(paid.low, cost), cost, max(paid.high, cost)),
        (effect.low * lasting.central, prevented, effect.high * lasting.central),
    )
    return CostPerCrime(
        outcome=outcome.outcome,
        currency=currency,
        central=cost / prevented,
        interval=None if limits is None else Interval(low=limits[0], high=limits[1]),
    )


def _acceptability(balance: Balance) -> pd.DataFrame:
    benefits = [part for part in balance.parts if part.side is Side.BENEFIT]
    return pd.concat([probability_by_price(balance, part) for part in benefits], ignore_index=True)


def _interval(drawn: FloatArray) -> Interval:
    low, high = np.percentile(drawn, _LIMITS)
    return Interval(low=float(low), high=float(high))
