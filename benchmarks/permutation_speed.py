"""Permutation p-values of Gi*, Gi and local Moran in time, and against PySAL esda.

Run with ``python benchmarks/permutation_speed.py``. The promises, on one thread and with nothing to
compile: 100,000 squares × 999 permutations in under 0.1 s, a million × 9,999 in under 1 s,
neighbour sums included. The two take turns on 10,000 squares × 999, so that other work on the
machine slows both alike; medians are printed. ``--esda`` sets them side by side on 99,856 squares
too, once (esda needs some 20 s, its weights apart). esda compiles on its first call, which is not
counted.
"""

import argparse
import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from esda.getisord import G_Local
from libpysal.weights import lat2W

from forestall._stats.lattice import box_sums, cells_in_box
from forestall._stats.permutation import count_extreme_sums, permutation_p_values
from forestall.diagnosis import find_clusters_and_outliers, find_hotspots
from forestall.records import Counts, square_grid

ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def p_values(counts: np.ndarray, permutations: int) -> np.ndarray:
    """Return p-values the way `find_hotspots` and `find_clusters_and_outliers` make them."""
    sums, members = box_sums(counts) - counts, cells_in_box(counts.shape) - 1
    at_least, at_most = count_extreme_sums(
        counts.ravel(), sums.ravel(), members.ravel(), permutations=permutations, seed=1
    )
    return permutation_p_values(
        at_least, at_most, permutations=permutations, alternative="two-sided"
    )


def p_values_of_esda(counts: np.ndarray, weights: object, permutations: int) -> object:
    """Return esda's p-values."""
    return G_Local(
        counts.ravel().astype(float),
        weights,
        transform="B",
        permutations=permutations,
        star=False,
        keep_simulations=False,
        seed=1,
    )


def on_squares(numbers: np.ndarray) -> Counts:
    """Return the counts as a user holds them."""
    grid = square_grid(
        origin=(0, 0), cell_m=100, columns=len(numbers), rows=len(numbers), crs="EPSG:27700"
    )
    rows = pd.DataFrame({"place": np.arange(numbers.size), "incidents": numbers.ravel()})
    return Counts.from_frame(rows, places=grid)


def compare(side: int, rounds: int) -> None:
    """Print both, in turn, on so many squares."""
    counts = np.random.default_rng(1).poisson(2, (side, side))
    made = seconds(lambda: lat2W(side, side, rook=False))
    weights = lat2W(side, side, rook=False)
    p_values_of_esda(counts[:, :], weights, 9)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(seconds(lambda: p_values(counts, 999)))
        theirs.append(seconds(lambda: p_values_of_esda(counts, weights, 999)))
    own, other = statistics.median(ours), statistics.median(theirs)
    print(f"{side**2:,} squares × 999: forestall {own * 1000:.1f} ms, esda {other:.2f} s")
    print(f"esda takes {other / own:,.0f} times as long, without its weights ({made:.1f} s)")


def main() -> None:
    """Print medians and ratios."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--esda", action="store_true")
    asked = parser.parse_args()
    for side, permutations, promise in ((316, 999, 0.1), (1000, 9_999, 1.0)):
        counts = np.random.default_rng(1).poisson(2, (side, side))
        first = seconds(lambda: p_values(counts, permutations))  # noqa: B023
        again = [seconds(lambda: p_values(counts, permutations)) for _ in range(ROUNDS)]  # noqa: B023
        print(
            f"{side**2:,} squares × {permutations:,}: {statistics.median(again):.3f} s, "
            f"first {first:.3f} s (promise: {promise} s), 1 thread"
        )
        whole = on_squares(counts)
        for find in (find_hotspots, find_clusters_and_outliers):
            taken = [seconds(lambda: find(whole, permutations=permutations)) for _ in range(3)]  # noqa: B023
            print(f"  {find.__name__} as a whole: {statistics.median(taken):.3f} s")
    compare(100, ROUNDS)
    if asked.esda:
        compare(316, 1)


if __name__ == "__main__":
    main()
