"""This file knows whether the units that hold much in one period also did in the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

_NUMBERS_AT_ONCE = 2_000_000


def holding_weights(counts: IntArray, share: float) -> FloatArray:
    """Return which units are among the fewest that hold a share of all, along the last axis.

    1 for a unit above the cut, 0 below it. Units that tie at the cut share the seats left: with 2
    seats for 5 of them each gets 0.4, as if the seats were drawn by lot.

    Examples
    --------
    >>> holding_weights(np.array([5, 1, 1, 1, 2]), 0.7).tolist()
    [1.0, 0.0, 0.0, 0.0, 1.0]
    >>> holding_weights(np.array([4, 1, 1, 1, 1]), 0.75).tolist()
    [1.0, 0.5, 0.5, 0.5, 0.5]
    """
    ordered = np.sort(counts, axis=-1)[..., ::-1]
    running = np.cumsum(ordered, axis=-1)
    total = running[..., -1:]
    needed = np.ceil(share * total - 1e-9)
    seats = (running < needed).sum(axis=-1, keepdims=True) + 1
    cut = np.take_along_axis(ordered, np.minimum(seats, counts.shape[-1]) - 1, axis=-1)
    above, tied = counts > cut, counts == cut
    left = seats - above.sum(axis=-1, keepdims=True)
    weights = np.where(above, 1.0, tied * left / tied.sum(axis=-1, keepdims=True))
    return np.where(total > 0, weights, 0.0)


def tied_at_cut(weights: FloatArray) -> IntArray:
    """Return how many units tie at the cut and cannot all be in, along the last axis."""
    return np.asarray(((weights > 0) & (weights < 1)).sum(axis=-1))


def kept_shares(weights: FloatArray) -> FloatArray:
    """Return what share of the units that hold much did so in the period before.

    Shape (..., periods, units) to (..., periods - 1); NaN where a period holds nothing.

    Examples
    --------
    >>> kept_shares(np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.5, 0.5]])).tolist()
    [1.0, 0.0]
    """
    both = (weights[..., 1:, :] * weights[..., :-1, :]).sum(axis=-1)
    before, after = weights[..., :-1, :].sum(axis=-1), weights[..., 1:, :].sum(axis=-1)
    known = (before > 0) & (after > 0)
    return np.asarray(np.divide(both, after, out=np.full(both.shape, np.nan), where=known))


def rank_correlations(counts: IntArray) -> FloatArray:
    """Return Spearman's correlation of each period with the one before, equal counts averaged.

    Shape (..., periods, units) to (..., periods - 1); NaN where all counts of a period are equal.

    Examples
    --------
    >>> rank_correlations(np.array([[1, 2, 3], [2, 4, 9], [5, 5, 1]])).round(3).tolist()
    [1.0, -0.866]
    """
    from scipy.stats import rankdata  # slow to import

    ranks = rankdata(counts, axis=-1)
    centred = ranks - ranks.mean(axis=-1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=-1))
    together = (centred[..., 1:, :] * centred[..., :-1, :]).sum(axis=-1)
    scale = length[..., 1:] * length[..., :-1]
    unknown = np.full(together.shape, np.nan)
    return np.asarray(np.divide(together, scale, out=unknown, where=scale > 0))


def dealt_counts(
    counts: IntArray, *, samples: int, generator: np.random.Generator
) -> Iterator[IntArray]:
    """Deal all incidents out to the periods at random, so that no unit changes its share.

    Each unit keeps its incidents of all periods together and each period its total: exact, given
    these, if every unit has the same share of the incidents in all periods, and no rate has to be
    estimated. Yields blocks of shape (samples of the block, periods, units).
    """
    from scipy.stats import random_table  # slow to import

    table = random_table(counts.sum(axis=0), counts.sum(axis=1), seed=generator)
    block = max(1, _NUMBERS_AT_ONCE // counts.size)
    for done in range(0, samples, block):
        dealt = table.rvs(size=min(block, samples - done))
        yield np.swapaxes(np.rint(dealt).astype(np.int64), 1, 2)
