"""This file knows the numbers of a synthesis: the average, what a new place may expect, the spread.

Several effects of one study are not independent. They get a variance within studies beside that
between them, and errors by study (CR2) with Satterthwaite's degrees of freedom. Sources: those of
`forestall._stats`; I squared and H squared by Higgins & Thompson (2002), Statistics in Medicine 21.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc, ndtr, ndtri, stdtr, stdtrit

from forestall import __version__
from forestall._stats.between_studies import (
    Between,
    fit_between,
    fit_common,
    predicted_interval,
)
from forestall._stats.cluster_robust import robust_errors
from forestall._stats.heterogeneity import generalised_q, profile_interval, typical_variance
from forestall._stats.variance_components import fit_mixed_model
from forestall.errors import CannotSynthesise
from forestall.estimates.effects import LogRatio, ScoreDifference
from forestall.estimates.estimates import E_co, Engine, ErrorKind, Estimate, Sample
from forestall.evidence.metrics import Metric
from forestall.evidence.synthesis.checks import study_name
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from forestall.evidence.metrics import EffectSize
    from forestall.evidence.studies import StudyEffect
    from forestall.results import Certainty

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

_RATIOS = (
    Metric.ODDS_RATIO,
    Metric.RISK_RATIO,
    Metric.RATE_RATIO,
    Metric.PERCENT_CHANGE,
    Metric.ODDS_CHANGE,
)


class Model(StrEnum):
    """Whether studies are supposed to share one effect."""

    RANDOM = "effects differ between studies (random)"
    FIXED = "one effect common to all studies (fixed)"


@dataclass(frozen=True, kw_only=True)
class Choices:
    """How an average is made; what leaves studies out makes it the same way again."""

    model: Model
    variance: Between
    level: float

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise ValueError(f"A level lies between 0 and 1, but it is {self.level}.")

    def written(self) -> str:
        """Return the choices as they are written in a call."""
        return (
            f"model=Model.{self.model.name}, variance=Between.{self.variance.name}, "
            f"level={self.level:g}"
        )


@dataclass(frozen=True, kw_only=True)
class Average:
    """A pooled effect, turned so that below no difference is better.

    Attributes
    ----------
    effect, standard_error
        On the scale of the metric.
    degrees_of_freedom
        Of Student's t: studies less one (Knapp and Hartung), or Satterthwaite's where studies give
        several effects; None for the normal distribution of a fixed effect.
    unadjusted_error
        The error without Knapp and Hartung's or the clusters' correction.
    """

    effect: EffectSize
    standard_error: float
    degrees_of_freedom: float | None
    level: float
    unadjusted_error: float

    def limits(self, level: float | None = None) -> tuple[EffectSize, EffectSize]:
        """Return the limits of the interval, at the level of the synthesis if none is given."""
        half = self._quantile(self.level if level is None else level) * self.standard_error
        number = self.effect.number
        return self.effect.moved_to(number - half), self.effect.moved_to(number + half)

    @property
    def p_value(self) -> float:
        """Return the two-sided probability of one so far from no difference, without an effect."""
        if self.standard_error == 0:
            return float(self.effect.number == 0)
        t = -abs(self.effect.number) / self.standard_error
        if self.degrees_of_freedom is None:
            return float(2 * ndtr(t))
        return float(2 * stdtr(self.degrees_of_freedom, t))

    @property
    def certainty(self) -> Certainty:
        """Return how sure the average is, by the one rule of every page.

        Studies that happen to agree make no average surer: of the two errors the larger counts.
        """
        number = self.effect.number
        if self.effect.metric in _RATIOS:
            return _record(LogRatio(number), self).certainty
        return _record(ScoreDifference(number, scale=self.effect.metric.value), self).certainty

    @property
    def is_harmful(self) -> bool:
        """Say whether the average lies on the side on which the outcome is worse."""
        return self.effect.number > 0

    def _quantile(self, level: float) -> float:
        tail = (1 - level) / 2
        if self.degrees_of_freedom is None:
            return -float(ndtri(tail))
        return -float(stdtrit(self.degrees_of_freedom, tail))


def _record(effect: E_co, average: Average) -> Estimate[E_co]:
    return Estimate(
        estimand=message("average of studies"),
        outcome="average",
        effect=effect,
        standard_error=max(average.standard_error, average.unadjusted_error),
        error_kind=ErrorKind.STUDIES,
        degrees_of_freedom=average.degrees_of_freedom,
        sample=Sample(treated_places=0, comparison_places=0, observations=0),
        engine=Engine(method="average", software="forestall", version=__version__),
    )


@dataclass(frozen=True, kw_only=True)
class Prediction:
    """Where the true effect in a new place like these would lie."""

    low: EffectSize
    high: EffectSize
    degrees_of_freedom: float
    level: float


@dataclass(frozen=True, kw_only=True)
class Heterogeneity:
    """How far true effects lie apart.

    Attributes
    ----------
    q, q_freedom, q_p_value
        Cochran's Q: whether effects differ more than by chance.
    tau2
        Variance of true effects, all layers together; None for a fixed effect.
    tau2_limits
        Q-profile interval of `tau2`; None for a fixed effect and for nested effects.
    between, within
        The parts of `tau2` between studies and within them; None where studies give one effect.
    i2
        Share of the variance that is not chance: tau2 / (tau2 + typical variance), or for a fixed
        effect (Q - df) / Q, at least 0.
    h2
        Total variance over that of chance.
    """

    q: float
    q_freedom: int
    q_p_value: float
    tau2: float | None
    tau2_limits: tuple[float, float] | None
    i2: float
    h2: float
    between: float | None = None
    within: float | None = None


@dataclass(frozen=True, kw_only=True)
class Averaged:
    """All numbers of a synthesis."""

    average: Average
    prediction: Prediction | None
    heterogeneity: Heterogeneity
    weights: tuple[float, ...]
    studies: int
    is_nested: bool


def average_effects(effects: Sequence[StudyEffect], choices: Choices) -> Averaged:
    """Average effects that were checked.

    Raises
    ------
    CannotSynthesise
        If studies give several effects and the choices allow for independent ones only.
    """
    numbers, sampling, studies = numbers_of(effects)
    design = np.ones((numbers.size, 1))
    apart = np.unique(studies).size
    if apart < numbers.size:
        check_nested(choices.model, choices.variance)
        return _nested(effects, numbers, sampling, studies, choices)
    if choices.model is Model.FIXED:
        fit = fit_common(numbers, sampling, design)
        error, freedom, tau2 = _root(fit.covariance), None, None
    else:
        fit = fit_between(numbers, sampling, design, estimator=choices.variance)
        error, freedom, tau2 = _root(fit.adjusted_covariance), float(fit.freedom), fit.tau2
    average = Average(
        effect=effects[0].effect.moved_to(float(fit.coefficients[0])),
        standard_error=error,
        degrees_of_freedom=freedom,
        level=choices.level,
        unadjusted_error=_root(fit.covariance),
    )
    return Averaged(
        average=average,
        prediction=None if tau2 is None else _prediction(average, tau2),
        heterogeneity=_heterogeneity(numbers, sampling, tau2, choices.level),
        weights=_shares(fit.weights),
        studies=apart,
        is_nested=False,
    )


def numbers_of(effects: Sequence[StudyEffect]) -> tuple[FloatArray, FloatArray, IntArray]:
    """Return effects so that below 0 is better, their sampling variances, and study numbers."""
    numbers = np.array([one.favourable.number for one in effects])
    sampling = np.array([one.variance for one in effects])
    _, studies = np.unique([study_name(one) for one in effects], return_inverse=True)
    return numbers, sampling, np.asarray(studies)


def check_nested(model: Model, variance: Between) -> None:
    """Refuse several effects of a study where the choices take them as independent.

    Raises
    ------
    CannotSynthesise
        If it is not the random model with restricted likelihood.
    """
    if model is Model.RANDOM and variance is Between.REML:
        return
    raise CannotSynthesise(
        message(
            "Some studies give several effects, which are not independent; use REML, or take one "
            "effect per study (--one-per-study)."
        )
    )


def _nested(
    effects: Sequence[StudyEffect],
    numbers: FloatArray,
    sampling: FloatArray,
    studies: IntArray,
    choices: Choices,
) -> Averaged:
    design = np.ones((numbers.size, 1))
    fit = fit_mixed_model(numbers, sampling, design, [studies, np.arange(numbers.size)])
    robust = robust_errors(fit, studies)
    between, within = (float(one) for one in fit.components)
    average = Average(
        effect=effects[0].effect.moved_to(float(fit.coefficients[0])),
        standard_error=_root(robust.covariance),
        degrees_of_freedom=float(robust.degrees_of_freedom[0]),
        level=choices.level,
        unadjusted_error=_root(fit.covariance),
    )
    whole = _heterogeneity(numbers, sampling, between + within, choices.level)
    return Averaged(
        average=average,
        prediction=_prediction(average, between + within),
        heterogeneity=replace(whole, tau2_limits=None, between=between, within=within),
        weights=_shares(np.linalg.inv(fit.total).sum(axis=0)),
        studies=int(np.unique(studies).size),
        is_nested=True,
    )


def _prediction(average: Average, spread: float) -> Prediction:
    assert average.degrees_of_freedom is not None
    low, high = predicted_interval(
        average.effect.number,
        error=average.standard_error,
        spread=spread,
        freedom=average.degrees_of_freedom,
        level=average.level,
    )
    return Prediction(
        low=average.effect.moved_to(low),
        high=average.effect.moved_to(high),
        degrees_of_freedom=average.degrees_of_freedom,
        level=average.level,
    )


def _heterogeneity(
    numbers: FloatArray, sampling: FloatArray, tau2: float | None, level: float
) -> Heterogeneity:
    design = np.ones((numbers.size, 1))
    q, freedom = generalised_q(numbers, sampling, design), numbers.size - 1
    found = Heterogeneity(
        q=q,
        q_freedom=freedom,
        q_p_value=float(chdtrc(freedom, q)),
        tau2=None,
        tau2_limits=None,
        i2=max(q - freedom, 0.0) / max(q, freedom),
        h2=q / freedom,
    )
    if tau2 is None:
        return found
    typical = typical_variance(sampling, design)
    limits = profile_interval(numbers, sampling, design, level=level)
    return replace(
        found, tau2=tau2, tau2_limits=limits, i2=tau2 / (tau2 + typical), h2=1 + tau2 / typical
    )


def _root(covariance: FloatArray) -> float:
    return math.sqrt(float(covariance[0, 0]))


def _shares(weights: FloatArray) -> tuple[float, ...]:
    return tuple(float(one) for one in weights / weights.sum())
