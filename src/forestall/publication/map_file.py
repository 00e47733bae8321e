"""This file knows the map as data: places with protected counts in longitude and latitude."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from forestall.disclosure import Status

if TYPE_CHECKING:
    from forestall.disclosure import SafeTable
    from forestall.records import Places

_DIGITS = 6  # a tenth of a metre


def map_geojson(places: Places, squares: SafeTable) -> str:
    """Write the places as GeoJSON (EPSG:4326), one feature a line.

    ``incidents`` is null where the number is hidden; ``status`` says why. ``area`` is the letter
    of the area that stands out.
    """
    table = places.to_geodataframe().to_crs("EPSG:4326")
    shapes = shapely.transform(np.asarray(table.geometry.values), _rounded)
    known = _known(squares)
    lines = [
        _feature(code, shape, known.get(code, (0, Status.SHOWN, "")))
        for code, shape in zip(
            np.asarray(places.codes).tolist(), shapely.to_geojson(shapes), strict=True
        )
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _known(squares: SafeTable) -> dict[Any, tuple[int | None, str, str]]:
    frame = squares.frame
    return {
        record["place"]: (record["incidents"], str(record["status"]), str(record["letter"]))  # type: ignore[misc]
        for record in squares.records()
        if len(frame)
    }


def _feature(code: object, shape: str, known: tuple[int | None, str, str]) -> str:
    incidents, status, area = known
    properties = {"place": code, "incidents": incidents, "status": str(status), "area": area}
    written = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    compact = shape.replace(" ", "")
    return f'{{"type":"Feature","properties":{written},"geometry":{compact}}}'


def _rounded(points: np.ndarray) -> np.ndarray:
    return np.round(points, _DIGITS)
