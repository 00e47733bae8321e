"""This file knows how far effects of studies lie apart, and what may be expected of a new one.

Sources: DerSimonian & Laird (1986), Controlled Clinical Trials 7; Paule & Mandel (1982); Hedges
(1983) for the unweighted estimator; Viechtbauer (2007), Statistics in Medicine 26, for the
Q-profile interval; Higgins & Thompson (2002), Statistics in Medicine 21, for I squared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtri

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]

_MOST = 1e6


def generalised_q(
    effects: ArrayLike, sampling: ArrayLike, design: ArrayLike, *, tau2: float = 0.0
) -> float:
    """Return the weighted sum of squares around the fitted line, for a variance between studies.

    Examples
    --------
    >>> round(generalised_q([0.0, 2.0], [1.0, 1.0], np.ones((2, 1))), 6)
    2.0
    """
    y, x = np.asarray(effects, dtype=float), np.asarray(design, dtype=float)
    weights = 1 / (np.asarray(sampling, dtype=float) + tau2)
    weighted = x * weights[:, None]
    coefficients = np.linalg.solve(x.T @ weighted, weighted.T @ y)
    return float(weights @ np.square(y - x @ coefficients))


def moment_variance(effects: ArrayLike, sampling: ArrayLike, design: ArrayLike) -> float:
    """Return the variance between studies of DerSimonian and Laird, at least 0."""
    y, x = np.asarray(effects, dtype=float), np.asarray(design, dtype=float)
    v = np.asarray(sampling, dtype=float)
    excess = generalised_q(y, v, x) - _freedom(x)
    return max(excess / float(np.trace(_projected(v, x))), 0.0)


def hedges_variance(effects: ArrayLike, sampling: ArrayLike, design: ArrayLike) -> float:
    """Return the variance between studies by the unweighted estimator of Hedges, at least 0."""
    y, x = np.asarray(effects, dtype=float), np.asarray(design, dtype=float)
    v = np.asarray(sampling, dtype=float)
    left = np.eye(y.size) - x @ np.linalg.solve(x.T @ x, x.T)
    return max(float(y @ left @ y - np.diag(left) @ v) / _freedom(x), 0.0)


def paule_mandel_variance(effects: ArrayLike, sampling: ArrayLike, design: ArrayLike) -> float:
    """Return the variance at which the sum of squares equals its degrees of freedom."""
    return _variance_at(effects, sampling, design, target=_freedom(design))


def profile_interval(
    effects: ArrayLike, sampling: ArrayLike, design: ArrayLike, *, level: float = 0.95
) -> tuple[float, float]:
    """Return the Q-profile interval of the variance between studies."""
    freedom = _freedom(design)
    tail = (1 - level) / 2
    return (
        _variance_at(effects, sampling, design, target=float(chdtri(freedom, tail))),
        _variance_at(effects, sampling, design, target=float(chdtri(freedom, 1 - tail))),
    )


def typical_variance(sampling: ArrayLike, design: ArrayLike) -> float:
    """Return the sampling variance of a typical study (Higgins and Thompson 2002)."""
    v, x = np.asarray(sampling, dtype=float), np.asarray(design, dtype=float)
    return _freedom(x) / float(np.trace(_projected(v, x)))


def _freedom(design: ArrayLike) -> float:
    rows, columns = np.asarray(design).shape
    return float(rows - columns)


def _variance_at(
    effects: ArrayLike, sampling: ArrayLike, design: ArrayLike, *, target: float
) -> float:
    def apart(tau2: float) -> float:
        return generalised_q(effects, sampling, design, tau2=tau2) - target

    if apart(0.0) <= 0:
        return 0.0
    high = max(float(np.var(np.asarray(effects, dtype=float))), 1e-6)
    while apart(high) > 0:
        high *= 4
        if high > _MOST:
            return float("inf")
    from scipy.optimize import brentq  # slow to import, seldom needed

    return float(brentq(apart, 0.0, high, xtol=1e-14, rtol=1e-13))


def _projected(v: FloatArray, x: FloatArray) -> FloatArray:
    weighted = x / v[:, None]
    return np.asarray(np.diag(1 / v) - weighted @ np.linalg.solve(x.T @ weighted, weighted.T))
