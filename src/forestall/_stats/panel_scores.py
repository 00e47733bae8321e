"""This file knows how far the effect in a panel lies among those that other lots would have given.

The statistic is the score of the measure, once places and periods have their own level, over its
standard error by unit of assignment. Whatever the outcomes are like, it is exact under a lot and no
effect; because it is studentised, it also holds roughly where the measure works unlike in different
places. A draw costs a look-up a unit, and with one start two products. Sources: Chung & Romano
(2013), Annals of Statistics 41; MacKinnon & Webb (2020), Journal of Econometrics 218, for t
statistics in lots of few treated clusters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from forestall._stats.place_ratios import left_over

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

_ROUNDS = 1000
_LEAST_VARIANCE = 1e-24


class Left(NamedTuple):
    """What is left of outcomes once levels are taken out, and how much each cell tells."""

    residuals: FloatArray
    weights: FloatArray


class Outcomes(Protocol):
    """Outcomes of places × periods, with an effect of the measure taken out."""

    def without(self, effect: float) -> Left:
        """Return what is left."""


class CountedOutcomes:
    """Counts, which the measure multiplies.

    Parameters
    ----------
    counts, exposure
        Places × periods; both 0 where nobody counted.
    there
        Where the measure was in force.
    """

    def __init__(self, counts: FloatArray, exposure: FloatArray, there: BoolArray) -> None:
        self._counts, self._exposure, self._there = counts, exposure, there
        self._is_even = bool((exposure == exposure[0, 0]).all())

    def without(self, effect: float) -> Left:
        """Return counts less those expected from places and periods, the ratio taken out."""
        counts = np.where(self._there, self._counts * np.exp(-effect), self._counts)
        mean = self._mean(counts)
        return Left(counts - mean, mean)

    def _mean(self, counts: FloatArray) -> FloatArray:
        of_places, of_periods = counts.sum(axis=1), counts.sum(axis=0)
        if self._is_even:
            return np.outer(of_places, of_periods) / max(float(counts.sum()), _LEAST_VARIANCE)
        periods = np.ones(counts.shape[1])
        slack = 1e-11 * max(float(of_periods.max()), 1.0)
        for _ in range(_ROUNDS):
            places = _over(of_places, self._exposure @ periods)
            off = of_periods - periods * (places @ self._exposure)
            periods = _over(of_periods, places @ self._exposure)
            if np.abs(off).max() < slack:
                break
        return np.asarray(places[:, None] * self._exposure * periods)


class MeasuredOutcomes:
    """Numbers to which the measure adds.

    Parameters
    ----------
    outcomes, weights
        Places × periods; the weight is 0 where nobody counted.
    there
        Where the measure was in force.
    """

    def __init__(self, outcomes: FloatArray, weights: FloatArray, there: BoolArray) -> None:
        known = np.ix_(weights.sum(axis=1) > 0, weights.sum(axis=0) > 0)
        self._weights = weights
        self._outcomes, self._there = np.zeros_like(outcomes), np.zeros_like(outcomes)
        spread = max(float(np.abs(outcomes).max()), _LEAST_VARIANCE)
        self._outcomes[known] = spread * left_over(weights[known], outcomes[known] / spread)
        self._there[known] = left_over(weights[known], there[known].astype(float))

    @property
    def effect(self) -> float:
        """Return the effect by least squares."""
        varied = float((self._weights * np.square(self._there)).sum())
        return float((self._weights * self._there * self._outcomes).sum()) / varied

    def without(self, effect: float) -> Left:
        """Return outcomes less those expected from places and periods, the effect taken out."""
        return Left(self._weights * (self._outcomes - effect * self._there), self._weights)


def information_of(weights: FloatArray, there: BoolArray) -> float:
    """Return how much the measure varies once weighted levels are taken out."""
    known = np.ix_(weights.sum(axis=1) > 0, weights.sum(axis=0) > 0)
    free = left_over(weights[known], there[known].astype(float))
    return float((weights[known] * np.square(free)).sum())


class Lots(NamedTuple):
    """Courses (whether the measure is in force in each period), and which one each unit has.

    Attributes
    ----------
    courses
        One row of periods a course.
    drawn
        One row a lot: the number of the course of each unit; the first row is the one drawn.
    units
        The unit of each place.
    """

    courses: BoolArray
    drawn: IntArray
    units: IntArray


class PanelScores:
    """The studentised score of every lot, the drawn one first.

    Examples
    --------
    >>> counts = np.array([[9.0, 3], [8, 4], [7, 7], [9, 10]])
    >>> there = np.array([[False, True], [False, True], [False, False], [False, False]])
    >>> lots = Lots(courses=there[[2, 0]], units=np.arange(4),
    ...     drawn=np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1]]))
    >>> PanelScores(CountedOutcomes(counts, np.ones((4, 2)), there), lots).at(0.0).round(2)
    array([-1.89, -0.58,  1.89])
    """

    def __init__(self, outcomes: Outcomes, lots: Lots) -> None:
        self._outcomes, self._lots = outcomes, lots
        rows, units = lots.drawn.shape
        self._count = len(lots.courses)
        self._second = lots.drawn.astype(float) if self._count == 2 else None
        if self._second is None:
            self._cells = (lots.drawn * units + np.arange(units)).astype(np.int32)
            self._sums = (lots.drawn + np.arange(rows)[:, None] * self._count).ravel()

    def at(self, effect: float) -> FloatArray:
        """Return the studentised scores, with this effect taken out."""
        scores, variances = self._scores(effect)
        return np.asarray(scores / np.sqrt(variances))

    def spread(self, effect: float) -> float:
        """Return the standard deviation of the scores over lots, with this effect taken out."""
        return float(self._scores(effect)[0].std())

    def _scores(self, effect: float) -> tuple[FloatArray, FloatArray]:
        left, lots = self._outcomes.without(effect), self._lots
        of_places = left.residuals @ lots.courses.T.astype(float)
        of_units = np.zeros((lots.drawn.shape[1], self._count))
        np.add.at(of_units, lots.units, of_places)
        sizes = np.zeros(len(of_units))
        np.add.at(sizes, lots.units, left.weights.sum(axis=1) / left.weights.sum())
        if self._second is not None:
            return self._of_two(of_units[:, 1] - of_units[:, 0], sizes)
        return self._of_several(of_units, sizes)

    def _of_two(self, scores: FloatArray, sizes: FloatArray) -> tuple[FloatArray, FloatArray]:
        columns = np.stack([scores, np.square(scores), sizes], axis=1)
        assert self._second is not None
        number, squares, share = (self._second @ columns).T
        total = float(columns[:, 1].sum())
        return number, _floored(squares * (1 - 2 * share) + total * np.square(share), total)

    def _of_several(self, scores: FloatArray, sizes: FloatArray) -> tuple[FloatArray, FloatArray]:
        rows, units = self._lots.drawn.shape
        weights = np.broadcast_to(sizes, (rows, units)).ravel()
        shares = np.bincount(self._sums, weights, minlength=rows * self._count)
        centred = scores.T.ravel()[self._cells]
        centred -= shares.reshape(rows, self._count) @ scores.T
        total = float(np.square(scores).sum())
        return centred.sum(axis=1), _floored(np.einsum("ij,ij->i", centred, centred), total)


def _floored(variances: FloatArray, total: float) -> FloatArray:
    return np.maximum(variances, 1e-12 * total + _LEAST_VARIANCE)


def _over(number: FloatArray, by: FloatArray) -> FloatArray:
    return np.divide(number, by, out=np.zeros_like(number), where=by > 0)
