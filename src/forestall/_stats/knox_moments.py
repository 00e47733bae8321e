"""This file knows mean and spread of Knox counts over all orders of the times, without drawing any.

Source: Barton & David (1966), "The random intersection of two graphs". Both kinds of closeness are
graphs on the same n points; a count is the number of lines that they share.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


def time_degrees(times: IntArray, limits: IntArray) -> IntArray:
    """Return how many others are at most each limit away in time, shape (limits, n).

    Columns go by time.

    Examples
    --------
    >>> time_degrees(np.array([0, 1, 5]), np.array([1, 5])).tolist()
    [[1, 1, 0], [2, 2, 2]]
    """
    ordered = np.sort(times)
    near = [
        np.searchsorted(ordered, ordered + limit, side="right")
        - np.searchsorted(ordered, ordered - limit, side="left")
        - 1
        for limit in limits
    ]
    return np.asarray(near, dtype=np.int64).reshape(len(limits), times.size)


def permutation_moments(
    near_in_space: IntArray, near_in_time: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation of each count when every order of times is as likely.

    With m pairs close in space, k close in time, n points, N = n (n - 1) / 2 pairs, and A and B the
    numbers of two lines that meet in a point, of each graph::

        mean     = m k / N
        variance = mean + 4 A B / (n (n - 1) (n - 2))
                   + 4 (m (m - 1) - 2 A) (k (k - 1) - 2 B) / (n (n - 1) (n - 2) (n - 3)) - mean²

    The terms are whole numbers and their difference small, so that fractions are taken.

    Parameters
    ----------
    near_in_space
        With how many others each point is close in space, shape (bands, n).
    near_in_time
        The same in time, shape (day bands, n).

    Returns
    -------
    mean, deviation
        Shape (bands, day bands).

    Examples
    --------
    >>> path = np.array([[1, 2, 1]])
    >>> mean, deviation = permutation_moments(path, np.array([[1, 1, 0]]))
    >>> mean.round(3).tolist(), deviation.round(3).tolist()
    ([[0.667]], [[0.471]])
    """
    points = near_in_space.shape[1]
    space, time = ([_lines(row) for row in rows] for rows in (near_in_space, near_in_time))
    moments = np.array([[_moments(points, one, other) for other in time] for one in space])
    return moments[..., 0], moments[..., 1]


def _lines(degrees: IntArray) -> tuple[int, int]:
    """Return how many lines a graph has, and how many two of them that meet."""
    values, counts = np.unique(degrees, return_counts=True)
    both = list(zip(values.tolist(), counts.tolist(), strict=True))
    ends = sum(value * count for value, count in both)
    meeting = sum(value * (value - 1) // 2 * count for value, count in both)
    return ends // 2, meeting


def _moments(n: int, space: tuple[int, int], time: tuple[int, int]) -> tuple[float, float]:
    (m, a), (k, b) = space, time
    mean = Fraction(2 * m * k, max(n * (n - 1), 1))
    variance = mean - mean**2
    if n > 2:
        variance += Fraction(4 * a * b, n * (n - 1) * (n - 2))
    if n > 3:
        apart = (m * (m - 1) - 2 * a) * (k * (k - 1) - 2 * b)
        variance += Fraction(4 * apart, n * (n - 1) * (n - 2) * (n - 3))
    return float(mean), float(variance) ** 0.5
