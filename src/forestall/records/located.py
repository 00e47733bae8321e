"""This file knows what to say when not one point of an import lies where it can lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidRecords
from forestall.languages import message
from forestall.records.points import is_geographic
from forestall.records.projection import read_crs

if TYPE_CHECKING:
    from forestall.records.points import GivenPoints

_NOTHING = message("No row can be used, so nothing was imported.")


def check_given_points(connection: Any, given: GivenPoints) -> None:
    """Refuse degrees of which not one is a degree: they are projected coordinates.

    Raises
    ------
    InvalidRecords
        If no point in the table ``given_points`` has a possible longitude and latitude, or all lie
        outside the declared extent.
    """
    points, possible = connection.execute(
        """SELECT count(*), count(*) FILTER (abs(given_x) <= 180 AND abs(given_y) <= 90)
        FROM given_points"""
    ).fetchone()
    if is_geographic(given.crs) and points and not possible:
        raise InvalidRecords(
            message(
                "{nothing} Longitudes lie within ±180 and latitudes within ±90 "
                "degrees, but those of none of {points} points do; if they are "
                "projected, name them as x and y, with their crs under [about], in a "
                "mapping.",
                nothing=_NOTHING,
                points=points,
            )
        )
    if given.extent is None:
        return
    west, south, east, north = given.extent
    inside = connection.execute(
        f"""SELECT count(*) FROM given_points WHERE given_x BETWEEN {west} AND {east}
        AND given_y BETWEEN {south} AND {north}"""
    ).fetchone()[0]
    if points and not inside and not _may_be_swapped(connection, given):
        raise InvalidRecords(
            message(
                "{nothing} None of {points} points lies in the declared extent.",
                nothing=_NOTHING,
                points=points,
            )
        )


def check_located_points(connection: Any, given: GivenPoints, *, crs: str) -> None:
    """Refuse points that all lie elsewhere than their projection is used.

    Raises
    ------
    InvalidRecords
        If every point in the table ``points`` has something wrong.
    """
    points, good = connection.execute(
        "SELECT count(*), count(*) FILTER (point_problem IS NULL) FROM points"
    ).fetchone()
    if good or not points:
        return
    swapped = connection.execute(
        "SELECT count(*) FROM points WHERE point_problem = 'swapped_coordinates'"
    ).fetchone()[0]
    if swapped == points:
        raise InvalidRecords(
            message(
                "{nothing} The longitude and latitude of all {points} points seem to be swapped.",
                nothing=_NOTHING,
                points=points,
            )
        )
    raise InvalidRecords(
        message(
            "{nothing} Read as {crs} ({name}), none of {points} points lies in the "
            "area of use of {other} ({name_2}); check the crs that was named.",
            nothing=_NOTHING,
            crs=given.crs,
            name=read_crs(given.crs).name,
            points=points,
            other=crs,
            name_2=read_crs(crs).name,
        )
    )


def _may_be_swapped(connection: Any, given: GivenPoints) -> bool:
    west, south, east, north = given.extent or (0.0, 0.0, 0.0, 0.0)
    found = connection.execute(
        f"""SELECT count(*) FROM given_points WHERE given_y BETWEEN {west} AND {east}
        AND given_x BETWEEN {south} AND {north}"""
    ).fetchone()[0]
    return bool(found)
