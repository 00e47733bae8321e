"""This file knows how large a change must be to be found, from how much counts vary by chance.

All variances are of the logarithm of a ratio, at the counts expected without an effect; ``spread``
is the standard deviation of each place's own change on the log scale, beyond that of its counts.
Sources: Wilson (2022), Journal of Quantitative Criminology 38, for four counts; Hayes & Bennett
(1999), International Journal of Epidemiology 28, for places that vary; Hussey & Hughes (2007),
Contemporary Clinical Trials 28, for stepped wedges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from forestall._stats.regression import season_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


def variance_of_counts(counts: tuple[float, ...], *, dispersion: float) -> float:
    """Return dispersion × the sum of one over each count.

    Examples
    --------
    >>> round(float(np.sqrt(variance_of_counts((100, 100, 100, 100), dispersion=1))), 3)
    0.2
    """
    return dispersion * sum(1 / count for count in counts)


def variance_of_series(
    monthly: float, *, before: int, after: int, dispersion: float, harmonics: int = 2
) -> float:
    """Return the variance of a change of level beside trend and season, months being independent.

    Examples
    --------
    >>> round(variance_of_series(50.0, before=48, after=12, dispersion=1.0), 4)
    0.0041
    """
    number = np.arange(before + after)
    design = np.column_stack(
        [
            np.ones(before + after),
            number >= before,
            number,
            season_columns(number % 12 + 1, harmonics=harmonics),
        ]
    )
    return float(dispersion / monthly * np.linalg.inv(design.T @ design)[1, 1])


def variance_of_wedge(monthly: float, *, starts: IntArray, months: int, dispersion: float) -> float:
    """Return the variance of the ratio of a stepped wedge, with a level for places and months."""
    there = (np.arange(months) >= starts[:, None]).astype(float)
    free = there - there.mean(axis=1, keepdims=True) - there.mean(axis=0) + there.mean()
    return float(dispersion / (monthly * np.square(free).sum()))


def wedge_starts(*, places: int, steps: int, before: int, after: int) -> IntArray:
    """Return the starting month of each place: steps evenly over the time after.

    Examples
    --------
    >>> wedge_starts(places=4, steps=2, before=6, after=6).tolist()
    [6, 9, 6, 9]
    """
    at = before + np.arange(steps) * after // steps
    return np.asarray(at[np.arange(places) % steps], dtype=np.int64)


def detectable_fall(error: float, *, power: float, level: float, freedom: float | None) -> float:
    """Return the smallest fall, as a share, that is found with this power.

    Examples
    --------
    >>> round(detectable_fall(0.2, power=0.8, level=0.95, freedom=None), 2)
    0.43
    """
    tail = (1 - level) / 2
    if freedom is None:
        reach = float(ndtri(power) - ndtri(tail))
    else:
        reach = float(stdtrit(freedom, power) - stdtrit(freedom, tail))
    return float(-np.expm1(-reach * error))


def power_of(fall: float, error: float, *, level: float, freedom: float | None) -> float:
    """Return how often a fall, as a share, is found.

    Examples
    --------
    >>> round(power_of(0.43, 0.2, level=0.95, freedom=None), 2)
    0.8
    """
    tail = (1 - level) / 2
    distance = -np.log1p(-fall) / error
    if freedom is None:
        return float(ndtr(distance + ndtri(tail)))
    return float(stdtr(freedom, distance + stdtrit(freedom, tail)))
