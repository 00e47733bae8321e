"""This file knows how bandwidths are scored: how well the rest of the events foretells each one.

Events at the same point are left out together, because publishers move points to shared places:
left out one by one, the others at the same point would foretell it perfectly, and the smallest
bandwidth would always win (Silverman 1986, section 3.4).

Every bandwidth has a lattice of its own with four cells to a bandwidth. Binning and looking up
each add a sixth of a squared cell to the variance along each axis on average, which is taken off
the kernel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from forestall._stats.binning import NearestCentres, nearest_centres
from forestall._stats.convolution import LatticeKernel
from forestall._stats.kernels import Kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

ScoreName = Literal["cross_validation", "likelihood"]
_CELLS_A_BANDWIDTH = 4
_MOST_CELLS = 4_000_000
_MOST_ALONG = 8_192
_STEP = np.sqrt(2)
_CLOSE_ENOUGH = 0.01


@dataclass(frozen=True, eq=False)
class Locations:
    """Distinct points, how many events lie at each, and the extent of all."""

    x: FloatArray
    y: FloatArray
    amounts: FloatArray

    @property
    def total(self) -> float:
        """The number of events."""
        return float(self.amounts.sum())

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of the rectangle around the points."""
        return float(np.ptp(self.x)), float(np.ptp(self.y))


def distinct_locations(x: FloatArray, y: FloatArray, amounts: FloatArray) -> Locations:
    """Bring events at the same point together.

    Examples
    --------
    >>> distinct_locations(np.array([1.0, 1, 2]), np.zeros(3), np.ones(3)).amounts.tolist()
    [2.0, 1.0]
    """
    order = np.lexsort([y, x])
    x, y = x[order], y[order]
    starts = np.flatnonzero(np.concatenate([[True], (np.diff(x) != 0) | (np.diff(y) != 0)]))
    return Locations(x[starts], y[starts], np.add.reduceat(amounts[order], starts))


def scott_bandwidth(places: Locations) -> float:
    """Return Scott's bandwidth of a Gaussian, the same along both axes.

    Source: Scott (1992), chapter 6, with two dimensions: the standard deviation times n to the
    power -1/6. The variances of the two axes (divisor n - 1) are averaged.
    """
    variances = [
        float((places.amounts * np.square(axis - _mean(places, axis))).sum() / (places.total - 1))
        for axis in (places.x, places.y)
    ]
    return float(np.sqrt(np.mean(variances)) * places.total ** (-1 / 6))


def tried_bandwidths(places: Locations) -> FloatArray:
    """Return the bandwidths to score, largest first, each 1/√2 of the one before.

    From half the longer side of the rectangle around the points, down to where the lattice would
    have more than four million cells, or more than 8,192 along one axis.
    """
    wide, tall = places.extent
    largest = max(wide, tall) / 2
    bandwidths = largest / _STEP ** np.arange(40)
    across, up = (_CELLS_A_BANDWIDTH * side / bandwidths + 1 for side in (wide, tall))
    few = (across * up <= _MOST_CELLS) & (np.maximum(across, up) <= _MOST_ALONG)
    return np.asarray(bandwidths[few])


def score_bandwidth(places: Locations, bandwidth: float, *, rule: ScoreName) -> float:
    """Return how badly a Gaussian of a bandwidth foretells the events; lower is better.

    "cross_validation" is the integral of the squared density, less twice the mean density at the
    events left out (Rudemo 1982, Bowman 1984). "likelihood" is the mean of minus the logarithm of
    the density at the events left out (Habbema, Hermans & van den Broek 1974), to which a uniform
    density over the rectangle around the points is mixed with the weight 1 / events: a lone event,
    which no other foretells, then costs much but not everything.

    Examples
    --------
    >>> corners = distinct_locations(np.array([0.0, 0, 9, 9]), np.array([0.0, 9, 0, 9]), np.ones(4))
    >>> score_bandwidth(corners, 4.0, rule="likelihood") < 7
    True
    """
    binned = _binned(places, bandwidth)
    left_out = _left_out_density(places, binned, bandwidth)
    if rule == "cross_validation":
        doubled = _smoothed(binned, places, np.sqrt(2) * bandwidth, bandwidth)
        square = float((places.amounts * doubled).sum()) / places.total**2
        return square - 2 * float((places.amounts * left_out).sum()) / places.total
    wide, tall = (max(side, bandwidth) for side in places.extent)
    share = 1 / places.total
    mixed = (1 - share) * left_out + share / (wide * tall)
    return -float((places.amounts * np.log(mixed)).sum()) / places.total


def refine_bandwidth(
    places: Locations, low: float, high: float, *, rule: ScoreName
) -> tuple[float, float]:
    """Return the best bandwidth between two limits, within a hundredth, and its score."""
    from scipy.optimize import minimize_scalar  # slow to import, seldom needed

    found = minimize_scalar(
        lambda log: score_bandwidth(places, float(np.exp(log)), rule=rule),
        bounds=(np.log(low), np.log(high)),
        method="bounded",
        options={"xatol": _CLOSE_ENOUGH},
    )
    return float(np.exp(found.x)), float(found.fun)


def _mean(places: Locations, axis: FloatArray) -> float:
    return float((places.amounts * axis).sum() / places.total)


def _binned(places: Locations, bandwidth: float) -> NearestCentres:
    cell = bandwidth / _CELLS_A_BANDWIDTH
    wide, tall = places.extent
    return nearest_centres(
        places.x,
        places.y,
        origin=(float(places.x.min()), float(places.y.min())),
        cell=cell,
        shape=(int(tall / cell) + 1, int(wide / cell) + 1),
    )


def _smoothed(
    binned: NearestCentres, places: Locations, spread: float, bandwidth: float
) -> FloatArray:
    """Return the sum of the kernels of all events at each point, own kernel included."""
    kernel = _kernel_in_cells(spread, bandwidth)
    surface = LatticeKernel(kernel, binned.framed).smooth(binned.add_up(places.amounts))
    return binned.look_up(surface) / (bandwidth / _CELLS_A_BANDWIDTH) ** 2


def _left_out_density(places: Locations, binned: NearestCentres, bandwidth: float) -> FloatArray:
    kernel = _kernel_in_cells(bandwidth, bandwidth)
    beside = np.exp(-1 / (2 * kernel.bandwidth**2))
    # What an event adds to the value looked up at its own point, through its four centres.
    own = kernel.peak / (bandwidth / _CELLS_A_BANDWIDTH) ** 2
    for share in (binned.across, binned.up):
        own = own * (1 - 2 * share * (1 - share) * (1 - beside))
    others = _smoothed(binned, places, bandwidth, bandwidth) - places.amounts * own
    return np.asarray(np.maximum(others, 0) / (places.total - places.amounts))


def _kernel_in_cells(spread: float, bandwidth: float) -> Kernel:
    in_cells = spread / bandwidth * _CELLS_A_BANDWIDTH
    return Kernel("gaussian", float(np.sqrt(in_cells**2 - 1 / 3)))
