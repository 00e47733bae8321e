"""This file knows how fast points are found in areas, against an STRtree of shapely points.

Ours and the other run by turns in one process::

    python benchmarks/point_in_polygon.py london_lsoa21_boundaries.parquet

Without a file of areas, 5,000 polygons are made up.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from forestall.records import areas_from_file
from forestall.records.point_in_polygon import locate_points

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def main() -> None:
    """Print one line with both times, their ratio and the memory each took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("areas", nargs="?", type=Path)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    polygons = made_up() if options.areas is None else read(options.areas)
    west, south = shapely.bounds(polygons)[:, :2].min(axis=0)
    east, north = shapely.bounds(polygons)[:, 2:].max(axis=0)
    random = np.random.default_rng(4)
    x = random.uniform(west, east, options.points)
    y = random.uniform(south, north, options.points)
    before = memory_mb()
    ours = [timed(lambda: locate_points(polygons, x, y)[0]) for _ in range(options.rounds)]
    extra = memory_mb() - before
    theirs = [timed(lambda: with_tree(polygons, x, y)) for _ in range(options.rounds)]
    assert (ours[0][1] >= 0).sum() == (theirs[0][1] >= 0).sum(), "both find the same points"
    mine, other = (statistics.median(run[0] for run in runs) for runs in (ours, theirs))
    print(
        f"{x.size:,} points in {len(polygons):,} polygons "
        f"({shapely.get_num_coordinates(polygons).sum():,} corners): ours {mine:.2f} s, "
        f"{extra:.0f} MB more memory; STRtree of points {other:.2f} s, "
        f"{memory_mb() - before:.0f} MB more; ratio {mine / other:.2f}"
    )


def with_tree(
    polygons: NDArray[Any], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Find the first polygon of each point with an STRtree, a shapely object for each point."""
    points, found = shapely.STRtree(polygons).query(shapely.points(x, y), predicate="intersects")
    position = np.full(x.size, len(polygons))
    np.minimum.at(position, points, found)
    return np.where(position < len(polygons), position, -1)


def timed(run: Callable[[], NDArray[np.int64]]) -> tuple[float, NDArray[np.int64]]:
    """Return the seconds it took and what it found."""
    start = time.perf_counter()
    found = run()
    return time.perf_counter() - start, found


def read(path: Path) -> NDArray[Any]:
    """Return the polygons of a file."""
    return np.asarray(areas_from_file(path).geometry.to_numpy(), dtype=object)


def made_up() -> NDArray[Any]:
    """Return 5,000 Voronoi cells of random points."""
    seeds = shapely.multipoints(np.random.default_rng(1).uniform(0, 50_000, (5_000, 2)))
    return np.asarray(shapely.get_parts(shapely.voronoi_polygons(seeds)), dtype=object)


def memory_mb() -> float:
    """Return the most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


if __name__ == "__main__":
    main()
