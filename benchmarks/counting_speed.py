"""This file knows how fast counting is, against the bare SQL that gives the same table.

Ours and the bare SQL run by turns in one process on one connection. Our table is sorted, so the
fair SQL sorts too; the other is shown beside it::

    python benchmarks/counting_speed.py london_met_burglary_2010-12_2025-02.parquet

Without a file, rows are made up. The rows are repeated up to the number asked for (the points
moved by a few metres each time) and written as a store's Parquet files first.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from forestall.query import connect, fetch_value, open_parquet
from forestall.records import SquareGrid, count_incidents, square_grid
from forestall.records.incidents import Incidents
from forestall.records.manifest import example_manifest
from forestall.records.projection import project

if TYPE_CHECKING:
    from collections.abc import Callable

OFFENCES = ("Burglary", "Robbery", "Vehicle crime", "Drugs", "Shoplifting")
# The targets in section 6 of the design: counting within 1.1 of the same SQL.
LIMIT = 1.1


def main() -> None:
    """Print one line for each kind of count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parquet", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=8_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_rows(source_rows(options.parquet), options.rows, Path(folder))
        incidents = open_rows(Path(folder))
        grid = square_grid(incidents, cell_m=500)
        print(f"{incidents.count_rows():,} rows, {grid.size:,} squares of 500 m at risk")
        for name, by in (("square × month", ()), ("square × month × offence", ("offence",))):
            for order in ("ORDER BY ALL", ""):
                compare(
                    f"{name}, SQL {'sorted' if order else 'not sorted'}",
                    partial(counted_rows, incidents, grid, by),
                    partial(bare_rows, Path(folder), grid, by, order),
                    options.rounds,
                )


def compare(name: str, ours: Callable[[], int], bare: Callable[[], int], rounds: int) -> None:
    """Run both by turns and print the medians and their ratio."""
    assert ours() == bare(), "both must give the same number of rows"
    seconds: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(rounds):
        for who, run in (("ours", ours), ("bare", bare)):
            start = time.perf_counter()
            run()
            seconds[who].append(time.perf_counter() - start)
    ratio = statistics.median(
        mine / theirs for mine, theirs in zip(seconds["ours"], seconds["bare"], strict=True)
    )
    verdict = "within" if ratio <= LIMIT else "OVER"
    print(
        f"counting {name}: ours {statistics.median(seconds['ours']):.2f} s, bare SQL "
        f"{statistics.median(seconds['bare']):.2f} s, ratio {ratio:.2f} ({verdict} {LIMIT})"
    )


def counted_rows(incidents: Incidents, grid: SquareGrid, by: tuple[str, ...]) -> int:
    """Count with ours."""
    return len(count_incidents(incidents, places=grid, period="month", by=by).table)


def bare_rows(folder: Path, grid: Any, by: tuple[str, ...], order: str) -> int:
    """Count by hand-written SQL into the same DataFrame, sorted or not."""
    x, y = grid.origin
    groups = "".join(f", {column}" for column in by)
    sql = f"""
        SELECT CAST(floor((y - {y}) / {grid.cell_m}) AS BIGINT) * {grid.columns}
               + CAST(floor((x - {x}) / {grid.cell_m}) AS BIGINT) AS place,
               date_trunc('month', starts_at) AS period{groups}, count(*) AS incidents
        FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true)
        GROUP BY ALL {order}
    """
    return len(connect().raw_sql(sql).to_arrow_table().to_pandas())


def source_rows(parquet: Path | None) -> dict[str, np.ndarray[Any, Any]]:
    """Return month and place of the incidents of a file, or made-up ones."""
    if parquet is None:
        random = np.random.default_rng(2)
        months = np.datetime64("2010-12") + random.integers(0, 171, 1_000_000)
        around = random.integers(0, 400, 1_000_000)
        centres = random.normal([530_000, 180_000], 9_000, (400, 2))[around]
        x, y = (centres + random.normal(0, 900, centres.shape)).T
        return {"x": x, "y": y, "month": months.astype("datetime64[us]")}
    frame = pd.read_parquet(parquet, columns=["month", "longitude", "latitude"]).dropna()
    x, y = project(frame.longitude, frame.latitude, crs_from="EPSG:4326", crs_to="EPSG:27700")
    month = pd.to_datetime(frame["month"]).to_numpy(dtype="datetime64[us]")
    return {"x": x, "y": y, "month": month}


def write_rows(rows: dict[str, np.ndarray[Any, Any]], wanted: int, folder: Path) -> None:
    """Write the rows again and again, slightly moved, as Parquet files by year."""
    random = np.random.default_rng(3)
    count = rows["x"].size
    for part, start in enumerate(range(0, wanted, count)):
        size = min(count, wanted - start)
        near = random.normal(0, 20, (2, size)) if part else np.zeros((2, size))
        table = pa.table(
            {
                "offence": pa.array(np.array(OFFENCES)[random.integers(0, len(OFFENCES), size)]),
                "starts_at": rows["month"][:size],
                "time_precision": pa.array(np.full(size, "month")),
                "x": rows["x"][:size] + near[0],
                "y": rows["y"][:size] + near[1],
                "year": rows["month"][:size].astype("datetime64[Y]").astype(int) + 1970,
            }
        )
        pq.write_to_dataset(
            table, folder, partition_cols=["year"], basename_template=f"{part}-{{i}}.parquet"
        )


def open_rows(folder: Path) -> Incidents:
    """Return the files as incidents."""
    table = open_parquet(folder)
    first, last = (fetch_value(end) for end in (table.starts_at.min(), table.starts_at.max()))
    manifest = replace(
        example_manifest(), first_day=f"{first:%Y-%m-%d}", last_day=f"{last:%Y-%m}-28"
    )
    return Incidents(table=table, manifest=manifest)


if __name__ == "__main__":
    main()
