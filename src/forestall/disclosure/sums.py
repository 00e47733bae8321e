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

    def without_known(self) -> tuple[Equations, NDArray[np.intp]]:
        """Return the equations of the numbers that are not known yet, and which those are."""
        open_ones = np.flatnonzero(self.low < self.high)
        known = np.where(self.low == self.high, self.low, 0)
        left = self.sums - self.weights @ known
        weights = csr_array(self.weights[:, open_ones])
        used = np.diff(weights.indptr) > 0
        if (left[~used] != 0).any():
            raise ValueError("The published numbers contradict each other.")
        return Equations(
            self.low[open_ones], self.high[open_ones], csr_array(weights[used]), left[used]
        ), open_ones


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
    known = {int(target) for target in targets if system.low[target] == system.high[target]}
    found: dict[int, tuple[int, ...]] = {target: (int(system.low[target]),) for target in known}
    left, places = system.without_known()
    place_of = {int(place): number for number, place in enumerate(places)}
    alike: dict[object, tuple[int, ...]] = {}
    parts = _Parts(left)
    columns = left.weights.tocsc()
    for target in map(int, targets):
        if target in known:
            continue
        number = place_of[target]
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
            found[target] = alike[kind]
    return dict(sorted(found.items()))


class _Parts:
    """Equations parted into blocks that have no number in common."""

    def __init__(self, system: Equations) -> None:
        self.system = system
        links = abs(system.weights)
        self.count, self.block_of = connected_components(links.T @ links, directed=False)
        self._blocks: dict[int, tuple[NDArray[np.intp], Equations]] = {}

    def values(self, number: int, *, enough: int) -> tuple[int, ...]:
        numbers, block = self._block(int(self.block_of[number]))
        place = int(np.searchsorted(numbers, number))
        values: list[int] = []
        while len(values) < enough:
            least = values[-1] + 1 if values else int(block.low[place])
            value = _smallest(block, place, least)
            if value is None:
                break
            values.append(value)
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


def _smallest(system: Equations, place: int, least: int) -> int | None:
    """Return the smallest possible value of one number from ``least`` on, if there is one."""
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
    return round(float(found.x[place]))
