"""This file knows the E-test of two Poisson counts: how rare so large a difference of rates is.

Source: Krishnamoorthy & Thomson (2004), Journal of Statistical Planning and Inference 119. The
p-value is the sum, over all pairs of counts at least as far apart, of their probability where both
rates are the pooled one.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import gammaln, xlogy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

_MOST_AT_ONCE = 4_000_000
_REACH = 8.0
_FARTHER = 40
_SLACK = 1e-9


def e_test(
    first: int,
    second: int,
    *,
    first_exposure: float,
    second_exposure: float,
    variance: Literal["unpooled", "pooled"],
) -> float:
    """Return the two-sided p-value of the E-test that both rates are the same.

    Parameters
    ----------
    first, second
        The two counts.
    first_exposure, second_exposure
        Lengths of time, or sizes, over which they were counted.
    variance
        "unpooled" divides the difference by the error that each count has by itself, as the source
        does; "pooled" by that under the same rate. They agree where both exposures do.

    Examples
    --------
    >>> [round(e_test(30, 5, first_exposure=3, second_exposure=1, variance=way), 4)
    ...     for way in ("unpooled", "pooled")]
    [0.0941, 0.1445]
    """
    if first + second == 0:
        return 1.0
    pooled = (first + second) / (first_exposure + second_exposure)
    means = pooled * first_exposure, pooled * second_exposure
    every, others = _support(means[0]), _support(means[1])
    distance = partial(
        _squared_distance, first=first_exposure, second=second_exposure, variance=variance
    )
    observed = distance(np.array(float(first)), np.array(float(second))) * (1 - _SLACK)
    of_others = _probabilities(others, means[1])
    blocks = max(1, every.size * others.size // _MOST_AT_ONCE)
    p_value = sum(
        float(
            _probabilities(some, means[0])
            @ ((distance(some[:, None], others[None, :]) >= observed) @ of_others)
        )
        for some in np.array_split(every, blocks)
    )
    return min(1.0, p_value)


def _support(mean: float) -> FloatArray:
    reach = _REACH * np.sqrt(mean) + _FARTHER
    low = max(0, int(np.floor(mean - reach)))
    return np.arange(low, int(np.ceil(mean + reach)) + 1, dtype=float)


def _probabilities(counts: FloatArray, mean: float) -> FloatArray:
    return np.asarray(np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1)))


def _squared_distance(
    one: FloatArray, two: FloatArray, *, first: float, second: float, variance: str
) -> FloatArray:
    difference = np.square(one / first - two / second)
    spread = (
        one / first**2 + two / second**2
        if variance == "unpooled"
        else (one + two) / (first * second)
    )
    return np.divide(difference, spread, out=np.zeros_like(difference), where=spread > 0)
