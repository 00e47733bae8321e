"""This file knows how far an effect lies among those that other lots would have given.

Counts are totals of places, or places × months. Where all treated places start in one month, the
fixed-effects Poisson ratio is exactly the ratio of four sums, so that a draw costs two products.
Where they start one after another, the score of that model is used: a draw costs one look-up a
place. Sources: Fisher (1935); Besag & Clifford (1989) for p-values that are never 0; Rosenbaum
(2002) for intervals by turning the test round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

FARTHEST_LOG = float(np.log(1000))
_HALVINGS = 14
# Statistics that differ by less are equal; sums in another order differ in the last digits.
_SAME = 1e-9


class Statistic(Protocol):
    """A test statistic of every lot, the drawn one first, if the log ratio were this one."""

    def at(self, log_ratio: float) -> FloatArray:
        """Return the statistics."""


class FourSums:
    """The statistic of lots that only say which places are treated.

    Parameters
    ----------
    before, after
        Of each place: incidents (or exposure) before, and incidents after.
    lots
        One row of treated places a lot; the first is the one that was drawn.
    """

    def __init__(self, before: FloatArray, after: FloatArray, lots: BoolArray) -> None:
        drawn = lots[0]
        sums = lots.astype(float) @ np.stack([before, after * drawn, after * ~drawn], axis=1)
        self._before, self._freed, self._kept = sums.T
        self._totals = float(before.sum()), float(after[drawn].sum()), float(after[~drawn].sum())

    def at(self, log_ratio: float) -> FloatArray:
        """Return log[(T1 / T0) / (C1 / C0)] of each lot, with the measure's effect taken out."""
        before, freed, kept = self._totals
        times = np.exp(-log_ratio)
        treated_after = times * self._freed + self._kept
        rest_after = times * freed + kept - treated_after
        rest_before = before - self._before
        cells = np.stack([treated_after, self._before, rest_after, rest_before])
        # Half an incident each keeps lots with an empty sum in their order.
        half = 0.5 if cells.min() <= _SAME else 0.0
        up, down, other_up, other_down = np.log(np.maximum(cells, 0) + half)
        return np.asarray(up - down - other_up + other_down)


class StaggeredStarts:
    """The statistic of lots that say in which month each place starts.

    Parameters
    ----------
    counts
        Places × months.
    lots
        One row of starting months a lot, the number of months for a place that never starts; the
        first row is the one that was drawn.
    """

    def __init__(self, counts: FloatArray, lots: IntArray) -> None:
        self._counts = np.asarray(counts, dtype=float)
        self._starts, which = np.unique(lots, return_inverse=True)
        which = which.reshape(lots.shape)
        rows, places = lots.shape
        self._there = np.arange(counts.shape[1]) >= lots[0][:, None]
        self._cells = (which * places + np.arange(places)).astype(np.int32)
        self._sums = (which + np.arange(rows)[:, None] * len(self._starts)).ravel()

    def at(self, log_ratio: float) -> FloatArray:
        """Return the score of each lot over its information, with the effect taken out."""
        counts = self._counts
        freed = np.where(self._there, counts * np.exp(-log_ratio), counts)
        of_places, of_months = freed.sum(axis=1), freed.sum(axis=0)
        residuals = freed - np.outer(of_places, of_months) / freed.sum()
        from_here = np.zeros((len(freed), counts.shape[1] + 1))
        from_here[:, :-1] = residuals[:, ::-1].cumsum(axis=1)[:, ::-1]
        scores = from_here[:, self._starts].T.ravel()[self._cells].sum(axis=1)
        return np.asarray(scores / self._information(of_places, of_months))

    def _information(self, of_places: FloatArray, of_months: FloatArray) -> FloatArray:
        """Return what each lot tells, once places and months have their own level."""
        rows, starts = len(self._cells), self._starts
        total = float(of_places.sum())
        weights = np.broadcast_to(of_places, (rows, len(of_places))).ravel()
        counted = np.bincount(self._sums, weights, minlength=rows * len(starts))
        of_starts = counted.reshape(rows, len(starts))
        after = np.append(of_months[::-1].cumsum()[::-1], 0.0)[starts] / total
        own = of_starts @ (after * (1 - after))
        there = (np.arange(len(of_months)) >= starts[:, None]).astype(float)
        of_month = of_starts @ there / total
        spread = np.square(of_month) @ of_months - np.square(of_month @ of_months) / total
        return np.asarray(np.maximum(own - spread, 1e-12))


def rank_p_value(statistics: FloatArray) -> float:
    """Return the two-sided share of lots at least as far from the middle as the first.

    Examples
    --------
    >>> rank_p_value(np.array([3.0, 1.0, -1.0, -3.0, 0.0]))
    0.4
    """
    drawn = abs(statistics[0])
    return float((np.abs(statistics) >= drawn - _SAME * max(1.0, drawn)).mean())


def least_p_value(statistics: FloatArray) -> float:
    """Return the smallest p-value that any of these lots could have given.

    Where the arms are alike in size, each lot has a mirror image that is as far from the middle.

    Examples
    --------
    >>> least_p_value(np.array([0.0, 1.0, -1.0, 3.0, -3.0]))
    0.4
    """
    farthest = np.roll(statistics, -int(np.argmax(np.abs(statistics))))
    return rank_p_value(farthest)


def limits_by_turning(
    statistic: Statistic, *, estimate: float, level: float
) -> tuple[float, float]:
    """Return between which log ratios the test does not turn down any, as an interval.

    Where there are too few lots for a limit, it lies at a thousandth or a thousandfold.
    """
    alpha = 1 - level

    def held(log_ratio: float) -> bool:
        return rank_p_value(statistic.at(log_ratio)) > alpha

    return (
        _edge(held, estimate, -FARTHEST_LOG),
        _edge(held, estimate, FARTHEST_LOG),
    )


def _edge(held: Callable[[float], bool], inside: float, outside: float) -> float:
    if held(outside):
        return outside
    # Go outwards first, so that the nearest limit is found.
    step = 0.05 if outside > inside else -0.05
    last, here = inside, inside + step
    while abs(here) < FARTHEST_LOG and held(here):
        step *= 1.6
        last, here = here, here + step
    low, high = last, max(min(here, FARTHEST_LOG), -FARTHEST_LOG)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if held(middle):
            low = middle
        else:
            high = middle
    return high
