"""This file knows grids of squares and hexagons: implicit until drawn, found by index arithmetic.

A grid is an origin, a cell size and a number of columns and rows. The code of a cell is
``row * columns + column``, row 0 in the south and column 0 in the west, so that codes follow
from numbers alone. A cell holds its southern and western edge.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.errors import InvalidPlaces
from forestall.languages import Message, Quantity, message
from forestall.query.expressions import ROOT_3, cell_key, hex_key, key_parts
from forestall.records.lattices import Grid
from forestall.records.places import Located

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from forestall.records.incidents import Incidents

# For each neighbour, south to north and west to east: the step in rows, the step in columns
# from an even row, and the step in columns from an odd row.
QUEEN_STEPS = tuple(
    (row, column, column) for row in (-1, 0, 1) for column in (-1, 0, 1) if row or column
)
HEXAGON_STEPS = ((-1, -1, 0), (-1, 0, 1), (0, -1, -1), (0, 1, 1), (1, -1, 0), (1, 0, 1))


class SquareGrid(Grid):
    """Squares in columns and rows; see `square_grid`.

    Examples
    --------
    >>> grid = SquareGrid(origin=(0, 0), cell_m=100, columns=3, rows=2, crs="EPSG:27700")
    >>> grid.locate([0, 299.9, 300], [0, 100, 0]).position.tolist()
    [0, 5, -1]
    >>> grid.neighbours().sum(axis=1).tolist()
    [3.0, 5.0, 3.0, 3.0, 5.0, 3.0]
    """

    @property
    def label(self) -> Message:
        """Say what the places are."""
        return message("squares of {size}", size=Quantity(self.cell_m, "m"))

    @cached_property
    def centres(self) -> NDArray[np.float64]:
        """The middle of each square in metres."""
        return self._anchors() + self.cell_m / 2

    def locate(self, x: ArrayLike, y: ArrayLike) -> Located:
        """Find the square of each point."""
        column, row = (
            np.floor((np.asarray(value, dtype=float) - start) / self.cell_m)
            for value, start in zip((x, y), self.origin, strict=True)
        )
        return _located(self, row, column)

    def key(self, x: Any, y: Any) -> Any:
        """Return the Ibis expression that says in which square a point lies."""
        return cell_key(x, y, origin=self.origin, size=self.cell_m)

    def _row_and_column(
        self, keys: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return key_parts(keys)

    def _steps(self) -> tuple[tuple[int, int, int], ...]:
        return QUEEN_STEPS

    def _anchors(self) -> NDArray[np.float64]:
        row, column = self.cells
        corners: NDArray[Any] = np.column_stack([column, row]) * self.cell_m
        anchors: NDArray[np.float64] = corners + np.asarray(self.origin, dtype=float)
        return anchors

    def _cell_area(self) -> float:
        return self.cell_m**2

    def _polygons(self) -> NDArray[Any]:
        import shapely

        west, south = self._anchors().T
        squares: NDArray[Any] = shapely.box(west, south, west + self.cell_m, south + self.cell_m)
        return squares


class HexGrid(Grid):
    """Hexagons that stand on a corner, odd rows moved half a cell to the east; see `hex_grid`.

    Examples
    --------
    >>> grid = HexGrid(origin=(0, 0), cell_m=100, columns=3, rows=3, crs="EPSG:27700")
    >>> grid.centres[4].round().tolist()
    [150.0, 87.0]
    >>> grid.neighbours().sum(axis=1).tolist()
    [2.0, 4.0, 3.0, 5.0, 6.0, 3.0, 2.0, 4.0, 3.0]
    """

    @property
    def label(self) -> Message:
        """Say what the places are."""
        return message("hexagons {size} wide", size=Quantity(self.cell_m, "m"))

    @property
    def centres(self) -> NDArray[np.float64]:
        """The middle of each hexagon in metres."""
        return self._anchors()

    def locate(self, x: ArrayLike, y: ArrayLike) -> Located:
        """Find the hexagon of each point."""
        east = (np.asarray(x, dtype=float) - self.origin[0]) / self.cell_m
        north = (np.asarray(y, dtype=float) - self.origin[1]) / (self.cell_m * ROOT_3)
        cube = np.stack([east - north, north * 2, -(east - north) - north * 2])
        near = np.floor(cube + 0.5)
        off = np.abs(near - cube)
        q_is_worst = (off[0] > off[1]) & (off[0] > off[2])
        r_is_worst = ~q_is_worst & (off[1] > off[2])
        q = np.where(q_is_worst, -near[1] - near[2], near[0])
        r = np.where(r_is_worst, -near[0] - near[2], near[1])
        return _located(self, r, q + np.floor(r / 2))

    def key(self, x: Any, y: Any) -> Any:
        """Return the Ibis expression that says in which hexagon a point lies."""
        return hex_key(x, y, origin=self.origin, size=self.cell_m)

    def _row_and_column(
        self, keys: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return _offset_coordinates(keys)

    def _steps(self) -> tuple[tuple[int, int, int], ...]:
        return HEXAGON_STEPS

    def _anchors(self) -> NDArray[np.float64]:
        row, column = self.cells
        east = (column + 0.5 * (row % 2)) * self.cell_m
        north = row * (self.cell_m * ROOT_3 / 2)
        centres: NDArray[Any] = np.column_stack([east, north])
        anchors: NDArray[np.float64] = centres + np.asarray(self.origin, dtype=float)
        return anchors

    def _cell_area(self) -> float:
        return self.cell_m**2 * ROOT_3 / 2

    def _polygons(self) -> NDArray[Any]:
        import shapely

        angles = np.radians(np.arange(30, 390, 60))
        corner = np.column_stack([np.cos(angles), np.sin(angles)]) * self.cell_m / ROOT_3
        hexagons: NDArray[Any] = shapely.polygons(self.centres[:, None, :] + corner)
        return hexagons


def square_grid(
    incidents: Incidents | None = None,
    *,
    cell_m: float = 500,
    origin: tuple[float, float] | None = None,
    columns: int | None = None,
    rows: int | None = None,
    crs: str | None = None,
) -> SquareGrid:
    """Make a grid of squares, from incidents or from numbers.

    From incidents, the corners of squares are at multiples of ``cell_m`` and the study area is
    every square with a record and the squares that touch one. From numbers, all squares are at
    risk.

    Parameters
    ----------
    incidents
        Incidents whose places make the study area; None when the numbers are given.
    cell_m
        Width of a square in metres.
    origin, columns, rows, crs
        South-western corner in metres, extent in squares, and projection.

    Raises
    ------
    InvalidPlaces
        If the grid would be empty or have more than 25 million squares.

    Examples
    --------
    >>> grid = square_grid(origin=(0, 0), cell_m=250, columns=4, rows=3, crs="EPSG:27700")
    >>> grid.size, str(grid.label).replace("\u00a0", " ")
    (12, 'squares of 250 m')
    """
    if incidents is None:
        return SquareGrid(**_numbers(cell_m, origin, columns, rows, crs))
    _check_no_numbers(origin, columns, rows, crs)
    size = _checked(cell_m)
    west, south, east, north = _extent(incidents)
    x0, y0 = (math.floor(west / size) - 1) * cell_m, (math.floor(south / size) - 1) * cell_m
    grid = SquareGrid(
        origin=(x0, y0),
        cell_m=cell_m,
        # Counted from the origin, as cells are: a point a hair from an edge may round across it.
        columns=math.floor((east - x0) / size) + 2,
        rows=math.floor((north - y0) / size) + 2,
        crs=incidents.crs,
    )
    return replace(grid, **_study_area(grid, incidents, _SQUARES))


def hex_grid(
    incidents: Incidents | None = None,
    *,
    cell_m: float = 500,
    origin: tuple[float, float] | None = None,
    columns: int | None = None,
    rows: int | None = None,
    crs: str | None = None,
) -> HexGrid:
    """Make a grid of hexagons, from incidents or from numbers.

    As `square_grid`, with ``cell_m`` the distance between opposite sides and ``origin`` the
    centre of the first hexagon; from incidents, one hexagon is centred on (0, 0) of the
    projection.

    Examples
    --------
    >>> hex_grid(origin=(0, 0), cell_m=250, columns=4, rows=3, crs="EPSG:27700").size
    12
    """
    if incidents is None:
        return HexGrid(**_numbers(cell_m, origin, columns, rows, crs))
    _check_no_numbers(origin, columns, rows, crs)
    row_m = _checked(cell_m) * ROOT_3 / 2
    ends = _extent(incidents)
    west, east = math.floor(ends[0] / cell_m), math.floor(ends[2] / cell_m)
    south, north = math.floor(ends[1] / row_m), math.floor(ends[3] / row_m)
    # A point is in the row above or below at most, and an even first row keeps the odd ones
    # moved to the east.
    first_row = (south - 2) // 2 * 2
    grid = HexGrid(
        origin=((west - 2) * cell_m, first_row * row_m),
        cell_m=cell_m,
        columns=east - west + 5,
        rows=north - first_row + 3,
        crs=incidents.crs,
    )
    return replace(grid, **_study_area(grid, incidents, _HEXAGONS))


_SQUARES = (
    "The study area is every square with a record and those touching one: "
    "{count} squares of {size}."
)
_HEXAGONS = (
    "The study area is every hexagon with a record and those touching one: "
    "{count} hexagons {size} wide."
)


def _offset_coordinates(
    keys: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    r, q = key_parts(keys)
    return r, q + (r >> 1)


def _located(grid: Grid, row: NDArray[np.float64], column: NDArray[np.float64]) -> Located:
    inside = (row >= 0) & (row < grid.rows) & (column >= 0) & (column < grid.columns)
    code = np.where(inside, row, 0) * grid.columns + np.where(inside, column, 0)
    position = np.where(inside, grid.positions(code.astype(np.int64)), -1)
    return Located(position=position, on_boundary=np.zeros(position.shape, dtype=bool))


def _checked(cell_m: float) -> float:
    if isinstance(cell_m, bool) or not isinstance(cell_m, Real):
        raise TypeError(f"The width of a cell is a number of metres, but {cell_m!r} was given.")
    if not (np.isfinite(cell_m) and cell_m > 0):
        raise InvalidPlaces(f"A cell is more than 0 m wide, but {cell_m} was given.")
    return cell_m


def _numbers(cell_m: float, origin: Any, columns: Any, rows: Any, crs: Any) -> dict[str, Any]:
    given = {"origin": origin, "columns": columns, "rows": rows, "crs": crs}
    missing = [name for name, value in given.items() if value is None]
    if missing:
        raise ValueError(f"Without incidents a grid needs {', '.join(missing)} too.")
    return {"cell_m": cell_m, **given}


def _check_no_numbers(*numbers: Any) -> None:
    if any(number is not None for number in numbers):
        raise ValueError("Give incidents, or origin, columns, rows and crs, but not both.")


def _extent(incidents: Incidents) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the incidents in metres."""
    from forestall.query import fetch

    x, y = incidents.table.x, incidents.table.y
    ends = fetch(
        incidents.table.aggregate(west=x.min(), south=y.min(), east=x.max(), north=y.max())
    ).to_pylist()[0]
    if any(end is None for end in ends.values()):
        raise InvalidPlaces(
            message("A grid is made around incidents, but no incident has a place.")
        )
    west, south, east, north = map(float, ends.values())
    return west, south, east, north


def _study_area(grid: Grid, incidents: Incidents, sentence: str) -> dict[str, Any]:
    from forestall.query import fetch

    # The grid's own key, so that counting later finds each incident in the same cell.
    key = grid.key(incidents.table.x, incidents.table.y)
    found = fetch(incidents.table.select(key=key).distinct())["key"].drop_null()
    with_record = np.zeros(grid.rows * grid.columns, dtype=bool)
    with_record[grid.positions_of_keys(found.to_numpy())] = True
    lattice = with_record.reshape(grid.rows, grid.columns)
    at_risk = replace(grid, at_risk=lattice).touching()
    count, size = int(at_risk.sum()), Quantity(grid.cell_m, "m")
    return {"at_risk": at_risk, "notes": (message(sentence, count=count, size=size),)}
