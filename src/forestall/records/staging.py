"""This file knows how the rows of files become typed rows that can be checked, in one reading."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from forestall.errors import InvalidFile
from forestall.languages import message
from forestall.records.checks import problem_sql
from forestall.records.readers.recipe import UNSTATED, literal
from forestall.records.salvage import BadRow, salvage
from forestall.records.store import check_disk

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
    "district": "VARCHAR",
    "context": "VARCHAR",
    "publisher_place": "VARCHAR",
    "place_text": "VARCHAR",
    "target_text": "VARCHAR",
}
# DuckDB keeps so many rows of a table together, with the smallest and largest value of each column.
ROW_GROUP = 122_880
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
    header_lines: int = 1

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
    into: str,
) -> Staged:
    """Read text files of one form with DuckDB; bad rows are told apart.

    Whether every line was accounted for is for the caller to see.
    """
    first = tables[0]
    paths = ", ".join(literal(glob.escape(str(table.path))) for table in tables)
    names = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(first.columns.names)))
    reader = f"""read_csv([{paths}], columns={{{names}}}, header=true, auto_detect=false,
        delim={literal(first.separator)}, quote='"', escape='"', new_line='{_escaped(first)}',
        store_rejects=true, rejects_limit=0, rejects_table='errors_{into}',
        rejects_scan='scans_{into}')"""
    relation = _stage(
        connection,
        recipe,
        reader,
        file="file_index" if len(tables) > 1 else None,
        line=None,
        dropped=dropped,
        today=today,
        into=into,
    )
    counted = _counts(connection, relation)
    bad = _bad_rows(connection, into, tables, keep_text=not dropped)
    connection.execute(f"DROP TABLE errors_{into}; DROP TABLE scans_{into}")
    files = tuple(
        StagedFile(
            rows=counted.get(n, (0, 0))[0],
            first_row=counted.get(n, (0, 0))[1],
            bad=tuple(bad.get(n, ())),
        )
        for n in range(len(tables))
    )
    return Staged(relation=relation, files=files)


def stage_salvaged(
    connection: Any,
    table: TextTable,
    recipe: Recipe,
    *,
    dropped: frozenset[str],
    today: date,
    into: str,
    working: Path,
) -> Staged:
    """Read one text file line by line, so that broken rows cost only themselves."""
    clean = working / f"{into}.csv"
    saved = salvage(table, into=clean, quoted_newlines=recipe.lines == "quoted")
    names = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(table.columns.names)))
    reader = f"""read_csv({literal(glob.escape(str(clean)))},
        columns={{'line': 'BIGINT', {names}}}, header=false, auto_detect=false, delim=',',
        quote='"', escape='"', new_line='\\n', max_line_size=16777216, parallel=false)"""
    relation = _stage(
        connection, recipe, reader, file=None, line="line", dropped=dropped, today=today, into=into
    )
    rows, first_row = _counts(connection, relation).get(0, (0, 0))
    if rows != saved.rows:
        raise InvalidFile(
            message(
                "A text file must have one record a line, but {rows} records of one "
                "were read as {rows_2}; write the file again with every field in "
                "quotes.",
                rows=saved.rows,
                rows_2=rows,
            )
        )
    clean.unlink()
    bad = tuple(
        BadRow(line=one.line, reason=one.reason, text="" if dropped else one.text)
        for one in saved.bad
    )
    file = StagedFile(rows=rows, first_row=first_row, bad=bad)
    return Staged(relation=relation, files=(file,))


def stage_parquet(
    connection: Any,
    path: Path,
    recipe: Recipe,
    *,
    dropped: frozenset[str],
    today: date,
    into: str,
) -> Staged:
    """Read one Parquet file."""
    file = literal(glob.escape(str(path)))
    renamed = ", ".join(
        f"{quoted(name)} AS c{n}"
        for n, name in enumerate(recipe.columns.names)
        if name in recipe.used or name not in dropped
    )
    reader = f"(SELECT {renamed} FROM read_parquet({file}))"
    try:
        staged = _stage(
            connection,
            recipe,
            reader,
            file=None,
            line=None,
            dropped=dropped,
            today=today,
            into=into,
        )
    except (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException) as wrong:
        check_disk(wrong)
        raise InvalidFile(
            message("“{name}” cannot be read as Parquet; get it again.", name=path.name)
        ) from None
    rows = connection.execute(f"SELECT count(*) FROM {staged}").fetchone()[0]
    return Staged(
        relation=staged, files=(StagedFile(rows=rows, first_row=0, bad=(), header_lines=0),)
    )


def _stage(
    connection: Any,
    recipe: Recipe,
    reader: str,
    *,
    file: str | None,
    line: str | None,
    dropped: frozenset[str],
    today: date,
    into: str,
) -> str:
    """Make a table of typed and checked rows; return SQL for it with what is the same in all.

    DuckDB keeps its blocks in memory up to the limit and beyond it in the working folder, which
    saves the time to encode them. ``file`` and ``line`` are SQL where they differ by row.
    """
    written, same = _split(recipe, file=file, line=line)
    inner = ", ".join(f"{sql} AS {name}" for name, sql in written.items())
    problem = problem_sql(recipe.fields, today=today)
    record = f"CASE WHEN problem IS NOT NULL THEN {_record_sql(recipe, dropped)} END AS record"
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS SELECT {", ".join(written)}, problem, {record}
        FROM (SELECT *, {problem} AS problem FROM (SELECT *, {inner} FROM {reader}))"""
    )
    constant = "".join(f", {sql} AS {name}" for name, sql in same.items())
    return f"(SELECT rowid AS row, *{constant} FROM {into})"


def _split(
    recipe: Recipe, *, file: str | None, line: str | None
) -> tuple[dict[str, str], dict[str, str]]:
    """Return SQL for what differs by row and is written, and for what is the same in all rows."""
    fields = {name: sql for name, sql in recipe.fields.items() if name in FIELDS}
    if not _is_literal(fields["offence"]):
        fields["offence"] = f"coalesce({fields['offence']}, {literal(UNSTATED)})"
    typed = {name: f"CAST({sql} AS {FIELDS[name]})" for name, sql in fields.items()}
    written = {name: sql for name, sql in typed.items() if not _is_literal(fields[name])}
    same = {
        name: f"CAST({fields.get(name, 'NULL')} AS {kind})"
        for name, kind in FIELDS.items()
        if name not in written
    }
    for name, sql, kind in (("file", file, "INTEGER"), ("line", line, "BIGINT")):
        if sql is None:
            same[name] = f"CAST({'0' if name == 'file' else 'NULL'} AS {kind})"
        else:
            written[name] = f"CAST({sql} AS {kind})"
    for code, counted in recipe.counted_notes.items():
        written[f"note_{code}"] = f"coalesce({counted}, false)"
    return written, same


def _is_literal(sql: str) -> bool:
    return sql.startswith("'") and sql.count("'") == 2 and sql.endswith("'")


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


def _counts(connection: Any, relation: str) -> dict[int, tuple[int, int]]:
    rows = connection.execute(
        f"SELECT file, count(*), min(row) FROM {relation} GROUP BY file"
    ).fetchall()
    return {file: (count, first) for file, count, first in rows}


def _bad_rows(
    connection: Any, into: str, tables: Sequence[TextTable], *, keep_text: bool
) -> dict[int, list[BadRow]]:
    places = {str(table.path): n for n, table in enumerate(tables)}
    found = connection.execute(
        f"""SELECT file_path, line, min(error_type), any_value(csv_line)
        FROM errors_{into} JOIN scans_{into} USING (scan_id, file_id)
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
