"""This file knows how concentrated incidents would be by chance alone, with limits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from forestall._stats.concentration import simulate_concentration
from forestall._stats.sample_limits import limits_without_tails

HOLDING = {"places_25": 0.25, "places_50": 0.50, "places_80": 0.80}
TOP = 0.05
_MEASURES = ("gini_generalised", *HOLDING, "share_top_5")


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How many samples of chance are drawn, what their limits hold, and from which seed.

    Raises
    ------
    ValueError
        If the level is no such share, or the samples are too few for its limits.
    """

    samples: int
    level: float
    seed: int

    def __post_init__(self) -> None:
        if not 0.5 <= self.level < 1:
            raise ValueError(
                "The level is the share of samples within the limits, from 0.5, such as 0.95."
            )
        if self.samples * (1 - self.level) / 2 < 1 - 1e-9:
            raise ValueError(f"Limits at {self.level} need more than {self.samples} samples.")

    @cached_property
    def generator(self) -> np.random.Generator:
        """One stream of random numbers for all samples."""
        return np.random.default_rng(self.seed)


def chance_row(places: int, incidents: int, sampling: Sampling) -> dict[str, float]:
    """Return mean and limits of each measure if incidents fell on the places evenly at random."""
    draws = dict.fromkeys(_MEASURES, np.full(sampling.samples, np.nan))
    if incidents:
        thrown = simulate_concentration(
            places,
            incidents,
            shares=tuple(HOLDING.values()),
            top=TOP,
            samples=sampling.samples,
            generator=sampling.generator,
        )
        draws = {
            "gini_generalised": thrown.generalised_gini,
            **{name: thrown.units_holding[share].astype(float) for name, share in HOLDING.items()},
            "share_top_5": thrown.share_of_top,
        }
    row: dict[str, float] = {}
    for name, each in draws.items():
        low, high = limits_without_tails(each, level=sampling.level)
        row[f"chance_{name}"] = float(each.mean())
        row |= {f"chance_{name}_low": float(low), f"chance_{name}_high": float(high)}
    return row
