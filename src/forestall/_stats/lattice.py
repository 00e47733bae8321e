"""This file knows which sums of neighbours stand out (Getis-Ord Gi*), on grids without weights.

Source: Ord & Getis (1995): with binary weights, k places in the sum and n in all,
z = (sum - k mean) / (s sqrt((n k - k²) / (n - 1))), s² = mean of squares - squared mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from scipy.special import ndtr

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array, csr_matrix

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

_Number = TypeVar("_Number", np.float64, np.int64)


def box_sums(values: NDArray[_Number]) -> NDArray[_Number]:
    """Return the sum of each cell and its eight neighbours; beyond the edge there is nothing.

    Examples
    --------
    >>> box_sums(np.array([[1, 0, 0], [0, 0, 2]])).tolist()
    [[1, 3, 2], [1, 3, 2]]
    """
    along = values.copy()
    np.add(along[:, 1:], values[:, :-1], out=along[:, 1:])
    np.add(along[:, :-1], values[:, 1:], out=along[:, :-1])
    sums = along.copy()
    np.add(sums[1:], along[:-1], out=sums[1:])
    np.add(sums[:-1], along[1:], out=sums[:-1])
    return sums


def grid_gi_star(
    counts: NDArray[np.float64], *, at_risk: NDArray[np.bool_] | None = None
) -> tuple[FloatArray, IntArray]:
    """Return z of Gi* and the places in each sum, for a grid of rows × columns.

    Parameters
    ----------
    counts
        Incidents in each cell.
    at_risk
        Cells that are studied; all when None. The others count as outside, not as zero, and
        get NaN and 0.
    """
    if at_risk is None:
        members = _cells_in_box(counts.shape)
        return gi_star_scores(box_sums(counts), members, counts), members
    studied = np.where(at_risk, counts, 0.0)
    members = np.where(at_risk, box_sums(at_risk.astype(np.int64)), 0)
    scores = gi_star_scores(box_sums(studied), members, studied[at_risk])
    return np.where(at_risk, scores, np.nan), members


def graph_gi_star(
    counts: NDArray[np.float64], neighbours: csr_array | csr_matrix
) -> tuple[FloatArray, IntArray]:
    """Return z of Gi* and the places in each sum, for a binary graph without self-loops."""
    members = np.diff(neighbours.indptr).astype(np.int64) + 1
    sums = np.asarray(neighbours @ counts, dtype=float) + counts
    return gi_star_scores(sums, members, counts), members


def gi_star_scores(sums: FloatArray, members: IntArray, counts: FloatArray) -> FloatArray:
    """Return z for each sum of so many members, given the counts of all places.

    Where all counts are equal, or a sum holds every place, nothing can stand out: z is 0.
    """
    places = counts.size
    mean = counts.mean()
    deviation = np.sqrt(max(float(np.square(counts).mean() - mean**2), 0.0))
    spread = _spread_by_members(places, int(members.max(initial=0)), float(deviation))[members]
    above = sums - members * mean
    return np.asarray(np.divide(above, spread, out=np.zeros(sums.shape), where=spread > 0))


def normal_p_values(scores: FloatArray, *, alternative: str) -> FloatArray:
    """Return p-values of z: "two-sided", "greater" or "less"."""
    if alternative == "two-sided":
        return np.asarray(2 * ndtr(-np.abs(scores)))
    if alternative in {"greater", "less"}:
        return np.asarray(ndtr(-scores if alternative == "greater" else scores))
    raise ValueError("The alternative must be two-sided, greater or less.")


def _cells_in_box(shape: tuple[int, ...]) -> IntArray:
    rows, columns = (
        np.minimum(np.arange(size) + 1, size - 1) - np.maximum(np.arange(size) - 1, 0) + 1
        for size in shape
    )
    return np.asarray(np.multiply.outer(rows, columns))


def _spread_by_members(places: int, largest: int, deviation: float) -> FloatArray:
    members = np.arange(largest + 1, dtype=float)
    free = np.maximum(places * members - members**2, 0)
    return np.asarray(deviation * np.sqrt(free / max(places - 1, 1)))
