"""This file knows which map projection fits a place, and how to move points into it.

Distances must be metres, so longitude and latitude are projected: to the national grid where one
is known, else to the UTM zone of the middle of the points. The table of national grids
(``national_grids.csv``) names EPSG codes only; names and areas of use come from the EPSG data set
that pyproj carries. Which country the points lie in is decided by its outline
(``country_outlines.geojson``, Natural Earth 1:10m simplified to 0.02 degrees, public domain),
because the bounding boxes of neighbouring countries overlap.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall.errors import InvalidRecords
from forestall.languages import Message, message

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_HERE = Path(__file__).parent
_SAMPLE = 2_000
_SHARE_IN_GRID = 0.98
# At this distance from the middle of a UTM zone lengths are one per cent too long.
_WIDEST_RADIANS = 0.14
_SHARE_TOO_FAR = 0.05
_NORTHERNMOST, _SOUTHERNMOST = 84.0, -80.0


@dataclass(frozen=True, kw_only=True)
class CrsChoice:
    """A projected coordinate reference system and why it was chosen.

    Attributes
    ----------
    crs
        The code, such as ``EPSG:27700``.
    name
        Its name in the EPSG data set.
    reason
        One sentence for the reader of a report.
    """

    crs: str
    name: str
    reason: Message


def choose_crs(longitude: ArrayLike, latitude: ArrayLike) -> CrsChoice:
    """Choose the projection in which distances between the points are metres.

    A national grid is taken when more than half of the points lie in a country that has one in
    our table and at least 98 % of them in its area of use; otherwise the UTM zone of the median
    point. At most 2,000 points, evenly picked in the order given, are looked at.

    Parameters
    ----------
    longitude, latitude
        WGS 84 degrees, one value per point; missing values are ignored.

    Raises
    ------
    InvalidRecords
        If there is no point, a coordinate is impossible, or the points lie so far apart that
        more than 5 % of them are out of the reach of one UTM zone (lengths 1 % too long).

    Examples
    --------
    >>> choice = choose_crs([-1.23, -1.24], [54.57, 54.58])
    >>> choice.crs, choice.name
    ('EPSG:27700', 'OSGB36 / British National Grid')
    >>> choose_crs([-87.6], [41.9]).crs
    'EPSG:32616'
    """
    east, north = _sample(np.asarray(longitude, dtype=float), np.asarray(latitude, dtype=float))
    for code in _grids_of(_country(east, north)):
        if _share_inside(area_of_use(code), east, north) >= _SHARE_IN_GRID:
            return _choice(code, "{name} is used, the national grid where most incidents lie.")
    code = _utm_code(east, north)
    return _choice(code, "{name} is used, the UTM zone of the middle of the incidents.")


def project(
    x: ArrayLike, y: ArrayLike, *, crs_from: str, crs_to: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Move points from one coordinate reference system to another.

    Parameters
    ----------
    x, y
        Easting or longitude, northing or latitude: always in this order, whatever the
        authority says about the order of axes. Missing values stay missing.
    crs_from, crs_to
        Codes such as ``EPSG:4326``.

    Returns
    -------
    x, y
        Points that cannot be projected are NaN.

    Examples
    --------
    >>> x, y = project([-1.2345], [54.5742], crs_from="EPSG:4326", crs_to="EPSG:27700")
    >>> int(x[0]) // 1000, int(y[0]) // 1000
    (449, 520)
    """
    x_to, y_to = _transformer(crs_from, crs_to).transform(
        np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    )
    lost = ~(np.isfinite(x_to) & np.isfinite(y_to))
    return np.where(lost, np.nan, x_to), np.where(lost, np.nan, y_to)


@cache
def area_of_use(crs: str) -> tuple[float, float, float, float]:
    """Return west, south, east and north of where a projection may be used, in degrees.

    The whole world when the EPSG data set names no area. West is greater than east where the
    area crosses the antimeridian.

    Examples
    --------
    >>> area_of_use("EPSG:28992")
    (3.2, 50.75, 7.22, 53.7)
    """
    area = read_crs(crs).area_of_use
    return tuple(area.bounds) if area is not None else (-180.0, -90.0, 180.0, 90.0)


