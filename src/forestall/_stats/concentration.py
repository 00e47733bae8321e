"""This file knows how unevenly counts lie over units.

Sources: Bernasco & Steenbeek (2017), "More places than crimes", for the generalised Gini
coefficient; O'Brien (2019) for the share that chance alone concentrates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import pdtrc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


def gini(counts: ArrayLike) -> float:
    """Return the Gini coefficient over all units, those without a count included.

    Examples
    --------
    >>> gini([1, 1, 1]), gini([0, 0, 3])
    (0.0, 0.6666666666666666)
    """
    ordered = np.sort(np.asarray(counts, dtype=float))
    units, total = ordered.size, ordered.sum()
    if total <= 0:
        return float("nan")
    centred = 2 * np.arange(1, units + 1) - units - 1
    return float((centred * ordered).sum() / (units * total))


def generalised_gini(counts: ArrayLike) -> float:
    """Return G' = max(N/T, 1)(G - 1) + 1 for T incidents on N units.

    It is 0 when the incidents lie as evenly as so many can, also when they are fewer than the
    units, where the plain coefficient calls any spread concentrated. With more incidents than
    units it is the plain coefficient.

    Examples
    --------
    >>> generalised_gini([1, 1, 0, 0]), generalised_gini([2, 0, 0, 0])
    (0.0, 0.5)
    """
    counted = np.asarray(counts, dtype=float)
    total = float(counted.sum())
    if total <= 0:
        return float("nan")
    return max(counted.size / total, 1.0) * (gini(counted) - 1) + 1


def units_holding(counts: ArrayLike, share: float) -> int:
    """Return the smallest number of units that together hold at least a share of all.

    Where units tie at the cut, any of them completes it: the number is the same.

    Examples
    --------
    >>> units_holding([5, 3, 1, 1], 0.5), units_holding([5, 3, 1, 1], 0.8)
    (1, 2)
    """
    ordered = np.sort(np.asarray(counts, dtype=np.int64))[::-1]
    if not ordered.sum():
        return 0
    needed = np.ceil(share * ordered.sum() - 1e-9)
    return int(np.searchsorted(np.cumsum(ordered), needed)) + 1


def share_of_top(counts: ArrayLike, share: float) -> float:
    """Return what the busiest share of units holds; their number is rounded up.

    Examples
    --------
    >>> share_of_top([6, 2, 1, 1], 0.25)
    0.6
    """
    ordered = np.sort(np.asarray(counts, dtype=float))[::-1]
    units = int(np.ceil(share * ordered.size - 1e-9))
    total = ordered.sum()
    return float(ordered[:units].sum() / total) if total else float("nan")


def concentration_curve(
    counts: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the corners of the curve: share of units, busiest first, and share of counts.

    Between two corners all units have the same count, so a straight line there is exact.

    Examples
    --------
    >>> units, incidents = concentration_curve([3, 1, 0, 0])
    >>> units.tolist(), incidents.tolist()
    ([0.0, 0.25, 0.5, 1.0], [0.0, 0.75, 1.0, 1.0])
    """
    ordered = np.sort(np.asarray(counts, dtype=float))[::-1]
    ends = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], True)) + 1
    corners = np.concatenate([[0], ends])
    running = np.concatenate([[0.0], np.cumsum(ordered)])
    return corners / ordered.size, running[corners] / max(running[-1], 1.0)


def chance_units_holding(units: int, total: int, share: float) -> float:
    """Return how many units would hold a share of all if each incident fell on any unit alike.

    The counts of the units are then Poisson with mean total/units, and the units with the
    largest counts hold the share; the number is the limit for many units. It agrees with the
    mean of simulations to half a unit.

    Examples
    --------
    >>> round(chance_units_holding(888, 2264, 0.5))
    249
    """
    if not units or not total:
        return 0.0
    mean = total / units
    largest = int(mean + 12 * np.sqrt(mean) + 30)
    counts = np.arange(largest + 1)
    # Units with more than k hold the share P(X >= k) of incidents, as k p(k) = mean p(k - 1).
    units_above = pdtrc(counts, mean)
    held_above = np.where(counts > 0, pdtrc(np.maximum(counts - 1, 0), mean), 1.0)
    cut = int(np.flatnonzero(held_above <= share)[0])
    missing = share - held_above[cut]
    # Whole units are needed, which are half a unit more on average.
    return float(units * (units_above[cut] + missing * mean / cut) + 0.5)


@dataclass(frozen=True, eq=False, kw_only=True)
class ChanceConcentration:
    """How concentrated incidents thrown evenly at random are, in each of many samples.

    Attributes
    ----------
    units_holding
        For each share asked for, the smallest number of units that hold it, by sample.
    share_of_top
        What the busiest share of units holds, by sample.
    generalised_gini
        G' by sample. It is not 0: chance is not even.
    """

    units_holding: dict[float, NDArray[np.int64]]
    share_of_top: NDArray[np.float64]
    generalised_gini: NDArray[np.float64]


def simulate_concentration(
    units: int,
    total: int,
    *,
    shares: Sequence[float],
    top: float,
    samples: int,
    generator: np.random.Generator,
) -> ChanceConcentration:
    """Throw incidents on units evenly at random (multinomial counts) and measure each sample.

    Examples
    --------
    >>> thrown = simulate_concentration(
    ...     888, 2264, shares=[0.5], top=0.05, samples=99, generator=np.random.default_rng(1))
    >>> float(round(thrown.units_holding[0.5].mean(), -1))
    250.0
    """
    block = max(1, _NUMBERS_AT_ONCE // units)
    blocks = [
        _ordered_throws(units, total, min(block, samples - done), generator)
        for done in range(0, samples, block)
    ]
    holding = {
        share: np.concatenate([_units_holding(running, share) for _, running in blocks])
        for share in shares
    }
    first = int(np.ceil(top * units - 1e-9))
    in_top = np.concatenate([running[:, first - 1] / total for _, running in blocks])
    centred = units + 1 - 2.0 * np.arange(1, units + 1)
    unequal = np.concatenate([ordered @ centred / (units * total) for ordered, _ in blocks])
    spread = max(units / total, 1.0) * (unequal - 1) + 1
    return ChanceConcentration(
        units_holding=holding, share_of_top=in_top, generalised_gini=np.asarray(spread)
    )


_NUMBERS_AT_ONCE = 2_000_000


def _ordered_throws(
    units: int, total: int, samples: int, generator: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return counts, the largest first, and their running sums; samples × units."""
    thrown = generator.multinomial(total, np.full(units, 1 / units), size=samples)
    ordered = np.ascontiguousarray(np.sort(thrown, axis=1)[:, ::-1])
    return ordered, np.cumsum(ordered, axis=1)


def _units_holding(running: NDArray[np.int64], share: float) -> NDArray[np.int64]:
    needed = np.ceil(share * running[:, -1] - 1e-9)
    return np.asarray((running < needed[:, None]).sum(axis=1) + 1)
