"""Randomisation inference of 200 places × 48 months in 9,999 draws.

Run with ``python benchmarks/randomisation_speed.py``. The promise: under 5 s on one thread, with
nothing to compile. Printed are medians of the p-value alone (drawing the lots included), of the
95 % limits, and of `analyse_trial` and `assess_panel_by_lots` as a whole (p-value and limits at
three levels).
"""

import statistics
import time
from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from forestall._stats.assignments import other_assignments
from forestall._stats.randomisation import (
    FourSums,
    StaggeredStarts,
    limits_by_turning,
    rank_p_value,
)
from forestall._stats.start_lots import other_starts
from forestall.evaluation import (
    Panel,
    PlaceChoice,
    Simple,
    SteppedWedge,
    analyse_trial,
    assess_panel_by_lots,
    randomise_places,
)

PLACES, MONTHS, DRAWS, ROUNDS = 200, 48, 9_999, 5
WEDGE = SteppedWedge(starts=tuple(date(2022, month, 1) for month in (1, 4, 7, 10)))


def median_seconds(work: Callable[[], object]) -> float:
    """Time some runs."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def of_one_start(counts: np.ndarray) -> FourSums:
    """Draw lots of half the places, and lay out their sums."""
    lots = other_assignments(
        np.arange(PLACES) < PLACES // 2, np.zeros(PLACES, dtype=int), draws=DRAWS, seed=1
    )
    return FourSums(counts[:, :24].sum(axis=1), counts[:, 24:].sum(axis=1), lots.treated)


def of_four_starts(counts: np.ndarray) -> StaggeredStarts:
    """Draw orders of four starts, and lay them out."""
    starts = np.repeat([24, 27, 30, 33], PLACES // 4)
    lots = other_starts(starts, np.zeros(PLACES, dtype=int), draws=DRAWS, seed=1)
    return StaggeredStarts(counts, lots.starts)


def panel_of(counts: np.ndarray, starts: list[int]) -> Panel:
    """Return a panel in which half the places have these starts in turn."""
    first = np.where(np.arange(PLACES) < PLACES // 2, np.resize(starts, PLACES), MONTHS)
    return Panel(
        places=tuple(f"P{number:03d}" for number in range(PLACES)),
        periods=pd.date_range("2020-01-01", periods=MONTHS, freq="MS"),
        outcome=counts,
        treated=np.arange(MONTHS) >= first[:, None],
        outcome_name="theft",
    )


def main() -> None:
    """Print the times."""
    counts = np.random.default_rng(1).poisson(2, (PLACES, MONTHS)).astype(float)
    for name, made in (("one start", of_one_start), ("four starts", of_four_starts)):
        alone = median_seconds(lambda: rank_p_value(made(counts).at(0.0)))  # noqa: B023
        statistic = made(counts)
        estimate = float(statistic.at(0.0)[0])
        limits = median_seconds(lambda: limits_by_turning(statistic, estimate=estimate, level=0.95))  # noqa: B023
        print(f"{name}, {DRAWS:,} draws: p-value {alone:.2f} s, limits {limits:.2f} s more")
    codes = [f"P{number:03d}" for number in range(PLACES)]
    months = pd.date_range("2020-01-01", periods=MONTHS, freq="MS")
    outcomes = pd.DataFrame(
        {
            "place": np.repeat(codes, MONTHS),
            "period": np.tile(months, PLACES),
            "incidents": counts.ravel().astype(int),
        }
    )
    listed = pd.DataFrame({"place": codes})
    for design, start in ((Simple(), "2022-01-01"), (WEDGE, None)):
        trial = randomise_places(listed, design=design, seed=1)
        whole = median_seconds(
            lambda: analyse_trial(trial, outcomes, outcome="x", start=start, draws=DRAWS)  # noqa: B023
        )
        print(f"analyse_trial, {type(design).__name__}: {whole:.2f} s (promise: 5 s)")
    for name, starts in (("one start", [24]), ("four starts", [24, 27, 30, 33])):
        panel = panel_of(counts, starts)
        whole = median_seconds(
            lambda: assess_panel_by_lots(panel, chosen=PlaceChoice.RANDOM, draws=DRAWS, seed=1)  # noqa: B023
        )
        print(f"assess_panel_by_lots, {name}: {whole:.2f} s (promise: 5 s)")


if __name__ == "__main__":
    main()
