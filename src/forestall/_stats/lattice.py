"""This file knows which sums of neighbours stand out (Getis-Ord Gi* and Gi), without weights.

Source: Ord & Getis (1995). With binary weights, k places in the sum and n in all, Gi* is
z = (sum - k mean) / (s sqrt((n k - k²) / (n - 1))), s² = mean of squares - squared mean. Gi is the
same of the n - 1 other places, the place itself being left out of sum, mean and s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from scipy.special import ndtr

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def window_sums(values: NDArray[_Number], half_widths: Mapping[int, int]) -> NDArray[_Number]:
    """Return for each cell the sum over a window of runs; beyond the edge there is nothing.

    Parameters
    ----------
    half_widths
        For each step in rows, how many cells to either side of the column are in. A window is
        this cheap, a few passes a row of it, however wide it is.

    Examples
    --------
    >>> window_sums(np.array([[1, 0, 0], [0, 0, 2]]), {-1: 0, 0: 1, 1: 0}).tolist()
    [[1, 1, 2], [1, 2, 2]]
    """
    rows, columns = values.shape
    before = np.zeros((rows, columns + 1), dtype=values.dtype)
    np.cumsum(values, axis=1, out=before[:, 1:])
    sums = np.zeros_like(values)
    for half in set(half_widths.values()):
        column = np.arange(columns)
        ends = np.minimum(column + half + 1, columns)
        along = before[:, ends] - before[:, np.maximum(column - half, 0)]
        for step in (step for step, width in half_widths.items() if width == half):
            if abs(step) < rows:
                into = sums[max(-step, 0) : rows - max(step, 0)]
                into += along[max(step, 0) : rows + min(step, 0)]
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
        members = cells_in_box(counts.shape)
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


def gi_scores(sums: FloatArray, members: IntArray, counts: FloatArray) -> FloatArray:
    """Return z for each sum of so many neighbours, the place itself being left out.

    z is NaN for a place without neighbours, and 0 where the others are all equal or all in the
    sum, because nothing can stand out then.
    """
    others = counts.size - 1
    centred = counts - counts.mean()
    mean = -centred / others
    variance = np.maximum((np.square(centred).sum() - np.square(centred)) / others - mean**2, 0)
    # What is left by rounding where all others are equal is no spread.
    variance[variance < 1e-12 * np.square(centred).mean()] = 0
    spread = np.sqrt(variance * members * np.maximum(others - members, 0) / max(others - 1, 1))
    above = sums - members * counts.mean() - members * mean
    scores = np.divide(above, spread, out=np.zeros(sums.shape), where=spread > 0)
    return np.where(members > 0, scores, np.nan)


def normal_p_values(scores: FloatArray, *, alternative: str) -> FloatArray:
    """Return p-values of z: "two-sided", "greater" or "less"."""
    if alternative == "two-sided":
        return np.asarray(2 * ndtr(-np.abs(scores)))
    if alternative in {"greater", "less"}:
        return np.asarray(ndtr(-scores if alternative == "greater" else scores))
    raise ValueError("The alternative must be two-sided, greater or less.")


def cells_in_box(shape: tuple[int, ...]) -> IntArray:
    """Return how many cells each cell and its eight neighbours are.

    Examples
    --------
    >>> cells_in_box((2, 4)).tolist()
    [[4, 6, 6, 4], [4, 6, 6, 4]]
    """
    rows, columns = (
        np.minimum(np.arange(size) + 1, size - 1) - np.maximum(np.arange(size) - 1, 0) + 1
        for size in shape
    )
    return np.asarray(np.multiply.outer(rows, columns))


def _spread_by_members(places: int, largest: int, deviation: float) -> FloatArray:
    members = np.arange(largest + 1, dtype=float)
    free = np.maximum(places * members - members**2, 0)
    return np.asarray(deviation * np.sqrt(free / max(places - 1, 1)))