@cache
def read_crs(crs: str) -> Any:
    """Return the pyproj CRS of a code, or say that there is none.

    Raises
    ------
    InvalidRecords
        If the code means nothing to the EPSG data set.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        return CRS.from_user_input(crs)
    except CRSError:
        raise InvalidRecords(
            message(
                "A coordinate reference system is named like EPSG:27700, but “{crs}” was given.",
                crs=crs,
            )
        ) from None


@cache
def _transformer(crs_from: str, crs_to: str) -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(read_crs(crs_from), read_crs(crs_to), always_xy=True)


def _sample(
    longitude: NDArray[np.float64], latitude: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    known = np.flatnonzero(np.isfinite(longitude) & np.isfinite(latitude))
    if not known.size:
        raise InvalidRecords(
            message(
                "A projection is chosen from the coordinates, but no incident has any; "
                "name one, such as crs='EPSG:27700'."
            )
        )
    picked = known[np.linspace(0, known.size - 1, min(known.size, _SAMPLE)).astype(np.int64)]
    east, north = longitude[picked], latitude[picked]
    wrong = np.flatnonzero((np.abs(east) > 180) | (np.abs(north) > 90))
    if wrong.size:
        raise InvalidRecords(
            message(
                "Longitudes lie within ±180 and latitudes within ±90 degrees, but "
                "{found} of {total} points looked at do not; the first is row "
                "{picked}. Projected coordinates need their crs named.",
                found=wrong.size,
                total=picked.size,
                picked=picked[wrong[0]],
            )
        )
    return east, north


def _country(east: NDArray[np.float64], north: NDArray[np.float64]) -> str | None:
    import shapely

    for country, outline in _outlines().items():
        if 2 * np.count_nonzero(shapely.contains_xy(outline, east, north)) > east.size:
            return country
    return None


@cache
def _outlines() -> dict[str, Any]:
    import shapely

    features = json.loads((_HERE / "country_outlines.geojson").read_text())["features"]
    return {
        feature["properties"]["country"]: shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in features
    }


def _grids_of(country: str | None) -> list[str]:
    with (_HERE / "national_grids.csv").open(newline="", encoding="utf-8") as rows:
        return [f"EPSG:{row['epsg']}" for row in csv.DictReader(rows) if row["country"] == country]


def _share_inside(
    bounds: tuple[float, float, float, float],
    east: NDArray[np.float64],
    north: NDArray[np.float64],
) -> float:
    west, south, east_end, north_end = bounds
    across = (east >= west) & (east <= east_end)
    return float(np.mean(across & (north >= south) & (north <= north_end)))


def _utm_code(east: NDArray[np.float64], north: NDArray[np.float64]) -> str:
    longitude, latitude = _middle_longitude(east), float(np.median(north))
    zone = _utm_zone(longitude, latitude)
    from_middle = np.radians((east - (6 * zone - 183) + 180) % 360 - 180)
    far = np.abs(from_middle) * np.cos(np.radians(north)) > _WIDEST_RADIANS
    polar = (north > _NORTHERNMOST) | (north < _SOUTHERNMOST)
    if np.mean(far | polar) > _SHARE_TOO_FAR:
        raise InvalidRecords(
            message(
                "One projection serves one region, but the points reach from {min} to "
                "{max} degrees of longitude and from {min_2} to {max_2} of latitude; "
                "check the coordinates or name a crs.",
                min=f"{east.min():.1f}",
                max=f"{east.max():.1f}",
                min_2=f"{north.min():.1f}",
                max_2=f"{north.max():.1f}",
            )
        )
    return f"EPSG:{(32600 if latitude >= 0 else 32700) + zone}"


def _middle_longitude(east: NDArray[np.float64]) -> float:
    # Around the antimeridian the median of plain degrees would lie on the other side of the world.
    if np.ptp(east) > 180:
        return float((np.median(east % 360) + 180) % 360 - 180)
    return float(np.median(east))


def _utm_zone(longitude: float, latitude: float) -> int:
    # The exceptions for Norway and Svalbard are part of the UTM definition.
    if 56 <= latitude < 64 and 3 <= longitude < 12:
        return 32
    if 72 <= latitude < 84 and 0 <= longitude < 42:
        return 31 + 2 * int((longitude + 3) // 12)
    return int((longitude + 180) // 6) % 60 + 1


def _choice(code: str, sentence: str) -> CrsChoice:
    name = str(read_crs(code).name)
    return CrsChoice(crs=code, name=name, reason=message(sentence, name=name))
