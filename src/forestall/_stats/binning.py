"""This file knows how events are spread over the centres of cells, and which cells a shape holds.

Linear binning gives an event to the four nearest centres, by how near they are along each axis
(Wand 1994), so that the mean place of its weight is the event itself. Arrays of cells have a frame
of one cell around the grid: the nearest centres of an event at the edge lie beyond it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class NearestCentres:
    """For each event the first of its four nearest centres, and how far it lies from that one.

    ``first`` is an index into a framed array laid flat; ``across`` and ``up`` are shares of a
    cell, 0 to 1. Rows go to the north, columns to the east.
    """

    first: IntArray
    across: FloatArray
    up: FloatArray
    framed: tuple[int, int]

    def corners(self) -> tuple[IntArray, FloatArray]:
        """Return the four centres of each event and its weight there, shape (4, events)."""
        columns = self.framed[1]
        steps = np.array([0, 1, columns, columns + 1])
        weights = np.stack(
            [
                (1 - self.across) * (1 - self.up),
                self.across * (1 - self.up),
                (1 - self.across) * self.up,
                self.across * self.up,
            ]
        )
        return self.first + steps[:, None], weights

    def add_up(self, amounts: FloatArray | None = None) -> FloatArray:
        """Return the weight at each centre, shape ``framed``; each event weighs 1 or its amount."""
        size = self.framed[0] * self.framed[1]
        sums = np.zeros(size)
        for centre, weight in zip(*self.corners(), strict=True):
            given = weight if amounts is None else weight * amounts
            sums += np.bincount(centre, given, minlength=size)
        return sums.reshape(self.framed)

    def look_up(self, values: FloatArray) -> FloatArray:
        """Return values of centres, shape ``framed``, interpolated at each event."""
        flat = values.ravel()
        centres, weights = self.corners()
        return np.asarray((flat[centres] * weights).sum(axis=0))


def nearest_centres(
    x: FloatArray,
    y: FloatArray,
    *,
    origin: tuple[float, float],
    cell: float,
    shape: tuple[int, int],
) -> NearestCentres:
    """Find the four centres around each event of a grid of rows × columns.

    Parameters
    ----------
    x, y
        Events inside the grid.
    origin
        The south-western corner of the grid.
    cell
        Width of a cell.
    shape
        Rows and columns of the grid, without the frame.

    Examples
    --------
    >>> half = np.array([1.0])
    >>> found = nearest_centres(half, half, origin=(0, 0), cell=1, shape=(2, 2))
    >>> found.add_up()[1:-1, 1:-1]
    array([[0.25, 0.25],
           [0.25, 0.25]])
    """
    # The centre of the first cell of the frame lies half a cell outside the corner.
    column = (x - origin[0]) / cell + 0.5
    row = (y - origin[1]) / cell + 0.5
    west, south = (
        np.clip(np.floor(value), 0, size).astype(np.int64)
        for value, size in ((column, shape[1]), (row, shape[0]))
    )
    framed = (shape[0] + 2, shape[1] + 2)
    return NearestCentres(south * framed[1] + west, column - west, row - south, framed)


def cells_inside(
    rings: list[FloatArray], *, origin: tuple[float, float], cell: float, shape: tuple[int, int]
) -> BoolArray:
    """Say which cells of rows × columns have their centre inside a shape.

    Along each row, crossing the outline changes between outside and inside. The work grows with
    the outline and the cells, not with their product.

    Parameters
    ----------
    rings
        Closed outlines and holes, each of shape (points, 2), the first point repeated at the end.
        They do not cross.

    Examples
    --------
    >>> triangle = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0], [0.0, 0.0]])
    >>> cells_inside([triangle], origin=(0, 0), cell=1, shape=(4, 4)).sum(axis=1).tolist()
    [3, 2, 1, 0]
    """
    rows, columns = shape
    crossed = np.zeros(rows * (columns + 1), dtype=np.int64)
    for ring in rings:
        column, row = ((ring - np.asarray(origin)) / cell - 0.5).T
        low, high = np.minimum(row[:-1], row[1:]), np.maximum(row[:-1], row[1:])
        first = np.clip(np.ceil(low), 0, rows).astype(np.int64)
        last = np.clip(np.ceil(high), 0, rows).astype(np.int64)
        edge = np.repeat(np.arange(low.size), last - first)
        before = np.cumsum(last - first) - (last - first)
        at_row = np.arange(edge.size) + (first - before)[edge]
        share = (at_row - row[edge]) / (row[edge + 1] - row[edge])
        at_column = column[edge] + share * (column[edge + 1] - column[edge])
        from_column = np.clip(np.ceil(at_column), 0, columns).astype(np.int64)
        np.add.at(crossed, at_row * (columns + 1) + from_column, 1)
    return np.asarray(crossed.reshape(rows, columns + 1).cumsum(axis=1)[:, :-1] % 2 == 1)
