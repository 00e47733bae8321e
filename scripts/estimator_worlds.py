"""This file knows the made-up cities in which every estimator is asked what it finds.

A city has places and months: 24 before a measure and 12 with it, some four incidents a month in a
place on average, a season and a slow common fall. Worlds differ in what else happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

BEFORE, AFTER = 24, 12
MONTHS = BEFORE + AFTER
MEAN = 4.0
RECENT_MONTHS = 12
LATER = np.arange(MONTHS) >= BEFORE


@dataclass(frozen=True, kw_only=True)
class World:
    """What happens in a city beside the measure.

    Attributes
    ----------
    name
        How the row of the table is called.
    treated, comparison
        Numbers of places.
    alpha_monthly
        Counts of a month have the variance mean + alpha × mean².
    alpha_yearly
        The same for the level of each place in each year: good and bad years.
    shock
        All places have so many times as many incidents after.
    times_as_large
        How many times as many incidents treated places have on average.
    own_trend
        Change of the treated places a month on the log scale, long before the measure.
    chosen_for_many
        Whether the measure goes to the places with most incidents in the year before.
    """

    name: str
    treated: int = 5
    comparison: int = 45
    alpha_monthly: float = 0.0
    alpha_yearly: float = 0.0
    shock: float = 1.0
    times_as_large: float = 1.0
    own_trend: float = 0.0
    chosen_for_many: bool = False

    @property
    def places(self) -> int:
        """Return the number of places."""
        return self.treated + self.comparison


WORLDS = (
    World(name="chance alone"),
    World(name="months vary, 0.10", alpha_monthly=0.10),
    World(name="good and bad years, 0.02", alpha_yearly=0.02),
    World(name="good and bad years, 0.10", alpha_yearly=0.10),
    World(name="all rise by 20 %", shock=1.2),
    World(name="all rise by 20 %, treated 3 times as large", shock=1.2, times_as_large=3),
    World(name="treated fall by 1 % a month before", own_trend=-0.01),
    World(name="chosen for many incidents, years 0.02", chosen_for_many=True, alpha_yearly=0.02),
    World(name="20 of 50 places treated, years 0.02", treated=20, comparison=30, alpha_yearly=0.02),
    World(name="2 of 8 places treated, years 0.02", treated=2, comparison=6, alpha_yearly=0.02),
)


@dataclass(frozen=True, kw_only=True)
class Study:
    """Counts of one city, and what is true of them.

    Attributes
    ----------
    counts, around
        Places × months: incidents in the places, and around them.
    treated
        Which places have the measure from month 24 on.
    strata
        Places of one number had about as many incidents in the year before.
    log_ratio
        The true effect, as the logarithm of a ratio.
    expected
        Incidents to be expected without the measure, places × months.
    """

    counts: FloatArray
    around: FloatArray
    treated: BoolArray
    strata: NDArray[np.int64]
    log_ratio: float
    expected: FloatArray

    @property
    def true_difference(self) -> float:
        """Return how many incidents the measure adds in the treated places, below 0 if fewer."""
        without = self.expected[np.ix_(self.treated, LATER)].sum()
        return float(without * np.expm1(self.log_ratio))


def draw_study(world: World, generator: np.random.Generator, *, ratio: float = 1.0) -> Study:
    """Draw one city, with a true effect of this ratio in the treated places."""
    months = np.arange(MONTHS)
    common = 0.2 * np.sin(2 * np.pi * months / 12) - 0.003 * months + np.log(world.shock) * LATER
    level = generator.gamma(4, MEAN / 4, (world.places, 1))
    treated = np.arange(world.places) < world.treated
    level[treated] *= world.times_as_large
    own = np.where(treated[:, None], world.own_trend * (months - BEFORE), 0.0)
    expected = level * np.exp(common + own)
    means = expected * _own_ups(world, generator)
    if world.chosen_for_many:
        counts = generator.poisson(means)
        treated = _with_most(counts, world.treated)
    effect = np.where(treated[:, None] & LATER, ratio, 1.0)
    if not world.chosen_for_many:
        counts = generator.poisson(means * effect)
    elif ratio != 1:
        # What was counted before decided the choice and stays; only what comes after is drawn.
        counts = np.where(LATER, generator.poisson(means * effect), counts)
    return Study(
        counts=counts.astype(float),
        around=generator.poisson(MEAN * np.exp(common) * _own_ups(world, generator)).astype(float),
        treated=treated,
        strata=_strata(counts, treated, world),
        log_ratio=float(np.log(ratio)),
        expected=expected,
    )


def _own_ups(world: World, generator: np.random.Generator) -> FloatArray:
    """Return by what each place-month differs from what is expected, beyond chance."""
    ups = np.ones((world.places, MONTHS))
    if world.alpha_monthly:
        alpha = world.alpha_monthly
        ups *= generator.gamma(1 / alpha, alpha, ups.shape)
    if world.alpha_yearly:
        alpha = world.alpha_yearly
        years = generator.gamma(1 / alpha, alpha, (world.places, MONTHS // 12))
        ups *= np.repeat(years, 12, axis=1)
    return ups


def _with_most(counts: NDArray[np.int64], number: int) -> BoolArray:
    recent = counts[:, BEFORE - RECENT_MONTHS : BEFORE].sum(axis=1)
    chosen = np.zeros(len(counts), dtype=bool)
    chosen[np.argsort(-recent, kind="stable")[:number]] = True
    return chosen


def _strata(counts: NDArray[np.int64], treated: BoolArray, world: World) -> NDArray[np.int64]:
    """Return one stratum, or the fifteen places with most in the year before and the others."""
    if not world.chosen_for_many:
        return np.zeros(len(treated), dtype=np.int64)
    return (~_with_most(counts, 3 * world.treated)).astype(np.int64)
