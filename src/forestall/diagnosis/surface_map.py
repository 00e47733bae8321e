"""This file knows how a surface of very many cells becomes a map of a few thousand squares."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.records import SquareGrid

_MOST_SQUARES = 4_500


def coarse_squares(grid: SquareGrid, surface: NDArray[np.float64]) -> tuple[pd.DataFrame, float]:
    """Return ``x``, ``y`` and ``value`` of the squares to draw, and their width in metres.

    A square that stands for several cells has the mean of those in the window.
    """
    step = _step(grid)
    means = _block_means(surface, step)
    row, column = np.nonzero(np.isfinite(means))
    west, south = grid.origin
    size_m = step * grid.cell_m
    squares = pd.DataFrame(
        {
            "x": west + (column + 0.5) * size_m,
            "y": south + (row + 0.5) * size_m,
            "value": means[row, column],
        }
    )
    return squares, size_m


def coarse_outline(grid: SquareGrid, marked: NDArray[np.bool_]) -> pd.DataFrame:
    """Return the lines around the marked squares as ``x0``, ``y0``, ``x1``, ``y1``.

    A square that stands for several cells is marked when at least half of those in the window are.
    """
    step = _step(grid)
    inside = np.where(grid.at_risk, marked, np.nan) if grid.at_risk is not None else marked
    blocks = np.nan_to_num(_block_means(inside.astype(float), step)) >= 0.5
    framed = np.pad(blocks, 1)
    row, column = np.nonzero(framed[1:-1, 1:] != framed[1:-1, :-1])
    upright = _lines(column, row, column, row + 1)
    row, column = np.nonzero(framed[1:, 1:-1] != framed[:-1, 1:-1])
    level = _lines(column, row, column + 1, row)
    lines = pd.concat([upright, level], ignore_index=True) * (step * grid.cell_m)
    return lines + np.array([*grid.origin, *grid.origin])


def _lines(*ends: NDArray[Any]) -> pd.DataFrame:
    return pd.DataFrame(np.column_stack(ends), columns=["x0", "y0", "x1", "y1"], dtype=float)


def _step(grid: SquareGrid) -> int:
    return math.ceil(math.sqrt(grid.rows * grid.columns / _MOST_SQUARES))


def _block_means(surface: NDArray[np.float64], step: int) -> NDArray[np.float64]:
    rows, columns = (-(-size // step) * step for size in surface.shape)
    framed = np.full((rows, columns), np.nan)
    framed[: surface.shape[0], : surface.shape[1]] = surface
    blocks = framed.reshape(rows // step, step, columns // step, step)
    with warnings.catch_warnings():
        # A block outside the window has no mean.
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanmean(blocks, axis=(1, 3)))
