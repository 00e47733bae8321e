"""This file knows the crimes of the Chicago Data Portal, in both spellings of the columns."""

from __future__ import annotations

from forestall.records.readers.recipe import WGS84, Columns, Recipe, timestamp_from_text

KIND = "chicago"
_TITLES = {
    "id": "ID",
    "case": "Case Number",
    "date": "Date",
    "offence": "Primary Type",
    "context": "Location Description",
    "area": "Community Area",
    "x": "X Coordinate",
    "y": "Y Coordinate",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "code": "IUCR",
}
_NEEDED = ("id", "date", "offence", "context", "code")
_FORMATS = (
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%Y-%m-%dT%H:%M:%S.%g",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
)
# Illinois East in US feet, in which the portal gives its projected coordinates.
_STATE_PLANE = "EPSG:3435"
_CODE_LENGTH = 4
# The area of use of that projection; the portal puts some unknown places in Missouri.
_ILLINOIS_EAST = (-89.28, 37.06, -87.02, 42.5)


def recognise_chicago(columns: Columns) -> Recipe | None:
    """Return the recipe when these are the columns of Chicago's crimes, else None.

    Examples
    --------
    >>> names = ("id", "date", "primary_type", "location_description", "iucr", "longitude",
    ...          "latitude")
    >>> recipe = recognise_chicago(Columns(names=names, types=("VARCHAR",) * 7))
    >>> recipe.crs, recipe.location_precision
    ('EPSG:4326', 'block')
    """
    for names in (_TITLES, {key: _snake(name) for key, name in _TITLES.items()}):
        here = {key: name for key, name in names.items() if columns.has(name)}
        if all(key in here for key in _NEEDED):
            if {"longitude", "latitude"} <= here.keys():
                return _recipe(columns, here, "longitude", "latitude", WGS84)
            if {"x", "y"} <= here.keys():
                return _recipe(columns, here, "x", "y", _STATE_PLANE)
    return None


def _snake(title: str) -> str:
    return title.lower().replace(" ", "_")


def _recipe(columns: Columns, names: dict[str, str], x: str, y: str, crs: str) -> Recipe:
    code = columns.text(names["code"])
    return Recipe(
        kind=KIND,
        recognised_as="crimes of the Chicago Data Portal",
        columns=columns,
        used=tuple(names.values()),
        fields={
            "incident_id": columns.text(names["id"]),
            "offence": columns.text(names["offence"]),
            "start_text": columns.given(names["date"]),
            "starts_at": _timestamp(columns, names["date"]),
            "time_precision": "'minute'",
            "x_text": columns.given(names[x]),
            "y_text": columns.given(names[y]),
            "given_x": columns.number(names[x]),
            "given_y": columns.number(names[y]),
            "context": columns.text(names["context"]),
            **({"area": _whole(columns.text(names["area"]))} if "area" in names else {}),
        },
        location_precision="block",
        crs=crs,
        timezone="America/Chicago",
        publisher="City of Chicago",
        licence="City of Chicago Data Portal terms of use",
        attribution="Contains data of the City of Chicago Data Portal, made available as is.",
        place_name="Chicago",
        scheme="Chicago primary type",
        extent=_ILLINOIS_EAST if crs == WGS84 else None,
        counted_notes={"lost_leading_zeros": f"length({code}) < {_CODE_LENGTH}"},
    )


def _whole(code: str) -> str:
    # A spreadsheet makes 66.0 of the community area 66.
    return f"regexp_replace({code}, '[.]0$', '')"


def _timestamp(columns: Columns, name: str) -> str:
    if columns.is_text(name):
        return timestamp_from_text(columns.text(name), _FORMATS)
    return f"try_cast({columns.sql(name)} AS TIMESTAMP)"
