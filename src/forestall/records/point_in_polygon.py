"""This file knows in which polygon each of many points lies.

The points are sorted into the cells of a coarse grid once. Each polygon then tests, with
prepared geometry, only the points in the cells that its bounding box touches, so no object is
made for a point and the work grows with the points near a polygon. A point belongs to the first
polygon in order that covers it, boundary included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Cells per polygon: fewer make candidates that are far away, more make many short slices.
_CELLS_A_POLYGON = 16
_MOST_CELLS = 4_000_000


def locate_points(
    polygons: NDArray[Any], x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Find the first polygon that covers each point.

    Parameters
    ----------
    polygons
        Valid polygons and multipolygons, in the order that decides between several.
    x, y
        Points in the same coordinates, shape (points,). A missing point lies nowhere.

    Returns
    -------
    position, on_boundary
        Index of the polygon or -1, and whether the point lies on that polygon's boundary.

    Examples
    --------
    >>> squares = shapely.box([0, 1], [0, 0], [1, 2], [1, 1])
    >>> position, on_boundary = locate_points(
    ...     squares, np.array([0.5, 1.0, 1.5, 9.0]), np.array([0.5, 0.5, 0.5, 0.5]))
    >>> position.tolist(), on_boundary.tolist()
    ([0, 0, 1, -1], [False, True, False, False])
    """
    position = np.full(x.size, -1, dtype=np.int64)
    on_boundary = np.zeros(x.size, dtype=bool)
    if not (len(polygons) and x.size):
        return position, on_boundary
    bounds = shapely.bounds(polygons)
    index = _sort_into_cells(bounds, x, y)
    found = np.full(index.x.size, -1, dtype=np.int64)
    on_edge = np.zeros(index.x.size, dtype=bool)
    for i, polygon in enumerate(polygons):
        near = index.points_in(bounds[i])
        near = near[found[near] < 0]
        if not near.size:
            continue
        shapely.prepare(polygon)
        covered = near[shapely.intersects_xy(polygon, index.x[near], index.y[near])]
        found[covered] = i
        on_edge[covered] = ~shapely.contains_xy(polygon, index.x[covered], index.y[covered])
        shapely.destroy_prepared(polygon)
    position[index.order], on_boundary[index.order] = found, on_edge
    return position, on_boundary


@dataclass(frozen=True, eq=False)
class _CellIndex:
    """Points in the order of the cells of a coarse grid; ``starts`` says where a cell begins."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    order: NDArray[np.int64]
    starts: NDArray[np.int64]
    west: float
    south: float
    size: float
    columns: int
    rows: int

    def points_in(self, box: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the points in a box, as indexes into ``x``."""
        first_column, first_row, last_column, last_row = (
            int(value)
            for value in (box - [self.west, self.south, self.west, self.south]) // self.size
        )
        row = np.arange(max(first_row, 0), min(last_row, self.rows - 1) + 1) * self.columns
        start = self.starts[row + max(first_column, 0)]
        end = self.starts[row + min(last_column, self.columns - 1) + 1]
        near = _ranges(start, end)
        x, y = self.x[near], self.y[near]
        inside: NDArray[np.int64] = near[
            (x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3])
        ]
        return inside


def _sort_into_cells(
    bounds: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]
) -> _CellIndex:
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    cells = min(_CELLS_A_POLYGON * len(bounds), _MOST_CELLS)
    size = max(np.sqrt((east - west) * (north - south) / cells), (east - west) / cells, 1e-9)
    size = max(size, (north - south) / cells)
    columns, rows = int((east - west) // size) + 1, int((north - south) // size) + 1
    inside = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    column = ((x[inside] - west) // size).astype(np.int64)
    row = ((y[inside] - south) // size).astype(np.int64)
    cell = row * columns + column
    by_cell = np.argsort(cell, kind="stable")
    order = inside[by_cell]
    starts = np.searchsorted(cell[by_cell], np.arange(rows * columns + 1))
    return _CellIndex(
        x[order], y[order], order, starts, float(west), float(south), float(size), columns, rows
    )


def _ranges(start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return start[0], ..., end[0]-1, start[1], ..., end[1]-1 and so on."""
    length = np.maximum(end - start, 0)
    before = np.cumsum(length) - length
    numbers: NDArray[np.int64] = np.arange(length.sum()) + np.repeat(start - before, length)
    return numbers
