"""This file knows the TOML file in which a user says what the columns of incidents mean.

::

    [about]
    place = "Vancouver"
    publisher = "City of Vancouver"
    timezone = "America/Vancouver"
    crs = "EPSG:26910"                       # of x and y; not needed for longitude and latitude
    offence = "Burglary"                     # when no column says it

    [columns]                                # ours = theirs; several columns in a list
    incident_id = "ID"
    offence = "TYPE"
    starts_at = ["DATE", "TIME"]
    ends_at = "TO"
    x = "x"                                  # or longitude and latitude
    y = "y"
    area = "N_HOOD"
    context = "PREMISES"
    target = "ADDRESS"                       # becomes a keyed hash, as place does

    [formats]
    starts_at = "%d/%m/%Y %H:%M"             # or iso, parts, or ending in "fraction"
    offset = "convert"                       # what Z and +01:00 in ISO times mean; else ignore
    decimal = ","

    [precision]
    time = "day"                             # month, day or minute; else from the format
    location = "block"                       # exact, block, snapped or area

    [offences]                               # label = ICCS code
    "Break and Enter Residential/Other" = "0501"
    not_crimes = ["Noise complaint"]

    [file]
    encoding = "latin-1"
    separator = ";"
    extent = [480000, 5440000, 500000, 5470000]

    [areas]
    file = "areas.geojson"                   # used when this folder is diagnosed
    code = "code"

    [map]
    streets = "streets.gpkg"                 # drawn on the maps of this folder
    boundaries = "wards.geojson"
    credit = "OpenStreetMap contributors"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidMapping
from forestall.languages import message
from forestall.records.offences import check_codes
from forestall.records.readers.mapping_checks import (
    CHECKS,
    TEXTS,
    TIMES,
    check_names,
    not_crimes_of,
)
from forestall.records.readers.recipe import (
    UNSTATED,
    WGS84,
    Columns,
    Recipe,
)
from forestall.records.readers.times import Times, read_times

if TYPE_CHECKING:
    from pathlib import Path

GEOMETRY_X, GEOMETRY_Y = "geometry_x", "geometry_y"


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """What a mapping file says; all of it is optional when the publisher is recognised."""

    name: str = "the mapping"
    about: dict[str, str] = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    formats: dict[str, Any] = field(default_factory=dict)
    precision: dict[str, str] = field(default_factory=dict)
    offences: dict[str, str] = field(default_factory=dict)
    not_crimes: tuple[str, ...] = ()
    file: dict[str, Any] = field(default_factory=dict)
    areas: dict[str, Any] = field(default_factory=dict)
    map: dict[str, str] = field(default_factory=dict)

    def missing_columns(self, columns: Columns) -> list[str]:
        """Return the columns that the mapping names and a file does not have."""
        return [name for names in self.columns.values() for name in names if not columns.has(name)]

    def complete(self, recipe: Recipe) -> Recipe:
        """Return the recipe of a known publisher with what the mapping says about the files."""
        return replace(
            recipe,
            place_name=self.about.get("place", recipe.place_name),
            publisher=self.about.get("publisher", recipe.publisher),
            licence=self.about.get("licence", recipe.licence),
            attribution=self.about.get("attribution", recipe.attribution),
            timezone=self.about.get("timezone", recipe.timezone),
            offences={**recipe.offences, **self.offences},
            not_crimes=(*recipe.not_crimes, *self.not_crimes),
            areas=self.areas,
        )

    def recipe(self, columns: Columns, *, file_crs: str | None = None) -> Recipe:
        """Return the recipe for a file with these columns.

        Raises
        ------
        InvalidMapping
            If the mapping says too little, or names columns that the file does not have.
        """
        if missing := self.missing_columns(columns):
            raise InvalidMapping(
                message(
                    "{name} names the column “{missing}”, but the file has: {known}.",
                    name=self.name,
                    missing=missing[0],
                    known=", ".join(columns.names),
                )
            )
        times = self._times(columns)
        x, y, crs = self._point(columns, file_crs)
        location = self.precision.get("location")
        notes = [*times.notes]
        if location is None:
            notes.append(("location_precision_assumed", {}))
        if "area" in self.columns:
            notes.append(("area_as_text", {"column": self.columns["area"][0]}))
        return Recipe(
            kind="mapping",
            recognised_as=f"the columns in {self.name}",
            columns=columns,
            used=(*(name for names in self.columns.values() for name in names), x, y),
            fields={**self._texts(columns), **times.fields, **self._coordinates(columns, x, y)},
            location_precision=location or "exact",
            crs=crs,
            timezone=self.about.get("timezone"),
            publisher=self.about.get("publisher"),
            licence=self.about.get("licence"),
            attribution=self.about.get("attribution"),
            place_name=self.about.get("place"),
            offences=self.offences,
            not_crimes=self.not_crimes,
            lines="quoted",
            extent=tuple(self.file["extent"]) if "extent" in self.file else None,
            notes=tuple(notes),
            counted_notes=times.counted_notes,
            areas=self.areas,
            hashed=self.columns.get("place", ()) + self.columns.get("target", ()),
        )

    def _times(self, columns: Columns) -> Times:
        if "starts_at" not in self.columns:
            raise InvalidMapping(
                message(
                    "Incidents need a time, but {name} has no starts_at under [columns].",
                    name=self.name,
                )
            )
        return read_times(
            columns,
            {name: self.columns[name] for name in TIMES if name in self.columns},
            formats=self.formats,
            precision=self.precision.get("time"),
            timezone=self.about.get("timezone"),
            named=self.name,
        )

    def _texts(self, columns: Columns) -> dict[str, str]:
        fields = {
            _FIELD.get(name, name): " || ' ' || ".join(columns.text(one) for one in given)
            for name, given in self.columns.items()
            if name in TEXTS
        }
        if "offence" not in fields:
            label = self.about.get("offence", UNSTATED).replace("'", "''")
            fields["offence"] = f"'{label}'"
        return fields

    def _point(self, columns: Columns, file_crs: str | None) -> tuple[str, str, str]:
        crs = self.about.get("crs")
        for x, y, usual in (("longitude", "latitude", WGS84), ("x", "y", None)):
            if x in self.columns and y in self.columns:
                if crs is None and usual is None:
                    raise InvalidMapping(
                        message(
                            "Projected coordinates need their projection, but {name} has no crs "
                            "under [about], such as EPSG:27700.",
                            name=self.name,
                        )
                    )
                return self.columns[x][0], self.columns[y][0], crs or str(usual)
        if columns.has(GEOMETRY_X):
            return GEOMETRY_X, GEOMETRY_Y, crs or file_crs or WGS84
        raise InvalidMapping(
            message(
                "Incidents need a point, but {name} has neither longitude and latitude "
                "nor x and y under [columns].",
                name=self.name,
            )
        )

    def _coordinates(self, columns: Columns, x: str, y: str) -> dict[str, str]:
        return {
            "x_text": columns.text(x),
            "y_text": columns.text(y),
            "given_x": self._number(columns, x),
            "given_y": self._number(columns, y),
        }

    def _number(self, columns: Columns, name: str) -> str:
        if self.formats.get("decimal", ".") == "." or not columns.is_text(name):
            return columns.number(name)
        return f"try_cast(replace({columns.text(name)}, ',', '.') AS DOUBLE)"


_FIELD = {"place": "place_text", "target": "target_text"}


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises
    ------
    InvalidMapping
        If it is no TOML, or says something that means nothing here.
    """
    name = f"“{path.name}”"
    said = _said(path, name)
    check_names(said, name)
    offences = dict(said.get("offences", {}))
    not_crimes = not_crimes_of(offences, name)
    for label, code in offences.items():
        if not isinstance(code, str):
            raise InvalidMapping(
                message(
                    "[offences] “{label}” in {name} needs a code in quotes.", label=label, name=name
                )
            )
    check_codes(offences, named=name)
    mapping = Mapping(
        name=name,
        about={entry: text for entry, text in said.get("about", {}).items() if text != ""},
        columns={
            ours: tuple(theirs) if isinstance(theirs, list) else (theirs,)
            for ours, theirs in said.get("columns", {}).items()
            if theirs != ""
        },
        formats=dict(said.get("formats", {})),
        precision=dict(said.get("precision", {})),
        offences=offences,
        not_crimes=not_crimes,
        file=dict(said.get("file", {})),
        areas=dict(said.get("areas", {})),
        map=dict(said.get("map", {})),
    )
    for check in CHECKS:
        check(mapping)
    return mapping


def _said(path: Path, name: str) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError:
        raise InvalidMapping(
            message("A mapping is a TOML file, but there is none at “{path}”.", path=str(path))
        ) from None
    except OSError:
        raise InvalidMapping(
            message("The mapping {name} cannot be opened for reading.", name=name)
        ) from None
    except UnicodeDecodeError:
        raise InvalidMapping(
            message("The mapping {name} is no TOML: it is not UTF-8 text.", name=name)
        ) from None
    except tomllib.TOMLDecodeError as wrong:
        raise InvalidMapping(
            message("The mapping {name} cannot be read: {wrong}.", name=name, wrong=wrong)
        ) from None
