"""This file knows p-values of numbers that were seen, against the same numbers by permutation.

What was seen is one of the possible orders too, and is counted as one: p is never 0 (Besag & Diggle
1977; Phipson & Smyth 2010). A number as large as the one seen counts as more extreme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

ALTERNATIVES = ("greater", "less", "two-sided")


def permutation_p_values(
    observed: IntArray | FloatArray, permuted: IntArray | FloatArray, *, alternative: str
) -> FloatArray:
    """Return p of each number.

    Parameters
    ----------
    observed
        Any shape.
    permuted
        Shape (permutations, *shape of observed).
    alternative
        "greater", "less", or "two-sided": twice the smaller of both, at most 1.

    Examples
    --------
    >>> permutation_p_values(np.array(3), np.array([1, 2, 3]), alternative="greater").tolist()
    0.5
    """
    drawn = len(permuted) + 1
    high = (1 + (permuted >= observed).sum(axis=0)) / drawn
    low = (1 + (permuted <= observed).sum(axis=0)) / drawn
    if alternative == "two-sided":
        return np.asarray(np.minimum(1.0, 2 * np.minimum(high, low)))
    return np.asarray(high if alternative == "greater" else low)


def largest_p_values(
    scores: FloatArray, permuted_scores: FloatArray, *, alternative: str
) -> FloatArray:
    """Return p that allow for all numbers together (Westfall & Young 1993).

    Each score is set against the most extreme of all scores in every permutation, so that the
    risk of one false finding or more among all is at most p. Scores that are NaN take no part.

    Parameters
    ----------
    scores
        Standardised numbers, shape (k,).
    permuted_scores
        Shape (permutations, k).

    Examples
    --------
    >>> permuted = np.array([[0.5, 2.0], [1.0, 0.0], [0.0, 0.1]])
    >>> largest_p_values(np.array([1.5, 0.2]), permuted, alternative="greater").tolist()
    [0.5, 0.75]
    """
    if alternative == "two-sided":
        scores, permuted_scores = np.abs(scores), np.abs(permuted_scores)
    elif alternative == "less":
        scores, permuted_scores = -scores, -permuted_scores
    judged = ~np.isnan(scores)
    most = permuted_scores[:, judged].max(axis=1, initial=-np.inf)
    p_values = (1 + (most[:, None] >= scores).sum(axis=0)) / (len(most) + 1)
    return np.where(judged, p_values, np.nan)


def approximate_p_values(
    observed: IntArray, mean: FloatArray, deviation: FloatArray, *, alternative: str
) -> FloatArray:
    """Return p by a normal distribution with this mean and deviation, corrected for whole numbers.

    Where the number cannot vary, p is 1.

    Examples
    --------
    >>> approximate_p_values(
    ...     np.array([10]), np.array([10.0]), np.array([2.0]), alternative="greater").round(3)
    array([0.599])
    """
    spread = np.where(deviation > 0, deviation, np.inf)
    high, low = ndtr((mean - observed + 0.5) / spread), ndtr((observed - mean + 0.5) / spread)
    if alternative == "two-sided":
        p_values = np.minimum(1.0, 2 * np.minimum(high, low))
    else:
        p_values = high if alternative == "greater" else low
    return np.where(deviation > 0, p_values, 1.0)
