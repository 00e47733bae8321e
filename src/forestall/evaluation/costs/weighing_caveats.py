"""This file knows what a careful analyst adds to a balance of costs and benefits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.estimates.effects import LogRatio
from forestall.evaluation.costs.multipliers import CountedBy, Reporting
from forestall.evaluation.costs.unit_costs import (
    Confidence,
    CostBasis,
    CostPart,
    confidence_words,
    method_words,
)
from forestall.languages import Decimal, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from forestall.evaluation.costs.answers import NetValue
    from forestall.evaluation.costs.budgets import Budget
    from forestall.evaluation.costs.discounting import DiscountSchedule
    from forestall.evaluation.costs.money import Conversion
    from forestall.evaluation.costs.outcomes import PricedOutcome
    from forestall.languages import Message


def caveats_of(
    outcomes: Sequence[PricedOutcome],
    budget: Budget,
    schedule: DiscountSchedule,
    *,
    net: NetValue,
    draws: int,
) -> tuple[Message, ...]:
    """Return all caveats of a balance, without repeating any."""
    said = [
        message(
            "Costs of crime are by one method, {method}; another can give several times as much.",
            method=method_words(outcomes[0].unit_cost.method),
        )
    ]
    for outcome in outcomes:
        said += [*_effect(outcome), *_price(outcome), *_counting(outcome)]
    if len(outcomes) > 1:
        said.append(
            message("The effects on different outcomes are drawn as if they were independent.")
        )
        said.append(
            message(
                "Each cost per prevented crime sets the whole cost against one outcome at a time; "
                "do not add them."
            )
        )
    said += [*_schedule(schedule), *_conversions(outcomes, budget)]
    said.append(
        message(
            "The probability rests on {draws} draws; its simulation error is {points} percentage "
            "points.",
            draws=draws,
            points=Decimal(100 * net.simulation_error, 2),
        )
    )
    said += [caveat for outcome in outcomes for caveat in outcome.estimate.caveats]
    return tuple(dict.fromkeys(said))


def _effect(outcome: PricedOutcome) -> Iterator[Message]:
    name = outcome.outcome
    if outcome.estimate.interval(0.95).holds(0):
        yield message(
            "The effect on {outcome} may be none or the other way: its 95 % interval holds 0.",
            outcome=name,
        )
    if outcome.estimate.standard_error is None:
        yield message(
            "The effect on {outcome} has no standard error; draws follow its own 95 % interval.",
            outcome=name,
        )
    if isinstance(outcome.estimate.effect, LogRatio):
        yield message(
            "The number of {outcome} expected without the measure is taken as known.", outcome=name
        )
    yield message(
        "How long the effect on {outcome} lasts is stated, not estimated: {source}.",
        outcome=name,
        source=outcome.persistence.source,
    )
    if outcome.persistence.low is None:
        yield message("No other course of the effect on {outcome} was tried.", outcome=name)


def _price(outcome: PricedOutcome) -> Iterator[Message]:
    cost = outcome.unit_cost
    if cost.is_example:
        yield message(
            "The cost of {offence} is an example that came with the software, not your own: "
            "{confidence}.",
            offence=cost.offence,
            confidence=confidence_words(cost.confidence),
        )
    elif cost.confidence not in (Confidence.OWN, Confidence.OFFICIAL):
        yield message(
            "The cost of {offence} should be checked before publication: {confidence}.",
            offence=cost.offence,
            confidence=confidence_words(cost.confidence),
        )
    if not cost.has_range:
        yield message(
            "The cost of {offence} has no range, so the intervals leave out how unsure it is.",
            offence=cost.offence,
        )
    if cost.part is not CostPart.TOTAL:
        yield message("Only a part of the cost of {offence} is priced.", offence=cost.offence)
    if cost.offence.casefold() != outcome.outcome.casefold():
        yield message(
            "{outcome} is priced as “{offence}”; check that the two mean the same.",
            outcome=outcome.outcome,
            offence=cost.offence,
        )


def _counting(outcome: PricedOutcome) -> Iterator[Message]:
    name, recorded = outcome.outcome, outcome.counted_by is CountedBy.POLICE_RECORDS
    if outcome.unit_cost.per is CostBasis.NOT_STATED:
        yield message(
            "The source does not say whether {offence} is priced per crime committed or recorded.",
            offence=outcome.unit_cost.offence,
        )
    if not recorded and outcome.unit_cost.per is CostBasis.RECORDED:
        yield message(
            "{outcome} was not counted by the police, but its cost is per crime recorded.",
            outcome=name,
        )
    if recorded and outcome.multiplier is None and outcome.unit_cost.per is CostBasis.COMMITTED:
        yield message(
            "Only recorded {outcome} is priced; what was never reported is left out.", outcome=name
        )
    if recorded and outcome.multiplier is not None and outcome.reporting is Reporting.NOT_KNOWN:
        yield message(
            "It is not known whether the measure changed how often {outcome} is reported.",
            outcome=name,
        )


def _schedule(schedule: DiscountSchedule) -> Iterator[Message]:
    if schedule.confidence not in (Confidence.OWN, Confidence.OFFICIAL):
        yield message(
            "The discount rates of “{title}” should be checked: {confidence}.",
            title=schedule.title,
            confidence=confidence_words(schedule.confidence),
        )


def _conversions(outcomes: Sequence[PricedOutcome], budget: Budget) -> Iterator[Message]:
    steps: dict[Conversion, None] = {}
    for outcome in outcomes:
        steps.update(dict.fromkeys(outcome.unit_cost.central.conversions))
    for line in budget.lines:
        steps.update(dict.fromkeys(line.amount.conversions))
    for step in steps:
        yield message(
            "{start} was brought to {end} by {index}, vintage {vintage}.",
            start=step.start,
            end=step.end,
            index=step.by,
            vintage=step.vintage,
        )
