"""This file knows an effect with its price: how many crimes a year it prevents, and their worth.

It reads the record of an estimate and nothing else. A count needs nothing more; a ratio needs the
number expected without the measure, a rate needs a population.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall._stats.ranged_draws import draw_effect
from forestall.errors import InvalidMoney
from forestall.estimates.effects import (
    CountDifference,
    HarmDifference,
    LogRatio,
    ScoreDifference,
    ShareDifference,
)
from forestall.estimates.estimates import Estimate
from forestall.evaluation.costs.multipliers import Reporting, check_multiplier
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from forestall.estimates.effects import Effect, RateDifference
    from forestall.evaluation.costs.multipliers import CountedBy, RecordedToCommitted
    from forestall.evaluation.costs.persistence import Persistence
    from forestall.evaluation.costs.unit_costs import UnitCost

    FloatArray = NDArray[np.float64]

_DAYS_OF_A_YEAR = 365.25
_WIDTH_95 = 2 * 1.959963984540054


@dataclass(frozen=True, kw_only=True)
class PricedOutcome:
    """One effect, what one crime of it costs, how long it lasts, and who gains.

    Attributes
    ----------
    estimate
        The record of the effect; nothing else is read.
    unit_cost
        What one crime costs.
    persistence
        How long the effect lasts.
    counted_by
        Who counted the outcome.
    gains
        Who gains what share of a prevented crime's cost; the shares add to 1.
    expected
        Of a ratio: incidents expected without the measure, over the time of the estimate.
    population
        Of a rate: the people or homes it is a rate of.
    period_years
        Years the estimate is about; by default the time after the start in its own record.
    first_year
        The year in which the effect begins, 0 being the first of the budget.
    multiplier, reporting
        Crimes committed for each one recorded, and whether the measure changed reporting.

    Raises
    ------
    InvalidMoney
        If something that the scale needs is missing, or a multiplier is not allowed.
    """

    estimate: Estimate[Any]
    unit_cost: UnitCost
    persistence: Persistence
    counted_by: CountedBy
    gains: Mapping[str, float]
    expected: float | None = None
    population: float | None = None
    period_years: float | None = None
    first_year: int = 0
    multiplier: RecordedToCommitted | None = None
    reporting: Reporting = Reporting.NOT_KNOWN

    def __post_init__(self) -> None:
        if not isinstance(self.estimate, Estimate):
            raise TypeError("Costs and benefits read the record of an Estimate, never a number.")
        if isinstance(self.estimate.effect, HarmDifference):
            raise InvalidMoney(
                message("Points of harm have no price; give an effect in incidents.")
            )
        if isinstance(self.estimate.effect, ShareDifference | ScoreDifference):
            raise InvalidMoney(
                message("Answers to a survey have no price; give an effect in incidents.")
            )
        self._check_scale()
        if not self.gains or not np.isclose(sum(self.gains.values()), 1):
            raise InvalidMoney(
                message("Shares of who gains from less {outcome} add to 1.", outcome=self.outcome)
            )
        if min(self.gains.values()) < 0:
            raise InvalidMoney(message("Shares of who gains are 0 or more."))
        if self.first_year < 0:
            raise InvalidMoney(message("Years of an effect are counted from 0."))
        if self.multiplier is not None:
            check_multiplier(
                self.multiplier,
                cost=self.unit_cost,
                counted_by=self.counted_by,
                reporting=self.reporting,
            )
        if not self.years > 0:
            raise InvalidMoney(message("The time of an estimate is longer than 0 years."))

    @property
    def outcome(self) -> str:
        """Return what was counted."""
        return self.estimate.outcome

    @property
    def years(self) -> float:
        """Return how many years the estimate is about."""
        if self.period_years is not None:
            return self.period_years
        after = self.estimate.sample.after
        if after is None:
            raise InvalidMoney(
                message(
                    "How many years the estimate of {outcome} is about is needed (period_years).",
                    outcome=self.outcome,
                )
            )
        return after.days / _DAYS_OF_A_YEAR

    def prevented_a_year(self, effect: Effect) -> float:
        """Return crimes prevented a year by an effect on the scale of the estimate."""
        return float(self._prevented(np.array([effect.number]))[0])

    def prevented_limits(self, level: float = 0.95) -> tuple[float, float]:
        """Return the limits of crimes prevented a year."""
        low, high = self.estimate.limits(level)
        return self.prevented_a_year(high), self.prevented_a_year(low)

    def draw_prevented(self, rng: np.random.Generator, *, draws: int) -> FloatArray:
        """Draw crimes prevented a year, the effect being drawn on its own scale."""
        return self._prevented(
            draw_effect(
                rng,
                self.estimate.effect.number,
                self.standard_error,
                degrees_of_freedom=self.estimate.degrees_of_freedom,
                draws=draws,
            )
        )

    @property
    def standard_error(self) -> float:
        """Return the standard error, or one that fits the 95 % interval of the method itself."""
        if self.estimate.standard_error is not None:
            return self.estimate.standard_error
        own = self.estimate.interval(0.95)
        return (own.high - own.low) / _WIDTH_95

    def effect_for(self, prevented_a_year: float) -> Effect | None:
        """Return the effect that prevents so many crimes a year; None if more than there are."""
        effect = self._priced
        over_the_time = prevented_a_year * self.years
        if isinstance(effect, CountDifference):
            return effect.moved_to(-over_the_time)
        if isinstance(effect, LogRatio):
            assert self.expected is not None
            left = 1 - over_the_time / self.expected
            return LogRatio.from_ratio(left) if left > 0 else None
        assert self.population is not None
        return effect.moved_to(-over_the_time / self.population * effect.per)

    @property
    def _priced(self) -> CountDifference | LogRatio | RateDifference:
        effect: CountDifference | LogRatio | RateDifference = self.estimate.effect
        return effect

    def _prevented(self, numbers: FloatArray) -> FloatArray:
        effect = self._priced
        if isinstance(effect, CountDifference):
            return -numbers / self.years
        if isinstance(effect, LogRatio):
            assert self.expected is not None
            return -np.expm1(numbers) * self.expected / self.years
        assert self.population is not None
        return -numbers * self.population / effect.per / self.years

    def _check_scale(self) -> None:
        effect: Effect = self.estimate.effect
        ratio, count = isinstance(effect, LogRatio), isinstance(effect, CountDifference)
        if ratio and not (self.expected is not None and self.expected > 0):
            raise InvalidMoney(
                message(
                    "The effect on {outcome} is a ratio and needs the number expected without "
                    "the measure.",
                    outcome=self.outcome,
                )
            )
        if not ratio and not count and not (self.population is not None and self.population > 0):
            raise InvalidMoney(
                message(
                    "The effect on {outcome} is a rate and needs a population.",
                    outcome=self.outcome,
                )
            )
        if not ratio and self.expected is not None:
            raise InvalidMoney(
                message(
                    "The effect on {outcome} is not a ratio and takes no expected number.",
                    outcome=self.outcome,
                )
            )
        if (ratio or count) and self.population is not None:
            raise InvalidMoney(
                message(
                    "The effect on {outcome} is not a rate and takes no population.",
                    outcome=self.outcome,
                )
            )
