"""This file knows how long protection takes on large tables, and how much it hides.

Tables are made up: counts as uneven as crime (negative binomial), from a map of one city to a
country's areas by kind of crime::

    python benchmarks/disclosure_speed.py
"""

from __future__ import annotations

import resource
import time

import numpy as np
import pandas as pd

from forestall.disclosure import protect_table, search_differences

# Rows, columns, and the mean count of a cell.
TABLES = [
    (2_000, 1, 3.0),
    (20_000, 1, 3.0),
    (14, 60, 30.0),
    (300, 300, 3.0),
    (5_000, 14, 0.5),
    (5_000, 14, 3.0),
    (5_000, 14, 20.0),
]
LIMIT_SECONDS = 10.0


def made_up_table(rows: int, columns: int, mean: float) -> pd.DataFrame:
    """Make up a tidy table of counts."""
    random = np.random.default_rng(rows + columns)
    counts = random.negative_binomial(0.6, 0.6 / (0.6 + mean), size=rows * columns)
    places, kinds = np.divmod(np.arange(rows * columns), columns)
    return pd.DataFrame({"place": places, "kind": kinds, "incidents": counts})


def time_protection(rows: int, columns: int, mean: float) -> float:
    """Protect one table, print what came of it, and return the seconds it took."""
    table = made_up_table(rows, columns, mean)
    one_way = columns == 1
    started = time.perf_counter()
    safe = protect_table(
        table.drop(columns="kind") if one_way else table,
        rule="threshold-5",
        rows="place",
        columns=None if one_way else "kind",
    )
    seconds = time.perf_counter() - started
    record = safe.record
    left_out = ", ".join(record.left_out) or "none"
    print(
        f"{rows:>6} x {columns:<3} mean {mean:<4} {seconds:6.2f} s   small {record.small:>6}  "
        f"companions {record.secondary:>5}  totals hidden {record.totals_hidden:>4}  "
        f"totals left out: {left_out}"
    )
    return seconds


def time_search() -> float:
    """Search a report-like set of tables for differences, and return the seconds it took."""
    kinds = made_up_table(14, 5, 400.0)
    by_month = protect_table(kinds, rule="threshold-5", rows="place", columns="kind")
    squares = made_up_table(1_829, 1, 10.0).drop(columns="kind")
    squares = squares.rename(columns={"place": "square"})
    a_map = protect_table(squares, rule="threshold-5", rows="square", within={"located": "yes"})
    started = time.perf_counter()
    found = search_differences([by_month, a_map])
    seconds = time.perf_counter() - started
    print(f"search through 14 x 5 and a map of 1,829: {seconds:.2f} s, {len(found)} found")
    return seconds


def main() -> None:
    """Run all, and fail above the limit."""
    slowest = max([*(time_protection(*table) for table in TABLES), time_search()])
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"slowest {slowest:.2f} s (limit {LIMIT_SECONDS:g} s), peak memory {peak_mb:.0f} MB")
    if slowest > LIMIT_SECONDS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
