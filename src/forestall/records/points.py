"""This file knows where the points of a file lie: each distinct point is projected once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from forestall.languages import message
from forestall.records.projection import CrsChoice, area_of_use, choose_crs, project, read_crs
from forestall.records.readers.recipe import WGS84

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SAMPLE = 5_000
_BATCH = 500_000
_HALF_ZONE = 3.0

Extent = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class GivenPoints:
    """How the points of a source are given: their CRS, and the extent they must lie in."""

    crs: str
    extent: Extent | None


def is_geographic(crs: str) -> bool:
    """Say whether coordinates are longitude and latitude."""
    return bool(read_crs(crs).is_geographic)


def choose_store_crs(connection: Any, given: GivenPoints, *, wanted: str | None) -> CrsChoice:
    """Choose the projection of a store from the points of its first import.

    Parameters
    ----------
    connection
        Holds the table ``given_points``.
    given
        The CRS of the points.
    wanted
        What the user asked for, if anything.
    """
    named = wanted or (given.crs if is_in_metres(given.crs) else None)
    if named is not None:
        name = str(read_crs(named).name)
        sentence = (
            "{name} is used, as was asked for." if wanted else "{name} is used, as in the files."
        )
        return CrsChoice(crs=named, name=name, reason=message(sentence, name=name))
    inside = ""
    if given.extent is not None:
        west, south, east, north = given.extent
        inside = f"""WHERE given_x BETWEEN {west} AND {east}
            AND given_y BETWEEN {south} AND {north}"""
    # The hash picks the same points whatever the number of threads.
    x, y = _columns(
        connection.execute(
            f"""SELECT given_x, given_y FROM given_points {inside}
            ORDER BY hash(given_x, given_y), given_x, given_y LIMIT {_SAMPLE}"""
        ).to_arrow_table()
    )
    longitude, latitude = project(x, y, crs_from=given.crs, crs_to=WGS84)
    earthly = np.isfinite(longitude) & (np.abs(longitude) <= 180) & (np.abs(latitude) <= 90)
    return choose_crs(longitude[earthly], latitude[earthly])


def project_points(connection: Any, given: GivenPoints, *, crs: str) -> None:
    """Make the table ``points`` of the distinct points in the table ``given_points``.

    It has ``given_x``, ``given_y``, ``x``, ``y`` (metres), ``longitude``, ``latitude`` and
    ``point_problem`` (a code of `forestall.records.checks`, or null).
    """
    connection.execute(
        """CREATE OR REPLACE TABLE points (given_x DOUBLE, given_y DOUBLE, x DOUBLE, y DOUBLE,
        longitude DOUBLE, latitude DOUBLE, point_problem VARCHAR)"""
    )
    reader = connection.cursor().execute("SELECT given_x, given_y FROM given_points")
    for batch in reader.to_arrow_reader(_BATCH):
        located = _located(*_columns(pa.table(batch.columns, names=["x", "y"])), given, crs)
        connection.register("located", located)
        connection.execute("INSERT INTO points SELECT * FROM located")
        connection.unregister("located")


def _located(
    given_x: NDArray[np.float64], given_y: NDArray[np.float64], given: GivenPoints, crs: str
) -> pa.Table:
    longitude, latitude = (
        (given_x, given_y)
        if given.crs == WGS84
        else project(given_x, given_y, crs_from=given.crs, crs_to=WGS84)
    )
    possible = _inside(longitude, latitude, (-180.0, -90.0, 180.0, 90.0))
    x, y = _to_metres(given_x, given_y, given, crs, possible)
    problem = _problems(given_x, given_y, longitude, latitude, given=given, crs=crs)
    problem[~np.isfinite(x) & (problem == "")] = "impossible_coordinates"
    return pa.table(
        {
            "given_x": given_x,
            "given_y": given_y,
            "x": x,
            "y": y,
            "longitude": longitude,
            "latitude": latitude,
            "point_problem": pa.array([one or None for one in problem.tolist()], type=pa.string()),
        }
    )


def _to_metres(
    given_x: NDArray[np.float64],
    given_y: NDArray[np.float64],
    given: GivenPoints,
    crs: str,
    possible: NDArray[np.bool_],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if given.crs == crs:
        return given_x, given_y
    x, y = np.full(given_x.size, np.nan), np.full(given_x.size, np.nan)
    x[possible], y[possible] = project(
        given_x[possible], given_y[possible], crs_from=given.crs, crs_to=crs
    )
    return x, y


def _problems(
    given_x: NDArray[np.float64],
    given_y: NDArray[np.float64],
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    *,
    given: GivenPoints,
    crs: str,
) -> NDArray[np.str_]:
    problem = np.full(given_x.size, "", dtype="U24")
    limits = _reach(crs)
    inside = _inside(longitude, latitude, limits)
    if given.extent is not None:
        inside &= _inside(given_x, given_y, given.extent)
    problem[~inside] = "outside_extent"
    if is_geographic(given.crs):
        impossible = (np.abs(longitude) > 180) | (np.abs(latitude) > 90)
        problem[~inside & impossible] = "impossible_coordinates"
        swapped = ~inside & _inside(latitude, longitude, limits)
        if given.extent is not None:
            swapped &= _inside(given_y, given_x, given.extent)
        problem[swapped] = "swapped_coordinates"
    return problem


def _reach(crs: str) -> Extent:
    """Return where a projection serves: its area of use, for UTM with half a zone on each side.

    Cities lie across the borders of zones, and lengths stay right within 0.4 % that far out.
    """
    west, south, east, north = area_of_use(crs)
    if "UTM zone" not in str(read_crs(crs).name):
        return west, south, east, north
    return west - _HALF_ZONE, south, east + _HALF_ZONE, north


def _inside(x: NDArray[np.float64], y: NDArray[np.float64], extent: Extent) -> NDArray[np.bool_]:
    west, south, east, north = extent
    across = (x >= west) & (x <= east) if west <= east else (x >= west) | (x <= east)
    return across & (y >= south) & (y <= north)


def is_in_metres(crs: str) -> bool:
    """Say whether coordinates are projected and in metres."""
    known = read_crs(crs)
    return bool(known.is_projected) and all(
        axis.unit_conversion_factor == 1.0 for axis in known.axis_info
    )


def _columns(table: pa.Table) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return table.column(0).to_numpy(), table.column(1).to_numpy()
