"""This file knows what follows for hidden numbers when any sums of them are known.

It is the general auditor, for sums that are no row, column or table: each hidden number is a whole
number within limits, each known sum an equation, and the possible values of a number are found one
after the other by mixed-integer programming (HiGHS).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from forestall.disclosure.margins import UNLIMITED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Equations:
    """Numbers within limits, and weighted sums of them that are known.

    Attributes
    ----------
    low, high
        Limits of each of n numbers; `UNLIMITED` for no upper limit.
    weights
        k × n, one row for each equation.
    sums
        What each of the k rows adds to.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    weights: csr_array
    sums: NDArray[np.int64]


def equations(
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    terms: Iterable[tuple[NDArray[np.intp], NDArray[np.int64], int]],
) -> Equations:
    """Build equations from (places, weights, sum) triples."""
    listed = list(terms)
    lengths = [len(places) for places, _, _ in listed]
    weights = coo_array(
        (
            np.concatenate([each for _, each, _ in listed] or [np.zeros(0, dtype=np.int64)]),
            (
                np.repeat(np.arange(len(listed)), lengths),
                np.concatenate([places for places, _, _ in listed] or [np.zeros(0, dtype=int)]),
            ),
        ),
        shape=(len(listed), len(low)),
        dtype=np.int64,
    )
    return Equations(
        low, high, csr_array(weights), np.array([total for _, _, total in listed], dtype=int)
    )


def few_values(
    system: Equations, targets: NDArray[np.intp], *, enough: int
) -> dict[int, tuple[int, ...]]:
    """Return the possible values of each target that has fewer than enough.

    Numbers that stand in the same equations with the same limits are worked out once.

    Raises
    ------
    ValueError
        If no numbers fulfil the equations.

    Examples
    --------
    >>> pair = equations(np.array([1, 1]), np.array([4, 4]),
    ...                  [(np.array([0, 1]), np.array([1, 1]), 7)])
    >>> few_values(pair, np.array([0, 1]), enough=3)
    {0: (3, 4), 1: (3, 4)}
    """
    left, root, offset = _reduced(system)
    alike: dict[object, tuple[int, ...]] = {}
    parts = _Parts(left)
    columns = left.weights.tocsc()
    found: dict[int, tuple[int, ...]] = {}
    for target in map(int, targets):
        number, shift = int(root[target]), int(offset[target])
        if number < 0:
            found[target] = (shift,)
            continue
        span = slice(columns.indptr[number], columns.indptr[number + 1])
        kind = (
            int(left.low[number]),
            int(left.high[number]),
            columns.indices[span].tobytes(),
            columns.data[span].tobytes(),
        )
        if kind not in alike:
            alike[kind] = parts.values(number, enough=enough)
        if len(alike[kind]) < enough:
            found[target] = tuple(value + shift for value in alike[kind])
    return found


def _reduced(system: Equations) -> tuple[Equations, NDArray[np.intp], NDArray[np.int64]]:
    """Take out what is known, and numbers that differ from another one by what is known.

    Returns
    -------
    The equations of the numbers that are left; for each number of the system the one left that it
    follows (−1 if it is known), and by how much it is larger.
    """
    root = np.arange(len(system.low))
    offset = np.zeros(len(system.low), dtype=np.int64)
    while True:
        follows, larger = _followers(system)
        if (follows == np.arange(len(follows))).all():
            return system, root, offset
        kept, number = np.unique(follows[follows >= 0], return_inverse=True)
        place = np.full(len(follows), -1)
        place[follows >= 0] = number
        # A place of −1 reads the last number here, but is known and keeps its −1.
        offset = offset + np.where(root >= 0, larger[root] if len(larger) else 0, 0)
        root = np.where(root >= 0, place[root] if len(place) else -1, -1)
        system = _rewritten(system, place, larger, len(kept))


