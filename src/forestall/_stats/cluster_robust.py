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
    weights = np.linalg.inv(fit.total)
    bread = fit.covariance
    hat = fit.design @ bread @ fit.design.T @ weights
    left = np.eye(len(names)) - hat
    spread = left @ fit.total @ left.T
    # One row for each cluster and coefficient: how far its residuals move the coefficient.
    pulls = np.stack([_pull(fit, weights, spread, bread, where, len(names)) for where in rows])
    scores = np.einsum("gcn,n->gc", pulls, fit.residuals)
    covariance = np.einsum("gc,gd->cd", scores, scores)
    through = np.einsum("gcn,nm->gcm", pulls, left)
    crossed = np.einsum("gcn,nm,hcm->cgh", through, fit.total, through)
    own = np.einsum("cgg->c", crossed)
    return RobustErrors(
        covariance=covariance,
        degrees_of_freedom=own**2 / np.square(crossed).sum(axis=(1, 2)),
        clusters=len(rows),
    )


def _pull(
    fit: MixedFit,
    weights: FloatArray,
    spread: FloatArray,
    bread: FloatArray,
    where: NDArray[np.intp],
    size: int,
) -> FloatArray:
    inside = np.ix_(where, where)
    root = np.linalg.cholesky(fit.total[inside]).T
    adjusted = root.T @ _inverse_root(root @ spread[inside] @ root.T) @ root
    pull = np.zeros((fit.design.shape[1], size))
    pull[:, where] = bread @ fit.design[where].T @ weights[inside] @ adjusted
    return pull


def _inverse_root(matrix: FloatArray) -> FloatArray:
    """Return the symmetric inverse square root; directions without variance are left out."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    kept = values > 1e-12 * max(float(values.max()), 1e-300)
    return np.asarray((vectors[:, kept] / np.sqrt(values[kept])) @ vectors[:, kept].T)
