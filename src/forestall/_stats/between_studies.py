"""This file knows the average of independent effects, with a variance between their studies.

Sources: Viechtbauer (2005), Journal of Educational and Behavioral Statistics 30, for likelihood by
Fisher scoring; Knapp & Hartung (2003), Statistics in Medicine 22, for errors of the average;
Higgins, Thompson & Spiegelhalter (2009), Journal of the Royal Statistical Society A 172, for the
prediction of a new study.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import fdtrc, stdtrit

from forestall._stats.heterogeneity import (
    hedges_variance,
    moment_variance,
    paule_mandel_variance,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]


class Between(Enum):
    """How the variance between studies is estimated."""

    REML = "restricted likelihood (REML)"
    ML = "full likelihood (ML)"
    DL = "moments (DerSimonian and Laird)"
    PM = "moments at every weight (Paule and Mandel)"
    HE = "unweighted moments (Hedges)"


_MOST_STEPS = 1000
_CLOSE = 1e-12


@dataclass(frozen=True, eq=False, kw_only=True)
class BetweenFit:
    """A weighted average, or a weighted line, of independent effects.

    Attributes
    ----------
    tau2
        Variance between studies; 0 where one common effect was fitted.
    covariance
        Of the coefficients, as if tau2 were known.
    scale
        Weighted residual variance: Knapp and Hartung multiply the covariance by it.
    """

    effects: FloatArray
    sampling: FloatArray
    design: FloatArray
    tau2: float
    weights: FloatArray
    coefficients: FloatArray
    covariance: FloatArray
    scale: float

    @property
    def freedom(self) -> int:
        """Return studies less coefficients."""
        return int(self.design.shape[0] - self.design.shape[1])

    @property
    def adjusted_covariance(self) -> FloatArray:
        """Return the covariance by Knapp and Hartung."""
        return self.covariance * self.scale

    @property
    def hat(self) -> FloatArray:
        """Return how much each effect weighs in its own fitted value."""
        return np.asarray(
            self.weights * np.sum(self.design @ self.covariance * self.design, axis=1)
        )


def fit_common(effects: ArrayLike, sampling: ArrayLike, design: ArrayLike) -> BetweenFit:
    """Fit one effect common to all studies, or one line.

    Examples
    --------
    >>> fit_common([0.0, 3.0], [1.0, 0.5], np.ones((2, 1))).coefficients.round(6)
    array([2.])
    """
    return _fit(*_arrays(effects, sampling, design), 0.0)


def fit_between(
    effects: ArrayLike, sampling: ArrayLike, design: ArrayLike, *, estimator: Between
) -> BetweenFit:
    """Fit the average, or the line, around which studies vary.

    Parameters
    ----------
    effects, sampling
        Independent estimates and their sampling variances.
    design
        Matrix of effects by coefficients, of full rank, with fewer columns than rows.

    Examples
    --------
    >>> fit_between([0.1, 0.5, 0.9], [0.01] * 3, np.ones((3, 1)), estimator=Between.REML).tau2
    0.15...
    """
    y, v, x = _arrays(effects, sampling, design)
    return _fit(y, v, x, between_variance(y, v, x, estimator=estimator))


def between_variance(
    effects: ArrayLike, sampling: ArrayLike, design: ArrayLike, *, estimator: Between
) -> float:
    """Return the variance between studies, at least 0."""
    y, v, x = _arrays(effects, sampling, design)
    if estimator is Between.DL:
        return moment_variance(y, v, x)
    if estimator is Between.PM:
        return paule_mandel_variance(y, v, x)
    if estimator is Between.HE:
        return hedges_variance(y, v, x)
    return _climb(y, v, x, hedges_variance(y, v, x), restricted=estimator is Between.REML)


def predicted_interval(
    average: float, *, error: float, spread: float, freedom: float, level: float
) -> tuple[float, float]:
    """Return where the effect of a new study would lie; ``spread`` is the variance of effects.

    Examples
    --------
    >>> predicted_interval(0.0, error=3.0, spread=16.0, freedom=1e9, level=0.95)
    (-9.799..., 9.799...)
    """
    reach = -float(stdtrit(freedom, (1 - level) / 2)) * math.sqrt(spread + error**2)
    return float(average - reach), float(average + reach)


def joint_test(coefficients: ArrayLike, covariance: ArrayLike, *, freedom: float) -> float:
    """Return the p-value of all coefficients being zero, by the F distribution."""
    b, spread = np.asarray(coefficients, dtype=float), np.asarray(covariance, dtype=float)
    statistic = float(b @ np.linalg.solve(spread, b)) / b.size
    return float(fdtrc(b.size, freedom, statistic))


def _arrays(
    effects: ArrayLike, sampling: ArrayLike, design: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    y, v, x = (np.asarray(one, dtype=float) for one in (effects, sampling, design))
    return y, v, x


def _fit(y: FloatArray, v: FloatArray, x: FloatArray, tau2: float) -> BetweenFit:
    weights = 1 / (v + tau2)
    covariance = np.linalg.inv((x.T * weights) @ x)
    coefficients = covariance @ ((x.T * weights) @ y)
    freedom = y.size - x.shape[1]
    apart = float(weights @ np.square(y - x @ coefficients))
    return BetweenFit(
        effects=y,
        sampling=v,
        design=x,
        tau2=tau2,
        weights=weights,
        coefficients=coefficients,
        covariance=np.asarray(covariance),
        scale=apart / freedom if freedom else 1.0,
    )


def _climb(y: FloatArray, v: FloatArray, x: FloatArray, start: float, *, restricted: bool) -> float:
    """Take Fisher steps, halved while the likelihood falls, never below zero."""
    tau2 = start
    height, score, information = _slope(y, v, x, tau2, restricted=restricted)
    for _ in range(_MOST_STEPS):
        step = max(score / information, -tau2)
        for _ in range(60):
            reached = _slope(y, v, x, tau2 + step, restricted=restricted)
            if reached[0] >= height - 1e-14 * abs(height):
                break
            step /= 2
        tau2, (height, score, information) = tau2 + step, reached
        if abs(step) <= _CLOSE * (tau2 + float(v.min())):
            break
    return tau2 if tau2 > _CLOSE * float(v.min()) else 0.0


def _slope(
    y: FloatArray, v: FloatArray, x: FloatArray, tau2: float, *, restricted: bool
) -> tuple[float, float, float]:
    """Return the log-likelihood, its slope and its expected information."""
    w = 1 / (v + tau2)
    weighted = x.T * w
    inner = weighted @ x
    apart = w * (y - x @ np.linalg.solve(inner, weighted @ y))
    height = float(np.log(w).sum() - apart @ (apart / w))
    trace, squared = float(w.sum()), float(w @ w)
    if restricted:
        height -= float(np.linalg.slogdet(inner)[1])
        second = np.linalg.solve(inner, (weighted * w) @ x)
        third = np.linalg.solve(inner, (weighted * w**2) @ x)
        squared += float(np.sum(second * second.T)) - 2 * float(np.trace(third))
        trace -= float(np.trace(second))
    return height / 2, (float(apart @ apart) - trace) / 2, squared / 2
