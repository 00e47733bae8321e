"""This file knows the scales on which an effect can be measured, and keeps them apart.

Differences of counts, of harm, of rates, of shares and of scores and a ratio are six types. Nothing
turns one into another but the methods here, which say what else they need; adding two of different
scales is a type error and a `TypeError`. A ratio is always *treated over what was expected without
the measure*: below 1 means fewer. Effect sizes that are written the other way round come in through
`LogRatio.from_relative_effect_size`, and by no other door.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Self

from forestall.languages import Decimal, Message, Share, decimals_of_limit, message, plural_message

_NOT_FINITE = "An effect is a number, but it is {value}."


@dataclass(frozen=True, order=True)
class CountDifference:
    """Incidents more (above zero) or fewer (below zero) than expected without the measure.

    Examples
    --------
    >>> CountDifference(-118.0) < CountDifference(-40.0)
    True
    >>> str(CountDifference(-118.0).in_words()), str(CountDifference(1.2).in_words())
    ('118 fewer incidents', '1 more incident')
    """

    incidents: float

    def __post_init__(self) -> None:
        _check(self.incidents)

    @property
    def number(self) -> float:
        """Return the number on the scale on which standard errors are given: incidents."""
        return self.incidents

    def moved_to(self, number: float) -> Self:
        """Return an effect of the same scale at another number, such as a limit of an interval."""
        return replace(self, incidents=number)

    def in_words(self) -> Message:
        """Return the effect in words."""
        pair = _FEWER_INCIDENTS if self.incidents < 0 else _MORE_INCIDENTS
        return plural_message(*pair, _shown(self.incidents))


@dataclass(frozen=True, order=True)
class HarmDifference:
    """Points of harm more or fewer than expected; points are no incidents, and have no price.

    Examples
    --------
    >>> str(HarmDifference(-420.0).in_words())
    '420 fewer points of harm'
    """

    points: float

    def __post_init__(self) -> None:
        _check(self.points)

    @property
    def number(self) -> float:
        """Return the number on the scale on which standard errors are given: points."""
        return self.points

    def moved_to(self, number: float) -> Self:
        """Return an effect of the same scale at another number, such as a limit of an interval."""
        return replace(self, points=number)

    def in_words(self) -> Message:
        """Return the effect in words."""
        pair = _FEWER_POINTS if self.points < 0 else _MORE_POINTS
        return plural_message(*pair, _shown(self.points))


@dataclass(frozen=True, order=True)
class LogRatio:
    r"""The natural logarithm of treated incidents over those expected without the measure.

    Examples
    --------
    >>> round(LogRatio.from_ratio(0.86).number, 4), round(LogRatio(-0.1508).ratio, 2)
    (-0.1508, 0.86)
    >>> str(LogRatio.from_ratio(0.86).in_words()).replace("\xa0", " ")
    '14 % fewer incidents'
    """

    log: float

    def __post_init__(self) -> None:
        _check(self.log)

    @classmethod
    def from_ratio(cls, ratio: float) -> Self:
        """Make an effect from a ratio of treated to expected, above 0."""
        if not ratio > 0:
            raise ValueError(f"A ratio of counts is above 0, but it is {ratio}.")
        return cls(math.log(ratio))

    @classmethod
    def from_relative_effect_size(cls, size: float) -> Self:
        """Make an effect from a relative effect size that is above 1 when the measure did good.

        Reviews of area-wide prevention (Welsh and Farrington 2007, J Exp Criminol, appendix) write
        control over treated; this is the inverse of the ratio used here.

        Examples
        --------
        >>> round(LogRatio.from_relative_effect_size(1.25).ratio, 3)
        0.8
        """
        return cls(-cls.from_ratio(size).log)

    @property
    def number(self) -> float:
        """Return the number on the scale on which standard errors are given: the logarithm."""
        return self.log

    @property
    def ratio(self) -> float:
        """Return treated incidents divided by expected ones; 0.86 is 14 % fewer."""
        return math.exp(self.log)

    def moved_to(self, number: float) -> Self:
        """Return an effect of the same scale at another number, such as a limit of an interval."""
        return replace(self, log=number)

    def difference(self, *, expected: float) -> CountDifference:
        """Return incidents more or fewer, given how many were expected without the measure.

        Examples
        --------
        >>> LogRatio.from_ratio(0.8).difference(expected=200)
        CountDifference(incidents=-40.0)
        """
        return CountDifference(round(expected * math.expm1(self.log), 12))

    def in_words(self) -> Message:
        """Return the effect in words."""
        change = math.expm1(self.log)
        shown = Share(abs(change), decimals=decimals_of_limit(change))
        if change < 0:
            return message("{share} fewer incidents", share=shown)
        return message("{share} more incidents", share=shown)


@dataclass(frozen=True, order=True)
class RateDifference:
    """Incidents more or fewer per so many of a population.

    Examples
    --------
    >>> str(RateDifference(-1.25, per=1000).in_words())
    '1.2 fewer incidents per 1,000'
    """

    rate: float
    per: float = 1000

    def __post_init__(self) -> None:
        _check(self.rate)
        if not self.per > 0:
            raise ValueError(f"A rate is per a number above 0, but that is {self.per}.")

    @property
    def number(self) -> float:
        """Return the number on the scale on which standard errors are given: the rate."""
        return self.rate

    def moved_to(self, number: float) -> Self:
        """Return an effect of the same scale at another number, such as a limit of an interval."""
        return replace(self, rate=number)

    def difference(self, *, population: float) -> CountDifference:
        """Return incidents more or fewer in a population.

        Examples
        --------
        >>> RateDifference(-1.25, per=1000).difference(population=8000)
        CountDifference(incidents=-10.0)
        """
        return CountDifference(self.rate * population / self.per)

    def in_words(self) -> Message:
        """Return the effect in words."""
        shown = Decimal(abs(self.rate), 1 if abs(self.rate) >= 0.1 else 3)
        if self.rate < 0:
            return message("{number} fewer incidents per {per}", number=shown, per=self.per)
        return message("{number} more incidents per {per}", number=shown, per=self.per)


@dataclass(frozen=True, order=True)
class ShareDifference:
    """A share of people higher or lower than expected: 0.05 is five percentage points more.

    Shares of answers to a survey have no price: nobody was spared a known number of crimes.

    Examples
    --------
    >>> str(ShareDifference(-0.062).in_words())
    '6.2 percentage points lower'
    """

    share: float

    def __post_init__(self) -> None:
        _check(self.share)
        if not -2 <= self.share <= 2:
            raise ValueError(f"A difference of shares is a fraction, but it is {self.share}.")

    @property
    def number(self) -> float:
        """Return the number on the scale on which standard errors are given: the share."""
        return self.share

    @property
    def percentage_points(self) -> float:
        """Return the difference in percentage points."""
        return 100 * self.share

    def moved_to(self, number: float) -> Self:
        """Return an effect of the same scale at another number, such as a limit of an interval."""
        return replace(self, share=max(-2.0, min(2.0, number)))

    def in_words(self) -> Message:
        """Return the effect in words."""
        shown = Decimal(abs(self.percentage_points), 1 if abs(self.share) >= 0.001 else 2)
        if self.share < 0:
            return message("{number} percentage points lower", number=shown)
        return message("{number} percentage points higher", number=shown)


@dataclass(frozen=True)
class ScoreDifference:
    """Points of a named scale of answers more or less than expected.

    Points of two scales are of different things: effects of different scales have no order.

    Examples
    --------
    >>> effect = ScoreDifference(-0.3, scale="Trust in the police, 1 to 5")
    >>> str(effect.in_words())
    '0.30 points lower'
    >>> effect.moved_to(0.1).scale
    'Trust in the police, 1 to 5'
    """

    points: float
    scale: str

    def __post_init__(self) -> None:
        _check(self.points)
        if not self.scale.strip():
            raise ValueError("A difference of scores needs the name of its scale.")

    @property
    def number(self) -> float:
        """Return the number on the scale on which standard errors are given: points."""
        return self.points

    def moved_to(self, number: float) -> Self:
        """Return an effect of the same scale at another number, such as a limit of an interval."""
        return replace(self, points=number)

    def in_words(self) -> Message:
        """Return the effect in words."""
        shown = Decimal(abs(self.points), 2)
        if self.points < 0:
            return message("{number} points lower", number=shown)
        return message("{number} points higher", number=shown)


Effect = (
    CountDifference | HarmDifference | LogRatio | RateDifference | ScoreDifference | ShareDifference
)

_FEWER_INCIDENTS = ("{count} fewer incident", "{count} fewer incidents")
_MORE_INCIDENTS = ("{count} more incident", "{count} more incidents")
_FEWER_POINTS = ("{count} fewer point of harm", "{count} fewer points of harm")
_MORE_POINTS = ("{count} more point of harm", "{count} more points of harm")


def _shown(number: float) -> float:
    """Return how large a number is, whole; below 1 with one digit, for 0 would mean no effect."""
    whole = round(abs(number))
    return whole if whole else float(f"{abs(number):.1g}")


def _check(value: float) -> None:
    if not math.isfinite(value):
        raise ValueError(_NOT_FINITE.format(value=value))
