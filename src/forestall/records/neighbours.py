"""This file knows which places are neighbours: by touching, by a shared side, or by distance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from forestall.errors import InvalidPlaces
from forestall.languages import message
from forestall.query.expressions import ROOT_3
from forestall.records.areas import Areas
from forestall.records.grids import SquareGrid
from forestall.records.lattices import Grid

if TYPE_CHECKING:
    import scipy.sparse as sp
    from numpy.typing import NDArray

    from forestall.records.places import Places

MOST_PAIRS = 200_000_000

# A distance of 500 √2 m reaches the square across the corner of 500 m squares, also when its last
# digit is rounded down.
_ROUNDING = 1e-9


def find_neighbours(
    places: Places,
    *,
    neighbours: Literal["queen", "rook"] = "queen",
    distance_m: float | None = None,
) -> sp.csr_array:
    """Find the neighbours of each place, as a sparse matrix of 1.0 and 0.

    Parameters
    ----------
    places
        Squares, hexagons or areas; only places at risk are neighbours.
    neighbours
        "queen": they touch, also at a corner. "rook": they share a side or a stretch of boundary.
        On hexagons both are the same.
    distance_m
        Instead of touching: all places whose middles lie at most so far apart. The middle of an
        area is its point inside (`Places.centres`).

    Raises
    ------
    InvalidPlaces
        If rook neighbours are asked of areas whose boundaries do not fit together, or the distance
        is so long that there would be too many pairs.
    ValueError
        If the distance is not positive, or both ways are asked for.

    Examples
    --------
    >>> from forestall.records import square_grid
    >>> grid = square_grid(origin=(0, 0), cell_m=500, columns=3, rows=3, crs="EPSG:27700")
    >>> find_neighbours(grid, neighbours="rook").sum(axis=1).tolist()
    [2.0, 3.0, 2.0, 3.0, 4.0, 3.0, 2.0, 3.0, 2.0]
    >>> find_neighbours(grid, distance_m=1000).sum(axis=1).tolist()
    [5.0, 6.0, 5.0, 6.0, 8.0, 6.0, 5.0, 6.0, 5.0]
    """
    check_neighbours(neighbours, distance_m)
    if isinstance(places, Grid):
        return places.neighbours_at(_grid_steps(places, neighbours, distance_m))
    if distance_m is not None:
        return _within(places, distance_m)
    if neighbours == "queen":
        return places.neighbours()
    assert isinstance(places, Areas)
    return _sharing_a_side(places)


def check_neighbours(neighbours: str, distance_m: float | None) -> None:
    """Refuse a way to find neighbours that does not exist, or two ways at once."""
    if neighbours not in {"queen", "rook"}:
        raise ValueError('Neighbours are "queen" or "rook"; give distance_m for a distance.')
    if distance_m is None:
        return
    if neighbours != "queen":
        raise ValueError("Neighbours are found by touching or by distance_m, but not by both.")
    if not (math.isfinite(distance_m) and distance_m > 0):
        raise ValueError(f"A distance is more than 0 m, not {distance_m}.")


def square_window(grid: SquareGrid, *, neighbours: str, distance_m: float | None) -> dict[int, int]:
    """Return the window of a square: for each step in rows, how many squares to either side.

    The square itself is in it.

    Examples
    --------
    >>> grid = SquareGrid(origin=(0, 0), cell_m=500, columns=9, rows=9, crs="EPSG:27700")
    >>> square_window(grid, neighbours="queen", distance_m=None)
    {-1: 1, 0: 1, 1: 1}
    >>> square_window(grid, neighbours="queen", distance_m=1000)
    {-2: 0, -1: 1, 0: 2, 1: 1, 2: 0}
    """
    if distance_m is None:
        beside = 1 if neighbours == "queen" else 0
        return {-1: beside, 0: 1, 1: beside}
    reach = _in_cells(distance_m, grid)
    most = math.isqrt(reach)
    return {row: math.isqrt(reach - row**2) for row in range(-most, most + 1)}


def _in_cells(distance_m: float, grid: Grid) -> int:
    """Return the largest whole squared distance, in cells, that is not beyond the given one."""
    reach = (distance_m / grid.cell_m) ** 2 * (1 + _ROUNDING)
    return math.floor(min(reach, 2.0 * (grid.rows + grid.columns) ** 2))


def _grid_steps(
    grid: Grid, neighbours: str, distance_m: float | None
) -> list[tuple[int, int, int]]:
    if isinstance(grid, SquareGrid):
        window = square_window(grid, neighbours=neighbours, distance_m=distance_m)
        _check_pairs(grid, sum(2 * half + 1 for half in window.values()) - 1)
        return [
            (row, column, column)
            for row, half in window.items()
            for column in range(-half, half + 1)
            if row or column
        ]
    reach = 1 if distance_m is None else _in_cells(distance_m, grid)
    _check_pairs(grid, math.ceil(2 * math.pi / ROOT_3 * reach))
    return _hexagon_steps(reach)


def _hexagon_steps(reach: int) -> list[tuple[int, int, int]]:
    """Return the steps to hexagons whose squared distance, in widths, is at most ``reach``.

    With r rows up and q hexagons along the slanted axis it is q² + q r + r², a whole number.
    """
    most = math.isqrt(4 * reach // 3) + 1
    return [
        (r, q + (r >> 1), q + ((r + 1) >> 1))
        for r in range(-most, most + 1)
        for q in range(-most, most + 1)
        if 0 < q * q + q * r + r * r <= reach
    ]


def _check_pairs(grid: Grid, neighbours: int) -> None:
    if grid.size * min(neighbours, grid.size) > MOST_PAIRS:
        raise InvalidPlaces(
            f"At this distance a place has about {neighbours:,} neighbours, which are too many "
            f"pairs for {grid.size:,} places; take a shorter distance or larger cells."
        )


def _within(places: Places, distance_m: float) -> sp.csr_array:
    from scipy.spatial import cKDTree

    tree = cKDTree(places.centres)
    pairs = tree.query_pairs(distance_m * (1 + _ROUNDING), output_type="ndarray")
    return _symmetric(pairs[:, 0], pairs[:, 1], places.size)


def _sharing_a_side(areas: Areas) -> sp.csr_array:
    if not areas.fit_together:
        raise InvalidPlaces(
            message(
                "Rook neighbours share a stretch of boundary, but the boundaries of "
                "these areas do not fit together exactly; take queen neighbours, or a "
                "distance."
            )
        )
    touching = areas.neighbours(tolerance_m=0).tocoo()
    first, second = touching.coords
    once = first < second
    first, second = first[once], second[once]
    shapes = np.asarray(areas.geometry.to_numpy(), dtype=object)
    shared = shapely.length(shapely.intersection(shapes[first], shapes[second])) > 0
    return _symmetric(first[shared], second[shared], areas.size)


def _symmetric(first: NDArray[np.intp], second: NDArray[np.intp], size: int) -> sp.csr_array:
    import scipy.sparse as sp

    pairs = (np.concatenate([first, second]), np.concatenate([second, first]))
    matrix = sp.coo_array((np.ones(2 * len(first)), pairs), shape=(size, size)).tocsr()
    matrix.sort_indices()
    return matrix
