"""This file knows how a surface of very many cells becomes a map of a few thousand."""

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


def coarsened(
    grid: SquareGrid, surface: NDArray[np.float64], marked: NDArray[Any] | None = None
) -> tuple[pd.DataFrame, float]:
    """Return ``x``, ``y``, ``value`` (and ``marked``) of squares to draw, and their width.

    A square that stands for several cells has their mean; it is marked as most of them are.
    """
    step = math.ceil(math.sqrt(surface.size / _MOST_SQUARES))
    rows, columns = -(-grid.rows // step), -(-grid.columns // step)
    size_m = step * grid.cell_m
    west, south = grid.origin
    row, column = np.divmod(np.arange(rows * columns), columns)
    cells = pd.DataFrame(
        {
            "x": west + (column + 0.5) * size_m,
            "y": south + (row + 0.5) * size_m,
            "value": _block_means(surface, step),
        }
    )
    if marked is not None:
        cells["marked"] = np.nan_to_num(_block_means(marked.astype(float), step)) >= 0.5
    return cells[np.isfinite(cells["value"])].reset_index(drop=True), size_m


def _block_means(surface: NDArray[np.float64], step: int) -> NDArray[np.float64]:
    rows, columns = (-(-size // step) * step for size in surface.shape)
    framed = np.full((rows, columns), np.nan)
    framed[: surface.shape[0], : surface.shape[1]] = surface
    blocks = framed.reshape(rows // step, step, columns // step, step)
    with warnings.catch_warnings():
        # A block outside the window has no mean.
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanmean(blocks, axis=(1, 3)).ravel())
