"""This file knows the mixture of donors that lies nearest to a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import nnls

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


def simplex_weights(target: FloatArray, donors: FloatArray) -> FloatArray:
    """Return weights from 0 that sum to 1 and bring the donors (columns) nearest to the target.

    Exact by one non-negative least squares: along any mixture w, the least of
    ``|s Dw|² + (s - 1)²`` over s grows with ``|Dw|²`` alone, D being donors less target; so the
    best direction is the best mixture (Lawson & Hanson 1974, chapter 23, for the solver).

    Examples
    --------
    >>> donors = np.array([[0.0, 4.0], [8.0, 0.0]])
    >>> simplex_weights(np.array([1.0, 6.0]), donors).round(6).tolist()
    [0.75, 0.25]
    """
    away = donors - target[:, None]
    scale = float(np.sqrt((away**2).mean()))
    if scale == 0:
        return np.full(donors.shape[1], 1 / donors.shape[1])
    stacked = np.vstack([away / scale, np.ones(donors.shape[1])])
    aim = np.zeros(len(target) + 1)
    aim[-1] = 1.0
    found, _ = nnls(stacked, aim, maxiter=30 * donors.shape[1])
    return np.asarray(found / found.sum())
