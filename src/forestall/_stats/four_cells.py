"""This file knows how sums before and after, treated and not, are set against each other.

They give a difference of differences and a ratio of ratios. All functions take arrays, so that
thousands of made-up studies go through at once. A sum may be weighted by harm; its variance then is
the sum of squared weights times counts.

Sources: Wheeler & Ratcliffe (2018), Crime Science 7:11, for the difference; Wilson (2022), Journal
of Quantitative Criminology 38, for the ratio; Pearson's chi-squared for the extra variance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import chdtrc

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]

ZERO_CELL = 0.5
POWER_QUANTILE = 2.801585218


class Difference(NamedTuple):
    """Numbers and their variances."""

    number: FloatArray
    variance: FloatArray


class Dispersion(NamedTuple):
    """Pearson's chi-squared by its degrees of freedom, and these."""

    factor: float
    degrees_of_freedom: int
    p_value: float


def difference_of_differences(
    sums: ArrayLike, variances: ArrayLike, divisors: ArrayLike
) -> Difference:
    """Return (T1 - T0) - (C1 - C0), and with buffers + (D1 - D0) - (E1 - E0).

    Parameters
    ----------
    sums, variances, divisors
        Last axis: T0, T1, C0, C1, and where there are buffers D0, D1, E0, E1. A sum is divided by
        its divisor (length of the period times size), its variance by the square.

    Examples
    --------
    >>> cells = [207, 110, 308, 318, 178, 157, 150, 140]
    >>> found = difference_of_differences(cells, cells, np.ones(8))
    >>> float(found.number), round(float(np.sqrt(found.variance)), 1)
    (-118.0, 39.6)
    """
    scale = np.asarray(divisors, dtype=float)
    scaled = np.asarray(sums, dtype=float) / scale
    signs = np.array([-1.0, 1.0, 1.0, -1.0, -1.0, 1.0, 1.0, -1.0])[: scaled.shape[-1]]
    spread = (np.asarray(variances, dtype=float) / np.square(scale)).sum(axis=-1)
    return Difference(np.asarray(scaled @ signs), np.asarray(spread))


def log_ratio_of_ratios(sums: ArrayLike, variances: ArrayLike, divisors: ArrayLike) -> Difference:
    """Return ln[(T1/T0)/(C1/C0)] with its variance; the last axis is T0, T1, C0, C1.

    A zero must have been put right before; see `without_zeros`.

    Examples
    --------
    >>> cells = [207, 110, 308, 318]
    >>> found = log_ratio_of_ratios(cells, cells, np.ones(4))
    >>> round(float(np.exp(found.number)), 3), round(float(np.sqrt(found.variance)), 3)
    (0.515, 0.143)
    """
    held = np.asarray(sums, dtype=float)
    logs = np.log(held / np.asarray(divisors, dtype=float))
    spread = (np.asarray(variances, dtype=float) / np.square(held)).sum(axis=-1)
    return Difference(np.asarray(logs @ np.array([-1.0, 1.0, 1.0, -1.0])), np.asarray(spread))


def without_zeros(counts: ArrayLike) -> FloatArray:
    """Return four counts, 0.5 added to all of those four that hold a zero.

    Examples
    --------
    >>> without_zeros([[4, 0, 9, 8], [4, 2, 9, 8]]).tolist()
    [[4.5, 0.5, 9.5, 8.5], [4.0, 2.0, 9.0, 8.0]]
    """
    held = np.asarray(counts, dtype=float)
    zero = (held == 0).any(axis=-1, keepdims=True)
    return np.asarray(held + np.where(zero, ZERO_CELL, 0.0))


def total_net_difference(treated_and_near: ArrayLike, comparison: ArrayLike) -> Difference:
    """Return the sum after less that expected from a comparison, by the delta method.

    Expected are the sums before times C1/C0. This is the total net effect of Bowers & Johnson
    (2003) with the sign turned: below zero means fewer.

    Parameters
    ----------
    treated_and_near
        Last axis: incidents before and after in all places that share the comparison.
    comparison
        Last axis: incidents before and after in the comparison, neither of them zero.

    Examples
    --------
    >>> found = total_net_difference([385, 267], [308, 318])
    >>> round(float(found.number), 1), round(float(np.sqrt(found.variance)), 1)
    (-130.5, 41.1)
    """
    first, last = np.moveaxis(np.asarray(treated_and_near, dtype=float), -1, 0)
    before, after = np.moveaxis(np.asarray(comparison, dtype=float), -1, 0)
    rise = after / before
    expected = first * rise
    spread = last + np.square(rise) * first + np.square(expected) * (1 / before + 1 / after)
    return Difference(np.asarray(last - expected), np.asarray(spread))


def weighted_slope(places: ArrayLike, numbers: ArrayLike, variances: ArrayLike) -> Difference:
    """Return the slope of a line through numbers, weighted by their precision, with its variance.

    An error that all numbers share moves the line, but not its slope, and is left out of their
    variances. The last axis of ``numbers`` and ``variances`` is that of ``places``.

    Examples
    --------
    >>> found = weighted_slope([1, 2, 3], [0.5, 0.7, 0.9], [0.1, 0.1, 0.1])
    >>> round(float(found.number), 3), round(float(found.variance), 3)
    (0.2, 0.05)
    """
    x, y = np.asarray(places, dtype=float), np.asarray(numbers, dtype=float)
    weights = 1 / np.asarray(variances, dtype=float)
    middle = (weights * x).sum(axis=-1) / weights.sum(axis=-1)
    away = x - middle[..., None]
    squares = (weights * np.square(away)).sum(axis=-1)
    return Difference(np.asarray((weights * away * y).sum(axis=-1) / squares), 1 / squares)


def pearson_dispersion(before: ArrayLike, after: ArrayLike) -> Dispersion:
    """Return how much more counts vary between periods than independent Poisson counts would.

    Each table has a row for each place (or group of places) and a column for each period. The
    model has an effect of each place before, one after, and one of each period: what all places
    share drops out. For two rows this is the quasi-Poisson difference in differences; for each
    table it is Pearson's chi-squared of independence, so that nothing need be fitted.

    Examples
    --------
    >>> pearson_dispersion([[10, 20, 10], [20, 10, 20]], [[8, 8, 8], [9, 9, 9]])
    Dispersion(factor=2.25, degrees_of_freedom=4, p_value=0.06109948096033269)
    """
    misfit, freedom = 0.0, 0
    for table in (before, after):
        counted = np.asarray(table, dtype=float)
        counted = counted[counted.sum(axis=1) > 0][:, counted.sum(axis=0) > 0]
        if min(counted.shape) < 2:
            continue
        expected = np.outer(counted.sum(axis=1), counted.sum(axis=0)) / counted.sum()
        misfit += float((np.square(counted - expected) / expected).sum())
        freedom += (counted.shape[0] - 1) * (counted.shape[1] - 1)
    if freedom == 0:
        return Dispersion(float("nan"), 0, float("nan"))
    return Dispersion(misfit / freedom, freedom, float(chdtrc(freedom, misfit)))


def minimum_detectable(standard_error: ArrayLike, *, quantiles: float = POWER_QUANTILE) -> float:
    """Return the smallest change that a two-sided test at 5 % finds four times in five.

    On the scale of the standard error. ``quantiles`` is the sum of both quantiles; Student's
    where the variance is estimated from few numbers.

    Examples
    --------
    >>> round(1 - float(np.exp(-minimum_detectable(0.2))), 2)
    0.43
    """
    return float(quantiles * np.asarray(standard_error, dtype=float))
