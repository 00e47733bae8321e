"""This file knows how places become shapes on a page: squares by index, all others as polygons."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from forestall.publication.drawing.svg import short
from forestall.records import SquareGrid
from forestall.records.areas import LOOSE_TOLERANCE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.publication.pictures import BaseLines
    from forestall.records import Places

WIDTH = 850.0
_HIGHEST = 1000.0
_MARGIN = 14.0
MOST_OUTLINES = 100


@dataclass(frozen=True)
class Frame:
    """Where the metres of the projection lie on the page; y runs downwards there."""

    west: float
    north: float
    pixels_per_metre: float
    left: float
    top: float
    height: float

    def to_page(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return page coordinates (n × 2) of projected points in metres."""
        x = self.left + (points[:, 0] - self.west) * self.pixels_per_metre
        y = self.top + (self.north - points[:, 1]) * self.pixels_per_metre
        return np.column_stack([x, y])


def frame_around(extent: tuple[float, float, float, float]) -> Frame:
    """Fit an extent in metres into the width of a map, or its greatest height."""
    west, south, east, north = extent
    across, up = max(east - west, 1.0), max(north - south, 1.0)
    scale = min((WIDTH - 2 * _MARGIN) / across, (_HIGHEST - 2 * _MARGIN) / up)
    left = (WIDTH - across * scale) / 2
    return Frame(west, north, scale, left, _MARGIN, up * scale + 2 * _MARGIN)


class Shapes(ABC):
    """The places at risk as shapes; masks are boolean arrays along ``codes``."""

    codes: NDArray[Any]
    frame: Frame

    @property
    @abstractmethod
    def centres(self) -> NDArray[np.float64]:
        """Return the middle of each place on the page (n × 2)."""

    @property
    @abstractmethod
    def transform(self) -> str:
        """Return the SVG transform that the paths need, or nothing."""

    @abstractmethod
    def fill(self, mask: NDArray[np.bool_]) -> str:
        """Return path commands that cover the places of the mask."""

    @abstractmethod
    def outline(self, mask: NDArray[np.bool_]) -> str:
        """Return path commands around the union of the places of the mask."""

    @property
    @abstractmethod
    def unit(self) -> float:
        """Return how many pixels one unit of the paths is."""


Window = tuple[float, float, float, float]


def shapes_of(places: Places, *, window: Window | None = None) -> Shapes:
    """Return the shapes of places, or of those whose middle lies in a window (metres)."""
    inside = np.ones(places.size, dtype=bool)
    if window is not None:
        x, y = places.centres.T
        inside = (x >= window[0]) & (y >= window[1]) & (x <= window[2]) & (y <= window[3])
    if isinstance(places, SquareGrid):
        return _Squares(places, inside)
    return _Polygons(places, inside)


