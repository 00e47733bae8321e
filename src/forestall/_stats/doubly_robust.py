"""This file knows the doubly robust difference in differences of two groups and two periods.

Source: Sant'Anna & Zhao (2020), Journal of Econometrics 219, the estimator for panels with a
logistic propensity and a linear outcome model, weights normalised. It is right if either model is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import expit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

_MOST_STEPS = 50
_CLOSE = 1e-12
_MOST_PROPENSITY = 0.995


class RobustDifference(NamedTuple):
    """An effect on the treated, and how far each unit moves it."""

    effect: float
    influence: FloatArray


def doubly_robust_difference(
    change: ArrayLike, treated: ArrayLike, columns: ArrayLike
) -> RobustDifference | None:
    """Return the change of the treated against that of the others with like columns.

    Parameters
    ----------
    change
        Of each unit from the period before to the period looked at.
    treated
        Whether it is treated.
    columns
        Units by columns, the first being 1; with that column alone it is a difference of means.

    Returns
    -------
    RobustDifference or None
        The sum of squared influences is the variance. None if the columns tell the groups apart
        completely, or are not known well enough.

    Examples
    --------
    >>> found = doubly_robust_difference([-3, -1, 0, 2], [True, True, False, False],
    ...     np.ones((4, 1)))
    >>> found.effect, round(float(np.square(found.influence).sum()), 3)
    (-3.0, 1.0)
    """
    x = np.asarray(columns, dtype=float)
    given = np.asarray(treated, dtype=bool)
    d = given.astype(float)
    if not 0 < given.sum() < given.size or (~given).sum() < x.shape[1]:
        return None
    propensity = _propensities(d, x)
    inner = x[~given].T @ x[~given]
    if propensity is None or np.linalg.cond(inner) > 1 / _CLOSE:
        return None
    left = np.asarray(change, dtype=float)
    left = left - x @ np.linalg.solve(inner, x[~given].T @ left[~given])
    odds = np.where(given | (propensity >= _MOST_PROPENSITY), 0.0, propensity / (1 - propensity))
    if not odds.sum() > 0:
        return None
    return _effect(left, d, x, propensity=propensity, odds=odds)


def _effect(
    left: FloatArray, d: FloatArray, x: FloatArray, *, propensity: FloatArray, odds: FloatArray
) -> RobustDifference:
    count = d.size
    inside, outside = (d @ left) / d.sum(), (odds @ left) / odds.sum()
    # How far each unit moves the outcome model and the propensity model.
    model = ((1 - d) * left)[:, None] * x @ np.linalg.inv((x * (1 - d)[:, None]).T @ x / count)
    spread = (x * (propensity * (1 - propensity))[:, None]).T @ x / count
    score = (d - propensity)[:, None] * x @ np.linalg.inv(spread)
    of_treated = d * (left - inside) - model @ (x * d[:, None]).mean(axis=0)
    of_others = (
        odds * (left - outside)
        + score @ (x * (odds * (left - outside))[:, None]).mean(axis=0)
        - model @ (x * odds[:, None]).mean(axis=0)
    )
    influence = of_treated / d.mean() - of_others / odds.mean()
    return RobustDifference(float(inside - outside), influence / count)


def _propensities(d: FloatArray, x: FloatArray) -> FloatArray | None:
    """Fit a logistic model by Newton's method; None where it does not end."""
    coefficients = np.zeros(x.shape[1])
    for _ in range(_MOST_STEPS):
        fitted = expit(x @ coefficients)
        inner = (x * (fitted * (1 - fitted))[:, None]).T @ x
        if not np.linalg.cond(inner) < 1 / _CLOSE:
            return None
        step = np.linalg.solve(inner, x.T @ (d - fitted))
        coefficients = coefficients + step
        if np.abs(step).max() < _CLOSE * max(1.0, float(np.abs(coefficients).max())):
            return np.asarray(expit(x @ coefficients))
    return None
