"""This file knows how far two people agree beyond chance: Cohen's kappa and Gwet's AC1.

Sources: Cohen (1960), Educational and Psychological Measurement 20; Cohen (1968), Psychological
Bulletin 70 (weights); Fleiss, Cohen & Everitt (1969), Psychological Bulletin 72 (standard errors);
Gwet (2008), British Journal of Mathematical and Statistical Psychology 61 (AC1).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

Weights = Literal["none", "linear", "quadratic"]
_ROUNDING = 1e-12


class Coefficient(NamedTuple):
    """An agreement beyond chance with its large-sample standard error; nan where undefined."""

    value: float
    error: float


def agreement_weights(categories: int, kind: Weights) -> FloatArray:
    """Return how far each pair of categories agrees, from 0 to 1, shape (categories, categories).

    Parameters
    ----------
    categories
        How many there are, in order.
    kind
        "none" counts only the same as agreement; "linear" and "quadratic" count near ones in part.

    Examples
    --------
    >>> agreement_weights(3, "linear").tolist()
    [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]
    """
    if kind == "none":
        return np.eye(categories)
    steps = np.abs(np.subtract.outer(np.arange(categories), np.arange(categories)))
    apart = steps / max(categories - 1, 1)
    return np.asarray(1 - apart ** (1 if kind == "linear" else 2), dtype=np.float64)


def kappa(counts: FloatArray, *, weights: Weights) -> Coefficient:
    """Return Cohen's kappa and its standard error, which does not suppose that kappa is 0.

    Parameters
    ----------
    counts
        Square table: rows are the answers of the first, columns those of the second.
    weights
        How far different answers count as agreement.

    Examples
    --------
    The diagnoses of Fleiss (1981, table 13.1).

    >>> found = kappa(np.array([[75.0, 1, 4], [5, 4, 1], [0, 0, 10]]), weights="none")
    >>> round(found.value, 2), round(found.error, 3)
    (0.68, 0.088)
    """
    total = counts.sum()
    if not total:
        return Coefficient(math.nan, math.nan)
    shares = counts / total
    agreeing = agreement_weights(len(counts), weights)
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((agreeing * shares).sum())
    chance = float(rows @ agreeing @ columns)
    if 1 - chance < _ROUNDING:
        return Coefficient(math.nan, math.nan)
    of_rows, of_columns = agreeing @ columns, rows @ agreeing
    each = agreeing * (1 - chance) - np.add.outer(of_rows, of_columns) * (1 - observed)
    spread = float((shares * each**2).sum()) - (observed * chance - 2 * chance + observed) ** 2
    error = math.sqrt(max(spread, 0) / total) / (1 - chance) ** 2
    return Coefficient((observed - chance) / (1 - chance), error)


def gwet_ac1(counts: FloatArray) -> Coefficient:
    """Return Gwet's AC1, which stays high where nearly all answers are the same one.

    Parameters
    ----------
    counts
        Square table: rows are the answers of the first, columns those of the second.

    Examples
    --------
    >>> found = gwet_ac1(np.array([[118.0, 5], [2, 0]]))
    >>> round(found.value, 4)
    0.9408
    """
    total, categories = counts.sum(), len(counts)
    if not total or categories < 2:
        return Coefficient(math.nan, math.nan)
    shares = counts / total
    used = (shares.sum(axis=0) + shares.sum(axis=1)) / 2
    observed = float(np.trace(shares))
    chance = float((used * (1 - used)).sum()) / (categories - 1)
    # Chance is 1/2 at most with two answers and less with more, so the division is safe.
    same = float((np.diag(shares) * (1 - used)).sum()) / (categories - 1) - observed * chance
    pairs = (1 - np.add.outer(used, used) / 2) ** 2
    both = float((shares * pairs).sum()) / (categories - 1) ** 2 - chance**2
    spread = observed * (1 - observed) - 4 * (1 - observed) * same + 4 * (1 - observed) ** 2 * both
    error = math.sqrt(max(spread, 0) / total) / (1 - chance)
    return Coefficient((observed - chance) / (1 - chance), error)


def jackknife_error(left_out: FloatArray) -> float:
    """Return the standard error from the values found with each unit left out in turn.

    Examples
    --------
    >>> round(jackknife_error(np.array([1.0, 2.0, 3.0])), 3)
    1.155
    """
    told = left_out[np.isfinite(left_out)]
    if len(told) < 2 or len(told) < len(left_out):
        return math.nan
    return math.sqrt((len(told) - 1) / len(told) * float(((told - told.mean()) ** 2).sum()))
