"""This file knows what the script of a map page reads: places, areas, lines, and their words.

Shapes are longitudes and latitudes in hundred-thousandths of a degree (about a metre). Each point
is the step from the one before it, which is short to write.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from forestall.disclosure import Status
from forestall.languages import Quantity, say
from forestall.publication.blocks import Details, Table
from forestall.publication.cells import grid_rows
from forestall.publication.drawing.map_shapes import MOST_OUTLINES, WIDTH, joined
from forestall.publication.drawing.maps import classes_of_places
from forestall.records import Areas
from forestall.records.areas import LOOSE_TOLERANCE_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import geopandas as gpd
    from numpy.typing import NDArray

    from forestall.publication.blocks import Block
    from forestall.publication.pictures import BaseLines, MapPicture
    from forestall.records import Places

PER_DEGREE = 100_000
_ZOOMED = 8
_LENGTHS_M = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50)


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """One place with its protected number as it is printed, and why it is hidden if it is."""

    name: str
    number: str
    letter: str
    status: Status


def map_data(picture: MapPicture, blocks: Iterable[Block]) -> dict[str, Any]:
    """Return the map as plain data, in the language in force.

    Parameters
    ----------
    blocks
        The blocks of the section, among which is the table of the areas that stand out.
    """
    shapes = _in_degrees(_simplified(picture.places, picture))
    codes = np.asarray(picture.places.codes)
    rows = place_rows(picture)
    return {
        "places": [_rings(shape) for shape in shapes],
        "classes": classes_of_places(picture, codes).tolist(),
        "names": [row.name for row in rows],
        "numbers": [row.number for row in rows],
        "status": [_STATUS.get(row.status, 0) for row in rows],
        "letters": [row.letter for row in rows],
        "areas": _areas(picture, codes, shapes, blocks),
        "borders": _lines_of(picture),
        "boundaries": _base_lines(picture, picture.boundaries),
        "streets": _base_lines(picture, picture.streets),
        "window": _bounds(_inside(picture, shapes)),
        "scales": [[metres, _length(metres)] for metres in _LENGTHS_M],
    }


_STATUS = {Status.SMALL: 1, Status.SECONDARY: 2}


def place_rows(picture: MapPicture) -> list[PlaceRow]:
    """Return every place that was studied, in the order of its codes, with its number.

    A place at risk without a row in the protected table is empty.
    """
    safe = picture.safe
    letters = dict(zip(safe.frame[safe.rows], safe.frame[safe.columns or safe.rows], strict=True))
    found = []
    for code, name in zip(
        np.asarray(picture.places.codes).tolist(), _names(picture.places), strict=True
    ):
        letter = letters.get(code) if safe.columns else None
        if code not in letters:
            found.append(PlaceRow(name=name, number="0", letter="", status=Status.SHOWN))
            continue
        cell = safe.cell(code, letter)
        found.append(
            PlaceRow(name=name, number=cell.text, letter=str(letter or ""), status=cell.status)
        )
    return found


def areas_table(blocks: Iterable[Block]) -> Table | None:
    """Return the table of the areas that stand out, whose rows are letters."""
    return next(
        (block for block in _tables(blocks) if block.safe.rows == "letter"),
        None,
    )


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Details):
            yield from _tables(block.blocks)


def _names(places: Places) -> list[str]:
    if isinstance(places, Areas):
        return [str(name) for name in places.names]
    return [say("Place {code}", code=str(code)) for code in np.asarray(places.codes)]


def _areas(
    picture: MapPicture,
    codes: NDArray[Any],
    shapes: NDArray[Any],
    blocks: Iterable[Block],
) -> list[dict[str, Any]]:
    told = _told(areas_table(blocks))
    found = []
    for letter, members in picture.areas.items():
        inside = np.isin(codes, np.asarray(members))
        if not inside.any():
            continue
        outline = shapely.union_all(shapes[inside], grid_size=1 / PER_DEGREE)
        head, rows = told.get(letter, (letter, []))
        found.append(
            {
                "letter": letter,
                "name": head,
                "rows": rows,
                "outline": _rings(outline),
                "window": _bounds(shapes[inside]),
            }
        )
    return found


def _told(table: Table | None) -> dict[str, tuple[str, list[list[str]]]]:
    """Return for each letter its words and its numbers, as the table prints them."""
    if table is None:
        return {}
    heads = [str(column.head) for column in table.columns[1:]]
    written = grid_rows(table).rows
    return {
        str(letter): (
            row.head,
            [[head, cell.text] for head, cell in zip(heads, row.cells, strict=True)],
        )
        for letter, row in zip(table.safe.frame[table.safe.rows], written, strict=True)
    }


def _lines_of(picture: MapPicture) -> list[list[int]]:
    """Return the borders of areas, or the one around all where single ones would crowd."""
    areas = picture.borders
    if areas is None:
        return []
    table = _simplified(areas, picture)
    shapes = np.asarray(table.geometry.values)
    edges = shapely.boundary(
        joined(shapes, gap=LOOSE_TOLERANCE_M) if len(shapes) > MOST_OUTLINES else shapes
    )
    merged = shapely.line_merge(shapely.union_all(edges))
    lines = table.iloc[:1].set_geometry([merged], crs=table.crs)
    return [_steps(line) for line in shapely.get_parts(_in_degrees(lines))]


def _simplified(places: Places, picture: MapPicture) -> gpd.GeoDataFrame:
    """Return the shapes of places with no finer corners than a map zoomed in to eight times shows.

    Squares and hexagons stay as they are; areas that touch go on touching.
    """
    table = places.to_geodataframe()
    if not isinstance(places, Areas):
        return table
    west, south, east, north = shapely.total_bounds(shapely.points(picture.places.centres))
    finest = max(east - west, north - south) / WIDTH / _ZOOMED
    shapes = np.asarray(table.geometry.values)
    plain = shapely.coverage_simplify if places.fit_together else shapely.simplify
    return table.set_geometry(plain(shapes, finest), crs=table.crs)


def _base_lines(picture: MapPicture, lines: BaseLines | None) -> list[list[int]]:
    if lines is None:
        return []
    import geopandas as gpd

    shapes = [shapely.LineString(np.asarray(path).reshape(-1, 2)) for path in lines.paths]
    frame = gpd.GeoDataFrame(geometry=shapes, crs=picture.places.crs)
    return [_steps(line) for line in _in_degrees(frame)]


def _in_degrees(frame: gpd.GeoDataFrame) -> NDArray[Any]:
    return np.asarray(frame.to_crs("EPSG:4326").geometry.values)


def _inside(picture: MapPicture, shapes: NDArray[Any]) -> NDArray[Any]:
    if picture.window is None:
        return shapes
    west, south, east, north = picture.window
    x, y = picture.places.centres.T
    inside: NDArray[Any] = shapes[(x >= west) & (y >= south) & (x <= east) & (y <= north)]
    return inside


def _bounds(shapes: NDArray[Any]) -> list[float]:
    west, south, east, north = shapely.total_bounds(shapes)
    return [round(float(value), 5) for value in (west, south, east, north)]


def _rings(shape: Any) -> list[list[list[int]]]:
    """Return a polygon or several: for each its rings, for each ring the steps between points."""
    return [
        [_steps(ring) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in shapely.get_parts(shape)
        if polygon.geom_type == "Polygon"
    ]


def _steps(line: Any) -> list[int]:
    points = np.rint(shapely.get_coordinates(line) * PER_DEGREE).astype(np.int64)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return [int(step) for step in steps.ravel()]


def _length(metres: int) -> str:
    return str(Quantity(metres // 1000, "km") if metres >= 1000 else Quantity(metres, "m"))
