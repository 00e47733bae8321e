"""This file knows how counts are rounded, and what a rounded number tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def round_to_base(counts: NDArray[np.int64], *, base: int) -> NDArray[np.int64]:
    """Round counts to the nearest multiple of the base; halves go up.

    The same count is always rounded to the same number, so that a number printed twice agrees
    with itself. Totals are rounded by themselves, so rounded figures may not add up.

    Examples
    --------
    >>> round_to_base(np.array([0, 2, 3, 7, 8]), base=5)
    array([ 0,  0,  5,  5, 10])
    """
    return (np.asarray(counts) + base // 2) // base * base


def rounding_limits(
    rounded: NDArray[np.int64], *, base: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the smallest and the largest count that is rounded to each number.

    Examples
    --------
    >>> rounding_limits(np.array([0, 5, 10]), base=5)
    (array([0, 3, 8]), array([ 2,  7, 12]))
    """
    low = np.asarray(rounded) - base // 2
    return np.maximum(low, 0), low + base - 1
