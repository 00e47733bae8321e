"""This file knows which sets of incidents several numbers tell together.

Each number counts a set of pieces: what none of the numbers tells apart. A set is told as soon as
its row of zeros and ones is a sum of multiples of theirs; so {A, B}, {B, C} and {A, B, C} tell B.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import qr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Rows = NDArray[np.float64]

# So many sets, begun and not yet given up, are looked at together.
MOST_SETS = 2**14
_NOTHING = 1e-7


class TooManySets(Exception):
    """There are more sets that numbers could tell than are tried."""


def sets_told(pieces: Rows) -> Rows:
    """Return the sets that numbers tell together, as rows of zeros and ones.

    A piece that is told by itself is one of them, and left out of the others: a set of which a
    told set is a part is told as soon as the rest is.

    Parameters
    ----------
    pieces
        Numbers × pieces, 0 or 1.

    Raises
    ------
    TooManySets
        If too many are begun.

    Examples
    --------
    >>> sorted(sets_told(np.array([[1, 1, 0], [0, 1, 1]], dtype=float)).astype(int).tolist())
    [[0, 1, 1], [1, 1, 0]]
    >>> sorted(sets_told(np.array([[1, 1, 1], [0, 0, 1]], dtype=float)).astype(int).tolist())
    [[0, 0, 1], [1, 1, 0]]
    """
    left = pieces.copy()
    alone: list[int] = []
    while (single := np.flatnonzero(left.sum(axis=1) == 1)).size:
        piece = int(left[single[0]].argmax())
        alone.append(piece)
        left[:, piece] = 0
    others = np.flatnonzero(left.any(axis=0))
    found = [np.eye(pieces.shape[1])[alone]]
    if others.size:
        rows = np.array(list(_zeros_and_ones(left[:, others])))
        there = np.zeros((len(rows), pieces.shape[1]))
        there[:, others] = rows
        found.append(there)
    return np.vstack(found)


def _zeros_and_ones(pieces: Rows) -> Iterator[Rows]:
    """Yield all sums of multiples of rows that hold nothing but zeros and ones, except none.

    Each of them is known by what stands in as many columns as the rows have rank; these are filled
    one after the other, and what holds another number where all is filled is given up.
    """
    _, triangle, order = qr(pieces, mode="economic", pivoting=True)
    size = np.abs(np.diag(triangle))
    rank = int((size > _NOTHING * max(size.max(), 1)).sum())
    basis = np.linalg.pinv(pieces[:, order[:rank]]) @ pieces
    last = rank - 1 - (np.abs(basis[::-1]) > _NOTHING).argmax(axis=0)
    begun = np.zeros((1, pieces.shape[1]))
    for at in range(rank):
        begun = np.vstack([begun, begun + basis[at]])
        filled = begun[:, last == at]
        fits = (np.abs(filled - np.rint(filled)) < _NOTHING) & (np.abs(filled - 0.5) < 0.75)
        begun = begun[fits.all(axis=1)]
        if len(begun) > MOST_SETS:
            raise TooManySets
    yield from np.rint(begun[begun.any(axis=1)])