class _Squares(Shapes):
    """Squares of a grid: paths in whole cells, scaled once."""

    def __init__(self, grid: SquareGrid, inside: NDArray[np.bool_]) -> None:
        self.codes = np.asarray(grid.codes)[inside]
        rows, columns = self.codes // grid.columns, self.codes % grid.columns
        self._row = int(rows.max()) - rows
        self._column = columns - int(columns.min())
        self._shape = (int(self._row.max()) + 1, int(self._column.max()) + 1)
        west = grid.origin[0] + int(columns.min()) * grid.cell_m
        north = grid.origin[1] + (int(rows.max()) + 1) * grid.cell_m
        extent = (
            west,
            north - self._shape[0] * grid.cell_m,
            west + self._shape[1] * grid.cell_m,
            north,
        )
        self.frame = frame_around(extent)
        self._cell = self.frame.pixels_per_metre * grid.cell_m

    @property
    def centres(self) -> NDArray[np.float64]:
        x = self.frame.left + (self._column + 0.5) * self._cell
        return np.column_stack([x, self.frame.top + (self._row + 0.5) * self._cell])

    @property
    def transform(self) -> str:
        return f"translate({self.frame.left:.2f} {self.frame.top:.2f}) scale({self._cell:.4f})"

    @property
    def unit(self) -> float:
        return self._cell

    def _raster(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        raster = np.zeros(self._shape, dtype=bool)
        raster[self._row[mask], self._column[mask]] = True
        return raster

    def fill(self, mask: NDArray[np.bool_]) -> str:
        boxes = merge_cells(self._raster(mask))
        return "".join(f"M{x} {y}h{w}v{h}h-{w}z" for x, y, w, h in boxes)

    def outline(self, mask: NDArray[np.bool_]) -> str:
        boxes = merge_cells(self._raster(mask))
        union = shapely.union_all([shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes])
        return _polygon_path(shapely.simplify(union, 0), digits=0)


class _Polygons(Shapes):
    """Hexagons and areas: polygons on the page, united by class."""

    def __init__(
        self, places: Places, inside: NDArray[np.bool_], frame: Frame | None = None
    ) -> None:
        table = places.to_geodataframe()
        self.codes = np.asarray(places.codes)[inside]
        geometry = np.asarray(table.geometry.values)[inside]
        self.frame = frame or frame_around(tuple(shapely.total_bounds(geometry)))
        page = shapely.transform(geometry, self.frame.to_page)
        # A tenth of a pixel is the finest that is drawn; neighbours keep the same corners.
        self._polygons = shapely.set_precision(shapely.simplify(page, 0.3), 0.1)

    @cached_property
    def _middles(self) -> NDArray[np.float64]:
        return np.asarray(shapely.get_coordinates(shapely.point_on_surface(self._polygons)))

    @property
    def centres(self) -> NDArray[np.float64]:
        return self._middles

    @property
    def transform(self) -> str:
        return ""

    @property
    def unit(self) -> float:
        return 1.0

    def fill(self, mask: NDArray[np.bool_]) -> str:
        return _polygon_path(shapely.union_all(self._polygons[mask]), digits=1)

    def outline(self, mask: NDArray[np.bool_]) -> str:
        return self.fill(mask)

    def each_outline(self) -> str:
        """Return path commands around every place, or around all where single ones would crowd."""
        if len(self._polygons) > MOST_OUTLINES:
            gap = LOOSE_TOLERANCE_M * self.frame.pixels_per_metre
            return _polygon_path(joined(self._polygons, gap=gap), digits=1)
        lines = shapely.union_all(shapely.boundary(self._polygons))
        merged = shapely.line_merge(lines)
        return "".join(_ring(line, digits=1, closed=False) for line in shapely.get_parts(merged))


def joined(shapes: NDArray[Any], *, gap: float) -> Any:
    """Join areas, also across the gaps that boundaries simplified one by one leave.

    Examples
    --------
    >>> joined(np.array([shapely.box(0, 0, 9, 9), shapely.box(10, 0, 19, 9)]), gap=1).geom_type
    'Polygon'
    """
    return shapely.buffer(
        shapely.union_all(shapely.buffer(shapes, gap, join_style="mitre")), -gap, join_style="mitre"
    )


def every_outline(places: Places, *, frame: Frame) -> str:
    """Return path commands around every area, on the frame of another map."""
    return _Polygons(places, np.ones(places.size, dtype=bool), frame).each_outline()


def line_path(line: Any) -> str:
    """Return path commands of a line on the page, to a tenth of a pixel.

    Examples
    --------
    >>> line_path(shapely.LineString([(0, 0), (3, 0), (4, 2)]))
    'M0 0h3l1 2'
    """
    return _ring(line, digits=1, closed=False)


def base_path(lines: BaseLines, *, frame: Frame) -> str:
    """Return path commands of streets or boundaries on the frame of a map."""
    page = (
        shapely.LineString(frame.to_page(np.asarray(path).reshape(-1, 2))) for path in lines.paths
    )
    return "".join(line_path(line) for line in page)


def merge_cells(raster: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Cover the cells of a raster by few rectangles (x, y, width, height).

    Examples
    --------
    >>> merge_cells(np.array([[1, 1, 0], [1, 1, 1]], dtype=bool))
    [(0, 0, 2, 1), (0, 1, 3, 1)]
    >>> merge_cells(np.ones((2, 3), dtype=bool))
    [(0, 0, 3, 2)]
    """
    boxes: list[tuple[int, int, int, int]] = []
    open_runs: dict[tuple[int, int], int] = {}
    for y in range(raster.shape[0] + 1):
        runs = set(_runs(raster[y])) if y < raster.shape[0] else set()
        for (x, width), first in list(open_runs.items()):
            if (x, width) not in runs:
                boxes.append((x, first, width, y - first))
                del open_runs[x, width]
        for run in sorted(runs):
            open_runs.setdefault(run, y)
    return boxes


def _runs(row: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
    return [(int(start), int(end - start)) for start, end in edges.reshape(-1, 2)]


def _polygon_path(shape: Any, *, digits: int) -> str:
    parts = []
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type != "Polygon":
            continue
        rings = [polygon.exterior, *polygon.interiors]
        parts += [_ring(ring, digits=digits, closed=True) for ring in rings]
    return "".join(parts)


def _ring(line: Any, *, digits: int, closed: bool) -> str:
    """Write a line with relative steps, which are shorter than positions."""
    points = np.round(np.asarray(line.coords)[:, :2] * 10**digits).astype(np.int64)
    if closed:
        points = points[:-1]
    first, steps = points[0] / 10**digits, np.diff(points, axis=0) / 10**digits
    body = "".join(_step(dx, dy) for dx, dy in steps if dx or dy)
    return f"M{short(first[0])} {short(first[1])}{body}{'z' if closed else ''}"


def _step(dx: float, dy: float) -> str:
    if dy == 0:
        return f"h{short(dx)}"
    if dx == 0:
        return f"v{short(dy)}"
    return f"l{short(dx)} {short(dy)}"
