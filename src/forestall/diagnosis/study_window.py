"""This file knows the window of a density: the cells that are studied, and what lies in them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from forestall import query
from forestall._stats.binning import NearestCentres, cells_inside, nearest_centres
from forestall.diagnosis.cell_size import is_moved
from forestall.diagnosis.given import check_incidents
from forestall.errors import CannotAnswer, InvalidPlaces
from forestall.languages import Message, Quantity, message
from forestall.records import Areas, Counts, SquareGrid
from forestall.records.projection import read_crs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from forestall.records import Incidents

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, kw_only=True)
class Events:
    """Points in metres, each with its number of incidents.

    Attributes
    ----------
    x, y, amounts
        Shape (events,).
    crs
        Their projection.
    grid
        The squares in which they were counted; None for incidents with points of their own.
    moved
        Whether the publisher moved most points to shared places.
    without_place
        Incidents that have no point, or lie in no square.
    """

    x: FloatArray
    y: FloatArray
    amounts: FloatArray
    crs: str
    grid: SquareGrid | None
    moved: bool
    without_place: int

    @property
    def total(self) -> int:
        """The number of incidents with a place."""
        return round(float(self.amounts.sum()))

    def kept(self, chosen: BoolArray) -> Events:
        """Return some of the events."""
        return replace(self, x=self.x[chosen], y=self.y[chosen], amounts=self.amounts[chosen])


@dataclass(frozen=True, eq=False, kw_only=True)
class Window:
    """The cells of a density, which of them are studied, and how they were chosen.

    ``outline`` is the shape that was given, if any: it decides exactly which events lie inside,
    while a cell is inside when its centre is.
    """

    grid: SquareGrid
    inside: BoolArray
    outline: BaseGeometry | None
    notes: tuple[Message, ...]

    def holds(self, events: Events) -> BoolArray:
        """Say which events lie in the window."""
        position = self.grid.locate(events.x, events.y).position
        if self.outline is None:
            return np.asarray(position >= 0)
        shapely.prepare(self.outline)
        covered: BoolArray = shapely.intersects_xy(self.outline, events.x, events.y)
        return covered

    def centres_near(self, events: Events) -> NearestCentres:
        """Return the four centres around each event."""
        return nearest_centres(
            events.x,
            events.y,
            origin=self.grid.origin,
            cell=self.grid.cell_m,
            shape=self.inside.shape,
        )


def locate_events(incidents: Incidents | Counts) -> Events:
    """Return the points of incidents; those of counts are the centres of their squares.

    Raises
    ------
    CannotAnswer
        If counts are not by squares.
    """
    if isinstance(incidents, Counts):
        return _counted(incidents)
    check_incidents(incidents, or_counts=True)
    points = query.fetch(incidents.table.select("x", "y"))
    x, y = (points[name].to_numpy().astype(float) for name in ("x", "y"))
    known = np.isfinite(x) & np.isfinite(y)
    return Events(
        x=x[known],
        y=y[known],
        amounts=np.ones(int(known.sum())),
        crs=incidents.crs,
        grid=None,
        moved=is_moved(incidents.manifest),
        without_place=int((~known).sum()),
    )


def choose_window(events: Events, *, cell_m: float | None, window: Any) -> Window:
    """Lay cells over a window; `forestall.diagnosis.estimate_density` explains the choices.

    Raises
    ------
    CannotAnswer
        If there are no events to lay a window around.
    InvalidPlaces
        If the window is of another projection, or no window at all.
    """
    given = events.grid or (window if isinstance(window, SquareGrid) else None)
    cell = _cell_width(cell_m, given)
    if isinstance(window, SquareGrid):
        return _gridded(events, window)
    outline = None if window is None else _outline(window, events.crs)
    if events.grid is not None:
        grid, notes = events.grid, events.grid.notes
    elif outline is not None:
        grid, notes = _grid_around(outline.bounds, cell, events.crs), ()
    else:
        grid, notes = _grid_of_points(events, cell)
    inside = _all_at_risk(grid)
    if outline is not None:
        inside = inside & _centres_within(outline, grid)
        if not inside.any():
            raise InvalidPlaces(
                f"No square of {grid.cell_m:g} m has its centre in the study area; take smaller "
                f"squares, or check that its coordinates are those of {events.crs}."
            )
    at_risk = None if inside.all() else inside
    return Window(grid=replace(grid, at_risk=at_risk), inside=inside, outline=outline, notes=notes)


def _counted(counts: Counts) -> Events:
    grid = counts.places
    if not isinstance(grid, SquareGrid):
        raise CannotAnswer(
            message(
                "A density of counts needs incidents counted by squares; count with "
                "places=square_grid(...), or give the incidents themselves."
            )
        )
    per_place = counts.per_place()
    some = per_place > 0
    x, y = grid.centres[some].T
    return Events(
        x=x,
        y=y,
        amounts=per_place[some].astype(float),
        crs=grid.crs,
        grid=grid,
        moved=counts.manifest is not None and is_moved(counts.manifest),
        without_place=counts.outside,
    )


def _cell_width(cell_m: float | None, given: SquareGrid | None) -> float:
    if given is None:
        if cell_m is None:
            raise ValueError("Say how wide the cells are with cell_m, in metres.")
        if not (np.isfinite(cell_m) and cell_m > 0):
            raise InvalidPlaces(f"A cell is more than 0 m wide, but {cell_m} was given.")
        return float(cell_m)
    if cell_m not in {None, given.cell_m}:
        raise ValueError(
            f"The squares are {given.cell_m:g} m wide, but cell_m={cell_m:g} was given; leave it "
            f"out, or give the incidents and no grid."
        )
    return float(given.cell_m)


def _gridded(events: Events, window: SquareGrid) -> Window:
    if read_crs(window.crs) != read_crs(events.crs):
        raise InvalidPlaces(
            f"A window is laid in the projection of the incidents, {events.crs}, but this one is "
            f"in {window.crs}."
        )
    inside = _all_at_risk(window)
    if events.grid is not None:
        if lattice(events.grid) != lattice(window):
            raise InvalidPlaces(
                message(
                    "The window and the counts are of different squares; count the "
                    "incidents by the squares of the window."
                )
            )
        inside = inside & _all_at_risk(events.grid)
    return Window(
        grid=replace(window, at_risk=None if inside.all() else inside),
        inside=inside,
        outline=None,
        notes=window.notes,
    )


def lattice(grid: SquareGrid) -> tuple[object, ...]:
    """Return what two grids of the same squares have in common, whatever is at risk."""
    return (grid.origin, grid.cell_m, grid.columns, grid.rows)


def _all_at_risk(grid: SquareGrid) -> BoolArray:
    if grid.at_risk is None:
        return np.ones((grid.rows, grid.columns), dtype=bool)
    return grid.at_risk


def _outline(window: Any, crs: str) -> BaseGeometry:
    if isinstance(window, shapely.Geometry):
        shape = window
    else:
        frame = window.to_geodataframe() if isinstance(window, Areas) else window
        if not hasattr(frame, "to_crs") or frame.crs is None:
            raise InvalidPlaces(
                "A window is a shapely polygon, areas, a GeoDataFrame with a CRS or a grid of "
                f"squares, but got {type(window).__name__}."
            )
        shape = shapely.union_all(frame.to_crs(crs).geometry.array)
    if shape.is_empty or not shape.is_valid or shape.geom_type not in {"Polygon", "MultiPolygon"}:
        raise InvalidPlaces(message("A window needs a valid polygon that is not empty."))
    return shape


def _grid_around(bounds: tuple[float, ...], cell: float, crs: str) -> SquareGrid:
    """Lay squares, their corners at multiples of their width, around west, south, east, north."""
    west, south, east, north = bounds
    x0, y0 = math.floor(west / cell) * cell, math.floor(south / cell) * cell
    return SquareGrid(
        origin=(x0, y0),
        cell_m=cell,
        columns=math.floor((east - x0) / cell) + 1,
        rows=math.floor((north - y0) / cell) + 1,
        crs=crs,
    )


def _grid_of_points(events: Events, cell: float) -> tuple[SquareGrid, tuple[Message, ...]]:
    if not events.x.size:
        raise CannotAnswer(message("A density needs incidents with a place, but there are none."))
    bounds = (events.x.min(), events.y.min(), events.x.max(), events.y.max())
    grid = _grid_around(tuple(map(float, bounds)), cell, events.crs)
    return grid, (message(_RECTANGLE, size=Quantity(cell, "m")),)


_RECTANGLE = (
    "The study area is taken to be the rectangle around the incidents, in whole squares of {size}; "
    "give the true one where it is known."
)


def _centres_within(outline: BaseGeometry, grid: SquareGrid) -> BoolArray:
    polygons = shapely.get_parts(outline)
    lines = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return cells_inside(
        [shapely.get_coordinates(line) for line in lines],
        origin=grid.origin,
        cell=grid.cell_m,
        shape=(grid.rows, grid.columns),
    )
