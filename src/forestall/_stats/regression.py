"""This file knows the quasi-Poisson regression of counts, and how seasons enter it.

Source: McCullagh & Nelder (1989), chapters 2 and 6: iteratively reweighted least squares with log
link, the dispersion by Pearson's statistic; Newey & West (1987) for autocorrelated residuals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit, xlogy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

# A season or a year that multiplies by more than e^10 is no season and no year.
_LARGEST_TERM = 10.0


@dataclass(frozen=True, eq=False)
class QuasiPoissonFit:
    """A fitted log-linear model of counts.

    Attributes
    ----------
    coefficients
        One for each column of the design.
    unscaled_covariance
        Of the coefficients for dispersion 1.
    covariance
        `unscaled_covariance` times the dispersion as estimated, be it below 1.
    dispersion
        Pearson's chi-squared by degrees of freedom; not limited from below.
    degrees_of_freedom
        Rows less columns.
    converged
        Whether the last step hardly changed the deviance.
    """

    design: FloatArray
    counts: FloatArray
    fitted: FloatArray
    coefficients: FloatArray
    unscaled_covariance: FloatArray
    dispersion: float
    degrees_of_freedom: int
    deviance: float
    converged: bool = True

    @property
    def covariance(self) -> FloatArray:
        """Return the quasi-Poisson covariance."""
        return self.unscaled_covariance * self.dispersion

    def is_sound(self, *, largest_error: float = 1.0) -> bool:
        """Return whether the fit ended and every term but the first is known well enough.

        Where counts separate (a term explains that some are all zero), coefficients run off and
        their standard errors are huge; such a fit says nothing.
        """
        spread = np.diag(self.unscaled_covariance)[1:] * max(1.0, self.dispersion)
        return bool(
            self.converged
            and np.isfinite(self.coefficients).all()
            and np.isfinite(spread).all()
            and (spread <= largest_error**2).all()
            and (np.abs(self.coefficients[1:]) <= _LARGEST_TERM).all()
        )

    def autocorrelated_covariance(
        self, *, lags: int, positions: NDArray[np.int64] | None = None
    ) -> FloatArray:
        """Return the covariance that allows for residuals alike over so many rows.

        Where rows are missing between others, ``positions`` says where each row stands in time;
        what is missing adds nothing (Parzen 1963).
        """
        scores = self.design * (self.counts - self.fitted)[:, None]
        if positions is not None:
            known, scores = scores, np.zeros((int(np.ptp(positions)) + 1, scores.shape[1]))
            scores[positions - positions.min()] = known
        middle = scores.T @ scores
        for lag in range(1, lags + 1):
            joint = scores[lag:].T @ scores[:-lag]
            middle += (1 - lag / (lags + 1)) * (joint + joint.T)
        rows = len(self.counts)
        bread = self.unscaled_covariance
        return np.asarray(bread @ middle @ bread * rows / max(self.degrees_of_freedom, 1))


def fit_quasi_poisson(
    design: FloatArray,
    counts: FloatArray,
    *,
    offset: FloatArray | None = None,
    tolerance: float = 1e-12,
    steps: int = 60,
) -> QuasiPoissonFit:
    """Fit log E(count) = offset + design @ coefficients.

    Parameters
    ----------
    design
        Rows × columns, with a column of ones for the level.
    counts
        One for each row, not negative.
    offset
        Logarithm of the exposure of each row, such as log(days).

    Raises
    ------
    numpy.linalg.LinAlgError
        If the columns depend on each other, there are no more rows than columns, or no counts.
    """
    counted = np.asarray(counts, dtype=float)
    shift = np.zeros(len(counted)) if offset is None else np.asarray(offset, dtype=float)
    rows, columns = design.shape
    if rows <= columns or np.linalg.matrix_rank(design) < columns or not counted.any():
        raise np.linalg.LinAlgError("The model has too many terms for these counts.")
    fitted = (counted + counted.mean()) / 2
    deviance, converged = _deviance(counted, fitted), False
    coefficients = np.zeros(columns)
    # Where a model fits large counts exactly, its deviance is nothing but rounding.
    rounding = 4e-15 * float(counted.sum())
    for _ in range(steps):
        root = np.sqrt(fitted)
        working = np.log(fitted) - shift + (counted - fitted) / fitted
        coefficients = np.linalg.lstsq(design * root[:, None], working * root, rcond=None)[0]
        fitted = np.exp(np.clip(shift + design @ coefficients, -30, 700))
        previous, deviance = deviance, _deviance(counted, fitted)
        if abs(previous - deviance) <= tolerance * (abs(deviance) + 0.1) + rounding:
            converged = True
            break
    information = (design * fitted[:, None]).T @ design
    freedom = rows - columns
    return QuasiPoissonFit(
        design=design,
        counts=counted,
        fitted=fitted,
        coefficients=coefficients,
        unscaled_covariance=np.linalg.pinv(information, hermitian=True),
        dispersion=float((np.square(counted - fitted) / fitted).sum() / freedom),
        degrees_of_freedom=freedom,
        deviance=deviance,
        converged=converged,
    )


def season_columns(month_of_year: NDArray[np.int64], *, harmonics: int = 2) -> FloatArray:
    """Return the sine and cosine columns of a yearly season, for months 1 to 12.

    Examples
    --------
    >>> season_columns(np.array([3, 6]), harmonics=1).round(2) + 0
    array([[ 1.,  0.],
           [ 0., -1.]])
    """
    angle = 2 * np.pi * np.asarray(month_of_year, dtype=float)[:, None] / 12
    orders = np.arange(1, harmonics + 1)
    waves = np.stack([np.sin(angle * orders), np.cos(angle * orders)], axis=2)
    return waves.reshape(len(angle), -1)


def t_interval(
    estimate: float, standard_error: float, *, degrees_of_freedom: float, level: float
) -> tuple[float, float]:
    """Return the limits of Student's t around an estimate."""
    reach = -stdtrit(degrees_of_freedom, (1 - level) / 2) * standard_error
    return float(estimate - reach), float(estimate + reach)


def t_p_value(estimate: float, standard_error: float, *, degrees_of_freedom: float) -> float:
    """Return the two-sided p-value of an estimate against zero."""
    if standard_error == 0:
        return 1.0
    return float(2 * stdtr(degrees_of_freedom, -abs(estimate) / standard_error))


def _deviance(counts: FloatArray, fitted: FloatArray) -> float:
    return float(2 * (xlogy(counts, counts / fitted) - (counts - fitted)).sum())
