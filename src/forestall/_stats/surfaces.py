"""This file knows how events become a smooth surface, and what is done at the edge of a window.

Sources: uniform, Diggle (1985): the surface is divided by the share of the kernel that falls inside
the window at the place of the estimate. Jones-Diggle, Jones (1993) and Diggle (2010): each event is
divided by that share at its own place, so that the surface integrates to the events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from forestall._stats.convolution import edge_mass, lattice_kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall._stats.kernels import Kernel

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

EdgeName = Literal["none", "uniform", "jones_diggle"]
EDGE_NAMES: tuple[EdgeName, ...] = ("none", "uniform", "jones_diggle")
# An event whose kernel hardly falls on any cell of the window cannot be spread over them.
_LEAST_MASS = 1e-8


def smooth_surface(
    weights: FloatArray, *, kernel: Kernel, inside: BoolArray, edge: EdgeName
) -> FloatArray:
    """Return the events per cell, shape (..., rows, columns); 0 outside the window.

    Parameters
    ----------
    weights
        Weight of the events at each centre, framed by one cell as in `forestall._stats.binning`.
    kernel
        With its bandwidth in cells.
    inside
        Which cells belong to the window, shape (rows, columns).
    edge
        What is done about the part of each kernel that falls outside the window.

    Examples
    --------
    >>> from forestall._stats.kernels import Kernel
    >>> weights = np.zeros((7, 7))
    >>> weights[1, 1] = 1.0
    >>> corner = {"kernel": Kernel("gaussian", 2.0), "inside": np.ones((5, 5), dtype=bool)}
    >>> float(smooth_surface(weights, edge="none", **corner).sum().round(3))
    0.346
    >>> float(smooth_surface(weights, edge="jones_diggle", **corner).sum().round(3))
    1.0
    """
    lattice = lattice_kernel(kernel, weights.shape[-2:])
    if edge == "jones_diggle":
        mass = edge_mass(kernel, np.pad(inside, 1))
        weights = np.divide(weights, mass, out=np.zeros_like(weights), where=mass > _LEAST_MASS)
    surface = lattice.smooth(weights)[..., 1:-1, 1:-1]
    if edge == "uniform":
        surface = surface / edge_mass(kernel, np.pad(inside, 1))[1:-1, 1:-1].clip(_LEAST_MASS)
    return surface if inside.all() else np.where(inside, surface, 0.0)
