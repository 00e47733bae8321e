"""This file knows how checked rows become the Parquet files of a store: kept and rejected ones."""

from __future__ import annotations

import glob
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from forestall.records.incidents import COLUMNS
from forestall.records.readers.recipe import TIME_PRECISIONS, literal
from forestall.records.staging import ROW_GROUP, bad_rows_table
from forestall.records.store import INCIDENTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from forestall.records.offences import Classified
    from forestall.records.readers.recipe import Recipe
    from forestall.records.reading import ReadTables
    from forestall.records.staging import StagedFile

_MOST_YEARS_A_GROUP = 4
_MOST_IN_ENUM = 2_000
# The last row groups of a year leave processors idle, which the next year fills.
_YEARS_AT_ONCE = 2
# Identifiers and coordinates have so many values that the search for a dictionary is given up
# early; kinds and areas have fewer.
_KEPT_AS = "FORMAT parquet, DICTIONARY_SIZE_LIMIT 5000"
_KEPT = "problem IS NULL AND point_problem IS NULL"


def write_kept(
    connection: Any,
    recipe: Recipe,
    classes: Mapping[str, Classified],
    *,
    working: Path,
    number: int,
) -> dict[str, Path]:
    """Write the rows that are kept, partitioned by year; return where each file belongs."""
    _make_classes(connection, classes)
    rows = f"""SELECT {_canonical(recipe)} FROM staged JOIN points USING (given_x, given_y)
        LEFT JOIN classes ON staged.offence = classes.label {_keys_join(recipe)}
        {_without_duplicates(connection)} WHERE {_KEPT}"""
    folder = working / "kept"
    folder.mkdir()
    # The order of rows in a store means nothing, and keeping it costs memory.
    connection.execute("SET preserve_insertion_order = false")
    years = _years_in_order(connection)
    _write_years(connection, rows, years, folder)
    if not years:
        connection.execute(
            f"""COPY (SELECT *, year(starts_at) AS year FROM ({rows})) TO {literal(str(folder))}
            ({_KEPT_AS}, PARTITION_BY (year), FILENAME_PATTERN '{{i}}', OVERWRITE_OR_IGNORE)"""
        )
    connection.execute("SET preserve_insertion_order = true")
    return {
        f"{INCIDENTS}/{path.parent.name}/{number:04d}-{path.stem}.parquet": path
        for path in sorted(folder.glob("year=*/*.parquet"))
    }


def _write_years(connection: Any, rows: str, years: Sequence[int], folder: Path) -> None:
    def write(year: int) -> None:
        (folder / f"year={year}").mkdir()
        file = literal(str(folder / f"year={year}" / "0.parquet"))
        connection.cursor().execute(
            f"""COPY ({rows} AND starts_at >= TIMESTAMP '{year}-01-01'
            AND starts_at < TIMESTAMP '{year + 1}-01-01') TO {file} ({_KEPT_AS})"""
        )

    with ThreadPoolExecutor(max_workers=_YEARS_AT_ONCE) as pool:
        list(pool.map(write, years))


def _years_in_order(connection: Any) -> list[int]:
    """Return the years when the rows come nearly in the order of time, else nothing.

    Then one scan a year reads only the row groups of that year, which is faster than DuckDB's
    partitioned writing.
    """
    groups = connection.execute(
        f"""SELECT DISTINCT batch, row // {ROW_GROUP}, year(starts_at)
        FROM staged WHERE problem IS NULL"""
    ).fetchall()
    years = sorted({year for _, _, year in groups})
    scans = len({(batch, group) for batch, group, _ in groups})
    return years if len(groups) <= _MOST_YEARS_A_GROUP * scans + len(years) else []


def _make_classes(connection: Any, classes: Mapping[str, Classified]) -> None:
    # As ENUM a text is written by its number in a dictionary, twice as fast as a string.
    connection.register(
        "given_classes",
        pa.table(
            {
                "label": pa.array(list(classes), pa.string()),
                "iccs": pa.array([one.iccs for one in classes.values()], pa.string()),
            }
        ),
    )
    codes = sorted({one.iccs for one in classes.values() if one.iccs is not None})
    connection.execute(
        f"""CREATE OR REPLACE TABLE classes AS SELECT label,
        label::{_enum(list(classes))} AS offence, iccs::{_enum(codes)} AS iccs FROM given_classes"""
    )


def _enum(texts: Sequence[str]) -> str:
    if not 0 < len(texts) <= _MOST_IN_ENUM or any("\x00" in text for text in texts):
        return "VARCHAR"
    return f"ENUM ({', '.join(literal(text) for text in texts)})"


def _constant(text: str) -> str:
    return f"{literal(text)}::{_enum([text])}"


