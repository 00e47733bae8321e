"""This file knows when two rows are one incident published twice."""

from __future__ import annotations

import glob
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from forestall.records.readers.recipe import literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Hashes of so many rows are sorted at once: 240 MB.
_MOST_SORTED = 30_000_000

# Rows of one incident have the same value in these, beside the identifier.
_SAME = {"same_record": "incident_id, offence, px, py", "same_identifier": "incident_id"}


def find_repeated_keys(connection: Any, *, parts: Sequence[Path]) -> None:
    """Make the table ``repeated_keys`` of the hashes of identifiers that occur more than once.

    Identifiers are compared by their hash first: eight bytes a row instead of a text. Sorting
    these takes a third of the time of grouping them.

    Parameters
    ----------
    connection
        Holds the view ``staged``.
    parts
        The Parquet files of the store before this import.
    """
    stored = _stored_sql(parts)
    known = f"UNION ALL SELECT incident_id FROM {stored}" if stored else ""
    identifiers = f"(SELECT incident_id FROM staged WHERE problem IS NULL {known})"
    rows = connection.execute(f"SELECT count(*) FROM {identifiers}").fetchone()[0]
    shares = 1 + rows // _MOST_SORTED
    connection.execute("CREATE OR REPLACE TABLE repeated_keys (key UBIGINT)")
    for share in range(shares):
        chosen = f"AND key % {shares} = {share}" if shares > 1 else ""
        keys = connection.execute(
            f"""SELECT key FROM (
                SELECT hash(incident_id) AS key FROM {identifiers} WHERE incident_id IS NOT NULL
            ) WHERE TRUE {chosen}"""
        ).fetchnumpy()["key"]
        keys.sort()
        repeated = np.unique(keys[1:][keys[1:] == keys[:-1]])
        connection.register("found_keys", pa.table({"key": pa.array(repeated, pa.uint64())}))
        connection.execute("INSERT INTO repeated_keys SELECT key FROM found_keys")
        connection.unregister("found_keys")


def find_duplicates(connection: Any, *, rule: str, parts: Sequence[Path]) -> None:
    """Make the table ``duplicates`` of rows that repeat an incident, with ``batch`` and ``row``.

    Of the rows of one incident the earliest is kept, and rows that are in the store already
    stay there. Also makes ``repeated``: rows whose identifier occurs more than once.

    Parameters
    ----------
    connection
        Holds the view ``staged``, the table ``points`` and that of `find_repeated_keys`.
    rule
        ``same_record`` or ``same_identifier``, explained by
        `forestall.records.checks.describe_duplicate_rule`.
    parts
        The Parquet files of the store before this import.
    """
    stored = _stored_sql(parts)
    known = (
        f"""UNION ALL SELECT -1, 0, incident_id, offence, starts_at, longitude, latitude
        FROM {stored} WHERE hash(incident_id) IN (SELECT key FROM repeated_keys)"""
        if stored
        else ""
    )
    connection.execute(
        f"""CREATE OR REPLACE TABLE repeated AS
        SELECT batch, row, incident_id, offence, starts_at, longitude AS px, latitude AS py
        FROM (
            SELECT batch, row, incident_id, offence, starts_at, given_x, given_y FROM staged
            WHERE problem IS NULL AND incident_id IS NOT NULL
                AND hash(incident_id) IN (SELECT key FROM repeated_keys)
        ) JOIN points USING (given_x, given_y) WHERE point_problem IS NULL
        {known}"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TABLE duplicates AS
        SELECT batch, row FROM (
            SELECT batch, row, row_number() OVER (
                PARTITION BY {_SAME[rule]}
                ORDER BY least(batch, 0), starts_at, batch, row
            ) AS place FROM repeated
        ) WHERE place > 1 AND batch >= 0"""
    )


def count_repeated_identifiers(connection: Any) -> int:
    """Return how many rows that are kept share their identifier with another one."""
    return int(
        connection.execute(
            """SELECT coalesce(sum(rows), 0) FROM (
                SELECT count(*) AS rows FROM repeated ANTI JOIN duplicates USING (batch, row)
                GROUP BY incident_id HAVING count(*) > 1)"""
        ).fetchone()[0]
    )


def _stored_sql(parts: Sequence[Path]) -> str:
    if not parts:
        return ""
    files = ", ".join(literal(glob.escape(str(part))) for part in parts)
    return f"read_parquet([{files}], hive_partitioning=false)"
