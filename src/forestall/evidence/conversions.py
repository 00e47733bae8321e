"""This file knows how an effect goes from one metric to another, and what that assumes.

There is a conversion only where a formula is published; its assumption stays with the result.
Sources: Chinn (2000), Statistics in Medicine 19, for odds ratio and standardised difference;
Borenstein, Hedges, Higgins & Rothstein (2009), Introduction to Meta-Analysis, chapter 7, for
correlation and difference, and chapter 4 for the correction of small samples; Zhang & Yu (1998),
JAMA 280, for a risk ratio from an odds ratio; Zhang & Yu's value is right only for the risk given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.evidence.metrics import (
    Correlation,
    EffectSize,
    HedgesDifference,
    Metric,
    OddsChange,
    OddsRatio,
    PercentChange,
    RateRatio,
    RiskRatio,
    StandardisedDifference,
)
from forestall.languages import Message, Share, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LOGISTIC = math.pi / math.sqrt(3)


@dataclass(frozen=True, kw_only=True)
class Converted:
    """An effect in another metric, with its standard error and what the change of metric assumes.

    Attributes
    ----------
    effect, standard_error
        On the scale of the new metric; the error is None where there was none.
    came_from
        The metric before.
    assumption
        What has to hold.
    source
        Where the formula is published.
    """

    effect: EffectSize
    standard_error: float | None
    came_from: Metric
    assumption: Message
    source: str


class CannotConvert(ValueError):
    """There is no published formula from one metric to the other."""


@dataclass(frozen=True, kw_only=True)
class _Formula:
    to: type[EffectSize]
    number: Callable[[float], float]
    slope: Callable[[float], float]
    assumption: Message
    source: str


def _same(number: float) -> float:
    return number


def _one(_: float) -> float:
    return 1.0


_CHINN = "Chinn (2000), Statistics in Medicine 19"
_BORENSTEIN = "Borenstein, Hedges, Higgins & Rothstein (2009), chapter 7"
_THRESHOLD = message(
    "The yes-or-no outcome is taken to be a logistic measure cut in two, with equal spread."
)
_TWO_GROUPS = message("The two groups are taken to be of equal size.")
_COUNTS = message("The percentage is taken to be of incidents, set against the comparison.")
_ODDS = message("The percentage is taken to be of odds.")

_FORMULAE: Mapping[tuple[Metric, Metric], _Formula] = {
    (Metric.ODDS_RATIO, Metric.MEAN_DIFFERENCE): _Formula(
        to=StandardisedDifference,
        number=lambda log_odds: log_odds / _LOGISTIC,
        slope=lambda _: 1 / _LOGISTIC,
        assumption=_THRESHOLD,
        source=_CHINN,
    ),
    (Metric.MEAN_DIFFERENCE, Metric.ODDS_RATIO): _Formula(
        to=OddsRatio,
        number=lambda difference: difference * _LOGISTIC,
        slope=lambda _: _LOGISTIC,
        assumption=_THRESHOLD,
        source=_CHINN,
    ),
    (Metric.MEAN_DIFFERENCE, Metric.CORRELATION): _Formula(
        to=Correlation,
        number=lambda d: math.atanh(d / math.sqrt(d * d + 4)),
        slope=lambda d: 1 / math.sqrt(d * d + 4),
        assumption=_TWO_GROUPS,
        source=_BORENSTEIN,
    ),
    (Metric.CORRELATION, Metric.MEAN_DIFFERENCE): _Formula(
        to=StandardisedDifference,
        number=lambda z: 2 * math.sinh(z),
        slope=lambda z: 2 * math.cosh(z),
        assumption=_TWO_GROUPS,
        source=_BORENSTEIN,
    ),
    (Metric.PERCENT_CHANGE, Metric.RATE_RATIO): _Formula(
        to=RateRatio,
        number=_same,
        slope=_one,
        assumption=_COUNTS,
        source="1 + percentage / 100",
    ),
    (Metric.RATE_RATIO, Metric.PERCENT_CHANGE): _Formula(
        to=PercentChange,
        number=_same,
        slope=_one,
        assumption=_COUNTS,
        source="100 x (ratio - 1)",
    ),
    (Metric.ODDS_CHANGE, Metric.ODDS_RATIO): _Formula(
        to=OddsRatio, number=_same, slope=_one, assumption=_ODDS, source="1 + percentage / 100"
    ),
    (Metric.ODDS_RATIO, Metric.ODDS_CHANGE): _Formula(
        to=OddsChange, number=_same, slope=_one, assumption=_ODDS, source="100 x (ratio - 1)"
    ),
}


def convert_effect(
    effect: EffectSize, to: Metric, *, standard_error: float | None = None
) -> Converted:
    """Return an effect in another metric, with the assumption that this makes.

    Parameters
    ----------
    effect
        What is converted.
    to
        The metric wanted.
    standard_error
        On the scale of ``effect``; it is carried over by the delta method.

    Raises
    ------
    CannotConvert
        If no formula is published that needs nothing more.

    Examples
    --------
    >>> found = convert_effect(OddsRatio.from_published(0.652), Metric.MEAN_DIFFERENCE)
    >>> round(found.effect.published, 3), found.source
    (-0.236, 'Chinn (2000), Statistics in Medicine 19')
    >>> convert_effect(OddsRatio(-0.2), Metric.RISK_RATIO)
    Traceback (most recent call last):
    forestall.evidence.conversions.CannotConvert: No published formula leads from OR to RR alone...
    """
    formula = _FORMULAE.get((effect.metric, to))
    if formula is None:
        more = " without the risk in the comparison group" if to is Metric.RISK_RATIO else ""
        raise CannotConvert(
            f"No published formula leads from {effect.metric.value} to {to.value} alone{more}."
        )
    return Converted(
        effect=formula.to(formula.number(effect.number)),
        standard_error=None
        if standard_error is None
        else abs(formula.slope(effect.number)) * standard_error,
        came_from=effect.metric,
        assumption=formula.assumption,
        source=formula.source,
    )


def risk_ratio_at(effect: OddsRatio, *, comparison_risk: float) -> Converted:
    """Return the risk ratio that an odds ratio means where so many would have the outcome anyway.

    Parameters
    ----------
    comparison_risk
        Share with the outcome without the measure, between 0 and 1, ends left out.

    Raises
    ------
    ValueError
        If the risk does not lie between 0 and 1.

    Examples
    --------
    >>> found = risk_ratio_at(OddsRatio.from_published(0.5), comparison_risk=0.5)
    >>> round(found.effect.published, 4)
    0.6667
    """
    if not 0 < comparison_risk < 1:
        raise ValueError(f"A risk lies between 0 and 1, but it is {comparison_risk}.")
    odds = effect.published
    ratio = odds / (1 - comparison_risk + comparison_risk * odds)
    return Converted(
        effect=RiskRatio.from_published(ratio),
        standard_error=None,
        came_from=Metric.ODDS_RATIO,
        assumption=message(
            "Without the measure, {share} would have the outcome.", share=Share(comparison_risk)
        ),
        source="Zhang & Yu (1998), JAMA 280",
    )


def hedges_correction(effect: StandardisedDifference, *, people: int) -> HedgesDifference:
    """Return Hedges' g of Cohen's d in two groups of so many people together.

    Raises
    ------
    ValueError
        If there are fewer than three people.

    Examples
    --------
    >>> round(hedges_correction(StandardisedDifference(0.5), people=20).published, 4)
    0.4789
    """
    if people < 3:
        raise ValueError(f"The correction needs three people or more, not {people}.")
    return HedgesDifference(effect.number * (1 - 3 / (4 * (people - 2) - 1)))
