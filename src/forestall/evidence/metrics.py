"""This file knows the metrics in which studies and reviews give effects, and keeps them apart.

An odds ratio, a risk ratio, a ratio of counts, a standardised difference, a correlation and a
percentage are types. Nothing turns one into another but `forestall.evidence.conversions`, which
keeps the assumption with the result. Every type has a scale of its own on which studies are
averaged; 0 on it means no difference. Which side is better is no part of a metric: sources print it
either way, so each record says it (`Favours`).
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Self

from forestall.languages import Decimal, Message, Share, decimals_of_limit, message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.languages import Text


class Metric(StrEnum):
    """The metrics that are effect sizes, as sources print them."""

    ODDS_RATIO = "OR"
    RISK_RATIO = "RR"
    RATE_RATIO = "IRR"
    MEAN_DIFFERENCE = "d"
    HEDGES_G = "g"
    CORRELATION = "r"
    PERCENT_CHANGE = "% change"
    ODDS_CHANGE = "% change in odds"
    POINTS = "% points"

    @property
    def words(self) -> Message:
        """Return what it is called, translated when written."""
        return _METRIC_WORDS[self]


class Favours(StrEnum):
    """On which side of no difference the measure did good, as the source prints the number."""

    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True)
class EffectSize(ABC):
    """An effect on the scale on which it is averaged; 0 is no difference.

    Attributes
    ----------
    number
        The logarithm of a ratio, Fisher's z of a correlation, a difference itself.
    """

    number: float
    metric: ClassVar[Metric]

    def __post_init__(self) -> None:
        if not math.isfinite(self.number):
            raise ValueError(f"An effect is a number, but it is {self.number}.")

    @classmethod
    @abstractmethod
    def from_published(cls, value: float) -> Self:
        """Make an effect from the number that a source prints.

        Raises
        ------
        ValueError
            If the metric has no such value, such as an odds ratio of 0.
        """

    @property
    @abstractmethod
    def published(self) -> float:
        """Return the number as sources print it."""

    @property
    def can_be_turned(self) -> bool:
        """Say whether the opposite outcome has the opposite effect on this metric."""
        return True

    def moved_to(self, number: float) -> Self:
        """Return an effect of the same metric at another number, such as a limit."""
        return type(self)(number)

    def shown(self) -> Text:
        """Return the number as it is printed, such as 0.65."""
        return Decimal(self.published, 2)


class _Ratio(EffectSize):
    @classmethod
    def from_published(cls, value: float) -> Self:
        """Make an effect from a ratio above 0."""
        if not value > 0:
            raise ValueError(f"A ratio ({cls.metric.value}) is above 0, but it is {value:g}.")
        return cls(math.log(value))

    @property
    def published(self) -> float:
        """Return the ratio."""
        return math.exp(self.number)


@dataclass(frozen=True)
class OddsRatio(_Ratio):
    """Odds with the measure over odds without it.

    Examples
    --------
    >>> round(OddsRatio.from_published(1.68).number, 4)
    0.5188
    """

    metric: ClassVar[Metric] = Metric.ODDS_RATIO


@dataclass(frozen=True)
class RiskRatio(_Ratio):
    """Share of people with the outcome, with the measure over without it."""

    metric: ClassVar[Metric] = Metric.RISK_RATIO

    @property
    def can_be_turned(self) -> bool:
        """A risk ratio of the opposite outcome depends on how common the outcome is."""
        return False


@dataclass(frozen=True)
class RateRatio(_Ratio):
    """Incidents with the measure over those expected without it; net of comparison where stated."""

    metric: ClassVar[Metric] = Metric.RATE_RATIO

    @property
    def can_be_turned(self) -> bool:
        """Incidents have no opposite that could be counted."""
        return False


class _Difference(EffectSize):
    @classmethod
    def from_published(cls, value: float) -> Self:
        """Make an effect from a difference."""
        return cls(float(value))

    @property
    def published(self) -> float:
        """Return the difference."""
        return self.number


@dataclass(frozen=True)
class StandardisedDifference(_Difference):
    """Difference of means in standard deviations (Cohen's d)."""

    metric: ClassVar[Metric] = Metric.MEAN_DIFFERENCE


@dataclass(frozen=True)
class HedgesDifference(_Difference):
    """Difference of means in standard deviations, corrected for small samples (Hedges' g)."""

    metric: ClassVar[Metric] = Metric.HEDGES_G


@dataclass(frozen=True)
class Correlation(EffectSize):
    """A correlation; it is averaged as Fisher's z.

    Examples
    --------
    >>> round(Correlation.from_published(-0.09).number, 5)
    -0.09024
    """

    metric: ClassVar[Metric] = Metric.CORRELATION

    @classmethod
    def from_published(cls, value: float) -> Self:
        """Make an effect from a correlation between -1 and 1, ends left out."""
        if not -1 < value < 1:
            raise ValueError(f"A correlation lies between -1 and 1, but it is {value:g}.")
        return cls(math.atanh(value))

    @property
    def published(self) -> float:
        """Return the correlation."""
        return math.tanh(self.number)


@dataclass(frozen=True)
class PercentChange(EffectSize):
    """Percentage by which incidents changed; averaged as the logarithm of what is left.

    Examples
    --------
    >>> round(PercentChange.from_published(-14).number, 4)
    -0.1508
    """

    metric: ClassVar[Metric] = Metric.PERCENT_CHANGE

    @classmethod
    def from_published(cls, value: float) -> Self:
        """Make an effect from a percentage above -100."""
        if not value > -100:
            raise ValueError(f"Nothing falls by 100 % or more on this scale: {value:g} %.")
        return cls(math.log1p(value / 100))

    @property
    def published(self) -> float:
        """Return the percentage; -14 is 14 % fewer."""
        return 100 * math.expm1(self.number)

    @property
    def can_be_turned(self) -> bool:
        """Incidents have no opposite that could be counted."""
        return False

    def shown(self) -> Text:
        """Return the percentage with its sign."""
        change = self.published / 100
        return Share(change, decimals=decimals_of_limit(change), signed=True)


@dataclass(frozen=True)
class OddsChange(PercentChange):
    """Percentage by which odds changed; not the same as a percentage of incidents."""

    metric: ClassVar[Metric] = Metric.ODDS_CHANGE

    @property
    def can_be_turned(self) -> bool:
        """Odds have an opposite."""
        return True


@dataclass(frozen=True)
class PointsDifference(_Difference):
    """Percentage points between two shares; it says little without the share it starts from."""

    metric: ClassVar[Metric] = Metric.POINTS

    def shown(self) -> Text:
        """Return the percentage points."""
        return Decimal(self.published, 1)


_TYPES: Mapping[Metric, type[EffectSize]] = {
    kind.metric: kind
    for kind in (
        OddsRatio,
        RiskRatio,
        RateRatio,
        StandardisedDifference,
        HedgesDifference,
        Correlation,
        PercentChange,
        OddsChange,
        PointsDifference,
    )
}
_METRIC_WORDS = {
    Metric.ODDS_RATIO: message("odds ratio"),
    Metric.RISK_RATIO: message("risk ratio"),
    Metric.RATE_RATIO: message("ratio of counts"),
    Metric.MEAN_DIFFERENCE: message("standardised difference (d)"),
    Metric.HEDGES_G: message("standardised difference (g)"),
    Metric.CORRELATION: message("correlation"),
    Metric.PERCENT_CHANGE: message("change in per cent"),
    Metric.ODDS_CHANGE: message("change of odds in per cent"),
    Metric.POINTS: message("percentage points"),
}


def effect_size(metric: Metric | str, value: float) -> EffectSize:
    """Return the effect that a source prints as this value of this metric.

    Raises
    ------
    ValueError
        If there is no such metric, or the metric has no such value.

    Examples
    --------
    >>> effect_size("OR", 0.5), effect_size("d", 0.12)
    (OddsRatio(number=-0.6931471805599453), StandardisedDifference(number=0.12))
    """
    return _TYPES[Metric(metric)].from_published(value)


def metric_named(name: str) -> Metric:
    """Return a metric by the name that a source prints; RIRR is a ratio of counts.

    Raises
    ------
    ValueError
        If it is no effect size, such as a count of studies.

    Examples
    --------
    >>> metric_named("RIRR"), metric_named("smd")
    (<Metric.RATE_RATIO: 'IRR'>, <Metric.MEAN_DIFFERENCE: 'd'>)
    """
    return _OTHER_NAMES.get(name.strip().casefold()) or Metric(name.strip())


_OTHER_NAMES = {
    "or": Metric.ODDS_RATIO,
    "odds ratio": Metric.ODDS_RATIO,
    "rr": Metric.RISK_RATIO,
    "risk ratio": Metric.RISK_RATIO,
    "irr": Metric.RATE_RATIO,
    "rirr": Metric.RATE_RATIO,
    "smd": Metric.MEAN_DIFFERENCE,
    "cohen's d": Metric.MEAN_DIFFERENCE,
    "hedges' g": Metric.HEDGES_G,
    "hedges g": Metric.HEDGES_G,
    "correlation": Metric.CORRELATION,
    "%": Metric.PERCENT_CHANGE,
    "percent": Metric.PERCENT_CHANGE,
    "median % change": Metric.PERCENT_CHANGE,
}
