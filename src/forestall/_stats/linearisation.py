"""This file knows the variance of a total from a sample of clusters in strata.

Source: Binder (1983), International Statistical Review 51; Wolter (2007), *Introduction to Variance
Estimation*, chapter 6: Taylor linearisation with the clusters of the first stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


def covariance_of_totals(
    scores: FloatArray, *, strata: IntArray, clusters: IntArray, fractions: FloatArray | None = None
) -> FloatArray:
    """Return the covariance of the column sums of scores.

    Parameters
    ----------
    scores
        Rows × columns; a row that an estimate is not about has zeros and stays.
    strata, clusters
        Numbers from 0; a cluster lies in one stratum, and every stratum has two or more.
    fractions
        Of each row: the share of the clusters of its stratum that was drawn.

    Examples
    --------
    Two clusters in one stratum, with totals 3 and 5.

    >>> covariance_of_totals(np.array([[1.0], [2.0], [5.0]]), strata=np.array([0, 0, 0]),
    ...     clusters=np.array([0, 0, 1])).tolist()
    [[4.0]]
    """
    count = int(clusters.max()) + 1
    home = np.zeros(count, dtype=np.int64)
    home[clusters] = strata
    totals = np.column_stack([np.bincount(clusters, one, count) for one in scores.T])
    drawn = np.bincount(home)
    means = np.column_stack([np.bincount(home, one) for one in totals.T]) / drawn[:, None]
    left = np.ones(len(drawn))
    if fractions is not None:
        left[strata] = 1 - fractions
    apart = totals - means[home]
    return np.asarray(apart.T @ (apart * (left * drawn / (drawn - 1))[home][:, None]))


def numbers_of(*columns: NDArray[Any]) -> IntArray:
    """Return numbers from 0 for the names that stand together in some columns.

    Examples
    --------
    >>> numbers_of(np.array(["N", "N", "S"]), np.array([1, 1, 1])).tolist()
    [0, 0, 1]
    """
    joined = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        values, places = np.unique(column, return_inverse=True)
        joined = np.unique(joined * len(values) + places, return_inverse=True)[1]
    return joined


def clusters_inside(strata: IntArray, clusters: IntArray) -> IntArray:
    """Return how many clusters each stratum has.

    Examples
    --------
    >>> clusters_inside(np.array([0, 0, 1, 1]), np.array([0, 1, 2, 2])).tolist()
    [2, 1]
    """
    most = int(clusters.max()) + 1
    return np.bincount(np.unique(strata * most + clusters) // most)


def clusters_less_strata(
    chosen: NDArray[np.bool_], *, strata: IntArray, clusters: IntArray
) -> tuple[int, int]:
    """Return the degrees of freedom of a part of a sample, and its number of clusters."""
    inside = len(np.unique(clusters[chosen]))
    return inside - len(np.unique(strata[chosen])), inside
