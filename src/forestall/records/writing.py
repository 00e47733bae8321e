"""This file knows how checked rows become the Parquet files of a store: kept and rejected ones."""

from __future__ import annotations

import glob
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from forestall.records.incidents import COLUMNS
from forestall.records.readers.recipe import literal
from forestall.records.staging import bad_rows_table
from forestall.records.store import INCIDENTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from forestall.records.offences import Classified
    from forestall.records.readers.recipe import Recipe
    from forestall.records.reading import ReadTables
    from forestall.records.staging import StagedFile

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
    connection.register(
        "classes",
        pa.table(
            {
                "offence": pa.array(list(classes), pa.string()),
                "iccs": pa.array([one.iccs for one in classes.values()], pa.string()),
            }
        ),
    )
    folder = working / "kept"
    connection.execute(
        f"""COPY (SELECT {_canonical(recipe)}, year(starts_at) AS year
        FROM staged JOIN points USING (given_x, given_y)
        LEFT JOIN classes USING (offence)
        {_keys_join(recipe)}
        {_without_duplicates(connection)}
        WHERE {_KEPT}) TO {literal(str(folder))}
        (FORMAT parquet, PARTITION_BY (year), FILENAME_PATTERN '{{i}}')"""
    )
    written = sorted(folder.glob("year=*/*.parquet")) if folder.is_dir() else []
    return {
        f"{INCIDENTS}/{path.parent.name}/{number:04d}-{path.stem}.parquet": path for path in written
    }


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
        WITH late AS ({_late_sql()})
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
        "source": literal(recipe.kind),
        "offence": "staged.offence",
        "location_precision": literal(recipe.location_precision),
        "place": "place_keys.key" if "place_text" in recipe.fields else "NULL::VARCHAR",
        "target": "target_keys.key" if "target_text" in recipe.fields else "NULL::VARCHAR",
        "ends_at": "CASE WHEN time_precision = 'month' AND ends_at IS NULL "
        "THEN starts_at + INTERVAL 1 MONTH ELSE ends_at END",
    }
    return ", ".join(f"{made.get(name, name)} AS {name}" for name in COLUMNS)


def _keys_join(recipe: Recipe) -> str:
    return " ".join(
        f"LEFT JOIN {kind}_keys ON staged.{kind}_text = {kind}_keys.text"
        for kind in ("place", "target")
        if f"{kind}_text" in recipe.fields
    )


def _without_duplicates(connection: Any) -> str:
    any_found = connection.execute("SELECT count(*) FROM duplicates").fetchone()[0]
    return "ANTI JOIN duplicates USING (batch, row)" if any_found else ""


def _late_sql() -> str:
    # What is known of a row after reading, for rows found wanting only then.
    known = """json_object('incident_id', incident_id, 'offence', offence,
        'starts_at', starts_at::VARCHAR, 'ends_at', ends_at::VARCHAR, 'x', given_x,
        'y', given_y, 'area', area, 'context', context)::VARCHAR"""
    return f"""
        SELECT file, row, line, problem AS reason, record FROM staged WHERE problem IS NOT NULL
        UNION ALL
        SELECT file, row, line, point_problem, {known}
        FROM staged JOIN points USING (given_x, given_y)
        WHERE problem IS NULL AND point_problem IS NOT NULL
        UNION ALL
        SELECT file, row, line, 'duplicate', {known}
        FROM staged SEMI JOIN duplicates USING (batch, row)"""


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
    >>> bad = tuple(BadRow(line=n, reason="short_row", text="") for n in (3, 4))
    >>> _line_shifts(StagedFile(rows=3, first_row=0, bad=bad))
    [(0, 2), (1, 4)]
    """
    shifts = {file.first_row: 2 - file.first_row}
    for before, one in enumerate(sorted(file.bad, key=lambda bad: bad.line)):
        accepted = one.line - 2 - before
        shifts[file.first_row + accepted] = 3 - file.first_row + before
    return list(shifts.items())
