"""This file knows how far rates of areas may lie apart by chance, and by more than chance.

Source: Spiegelhalter (2005), "Funnel plots for comparing institutional performance", Statistics in
Medicine 24: exact limits by interpolation (A.1.1), multiplicative overdispersion from winsorised
z-scores (A.2.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import pdtr, pdtrik

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]


def winsorised_dispersion(counts: ArrayLike, expected: ArrayLike, *, share: float = 0.1) -> float:
    """Return the mean square of z-scores, the outer share on each side drawn in; at least 1.

    z = 2 (sqrt(count) - sqrt(expected)), whose variance hardly depends on the size.
    """
    scores = 2 * (np.sqrt(np.asarray(counts, float)) - np.sqrt(np.asarray(expected, float)))
    if scores.size < 2:
        return 1.0
    low, high = np.quantile(scores, [share, 1 - share])
    return max(float(np.square(np.clip(scores, low, high)).mean()), 1.0)


def funnel_limits(
    expected: ArrayLike, *, level: float, dispersion: float = 1.0
) -> tuple[FloatArray, FloatArray]:
    """Return limits for counts around their expected value, exact for Poisson, then widened."""
    centre = np.asarray(expected, dtype=float)
    tail = (1 - level) / 2
    wider = np.sqrt(dispersion)
    low = centre + wider * (_poisson_quantile(tail, centre) - centre)
    high = centre + wider * (_poisson_quantile(1 - tail, centre) - centre)
    return np.maximum(low, 0.0), high


def rank_intervals(
    counts: ArrayLike, exposures: ArrayLike, *, level: float = 0.95, draws: int = 4000, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the ranks (1 = highest rate) that each unit may have by chance.

    Rates are drawn from their posterior under Jeffreys' prior, Gamma(count + 1/2, exposure).
    """
    shape = np.asarray(counts, dtype=float) + 0.5
    generator = np.random.default_rng(seed)
    rates = generator.standard_gamma(shape, size=(draws, shape.size)) / np.asarray(exposures)
    order = np.argsort(-rates, axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, shape.size + 1)[None, :], axis=1)
    low, high = np.quantile(
        ranks, [(1 - level) / 2, (1 + level) / 2], axis=0, method="inverted_cdf"
    )
    return low.astype(np.int64), high.astype(np.int64)


def _poisson_quantile(probability: float, mean: FloatArray) -> FloatArray:
    positive = np.maximum(mean, 1e-12)
    reached = np.ceil(np.nan_to_num(pdtrik(probability, positive)) - 1e-9)
    reached = np.maximum(reached, 0.0)
    up_to = pdtr(reached, positive)
    before = np.where(reached > 0, pdtr(np.maximum(reached - 1, 0), positive), 0.0)
    inside = (up_to - probability) / np.maximum(up_to - before, 1e-300)
    return np.asarray(np.maximum(reached - inside, 0.0))