def _followers(system: Equations) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Say for each number which other it follows by one equation, or that it is known."""
    follows = np.arange(len(system.low))
    larger = np.zeros(len(system.low), dtype=np.int64)
    known = system.low == system.high
    if known.any():
        return np.where(known, -1, follows), np.where(known, system.low, 0)
    weights = system.weights
    alone = np.flatnonzero((np.diff(weights.indptr) == 1) & (abs(weights).sum(axis=1) == 1))
    if len(alone):
        numbers, signs = weights.indices[weights.indptr[alone]], weights.data[weights.indptr[alone]]
        follows[numbers], larger[numbers] = -1, system.sums[alone] * signs
        return follows, larger
    taken: set[int] = set()
    for row in np.flatnonzero(np.diff(weights.indptr) == 2):
        span = slice(weights.indptr[row], weights.indptr[row + 1])
        (first, second), (one, other) = weights.indices[span].tolist(), weights.data[span].tolist()
        if one != -other or abs(one) != 1 or {first, second} & taken:
            continue
        taken |= {first, second}
        follows[second], larger[second] = first, system.sums[row] * other
    return follows, larger


def _rewritten(
    system: Equations, place: NDArray[np.intp], larger: NDArray[np.int64], count: int
) -> Equations:
    open_ones = np.flatnonzero(place >= 0)
    known = place < 0
    within = np.logical_and(system.low <= larger, larger <= system.high)
    low, high = np.zeros(count, dtype=np.int64), np.full(count, UNLIMITED)
    np.maximum.at(low, place[open_ones], (system.low - larger)[open_ones])
    limited = open_ones[system.high[open_ones] < UNLIMITED]
    np.minimum.at(high, place[limited], (system.high - larger)[limited])
    chosen = coo_array(
        (np.ones(len(open_ones), dtype=np.int64), (open_ones, place[open_ones])),
        shape=(len(place), count),
    )
    weights = csr_array(system.weights @ csr_array(chosen))
    weights.eliminate_zeros()
    sums = system.sums - system.weights @ larger
    used = np.diff(weights.indptr) > 0
    if (sums[~used] != 0).any() or (low > high).any() or not within[known].all():
        raise ValueError("The published numbers contradict each other.")
    return Equations(low, high, csr_array(weights[used]), sums[used])


class _Parts:
    """Equations parted into blocks that have no number in common."""

    def __init__(self, system: Equations) -> None:
        self.system = system
        links = abs(system.weights)
        self.count, self.block_of = connected_components(links.T @ links, directed=False)
        self._blocks: dict[int, tuple[NDArray[np.intp], Equations]] = {}
        # Every table found on the way shows values of all its numbers, so few need a search.
        self._seen: dict[int, list[NDArray[np.int64]]] = {}

    def values(self, number: int, *, enough: int) -> tuple[int, ...]:
        numbers, block = self._block(int(self.block_of[number]))
        place = int(np.searchsorted(numbers, number))
        seen = self._seen.setdefault(int(self.block_of[number]), [])
        already = sorted({int(solution[place]) for solution in seen})
        if len(already) >= enough:
            return tuple(already[:enough])
        values: list[int] = []
        while len(values) < enough:
            least = values[-1] + 1 if values else int(block.low[place])
            solution = _smallest(block, place, least)
            if solution is None:
                break
            seen.append(solution)
            values.append(int(solution[place]))
        if not values:
            raise ValueError("The published numbers contradict each other.")
        return tuple(values)

    def _block(self, label: int) -> tuple[NDArray[np.intp], Equations]:
        if label not in self._blocks:
            numbers = np.flatnonzero(self.block_of == label)
            weights = csr_array(self.system.weights[:, numbers])
            used = np.diff(weights.indptr) > 0
            self._blocks[label] = (
                numbers,
                Equations(
                    self.system.low[numbers],
                    self.system.high[numbers],
                    csr_array(weights[used]),
                    self.system.sums[used],
                ),
            )
        return self._blocks[label]


def _smallest(system: Equations, place: int, least: int) -> NDArray[np.int64] | None:
    """Return numbers that fulfil all, one of them as small as possible but not below ``least``."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import, seldom needed

    if least > system.high[place]:
        return None
    low = system.low.astype(float)
    low[place] = least
    high = np.where(system.high >= UNLIMITED, np.inf, system.high)
    aim = np.zeros(len(low))
    aim[place] = 1
    rules = (
        [LinearConstraint(system.weights.astype(float), system.sums, system.sums)]
        if system.weights.shape[0]
        else []
    )
    found = milp(
        aim, integrality=np.ones(len(low), dtype=int), bounds=Bounds(low, high), constraints=rules
    )
    if found.status == 2:
        return None
    assert found.status == 0, found.message
    return np.asarray(np.rint(found.x), dtype=np.int64)
