"""This file knows what estimators say of made-up cities in which places start one after another.

Twenty of fifty places start in quarters 4, 6, 8 and 10 of twelve, five at a time.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.place_ratios import ratio_of_places_and_months
from forestall.evaluation.panels.loading import load_library
from scripts.estimator_panels import MONTHS_TOGETHER
from scripts.estimator_verdicts import Verdict, verdict
from scripts.estimator_worlds import MEAN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

QUARTERS, PLACES = 12, 50
STARTS = np.repeat([4, 6, 8, 10, QUARTERS], [5, 5, 5, 5, 30])
THERE = np.arange(QUARTERS) >= STARTS[:, None]
YEARLY = 0.02


@dataclass(frozen=True, kw_only=True)
class Course:
    """How an effect goes on: a ratio at once, and times another one in every quarter after."""

    name: str
    at_once: float = 1.0
    every_quarter: float = 1.0

    def log_ratios(self) -> FloatArray:
        """Return the true log ratio of every place and quarter."""
        since = np.arange(QUARTERS) - STARTS[:, None]
        log = np.log(self.at_once) + np.log(self.every_quarter) * since
        return np.where(THERE, log, 0.0)


COURSES = (
    Course(name="no effect"),
    Course(name="20 % fewer at once", at_once=0.8),
    Course(name="8 % fewer with every quarter", at_once=0.92, every_quarter=0.92),
)


@dataclass(frozen=True, kw_only=True)
class Starts:
    """Counts of places and quarters, and the true effect over all of them with the measure."""

    counts: FloatArray
    log_ratio: float
    difference: float


def draw_starts(course: Course, generator: np.random.Generator) -> Starts:
    """Draw one city whose places have good and bad years."""
    quarters = np.arange(QUARTERS)
    common = 0.2 * np.sin(np.pi * quarters / 2) - 0.009 * quarters
    level = generator.gamma(4, MONTHS_TOGETHER * MEAN / 4, (PLACES, 1))
    years = generator.gamma(1 / YEARLY, YEARLY, (PLACES, QUARTERS // 4))
    expected, logs = level * np.exp(common), course.log_ratios()
    counts = generator.poisson(expected * np.repeat(years, 4, axis=1) * np.exp(logs))
    without, with_measure = expected[THERE], (expected * np.exp(logs))[THERE]
    return Starts(
        counts=counts.astype(float),
        log_ratio=float(np.log(with_measure.sum() / without.sum())),
        difference=float((with_measure - without).mean()),
    )


def two_way_poisson(city: Starts) -> Verdict:
    """Return the Poisson regression with fixed effects of places and quarters."""
    found = ratio_of_places_and_months(city.counts, THERE)
    assert found is not None
    return verdict(found.log, found.error**2, city.log_ratio, freedom=PLACES - 1)


def two_way_least_squares(city: Starts) -> Verdict:
    """Return the regression of counts with fixed effects of places and quarters."""
    free = _left_over(THERE.astype(float))
    number = float((free * city.counts).sum() / (free**2).sum())
    residuals = _left_over(city.counts - number * THERE)
    scores = (free * residuals).sum(axis=1) / (free**2).sum()
    variance = float((scores**2).sum()) * PLACES / (PLACES - 1)
    return verdict(number, variance, city.difference, freedom=PLACES - 1)


def callaway_santanna(city: Starts) -> Verdict:
    """Return the average effect after Callaway & Sant'Anna, against places that never start."""
    rows = pd.DataFrame(
        {
            "place": np.repeat(np.arange(PLACES), QUARTERS),
            "quarter": np.tile(np.arange(1, QUARTERS + 1), PLACES),
            "incidents": city.counts.ravel(),
            "start": np.repeat(np.where(STARTS < QUARTERS, STARTS + 1, 0), QUARTERS),
        }
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = (
            load_library("diff_diff")
            .CallawaySantAnna(control_group="never_treated")
            .fit(
                rows,
                outcome="incidents",
                unit="place",
                time="quarter",
                first_treat="start",
                aggregate="simple",
            )
        )
    number, error = float(found.overall_att), float(found.overall_se)
    return verdict(number, error**2, city.difference, freedom=PLACES - 1)


STARTING = {
    "two-way, Poisson": two_way_poisson,
    "two-way, least squares": two_way_least_squares,
    "Callaway-Sant'Anna": callaway_santanna,
}


def share_of_truth(course: Course, name: str, *, draws: int, seed: int = 1) -> tuple[float, float]:
    """Return the mean estimate as a share of the truth, and how often the interval holds it.

    Without an effect there is no such share; it is missing.
    """
    generator = np.random.default_rng([seed, 2])
    cities = [draw_starts(course, generator) for _ in range(draws)]
    found = [STARTING[name](city) for city in cities]
    truths = [city.log_ratio if "Poisson" in name else city.difference for city in cities]
    mean = float(np.mean([one.number for one in found]))
    share = mean / float(np.mean(truths)) if any(truths) else np.nan
    return share, float(np.mean([one.holds for one in found]))


def _left_over(matrix: FloatArray) -> FloatArray:
    """Return what is left once the means of places and quarters are taken out."""
    return np.asarray(
        matrix
        - matrix.mean(axis=1, keepdims=True)
        - matrix.mean(axis=0, keepdims=True)
        + matrix.mean()
    )
