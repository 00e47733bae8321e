"""This file knows where one kind of incident, or one period, is denser than another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from forestall._stats.relabelling import Relabelled, Smoothing, relabel
from forestall.diagnosis.density import cells_table, check_kernel, in_cells
from forestall.diagnosis.density_comparison_caveats import (
    Alternative,
    ComparisonTest,
    comparison_caveats,
)
from forestall.diagnosis.event_pair import EventPair, pair_events
from forestall.diagnosis.study_window import locate_events
from forestall.errors import CannotAnswer
from forestall.languages import Share, decimals_of_limit, say
from forestall.results import Result

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    from numpy.typing import NDArray

    from forestall._stats.kernels import KernelName
    from forestall._stats.surfaces import EdgeName
    from forestall.records import Counts, Incidents, SquareGrid

    FloatArray = NDArray[np.float64]

_DRAWN_TO = float(np.log(4))
# Incidents within the effective area of the kernel that are as good as none; far out in the tails
# of all kernels a ratio would be one of rounding errors.
_NOTHING = 1e-3


@dataclass(frozen=True, eq=False, kw_only=True)
class DensityComparison(Result):
    """Where two patterns of incidents differ in shape, whatever their numbers.

    ``table`` has one row per cell in the window: ``place``, ``x``, ``y`` (centre, metres),
    ``first_per_km2``, ``second_per_km2`` (densities), ``ratio`` (of the densities, each divided by
    the incidents of its group; 1 where the two are alike, 0 or infinite where one group has less
    than a thousandth of an incident within the effective area of the kernel),
    ``log_ratio``, ``p_value``, and ``state``: "higher" or "lower" inside a tolerance contour,
    "neither", or "too few" where the densities are below the floor; there ``ratio``,
    ``log_ratio`` and ``p_value`` are missing.

    Attributes
    ----------
    grid
        The cells; ``at_risk`` marks those in the window.
    bandwidth_m, kernel, edge
        As given; see `estimate_density`.
    first_events, second_events
        Incidents of each group in the window.
    floor_per_km2
        Density of both groups together below which nothing is said.
    overall_p_value
        Of the two patterns being alike everywhere; None without permutations.
    alternative, level, permutations, seed
        As given.
    """

    grid: SquareGrid
    bandwidth_m: float
    kernel: KernelName
    edge: EdgeName
    first_events: int
    second_events: int
    floor_per_km2: float
    overall_p_value: float | None
    alternative: Alternative
    level: float
    permutations: int
    seed: int

    def summary(self) -> str:
        """Return whether the two patterns differ, and on how much of the area, in plain words."""
        states = self.table["state"]
        shown = int((states != "too few").sum())
        if self.overall_p_value is None:
            return say("The two patterns were compared, but not set against chance.")
        if self.overall_p_value > self.level:
            return say("The two patterns cannot be told apart from chance.")
        parts = {
            state: Share(part, decimals=decimals_of_limit(part))
            for state in ("higher", "lower")
            for part in [float((states == state).sum()) / shown]
        }
        return say(_DIFFER[self.alternative], **parts)

    def plot(self) -> alt.LayerChart:
        """Return the logarithm of the ratio as a plain map, the contours outlined."""
        from forestall._charts import contrast_chart
        from forestall.diagnosis.surface_map import coarse_outline, coarse_squares

        drawn = self.table["log_ratio"].clip(-_DRAWN_TO, _DRAWN_TO).to_numpy(dtype=float)
        within = self.table["state"].isin(["higher", "lower"]).to_numpy()
        surface = self.grid.on_lattice(drawn, elsewhere=np.nan)
        squares, size_m = coarse_squares(self.grid, surface)
        lines = coarse_outline(self.grid, self.grid.on_lattice(within))
        return contrast_chart(squares, lines, size_m=size_m, title=say("Ratio (logarithm)"))


def compare_densities(
    first: Incidents | Counts,
    second: Incidents | Counts,
    *,
    bandwidth_m: float,
    seed: int,
    cell_m: float | None = None,
    kernel: KernelName = "gaussian",
    edge: EdgeName = "jones_diggle",
    window: Any = None,
    permutations: int = 99,
    alternative: Alternative = "two-sided",
    level: float = 0.05,
    least_incidents: float = 5.0,
) -> DensityComparison:
    """Compare where incidents of two kinds or periods lie, as a ratio of two densities.

    The ratio is of shapes: each density is divided by the number of incidents in its group. A
    second period with half the incidents everywhere has a ratio of 1 everywhere.

    Parameters
    ----------
    first, second
        Two groups of incidents with points in one projection, or of counts by the same squares. An
        incident in both is counted twice.
    bandwidth_m, cell_m, kernel, edge, window
        As for `estimate_density`; the same for both groups. None as the window takes the rectangle
        around the incidents of both. With "none" and "uniform" the ratio is the same.
    permutations, seed
        How often all incidents are labelled at random as the first or the second group, and where
        the generator starts. With 0 permutations there are no p-values.
    alternative
        "greater" looks for places where the first group is denser than the second would lead one
        to expect, "less" for places where it is less dense, "two-sided" for both (twice the
        smaller p-value).
    level
        Largest p-value inside a tolerance contour.
    least_incidents
        Nothing is said where fewer incidents of both groups together than this lie within the
        effective area of the kernel (4π bandwidth² for a Gaussian, 5π/9 of its squared radius
        for a quartic kernel).

    Raises
    ------
    CannotAnswer
        If a group has no incident in the window, both together are nowhere dense enough, or the
        cells are too coarse for the bandwidth.
    InvalidPlaces
        If the two are of different projections or squares, or the window cannot serve.

    Notes
    -----
    Sources: Bithell (1990, 1991) for the ratio; Kelsall & Diggle (1995) for random labelling and
    tolerance contours. p = (1 + labellings as extreme) / (permutations + 1), cell by cell, not
    adjusted for the number of cells. ``overall_p_value`` is one test of the whole surface, by the
    mean over the cells shown of (f / (f + g) - 1/2)².

    Examples
    --------
    >>> import pandas as pd
    >>> from forestall.records import Counts, square_grid
    >>> grid = square_grid(origin=(0, 0), cell_m=100, columns=20, rows=10, crs="EPSG:27700")
    >>> before = Counts.from_frame(pd.DataFrame({"place": range(200)}), places=grid)
    >>> west = [cell for cell in range(200) if cell % 20 < 10]
    >>> after = Counts.from_frame(pd.DataFrame({"place": west}), places=grid)
    >>> found = compare_densities(after, before, bandwidth_m=200, seed=1)
    >>> found.table.set_index("place").loc[[102, 117], "state"].tolist()
    ['higher', 'lower']
    """
    smoother = check_kernel(kernel, bandwidth_m, edge)
    test = ComparisonTest(permutations, seed, alternative, level, least_incidents)
    pair = pair_events(locate_events(first), locate_events(second), cell_m=cell_m, window=window)
    cell, floor = pair.studied.grid.cell_m, test.floor_per_km2(smoother)
    smoothing = Smoothing(in_cells(smoother, cell), pair.studied.inside, edge)
    surfaces = _surfaces(pair, smoothing, floor, nothing=_NOTHING / smoother.effective_area * 1e6)
    table, overall = _tested(pair, surfaces, smoothing, test)
    return DensityComparison(
        table=table,
        caveats=comparison_caveats(pair, table, smoother, edge, test),
        made_by=f"compare_densities(bandwidth_m={bandwidth_m}, cell_m={cell}, kernel='{kernel}', "
        f"edge='{edge}', {test.words})",
        grid=pair.studied.grid,
        bandwidth_m=smoother.bandwidth,
        kernel=kernel,
        edge=edge,
        first_events=pair.first_total,
        second_events=pair.second_total,
        floor_per_km2=floor,
        overall_p_value=overall,
        alternative=alternative,
        level=level,
        permutations=permutations,
        seed=seed,
    )


@dataclass(frozen=True, eq=False)
class _Surfaces:
    """Densities of each group and their ratio of shapes, shape (rows, columns)."""

    first: FloatArray
    second: FloatArray
    ratio: FloatArray
    shown: NDArray[np.bool_]


def _surfaces(pair: EventPair, smoothing: Smoothing, floor: float, *, nothing: float) -> _Surfaces:
    """Return both densities and their ratio, where they are at least a floor and not nothing."""
    centres = pair.studied.centres_near(pair.events)
    per_km2 = 1e6 / pair.studied.grid.cell_m**2
    first, second = (
        smoothing.surface(centres.add_up(one.astype(float))) * per_km2
        for one in (pair.is_first, ~pair.is_first)
    )
    shown = pair.studied.inside & (first + second >= max(floor, nothing))
    if not shown.any():
        raise CannotAnswer(
            f"Both groups together are nowhere as dense as {floor:.2g} per km², below which a "
            f"ratio means little; take a larger bandwidth or lower least_incidents."
        )
    odds = pair.first_total / pair.second_total
    ratio = np.full(first.shape, np.inf)
    np.divide(first, second * odds, out=ratio, where=second >= nothing)
    ratio[first < nothing] = 0.0
    return _Surfaces(first, second, np.where(shown, ratio, np.nan), shown)


def _tested(
    pair: EventPair, surfaces: _Surfaces, smoothing: Smoothing, test: ComparisonTest
) -> tuple[pd.DataFrame, float | None]:
    chance = relabel(
        pair.studied.centres_near(pair.events),
        pair.is_first,
        smoothing=smoothing,
        shown=surfaces.shown,
        permutations=test.permutations,
        seed=test.seed,
    )
    p_values = _p_values(chance, test.permutations, test.alternative)
    table = _table(pair.studied.grid, surfaces, p_values)
    table["state"] = _states(table, test.level)
    return table, chance.as_far / (test.permutations + 1) if test.permutations else None


def _p_values(chance: Relabelled, permutations: int, alternative: Alternative) -> FloatArray:
    if not permutations:
        return np.full(chance.at_least.shape, np.nan)
    if alternative == "greater":
        extreme = chance.at_least
    elif alternative == "less":
        extreme = chance.at_most
    else:
        extreme = 2 * np.minimum(chance.at_least, chance.at_most)
    return np.minimum(extreme / (permutations + 1), 1.0)


def _table(grid: SquareGrid, surfaces: _Surfaces, p_values: FloatArray) -> pd.DataFrame:
    with np.errstate(divide="ignore"):
        logarithm = np.log(surfaces.ratio)
    return cells_table(
        grid,
        first_per_km2=surfaces.first,
        second_per_km2=surfaces.second,
        ratio=surfaces.ratio,
        log_ratio=logarithm,
        p_value=np.where(surfaces.shown, p_values, np.nan),
    )


def _states(table: pd.DataFrame, level: float) -> NDArray[np.object_]:
    within = (table["p_value"] <= level).to_numpy()
    states = np.select(
        [table["ratio"].isna(), within & (table["ratio"] > 1), within & (table["ratio"] < 1)],
        ["too few", "higher", "lower"],
        "neither",
    )
    return states.astype(object)


_DIFFER = {
    "two-sided": (
        "The two patterns differ by more than chance: on {higher} of the area shown the first is "
        "denser than the second would lead one to expect, on {lower} it is less dense."
    ),
    "greater": (
        "The two patterns differ by more than chance: on {higher} of the area shown the first is "
        "denser than the second would lead one to expect; where it is less dense was not looked "
        "for."
    ),
    "less": (
        "The two patterns differ by more than chance: on {lower} of the area shown the first is "
        "less dense than the second would lead one to expect; where it is denser was not looked "
        "for."
    ),
}
