"""This file knows how lots are drawn so that anybody can draw them again.

The lot of a place is the SHA-256 of seed, try and code; the lowest lots of a block get the measure.
It does not depend on the order of a file, on the machine or on a version of any library.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]


def lots_of(codes: Sequence[str], *, seed: int, attempt: int) -> list[str]:
    """Return the lot of each place.

    Examples
    --------
    >>> [lot[:8] for lot in lots_of(["A", "B"], seed=1, attempt=1)]
    ['32ea4a6f', 'b1f91fb0']
    """
    return [hashlib.sha256(f"{seed}\n{attempt}\n{code}".encode()).hexdigest() for code in codes]


def first_lots(lots: Sequence[str], strata: IntArray, numbers: dict[int, int]) -> BoolArray:
    """Return which places have the lowest lots of their stratum, as many as its number says."""
    chosen = np.zeros(len(lots), dtype=bool)
    for stratum, number in numbers.items():
        members = sorted(np.flatnonzero(strata == stratum).tolist(), key=lambda place: lots[place])
        chosen[members[:number]] = True
    return chosen


def steps_by_lot(lots: Sequence[str], strata: IntArray, steps: int) -> IntArray:
    """Return the step of each place, from 0: as many at each step as can be.

    Where the places of a stratum cannot be shared out evenly, the rest goes on where the stratum
    before ended, so that no step is favoured.
    """
    found = np.zeros(len(lots), dtype=np.int64)
    given = 0
    for stratum in np.unique(strata):
        members = sorted(np.flatnonzero(strata == stratum).tolist(), key=lambda place: lots[place])
        slots = np.sort((np.arange(len(members)) + given) % steps)
        found[members] = slots
        given += len(members)
    return found


def largest_difference(values: FloatArray, treated: BoolArray) -> FloatArray:
    """Return the largest difference of means over columns, in standard deviations.

    ``treated`` has one row of places a lot; one number a lot is returned.
    """
    spread = values.std(axis=0)
    scaled = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    chosen = np.atleast_2d(treated).astype(float)
    sums, number = chosen @ scaled, chosen.sum(axis=1, keepdims=True)
    rest = scaled.sum(axis=0) - sums
    others = np.maximum(len(values) - number, 1)
    return np.asarray(np.abs(sums / np.maximum(number, 1) - rest / others).max(axis=1))
