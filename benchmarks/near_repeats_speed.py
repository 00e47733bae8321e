"""Near repeats in time and memory, and beside pointpats where that is feasible.

Run with ``python benchmarks/near_repeats_speed.py``. The promise, on 2 cores: 20,000 incidents with
1.2 million close pairs, 5 bands of distance and the same place by 4 of days, 999 permutations, in
0.5 s, pairs included; 100,000 incidents with 45 million pairs in 10 s and 2 GB. The first call of
an installation also compiles; it is timed apart, in a new process with an empty cache.

pointpats tests one cell and looks at every pair again in each permutation. It takes turns with ours
on a small town, with one cell and 99 permutations; what it would take for the others is
extrapolated (by pairs of incidents and permutations) and printed as such.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from numba import config

from forestall.diagnosis import NearRepeats, assess_near_repeats
from forestall.records import Incidents

BREAKS_M, DAYS = [0, 100, 200, 300, 400, 500], [0, 7, 14, 21, 28]
SMALL, MIDDLE, LARGE, ROUNDS = 2_000, 20_000, 100_000, 5
# Shares of incidents in 60 clusters that give the pairs of the promise.
CLUSTERED = {SMALL: 0.75, MIDDLE: 0.74, LARGE: 0.95}
FIRST_CALL = """
import time
from benchmarks.near_repeats_speed import SMALL, assess, make_town
town = make_town(SMALL)
start = time.perf_counter()
assess(town)
print(time.perf_counter() - start)
"""


def make_town(incidents: int) -> Incidents:
    """Return incidents of two years on 20 x 20 km, most of them in 60 clusters."""
    generator = np.random.default_rng(7)
    inside = round(CLUSTERED[incidents] * incidents)
    points = generator.uniform(0, 20_000, (incidents, 2))
    centres = generator.uniform(0, 20_000, (60, 2))[generator.integers(0, 60, inside)]
    points[:inside] = np.clip(centres + generator.normal(0, 300, (inside, 2)), 0, 20_000)
    days = generator.integers(0, 730, incidents)
    frame = pd.DataFrame(points + np.array([440_000, 510_000]), columns=["x", "y"])
    frame["on"] = pd.Timestamp("2022-01-01") + pd.to_timedelta(days, unit="D")
    return Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="on")


def assess(town: Incidents, *, permutations: int = 999) -> NearRepeats:
    """Return the table of all bands."""
    return assess_near_repeats(
        town, distance_breaks_m=BREAKS_M, day_breaks=DAYS, permutations=permutations, seed=1
    )


def assess_one_cell(town: Incidents) -> NearRepeats:
    """Return what pointpats does: one cell, 99 permutations."""
    return assess_near_repeats(
        town,
        distance_breaks_m=[0, 500],
        day_breaks=[0, 28],
        permutations=99,
        seed=1,
        closed="right",
        same_place="first_band",
    )


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def count_close_pairs(town: Incidents) -> int:
    """Return how many pairs lie within the last break."""
    whole = assess_near_repeats(
        town, distance_breaks_m=BREAKS_M, day_breaks=[0, 10_000], permutations=0, seed=1
    )
    return int(whole.table["observed"].sum())


def print_first_calls() -> None:
    """Time a first call with nothing compiled, and one that finds the compiled kernels."""
    with tempfile.TemporaryDirectory() as cache:
        new = {**os.environ, "NUMBA_CACHE_DIR": cache, "PYTHONPATH": str(Path.cwd())}
        first, later = (
            float(subprocess.check_output([sys.executable, "-c", FIRST_CALL], env=new, text=True))
            for _ in range(2)
        )
    print(f"first call of an installation: {first:.1f} s; of a later process: {later:.2f} s")


def print_ours(incidents: int, rounds: int, promise: str) -> None:
    """Time the whole table of one town."""
    town = make_town(incidents)
    pairs = count_close_pairs(town)
    assess(town, permutations=64)
    whole = statistics.median(seconds(lambda: assess(town)) for _ in range(rounds))
    quick = statistics.median(seconds(lambda: assess(town, permutations=0)) for _ in range(rounds))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"forestall, {incidents:,} incidents, {pairs:,} close pairs, 24 cells, 999 permutations: "
        f"{whole:.2f} s (promise: {promise}), {999 * pairs / whole / 1e9:.1f} billion pairs and "
        f"permutations a second; without permutations {quick:.2f} s; peak {peak:.2f} GB"
    )


def print_beside_pointpats() -> None:
    """Take turns with pointpats on a small town."""
    from pointpats import Knox

    town = make_town(SMALL)
    rows = town.to_pandas()
    points = rows[["x", "y"]].to_numpy()
    days = rows["starts_at"].to_numpy("datetime64[D]").astype(int)[:, None]
    ours, theirs = [], []
    assess_one_cell(town)
    for _ in range(ROUNDS):
        theirs.append(seconds(lambda: Knox(points, days, delta=500, tau=28, permutations=99)))
        ours.append(seconds(lambda: assess_one_cell(town)))
    one, other = statistics.median(ours), statistics.median(theirs)
    print(f"forestall, {SMALL:,} incidents, one cell, 99 permutations: {one * 1000:.0f} ms")
    print(f"pointpats, the same: {other:.2f} s, {other / one:,.0f} times as long")
    for incidents in (MIDDLE, LARGE):
        minutes = other * (incidents / SMALL) ** 2 * 999 / 99 / 60
        print(f"pointpats, {incidents:,}, one cell, 999: about {minutes:,.0f} min (extrapolated)")


def main() -> None:
    """Print all figures."""
    print(f"{config.NUMBA_NUM_THREADS} threads")
    print_first_calls()
    print_ours(MIDDLE, ROUNDS, "0.5 s")
    print_ours(LARGE, 2, "10 s and 2 GB")
    print_beside_pointpats()


if __name__ == "__main__":
    main()
