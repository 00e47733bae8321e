"""This file knows how often a design finds a fall that is put into a city's own counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.assignments import other_assignments
from forestall._stats.detectable import wedge_starts
from forestall._stats.place_ratios import ratio_of_four_sums
from forestall._stats.randomisation import FourSums, StaggeredStarts, rank_p_value
from forestall._stats.regression import fit_quasi_poisson, season_columns, t_p_value
from forestall._stats.start_lots import other_starts
from forestall.errors import CannotAnswer
from forestall.evaluation.place_months import PlaceMonths, read_place_months
from forestall.evaluation.schemes import Design, Scheme
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from forestall.records import Counts

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

_LOTS = 199
# The logarithm of fewer incidents says little.
_LEAST_OF_A_PLACE = 5


def scheme_from_history(
    history: pd.DataFrame | Counts,
    *,
    treated_places: int,
    comparison_places: int = 0,
    months_before: int = 12,
    months_after: int = 12,
    steps: int = 4,
) -> Scheme:
    """Return a scheme with the rate, the dispersion and the spread of places of a city's counts.

    Both are means over stretches as long as the scheme, or over the whole history if that is
    shorter. The dispersion is Pearson's, once places and months have their own level; the spread is
    how much the change from before to after varies between places beyond that.

    Parameters
    ----------
    history
        Incidents by place and month, zeros included; see `analyse_trial`.
    treated_places, comparison_places, months_before, months_after, steps
        As in `Scheme`.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     [(place, month, 3) for place in "ABCD" for month in ("2024-01", "2024-02")],
    ...     columns=["place", "period", "incidents"])
    >>> scheme_from_history(rows, treated_places=2).monthly_incidents
    3.0
    """
    counts = _complete(read_place_months(history))
    if not counts.size or not counts.sum():
        raise CannotAnswer(message("A history needs incidents, but there are none."))
    before, after = months_before, months_after
    if counts.shape[1] < before + after:
        before, after = counts.shape[1] // 2, counts.shape[1] - counts.shape[1] // 2
    length = before + after
    runs = [
        counts[:, first : first + length]
        for first in range(0, counts.shape[1] - length + 1, length)
        if counts[:, first : first + length].any()
    ]
    dispersion = float(np.mean([_dispersion(run) for run in runs]))
    extra = float(np.mean([_extra(run, before, dispersion) for run in runs]))
    return Scheme(
        monthly_incidents=float(counts.mean()),
        treated_places=treated_places,
        comparison_places=comparison_places,
        months_before=months_before,
        months_after=months_after,
        dispersion=dispersion,
        place_spread=float(np.sqrt(max(extra, 0.0))),
        steps=steps,
    )


def simulate_power(
    history: PlaceMonths,
    scheme: Scheme,
    *,
    fall: float,
    level: float,
    designs: Sequence[Design],
    draws: int,
    seed: int,
) -> pd.DataFrame:
    """Return ``design``, ``simulated_power`` and ``simulated_size``.

    Each draw takes places by lot and a run of months of the scheme's length from the history.

    Raises
    ------
    CannotAnswer
        If the history has fewer places or months than the scheme.
    """
    counts = _complete(history)
    months = scheme.months_before + scheme.months_after
    _check_long_enough(counts, scheme, months)
    found = {design: np.zeros(2) for design in designs}
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        places = generator.permutation(counts.shape[0])[: scheme.places]
        first = int(generator.integers(counts.shape[1] - months + 1))
        drawn = counts[places, first : first + months]
        lot = int(generator.integers(2**31))
        for design in designs:
            starts = _starts(scheme, design)
            there = np.arange(months) >= starts[:, None]
            kept = generator.binomial(drawn.astype(int), 1 - fall).astype(float)
            for column, shown in enumerate((np.where(there, kept, drawn), drawn)):
                p_value = _TESTS[design](shown, starts, scheme, lot)
                found[design][column] += p_value <= 1 - level
    return pd.DataFrame(
        [(design.value, *(hits / draws)) for design, hits in found.items()],
        columns=["design", "simulated_power", "simulated_size"],
    )


def _check_long_enough(counts: FloatArray, scheme: Scheme, months: int) -> None:
    if counts.shape[0] < scheme.places or counts.shape[1] < months:
        raise CannotAnswer(
            message(
                "The scheme has {places} places and {months} months, but the history has "
                "{had_places} and {had_months}.",
                places=scheme.places,
                months=months,
                had_places=counts.shape[0],
                had_months=counts.shape[1],
            )
        )


def _complete(history: PlaceMonths) -> FloatArray:
    """Return the months that every place has."""
    return history.counts[:, ~np.isnan(history.counts).any(axis=0)]


def _dispersion(counts: FloatArray) -> float:
    mean = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    inside = mean > 0
    places, months = (counts.sum(axis=1) > 0).sum(), (counts.sum(axis=0) > 0).sum()
    freedom = (places - 1) * (months - 1)
    if freedom < 1:
        return 1.0
    pearson = (np.square(counts - mean)[inside] / mean[inside]).sum()
    return max(1.0, float(pearson / freedom))


def _extra(counts: FloatArray, before: int, dispersion: float) -> float:
    """Return the variance of places' log changes beyond that of their counts."""
    one, two = counts[:, :before].sum(axis=1), counts[:, before:].sum(axis=1)
    both = (one >= _LEAST_OF_A_PLACE) & (two >= _LEAST_OF_A_PLACE)
    if both.sum() < 4:
        return 0.0
    one, two = one[both], two[both]
    return float(np.log(two / one).var(ddof=1) - dispersion * (1 / one + 1 / two).mean())


