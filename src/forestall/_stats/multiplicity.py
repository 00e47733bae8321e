"""This file knows how p-values grow when many questions are asked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def adjust_bh(p_values: ArrayLike, *, order: NDArray[np.intp] | None = None) -> NDArray[np.float64]:
    """Return p-values adjusted for the false discovery rate (Benjamini & Hochberg 1995).

    Equal p-values get equal adjusted ones. ``order`` sorts them, where that is known already.

    Examples
    --------
    >>> adjust_bh([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.04, 0.04]
    """
    given = np.asarray(p_values, dtype=float)
    order = (np.argsort(given) if order is None else order)[::-1]
    scaled = given[order] * (given.size / np.arange(given.size, 0, -1))
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return adjusted


def adjust_holm(
    p_values: ArrayLike, *, order: NDArray[np.intp] | None = None
) -> NDArray[np.float64]:
    """Return p-values adjusted so that not one false finding is likely (Holm 1979).

    Equal p-values get equal adjusted ones. ``order`` sorts them, where that is known already.

    Examples
    --------
    >>> adjust_holm([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.06, 0.06]
    """
    given = np.asarray(p_values, dtype=float)
    order = np.argsort(given) if order is None else order
    scaled = given[order] * np.arange(given.size, 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(np.maximum.accumulate(scaled), 1.0)
    return adjusted
