"""This file knows how the places of a map are stored: grids by numbers, areas to 0.1 m."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.records.grids import HexGrid, SquareGrid

if TYPE_CHECKING:
    from forestall.records import Areas, Places

_GRIDS = {"SquareGrid": SquareGrid, "HexGrid": HexGrid}
_PARTS_OF_A_METRE = 10


def places_to_data(places: Places) -> dict[str, Any]:
    """Return places as numbers and text, without populations.

    Examples
    --------
    >>> from forestall.records import square_grid
    >>> grid = square_grid(origin=(0, 0), cell_m=100, columns=2, rows=1, crs="EPSG:27700")
    >>> places_to_data(grid)["cell_m"], places_from_data(places_to_data(grid)).codes.tolist()
    (100, [0, 1])
    """
    if isinstance(places, SquareGrid | HexGrid):
        return {
            "is": type(places).__name__,
            "crs": places.crs,
            "origin": list(map(float, places.origin)),
            "cell_m": places.cell_m,
            "columns": int(places.columns),
            "rows": int(places.rows),
            "at_risk": None if places.at_risk is None else _runs(places.at_risk),
        }
    from forestall.records import Areas

    if not isinstance(places, Areas):
        raise TypeError(f"Places of the kind {type(places).__name__} cannot be stored.")
    return {
        "is": "Areas",
        "crs": places.crs,
        "codes": [str(code) for code in places.codes],
        "names": [str(name) for name in places.names],
        "shapes": [_shape_to_data(shape) for shape in places.geometry],
    }


def places_from_data(data: dict[str, Any]) -> Places:
    """Read places that `places_to_data` wrote.

    Raises
    ------
    KeyError, TypeError, ValueError
        If they are no such places.
    """
    if data["is"] == "Areas":
        return _areas(data)
    columns, rows, at_risk = data["columns"], data["rows"], data["at_risk"]
    west, south = map(float, data["origin"])
    return _GRIDS[data["is"]](
        origin=(west, south),
        cell_m=data["cell_m"],
        columns=columns,
        rows=rows,
        crs=str(data["crs"]),
        at_risk=None if at_risk is None else _from_runs(at_risk, rows * columns, (rows, columns)),
    )


def drawn_places(places: Places) -> Places:
    """Return places as they are drawn: outlines rounded to 0.1 m, without populations."""
    return places_from_data(places_to_data(places))


def _areas(data: dict[str, Any]) -> Areas:
    import geopandas as gpd

    from forestall.records import Areas

    shapes = [_shape(parts) for parts in data["shapes"]]
    return Areas(
        codes=np.array(data["codes"], dtype=object),
        names=np.array(data["names"], dtype=object),
        geometry=gpd.GeoSeries(shapes, crs=data["crs"]),
        crs=data["crs"],
    )


def _shape_to_data(shape: Any) -> list[list[list[int]]]:
    """Return polygons as rings; a ring is its first point and the steps from there, in 0.1 m."""
    import shapely

    return [
        [_ring_to_data(ring) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in shapely.get_parts(shape)
    ]


def _ring_to_data(ring: Any) -> list[int]:
    points = np.rint(np.asarray(ring.coords)[:, :2] * _PARTS_OF_A_METRE).astype(np.int64)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    whole: list[int] = steps.ravel().tolist()
    return whole


def _shape(parts: list[list[list[int]]]) -> Any:
    import shapely

    polygons = [shapely.Polygon(rings[0], rings[1:]) for rings in map(_rings, parts)]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _rings(parts: list[list[int]]) -> list[Any]:
    return [
        np.cumsum(np.array(ring, dtype=np.int64).reshape(-1, 2), axis=0) / _PARTS_OF_A_METRE
        for ring in parts
    ]


def _runs(mask: np.ndarray) -> list[int]:
    """Return how many cells in a row are out, in, out ... of a mask, beginning with out."""
    flat = np.concatenate([[False], mask.ravel(), [False]])
    edges = np.flatnonzero(np.diff(flat.astype(np.int8)))
    runs: list[int] = np.diff(np.concatenate([[0], edges, [mask.size]])).tolist()
    return runs


def _from_runs(runs: list[int], size: int, shape: tuple[int, int]) -> np.ndarray:
    if sum(runs) != size or min(runs) < 0:
        raise ValueError("The cells at risk do not fill the grid.")
    inside = np.arange(len(runs)) % 2 == 1
    return np.repeat(inside, runs).reshape(shape)
