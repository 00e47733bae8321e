"""This file knows Moran's I, of each place and of all, and its moments under chance.

Places are n values x with m = mean of (x - mean x)²; neighbours have weight 1 ("binary") or equal
shares of 1 ("row"). Sources: Anselin (1995) and Sokal, Oden & Thomson (1998) for one place, Cliff
& Ord (1981) for all, Assunção & Reis (1999) for rates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.lattice import gi_scores

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class LocalMoran:
    """Of each place: I, its moments when the others are shuffled, and z.

    ``side`` and ``neighbours_side`` say on which side of the mean the place and the mean of its
    neighbours lie: 1.0 above, -1.0 below, 0.0 where only rounding is between them.
    """

    value: FloatArray
    expected: FloatArray
    variance: FloatArray
    z: FloatArray
    side: FloatArray
    neighbours_side: FloatArray


def local_moran(
    values: FloatArray, sums: FloatArray, members: IntArray, *, weights: str
) -> LocalMoran:
    """Return local Moran's I = (x - mean) / m times the weighted sum of the neighbours' x - mean.

    The moments are conditional: the place keeps its value, and those of its neighbours are drawn
    from all other places (Sokal et al. 1998, equations A7 and A8). Divisor of m: n. Then z is that
    of Gi with the sign of x - mean, and does not depend on the weights. A place without neighbours
    gets NaN; one that is equal to the mean gets 0.
    """
    places = values.size
    own = _centred(values)
    square = float(np.square(own).mean())
    share = _weight(members, weights)
    above = _without_rounding(sums - members * values.mean(), members * np.abs(values).max())
    others = places / (places - 2) * (square - np.square(own) / (places - 1))
    spread = members * share**2 * (1 - members / (places - 1))
    known = np.where(members > 0, 1.0, np.nan)
    return LocalMoran(
        value=known * own / square * share * above,
        expected=-known * np.square(own) * members * share / ((places - 1) * square),
        variance=known * np.square(own / square) * np.maximum(others, 0) * np.maximum(spread, 0),
        z=np.sign(own) * gi_scores(sums, members, values),
        side=np.sign(own),
        neighbours_side=np.sign(above),
    )


@dataclass(frozen=True, kw_only=True)
class GlobalMoran:
    """Moran's I of all places, its mean and its variance under two assumptions."""

    value: float
    expected: float
    variance_randomisation: float
    variance_normality: float


def global_moran(
    values: FloatArray,
    members: IntArray,
    add_neighbours: Callable[[FloatArray], FloatArray],
    *,
    weights: str,
) -> GlobalMoran:
    """Return Moran's I = n / S0 · Σ w (x - mean) (x' - mean) / Σ (x - mean)².

    Randomisation: the values are fixed and lie anywhere. Normality: they are drawn from one
    normal distribution. Both count all places, those without neighbours too, so that the mean
    is -1 / (n - 1).

    Parameters
    ----------
    add_neighbours
        Gives the sum over the neighbours of each place, of any numbers.
    weights
        "binary" or "row".
    """
    n = float(values.size)
    s0, s1, s2 = weight_sums(members, add_neighbours, weights=weights)
    own = _centred(values)
    expected = -1 / (n - 1)
    peak = float((own**4).mean() / np.square(own).mean() ** 2)
    randomised = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    randomised -= peak * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    normal = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2)
    divisor = (n - 1) * (n - 2) * (n - 3) * s0**2
    return GlobalMoran(
        value=float(n / s0 * moran_product(own, members, add_neighbours, weights=weights))
        / float(np.square(own).sum()),
        expected=expected,
        variance_randomisation=float(randomised / divisor - expected**2),
        variance_normality=float(normal - expected**2),
    )


def moran_product(
    centred: FloatArray,
    members: IntArray,
    add_neighbours: Callable[[FloatArray], FloatArray],
    *,
    weights: str,
) -> float:
    """Return the sum of each value times the weighted sum of its neighbours' values."""
    return float(np.dot(centred * _weight(members, weights), add_neighbours(centred)))


def weight_sums(
    members: IntArray, add_neighbours: Callable[[FloatArray], FloatArray], *, weights: str
) -> tuple[float, float, float]:
    """Return S0, S1 and S2 of Cliff & Ord: Σ w, ½ Σ (w + w')², Σ (row sum + column sum)²."""
    share = _weight(members, weights)
    to_others = members * share
    from_others = add_neighbours(share)
    crosswise = float(np.dot(share, from_others))
    return (
        float(to_others.sum()),
        float((members * share**2).sum()) + crosswise,
        float(np.square(to_others + from_others).sum()),
    )


def standardised_rates(events: IntArray, population: FloatArray) -> FloatArray:
    """Return rates in standard deviations of what so many people let one expect.

    Under chance the rates of few people vary more; Assunção & Reis (1999) put all on one scale:
    (rate - b) / sqrt(a + b / people), b the overall rate, a the variance between places (where
    the total is not positive, b / people alone).
    """
    people = float(population.sum())
    rate, overall = events / population, float(events.sum()) / people
    scatter = float((population * np.square(rate - overall)).sum()) / people
    between = scatter - overall * population.size / people
    variance = between + overall / population
    return np.asarray(
        (rate - overall) / np.sqrt(np.where(variance > 0, variance, overall / population))
    )


def _weight(members: IntArray, weights: str) -> FloatArray:
    if weights == "binary":
        return np.ones(members.size)
    return np.divide(1.0, members, out=np.zeros(members.size), where=members > 0)


def _centred(values: FloatArray) -> FloatArray:
    return _without_rounding(values - values.mean(), np.abs(values).max(initial=0.0))


def _without_rounding(differences: FloatArray, size: FloatArray | float) -> FloatArray:
    return np.asarray(np.where(np.abs(differences) <= 1e-12 * size, 0.0, differences))
