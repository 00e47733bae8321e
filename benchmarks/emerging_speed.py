"""Histories of places in time, and against a loop over PySAL esda and SciPy at a small size.

Run with ``python benchmarks/emerging_speed.py``. The promise: 100,000 squares × 60 steps, weights
included, in 2 s. The peer is what an analyst writes: esda's Gi* for each step, then SciPy's Kendall
test for each place. The two take turns, so that other work on the machine slows both alike; medians
are printed. One thread; nothing is compiled, so the first call, printed apart, costs no more.
"""

import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from esda.getisord import G_Local
from libpysal.weights import W, lat2W
from scipy.stats import kendalltau

from forestall.diagnosis import classify_hotspots
from forestall.records import Counts, periods_between, square_grid

LARGE, LARGE_STEPS = (400, 250), 60
SMALL, SMALL_STEPS = (30, 30), 24
ROUNDS = 5
PROMISE_SECONDS = 2.0


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def made_counts(shape: tuple[int, int], steps: int, generator: np.random.Generator) -> Counts:
    """Return counts by square and month, about half of the bins empty."""
    columns, rows = shape
    numbers = generator.poisson(0.7, (columns * rows, steps))
    grid = square_grid(origin=(0, 0), cell_m=100, columns=columns, rows=rows, crs="EPSG:27700")
    last = pd.Timestamp("2015-01-01") + pd.DateOffset(months=steps) - pd.Timedelta(days=1)
    months = periods_between("2015-01-01", last.date(), unit="month")
    place, step = np.nonzero(numbers)
    frame = pd.DataFrame(
        {"place": place, "period": months.starts[step], "incidents": numbers[place, step]}
    )
    return Counts.from_frame(frame, places=grid, periods=months)


def dense(counts: Counts) -> np.ndarray:
    """Return the counts as places × steps."""
    assert counts.periods is not None
    return np.column_stack(
        [counts.select(period=start).per_place() for start in counts.periods.starts]
    ).astype(float)


def loop_of_peers(numbers: np.ndarray, weights: W) -> list[float]:
    """Return Kendall's p of each place's Gi*, one step and one place after the other."""
    scores = np.column_stack(
        [G_Local(step, weights, transform="B", permutations=0, star=True).Zs for step in numbers.T]
    )
    order = np.arange(numbers.shape[1])
    return [kendalltau(order, place, method="asymptotic").pvalue for place in scores]


def main() -> None:
    """Print the medians and their ratio."""
    warnings.simplefilter("ignore")
    generator = np.random.default_rng(1)
    large, small = (
        made_counts(LARGE, LARGE_STEPS, generator),
        made_counts(SMALL, SMALL_STEPS, generator),
    )
    numbers, weights = dense(small), lat2W(*SMALL, rook=False)
    first = seconds(lambda: classify_hotspots(small, reference="single_step"))
    print(f"forestall, first call at all, {SMALL[0] * SMALL[1]} squares: {first:.2f} s")

    ours_large, ours_small, theirs_small = [], [], []
    for _ in range(ROUNDS):
        ours_large.append(seconds(lambda: classify_hotspots(large)))
        theirs_small.append(seconds(lambda: loop_of_peers(numbers, weights)))
        ours_small.append(seconds(lambda: classify_hotspots(small, reference="single_step")))

    whole, ours, theirs = map(statistics.median, (ours_large, ours_small, theirs_small))
    print(
        f"forestall, {LARGE[0] * LARGE[1]:,} squares × {LARGE_STEPS} steps, weights and classes "
        f"included, 1 thread: {whole:.2f} s (promise: {PROMISE_SECONDS} s)"
    )
    print(f"forestall, {SMALL[0] * SMALL[1]} squares × {SMALL_STEPS} steps: {ours * 1000:.1f} ms")
    print(f"esda and SciPy in a loop, the same, without weights and classes: {theirs:.2f} s")
    print(f"the loop takes {theirs / ours:,.0f} times as long")


if __name__ == "__main__":
    main()
