"""This file knows how the rows of files become typed rows that can be checked, in one reading."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from forestall.errors import InvalidFile
from forestall.records.checks import problem_sql
from forestall.records.readers.recipe import literal
from forestall.records.salvage import BadRow, salvage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from forestall.records.readers.recipe import Recipe
    from forestall.records.text_files import TextTable

FIELDS = {
    "incident_id": "VARCHAR",
    "offence": "VARCHAR",
    "starts_at": "TIMESTAMP",
    "ends_at": "TIMESTAMP",
    "time_precision": "VARCHAR",
    "given_x": "DOUBLE",
    "given_y": "DOUBLE",
    "area": "VARCHAR",
    "context": "VARCHAR",
    "publisher_place": "VARCHAR",
    "place_text": "VARCHAR",
    "target_text": "VARCHAR",
}
_CHECKED = ("start_text", "end_text", "x_text", "y_text")
_STAGED_AS = "compression lz4_raw, row_group_size 122880"
_ERRORS = {
    "INVALID ENCODING": "wrong_encoding",
    "MISSING COLUMNS": "short_row",
    "TOO MANY COLUMNS": "broken_row",
    "UNQUOTED VALUE": "broken_row",
    "LINE SIZE OVER MAXIMUM": "broken_row",
}


@dataclass(frozen=True, kw_only=True)
class StagedFile:
    """How many rows of one table were read, and which of them are no rows."""

    rows: int
    first_row: int
    bad: tuple[BadRow, ...]

    @property
    def rows_read(self) -> int:
        """Return the rows, good and bad."""
        return self.rows + len(self.bad)


@dataclass(frozen=True, kw_only=True)
class Staged:
    """Typed rows of one or several tables.

    ``relation`` is SQL for a table with ``file`` (its place in ``files``), ``row`` (its place in
    the relation), ``line`` (null where it follows from ``row``), the `FIELDS`, ``problem`` (what
    is wrong, or null), ``record`` (the row as given, where something is wrong) and one boolean
    column for each counted note of the recipe.
    """

    relation: str
    files: tuple[StagedFile, ...]


def stage_text(
    connection: Any,
    tables: Sequence[TextTable],
    recipe: Recipe,
    *,
    dropped: frozenset[str],
    today: date,
    into: Path,
) -> Staged:
    """Read text files of one form with DuckDB; bad rows are told apart.

    Whether every line was accounted for is for the caller to see.
    """
    first, stem = tables[0], into.stem.replace("-", "_")
    paths = ", ".join(literal(glob.escape(str(table.path))) for table in tables)
    names = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(first.columns.names)))
    reader = f"""read_csv([{paths}], columns={{{names}}}, header=true, auto_detect=false,
        delim={literal(first.separator)}, quote='"', escape='"', new_line='{_escaped(first)}',
        store_rejects=true, rejects_limit=0, rejects_table='errors_{stem}',
        rejects_scan='scans_{stem}')"""
    typed = typed_sql(recipe, reader, file="file_index", line="NULL", dropped=dropped, today=today)
    connection.execute(f"COPY ({typed}) TO {literal(str(into))} ({_STAGED_AS})")
    counted = _counts(connection, into)
    bad = _bad_rows(connection, stem, tables, keep_text=not dropped)
    connection.execute(f"DROP TABLE errors_{stem}; DROP TABLE scans_{stem}")
    files = tuple(
        StagedFile(
            rows=counted.get(n, (0, 0))[0],
            first_row=counted.get(n, (0, 0))[1],
            bad=tuple(bad.get(n, ())),
        )
        for n in range(len(tables))
    )
    return Staged(relation=_staged_relation(into), files=files)


def stage_salvaged(
    connection: Any,
    table: TextTable,
    recipe: Recipe,
    *,
    dropped: frozenset[str],
    today: date,
    into: Path,
) -> Staged:
    """Read one text file line by line, so that broken rows cost only themselves."""
    clean = into.with_suffix(".clean.csv")
    saved = salvage(table, into=clean, quoted_newlines=recipe.lines == "quoted")
    names = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(table.columns.names)))
    reader = f"""read_csv({literal(glob.escape(str(clean)))},
        columns={{'line': 'BIGINT', {names}}}, header=false, auto_detect=false, delim=',',
        quote='"', escape='"', new_line='\\n', max_line_size=16777216, parallel=false)"""
    typed = typed_sql(recipe, reader, file="0", line="line", dropped=dropped, today=today)
    connection.execute(f"COPY ({typed}) TO {literal(str(into))} ({_STAGED_AS})")
    rows, first_row = _counts(connection, into).get(0, (0, 0))
    if rows != saved.rows:
        raise InvalidFile(
            f"A text file must have one record a line, but {saved.rows} records of one were read "
            f"as {rows}; write the file again with every field in quotes."
        )
    clean.unlink()
    bad = tuple(
        BadRow(line=one.line, reason=one.reason, text="" if dropped else one.text)
        for one in saved.bad
    )
    file = StagedFile(rows=rows, first_row=first_row, bad=bad)
    return Staged(relation=_staged_relation(into), files=(file,))


def stage_parquet(
    connection: Any, path: Path, recipe: Recipe, *, dropped: frozenset[str], today: date
) -> Staged:
    """Read a Parquet file in place: its rows are typed already."""
    columns = recipe.columns
    renamed = ", ".join(
        f"{quoted(name)} AS c{n}"
        for n, name in enumerate(columns.names)
        if name in recipe.used or name not in dropped
    )
    reader = f"""(SELECT {renamed}, file_row_number + 1 AS line, file_row_number
        FROM read_parquet({literal(glob.escape(str(path)))}, file_row_number=true))"""
    typed = typed_sql(
        recipe, reader, file="0", line="line", dropped=dropped, today=today, row="file_row_number"
    )
    rows = connection.execute(
        f"SELECT count(*) FROM read_parquet({literal(glob.escape(str(path)))})"
    ).fetchone()[0]
    return Staged(relation=f"({typed})", files=(StagedFile(rows=rows, first_row=0, bad=()),))


def typed_sql(
    recipe: Recipe,
    reader: str,
    *,
    file: str,
    line: str,
    dropped: frozenset[str],
    today: date,
    row: str | None = None,
) -> str:
    """Return SQL that types and checks the rows of a reader."""
    typed = ", ".join(
        f"CAST({recipe.fields.get(name, 'NULL')} AS {kind}) AS {name}"
        for name, kind in {**FIELDS, **dict.fromkeys(_CHECKED, "VARCHAR")}.items()
    )
    notes = "".join(
        f", coalesce({counted}, false) AS note_{code}"
        for code, counted in recipe.counted_notes.items()
    )
    kept = ", ".join([*FIELDS, "problem", *(f"note_{code}" for code in recipe.counted_notes)])
    number = f"{row} AS row, " if row else ""
    record = _record_sql(recipe, dropped)
    return f"""SELECT {number}file_number AS file, CAST({line} AS BIGINT) AS line, {kept},
        CASE WHEN problem IS NOT NULL THEN {record} END AS record
        FROM (SELECT *, {problem_sql(today=today)} AS problem FROM
        (SELECT *, CAST({file} AS INTEGER) AS file_number, {typed}{notes} FROM {reader}))"""


def quoted(name: str) -> str:
    """Return a column name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def _record_sql(recipe: Recipe, dropped: frozenset[str]) -> str:
    columns = recipe.columns
    given = ", ".join(
        f"{literal(name)}, {f'hex(c{n})' if columns.types[n] == 'BLOB' else f'c{n}::VARCHAR'}"
        for n, name in enumerate(columns.names)
        if name not in dropped
    )
    return f"json_object({given})::VARCHAR"