def write_rejected(
    connection: Any, read: ReadTables, *, before: Path | None, into: Path, number: int
) -> None:
    """Write the rejected rows of the store: those of earlier imports and those of this one.

    Also makes the table ``refused`` of this import: ``file`` (the place of the table), ``reason``.
    """
    names = [one.table.name for one in read.opened]
    connection.register(
        "tables", pa.table({"file": pa.array(range(len(names)), pa.int32()), "name": names})
    )
    connection.register("shifts", _shifts(read))
    connection.register("bad", bad_rows_table(dict(enumerate(one.bad for one in read.files))))
    connection.execute(
        f"""CREATE OR REPLACE TABLE refused AS
        WITH late AS ({_late_sql(connection)})
        SELECT late.file, coalesce(line, late.row + shift) AS line, reason, record
        FROM late ASOF LEFT JOIN shifts ON late.file = shifts.file AND late.row >= shifts.row
        UNION ALL SELECT file, line, reason, record FROM bad"""
    )
    earlier = (
        f"UNION ALL BY NAME SELECT * FROM read_parquet({literal(glob.escape(str(before)))})"
        if before is not None
        else ""
    )
    connection.execute(
        f"""COPY (SELECT {number} AS import, name AS file, line, reason, record
        FROM refused JOIN tables USING (file) {earlier} ORDER BY import, file, line)
        TO {literal(str(into))} (FORMAT parquet)"""
    )


def count_refused(connection: Any) -> dict[tuple[int, str], int]:
    """Return how many rows of each table were rejected for each reason."""
    rows = connection.execute(
        "SELECT file, reason, count(*) FROM refused GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return {(file, reason): count for file, reason, count in rows}


def _canonical(recipe: Recipe) -> str:
    made = {
        "source": _constant(recipe.kind),
        "offence": "classes.offence",
        "iccs": "classes.iccs",
        "time_precision": f"time_precision::{_enum(TIME_PRECISIONS)}",
        "location_precision": _constant(recipe.location_precision),
        "place": "place_keys.key" if "place_text" in recipe.fields else "NULL::VARCHAR",
        "target": "target_keys.key" if "target_text" in recipe.fields else "NULL::VARCHAR",
        "ends_at": "CASE WHEN time_precision = 'month' AND ends_at IS NULL "
        "THEN (last_day(starts_at) + 1)::TIMESTAMP ELSE ends_at END",
    }
    return ", ".join(f"{made.get(name, name)} AS {name}" for name in COLUMNS)


def _keys_join(recipe: Recipe) -> str:
    return " ".join(
        f"LEFT JOIN {kind}_keys ON staged.{kind}_text = {kind}_keys.text"
        for kind in ("place", "target")
        if f"{kind}_text" in recipe.fields
    )


def _without_duplicates(connection: Any) -> str:
    any_found = _any(connection, "duplicates")
    return "ANTI JOIN duplicates USING (batch, row)" if any_found else ""


def _late_sql(connection: Any) -> str:
    # What is known of a row after reading, for rows found wanting only then.
    known = """json_object('incident_id', incident_id, 'offence', offence,
        'starts_at', starts_at::VARCHAR, 'ends_at', ends_at::VARCHAR, 'x', given_x,
        'y', given_y, 'area', area, 'district', district,
        'context', context)::VARCHAR"""
    found = [
        "SELECT file, row, line, problem AS reason, record FROM staged WHERE problem IS NOT NULL"
    ]
    # Most files have no such points and no repeats, and need not be read again for them.
    if _any(connection, "points WHERE point_problem IS NOT NULL"):
        found.append(
            f"""SELECT file, row, line, point_problem, {known}
            FROM staged JOIN points USING (given_x, given_y)
            WHERE problem IS NULL AND point_problem IS NOT NULL"""
        )
    if _any(connection, "duplicates"):
        found.append(
            f"""SELECT file, row, line, 'duplicate', {known}
            FROM staged SEMI JOIN duplicates USING (batch, row)"""
        )
    return " UNION ALL ".join(found)


def _any(connection: Any, rows: str) -> bool:
    return bool(connection.execute(f"SELECT EXISTS (SELECT 1 FROM {rows})").fetchone()[0])


def _shifts(read: ReadTables) -> pa.Table:
    """Return what to add to the place of a row to get its line, from which row on."""
    rows: list[tuple[int, int, int]] = []
    for number, file in enumerate(read.files):
        rows += [(number, row, shift) for row, shift in _line_shifts(file)]
    return pa.table(
        {
            "file": pa.array([one[0] for one in rows], pa.int32()),
            "row": pa.array([one[1] for one in rows], pa.int64()),
            "shift": pa.array([one[2] for one in rows], pa.int64()),
        }
    )


def _line_shifts(file: StagedFile) -> Sequence[tuple[int, int]]:
    """Return row and shift pairs: the header is line 1, and each bad line moves the rest by one.

    Examples
    --------
    >>> from forestall.records.salvage import BadRow
    >>> from forestall.records.staging import StagedFile
    >>> bad = tuple(BadRow(line=n, reason="short_row", text="") for n in (3, 4))
    >>> _line_shifts(StagedFile(rows=3, first_row=0, bad=bad))
    [(0, 2), (1, 4)]
    """
    shifts = {file.first_row: 1 + file.header_lines - file.first_row}
    for before, one in enumerate(sorted(file.bad, key=lambda bad: bad.line)):
        accepted = one.line - 1 - file.header_lines - before
        shifts[file.first_row + accepted] = 2 + file.header_lines - file.first_row + before
    return list(shifts.items())
