"""This file knows which places could have been treated instead, and draws or lists them."""

from __future__ import annotations

import itertools
from math import comb, prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Assignments(NamedTuple):
    """Rows of treated places; the observed one is the first, and none is missing if exact."""

    treated: NDArray[np.bool_]
    exact: bool


def other_assignments(
    treated: NDArray[np.bool_], strata: NDArray[np.int64], *, draws: int, seed: int
) -> Assignments:
    """Return assignments with as many treated places in each stratum as observed.

    All of them, where they are no more than ``draws``; else so many drawn at random, and the
    observed one before them (Besag & Clifford 1989: it belongs to them, so that p is never 0).

    Examples
    --------
    >>> found = other_assignments(
    ...     np.array([True, False, True, False]), np.array([0, 0, 1, 1]), draws=99, seed=1)
    >>> found.treated.astype(int).tolist(), found.exact
    ([[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1]], True)
    """
    members = [np.flatnonzero(strata == stratum) for stratum in np.unique(strata)]
    chosen = [int(treated[places].sum()) for places in members]
    if prod(comb(places.size, k) for places, k in zip(members, chosen, strict=True)) <= draws:
        return Assignments(_every(treated, members, chosen), exact=True)
    generator = np.random.default_rng(seed)
    drawn = np.zeros((draws + 1, treated.size), dtype=bool)
    drawn[0] = treated
    for places, k in zip(members, chosen, strict=True):
        if 0 < k < places.size:
            keys = generator.random((draws, places.size))
            first = np.argpartition(keys, k - 1, axis=1)[:, :k]
            drawn[np.arange(1, draws + 1)[:, None], places[first]] = True
        else:
            drawn[1:, places] = k > 0
    return Assignments(drawn, exact=False)


def _every(
    treated: NDArray[np.bool_], members: list[NDArray[np.intp]], chosen: list[int]
) -> NDArray[np.bool_]:
    sets = itertools.product(
        *(itertools.combinations(places, k) for places, k in zip(members, chosen, strict=True))
    )
    rows = []
    for picked in sets:
        row = np.zeros(treated.size, dtype=bool)
        row[[place for some in picked for place in some]] = True
        rows.append(row)
    rows.sort(key=lambda row: not np.array_equal(row, treated))
    return np.array(rows)
