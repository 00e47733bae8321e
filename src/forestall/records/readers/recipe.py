"""This file knows how the columns of one publisher become the columns of an incident, as SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WGS84 = "EPSG:4326"
# The label of an offence that the source does not name.
UNSTATED = "not stated"
TIME_PRECISIONS = ("month", "day", "minute")
LOCATION_PRECISIONS = ("exact", "block", "snapped", "area")


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of a file, in their order.

    In SQL a column is called by its position (``c0``, ``c1`` ...), so that no name in a file can
    be mistaken for another, or for a piece of SQL.
    """

    names: tuple[str, ...]
    types: tuple[str, ...]

    def has(self, name: str) -> bool:
        """Say whether there is a column of exactly this name."""
        return name in self.names

    def sql(self, name: str) -> str:
        """Return how a column is called in SQL."""
        return f"c{self.names.index(name)}"

    def type_of(self, name: str) -> str:
        """Return the type of a column in DuckDB's words; a CSV has only ``VARCHAR``."""
        return self.types[self.names.index(name)]

    def is_text(self, name: str) -> bool:
        """Say whether a column holds text."""
        return self.type_of(name) == "VARCHAR"

    def text(self, name: str) -> str:
        """Return SQL for a column as text: spaces around it removed, nothing is null."""
        column = self.sql(name)
        if self.type_of(name) == "BLOB":
            return f"lower(hex({column}))"
        return f"nullif(trim({column if self.is_text(name) else f'{column}::VARCHAR'}), '')"

    def plain(self, name: str) -> str:
        """Return SQL for a column as text that a publisher writes without spaces around it.

        Empty fields of a CSV are null when they are read.
        """
        return self.sql(name) if self.is_text(name) else self.text(name)

    def given(self, name: str) -> str:
        """Return SQL that is null where a column holds nothing, cheaper than its text."""
        if self.is_text(name):
            return self.plain(name)
        return f"CASE WHEN {self.sql(name)} IS NOT NULL THEN '' END"

    def number(self, name: str) -> str:
        """Return SQL for a column as a number; null where it is none."""
        return f"try_cast({self.sql(name)} AS DOUBLE)"


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How the rows of one publisher become incidents.

    ``fields`` holds SQL over the columns of a file for: ``incident_id``, ``offence``, ``starts_at``
    and ``ends_at`` (timestamps, null where the text is no date), ``start_text`` and ``end_text``
    (null where nothing is given), ``given_x`` and ``given_y`` (numbers), ``x_text`` and ``y_text``,
    ``time_precision``, ``area``, ``district``, ``context``, ``publisher_place``, ``place_text``
    and ``target_text`` (to be hashed). Names left out are null. ``start_fits`` and ``end_fits`` say
    whether a text that is no date has at least the form of one.
    """

    kind: str
    recognised_as: str
    columns: Columns
    used: tuple[str, ...]
    fields: Mapping[str, str]
    location_precision: str
    crs: str = WGS84
    timezone: str | None = None
    publisher: str | None = None
    licence: str | None = None
    attribution: str | None = None
    place_name: str | None = None
    scheme: str | None = None
    offences: Mapping[str, str] = field(default_factory=dict)
    not_crimes: tuple[str, ...] = ()
    duplicates: Literal["same_record", "same_identifier"] = "same_identifier"
    lines: Literal["one_a_row", "quoted"] = "one_a_row"
    extent: tuple[float, float, float, float] | None = None
    notes: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    # SQL that counts what a note of the publisher's form needs, by the code of the warning.
    counted_notes: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, Any] = field(default_factory=dict)
    # Columns of which only a keyed hash is kept.
    hashed: tuple[str, ...] = ()


def literal(text: str) -> str:
    """Return a text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def timestamp_from_text(column: str, formats: Sequence[str]) -> str:
    """Return SQL that reads a timestamp in the first format that fits, else null."""
    given = ", ".join(literal(one) for one in formats)
    return f"try_strptime({column}, [{given}])"
