"""This file knows how densely incidents lie: a smooth surface of incidents per square kilometre."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from forestall._stats.kernels import KERNEL_NAMES, Kernel, KernelName
from forestall._stats.surfaces import EDGE_NAMES, EdgeName, smooth_surface
from forestall.diagnosis.study_window import choose_window, locate_events
from forestall.errors import CannotAnswer
from forestall.languages import (
    Decimal,
    Message,
    Quantity,
    Share,
    decimals_of_limit,
    message,
    plural_message,
    say,
    say_plural,
)
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    from numpy.typing import NDArray

    from forestall.diagnosis.study_window import Events, Window
    from forestall.records import Counts, Incidents, SquareGrid

_MOST_BOUND = 0.25


@dataclass(frozen=True, eq=False, kw_only=True)
class Density(Result):
    """A smooth surface of how densely incidents were recorded.

    ``table`` has one row per cell in the window: ``place`` (its code in ``grid``), ``x``, ``y``
    (centre, metres) and ``density_per_km2`` (incidents per square kilometre at the centre).

    Attributes
    ----------
    surface
        The same densities, shape (rows, columns), row 0 in the south; NaN outside the window.
    grid
        The cells; ``at_risk`` marks those in the window.
    bandwidth_m, kernel, edge
        As given. The bandwidth of a Gaussian is its standard deviation along each axis, that of
        a quartic kernel its radius.
    events
        Incidents in the window.
    outside
        Incidents that lie outside it, or nowhere, and are left out.
    integral
        Density times area, added up over the window. Without edge correction it is less than
        ``events`` by what the kernels put outside; with "jones_diggle" it equals ``events``.
    binning_bound
        The largest error that binning makes of one incident, as a share of its kernel's peak.
    """

    surface: NDArray[np.float64]
    grid: SquareGrid
    bandwidth_m: float
    kernel: KernelName
    edge: EdgeName
    events: int
    outside: int
    integral: float
    binning_bound: float

    def summary(self) -> str:
        """Return the average and the highest density in one plain sentence."""
        area_km2 = self.grid.size * self.grid.cell_m**2 / 1e6
        return say_plural(
            "{count} incident: the density is {mean} per km² on average and at most {peak} per "
            "km².",
            "{count} incidents: the density is {mean} per km² on average and at most {peak} per "
            "km².",
            self.events,
            mean=Decimal(self.integral / area_km2, 1),
            peak=Decimal(float(self.table["density_per_km2"].max()), 1),
        )

    def plot(self) -> alt.LayerChart:
        """Return the surface as a plain map, coarsened where it has very many cells."""
        from forestall._charts import surface_chart
        from forestall.diagnosis.surface_map import coarse_squares

        squares, size_m = coarse_squares(self.grid, self.surface)
        return surface_chart(squares, size_m=size_m, title=say("Incidents per km²"))


def estimate_density(
    incidents: Incidents | Counts,
    *,
    bandwidth_m: float,
    cell_m: float | None = None,
    kernel: KernelName = "gaussian",
    edge: EdgeName = "none",
    window: Any = None,
) -> Density:
    """Estimate how densely incidents were recorded, as a smooth surface (kernel density).

    Every incident is spread around its point by a kernel, and what arrives at the centre of each
    cell is added up. Points in memory become incidents with `Incidents.from_frame`.

    Parameters
    ----------
    incidents
        Incidents with points; or counts by squares, whose incidents are taken to lie at the
        centres of the squares.
    bandwidth_m
        How far an incident is spread, in metres: of a Gaussian kernel the standard deviation along
        each axis, of a quartic kernel the radius. A quartic kernel is about as smooth as a
        Gaussian of its radius divided by 2.83.
    cell_m
        Width of a cell in metres. May be left out with counts, or with squares as the window.
    kernel
        "gaussian" (cut off at seven standard deviations) or "quartic" (0 from its radius on).
    edge
        "none" leaves out what falls outside the window, so that densities near its edge are too
        low. "uniform" divides the density of each cell by the share of a kernel there that falls
        inside (Diggle 1985). "jones_diggle" divides each incident by that share at its own point
        (Jones 1993), so that the density integrates to the incidents.
    window
        The study area; incidents outside it are left out. None takes the rectangle around the
        incidents, without a margin, or the squares of the counts. A shapely polygon (in the
        projection of the incidents), areas or a GeoDataFrame is laid out in cells whose centre
        lies inside. A grid of squares is taken as it is, with its squares at risk.

    Raises
    ------
    CannotAnswer
        If no incident lies in the window, counts are not by squares, or the cells are too coarse
        for the bandwidth: a Gaussian needs a bandwidth of one cell or more, a quartic kernel of
        two.
    InvalidPlaces
        If the window cannot serve, or would have more than 25 million cells.

    Notes
    -----
    Incidents are spread over the four nearest centres by linear binning (Wand 1994), then
    smoothed by Fourier transform. ``binning_bound`` is the largest error of one incident: the
    cell's width squared over 4 × bandwidth² (Gaussian) or over bandwidth² (quartic) of the
    kernel's peak. The kernel is scaled so that it sums to 1 over the cells. Source: Silverman
    (1986), chapter 4.

    Examples
    --------
    >>> from forestall.records import Incidents
    >>> frame = pd.DataFrame({"x": [449_050.0, 449_950.0], "y": 520_050.0, "at": "2024-01-03"})
    >>> thefts = Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="at")
    >>> density = estimate_density(thefts, bandwidth_m=200, cell_m=100, edge="jones_diggle")
    >>> density.surface.shape, round(density.integral, 6)
    ((1, 10), 2.0)
    >>> density.summary()
    '2 incidents: the density is 20.0 per km² on average and at most 33.3 per km².'
    """
    smoother = check_kernel(kernel, bandwidth_m, edge)
    studied, events, outside = _studied(locate_events(incidents), cell_m, window)
    cell = studied.grid.cell_m
    per_cell = smooth_surface(
        studied.centres_near(events).add_up(events.amounts),
        kernel=in_cells(smoother, cell),
        inside=studied.inside,
        edge=edge,
    )
    integral, surface = float(per_cell.sum()), per_cell / (cell**2 / 1e6)
    return Density(
        table=cells_table(studied.grid, density_per_km2=surface),
        caveats=(
            *surface_caveats(studied, smoother, edge, events=events, outside=outside),
            *_lost_caveat(edge, integral, events.total),
            message("More records do not mean more risk for each person: people gather in places."),
        ),
        made_by=f"estimate_density(bandwidth_m={bandwidth_m}, cell_m={cell}, kernel='{kernel}', "
        f"edge='{edge}')",
        surface=surface if studied.inside.all() else np.where(studied.inside, surface, np.nan),
        grid=studied.grid,
        bandwidth_m=smoother.bandwidth,
        kernel=kernel,
        edge=edge,
        events=events.total,
        outside=outside,
        integral=integral,
        binning_bound=smoother.binning_bound(cell),
    )


def _studied(found: Events, cell_m: float | None, window: Any) -> tuple[Window, Events, int]:
    """Return the window, the events in it, and how many incidents are left out."""
    studied = choose_window(found, cell_m=cell_m, window=window)
    inside = studied.holds(found)
    events = found if inside.all() else found.kept(inside)
    if not events.total:
        raise CannotAnswer(
            f"A density needs at least one incident in the study area, but none of "
            f"{found.total:,} lies there."
        )
    return studied, events, found.total - events.total + found.without_place


def check_kernel(kernel: KernelName, bandwidth_m: float, edge: EdgeName) -> Kernel:
    """Return the kernel that was asked for, or refuse what is none."""
    if kernel not in KERNEL_NAMES or edge not in EDGE_NAMES:
        raise ValueError(
            f"A kernel is one of {', '.join(KERNEL_NAMES)} and an edge correction one of "
            f"{', '.join(EDGE_NAMES)}, but “{kernel}” and “{edge}” were given."
        )
    if not isinstance(bandwidth_m, Real) or not 0 < bandwidth_m < float("inf"):
        raise ValueError(
            f"A bandwidth is a number of more than 0 m, but {bandwidth_m!r} was given."
        )
    return Kernel(kernel, float(bandwidth_m))


def in_cells(kernel: Kernel, cell_m: float) -> Kernel:
    """Return the kernel with its bandwidth counted in cells.

    Raises
    ------
    CannotAnswer
        If binning could move an incident by more than a quarter of the kernel's peak.
    """
    if kernel.binning_bound(cell_m) > _MOST_BOUND * (1 + 1e-9):
        least = cell_m * (2 if kernel.name == "quartic" else 1)
        raise CannotAnswer(
            f"With cells of {cell_m:g} m a {kernel.name} kernel needs a bandwidth of at least "
            f"{least:g} m, but {kernel.bandwidth:g} m was given; take smaller cells or a larger "
            f"bandwidth."
        )
    return Kernel(kernel.name, kernel.bandwidth / cell_m)


def cells_table(grid: SquareGrid, **columns: NDArray[Any]) -> pd.DataFrame:
    """Return one row per cell in the window: its code, its centre and values of rows × columns."""
    code = grid.codes
    row, column = np.divmod(code, grid.columns)
    west, south = grid.origin
    made = {
        "place": code,
        "x": (west + (np.arange(grid.columns) + 0.5) * grid.cell_m)[column],
        "y": (south + (np.arange(grid.rows) + 0.5) * grid.cell_m)[row],
    }
    return pd.DataFrame(
        {**made, **{name: values.ravel()[code] for name, values in columns.items()}}
    )


def surface_caveats(
    studied: Window, kernel: Kernel, edge: EdgeName, *, events: Events, outside: int
) -> tuple[Message, ...]:
    """Say how a surface was made, what was left out, and where its detail is not real."""
    bound = kernel.binning_bound(studied.grid.cell_m)
    said = [
        message(
            _KERNEL[kernel.name],
            bandwidth=Quantity(kernel.bandwidth, "m"),
            cells=studied.grid.size,
            size=Quantity(studied.grid.cell_m, "m"),
            bound=Share(bound, decimals=decimals_of_limit(bound)),
        ),
        message(_EDGE[edge]),
        *studied.notes,
    ]
    if outside:
        said.append(
            plural_message(
                "{count} incident lies outside the study area or nowhere and is left out.",
                "{count} incidents lie outside the study area or nowhere and are left out.",
                outside,
            )
        )
    if events.grid is not None:
        said.append(message("Each incident is taken to lie at the centre of its square."))
    if events.moved:
        said.append(message(_MOVED))
    if 2 * kernel.spread > studied.grid.cell_m * min(studied.inside.shape):
        said.append(message(_WIDE))
    return tuple(said)


def _lost_caveat(edge: EdgeName, integral: float, events: int) -> tuple[Message, ...]:
    lost = 1 - integral / events
    if edge == "uniform" or lost < 5e-4:
        return ()
    return (message(_LOST, share=Share(lost, decimals=1)),)


_KERNEL = {
    "gaussian": (
        "A Gaussian kernel with a standard deviation of {bandwidth} was evaluated at the centres "
        "of {cells} squares of {size}; binning moves the share of one incident by at most {bound} "
        "of its peak."
    ),
    "quartic": (
        "A quartic kernel with a radius of {bandwidth} was evaluated at the centres of {cells} "
        "squares of {size}; binning moves the share of one incident by at most {bound} of its peak."
    ),
}
_EDGE = {
    "none": (
        "Nothing makes up for what lies beyond the edge of the study area, so that densities near "
        "it are too low."
    ),
    "uniform": (
        "Near the edge of the study area densities were raised as if incidents went on beyond it "
        "as they do inside (uniform correction)."
    ),
    "jones_diggle": (
        "Incidents near the edge of the study area were weighted up for the part of their kernel "
        "that falls outside it (Jones and Diggle)."
    ),
}
_MOVED = (
    "The publisher moves points to shared places; detail finer than these moves is not real, so "
    "keep the bandwidth larger than they are."
)
_WIDE = (
    "The bandwidth is so large for the study area that the surface shows little more than the "
    "average."
)
_LOST = "{share} of the incidents' weight fell outside the study area and is in no cell."
