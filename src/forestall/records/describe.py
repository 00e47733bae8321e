"""This file knows how to tell a user what is in a file, and how to begin a mapping for it."""

from __future__ import annotations

import glob
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from forestall.languages import Message, message, plural_message
from forestall.records.geographic import flatten_geometry
from forestall.records.guesses import guess_columns, guess_format
from forestall.records.inputs import TableFile, find_inputs, open_tables
from forestall.records.personal import find_personal_columns
from forestall.records.readers.mapped import GEOMETRY_X
from forestall.records.readers.recipe import Columns, literal
from forestall.records.readers.recognise import recognise
from forestall.records.reading import parquet_columns
from forestall.records.staging import quoted
from forestall.records.text_files import open_text

if TYPE_CHECKING:
    import os

_LOOKED_AT = 10_000
# A text with more values than these, or that seldom comes again, could be a name.
_FEW_VALUES, _TIMES_EACH = 50, 3
_HEX_DIGITS = 16
_COORDINATES = {"x", "y", "longitude", "latitude"}
_MOST_DEGREES, _FEW_DECIMALS, _ENOUGH = 180, 3, 40
_EXACT = 'location = "exact"        # exact, block, snapped or area'
_ROUNDED = 'location = "snapped"      # the degrees have 3 decimals at most, about 100 m'


@dataclass(frozen=True, kw_only=True)
class ColumnDescription:
    """One column: type, share of rows with a value, how many values, and its meaning if guessed.

    ``example`` is one value, shortened in binary columns; none is shown of columns that identify
    persons, and of others only where the meaning is known or few values come again and again.
    """

    name: str
    kind: str
    filled: float
    values: int
    example: str | None
    meaning: str | None
    personal: bool


@dataclass(frozen=True, kw_only=True)
class FileDescription:
    """What a file holds, as far as its first rows tell.

    Attributes
    ----------
    name
        The file, or the first table in an archive.
    recognised_as
        The publisher, when the columns are known; then no mapping is needed.
    columns
        One entry for each column.
    mapping
        A TOML mapping to complete, empty when the publisher is recognised.
    rows
        How many rows the figures are about.
    whole
        Whether these are all rows of the file.
    """

    name: str
    recognised_as: str | None
    columns: tuple[ColumnDescription, ...]
    mapping: str
    rows: int
    whole: bool

    def extent(self) -> Message:
        """Return in one sentence which rows the figures are about."""
        if self.whole:
            return plural_message(
                "The figures are about the {count} row of the file.",
                "The figures are about all {count} rows of the file.",
                self.rows,
            )
        return message("The figures are about the first {rows} rows only.", rows=self.rows)

    def summary(self) -> Message:
        """Return in one sentence what to do with the file."""
        if self.recognised_as is not None:
            return message(
                "“{name}” is recognised as {publisher}; it needs no mapping.",
                name=self.name,
                publisher=self.recognised_as,
            )
        return message(
            "“{name}” is of no known publisher; complete the mapping below and give it with "
            "--mapping.",
            name=self.name,
        )


def describe_file(path: str | os.PathLike[str]) -> FileDescription:
    r"""Describe the columns of a file with incidents and draft a mapping for it.

    Only the first 10,000 rows are looked at.

    Raises
    ------
    InvalidFile
        If the file cannot be read.

    Examples
    --------
    >>> offences = Path(tempfile.mkdtemp()) / "offences.csv"
    >>> _ = offences.write_text("When,Lon,Lat,Type\n2019-01-31,-1.2,54.5,Theft\n")
    >>> [column.meaning for column in describe_file(offences).columns]
    [None, 'longitude', 'latitude', 'offence']
    """
    with tempfile.TemporaryDirectory(prefix="forestall-") as folder, duckdb.connect() as connection:
        working = Path(folder)
        given = find_inputs([Path(path)])[0]
        table = next(iter(open_tables(given, working=working)))
        columns, crs = _load(connection, table, working)
        rows = len(connection.execute("SELECT 1 FROM looked_at").fetchall())
        if rows > _LOOKED_AT:
            connection.execute(f"DELETE FROM looked_at WHERE rowid >= {_LOOKED_AT}")
        described = _describe(connection, columns)
        rounded = _is_rounded(connection, columns, described)
    recipe = recognise(columns)
    return FileDescription(
        name=table.name,
        recognised_as=recipe.recognised_as if recipe else None,
        columns=described,
        mapping="" if recipe else _draft(described, crs, rounded=rounded),
        rows=min(rows, _LOOKED_AT),
        whole=rows <= _LOOKED_AT,
    )


