"""This file knows the assignment of offers to the needs that are served, order by order.

Each order in turn is made as small as possible, summed over all needs (the Hungarian method, in
SciPy's form of Crouse 2016). What can still be part of such an assignment is found by shortest
paths, and only that is left to the next order. Sums are whole numbers, so nothing is rounded.

Offers of large capacity stand there seldom: whoever has a better offer that cannot be full takes
that one, so that of each need only its best few offers are looked at (`_within_reach`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray


def assign_offers(
    fits: NDArray[np.bool_], distances: Sequence[NDArray[np.int64]], capacities: Sequence[int]
) -> list[int]:
    """Return the offer of each need.

    Parameters
    ----------
    fits
        Shape (needs, offers): which offers fit. All needs can be served together.
    distances
        Of the shape of ``fits``, one for each order, the most important first; 0 or more.
    capacities
        For each offer, how many needs it can answer.

    Examples
    --------
    >>> import numpy as np
    >>> fits = np.array([[True, True], [True, True]])
    >>> assign_offers(fits, [np.array([[0, 1], [0, 0]])], [1, 1])
    [0, 1]
    """
    answer = [-1] * fits.shape[0]
    for needs, offers in _groups(fits):
        # An offer that can answer several stands there several times.
        group = np.ix_(needs, offers)
        near = _within_reach(
            fits[group], [one[group] for one in distances], [capacities[one] for one in offers]
        )
        column = [
            number
            for number, offer in enumerate(offers)
            for _ in range(min(capacities[offer], int(near[:, number].sum())))
        ]
        places = [offers[number] for number in column]
        part = np.ix_(needs, places)
        allowed = _with_nobody(near[:, column], filled=True)
        for distance in distances:
            allowed = _still_optimal(allowed, _with_nobody(distance[part], filled=False))
        for need, place in zip(needs, _first_of(allowed, len(needs)), strict=True):
            answer[need] = places[place]
    return answer


def _groups(fits: NDArray[np.bool_]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield needs and offers that have to do with each other; others cannot move them."""
    if not fits.size:
        return
    first, second = np.nonzero(fits)
    total = sum(fits.shape)
    together = csr_array(
        (np.ones(len(first)), (first, second + fits.shape[0])), shape=(total, total)
    )
    count, group = connected_components(together, directed=False)
    needs, offers = group[: fits.shape[0]], group[fits.shape[0] :]
    for number in range(count):
        inside = np.flatnonzero(needs == number).tolist()
        if inside:
            yield inside, np.flatnonzero(offers == number).tolist()


def _within_reach(
    fits: NDArray[np.bool_], distances: Sequence[NDArray[np.int64]], capacities: Sequence[int]
) -> NDArray[np.bool_]:
    """Return the fitting pairs that can be part of the answer: of each need its best few offers.

    The other needs fill at most so many offers. Of one more than that, one has a place left, and a
    need whose offer is none of these would be better off there, at nobody's expense.
    """
    rows, columns = fits.shape
    bounds = np.minimum(np.array(capacities, dtype=np.int64), fits.sum(axis=0))
    full_at_most = int((np.cumsum(np.sort(bounds)) <= rows - 1).sum())
    if full_at_most + 1 >= columns:
        return fits
    near = np.zeros_like(fits)
    for row in range(rows):
        # The last key of a lexical sort comes first: what fits, then the orders, then the number.
        order = np.lexsort([*(one[row] for one in reversed(distances)), ~fits[row]])
        near[row, order[: full_at_most + 1]] = True
    return near & fits


def _with_nobody(part: NDArray[np.generic], *, filled: bool) -> NDArray[np.generic]:
    """Add rows for nobody, who take the places that are left and prefer none."""
    rows, places = part.shape
    nobody = np.full((places - rows, places), filled, dtype=part.dtype)
    return np.vstack([part, nobody])


def _still_optimal(
    allowed: NDArray[np.generic], distance: NDArray[np.generic]
) -> NDArray[np.bool_]:
    """Return which of the allowed pairs are in an assignment with the smallest sum.

    With the potentials of a smallest assignment, these are among the pairs without slack, and
    every whole assignment of such pairs has the smallest sum (Kuhn 1955).
    """
    cost = np.where(allowed, distance.astype(float), np.inf)
    rows, at = linear_sum_assignment(cost)
    # By how much the sum grows when a row takes the place that another one has now.
    growth = cost[:, at] - cost[rows, at][:, None]
    reached = np.zeros(len(rows))
    while True:
        nearer = (reached[:, None] + growth).min(axis=0)
        if np.array_equal(nearer, reached):
            break
        reached = nearer
    tight = np.zeros(cost.shape, dtype=bool)
    tight[:, at] = reached[:, None] + growth == reached[None, :]
    return tight


def _first_of(allowed: NDArray[np.generic], needs: int) -> list[int]:
    """Return the first assignment that is allowed: each need in turn takes the first place."""
    left, places, chosen = np.array(allowed, dtype=bool), np.arange(allowed.shape[1]), []
    for _ in range(needs):
        choices = np.flatnonzero(left[0])
        at = int(choices[0])
        if len(choices) > 1:
            cost = np.where(left, 0.0, np.inf)
            cost[0, choices] = np.arange(len(choices))
            at = int(linear_sum_assignment(cost)[1][0])
        chosen.append(int(places[at]))
        left, places = np.delete(left[1:], at, axis=1), np.delete(places, at)
    return chosen
