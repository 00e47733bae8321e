"""This file knows kernels: how the weight of one event falls off with distance in the plane.

Each kernel integrates to 1. The bandwidth of the Gaussian is its standard deviation along each
axis; that of the quartic kernel is the radius beyond which it is 0 (Silverman 1986, section 4.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

KernelName = Literal["gaussian", "quartic"]
KERNEL_NAMES: tuple[KernelName, ...] = ("gaussian", "quartic")
# Beyond seven standard deviations lies exp(-24.5) = 2.3e-11 of a Gaussian in the plane.
GAUSSIAN_REACH = 7.0
# A quartic kernel of this radius has the standard deviation 1 along each axis.
QUARTIC_RADIUS = float(np.sqrt(8))
_CHUNK = 4_000_000


@dataclass(frozen=True)
class Kernel:
    """A kernel with its bandwidth, in the unit of the distances.

    Examples
    --------
    >>> Kernel("quartic", 2.0).at(np.array([0.0, 4.0])).round(4).tolist()
    [0.2387, 0.0]
    """

    name: KernelName
    bandwidth: float

    @property
    def peak(self) -> float:
        """The value at distance 0."""
        share = 3 / np.pi if self.name == "quartic" else 1 / (2 * np.pi)
        return float(share / self.bandwidth**2)

    @property
    def reach(self) -> float:
        """The distance beyond which the kernel is taken as 0."""
        return self.bandwidth * (1.0 if self.name == "quartic" else GAUSSIAN_REACH)

    @property
    def spread(self) -> float:
        """The standard deviation along each axis."""
        return self.bandwidth / (QUARTIC_RADIUS if self.name == "quartic" else 1.0)

    @property
    def effective_area(self) -> float:
        """The area of the disc that smooths as much: 1 / the integral of the squared kernel."""
        factor = 5 * np.pi / 9 if self.name == "quartic" else 4 * np.pi
        return float(factor * self.bandwidth**2)

    def at(self, squared_distance: FloatArray) -> FloatArray:
        """Return the kernel at squared distances."""
        scaled = squared_distance / self.bandwidth**2
        if self.name == "quartic":
            return np.asarray(self.peak * np.square(np.maximum(1 - scaled, 0)))
        return np.asarray(self.peak * np.exp(-scaled / 2))

    def binning_bound(self, cell: float) -> float:
        """Return the largest error that linear binning makes of one event, as a share of the peak.

        Interpolating a function linearly between points a cell apart errs by at most cell² / 8
        times its largest second derivative, here along both axes.
        """
        return float(cell**2 / (4 * self.spread**2) / (2 if self.name == "quartic" else 1))


def exact_density(
    x: FloatArray, y: FloatArray, *, at_x: FloatArray, at_y: FloatArray, kernel: Kernel
) -> FloatArray:
    """Return the sum of the kernels of all events at some points, without binning.

    The work grows with events × points, so this is for small numbers and for tests.

    Examples
    --------
    >>> one = np.array([0.0])
    >>> exact_density(one, one, at_x=one, at_y=one, kernel=Kernel("gaussian", 1.0)).round(4)
    array([0.1592])
    """
    sums = np.empty(at_x.size)
    step = max(_CHUNK // max(x.size, 1), 1)
    for start in range(0, at_x.size, step):
        part = slice(start, start + step)
        squared = np.square(at_x[part, None] - x) + np.square(at_y[part, None] - y)
        sums[part] = kernel.at(squared).sum(axis=1)
    return sums
