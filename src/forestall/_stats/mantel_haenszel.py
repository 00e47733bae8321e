"""This file knows the common odds ratio of many tables of two by two, sparse ones included.

Sources: Mantel & Haenszel (1959), Journal of the National Cancer Institute 22; Robins, Breslow &
Greenland (1986), Biometrics 42, for its variance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class CommonOdds:
    """The logarithm of the common odds ratio, its standard error, and the weight of each table."""

    log_ratio: float
    standard_error: float
    weights: FloatArray


def common_odds(tables: ArrayLike) -> CommonOdds:
    """Return the Mantel-Haenszel odds ratio.

    Parameters
    ----------
    tables
        Rows of four counts: treated with and without the outcome, compared with and without.

    Raises
    ------
    ValueError
        If no table has anything on one of the diagonals: there is no such ratio.

    Examples
    --------
    >>> found = common_odds([[10, 20, 5, 25]])
    >>> round(float(np.exp(found.log_ratio)), 6)
    2.5
    """
    a, b, c, d = np.asarray(tables, dtype=float).T
    people = a + b + c + d
    same, cross = a * d / people, b * c / people
    r, s = float(same.sum()), float(cross.sum())
    if r == 0 or s == 0:
        raise ValueError("The tables have no common odds ratio: one diagonal is empty everywhere.")
    p, q = (a + d) / people, (b + c) / people
    variance = (
        float(p @ same) / (2 * r**2)
        + float(p @ cross + q @ same) / (2 * r * s)
        + float(q @ cross) / (2 * s**2)
    )
    return CommonOdds(
        log_ratio=float(np.log(r / s)),
        standard_error=float(np.sqrt(variance)),
        weights=cross / s,
    )
