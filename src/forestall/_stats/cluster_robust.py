"""This file knows robust errors of a mixed model with few clusters, and their degrees of freedom.

Source: Pustejovsky & Tipton (2018), Journal of Business & Economic Statistics 36: the CR2
adjustment, unbiased when the working covariance is right, with Satterthwaite degrees of freedom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from forestall._stats.variance_components import MixedFit

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class RobustErrors:
    """Covariance of the coefficients by clusters, and degrees of freedom of each coefficient."""

    covariance: FloatArray
    degrees_of_freedom: FloatArray
    clusters: int


def robust_errors(fit: MixedFit, clusters: ArrayLike) -> RobustErrors:
    """Return CR2 errors, the fitted covariance being the working model.

    Parameters
    ----------
    clusters
        The cluster of each effect, such as its study.
    """
    names = np.asarray(clusters)
    rows = [np.flatnonzero(names == one) for one in np.unique(names)]
    working = _Working(fit)
    # One row for each cluster and coefficient: how far its residuals move the coefficient.
    pulls = np.stack([working.pull(where) for where in rows])
    scores = np.einsum("gcn,n->gc", pulls, fit.residuals)
    through = np.einsum("gcn,nm->gcm", pulls, working.left)
    crossed = np.einsum("gcn,nm,hcm->cgh", through, fit.total, through, optimize=True)
    own = np.einsum("cgg->c", crossed)
    return RobustErrors(
        covariance=np.einsum("gc,gd->cd", scores, scores),
        degrees_of_freedom=own**2 / np.square(crossed).sum(axis=(1, 2)),
        clusters=len(rows),
    )


class _Working:
    """The fitted covariance, taken as if it were right, and what it makes of residuals."""

    def __init__(self, fit: MixedFit) -> None:
        self._fit = fit
        self._weights = np.linalg.inv(fit.total)
        hat = fit.design @ fit.covariance @ fit.design.T @ self._weights
        self.left = np.eye(fit.effects.size) - hat
        self._spread = self.left @ fit.total @ self.left.T

    def pull(self, where: NDArray[np.intp]) -> FloatArray:
        inside = np.ix_(where, where)
        fit = self._fit
        root = np.linalg.cholesky(fit.total[inside]).T
        adjusted = root.T @ _inverse_root(root @ self._spread[inside] @ root.T) @ root
        pull = np.zeros((fit.design.shape[1], fit.effects.size))
        pull[:, where] = fit.covariance @ fit.design[where].T @ self._weights[inside] @ adjusted
        return pull


def _inverse_root(matrix: FloatArray) -> FloatArray:
    """Return the symmetric inverse square root; directions without variance are left out."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    kept = values > 1e-12 * max(float(values.max()), 1e-300)
    return np.asarray((vectors[:, kept] / np.sqrt(values[kept])) @ vectors[:, kept].T)
