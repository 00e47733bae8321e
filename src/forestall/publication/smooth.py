"""This file knows how published counts by square become a smooth surface.

The surface is made of numbers that are published, with one and the same number for each hidden one.
So it tells nothing that the squares do not tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.records import SquareGrid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.disclosure import SafeTable
    from forestall.publication.pictures import BaseLines, MapWords
    from forestall.records import Places

BANDWIDTH_CELLS = 1.5
# Odd, so that the middle of a square is the middle of one of its parts.
PARTS = 3


@dataclass(frozen=True, kw_only=True)
class SmoothMap:
    """A smooth surface of the counts in a protected table, in classes.

    Attributes
    ----------
    safe
        ``place`` and ``incidents``; a place at risk without a row is studied and empty.
    places
        The squares of the table.
    hidden_as
        What a hidden number counts as.
    breaks
        Lowest density of each class in incidents per km², rising; below the first is the ground.
    borders
        Areas whose outlines are drawn for orientation.
    window
        West, south, east and north in metres of the part that is drawn; None for all.
    drawn
        The classes as they were drawn, so that a stored map needs no computing; else empty.
    boundaries, streets
        Lines from files of the user.
    """

    safe: SafeTable
    places: SquareGrid
    hidden_as: int
    words: MapWords
    breaks: tuple[int, ...] = ()
    borders: Places | None = None
    window: tuple[float, float, float, float] | None = None
    areas: dict[str, tuple[object, ...]] = field(default_factory=dict)
    drawn: tuple[int, ...] = ()
    boundaries: BaseLines | None = None
    streets: BaseLines | None = None

    @property
    def bandwidth_m(self) -> float:
        """The standard deviation of the Gaussian kernel in metres."""
        return BANDWIDTH_CELLS * self.places.cell_m

    @cached_property
    def parts(self) -> SquareGrid:
        """The parts of the squares, in which the surface is drawn."""
        grid = self.places
        rows, columns = np.divmod(np.asarray(grid.codes), grid.columns)
        studied = np.zeros((grid.rows, grid.columns), dtype=bool)
        studied[rows, columns] = True
        return SquareGrid(
            origin=grid.origin,
            cell_m=grid.cell_m / PARTS,
            columns=grid.columns * PARTS,
            rows=grid.rows * PARTS,
            crs=grid.crs,
            at_risk=np.kron(studied, np.ones((PARTS, PARTS), dtype=bool)),
        )

    @cached_property
    def density(self) -> NDArray[np.float64]:
        """Incidents per km² in each of ``parts``, in the order of its codes."""
        from forestall._stats.binning import nearest_centres
        from forestall._stats.kernels import Kernel
        from forestall._stats.surfaces import smooth_surface

        frame = self.safe.frame
        counts = pd.to_numeric(frame["incidents"], errors="coerce").fillna(self.hidden_as)
        row, column = np.divmod(frame["place"].to_numpy(np.int64), self.places.columns)
        grid, some = self.parts, counts.to_numpy(float) > 0
        shape = (grid.rows, grid.columns)
        centres = nearest_centres(
            grid.origin[0] + (column[some] + 0.5) * self.places.cell_m,
            grid.origin[1] + (row[some] + 0.5) * self.places.cell_m,
            origin=grid.origin,
            cell=grid.cell_m,
            shape=shape,
        )
        inside = np.ones(shape, dtype=bool) if grid.at_risk is None else grid.at_risk
        kernel = Kernel("gaussian", self.bandwidth_m / grid.cell_m)
        events = centres.add_up(counts.to_numpy(float)[some])
        surface = smooth_surface(events, kernel=kernel, inside=inside, edge="none")
        return np.asarray(surface.ravel()[np.asarray(grid.codes)] / (grid.cell_m**2 / 1e6))

    @property
    def classes(self) -> NDArray[np.int64]:
        """The class of each of ``parts``: 1 and up, 0 below the first break."""
        if self.drawn:
            return np.array(self.drawn, dtype=np.int64)
        return np.asarray(np.digitize(self.density, np.asarray(self.breaks)), dtype=np.int64)
