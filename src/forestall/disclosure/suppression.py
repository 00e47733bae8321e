"""This file knows which numbers must be hidden besides the small ones, and chooses few of them.

For each number that is still exposed, the cheapest closed path through the table is hidden
(network heuristic, Cox 1995); its cost is the sum of the counts that a reader loses. Then each
companion that has become needless is shown again, the largest first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from forestall.disclosure.audit import (
    Cell,
    Room,
    cheapest_path,
    exposed_cells,
    free_moves,
    possible_moves,
    room_of,
)
from forestall.disclosure.margins import MarginMatrix, Mark, first_marks, mark_limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.disclosure.rules import DisclosureRule

_SMALL_TABLE = 400  # numbers; up to here the best path is sought for each cell from the start
_LARGEST_SEARCH = 1500  # exposed numbers that are worth a path each before a total is left out
_LARGEST_LINE_SEARCH = 64  # companions tried in one line
_LARGEST_CLEARING = 150  # companions that are shown again one by one, where they can be
_LARGEST_CLEARED_TABLE = 5000  # numbers; larger tables keep all their companions


def add_companions(matrix: MarginMatrix) -> MarginMatrix | None:
    """Hide companions until every number at risk keeps enough possible values.

    Returns
    -------
    The table with its marks, or None if no choice of companions can protect it.
    """
    if matrix.counts.size > _SMALL_TABLE:
        matrix = _protect_lines(matrix)
        if any(_exposed_lines(matrix, axis) for axis in (0, 1)):
            return None  # what one line gives away, no other line can hide
    exposed = exposed_cells(matrix)
    while exposed:
        if len(exposed) > _LARGEST_SEARCH:
            return None
        for target in exposed:
            widened = _widen(matrix, target)
            if widened is None:
                return None
            matrix = widened
        exposed = exposed_cells(matrix)
    return matrix


def _widen(matrix: MarginMatrix, target: Cell) -> MarginMatrix | None:
    needed = matrix.rule.least_possible_values - 1
    while True:
        room = room_of(matrix)
        if possible_moves(room, target, needed=needed) >= needed:
            return matrix
        companions = _cheapest_companions(matrix, room, target, needed=needed)
        if not companions:
            return None
        matrix = matrix.with_mark(tuple(np.transpose(companions)), Mark.SECONDARY)


def _cheapest_companions(
    matrix: MarginMatrix, room: Room, target: Cell, *, needed: int
) -> list[Cell]:
    opened = room_of(matrix.with_mark(matrix.hidable, Mark.SECONDARY))
    best: tuple[float, list[Cell]] = (np.inf, [])
    for start, wider in ((room, opened), (room.turned(), opened.turned())):
        left = start.copy()
        free_moves(left, target, needed=needed)
        if left.up[target] <= 0:
            continue
        up = _priced(matrix, left.up, wider.up + left.up - start.up)
        down = _priced(matrix, left.down, wider.down + left.down - start.down)
        cost, path = cheapest_path(up, down, target)
        if cost < best[0]:
            paid = [(down, up)[step % 2][cell] >= 1 for step, cell in enumerate(path)]
            best = (cost, [cell for cell, cost_more in zip(path, paid, strict=True) if cost_more])
    return best[1]


def _priced(
    matrix: MarginMatrix, room: NDArray[np.int64], if_hidden: NDArray[np.int64]
) -> NDArray[np.float64]:
    price = np.where(matrix.hidable & (if_hidden > 0), matrix.counts.astype(float), np.inf)
    return np.where(room > 0, 1e-6, price)


def _protect_lines(matrix: MarginMatrix) -> MarginMatrix:
    """Protect each row, then each column, by itself: a cheap start for large tables."""
    marks, changed, rounds = matrix.marks.copy(), True, 0
    while changed and rounds < 3:
        changed, rounds = False, rounds + 1
        for axis in (1, 0):
            current = replace(matrix, marks=marks)
            for line in _exposed_lines(current, axis):
                place = (line, slice(None)) if axis else (slice(None), line)
                changed |= _protect_line(current, place)
            marks = current.marks
    return replace(matrix, marks=marks)


def _exposed_lines(matrix: MarginMatrix, axis: int) -> list[int]:
    low, high = _signed_limits(matrix)
    narrow = _possible_in_line(low, high, axis) < matrix.rule.least_possible_values
    return [int(line) for line in np.flatnonzero((narrow & matrix.at_risk).any(axis=axis))]


def _protect_line(matrix: MarginMatrix, place: tuple[int | slice, int | slice]) -> bool:
    """Mark companions in one line, in place; the smallest single one that serves, if any."""
    line = _Line(matrix.counts[place], matrix.signs[place], matrix.pinned[place], matrix.rule)
    marks = matrix.marks[place]
    changed = False
    for _ in range(_LARGEST_LINE_SEARCH):
        candidates = np.flatnonzero(line.hidable(marks))
        if line.is_safe(marks) or not len(candidates):
            break
        candidates = candidates[np.argsort(line.counts[candidates], kind="stable")]
        tried = [*candidates[:_LARGEST_LINE_SEARCH], candidates[-1]]
        chosen = next((one for one in tried if line.is_safe(_marked(marks, one))), candidates[-1])
        marks[chosen] = Mark.SECONDARY
        changed = True
    return changed


@dataclass(frozen=True, eq=False)
class _Line:
    counts: NDArray[np.int64]
    signs: NDArray[np.int64]
    pinned: NDArray[np.bool_]
    rule: DisclosureRule

    def hidable(self, marks: NDArray[np.int8]) -> NDArray[np.bool_]:
        return self._as_matrix(marks).hidable

    def is_safe(self, marks: NDArray[np.int8]) -> bool:
        matrix = self._as_matrix(marks)
        low, high = mark_limits(self.counts, marks, rule=self.rule)
        signed = np.where(self.signs > 0, low, -high), np.where(self.signs > 0, high, -low)
        possible = _possible_in_line(*signed, 0)
        return bool((possible >= self.rule.least_possible_values)[matrix.at_risk].all())

    def _as_matrix(self, marks: NDArray[np.int8]) -> MarginMatrix:
        return MarginMatrix(self.counts, marks, self.pinned, self.rule)


def _marked(marks: NDArray[np.int8], place: int) -> NDArray[np.int8]:
    marks = marks.copy()
    marks[place] = Mark.SECONDARY
    return marks


def _signed_limits(matrix: MarginMatrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    low, high = matrix.limits()
    positive = matrix.signs > 0
    return np.where(positive, low, -high), np.where(positive, high, -low)


def _possible_in_line(
    low: NDArray[np.int64], high: NDArray[np.int64], axis: int
) -> NDArray[np.int64]:
    """Count the values each number can have when only its own line must add to zero."""
    least = np.maximum(low, -(high.sum(axis=axis, keepdims=True) - high))
    most = np.minimum(high, -(low.sum(axis=axis, keepdims=True) - low))
    return np.asarray(most - least + 1, dtype=np.int64)


def show_needless(matrix: MarginMatrix) -> MarginMatrix:
    """Show again each companion that is not needed, the largest first."""
    companions = np.argwhere(matrix.marks == Mark.SECONDARY)
    if len(companions) > _LARGEST_CLEARING or matrix.counts.size > _LARGEST_CLEARED_TABLE:
        return matrix
    first = first_marks(matrix.counts, rule=matrix.rule)
    for row, column in sorted(map(tuple, companions), key=lambda cell: -matrix.counts[cell]):
        shown = matrix.with_mark((row, column), Mark(first[row, column]))
        if not exposed_cells(shown):
            matrix = shown
    return matrix
