"""This file knows how sure a count, and a ratio of two counts, can be.

Sources: Garwood (1936) for the interval of one count; Przyborowski & Wilenski (1940) and Clopper &
Pearson (1934) for the ratio, which given the sum of both counts is a binomial.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import betainc, betaincinv, gammaincinv, stdtr, stdtrit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


class RateRatio(NamedTuple):
    """A rate divided by an earlier one, its interval and its two-sided p-value."""

    ratio: float
    low: float
    high: float
    p_value: float


def poisson_interval(
    counts: ArrayLike, *, level: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the exact two-sided limits for the mean of Poisson counts (Garwood).

    Examples
    --------
    >>> low, high = poisson_interval([0, 10])
    >>> low.round(3), high.round(3)
    (array([0.   , 4.795]), array([ 3.689, 18.39 ]))
    """
    counted = np.asarray(counts, dtype=float)
    tail = (1 - level) / 2
    low = np.where(counted > 0, gammaincinv(np.maximum(counted, 1), tail), 0.0)
    return low, np.asarray(gammaincinv(counted + 1, 1 - tail))


def compare_poisson_rates(
    before: float,
    after: float,
    *,
    before_exposure: float,
    after_exposure: float,
    level: float = 0.95,
    dispersion: float = 1.0,
    degrees_of_freedom: float = np.inf,
) -> RateRatio:
    """Return the ratio of two Poisson rates, after divided by before.

    With ``dispersion`` 1 interval and p-value are those of the exact conditional binomial test,
    p = min(1, 2 min(lower tail, upper tail)). With more, they are of Student's t on the log scale
    with the variance multiplied by it; where a count is zero, the exact ones of both counts
    divided by it.

    Examples
    --------
    >>> rates = compare_poisson_rates(10, 20, before_exposure=1, after_exposure=1)
    >>> [round(number, 4) for number in rates]
    [2.0, 0.8935, 4.7846, 0.0987]
    """
    if min(before_exposure, after_exposure) <= 0 or min(before, after) < 0 or dispersion < 1:
        raise ValueError("Exposures must be positive, counts not negative, dispersion at least 1.")
    scale = before_exposure / after_exposure
    if before + after == 0:
        return RateRatio(np.nan, 0.0, np.inf, 1.0)
    ratio = after / before * scale if before > 0 else np.inf
    if dispersion > 1 and min(before, after) > 0:
        spread = np.sqrt(dispersion * (1 / before + 1 / after))
        reach = np.exp(-stdtrit(degrees_of_freedom, (1 - level) / 2) * spread)
        tail = stdtr(degrees_of_freedom, -abs(np.log(ratio)) / spread)
        return RateRatio(
            ratio, float(ratio / reach), float(ratio * reach), float(min(1.0, 2 * tail))
        )
    low, high, p_value = _conditional(
        before / dispersion, after / dispersion, 1 / (1 + scale), (1 - level) / 2
    )
    return RateRatio(ratio, low * scale, high * scale, p_value)


def _conditional(
    before: float, after: float, expected_share: float, tail: float
) -> tuple[float, float, float]:
    low = betaincinv(after, before + 1, tail) if after > 0 else 0.0
    high = betaincinv(after + 1, before, 1 - tail) if before > 0 else 1.0
    at_least = betainc(after, before + 1, expected_share) if after > 0 else 1.0
    at_most = 1 - betainc(after + 1, before, expected_share) if before > 0 else 1.0
    odds_high = high / (1 - high) if high < 1 else np.inf
    return float(low / (1 - low)), float(odds_high), float(min(1.0, 2 * min(at_least, at_most)))
