"""This file knows what the record of an effect holds: one number that carries its whole history.

Every estimator of this folder answers with an `Estimate`. Costs and benefits, the synthesis of
studies and the report read nothing else, so that a ratio can never pass for a difference and a
number can never lose its standard error, its engine or its side on the way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from scipy.special import ndtri, stdtrit

from forestall.estimates.effects import (
    CountDifference,
    HarmDifference,
    LogRatio,
    RateDifference,
    ScoreDifference,
    ShareDifference,
)
from forestall.languages import Message, message
from forestall.results import Certainty, Interval

if TYPE_CHECKING:
    from datetime import date

E_co = TypeVar(
    "E_co",
    CountDifference,
    HarmDifference,
    LogRatio,
    RateDifference,
    ScoreDifference,
    ShareDifference,
    covariant=True,
)

_WORDS_OF_LEVELS = {0.80: Certainty.SIGN, 0.95: Certainty.PROBABLE, 0.99: Certainty.CLEAR}
_FIVE_FEWER, _FIVE_MORE = math.log(0.95), math.log(1.05)


class ErrorKind(StrEnum):
    """Where a standard error comes from; the words name the assumption that it rests on."""

    POISSON = "independent Poisson counts"
    QUASI_POISSON = "Poisson counts with extra variance"
    NEGATIVE_BINOMIAL = "negative binomial counts"
    CLUSTER = "clustered by place (CRV1)"
    CLUSTER_SMALL = "clustered by place, few clusters (CR2)"
    NEWEY_WEST = "Newey-West"
    PERMUTATION = "permutation of places"
    BOOTSTRAP = "bootstrap of places"
    JACKKNIFE = "jackknife of places"
    LINEARISED = "linearised, by clusters of the sample"
    STUDIES = "spread of studies (Knapp-Hartung, or CR2 by study)"
    PUBLISHED = "as published"


class Side(StrEnum):
    """Which differences from no effect a p-value counts."""

    BOTH = "two-sided"
    FEWER = "fewer only"
    MORE = "more only"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days from the first to the last, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("The last day of a span is before the first.")

    @property
    def days(self) -> int:
        """Return the number of days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What an estimate was made from.

    Attributes
    ----------
    treated_places, comparison_places
        Numbers of places; 0 where the design has none.
    observations
        Numbers that went into the estimate: cells, place-months, months.
    incidents
        Incidents counted in them; None when the source does not say.
    before, after
        The time compared; None when the source does not say.
    """

    treated_places: int
    comparison_places: int
    observations: int
    incidents: float | None = None
    before: Span | None = None
    after: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Engine:
    """The method that made an estimate, and the software with its version."""

    method: str
    software: str
    version: str


@dataclass(frozen=True, kw_only=True)
class Estimate(Generic[E_co]):
    """One effect with everything that is needed to use it rightly.

    Attributes
    ----------
    estimand
        What was estimated, for whom, over which time, in words.
    outcome
        What was counted.
    effect
        The estimate; its type is its scale, its sign follows `forestall.estimates.effects`.
    standard_error
        On the scale of the effect (incidents, logarithm, rate); None where inference is by
        permutation alone.
    error_kind
        What the standard error rests on.
    degrees_of_freedom
        Of the t distribution of the intervals; None for the normal distribution.
    p_value, side
        Probability, without an effect, of one so far from zero or farther, on the side named; None
        where the method gives none.
    own_intervals
        Intervals that the method gives itself, by level; the others follow from the standard error.

    Examples
    --------
    >>> found = Estimate(
    ...     estimand=message("burglaries in the area over the year, treated against comparison"),
    ...     outcome="burglary", effect=LogRatio.from_ratio(0.8), standard_error=0.1,
    ...     error_kind=ErrorKind.POISSON, p_value=0.026,
    ...     sample=Sample(treated_places=1, comparison_places=1, observations=4),
    ...     engine=Engine(method="four cells", software="forestall", version="0"))
    >>> low, high = found.limits(0.95)
    >>> round(low.ratio, 2), round(high.ratio, 2)
    (0.66, 0.97)
    >>> found.certainty
    <Certainty.PROBABLE: 'probable'>
    """

    estimand: Message
    outcome: str
    effect: E_co
    standard_error: float | None
    error_kind: ErrorKind
    sample: Sample
    engine: Engine
    degrees_of_freedom: float | None = None
    p_value: float | None = None
    side: Side = Side.BOTH
    own_intervals: tuple[Interval, ...] = ()
    caveats: tuple[Message, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.standard_error is not None and not self.standard_error >= 0:
            raise ValueError(f"A standard error is 0 or more, but it is {self.standard_error}.")
        if not self.has_interval(0.95):
            raise ValueError("An estimate has a standard error or a 95 % interval of its own.")
        if self.p_value is not None and not 0 <= self.p_value <= 1:
            raise ValueError(f"A p-value lies between 0 and 1, but it is {self.p_value}.")
        for own in self.own_intervals:
            if not own.low <= self.effect.number <= own.high:
                raise ValueError("An interval must hold its own estimate.")

    def has_interval(self, level: float) -> bool:
        """Say whether the method gives an interval at this level."""
        return self.standard_error is not None or self._own(level) is not None

    def interval(self, level: float = 0.95) -> Interval:
        """Return the interval on the scale of the effect (incidents, logarithm, rate).

        Raises
        ------
        ValueError
            If the method gives no interval at this level.
        """
        own = self._own(level)
        if own is not None:
            return own
        if self.standard_error is None:
            raise ValueError(f"This estimate has no interval at level {level}.")
        half = self._quantile(level) * self.standard_error
        number = self.effect.number
        return Interval(low=number - half, high=number + half, level=level)

    def limits(self, level: float = 0.95) -> tuple[E_co, E_co]:
        """Return the limits of the interval as effects of the same scale."""
        found = self.interval(level)
        return self.effect.moved_to(found.low), self.effect.moved_to(found.high)

    @property
    def certainty(self) -> Certainty:
        """Return how sure the effect is, by the one rule of every page.

        "Little changed" is said of ratios only: an interval within 5 % of no change. A method that
        gives no interval at 80 or 99 % cannot earn the words that need it: the weaker ones stand.
        """
        if isinstance(self.effect, LogRatio):
            close = self.interval(0.95)
            if close.low >= _FIVE_FEWER and close.high <= _FIVE_MORE:
                return Certainty.LITTLE_CHANGED
        found = Certainty.CHANCE
        for level, word in _WORDS_OF_LEVELS.items():
            if not self.has_interval(level):
                continue
            if self.interval(level).holds(0):
                return found
            found = word
        return found

    def summary(self) -> str:
        """Return the effect with its 95 % interval in one plain sentence."""
        low, high = self.limits(0.95)
        return str(
            message(
                "{outcome}: {effect} (95 % interval: {low} to {high}); {certainty}.",
                outcome=self.outcome,
                effect=self.effect.in_words(),
                low=low.in_words(),
                high=high.in_words(),
                certainty=self.certainty.words,
            )
        )

    def _own(self, level: float) -> Interval | None:
        return next((own for own in self.own_intervals if abs(own.level - level) < 1e-9), None)

    def _quantile(self, level: float) -> float:
        if self.degrees_of_freedom is None:
            return float(ndtri(0.5 + level / 2))
        return float(stdtrit(self.degrees_of_freedom, 0.5 + level / 2))
