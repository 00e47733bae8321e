"""This file knows how two surfaces differ by chance, when events are labelled at random.

Under random labelling all events stay where they are, and which of them belong to the first
group is left to chance (Kelsall & Diggle 1995). The surface of all events is then fixed, and so
is that of the second group once the first is known. At each cell the ratio of the two rises
with the first alone, so that one smoothing per permutation gives the p-values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.surfaces import EdgeName, smooth_surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall._stats.binning import NearestCentres
    from forestall._stats.kernels import Kernel

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

# Values closer than this share of the largest are ties: two orders of adding up may differ so much.
_TIE = 1e-10
_CELLS_AT_ONCE = 4_000_000


@dataclass(frozen=True, eq=False)
class Smoothing:
    """How events on the centres of cells become surfaces, the same way for both groups."""

    kernel: Kernel
    inside: BoolArray
    edge: EdgeName

    def surface(self, weights: FloatArray) -> FloatArray:
        """Return the events per cell; see `forestall._stats.surfaces.smooth_surface`."""
        return smooth_surface(weights, kernel=self.kernel, inside=self.inside, edge=self.edge)


@dataclass(frozen=True, eq=False)
class Relabelled:
    """What random labelling gave, the observed labelling counted in.

    Attributes
    ----------
    at_least, at_most
        For each cell the number of labellings, from 1, whose ratio is at least, or at most, as
        large as observed.
    as_far
        The number of labellings, from 1, whose surfaces are as far apart as those observed.
    """

    at_least: IntArray
    at_most: IntArray
    as_far: int


def relabel(
    centres: NearestCentres,
    first: BoolArray,
    *,
    smoothing: Smoothing,
    shown: BoolArray,
    permutations: int,
    seed: int,
) -> Relabelled:
    """Label events at random and count the labellings as extreme as the one observed.

    Parameters
    ----------
    centres
        Where the events of both groups lie.
    first
        Whether each event belongs to the first group.
    smoothing
        The kernel, window and edge correction.
    shown
        Cells over which the distance between the surfaces is measured, shape (rows, columns).
    permutations, seed
        How many labellings, and where the generator starts.
    """
    both = smoothing.surface(centres.add_up())
    observed = smoothing.surface(centres.add_up(first.astype(float)))
    share = float(first.mean())
    apart = surfaces_apart(observed, both, share, shown)
    tie = _TIE * float(both.max())
    at_least = np.ones(both.shape, dtype=np.int64)
    at_most = np.ones(both.shape, dtype=np.int64)
    as_far = 1
    generator = np.random.default_rng(seed)
    step = max(_CELLS_AT_ONCE // both.size, 1)
    for start in range(0, permutations, step):
        number = min(step, permutations - start)
        chance = smoothing.surface(
            np.stack([_relabelled(centres, first, generator) for _ in range(number)])
        )
        at_least += (chance >= observed - tie).sum(axis=0)
        at_most += (chance <= observed + tie).sum(axis=0)
        as_far += sum(
            surfaces_apart(one, both, share, shown) >= apart * (1 - _TIE) for one in chance
        )
    return Relabelled(at_least, at_most, as_far)


def surfaces_apart(first: FloatArray, both: FloatArray, share: float, shown: BoolArray) -> float:
    """Return how far the first group's part of the surface is from even, over the cells shown.

    With densities f and g of the two groups, each integrating to 1, this is the mean of
    (f / (f + g) - 1/2)². It rises with the squared logarithm of f / g, and stays finite where one
    group has nothing.
    """
    one = first[shown] / share
    other = (both[shown] - first[shown]) / (1 - share)
    total = one + other
    part = np.divide(one, total, out=np.full(one.shape, 0.5), where=total > 0)
    return float(np.square(part - 0.5).mean()) if part.size else 0.0


def _relabelled(
    centres: NearestCentres, first: BoolArray, generator: np.random.Generator
) -> FloatArray:
    return centres.add_up(generator.permutation(first).astype(float))
