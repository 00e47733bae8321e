"""This file knows between which values most samples of a statistic lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def limits_without_tails(
    draws: NDArray[np.float64], *, level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lowest and highest draw of each column after as many are left out at each end.

    Of n draws the floor of n(1 - level)/2 are left out below and above: 5 of 200 at 95 %. The
    limits are values that were drawn, nothing between them.

    Examples
    --------
    >>> low, high = limits_without_tails(np.arange(200.0)[:, None], level=0.95)
    >>> low.item(), high.item()
    (5.0, 194.0)
    """
    outside = int(np.floor(len(draws) * (1 - level) / 2 + 1e-9))
    ordered = np.sort(draws, axis=0)
    return ordered[outside], ordered[len(draws) - 1 - outside]
