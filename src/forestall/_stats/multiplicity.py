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


def largest_kept_bh(p_values: ArrayLike, *, level: float) -> float:
    """Return the largest p-value that `adjust_bh` leaves at or below a level, -1 if none.

    Only p-values up to the level are sorted, so that it is quick for many millions.

    Examples
    --------
    >>> largest_kept_bh([0.01, 0.04, 0.03, 0.9], level=0.06)
    0.04
    """
    given = np.asarray(p_values, dtype=float).ravel()
    small = np.sort(given[given <= level])
    kept = small * (given.size / np.arange(1, small.size + 1)) <= level
    return float(small[kept][-1]) if kept.any() else -1.0


def adjust_by(p_values: ArrayLike) -> NDArray[np.float64]:
    """Return p-values adjusted for the false discovery rate under any dependence.

    Those of `adjust_bh` times 1 + 1/2 + ... + 1/m (Benjamini & Yekutieli 2001).

    Examples
    --------
    >>> adjust_by([0.01, 0.04, 0.03]).round(4).tolist()
    [0.055, 0.0733, 0.0733]
    """
    given = np.asarray(p_values, dtype=float)
    harmonic = float((1 / np.arange(1, given.size + 1)).sum())
    return np.asarray(np.minimum(adjust_bh(given) * harmonic, 1.0))


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
