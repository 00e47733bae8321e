"""Matching of 20,000 places over 24 periods, and the effect among 999 placebo areas.

Run with ``python benchmarks/matching_speed.py``. Printed are medians of the matching alone, and of
the effect with its placebo areas, each matched anew; and the largest difference of totals left.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from forestall.evaluation import (
    Panel,
    estimate_with_matched_places,
    match_comparison_places,
)

PLACES, TREATED, BEFORE, AFTER, ROUNDS = 20_000, 50, 24, 12, 3


def median_seconds(work: Callable[[], object]) -> float:
    """Time some runs."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def made_panel() -> Panel:
    """Return counts of many places, few of which have many."""
    generator = np.random.default_rng(1)
    levels = generator.gamma(1, 2, PLACES)
    treated = np.zeros((PLACES, BEFORE + AFTER), dtype=bool)
    treated[:TREATED, BEFORE:] = True
    return Panel(
        places=tuple(f"P{number}" for number in range(PLACES)),
        periods=pd.date_range("2020-01-01", periods=BEFORE + AFTER, freq="MS"),
        outcome=generator.poisson(levels[:, None], treated.shape).astype(float),
        treated=treated,
        outcome_name="Theft",
    )


def main() -> None:
    """Print the times."""
    panel = made_panel()
    matched = match_comparison_places(panel)
    slack = matched.table["slack"].abs().max()
    print(f"{PLACES:,} places, {BEFORE} totals, largest slack {slack:.1e}")
    print(f"matching: {median_seconds(lambda: match_comparison_places(panel)):.2f} s")
    for draws in (99, 999):
        taken = median_seconds(
            lambda: estimate_with_matched_places(matched, draws=draws, seed=1)  # noqa: B023
        )
        print(f"effect among {draws} placebo areas: {taken:.1f} s")


if __name__ == "__main__":
    main()