def _starts(scheme: Scheme, design: Design) -> IntArray:
    months = scheme.months_before + scheme.months_after
    if design is Design.WEDGE:
        return wedge_starts(
            places=scheme.places,
            steps=scheme.steps,
            before=scheme.months_before,
            after=scheme.months_after,
        )
    starts = np.full(scheme.places, months, dtype=np.int64)
    starts[: scheme.treated_places] = scheme.months_before
    return starts


def _sums(counts: FloatArray, scheme: Scheme) -> tuple[FloatArray, FloatArray]:
    return (
        counts[:, : scheme.months_before].sum(axis=1),
        counts[:, scheme.months_before :].sum(axis=1),
    )


def _p_of_cells(counts: FloatArray, scheme: Scheme, groups: Sequence[slice]) -> float:
    """Return the p-value of the log ratio, with the dispersion of months within the cells."""
    log, variance, pearson, freedom, sign = 0.0, 0.0, 0.0, 0, 1.0
    for group in groups:
        monthly = counts[group].sum(axis=0)
        cells = monthly[: scheme.months_before], monthly[scheme.months_before :]
        for cell, side in zip(cells, (-sign, sign), strict=True):
            if not cell.sum():
                return 1.0
            log += side * np.log(cell.mean())
            variance += 1 / cell.sum()
            pearson += np.square(cell - cell.mean()).sum() / cell.mean()
            freedom += cell.size - 1
        sign = -1.0
    if freedom < 1:
        return t_p_value(log, np.sqrt(variance * scheme.dispersion), degrees_of_freedom=1e9)
    error = np.sqrt(variance * max(1.0, pearson / freedom))
    return t_p_value(log, error, degrees_of_freedom=freedom)


def _p_of_before_after(counts: FloatArray, _: IntArray, scheme: Scheme, __: int) -> float:
    return _p_of_cells(counts, scheme, [slice(0, scheme.treated_places)])


def _p_of_four_cells(counts: FloatArray, _: IntArray, scheme: Scheme, __: int) -> float:
    treated = scheme.treated_places
    return _p_of_cells(counts, scheme, [slice(0, treated), slice(treated, None)])


def _p_of_series(counts: FloatArray, _: IntArray, scheme: Scheme, __: int) -> float:
    monthly = counts[: scheme.treated_places].sum(axis=0)
    number = np.arange(monthly.size)
    design = np.column_stack(
        [
            np.ones(monthly.size),
            number >= scheme.months_before,
            number + 1.0,
            season_columns(number % 12 + 1),
        ]
    )
    try:
        fit = fit_quasi_poisson(design, monthly)
    except np.linalg.LinAlgError:
        return 1.0
    if not fit.is_sound(largest_error=2.0):
        return 1.0
    lags = min(12, monthly.size // 4)
    variances = (
        fit.unscaled_covariance[1, 1] * max(1.0, fit.dispersion),
        fit.autocorrelated_covariance(lags=lags)[1, 1],
    )
    return t_p_value(
        float(fit.coefficients[1]),
        float(np.sqrt(max(variances))),
        degrees_of_freedom=fit.degrees_of_freedom,
    )


def _p_of_panel(counts: FloatArray, _: IntArray, scheme: Scheme, __: int) -> float:
    before, after = _sums(counts, scheme)
    treated = np.arange(scheme.places) < scheme.treated_places
    if not all(sums[arm].sum() for sums in (before, after) for arm in (treated, ~treated)):
        return 1.0
    found = ratio_of_four_sums(before, after, treated, np.zeros(scheme.places, dtype=np.int64))
    return t_p_value(found.log, found.error, degrees_of_freedom=scheme.places - 2)


def _p_of_trial(counts: FloatArray, _: IntArray, scheme: Scheme, seed: int) -> float:
    treated = np.arange(scheme.places) < scheme.treated_places
    strata = np.zeros(scheme.places, dtype=np.int64)
    lots = other_assignments(treated, strata, draws=_LOTS, seed=seed).treated
    return rank_p_value(FourSums(*_sums(counts, scheme), lots).at(0.0))


def _p_of_wedge(counts: FloatArray, starts: IntArray, scheme: Scheme, seed: int) -> float:
    if not counts.sum():
        return 1.0
    strata = np.zeros(scheme.places, dtype=np.int64)
    lots = other_starts(starts, strata, draws=_LOTS, seed=seed).starts
    return rank_p_value(StaggeredStarts(counts, lots).at(0.0))


_TESTS: dict[Design, Callable[[FloatArray, IntArray, Scheme, int], float]] = {
    Design.BEFORE_AFTER: _p_of_before_after,
    Design.SERIES: _p_of_series,
    Design.FOUR_CELLS: _p_of_four_cells,
    Design.PANEL: _p_of_panel,
    Design.WEDGE: _p_of_wedge,
    Design.TRIAL: _p_of_trial,
}
