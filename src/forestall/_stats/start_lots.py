"""This file knows in which other orders places could have started, and draws or lists them."""

from __future__ import annotations

import itertools
from collections import Counter
from math import factorial, prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]


class StartLots(NamedTuple):
    """Rows of starting months; the drawn one is the first, and none is missing if exact."""

    starts: IntArray
    exact: bool


def other_starts(starts: IntArray, strata: IntArray, *, draws: int, seed: int) -> StartLots:
    """Return the starting months handed out anew within each stratum.

    All different ways, where they are no more than ``draws``; else so many drawn at random, and
    the drawn one before them.

    Examples
    --------
    >>> found = other_starts(np.array([3, 6, 9]), np.array([0, 0, 1]), draws=99, seed=1)
    >>> found.starts.tolist(), found.exact
    ([[3, 6, 9], [6, 3, 9]], True)
    """
    members = [np.flatnonzero(strata == stratum) for stratum in np.unique(strata)]
    if prod(_ways(starts[places]) for places in members) <= draws:
        rows = []
        for picked in itertools.product(*(list(_orders(starts[places])) for places in members)):
            row = np.empty_like(starts)
            for places, order in zip(members, picked, strict=True):
                row[places] = order
            rows.append(row)
        rows.sort(key=lambda row: not np.array_equal(row, starts))
        return StartLots(np.array(rows), exact=True)
    generator = np.random.default_rng(seed)
    drawn = np.broadcast_to(starts, (draws + 1, starts.size)).copy()
    for places in members:
        drawn[1:, places] = generator.permuted(drawn[1:, places], axis=1)
    return StartLots(drawn, exact=False)


def _ways(starts: IntArray) -> int:
    return factorial(starts.size) // prod(factorial(n) for n in Counter(starts.tolist()).values())


def _orders(starts: IntArray) -> Iterator[tuple[int, ...]]:
    """Yield every different order once."""
    left = Counter(starts.tolist())

    def fill(row: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(row) == starts.size:
            yield row
            return
        for start in sorted(left):
            if left[start]:
                left[start] -= 1
                yield from fill((*row, start))
                left[start] += 1

    yield from fill(())
