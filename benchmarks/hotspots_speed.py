"""Gi* on a million squares in time, and against PySAL esda on ten thousand.

Run with ``python benchmarks/hotspots_speed.py``. The promise: z and p of a million squares in
under 0.1 s, on one thread; nothing is compiled. The two take turns, so that other work on the
machine slows both alike; medians are printed. esda also needs its weights, which are timed apart.
The whole of `find_hotspots` adds up counts, adjusts p and makes tables and areas as well.
"""

import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from esda.getisord import G_Local
from libpysal.weights import lat2W

from forestall._stats.lattice import grid_gi_star, normal_p_values
from forestall.diagnosis import find_hotspots
from forestall.records import Counts, square_grid

LARGE, SMALL, ROUNDS = 1000, 100, 7


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def scores_and_p_values(counts: np.ndarray) -> np.ndarray:
    """Return p-values the way `find_hotspots` makes them."""
    return normal_p_values(grid_gi_star(counts)[0], alternative="two-sided")


def counts_on_squares(numbers: np.ndarray) -> Counts:
    """Return the counts as a user holds them."""
    grid = square_grid(
        origin=(0, 0), cell_m=100, columns=len(numbers), rows=len(numbers), crs="EPSG:27700"
    )
    rows = pd.DataFrame({"place": np.arange(numbers.size), "incidents": numbers.ravel()})
    return Counts.from_frame(rows, places=grid)


def main() -> None:
    """Print the medians and their ratio."""
    warnings.simplefilter("ignore")
    generator = np.random.default_rng(1)
    large, small = (generator.poisson(2, (n, n)).astype(float) for n in (LARGE, SMALL))
    start = time.perf_counter()
    weights = lat2W(SMALL, SMALL, rook=False)
    weights_seconds = time.perf_counter() - start

    whole = counts_on_squares(large)
    ours_whole, ours_large, ours_small, theirs_small = [], [], [], []
    for _ in range(ROUNDS):
        ours_whole.append(seconds(lambda: find_hotspots(whole)))
        ours_large.append(seconds(lambda: scores_and_p_values(large)))
        theirs_small.append(
            seconds(
                lambda: G_Local(small.ravel(), weights, transform="B", permutations=0, star=True)
            )
        )
        ours_small.append(seconds(lambda: scores_and_p_values(small)))

    million, ours, theirs = map(statistics.median, (ours_large, ours_small, theirs_small))
    print(f"forestall, {LARGE**2:,} squares: {million:.3f} s (promise: 0.1 s)")
    print(f"find_hotspots as a whole, {LARGE**2:,} squares: {statistics.median(ours_whole):.3f} s")
    print(f"forestall, {SMALL**2:,} squares: {ours * 1000:.2f} ms")
    print(f"esda, {SMALL**2:,} squares: {theirs * 1000:.1f} ms, weights {weights_seconds:.2f} s")
    print(f"esda takes {theirs / ours:,.0f} times as long, without the weights")


if __name__ == "__main__":
    main()
