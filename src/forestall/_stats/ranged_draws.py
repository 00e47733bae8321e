"""This file knows draws from a range, how often they are above zero, and limits of ratios."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


def draw_triangular(
    rng: np.random.Generator, low: float, mode: float, high: float, *, draws: int
) -> FloatArray:
    """Draw from a triangular distribution; a range without width gives its one value."""
    if low == high:
        return np.full(draws, mode)
    return rng.triangular(low, mode, high, draws)


def draw_log_normal(
    rng: np.random.Generator, low: float, median: float, high: float, *, draws: int
) -> FloatArray:
    """Draw log-normal values whose logarithms lie 95 % between those of low and high.

    The spread is that of the whole range, around the median.
    """
    spread = (math.log(high) - math.log(low)) / (2 * float(stats.norm.ppf(0.975)))
    return median * np.exp(rng.standard_normal(draws) * spread)


def draw_effect(
    rng: np.random.Generator,
    number: float,
    standard_error: float,
    *,
    degrees_of_freedom: float | None,
    draws: int,
) -> FloatArray:
    """Draw an effect on its own scale, from a normal or a t distribution."""
    if degrees_of_freedom is None:
        return number + standard_error * rng.standard_normal(draws)
    return number + standard_error * rng.standard_t(degrees_of_freedom, draws)


def share_above_zero(values: FloatArray) -> tuple[float, float]:
    """Return the share of drawn values above zero and its simulation error.

    The error is that of a share with two successes and two failures added (Agresti and Coull
    1998), so that it is not zero where all draws agree.

    Examples
    --------
    >>> share, error = share_above_zero(np.array([1.0, 2.0, -1.0, 3.0]))
    >>> share, round(error, 3)
    (0.75, 0.171)
    """
    above, draws = int(np.count_nonzero(values > 0)), len(values)
    shrunk = (above + 2) / (draws + 4)
    return above / draws, math.sqrt(shrunk * (1 - shrunk) / (draws + 4))


def ratio_limits(
    top: tuple[float, float, float], bottom: tuple[float, float, float]
) -> tuple[float, float] | None:
    """Return the limits of a ratio of two independent estimates, each (low, estimate, high).

    MOVER-R (Newcombe 2016, Statistical Methods in Medical Research 25); with limits that are
    symmetrical it is the interval of Fieller (1954). There is none where the limits of the
    bottom hold zero or the bottom is not above zero.

    Examples
    --------
    >>> ratio_limits((60.0, 60.0, 60.0), (10.0, 20.0, 30.0))
    (2.0, 6.0)
    >>> ratio_limits((60.0, 60.0, 60.0), (-1.0, 20.0, 41.0)) is None
    True
    """
    top_low, middle, top_high = top
    low, estimate, high = bottom
    if low <= 0:
        return None
    product = middle * estimate
    lower = top_low * (2 * middle - top_low)
    upper = top_high * (2 * middle - top_high)
    root_low = math.sqrt(max(product**2 - lower * high * (2 * estimate - high), 0.0))
    root_high = math.sqrt(max(product**2 - upper * low * (2 * estimate - low), 0.0))
    # The first is multiplied out, so that it does not divide by zero where high = 2 · estimate.
    return lower / (product + root_low), (product + root_high) / (low * (2 * estimate - low))
