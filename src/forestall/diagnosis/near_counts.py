"""This file knows the numbers of a test of near repeats: pairs seen and pairs by chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.permuted import (
    approximate_p_values,
    largest_p_values,
    permutation_p_values,
)
from forestall.diagnosis.near_bands import cumulative_limits, in_bands
from forestall.errors import CannotAnswer
from forestall.languages import Quantity, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from forestall._stats.pairs import ClosePairs
    from forestall.diagnosis.dated_points import DatedPoints
    from forestall.diagnosis.near_bands import DistanceBand
    from forestall.diagnosis.near_choices import NearRepeatChoices

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class PairCounts:
    """Pairs in each answered row; ``permuted`` has shape (permutations, rows)."""

    observed: IntArray
    expected: FloatArray
    deviation: FloatArray
    permuted: IntArray
    same_place_and_day: int


def count_pairs(
    points: DatedPoints, told: Sequence[DistanceBand], choices: NearRepeatChoices
) -> PairCounts:
    """Count the pairs of incidents in the bands that can be told, as seen and by permutation.

    Raises
    ------
    CannotAnswer
        If too many pairs are close.
    """
    # numba takes a second to load, which nobody should wait for who does not need it.
    from forestall._stats.knox import count_observed, count_permuted
    from forestall._stats.knox_moments import permutation_moments, time_degrees

    pairs = _close_pairs(points, choices)
    pairs = replace(pairs, offsets=pairs.offsets[[band.number for band in told]])
    times, days = points.times[pairs.order], choices.days
    limits = points.most_units(cumulative_limits(days))
    observed = in_bands(count_observed(pairs, times, limits), days, axis=1)
    near_in_time = in_bands(time_degrees(times, limits), days, axis=0)
    expected, deviation = permutation_moments(pairs.degrees(), near_in_time)
    permuted = np.empty((0, *observed.shape), dtype=np.int64)
    if choices.permutations:
        drawn = count_permuted(
            pairs, times, limits, permutations=choices.permutations, seed=choices.seed
        )
        permuted = in_bands(drawn, days, axis=2)
    same_day = points.most_units(np.zeros(1, dtype=np.int64))
    at_once = count_observed(pairs, times, same_day)[0, 0] if told[0].to_m == 0 else 0
    return PairCounts(
        observed=observed.ravel(),
        expected=expected.ravel(),
        deviation=deviation.ravel(),
        permuted=permuted.reshape(choices.permutations, observed.size),
        same_place_and_day=int(at_once),
    )


def _close_pairs(points: DatedPoints, choices: NearRepeatChoices) -> ClosePairs:
    from forestall._stats.pairs import TooManyPairs, distance_edges, find_close_pairs

    breaks_m = choices.distance_breaks_m
    edges = distance_edges(
        breaks_m,
        closed=choices.closed,
        metric=choices.metric,
        same_place=choices.same_place,
    )
    try:
        return find_close_pairs(points.x, points.y, edges=edges, metric=choices.metric)
    except TooManyPairs:
        raise too_many_pairs(breaks_m[-1]) from None


def too_many_pairs(distance_m: float) -> CannotAnswer:
    """Return the error of more close pairs than memory should hold.

    How many there are is not said: the sentence stands in reports, where numbers are protected.
    """
    return CannotAnswer(
        message(
            "Too many pairs of incidents lie within {distance} of each other for memory to hold; "
            "take shorter distances, or fewer incidents.",
            distance=Quantity(distance_m, "m"),
        )
    )


def judged_columns(counted: PairCounts, choices: NearRepeatChoices) -> dict[str, FloatArray]:
    """Return the columns of the table for the rows that can be told."""
    seen, drawn = counted.observed, counted.permuted
    mean, deviation = counted.expected, counted.deviation
    unknown = np.full(seen.shape, np.nan)
    varies = np.where(deviation > 0, deviation, np.nan)
    scores = (seen - mean) / varies
    side = choices.alternative
    if choices.permutations:
        p_values = permutation_p_values(seen, drawn, alternative=side)
        p_max = largest_p_values(scores, (drawn - mean) / varies, alternative=side)
    else:
        p_values = approximate_p_values(seen, mean, deviation, alternative=side)
        p_max = unknown
    return {
        "observed": seen.astype(float),
        "expected": mean,
        "expected_sd": deviation,
        "expected_median": np.median(drawn, axis=0) if choices.permutations else unknown,
        "ratio": np.divide(seen, mean, out=unknown.copy(), where=mean > 0),
        "z": scores,
        "p_value": p_values,
        "p_max": p_max,
    }
