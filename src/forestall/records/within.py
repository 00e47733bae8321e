"""This file knows which incidents lie in a shape: every distinct point is tested once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from forestall import query
from forestall.errors import InvalidPlaces
from forestall.languages import message

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def keep_within(
    table: Any, within: Any, *, crs: str, extent: tuple[float, float, float, float] | None = None
) -> Any:
    """Keep the rows of a lazy table whose point lies in a shape or on its boundary.

    Parameters
    ----------
    table
        Has ``x`` and ``y`` in ``crs``.
    within
        A shapely geometry in ``crs``, or areas or a GeoDataFrame with a CRS of their own.
    crs
        The projection of the points.
    extent
        West, south, east and north of all incidents before any filter, when known.

    Raises
    ------
    InvalidPlaces
        If ``within`` is no shape, has no CRS, or lies wholly outside ``extent``.
    """
    shape = _shape(within, crs)
    _check_touches(shape, crs, extent)
    west, south, east, north = shape.bounds
    near = table.filter(
        (table.x >= west) & (table.x <= east) & (table.y >= south) & (table.y <= north)
    )
    points = query.fetch(near.select("x", "y").distinct())
    x, y = points["x"].to_numpy(), points["y"].to_numpy()
    shapely.prepare(shape)
    inside = np.asarray(shapely.intersects_xy(shape, x, y))
    chosen = query.memory_table({"x": x[inside], "y": y[inside]})
    return near.semi_join(chosen, ["x", "y"])


def _check_touches(
    shape: BaseGeometry, crs: str, extent: tuple[float, float, float, float] | None
) -> None:
    if extent is None or shapely.box(*extent).intersects(shapely.box(*shape.bounds)):
        return
    raise InvalidPlaces(
        f"A filter by place needs a shape where the incidents are, but they lie within "
        f"{_words(extent)} and the shape within {_words(shape.bounds)} of {crs}, which is how the "
        f"numbers of a bare geometry are read."
    )


def _words(bounds: tuple[float, float, float, float]) -> str:
    west, south, east, north = bounds
    return f"x {west:.12g} to {east:.12g}, y {south:.12g} to {north:.12g}"


def _shape(within: Any, crs: str) -> BaseGeometry:
    if isinstance(within, shapely.Geometry):
        shape = within
    else:
        frame = within.to_geodataframe() if hasattr(within, "to_geodataframe") else within
        if not hasattr(frame, "to_crs") or frame.crs is None:
            raise InvalidPlaces(
                "A filter by place needs a shapely geometry, areas or a GeoDataFrame with a CRS, "
                f"but got {type(within).__name__}{' without one' if hasattr(frame, 'crs') else ''}."
            )
        shape = shapely.union_all(frame.to_crs(crs).geometry.array)
    if shape.is_empty or not shape.is_valid:
        raise InvalidPlaces(message("A filter by place needs a valid shape that is not empty."))
    return shape
