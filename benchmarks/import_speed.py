"""This file knows how fast an import is, against DuckDB's bare COPY of the same CSV.

Run: ``FORESTALL_DATA=... python benchmarks/import_speed.py [--rows 8000000] [--runs 3]``, where the
folder holds ``incidents/london_met_burglary_2010-12_2025-02.parquet``. Each measurement is a
process of its own; ours and the bare ones take turns, so that other load meets all.

Ours reads, types, checks, projects, finds repeats, classifies, takes the checksum of the file, and
writes Parquet by year with a manifest and the rejected rows. There are three bare ones, none of
which does any of this but reading and writing:

* ``plain``: the file as it is, into one Parquet file;
* ``typed``: the columns of a store with constants for what must be worked out, into one file;
* ``by year``: the same in the layout of a store, a folder for each year.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILE = "incidents/london_met_burglary_2010-12_2025-02.parquet"

_STORE_COLUMNS = """SELECT left("Crime ID", 16) AS incident_id, 'police.uk' AS source,
        "Crime type" AS offence, '0501' AS iccs,
        try_cast("Month" || '-01' AS TIMESTAMP) AS starts_at,
        try_cast("Month" || '-01' AS TIMESTAMP) + INTERVAL 1 MONTH AS ends_at,
        'month' AS time_precision, try_cast("Longitude" AS DOUBLE) * 70000 AS x,
        try_cast("Latitude" AS DOUBLE) * 111000 AS y,
        try_cast("Longitude" AS DOUBLE) AS longitude, try_cast("Latitude" AS DOUBLE) AS latitude,
        'snapped' AS location_precision, NULL::VARCHAR AS place, NULL::VARCHAR AS target,
        "LSOA code" AS area, NULL::VARCHAR AS context
    FROM read_csv('{csv}', all_varchar = true, header = true)"""
BARE = {
    "plain": "COPY (FROM '{csv}') TO '{out}.parquet' (FORMAT parquet)",
    "typed": f"COPY ({_STORE_COLUMNS}) TO '{{out}}.parquet' (FORMAT parquet)",
    "by year": f"""COPY (SELECT *, year(starts_at) AS year FROM ({_STORE_COLUMNS}))
        TO '{{out}}' (FORMAT parquet, PARTITION_BY (year))""",
}


def make_csv(parquet: Path, csv: Path, rows: int) -> None:
    """Write the burglaries of London over and over in the publisher's CSV form.

    Identifiers differ between the copies; months come in order, as in the publisher's archive.
    """
    import duckdb

    with duckdb.connect() as connection:
        copies = -(-rows // 1_000_000)
        connection.execute(
            f"""COPY (
                SELECT CASE WHEN crime_id8 IS NOT NULL
                        THEN md5(hex(crime_id8) || copy) || md5(copy || hex(crime_id8))
                    END AS "Crime ID",
                    strftime(month, '%Y-%m') AS "Month",
                    'Metropolitan Police Service' AS "Reported by",
                    'Metropolitan Police Service' AS "Falls within",
                    longitude AS "Longitude", latitude AS "Latitude", location AS "Location",
                    lsoa_code AS "LSOA code", lsoa_code AS "LSOA name",
                    crime_type AS "Crime type", last_outcome_category AS "Last outcome category",
                    NULL AS "Context"
                FROM '{parquet}', range({copies}) AS copies(copy) ORDER BY month LIMIT {rows}
            ) TO '{csv}' (HEADER)"""
        )


def measure(what: str, csv: Path, folder: Path) -> tuple[float, float, float]:
    """Run one import or copy in a process; return wall and processor seconds, and peak MB."""
    code = [sys.executable, __file__, "--one", what, "--csv", str(csv), "--folder", str(folder)]
    said = subprocess.run(code, check=True, capture_output=True, text=True).stdout.split()
    return float(said[0]), float(said[1]), float(said[2])


def run_one(what: str, csv: Path, folder: Path) -> None:
    """Do one measurement in this process and print it."""
    import duckdb

    from forestall.records import import_incidents

    begun, worked = time.perf_counter(), time.process_time()
    if what in BARE:
        with duckdb.connect() as connection:
            connection.execute(BARE[what].format(csv=csv, out=folder / "bare"))
    else:
        import_incidents(csv, store=folder / "store")
    wall, worked = time.perf_counter() - begun, time.process_time() - worked
    # Not ru_maxrss, which a process inherits from the one that started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    print(wall, worked, int(peak.split()[1]) / 1024)


def compare(csv: Path, runs: int) -> None:
    """Measure ours and the bare copies in turns and print the medians."""
    found: dict[str, list[tuple[float, float, float]]] = {what: [] for what in ("ours", *BARE)}
    for _ in range(runs):
        for what, measured in found.items():
            with tempfile.TemporaryDirectory(dir=csv.parent) as folder:
                measured.append(measure(what, csv, Path(folder)))
                wall, worked, peak = measured[-1]
                print(f"{what:8} {wall:7.2f} s  {worked:7.2f} s of processor  {peak:6.0f} MB")
    for what in BARE:
        wall, worked = (
            statistics.median(
                ours[number] / bare[number]
                for ours, bare in zip(found["ours"], found[what], strict=True)
            )
            for number in (0, 1)
        )
        print(f"ours against “{what}”: {wall:.2f} times the time, {worked:.2f} of the processor")
    print(f"peak memory of ours: {max(one[2] for one in found['ours']):.0f} MB")


def main() -> None:
    """Read the options and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, default=os.environ.get("FORESTALL_DATA"))
    options.add_argument("--rows", type=int, default=8_000_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--one", choices=["ours", *BARE])
    options.add_argument("--csv", type=Path)
    options.add_argument("--folder", type=Path)
    given = options.parse_args()
    if given.one:
        run_one(given.one, given.csv, given.folder)
        return
    if given.data is None:
        options.error("name the folder with the data by --data or FORESTALL_DATA")
    parquet = Path(given.data) / FILE
    with tempfile.TemporaryDirectory() as folder:
        csv = Path(folder) / "street.csv"
        make_csv(parquet, csv, given.rows)
        print(f"{given.rows:,} rows, {csv.stat().st_size / 1e6:,.0f} MB of CSV")
        compare(csv, given.runs)
        begun = time.perf_counter()
        seconds, _, _ = measure("ours", parquet, Path(folder))
        print(f"London as Parquet: {seconds:.2f} s ({time.perf_counter() - begun:.2f} s in all)")


if __name__ == "__main__":
    main()
