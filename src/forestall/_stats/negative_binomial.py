"""This file knows the negative binomial regression of counts, whose variance is mean + mean²/theta.

Source: Lawless (1987), Canadian Journal of Statistics 15; Venables & Ripley (2002), chapter 7:
coefficients by weighted least squares at a given theta, theta by maximum likelihood at given
means, in turn. Standard errors take theta as known, as R's ``glm.nb`` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import digamma, polygamma

from forestall._stats.regression import fit_quasi_poisson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

_ROUNDS = 100
_STEPS = 50
# A variance that differs from that of chance by less than one in a million of the mean.
_LARGEST_THETA = 1e6


@dataclass(frozen=True, eq=False)
class NegativeBinomialFit:
    """A fitted log-linear model of counts with variance mean + mean²/theta."""

    coefficients: FloatArray
    covariance: FloatArray
    theta: float
    fitted: FloatArray


def fit_negative_binomial(
    design: FloatArray, counts: FloatArray, *, offset: FloatArray | None = None
) -> NegativeBinomialFit | None:
    """Fit log E(count) = offset + design @ coefficients; None where there is no such fit.

    There is none where the counts vary no more than by chance (theta has no finite maximum), or
    where the search does not settle.

    Raises
    ------
    numpy.linalg.LinAlgError
        If the columns depend on each other, or there are no more rows than columns.
    """
    counted = np.asarray(counts, dtype=float)
    shift = np.zeros(len(counted)) if offset is None else np.asarray(offset, dtype=float)
    fitted = fit_quasi_poisson(design, counted, offset=shift).fitted
    # The slope of the likelihood at no extra variance (Lawless 1987): below zero, theta runs off.
    if (np.square(counted - fitted) - counted).sum() <= 0:
        return None
    theta = _first_theta(counted, fitted)
    for _ in range(_ROUNDS):
        previous = theta
        coefficients, fitted = _coefficients(design, counted, shift, fitted, theta)
        found = _theta(counted, fitted, theta)
        if found is None:
            return None
        theta = found
        if abs(theta - previous) <= 1e-10 * theta:
            weights = fitted / (1 + fitted / theta)
            information = (design * weights[:, None]).T @ design
            covariance = np.asarray(np.linalg.pinv(information, hermitian=True), dtype=float)
            return NegativeBinomialFit(coefficients, covariance, theta, fitted)
    return None


def _first_theta(counts: FloatArray, fitted: FloatArray) -> float:
    return float(len(counts) / np.square(counts / fitted - 1).sum())


def _coefficients(
    design: FloatArray,
    counts: FloatArray,
    shift: FloatArray,
    fitted: FloatArray,
    theta: float,
) -> tuple[FloatArray, FloatArray]:
    coefficients = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        root = np.sqrt(fitted / (1 + fitted / theta))
        working = np.log(fitted) - shift + (counts - fitted) / fitted
        previous = coefficients
        solved = np.linalg.lstsq(design * root[:, None], working * root, rcond=None)[0]
        coefficients = np.asarray(solved, dtype=float)
        fitted = np.exp(np.clip(shift + design @ coefficients, -30, 700))
        if np.abs(coefficients - previous).max() <= 1e-12:
            break
    return coefficients, fitted


def _theta(counts: FloatArray, fitted: FloatArray, theta: float) -> float | None:
    """Return the most likely theta at these means by Newton's steps; None where it runs off."""
    for _ in range(_STEPS):
        slope = _slope(counts, fitted, theta)
        # Steps on the logarithm keep theta above zero.
        curve = theta * slope + theta**2 * _curvature(counts, fitted, theta)
        step = theta * slope / abs(curve) if curve else 0.0
        theta *= float(np.exp(np.clip(step, -1.0, 1.0)))
        if not 0 < theta < _LARGEST_THETA:
            return None
        if abs(step) <= 1e-13:
            return theta
    return theta


def _slope(counts: FloatArray, fitted: FloatArray, theta: float) -> float:
    terms = (
        digamma(theta + counts)
        - digamma(theta)
        + np.log(theta)
        + 1
        - np.log(theta + fitted)
        - (counts + theta) / (fitted + theta)
    )
    return float(terms.sum())


def _curvature(counts: FloatArray, fitted: FloatArray, theta: float) -> float:
    terms = (
        polygamma(1, theta + counts)
        - polygamma(1, theta)
        + 1 / theta
        - 2 / (fitted + theta)
        + (counts + theta) / np.square(fitted + theta)
    )
    return float(terms.sum())
