"""This file knows how often four real counts show an effect where places were drawn by lot.

Uses the shooting victims of New York's precincts by month, in the folder that the environment
variable FORESTALL_DATA names. The table stands in docs/decisions/0017.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

DRAWS, SEED, LEAST = 4000, 1, 5
# Treated places, comparison places, years before and after.
SCHEMES = ((1, 1, 1), (1, 5, 1), (5, 5, 1), (10, 20, 1), (1, 1, 2), (5, 5, 2))
FACTORS = (1, 2, 4)


def read_counts() -> FloatArray:
    """Read precincts × months, without precincts that had no victim."""
    file = "evaluation/nyc_shooting_victims_precinct_month.csv"
    rows = pd.read_csv(Path(os.environ["FORESTALL_DATA"]) / file)
    rows["at"] = rows["year"] * 12 + rows["month"]
    counts = rows.pivot_table(
        index="precinct", columns="at", values="shooting_victims", aggfunc="sum", fill_value=0
    ).to_numpy(dtype=float)
    return np.asarray(counts[counts.sum(axis=1) > 0])


def find_placebos(counts: FloatArray, treated: int, compared: int, years: int) -> FloatArray:
    """Return the squared distances from no effect, in standard errors by chance alone."""
    generator, months = np.random.default_rng(SEED), 12 * years
    found = []
    for _ in range(DRAWS):
        places = generator.permutation(len(counts))[: treated + compared]
        first = int(generator.integers(counts.shape[1] - 2 * months + 1))
        drawn = counts[places, first : first + 2 * months]
        sums = [
            group[:, part].sum()
            for group in (drawn[:treated], drawn[treated:])
            for part in (slice(0, months), slice(months, None))
        ]
        if min(sums) >= LEAST:
            log = np.log(sums[1] / sums[0] / (sums[3] / sums[2]))
            found.append(log**2 / sum(1 / one for one in sums))
    return np.array(found)


if __name__ == "__main__":
    precincts = read_counts()
    print("| treated | compared | years | at 1 | at 2 | at 4 | variance found |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for scheme in SCHEMES:
        squares = find_placebos(precincts, *scheme)
        shares = [f"{(squares / factor > 1.96**2).mean():.3f}" for factor in FACTORS]
        print(f"| {' | '.join(map(str, scheme))} | {' | '.join(shares)} | {squares.mean():.2f} |")
