"""This file knows how many values a reader must still think possible for each hidden number.

Because every line of a `MarginMatrix` adds to zero, a hidden number can change only together with
others, along a closed path that steps from row to column and back. Each step is limited by what
the marks tell (``<5`` is 1 to 4). The largest change is a maximum flow, so it is found exactly by
adding one path after the other (Ford and Fulkerson 1956), and every whole number on the way is
possible as well, because the constraints of such a table are totally unimodular.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.disclosure.margins import MarginMatrix

Cell = tuple[int, int]


@dataclass(frozen=True, eq=False)
class Room:
    """How far each number of a table can rise and fall, turned so that every line adds to zero."""

    up: NDArray[np.signedinteger]
    down: NDArray[np.signedinteger]

    def copy(self) -> Room:
        """Return the same room, to be used up by moves."""
        return Room(self.up.copy(), self.down.copy())

    def limited(self, moves: int) -> Room:
        """Return the same room in few bytes, enough for this many moves of one number."""
        return Room(
            np.minimum(self.up, moves).astype(np.int16),
            np.minimum(self.down, moves).astype(np.int16),
        )

    def turned(self) -> Room:
        """Return the room of the opposite move."""
        return Room(self.down, self.up)

    def move(self, target: Cell, path: list[Cell]) -> None:
        """Raise the target by one and the numbers on its path by turns, down first."""
        for step, cell in enumerate([target, *path]):
            change = -1 if step % 2 else 1
            self.up[cell] -= change
            self.down[cell] += change


def room_of(matrix: MarginMatrix) -> Room:
    """Return the room that the marks leave."""
    low, high = matrix.limits()
    rise, fall = high - matrix.counts, matrix.counts - low
    positive = matrix.signs > 0
    return Room(np.where(positive, rise, fall), np.where(positive, fall, rise))


def exposed_cells(matrix: MarginMatrix) -> list[Cell]:
    """Return the numbers at risk that have too few possible values, row by row.

    Examples
    --------
    >>> from forestall.disclosure.margins import with_margins
    >>> from forestall.disclosure.rules import DisclosureRule, Margin
    >>> alone = with_margins(np.array([[3], [8], [9]]), rule=DisclosureRule(),
    ...                      margins=[Margin.TOTAL], one_way=True)
    >>> exposed_cells(alone)
    [(0, 0)]
    """
    at_risk = matrix.at_risk
    if not at_risk.any():
        return []
    needed = matrix.rule.least_possible_values - 1
    room = room_of(matrix).limited(needed)
    unclear = at_risk & ~_plainly_free(room, needed)
    return [
        (int(row), int(column))
        for row, column in np.argwhere(unclear)
        if possible_moves(room, (int(row), int(column)), needed=needed) < needed
    ]


def possible_moves(room: Room, target: Cell, *, needed: int) -> int:
    """Return by how many the target can rise and fall together, up to the number needed."""
    rises = len(free_moves(room.copy(), target, needed=needed))
    if rises >= needed:
        return rises
    return rises + len(free_moves(room.turned().copy(), target, needed=needed - rises))


def free_moves(room: Room, target: Cell, *, needed: int) -> list[list[Cell]]:
    """Raise the target one by one as often as needed or possible, using up the room."""
    moves: list[list[Cell]] = []
    while len(moves) < needed and room.up[target] > 0:
        path = _any_path(room.up > 0, room.down > 0, target)
        if not path:
            break
        room.move(target, path)
        moves.append(path)
    return moves


def cheapest_path(
    up_cost: NDArray[np.float64], down_cost: NDArray[np.float64], target: Cell
) -> tuple[float, list[Cell]]:
    """Find the cheapest way to make good a rise of the target by one.

    The path leaves the target's row by a number that falls, goes on in that number's column by one
    that rises, and so on, until a number in the target's column falls.

    Returns
    -------
    The cost (infinite without a path) and the numbers on the path, falling and rising by turns.
    """
    row, column = target
    down_cost = down_cost.copy()
    down_cost[target] = np.inf
    rows = np.full(up_cost.shape[0], np.inf)
    columns = np.full(up_cost.shape[1], np.inf)
    row_from = np.full(len(rows), -1)
    column_from = np.full(len(columns), -1)
    rows[row] = 0.0
    fresh_rows = np.array([row])
    while len(fresh_rows):
        fresh_columns = _relax(
            rows[fresh_rows, None] + down_cost[fresh_rows], fresh_rows, columns, column_from
        )
        fresh_columns = fresh_columns[fresh_columns != column]
        if not len(fresh_columns):
            break
        fresh_rows = _relax(
            (columns[fresh_columns] + up_cost[:, fresh_columns]).T, fresh_columns, rows, row_from
        )
    if not np.isfinite(columns[column]):
        return np.inf, []
    return float(columns[column]), _walk_back(target, row_from, column_from)


def _any_path(can_rise: NDArray[np.bool_], can_fall: NDArray[np.bool_], target: Cell) -> list[Cell]:
    """Find a shortest path of the same kind where numbers have room, or nothing."""
    row, column = target
    can_fall[target] = False
    row_from = np.full(can_rise.shape[0], -1)
    column_from = np.full(can_rise.shape[1], -1)
    rows = np.array([row])
    row_from[row] = column
    while len(rows):
        falling = can_fall[rows]
        columns = np.flatnonzero(falling.any(axis=0) & (column_from < 0))
        column_from[columns] = rows[falling[:, columns].argmax(axis=0)]
        if column_from[column] >= 0:
            return _walk_back(target, row_from, column_from)
        rising = can_rise[:, columns]
        rows = np.flatnonzero(rising.any(axis=1) & (row_from < 0))
        row_from[rows] = columns[rising[rows].argmax(axis=1)] if len(rows) else -1
    return []


def _relax(
    costs: NDArray[np.float64],
    sources: NDArray[np.intp],
    best: NDArray[np.float64],
    best_from: NDArray[np.intp],
) -> NDArray[np.intp]:
    chosen = costs.argmin(axis=0)
    offered = costs[chosen, np.arange(len(best))]
    better = np.flatnonzero(offered < best)
    best[better] = offered[better]
    best_from[better] = sources[chosen[better]]
    return better


def _walk_back(
    target: Cell, row_from: NDArray[np.intp], column_from: NDArray[np.intp]
) -> list[Cell]:
    path: list[Cell] = []
    row, column = -1, target[1]
    while row != target[0]:
        row = int(column_from[column])
        path.append((row, column))
        if row != target[0]:
            column = int(row_from[row])
            path.append((row, column))
    return path[::-1]


def _plainly_free(room: Room, needed: int) -> NDArray[np.bool_]:
    """Find most numbers that can move, by rectangles of four numbers; never a wrong yes.

    For each number, a second row and column are sought whose three other corners have room.
    """
    rising = _rectangles(room, needed)
    falling = _rectangles(room.turned(), needed)
    free = rising | falling
    for rise in range(1, needed):
        free |= _rectangles(room, rise) & _rectangles(room.turned(), needed - rise)
    return free


def _rectangles(room: Room, size: int) -> NDArray[np.bool_]:
    wide = room.up.shape[0] < room.up.shape[1]
    up, down = (room.up.T, room.down.T) if wide else (room.up, room.down)
    rises, falls = (up >= size).astype(np.float32), (down >= size).astype(np.float32)
    # Two such rows, because one of them may be the number's own.
    opposite = (falls.T @ rises >= 2).astype(np.float32)
    np.fill_diagonal(opposite, 0)
    found = (up >= size) & (falls @ opposite.T > 0)
    return found.T if wide else found
