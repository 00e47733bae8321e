"""This file knows whether series rise or fall (Mann-Kendall), many series at once.

Sources: Mann (1945); Kendall (1975) for the variance where values are equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

# Rows at a time, so that a block and its comparisons stay in the cache of a processor.
_BLOCK = 2048


@dataclass(frozen=True, eq=False, kw_only=True)
class MannKendall:
    """The test of each series.

    Attributes
    ----------
    s
        Pairs of steps that rise minus pairs that fall.
    variance
        Of S if the steps came in any order, equal values allowed for.
    z
        (S - sign of S) / root of the variance; 0 where all values are equal.
    p_value
        Two-sided, by the normal approximation.
    """

    s: NDArray[np.int64]
    variance: NDArray[np.float64]
    z: NDArray[np.float64]
    p_value: NDArray[np.float64]


def mann_kendall(series: ArrayLike) -> MannKendall:
    """Test each row of an array for a rise or fall from the first column to the last.

    Every pair of steps is compared once for all rows of a block: O(steps²) a row, no sorting.

    Examples
    --------
    >>> tested = mann_kendall([[1, 2, 2, 5, 7], [3, 3, 3, 3, 3]])
    >>> tested.s.tolist(), tested.variance.round(2).tolist(), tested.z.round(2).tolist()
    ([9, 0], [15.67, 0.0], [2.02, 0.0])
    """
    values = np.asarray(series, dtype=float)
    places, steps = values.shape
    s, tied = np.zeros(places, dtype=np.int64), np.zeros(places, dtype=np.int64)
    for first in range(0, places, _BLOCK):
        rows = slice(first, first + _BLOCK)
        s[rows], tied[rows] = _compare_pairs(np.ascontiguousarray(values[rows].T))
    variance = (steps * (steps - 1) * (2 * steps + 5) - tied) / 18
    spread = np.sqrt(variance)
    z = np.divide(s - np.sign(s), spread, out=np.zeros(places), where=spread > 0)
    return MannKendall(s=s, variance=variance, z=z, p_value=np.asarray(2 * ndtr(-np.abs(z))))


def _compare_pairs(block: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return S and the sum of t(t - 1)(2t + 5) over the groups of t equal values, by column."""
    steps, rows = block.shape
    rises = np.zeros(rows, dtype=np.int64)
    equal = np.ones((steps, rows), dtype=np.int32)
    for lag in range(1, steps):
        later, earlier = block[lag:], block[:-lag]
        rises += np.add.reduce(later > earlier, axis=0, dtype=np.int32)
        same = later == earlier
        equal[lag:] += same
        equal[:-lag] += same
    equal_pairs = (equal - 1).sum(axis=0, dtype=np.int64) // 2
    # What neither rises nor is equal falls.
    s = 2 * rises + equal_pairs - steps * (steps - 1) // 2
    # Each of t equal values counts t of them, so a group of t adds its term t times 1/t.
    tied = ((equal - 1) * (2 * equal + 5)).sum(axis=0, dtype=np.int64)
    return s, tied
