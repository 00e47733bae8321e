"""This file knows whether the shares of incidents over places differ between two sets of counts.

Sources: Andresen (2009), "Testing for similarity in area-based spatial patterns", for the
resampled interval and the index S; Wheeler, Steenbeek & Andresen (2018) for the tests of two
proportions; Campbell (2007) for the chi-square times (N - 1)/N.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc, gammaln

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

# Tables as likely as the one seen count as extreme although their sums of logarithms differ in
# the last digits.
_AS_LIKELY = 1 + 1e-7


def shares_of(counts: IntArray) -> FloatArray:
    """Return what share of the total each place holds.

    Examples
    --------
    >>> shares_of(np.array([3, 1, 0])).tolist()
    [0.75, 0.25, 0.0]
    """
    return np.asarray(counts / counts.sum())


def sample_size(total: int, share: float) -> int:
    """Return how many incidents a sample holds, a half rounded to the even number.

    Examples
    --------
    >>> sample_size(9, 0.85), sample_size(10, 0.85)
    (8, 8)
    """
    return round(share * total)


def resampled_shares(
    counts: IntArray, *, size: int, samples: int, generator: np.random.Generator
) -> FloatArray:
    """Return the shares in samples of incidents drawn without replacement, samples × places.

    Drawing incidents and counting them by place gives multivariate hypergeometric counts, so the
    counts are drawn themselves: the same distribution, without a row for each incident.
    """
    filled = np.flatnonzero(counts)
    drawn = generator.multivariate_hypergeometric(
        counts[filled], size, size=samples, method="marginals"
    )
    shares = np.zeros((samples, counts.size))
    shares[:, filled] = drawn / size
    return shares


def chi_square_p_values(before: IntArray, after: IntArray, *, correction: str) -> FloatArray:
    """Return p of the chi-square test that each place's share is the same, two-sided.

    Parameters
    ----------
    before, after
        Counts of each place.
    correction
        "none", "yates" (half an incident nearer to what is expected) or "n_minus_1" (times
        (N - 1)/N). A place empty in both has p = 1.

    Examples
    --------
    >>> before, after = np.array([30, 70]), np.array([50, 50])
    >>> chi_square_p_values(before, after, correction="none").round(4).tolist()
    [0.0039, 0.0039]
    """
    total_before, total_after = float(before.sum()), float(after.sum())
    total = total_before + total_after
    place = (before + after).astype(float)
    off = np.abs(before - place * total_before / total)
    if correction == "yates":
        off -= np.minimum(off, 0.5)
    spread = place * (total - place) * total_before * total_after / total**3
    statistic = np.divide(off**2, spread, out=np.zeros(off.shape), where=spread > 0)
    if correction == "n_minus_1":
        statistic *= (total - 1) / total
    return np.asarray(chdtrc(1, statistic))


def fisher_p_values(before: IntArray, after: IntArray) -> FloatArray:
    """Return p of Fisher's exact test that each place's share is the same, two-sided.

    Two-sided adds up all tables that are as likely as the one seen, or less.

    Examples
    --------
    >>> fisher_p_values(np.array([8, 2]), np.array([1, 5])).round(4).tolist()
    [0.035, 0.035]
    """
    total_before, total_after = int(before.sum()), int(after.sum())
    both = before + after
    p_values = np.ones(before.size)
    for of_place in np.unique(both[both > 0]):
        low = max(0, int(of_place) - total_after)
        support = np.arange(low, min(int(of_place), total_before) + 1)
        likelihood = _hypergeometric(support, total_before, total_after, int(of_place))
        here = both == of_place
        seen = likelihood[before[here] - low]
        ordered = np.sort(likelihood)
        as_extreme = np.searchsorted(ordered, seen * _AS_LIKELY, side="right")
        p_values[here] = np.concatenate([[0.0], np.cumsum(ordered)])[as_extreme]
    return np.minimum(p_values, 1.0)


def share_elsewhere(before: IntArray, after: IntArray) -> float:
    """Return the share of incidents that would have to lie elsewhere for equal patterns.

    Half the sum of the absolute differences of shares: the index of dissimilarity.

    Examples
    --------
    >>> share_elsewhere(np.array([2, 2, 0]), np.array([1, 2, 1]))
    0.25
    """
    return float(np.abs(shares_of(before) - shares_of(after)).sum() / 2)


def chance_shares_elsewhere(
    before: IntArray, after: IntArray, *, samples: int, generator: np.random.Generator
) -> FloatArray:
    """Return `share_elsewhere` when the incidents of both sets are dealt out again at random.

    Each place keeps its incidents of both sets together and each set keeps its size: exact under
    the hypothesis that both have one pattern.
    """
    both = (before + after)[before + after > 0]
    dealt = generator.multivariate_hypergeometric(
        both, int(before.sum()), size=samples, method="marginals"
    )
    difference = dealt / before.sum() - (both - dealt) / after.sum()
    return np.asarray(np.abs(difference).sum(axis=1) / 2)


def _hypergeometric(taken: IntArray, first: int, second: int, of_place: int) -> FloatArray:
    log = (
        _log_choose(first, taken)
        + _log_choose(second, of_place - taken)
        - _log_choose(first + second, np.asarray(of_place))
    )
    return np.asarray(np.exp(log))


def _log_choose(total: int, taken: IntArray) -> FloatArray:
    return np.asarray(gammaln(total + 1) - gammaln(taken + 1) - gammaln(total - taken + 1))
