"""This file knows cells in columns and rows: their codes, which are at risk and which touch."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.errors import InvalidPlaces
from forestall.records.places import Places, check_metric, is_inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import scipy.sparse as sp
    from numpy.typing import ArrayLike, NDArray

    from forestall.languages import Message

MOST_CELLS = 25_000_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Grid(Places):
    """Cells of one size in columns and rows.

    Attributes
    ----------
    origin
        x and y in metres: of a square grid the south-western corner, of a hexagonal grid the
        centre of the first cell.
    cell_m
        Width of a square; of a hexagon the distance between opposite sides.
    columns, rows
        Extent of the grid.
    at_risk
        Which cells belong to the study area, shape (rows, columns); all when None.
    """

    origin: tuple[float, float]
    cell_m: float
    columns: int
    rows: int
    crs: str
    at_risk: NDArray[np.bool_] | None = None
    notes: tuple[Message, ...] = ()

    def __post_init__(self) -> None:
        if not (np.isfinite(self.cell_m) and self.cell_m > 0):
            raise InvalidPlaces(f"A cell is more than 0 m wide, but {self.cell_m} was given.")
        if self.columns < 1 or self.rows < 1:
            raise InvalidPlaces(
                f"A grid has at least 1 column and 1 row, but {self.columns} columns and "
                f"{self.rows} rows were given."
            )
        if self.columns * self.rows > MOST_CELLS:
            raise InvalidPlaces(
                f"A grid has at most {MOST_CELLS:,} cells, but {self.columns:,} columns and "
                f"{self.rows:,} rows of {self.cell_m:g} m were asked for; take larger cells, or "
                f"keep only the incidents within the study area."
            )
        if self.at_risk is not None and self.at_risk.shape != (self.rows, self.columns):
            raise InvalidPlaces(
                f"The cells at risk need the shape (rows, columns) = ({self.rows}, "
                f"{self.columns}), but have {self.at_risk.shape}."
            )
        check_metric(self.crs)

    @cached_property
    def codes(self) -> NDArray[np.int64]:
        """One code per cell at risk, ascending."""
        if self.at_risk is None:
            return np.arange(self.columns * self.rows, dtype=np.int64)
        return np.flatnonzero(self.at_risk).astype(np.int64)

    @cached_property
    def cells(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and column of each cell at risk."""
        return self.codes // self.columns, self.codes % self.columns

    @cached_property
    def names(self) -> NDArray[Any]:
        """One name per cell: its origin (square) or centre (hexagon) in whole metres."""
        corners = np.floor(self._anchors()).astype(np.int64).tolist()
        return np.array([f"E{x} N{y}" for x, y in corners], dtype=object)

    @property
    def area_km2(self) -> NDArray[np.float64]:
        """The area of each cell in square kilometres."""
        return np.full(self.size, self._cell_area() / 1e6)

    def positions(self, codes: ArrayLike) -> NDArray[np.int64]:
        """Return the index of each code in ``codes``, -1 for a cell that is not at risk."""
        asked = np.asarray(codes)
        if asked.dtype.kind == "f":
            asked = np.where(np.isfinite(asked) & (asked == np.floor(asked)), asked, -1)
        asked = asked.astype(np.int64)
        inside = is_inside(asked, self.columns * self.rows)
        return np.where(inside, self._position_of_cell[np.where(inside, asked, 0)], -1)

    def positions_of_keys(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the index in ``codes`` of each key made by `key`, -1 outside the study area."""
        row, column = self._row_and_column(keys)
        inside = is_inside(row, self.rows) & is_inside(column, self.columns)
        return self.positions(np.where(inside, row * self.columns + column, -1))

    def neighbours(self) -> sp.csr_array:
        """Return which cells touch; see `Places.neighbours`."""
        return self.neighbours_at(self._steps())

    def neighbours_at(self, steps: Sequence[tuple[int, int, int]]) -> sp.csr_array:
        """Return which cells at risk lie at some steps from each other.

        Parameters
        ----------
        steps
            In rows, in columns from an even row and in columns from an odd row; for each step
            also the one back.
        """
        import scipy.sparse as sp

        if not steps:
            return sp.csr_array((self.size, self.size))
        row, column = self.cells
        ways = np.array(sorted(steps))
        reach = int(np.abs(ways).max())
        framed = np.full((self.rows + 2 * reach, self.columns + 2 * reach), -1, dtype=np.int32)
        framed[row + reach, column + reach] = np.arange(self.size, dtype=np.int32)
        aside = np.where((row % 2 == 0)[:, None], ways[:, 1], ways[:, 2])
        beside = framed[row[:, None] + reach + ways[:, 0], column[:, None] + reach + aside]
        known = beside >= 0
        starts = np.concatenate([[0], np.cumsum(known.sum(axis=1))])
        shape = (self.size, self.size)
        return sp.csr_array((np.ones(starts[-1]), beside[known], starts), shape=shape)

    def on_lattice(self, values: ArrayLike, *, elsewhere: float = 0) -> NDArray[Any]:
        """Lay one value per place on the array of all cells, shape (rows, columns)."""
        given = np.asarray(values)
        lattice = np.full(self.rows * self.columns, elsewhere, dtype=given.dtype)
        lattice[self.codes] = given
        return lattice.reshape(self.rows, self.columns)

    def to_geodataframe(self) -> gpd.GeoDataFrame:
        """Return one polygon per cell at risk with its ``place`` code and ``name``."""
        import geopandas as gpd

        columns = {"place": self.codes, "name": self.names}
        return gpd.GeoDataFrame(columns, geometry=self._polygons(), crs=self.crs)

    def touching(self) -> NDArray[np.bool_]:
        """Return the cells at risk and those that touch them, shape (rows, columns)."""
        row, column = self.cells
        framed = np.zeros((self.rows + 2, self.columns + 2), dtype=bool)
        framed[row + 1, column + 1] = True
        for step, from_even, from_odd in self._steps():
            aside = np.where(row % 2 == 0, from_even, from_odd)
            framed[row + 1 + step, column + 1 + aside] = True
        return framed[1:-1, 1:-1].copy()

    @cached_property
    def _position_of_cell(self) -> NDArray[np.int32]:
        position = np.full(self.columns * self.rows, -1, dtype=np.int32)
        position[self.codes] = np.arange(self.size, dtype=np.int32)
        return position

    @abstractmethod
    def key(self, x: Any, y: Any) -> Any:
        """Return the Ibis expression that says in which cell a point lies."""

    @abstractmethod
    def _row_and_column(
        self, keys: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return row and column of each key."""

    @abstractmethod
    def _steps(self) -> tuple[tuple[int, int, int], ...]:
        """Return the steps to the neighbours: in rows, in columns from even and from odd rows."""

    @abstractmethod
    def _anchors(self) -> NDArray[np.float64]:
        """Return the origin of each cell at risk in metres."""

    @abstractmethod
    def _cell_area(self) -> float:
        """Return the area of a cell in square metres."""

    @abstractmethod
    def _polygons(self) -> NDArray[Any]:
        """Return the polygon of each cell at risk."""
