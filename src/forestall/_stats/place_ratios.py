"""This file knows the fixed-effects Poisson ratio of places × months, clustered by place.

Sources: Wooldridge (1999), Journal of Econometrics 90 (it holds whatever the variance); Liang &
Zeger (1986) for standard errors by place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

_ROUNDS = 5000
_LARGEST_LOG = 20.0


class PlaceRatio(NamedTuple):
    """A log ratio with its standard error by place."""

    log: float
    error: float


def ratio_of_four_sums(
    before: FloatArray, after: FloatArray, treated: BoolArray, strata: IntArray
) -> PlaceRatio:
    """Return log[(T1 / T0) / (C1 / C0)] with its standard error by place.

    Pairs vary as pairs: where every stratum is a pair, the errors of its two places are added
    before they are squared.

    Examples
    --------
    >>> found = ratio_of_four_sums(
    ...     np.array([10.0, 12, 11, 9]), np.array([5.0, 7, 12, 9]),
    ...     np.array([True, True, False, False]), np.zeros(4, dtype=int))
    >>> round(float(np.exp(found.log)), 3)
    0.519
    """
    sign = np.where(treated, 1.0, -1.0)
    shares = np.zeros(len(before))
    log = 0.0
    for arm in (treated, ~treated):
        up, down = after[arm].sum(), before[arm].sum()
        log += sign[arm][0] * np.log(up / down)
        shares[arm] = sign[arm] * (after[arm] / up - before[arm] / down)
    _, sizes = np.unique(strata, return_counts=True)
    if (sizes == 2).all():
        pairs = np.bincount(np.unique(strata, return_inverse=True)[1], shares)
        variance = np.square(pairs).sum() * pairs.size / max(pairs.size - 1, 1)
    else:
        variance = sum(
            np.square(shares[arm]).sum() * arm.sum() / max(arm.sum() - 1, 1)
            for arm in (treated, ~treated)
        )
    return PlaceRatio(float(log), float(np.sqrt(variance)))


def ratio_of_places_and_months(
    counts: FloatArray, there: BoolArray, exposure: FloatArray | None = None
) -> PlaceRatio | None:
    """Return the log ratio of places × months with the measure, with a level for each of both.

    None where the counts hold no such ratio. The three sets of sums are brought into agreement in
    turn, which leads to the maximum of the likelihood. Exposure is 0 where nobody counted.
    """
    counted = np.asarray(counts, dtype=float)
    rows, columns = counted.sum(axis=1) > 0, counted.sum(axis=0) > 0
    known = np.ones_like(counted) if exposure is None else exposure
    cells = np.ix_(rows, columns)
    counted, inside, known = counted[cells], there[cells], known[cells]
    of_places, of_months = counted.sum(axis=1), counted.sum(axis=0)
    wanted = float(counted[inside].sum())
    if not 0 < wanted < counted.sum():
        return None
    log, months = 0.0, of_months / of_months.sum()
    for _ in range(_ROUNDS):
        times = known * np.where(inside, np.exp(log), 1.0)
        places = of_places / (times @ months)
        months = of_months / (places @ times)
        mean = places[:, None] * months * times
        step = float(np.log(wanted / mean[inside].sum()))
        log += step / _share_free(mean, inside)
        if abs(log) > _LARGEST_LOG:
            return None
        if abs(step) < 1e-11:
            break
    times = known * np.where(inside, np.exp(log), 1.0)
    mean = places[:, None] * months * times
    free = left_over(mean, inside.astype(float))
    scores = (free * (counted - mean)).sum(axis=1)
    information = float((mean * np.square(free)).sum())
    number = len(counted)
    error = np.sqrt(np.square(scores).sum() * number / (number - 1)) / information
    return PlaceRatio(log, float(error))


def _share_free(mean: FloatArray, inside: BoolArray) -> float:
    """Return the share of what is inside that places and months do not explain, as a first guess.

    Steps of this length make the three sums agree in tens of rounds instead of hundreds.
    """
    total = mean.sum()
    there = np.where(inside, mean, 0.0)
    places, months = mean.sum(axis=1), mean.sum(axis=0)
    row, column = there.sum(axis=1) / places, there.sum(axis=0) / months
    free = (
        there.sum()
        - (places * row**2).sum()
        - (months * column**2).sum()
        + there.sum() ** 2 / total
    )
    return float(np.clip(free / there.sum(), 0.05, 1.0))


def left_over(weights: FloatArray, column: FloatArray) -> FloatArray:
    """Return what is left of a column once weighted levels of places and months are taken out."""
    of_places, of_months = weights.sum(axis=1), weights.sum(axis=0)
    left = column.copy()
    for _ in range(_ROUNDS):
        row = (weights * left).sum(axis=1) / of_places
        left -= row[:, None]
        month = (weights * left).sum(axis=0) / of_months
        left -= month
        if max(np.abs(row).max(), np.abs(month).max()) < 1e-11:
            break
    return left
