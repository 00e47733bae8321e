"""This file knows which places are most alike, two by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

_ROUNDS = 50


def pair_alike(values: FloatArray) -> IntArray:
    """Return the number of the pair of each place; -1 for the one left over of an odd number.

    The two closest places form the first pair, then the two closest of the rest; then partners are
    exchanged between pairs as long as that brings partners closer. Columns count alike: each is
    measured in its standard deviations.

    Examples
    --------
    >>> pair_alike(np.array([[1.0], [9.0], [1.1], [8.0], [100.0]])).tolist()
    [0, 1, 0, 1, -1]
    """
    spread = values.std(axis=0)
    scaled = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    distances = np.sqrt(np.square(scaled[:, None, :] - scaled[None, :, :]).sum(axis=2))
    pairs = _closest_first(distances)
    _exchange(pairs, distances)
    numbers = np.full(len(values), -1, dtype=np.int64)
    for number, pair in enumerate(sorted(sorted(pair) for pair in pairs)):
        numbers[pair] = number
    return numbers


def _closest_first(distances: FloatArray) -> list[list[int]]:
    first, second = np.triu_indices(len(distances), k=1)
    order = np.argsort(distances[first, second], kind="stable")
    free = np.ones(len(distances), dtype=bool)
    pairs = []
    for one, two in zip(first[order].tolist(), second[order].tolist(), strict=True):
        if free[one] and free[two]:
            pairs.append([one, two])
            free[[one, two]] = False
    return pairs


def _exchange(pairs: list[list[int]], distances: FloatArray) -> None:
    for _ in range(_ROUNDS):
        better = False
        for first in range(len(pairs)):
            for second in range(first + 1, len(pairs)):
                (a, b), (c, d) = pairs[first], pairs[second]
                now = distances[a, b] + distances[c, d]
                for one, two in (([a, c], [b, d]), ([a, d], [b, c])):
                    if distances[*one] + distances[*two] < now - 1e-12:
                        pairs[first], pairs[second] = one, two
                        now = distances[*one] + distances[*two]
                        better = True
        if not better:
            return
