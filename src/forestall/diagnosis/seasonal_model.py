"""This file knows the model of a series of months: level, season, trend, and how much it varies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall._stats.breaks import find_steps, with_steps
from forestall._stats.regression import (
    fit_quasi_poisson,
    season_columns,
    t_interval,
    t_p_value,
)
from forestall.results import Interval, RatioComparison

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall._stats.breaks import Step
    from forestall._stats.regression import QuasiPoissonFit
    from forestall.records import Periods

    FloatArray = NDArray[np.float64]

HARMONICS = 2
YEAR_MONTHS = 12
LEAST_INCIDENTS = 50
LEAST_MONTHS_FOR_STEPS = 36
_YEAR_DAYS = 365.25


@dataclass(frozen=True, eq=False, kw_only=True)
class MonthSeries:
    """The published months of a series.

    Attributes
    ----------
    positions
        Of the published months among all periods.
    months
        Month of the year, 1 to 12.
    years
        Years from the middle of the first period to the middle of each.
    days, counts
        Days and incidents in each.
    """

    positions: NDArray[np.int64]
    months: NDArray[np.int64]
    years: FloatArray
    days: FloatArray
    counts: FloatArray

    @property
    def seasons(self) -> FloatArray:
        """Return the columns of level and season."""
        waves = season_columns(self.months, harmonics=HARMONICS)
        return np.column_stack([np.ones(len(self.counts)), waves])


def month_series(
    periods: Periods, counts: NDArray[np.int64], *, missing: NDArray[np.bool_]
) -> MonthSeries:
    """Return the series of the months that were published."""
    known = np.flatnonzero(~missing)
    middle = periods.starts + (periods.ends - periods.starts) / 2
    years = np.asarray((middle - middle[0]) / pd.Timedelta(days=_YEAR_DAYS), dtype=float)
    return MonthSeries(
        positions=known,
        months=np.asarray(periods.starts.month, dtype=np.int64)[known],
        years=years[known],
        days=np.asarray(periods.days, dtype=float)[known],
        counts=np.asarray(counts, dtype=float)[known],
    )


def fit_trend(series: MonthSeries) -> QuasiPoissonFit | None:
    """Fit level, season and a straight trend on the log scale; None where that says nothing.

    It says nothing when a month of the year has no incident in any year, or when the counts leave
    a term so open that the fit does not settle.
    """
    per_month_of_year = np.bincount(series.months, series.counts, minlength=YEAR_MONTHS + 1)
    if (per_month_of_year[1:] == 0).any():
        return None
    design = np.column_stack([series.seasons, series.years])
    return _sound_fit(design, series)


def _sound_fit(design: FloatArray, series: MonthSeries) -> QuasiPoissonFit | None:
    try:
        fit = fit_quasi_poisson(design, series.counts, offset=np.log(series.days))
    except np.linalg.LinAlgError:
        return None
    return fit if fit.is_sound() else None


def annual_change(fit: QuasiPoissonFit) -> RatioComparison:
    """Return the ratio from one year to the next by the last term of the trend model.

    The standard error is the larger of the quasi-Poisson one (dispersion at least 1) and the one
    that allows for months being alike (Newey & West, up to a year).
    """
    slope = float(fit.coefficients[-1])
    lags = min(YEAR_MONTHS, len(fit.counts) // 4)
    variances = (
        fit.unscaled_covariance[-1, -1] * max(1.0, fit.dispersion),
        fit.autocorrelated_covariance(lags=lags)[-1, -1],
    )
    error = float(np.sqrt(max(variances)))
    return RatioComparison(
        before_count=np.nan,
        after_count=np.nan,
        before_exposure=np.nan,
        after_exposure=np.nan,
        ratio=float(np.exp(slope)),
        interval_80=_interval(slope, error, fit.degrees_of_freedom, 0.80),
        interval_95=_interval(slope, error, fit.degrees_of_freedom, 0.95),
        interval_99=_interval(slope, error, fit.degrees_of_freedom, 0.99),
        p_value=t_p_value(slope, error, degrees_of_freedom=fit.degrees_of_freedom),
        dispersion=max(1.0, fit.dispersion),
    )


def season_table(fit: QuasiPoissonFit) -> pd.DataFrame:
    """Return the factor of each month of the year against the geometric mean of all twelve."""
    waves = season_columns(np.arange(1, YEAR_MONTHS + 1), harmonics=HARMONICS)
    terms = slice(1, 1 + 2 * HARMONICS)
    covariance = fit.unscaled_covariance[terms, terms] * max(1.0, fit.dispersion)
    logs = waves @ fit.coefficients[terms]
    errors = np.sqrt(np.einsum("ij,jk,ik->i", waves, covariance, waves))
    limits = [
        _interval(log, error, fit.degrees_of_freedom, 0.95)
        for log, error in zip(logs.tolist(), errors.tolist(), strict=True)
    ]
    return pd.DataFrame(
        {
            "month": np.arange(1, YEAR_MONTHS + 1),
            "factor": np.exp(logs),
            "low": [limit.low for limit in limits],
            "high": [limit.high for limit in limits],
        }
    )


def level_steps(series: MonthSeries) -> tuple[tuple[Step, float, Interval], ...]:
    """Return the steps in the level, each with its ratio and 95 % interval."""
    if len(series.counts) < LEAST_MONTHS_FOR_STEPS:
        return ()
    design = np.column_stack([series.seasons, series.years])
    try:
        steps = find_steps(design, series.counts, offset=np.log(series.days))
    except np.linalg.LinAlgError:
        return ()
    wider = with_steps(design, [step.row for step in steps])
    fit = _sound_fit(wider, series) if steps else None
    if fit is None:
        return ()
    errors = np.sqrt(np.diag(fit.unscaled_covariance) * max(1.0, fit.dispersion))
    first = design.shape[1]
    return tuple(
        (
            step,
            float(np.exp(fit.coefficients[first + number])),
            _interval(
                float(fit.coefficients[first + number]),
                float(errors[first + number]),
                fit.degrees_of_freedom,
                0.95,
            ),
        )
        for number, step in enumerate(steps)
    )


def _interval(log: float, error: float, degrees_of_freedom: int, level: float) -> Interval:
    low, high = t_interval(log, error, degrees_of_freedom=degrees_of_freedom, level=level)
    return Interval(low=float(np.exp(low)), high=float(np.exp(high)), level=level)
