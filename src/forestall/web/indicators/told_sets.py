"""This file knows which sets of incidents, or of answers, several published numbers tell together.

Each number counts a set of pieces: what none of the numbers tells apart. A set is told as soon as
its row of zeros and ones is a sum of multiples of theirs; so {A, B}, {B, C} and {A, B, C} tell B.
Readers know as well that no number is below zero: where a set has none, nor have its pieces.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import qr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    Rows = NDArray[np.float64]

# So many sets, begun and not yet given up, are looked at together.
MOST_SETS = 2**14
_NOTHING = 1e-7


class TooManySets(Exception):
    """There are more sets that numbers could tell than are tried."""


@dataclass(frozen=True, eq=False)
class ToldTogether:
    """Numbers that readers know together, each of some pieces.

    Attributes
    ----------
    pieces
        Numbers × pieces, 0 or 1.
    own
        Rows of the numbers that are asked about.
    ended
        Rows of the numbers that were told once and cannot be withheld any more.
    """

    pieces: Rows
    own: Collection[int]
    ended: Collection[int] = field(default=())
    _solved: dict[bytes, tuple[Rows, Rows]] = field(default_factory=dict, init=False)

    def tells_few(self, counts: NDArray[np.int64], least: NDArray[np.int64]) -> bool:
        """Return whether the own numbers help to tell a small one.

        A number is withheld where it stands in the combination of least squares that tells the
        small one: once all of these are withheld, no combination of what is left tells it, because
        two combinations without a number in common cannot both be shortest. Other numbers may be
        withheld for other reasons, so it is tried without each of them as well.

        Parameters
        ----------
        counts
            What each number is. Numbers that are small themselves are hidden already.
        least
            The smallest number above zero that may be told, for each.

        Raises
        ------
        TooManySets
            If more could be told than is tried.

        Examples
        --------
        >>> pieces = np.array([[1, 1, 0], [0, 1, 1], [1, 1, 1]], dtype=float)
        >>> together = ToldTogether(pieces, own=[0])
        >>> least = np.array([5, 5, 5])
        >>> together.tells_few(np.array([12, 9, 19]), least)
        True
        >>> together.tells_few(np.array([12, 15, 19]), least)
        False
        """
        shown = (counts == 0) | (counts >= least)
        if not any(shown[one] for one in self.own):
            return False
        beside = [one for one in np.flatnonzero(shown).tolist() if one not in self.own]
        for without in (None, *beside):
            rows = [one for one in np.flatnonzero(shown).tolist() if one != without]
            if self._helps(rows, counts, least):
                return True
        return False

    def _helps(self, rows: list[int], counts: NDArray[np.int64], least: NDArray[np.int64]) -> bool:
        found, multiples = self._possible(rows, counts)
        if not len(found):
            return False
        limits = np.where(np.abs(multiples) > _NOTHING, least[rows], 0).max(axis=1)
        size = np.abs(np.rint(multiples @ counts[rows]))
        few = (size > 0) & (size < limits)
        used = np.abs(multiples[few]) > _NOTHING
        own = [at for at, one in enumerate(rows) if one in self.own]
        live = [at for at, one in enumerate(rows) if one not in self.ended]
        if used[:, own].any():
            return True
        # Beside numbers that nobody can withhold, it may be a zero that opens them.
        return bool((counts[list(self.own)] == 0).any() and (~used[:, live].any(axis=1)).any())

    def _possible(self, rows: list[int], counts: NDArray[np.int64]) -> tuple[Rows, Rows]:
        """Return the sets that are told by some numbers, of pieces that are not known as none."""
        pieces = self.pieces[rows].copy()
        pieces[:, pieces[counts[rows] == 0].any(axis=0)] = 0
        while True:
            found, multiples = self._solve(rows, pieces)
            none = np.rint(multiples @ counts[rows]) == 0
            known = (found[none] > 0).any(axis=0)
            if not known.any():
                return found, multiples
            pieces[:, known] = 0

    def _solve(self, rows: list[int], pieces: Rows) -> tuple[Rows, Rows]:
        key = bytes(pieces) + bytes(rows)
        if key not in self._solved:
            ended = np.array([one in self.ended for one in rows], dtype=bool)
            found = sets_told(pieces)
            self._solved[key] = found, shortest_combinations(found, pieces, ended)
        return self._solved[key]


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


def shortest_combinations(sets: Rows, pieces: Rows, ended: NDArray[np.bool_]) -> Rows:
    """Return by what each number is multiplied to get each set: as little as can be.

    Only numbers that have not ended are kept short, because the others are known in any case.

    Parameters
    ----------
    sets
        Sets × pieces, each told by the numbers.
    pieces
        Numbers × pieces.
    ended
        Which of the numbers have ended.

    Examples
    --------
    >>> told = np.array([[1, 1], [0, 1], [0, 1]], dtype=float)
    >>> a = np.array([[1, 0]], dtype=float)
    >>> shortest_combinations(a, told, np.array([False, False, False])).round(6).tolist()
    [[1.0, -0.5, -0.5]]
    >>> shortest_combinations(a, told, np.array([False, False, True])).round(6).tolist()
    [[1.0, 0.0, -1.0]]
    """
    known = np.linalg.pinv(pieces[ended])
    apart = np.eye(pieces.shape[1]) - known @ pieces[ended]
    multiples = np.zeros((len(sets), len(pieces)))
    live = pieces[~ended]
    multiples[:, ~ended] = sets @ apart @ np.linalg.pinv(live @ apart, rcond=_NOTHING)
    multiples[:, ended] = (sets - multiples[:, ~ended] @ live) @ known
    return multiples


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