def _load(connection: Any, table: TableFile, working: Path) -> tuple[Columns, str | None]:
    crs = None
    flat = flatten_geometry(table, working=working) if table.kind != "text" else None
    if flat is not None:
        table, crs = flat
    if table.kind != "text":
        columns = parquet_columns(connection, table)
        source = f"read_parquet({literal(glob.escape(str(table.path)))})"
        names = ", ".join(f"{quoted(name)} AS c{n}" for n, name in enumerate(columns.names))
        query = f"SELECT {names} FROM {source} LIMIT {_LOOKED_AT + 1}"
    else:
        text = open_text(table.path, name=table.name, working=working, separator=None)
        columns = text.columns
        names = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(columns.names)))
        query = f"""SELECT * FROM read_csv({literal(glob.escape(str(text.path)))},
            columns={{{names}}}, header=true, auto_detect=false, delim={literal(text.separator)},
            quote='"', escape='"', ignore_errors=true) LIMIT {_LOOKED_AT + 1}"""
    connection.execute(f"CREATE TABLE looked_at AS {query}")
    return columns, crs


def _describe(connection: Any, columns: Columns) -> tuple[ColumnDescription, ...]:
    samples = {name: _values(connection, _text(columns, n)) for n, name in enumerate(columns.names)}
    personal = set(find_personal_columns(columns.names))
    meanings = guess_columns({name: values for name, (_, _, values) in samples.items()})
    rows = connection.execute("SELECT count(*) FROM looked_at").fetchone()[0]
    described = []
    for name, (filled, distinct, values) in samples.items():
        known = name in meanings or 0 < distinct <= min(_FEW_VALUES, filled * rows / _TIMES_EACH)
        described.append(
            ColumnDescription(
                name=name,
                kind=columns.type_of(name),
                filled=filled,
                values=distinct,
                example=values[0] if values and known and name not in personal else None,
                meaning=meanings.get(name),
                personal=name in personal,
            )
        )
    return tuple(described)


def _is_rounded(
    connection: Any, columns: Columns, described: tuple[ColumnDescription, ...]
) -> bool:
    """Say whether points in degrees have so few decimals that many share one (about 100 m)."""
    found: list[str] = []
    for number, one in enumerate(described):
        if one.meaning in _COORDINATES:
            found += _values(connection, _text(columns, number))[2]
    try:
        in_degrees = all(abs(float(text)) <= _MOST_DEGREES for text in found)
    except ValueError:
        return False
    decimals = max((len(text.partition(".")[2]) for text in found), default=0)
    return in_degrees and decimals <= _FEW_DECIMALS and len(found) >= _ENOUGH


def _text(columns: Columns, number: int) -> str:
    if columns.types[number] == "BLOB":
        return f"lower(hex(c{number}))[:{_HEX_DIGITS}] || '…'"
    return f"c{number}::VARCHAR"


def _values(connection: Any, text: str) -> tuple[float, int, list[str]]:
    filled, distinct, values = connection.execute(
        f"""SELECT count(given) / greatest(count(*), 1), count(DISTINCT given),
        list(given ORDER BY place) FILTER (given IS NOT NULL AND found <= 200) FROM
        (SELECT *, count(given) OVER (ORDER BY place) AS found FROM
        (SELECT {text} AS given, rowid AS place FROM looked_at))"""
    ).fetchone()
    return filled, distinct, values or []


def _draft(described: tuple[ColumnDescription, ...], crs: str | None, *, rounded: bool) -> str:
    meant: dict[str, list[str]] = {}
    for one in described:
        if one.meaning is not None and not one.personal:
            meant.setdefault(one.meaning, []).append(one.name)
    examples = {one.name: one.example for one in described}
    lines = [
        "[about]",
        'place = ""                # what the records are about',
        'publisher = ""',
        'licence = ""',
        'timezone = ""             # such as Europe/London',
    ]
    if "x" in meant or crs is not None:
        lines.append(f"crs = {_toml(crs or '')}     # of x and y, such as EPSG:27700")
    if "offence" not in meant:
        lines.append('offence = ""              # no column seems to say it')
    lines += ["", "[columns]"]
    for ours in ("incident_id", "offence", "starts_at", "ends_at", *_points(meant), "area"):
        if ours in meant:
            theirs = meant[ours]
            lines.append(f"{ours} = {_toml(theirs if len(theirs) > 1 else theirs[0])}")
        elif ours == "starts_at":
            lines.append('starts_at = ""            # needed: which column has the date?')
    lines += ["", "[formats]"]
    for ours in ("starts_at", "ends_at"):
        if ours in meant:
            form = guess_format([examples[name] or "" for name in meant[ours]])
            lines.append(f"{ours} = {_toml(form)}")
    lines += ["", "[precision]", _ROUNDED if rounded else _EXACT]
    return "\n".join(lines) + "\n"


def _toml(given: str | list[str]) -> str:
    return json.dumps(given, ensure_ascii=False).replace("\x7f", "\\u007f")


def _points(meant: dict[str, list[str]]) -> tuple[str, ...]:
    if "longitude" in meant:
        return ("longitude", "latitude")
    if GEOMETRY_X in [name for names in meant.values() for name in names]:
        return ()
    return ("x", "y")