def _staged_relation(path: Path) -> str:
    file = literal(glob.escape(str(path)))
    return (
        f"(SELECT file_row_number AS row, * EXCLUDE (file_row_number) "
        f"FROM read_parquet({file}, file_row_number=true))"
    )


def _counts(connection: Any, path: Path) -> dict[int, tuple[int, int]]:
    rows = connection.execute(
        f"SELECT file, count(*), min(row) FROM {_staged_relation(path)} GROUP BY file"
    ).fetchall()
    return {file: (count, first) for file, count, first in rows}


def _bad_rows(
    connection: Any, stem: str, tables: Sequence[TextTable], *, keep_text: bool
) -> dict[int, list[BadRow]]:
    places = {str(table.path): n for n, table in enumerate(tables)}
    found = connection.execute(
        f"""SELECT file_path, line, min(error_type), any_value(csv_line)
        FROM errors_{stem} JOIN scans_{stem} USING (scan_id, file_id)
        GROUP BY file_path, line ORDER BY file_path, line"""
    ).fetchall()
    bad: dict[int, list[BadRow]] = {}
    for path, line, error, text in found:
        reason = _ERRORS.get(error, "broken_row")
        given = str(text).strip("\r\n")[:2_000] if keep_text else ""
        bad.setdefault(places[path], []).append(BadRow(line=line, reason=reason, text=given))
    return bad


def _escaped(table: TextTable) -> str:
    return table.newline.replace("\r", "\\r").replace("\n", "\\n")


def bad_rows_table(files: Mapping[int, Sequence[BadRow]]) -> pa.Table:
    """Return bad rows as an Arrow table: file, line, reason, record."""
    rows = [(file, one) for file, bad in files.items() for one in bad]
    return pa.table(
        {
            "file": pa.array([file for file, _ in rows], pa.int32()),
            "line": pa.array([one.line for _, one in rows], pa.int64()),
            "reason": pa.array([one.reason for _, one in rows], pa.string()),
            "record": pa.array([one.text or None for _, one in rows], pa.string()),
        }
    )
