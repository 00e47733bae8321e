"""This file knows the single answers of a balance, none of which can be read without its interval.

A ratio of benefits to costs is no number here: it names its two sides and carries its interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Amount, Decimal, Message, Share, message

if TYPE_CHECKING:
    from forestall.estimates.effects import Effect
    from forestall.results import Interval


class Sides(StrEnum):
    """On which side of the ratio offsets and harms stand; the net value is the same."""

    WITH_BENEFITS = "offsets and harms with the benefits"
    WITH_COSTS = "offsets and harms with the costs"


@dataclass(frozen=True, kw_only=True)
class NetValue:
    """The net present value with all that belongs to it.

    Attributes
    ----------
    central
        From the central value of each input.
    mean
        Of the draws; it differs from the central value where ranges are lopsided.
    interval
        95 % of the draws.
    probability, simulation_error
        Share of draws above 0, and the error of that share from the number of draws.
    """

    central: float
    mean: float
    interval: Interval
    probability: float
    simulation_error: float


@dataclass(frozen=True, kw_only=True)
class BenefitCostRatio:
    """Benefits over costs with the sides named.

    ``ratio`` and ``interval`` are None where the costs of this side are not above 0 for sure.
    ``nothing_moves`` says that there are no offsets and harms, so that both ratios are the same.
    """

    sides: Sides
    nothing_moves: bool
    top: float
    bottom: float
    ratio: float | None
    interval: Interval | None

    def in_words(self) -> Message:
        """Return the ratio with its interval and its sides."""
        if self.ratio is None or self.interval is None:
            return message(
                "no ratio with {sides}, because costs may not be above 0",
                sides=_SIDES_IN_WORDS[self.sides],
            )
        if self.nothing_moves:
            return message(
                "{ratio} ({low} to {high}), worth of prevented crime over cost of the programme",
                ratio=Decimal(self.ratio, 1),
                low=Decimal(self.interval.low, 1),
                high=Decimal(self.interval.high, 1),
            )
        return message(
            "{ratio} ({low} to {high}) with {sides}",
            ratio=Decimal(self.ratio, 1),
            low=Decimal(self.interval.low, 1),
            high=Decimal(self.interval.high, 1),
            sides=_SIDES_IN_WORDS[self.sides],
        )

    def __str__(self) -> str:
        """Return the ratio in words; there is no bare number."""
        return str(self.in_words())


@dataclass(frozen=True, kw_only=True)
class BreakEven:
    """The effect at which the net value is 0, all else at its central value.

    Attributes
    ----------
    outcome
        What was counted.
    prevented_a_year
        Crimes that must be prevented each year; 0 or less when it pays without this effect.
    effect
        The same on the scale of the estimate; None when it is more than there are.
    share_of_estimate
        It as a share of the estimated effect; None when that prevents nothing.
    """

    outcome: str
    prevented_a_year: float
    effect: Effect | None
    share_of_estimate: float | None

    def in_words(self) -> Message:
        """Return the switching value in one sentence."""
        if self.prevented_a_year <= 0:
            return message(
                "The balance is above 0 even without an effect on {outcome}.", outcome=self.outcome
            )
        if self.effect is None:
            return message(
                "Even preventing all {outcome} would not bring the balance to 0.",
                outcome=self.outcome,
            )
        return message(
            "The balance is 0 at {effect} ({outcome}); beyond that it is above 0.",
            effect=self.effect.in_words(),
            outcome=self.outcome,
        )


@dataclass(frozen=True, kw_only=True)
class CostPerCrime:
    """Net cost for each crime prevented, as counted, both discounted.

    With several outcomes the whole cost is set against each, so that none can be added.

    Attributes
    ----------
    central
        None where nothing is prevented, or nothing is paid on balance.
    interval
        None where the direction of the effect is not known: then no finite interval exists.
    """

    outcome: str
    currency: str
    central: float | None
    interval: Interval | None

    def in_words(self) -> Message:
        """Return the cost for each crime prevented in one sentence."""
        if self.central is None:
            return message(
                "There is no cost per prevented crime: nothing was prevented, or nothing is paid "
                "on balance ({outcome}).",
                outcome=self.outcome,
            )
        if self.interval is None:
            return message(
                "Each prevented crime costs {amount} ({outcome}), with no finite interval: the "
                "effect may be none or the other way.",
                amount=Amount(self.central, self.currency),
                outcome=self.outcome,
            )
        return message(
            "Each prevented crime costs {amount} ({low} to {high}; {outcome}).",
            amount=Amount(self.central, self.currency),
            low=Amount(self.interval.low, self.currency),
            high=Amount(self.interval.high, self.currency),
            outcome=self.outcome,
        )


def probability_words(probability: float) -> Message | Share:
    """Return a probability as readers see it; draws never show that something is certain.

    Examples
    --------
    >>> str(probability_words(1.0)).replace(chr(160), " "), str(probability_words(0.874))[:2]
    ('more than 99 %', '87')
    """
    if probability > 0.99:
        return message("more than {share}", share=Share(0.99))
    if probability < 0.01:
        return message("less than {share}", share=Share(0.01))
    return Share(probability)


_SIDES_IN_WORDS = {
    Sides.WITH_BENEFITS: message("offsets and harms among the benefits"),
    Sides.WITH_COSTS: message("offsets and harms among the costs"),
}
