"""This file knows whether small studies tell another story, and what filling the funnel gives.

Sources: Egger, Davey Smith, Schneider & Minder (1997), BMJ 315, with a variance between studies as
in Sterne & Egger (2005); Duval & Tweedie (2000), Biometrics 56, for trim and fill.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.between_studies import fit_between, fit_common
from forestall._stats.regression import t_p_value

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from forestall._stats.between_studies import Between, BetweenFit

    FloatArray = NDArray[np.float64]


class Missing(Enum):
    """How the number of missing studies is estimated (Duval and Tweedie)."""

    L0 = "L0"
    R0 = "R0"


_MOST_STEPS = 100


@dataclass(frozen=True, kw_only=True)
class Slant:
    """The line of effects over their standard errors: level at error 0, slope, and its test."""

    level: float
    level_error: float
    slope: float
    slope_error: float
    degrees_of_freedom: int
    p_value: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Filled:
    """The average when as many studies are mirrored as seem to be missing.

    ``left`` says that those missing would lie below the average.
    """

    missing: int
    left: bool
    fit: BetweenFit
    added: FloatArray
    added_sampling: FloatArray


def slant_of(effects: ArrayLike, sampling: ArrayLike, *, estimator: Between) -> Slant:
    """Regress effects on their standard errors, with Knapp and Hartung's errors."""
    errors = np.sqrt(np.asarray(sampling, dtype=float))
    fit = fit_between(
        effects, sampling, np.column_stack([np.ones(errors.size), errors]), estimator=estimator
    )
    level_error, slope_error = (float(one) for one in np.sqrt(np.diag(fit.adjusted_covariance)))
    slope = float(fit.coefficients[1])
    return Slant(
        level=float(fit.coefficients[0]),
        level_error=level_error,
        slope=slope,
        slope_error=slope_error,
        degrees_of_freedom=fit.freedom,
        p_value=t_p_value(slope, slope_error, degrees_of_freedom=fit.freedom),
    )


def trim_and_fill(
    effects: ArrayLike, sampling: ArrayLike, *, estimator: Between | None, missing: Missing
) -> Filled:
    """Mirror the studies farthest out, as many as seem to be missing on the other side.

    Small studies on the side of large effects mean that those missing lie on the other. No
    estimator means one common effect.
    """
    y, v = np.asarray(effects, dtype=float), np.asarray(sampling, dtype=float)
    slope = _fit(y, v, np.column_stack([np.ones(y.size), np.sqrt(v)]), estimator).coefficients[1]
    left = bool(slope >= 0)
    sign = 1.0 if left else -1.0
    order = np.argsort(sign * y, kind="stable")
    turned, spread = sign * y[order], v[order]
    number, middle = _trimmed(turned, spread, estimator, missing)
    outer = slice(y.size - number, y.size)
    added, added_sampling = sign * (2 * middle - turned[outer]), spread[outer]
    filled, variances = np.concatenate([y, added]), np.concatenate([v, added_sampling])
    return Filled(
        missing=number,
        left=left,
        fit=_fit(filled, variances, np.ones((filled.size, 1)), estimator),
        added=added,
        added_sampling=added_sampling,
    )


def _trimmed(
    y: FloatArray, v: FloatArray, estimator: Between | None, missing: Missing
) -> tuple[int, float]:
    """Return how many of the largest have no counterpart, and the middle without them."""
    number, middle = 0, 0.0
    for _ in range(_MOST_STEPS):
        kept = y.size - number
        middle = float(_fit(y[:kept], v[:kept], np.ones((kept, 1)), estimator).coefficients[0])
        found = min(_estimated(y - middle, missing), y.size - 2)
        if found == number:
            break
        number = found
    return number, middle


def _estimated(apart: FloatArray, missing: Missing) -> int:
    order = np.argsort(np.abs(apart), kind="stable")
    ranks = np.empty(order.size)
    ranks[order] = np.arange(1.0, order.size + 1)
    studies = apart.size
    if missing is Missing.R0:
        below = ranks[apart < 0]
        return max(int(studies - (below.max() if below.size else 0.0)) - 1, 0)
    above = float(ranks[apart > 0].sum())
    found = (4 * above - studies * (studies + 1)) / (2 * studies - 1)
    return max(round(found), 0)


def _fit(y: FloatArray, v: FloatArray, x: FloatArray, estimator: Between | None) -> BetweenFit:
    return fit_common(y, v, x) if estimator is None else fit_between(y, v, x, estimator=estimator)
