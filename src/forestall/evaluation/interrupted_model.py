"""This file knows the model of an interrupted series, and what was expected without the measure.

Sources: Bernal, Cummins & Gasparrini (2017), International Journal of Epidemiology 46; McCullagh &
Nelder (1989) for the quasi-Poisson model; Newey & West (1987) for months that are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.regression import fit_quasi_poisson
from forestall.evaluation.interruptions import Change

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall._stats.regression import QuasiPoissonFit
    from forestall.evaluation.interrupted_months import InterruptedMonths
    from forestall.evaluation.interruptions import Interruption

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Terms:
    """The columns of the model for every month, and which of them belong to the measure."""

    design: FloatArray
    names: tuple[str, ...]
    of_measure: NDArray[np.bool_]

    @property
    def without(self) -> FloatArray:
        """Return the columns as they would be without the measure."""
        return np.where(self.of_measure, 0.0, self.design)


@dataclass(frozen=True, eq=False, kw_only=True)
class Fitted:
    """A fitted model with the covariance that its intervals use.

    Attributes
    ----------
    covariance
        Of the coefficients: the quasi-Poisson one, dispersion at least 1.
    alike
        Of the coefficients, allowing for neighbouring months being alike (Newey & West).
    after
        Months that are used and lie after the measure.
    """

    months: InterruptedMonths
    terms: Terms
    fit: QuasiPoissonFit
    covariance: FloatArray
    alike: FloatArray
    after: NDArray[np.bool_]

    def variance(self, gradient: FloatArray) -> tuple[float, bool]:
        """Return the larger variance of a sum of coefficients, and whether it is Newey & West's."""
        quasi, alike = (float(gradient @ one @ gradient) for one in (self.covariance, self.alike))
        return max(quasi, alike), alike > quasi

    def expected(self, design: FloatArray) -> FloatArray:
        """Return the expected incidents of every month for some columns."""
        return np.asarray(self.months.exposure * np.exp(design @ self.fit.coefficients))


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Incidents after the measure, with it and without it, by the model."""

    with_measure: float
    without_measure: float
    ratio_gradient: FloatArray
    difference_gradient: FloatArray


def terms_of(months: InterruptedMonths, interruption: Interruption, *, harmonics: int) -> Terms:
    """Return level, one column for each change, trend and season, in this order."""
    columns: list[FloatArray] = [np.ones(len(months.starts))]
    names, of_measure = ["level"], [False]
    for number, day in enumerate(interruption.working, start=1):
        since = np.asarray(months.starts >= day, dtype=float)
        columns.append(since)
        names.append(f"change of level {number}")
        of_measure.append(True)
        if interruption.change is Change.LEVEL_AND_SLOPE:
            columns.append(since * (months.numbers - 1 - months.first_at(day)))
            names.append(f"change of slope {number}")
            of_measure.append(True)
    for number, day in enumerate(interruption.other_changes, start=1):
        columns.append(np.asarray(months.starts >= day, dtype=float))
        names.append(f"other change {number}")
        of_measure.append(False)
    columns.append(months.numbers)
    names.append("trend")
    season = months.season(harmonics) if harmonics else np.empty((len(months.starts), 0))
    for order in range(harmonics):
        names += [f"season sine {order + 1}", f"season cosine {order + 1}"]
    of_measure += [False] * (1 + 2 * harmonics)
    return Terms(
        design=np.column_stack([*columns, season]),
        names=tuple(names),
        of_measure=np.array(of_measure),
    )


def fit_model(
    months: InterruptedMonths,
    interruption: Interruption,
    *,
    harmonics: int,
    lags: int | None = None,
) -> Fitted | None:
    """Fit the model; None where the counts cannot tell its terms apart."""
    terms = terms_of(months, interruption, harmonics=harmonics)
    known = months.known
    try:
        fit = fit_quasi_poisson(
            terms.design[known], months.counts[known], offset=np.log(months.exposure[known])
        )
    except np.linalg.LinAlgError:
        return None
    if not fit.is_sound(largest_error=2.0):
        return None
    reach = months_alike(int(known.sum())) if lags is None else lags
    return Fitted(
        months=months,
        terms=terms,
        fit=fit,
        covariance=fit.unscaled_covariance * max(1.0, fit.dispersion),
        alike=fit.autocorrelated_covariance(lags=reach, positions=np.flatnonzero(known)),
        after=known & np.asarray(months.starts >= interruption.full_effect),
    )


def months_alike(months: int) -> int:
    """Return over how many months residuals may be alike: a year, less in a short series."""
    return min(12, months // 4)


def measure_moved(model: Fitted) -> Moved:
    """Return incidents after the measure with and without it, and how they hang on the model."""
    after, design, without = model.after, model.terms.design, model.terms.without
    there = model.expected(design)[after]
    absent = model.expected(without)[after]
    there_gradient, absent_gradient = there @ design[after], absent @ without[after]
    return Moved(
        with_measure=float(there.sum()),
        without_measure=float(absent.sum()),
        ratio_gradient=there_gradient / there.sum() - absent_gradient / absent.sum(),
        difference_gradient=there_gradient - absent_gradient,
    )
