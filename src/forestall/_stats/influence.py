"""This file knows how much an average of studies hangs on each of them.

Source: Viechtbauer & Cheung (2010), Research Synthesis Methods 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtr

from forestall._stats.between_studies import fit_between, fit_common
from forestall._stats.heterogeneity import generalised_q

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall._stats.between_studies import Between, BetweenFit

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, kw_only=True)
class Influences:
    """One number for each study.

    Attributes
    ----------
    deleted_residuals
        Distance from the average of the others, in its own standard errors.
    fitted_changes
        Change of the fitted value without the study, in standard errors (DFFITS).
    distances
        Cook's distance.
    covariance_ratios
        Error of the average without the study over that with it, squared.
    deleted_tau2, deleted_q
        Variance between the others, and their Q.
    hats
        Weight of the study in its own fitted value.
    coefficient_changes
        Change of the average without the study, in standard errors (DFBETAS).
    stands_out
        By the rules of the source: DFFITS beyond 3 root(p / (k - p)), Cook's distance beyond the
        median of chi-squared, hat beyond 3 p / k, or DFBETAS beyond 1.
    """

    deleted_residuals: FloatArray
    fitted_changes: FloatArray
    distances: FloatArray
    covariance_ratios: FloatArray
    deleted_tau2: FloatArray
    deleted_q: FloatArray
    hats: FloatArray
    coefficient_changes: FloatArray
    stands_out: BoolArray


def influences_of(fit: BetweenFit, *, estimator: Between | None) -> Influences:
    """Return what each study does to a fitted average; no estimator means one common effect."""
    rows = [_without(fit, number, estimator) for number in range(fit.effects.size)]
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    residuals, fitted, distances, ratios, tau2, q, changes = columns
    studies, coefficients = fit.design.shape
    reach = 3 * np.sqrt(coefficients / (studies - coefficients))
    return Influences(
        deleted_residuals=residuals,
        fitted_changes=fitted,
        distances=distances,
        covariance_ratios=ratios,
        deleted_tau2=tau2,
        deleted_q=q,
        hats=fit.hat,
        coefficient_changes=changes,
        stands_out=(np.abs(fitted) > reach)
        | (chdtr(coefficients, distances) > 0.5)
        | (fit.hat > 3 * coefficients / studies)
        | (np.abs(changes) > 1),
    )


def _without(fit: BetweenFit, number: int, estimator: Between | None) -> tuple[float, ...]:
    kept = np.arange(fit.effects.size) != number
    others = fit.effects[kept], fit.sampling[kept], fit.design[kept]
    if estimator is None:
        rest = fit_common(*others)
        scale, own, theirs = 1.0, fit.covariance, rest.covariance
    else:
        rest = fit_between(*others, estimator=estimator)
        scale, own, theirs = rest.scale, fit.adjusted_covariance, rest.adjusted_covariance
    x, moved = fit.design[number], fit.coefficients - rest.coefficients
    total = float(fit.sampling[number]) + rest.tau2
    whole = np.linalg.inv((fit.design.T / (fit.sampling + rest.tau2)) @ fit.design)
    return (
        float(fit.effects[number] - x @ rest.coefficients)
        / float(np.sqrt(total + x @ rest.covariance @ x)),
        float(x @ moved) / float(np.sqrt(scale * fit.hat[number] * total)),
        float(moved @ np.linalg.solve(own, moved)),
        float(np.linalg.det(theirs) / np.linalg.det(own)),
        rest.tau2,
        generalised_q(*others),
        float(moved[0]) / float(np.sqrt(scale * whole[0, 0])),
    )
