"""Density of a million points on 2,000 × 2,000 cells, edge-corrected, against KDEpy without.

Run with ``python benchmarks/density_speed.py``. The promise: with the edge corrected no slower than
KDEpy's FFTKDE, which corrects nothing. The two take turns, so that other work on the machine slows
both alike; medians are printed. Ours is the whole call: fetching the points, binning, smoothing,
edge correction and the table of four million rows. The first call also builds the kernel and the
mass at the edge, which later calls on the same window reuse; nothing is compiled.
"""

from __future__ import annotations

import os
import statistics
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from KDEpy import FFTKDE

from forestall._stats.convolution import _edge_mass, lattice_kernel
from forestall.diagnosis import compare_densities, estimate_density
from forestall.records import Incidents, square_grid

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS, CELLS, CELL_M, BANDWIDTH_M, ROUNDS = 1_000_000, 2_000, 10.0, 500.0, 5
EDGES: tuple[Any, ...] = ("none", "uniform", "jones_diggle")
ORIGIN = (440_000, 510_000)


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def made_up_city() -> np.ndarray:
    """Return points in metres from the corner: half in heaps, half all over."""
    generator = np.random.default_rng(1)
    side, half = CELLS * CELL_M, POINTS // 2
    middles = generator.uniform(0.1 * side, 0.9 * side, (40, 2))
    heaps = middles[generator.integers(0, 40, half)] + generator.normal(0, 600, (half, 2))
    return np.concatenate([heaps, generator.uniform(0, side, (half, 2))]).clip(0, side - 0.01)


def as_incidents(points: np.ndarray) -> Incidents:
    """Return the points as incidents in the British National Grid."""
    frame = pd.DataFrame(points + ORIGIN, columns=["x", "y"]).assign(at=pd.Timestamp("2024-01-03"))
    return Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="at")


def kdepy(points: np.ndarray) -> Callable[[], object]:
    """Return KDEpy's way, in bandwidths as the unit, where its kernel is cut off as it should."""
    scaled = points / BANDWIDTH_M
    ends = np.linspace(-CELL_M, CELLS * CELL_M + CELL_M, CELLS) / BANDWIDTH_M
    grid = np.stack(np.meshgrid(ends, ends, indexing="ij"), axis=-1).reshape(-1, 2)
    return lambda: FFTKDE(bw=1, kernel="gaussian").fit(scaled).evaluate(grid)


def main() -> None:
    """Print the medians and their ratio to KDEpy."""
    points = made_up_city()
    incidents = as_incidents(points)
    window = square_grid(origin=ORIGIN, cell_m=CELL_M, columns=CELLS, rows=CELLS, crs="EPSG:27700")
    theirs = kdepy(points)

    def ours(edge: Any, kernel: Any, bandwidth_m: float) -> object:
        return estimate_density(
            incidents, bandwidth_m=bandwidth_m, kernel=kernel, edge=edge, window=window
        )

    works = {
        f"forestall, {kernel}, edge {edge}": (edge, kernel, bandwidth)
        for kernel, bandwidth in (("gaussian", BANDWIDTH_M), ("quartic", 1_400.0))
        for edge in EDGES
    }
    first, later = {}, {name: [] for name in ("KDEpy, gaussian, edge none", *works)}
    for name, choices in works.items():
        forget()
        first[name] = seconds(lambda choices=choices: ours(*choices))
    for _ in range(ROUNDS):
        later["KDEpy, gaussian, edge none"].append(seconds(theirs))
        for name, choices in works.items():
            later[name].append(seconds(lambda choices=choices: ours(*choices)))
    print(f"{POINTS:,} points, {CELLS:,} × {CELLS:,} cells, {os.cpu_count()} processors")
    peer = statistics.median(later["KDEpy, gaussian, edge none"])
    for name, times in later.items():
        median = statistics.median(times)
        start = f", first call {first[name]:.2f} s" if name in first else ""
        print(f"{name}: {median:.2f} s, {median / peer:.2f} of KDEpy{start}")
    print_comparison(points)


def forget() -> None:
    """Forget kernels and edge masses of earlier calls."""
    lattice_kernel.cache_clear()
    _edge_mass.cache_clear()


def print_comparison(points: np.ndarray) -> None:
    """Print how long a comparison of two groups takes, with 99 labellings."""
    first, second = as_incidents(points[::100]), as_incidents(points[50::100])
    took = seconds(lambda: compare_densities(first, second, bandwidth_m=500, cell_m=100, seed=1))
    print(f"compare_densities, 2 × 10,000 points, 200 × 200 cells, 99 labellings: {took:.2f} s")


if __name__ == "__main__":
    main()
