"""This file knows what a mapping may say, and what contradicts itself in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidMapping
from forestall.languages import message
from forestall.records.readers.recipe import LOCATION_PRECISIONS, TIME_PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.records.readers.mapped import Mapping

TEXTS = ("incident_id", "offence", "area", "district", "context", "place", "target")
TIMES = ("starts_at", "ends_at")
POINTS = ("x", "y", "longitude", "latitude")
_KNOWN = {
    "about": (
        "place", "publisher", "licence", "attribution", "timezone", "crs", "offence",
    ),
    "columns": (*TEXTS, *TIMES, *POINTS),
    "formats": (*TIMES, "offset", "decimal"),
    "precision": ("time", "location"),
    "file": ("encoding", "separator", "extent"),
    "areas": ("file", "code", "name", "population", "layer", "crs"),
    "map": ("boundaries", "streets", "credit", "basemap"),
}  # fmt: skip


def not_crimes_of(offences: dict[str, Any], name: str) -> tuple[str, ...]:
    """Take the labels that are no crimes out of the offences of a mapping.

    Raises
    ------
    InvalidMapping
        If they are no list of texts.
    """
    given = offences.pop("not_crimes", [])
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise InvalidMapping(
            message("[offences] not_crimes in {name} needs a list of texts in quotes.", name=name)
        )
    return tuple(given)


def check_names(said: dict[str, Any], name: str) -> None:
    """Make sure that a mapping has only tables and entries that are known.

    Raises
    ------
    InvalidMapping
        With the first that is not.
    """
    for table, entries in said.items():
        if table == "offences" and isinstance(entries, dict):
            continue
        if table not in _KNOWN or not isinstance(entries, dict):
            raise InvalidMapping(
                message(
                    "A mapping has the tables {known}, but {name} has “{table}”.",
                    known=", ".join([*_KNOWN, "offences"]),
                    name=name,
                    table=table,
                )
            )
        for entry in entries:
            if entry not in _KNOWN[table]:
                raise InvalidMapping(
                    message(
                        "[{table}] knows {known}, but {name} says “{entry}”.",
                        table=table,
                        known=", ".join(_KNOWN[table]),
                        name=name,
                        entry=entry,
                    )
                )


def _check_columns(mapping: Mapping) -> None:
    for ours, theirs in mapping.columns.items():
        if not theirs or not all(isinstance(one, str) for one in theirs):
            raise InvalidMapping(
                message(
                    "[columns] {ours} in {name} needs the name of a column, or a list of them.",
                    ours=ours,
                    name=mapping.name,
                )
            )
        if ours in POINTS and len(theirs) != 1:
            raise InvalidMapping(
                message(
                    "[columns] {ours} in {name} needs one column.", ours=ours, name=mapping.name
                )
            )


def _check_formats(mapping: Mapping) -> None:
    for entry in TIMES:
        given = mapping.formats.get(entry, "")
        several = given if isinstance(given, list) else [given]
        if not all(isinstance(one, str) for one in several):
            raise InvalidMapping(
                message(
                    "[formats] {entry} in {name} needs a text in quotes such as "
                    '"%d/%m/%Y", or a list of them.',
                    entry=entry,
                    name=mapping.name,
                )
            )
    if mapping.formats.get("decimal", ".") not in (".", ","):
        raise InvalidMapping(
            message('[formats] decimal in {name} is "." or ",".', name=mapping.name)
        )


def _check_precision(mapping: Mapping) -> None:
    for name, known in (("time", TIME_PRECISIONS), ("location", LOCATION_PRECISIONS)):
        given = mapping.precision.get(name, known[0])
        if given not in known:
            raise InvalidMapping(
                message(
                    "[precision] {name} is one of {known}, but {name_2} says “{given}”.",
                    name=name,
                    known=", ".join(known),
                    name_2=mapping.name,
                    given=given,
                )
            )


def _check_values(mapping: Mapping) -> None:
    for entry, given in mapping.about.items():
        if not isinstance(given, str):
            raise InvalidMapping(
                message(
                    "[about] {entry} in {name} needs a text in quotes.",
                    entry=entry,
                    name=mapping.name,
                )
            )
    if mapping.formats.get("offset", "ignore") not in ("ignore", "convert"):
        raise InvalidMapping(
            message("[formats] offset in {name} is ignore or convert.", name=mapping.name)
        )
    for entry in ("encoding", "separator"):
        if not isinstance(mapping.file.get(entry, ""), str):
            raise InvalidMapping(
                message(
                    "[file] {entry} in {name} needs a text in quotes.",
                    entry=entry,
                    name=mapping.name,
                )
            )
    extent = mapping.file.get("extent", [0, 0, 0, 0])
    if not isinstance(extent, list) or [type(one) for one in extent if isinstance(one, bool)]:
        extent = []
    if len(extent) != 4 or not all(isinstance(one, int | float) for one in extent):
        raise InvalidMapping(
            message(
                "[file] extent in {name} needs four numbers: west, south, east, north.",
                name=mapping.name,
            )
        )


def _check_known(mapping: Mapping) -> None:
    import codecs
    from zoneinfo import ZoneInfo

    zone = mapping.about.get("timezone")
    try:
        if zone is not None:
            ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise InvalidMapping(
            message(
                "A time zone is named like Europe/London, but {name} says “{zone}”.",
                name=mapping.name,
                zone=zone,
            )
        ) from None
    try:
        codecs.lookup(str(mapping.file.get("encoding", "utf-8")))
    except (LookupError, ValueError):
        raise InvalidMapping(
            message(
                "An encoding is named like latin-1, but {name} says “{file}”.",
                name=mapping.name,
                file=mapping.file["encoding"],
            )
        ) from None
    if len(str(mapping.file.get("separator", ","))) != 1:
        raise InvalidMapping(
            message("[file] separator in {name} needs one character.", name=mapping.name)
        )


CHECKS: tuple[Callable[[Mapping], None], ...] = (
    _check_columns,
    _check_formats,
    _check_precision,
    _check_values,
    _check_known,
)
