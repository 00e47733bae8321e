"""This file knows Gi* in space and time: a place, its neighbours, and the steps just before.

Source: Ord & Getis (1995), as in `lattice`, with n and the moments those of the bins that a
neighbourhood is compared with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]


def space_time_gi_star(
    counts: FloatArray, neighbours: csr_array, *, steps_before: int, whole_cube: bool
) -> FloatArray:
    """Return z of Gi* for each place and step, shape (places, steps).

    The sum holds the place and its neighbours, in the step and in ``steps_before`` steps before
    it, as far as there are any.

    Parameters
    ----------
    counts
        Incidents, shape (places, steps).
    neighbours
        Binary, symmetric, no place its own neighbour.
    steps_before
        Earlier steps in the sum.
    whole_cube
        Compare with all places in all steps; else with all places in the steps of the sum.
    """
    places, steps = counts.shape
    window = np.minimum(np.arange(steps), steps_before) + 1
    sums = neighbours @ counts
    sums += counts
    sums = _over_window(sums, steps_before)
    bins, mean, deviation = _compared_with(counts, window, steps_before, whole_cube=whole_cube)
    members = np.outer(np.diff(neighbours.indptr) + 1.0, window)
    spread = deviation * np.sqrt(members * np.maximum(bins - members, 0) / np.maximum(bins - 1, 1))
    members *= mean
    sums -= members
    return np.divide(sums, spread, out=np.zeros((places, steps)), where=spread > 0)


def _compared_with(
    counts: FloatArray, window: NDArray[np.int64], steps_before: int, *, whole_cube: bool
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return number, mean and standard deviation of the bins compared with, for each step."""
    places, steps = counts.shape
    totals, squares = counts.sum(axis=0), np.einsum("ij,ij->j", counts, counts)
    if whole_cube:
        bins = np.full(steps, float(counts.size))
        totals, squares = np.full(steps, totals.sum()), np.full(steps, squares.sum())
    else:
        bins = places * window.astype(float)
        totals = _over_window(totals[None], steps_before)[0]
        squares = _over_window(squares[None], steps_before)[0]
    mean = totals / bins
    return bins, mean, np.sqrt(np.maximum(squares / bins - mean**2, 0))


def _over_window(values: FloatArray, steps_before: int) -> FloatArray:
    """Return the sum of each column and so many before it."""
    if not steps_before:
        return values
    running = np.cumsum(values, axis=1)
    summed = running.copy()
    summed[:, steps_before + 1 :] -= running[:, : -steps_before - 1]
    return summed
