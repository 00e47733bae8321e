"""This file knows which points lie close together: every pair once, by band of distance.

Points are sorted by the cell of a grid, row by row, so that the partners of a point lie in a few
stretches of the sorted points. Each pair is looked at once, forwards. Time and memory grow with the
points and their close pairs, never with all pairs.

Coordinates and breaks count in whole millimetres. Sums of squares of whole numbers below 2**53 are
exact in floating point, so that a pair exactly on a break always falls on the side that was named.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import config, njit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

MM = 1000
MOST_PAIRS = 400_000_000
_CELLS_A_POINT = 4
_CELLS_ACROSS = 2


class TooManyPairs(ValueError):
    """There are more close pairs than fit in memory; ``pairs`` says how many."""

    def __init__(self, pairs: int) -> None:
        super().__init__(f"{pairs} pairs are close, but at most {MOST_PAIRS} can be held.")
        self.pairs = pairs


@dataclass(frozen=True, eq=False, kw_only=True)
class ClosePairs:
    """Close pairs of n sorted points by band of distance and first point.

    Attributes
    ----------
    order
        Which given point stands at each sorted position.
    offsets
        Shape (bands, n + 1): the partners of the point at position i in band b are
        ``seconds[offsets[b, i]:offsets[b, i + 1]]``.
    seconds
        Sorted positions of the partners, each after its first.
    """

    order: IntArray
    offsets: IntArray
    seconds: NDArray[np.int32]

    @property
    def per_band(self) -> IntArray:
        """The number of pairs in each band."""
        return np.asarray(self.offsets[:, -1] - self.offsets[:, 0])

    def degrees(self) -> IntArray:
        """Return with how many others each sorted point is paired, shape (bands, n)."""
        degrees = np.diff(self.offsets, axis=1)
        for band, offsets in enumerate(self.offsets):
            partners = self.seconds[offsets[0] : offsets[-1]]
            degrees[band] += np.bincount(partners, minlength=degrees.shape[1])
        return degrees


def distance_edges(
    breaks_m: Sequence[float], *, closed: str, metric: str, same_place: str
) -> FloatArray:
    """Return ascending edges of bands, each band from its edge up to below the next one.

    They are on the scale of `find_close_pairs`: square millimetres for "euclidean", millimetres
    for "manhattan". With ``same_place="apart"`` band 0 holds distance 0 only and band 1 the rest up
    to the first break that is above 0; with "first_band" band 0 runs from 0 to the second break.

    Examples
    --------
    >>> distance_edges([0, 0.003], closed="left", metric="euclidean", same_place="apart")
    array([0., 1., 9.])
    >>> distance_edges([0, 0.003], closed="right", metric="manhattan", same_place="first_band")
    array([0., 4.])
    """
    scaled = np.round(np.asarray(breaks_m, dtype=float) * MM)
    scaled = scaled**2 if metric == "euclidean" else scaled
    # The scale has whole numbers only: above e is the same as from e + 1.
    upper = scaled[scaled > 0] + (closed == "right")
    return np.array([0.0, *([1.0] if same_place == "apart" else []), *upper])


def find_close_pairs(
    x_m: FloatArray, y_m: FloatArray, *, edges: FloatArray, metric: str, threads: int | None = None
) -> ClosePairs:
    """Find all pairs of points below the last edge, each once.

    Parameters
    ----------
    x_m, y_m
        Coordinates in metres, n each.
    edges
        From `distance_edges`.
    metric
        "euclidean" or "manhattan".
    threads
        How many threads share the work; all the machine has when None.

    Raises
    ------
    TooManyPairs
        If more than ``MOST_PAIRS`` are close.

    Examples
    --------
    >>> edges = distance_edges([0, 100], closed="left", metric="euclidean", same_place="apart")
    >>> x, y = np.array([0.0, 0.0, 60.0]), np.array([0.0, 0.0, 80.0])
    >>> find_close_pairs(x, y, edges=edges, metric="euclidean").per_band.tolist()
    [1, 0]
    """
    manhattan = metric == "manhattan"
    columns_mm, rows_mm = _whole_mm(x_m), _whole_mm(y_m)
    reach_mm = int(np.ceil(edges[-1] if manhattan else np.sqrt(edges[-1])))
    side, reach = _choose_side(columns_mm, rows_mm, reach_mm)
    column, row = columns_mm // side, rows_mm // side
    columns = int(column.max(initial=0)) + 1
    cell = row * columns + column
    order = np.argsort(cell, kind="stable")
    cells = columns * (int(row.max(initial=0)) + 1)
    starts = np.concatenate([[0], np.cumsum(np.bincount(cell, minlength=cells))])
    x, y = (values[order].astype(float) for values in (columns_mm, rows_mm))
    grid = (x, y, cell[order], starts, columns, reach, edges, manhattan)
    found = np.zeros((x.size, edges.size - 1), dtype=np.int64)
    nothing = np.empty(0, dtype=np.int32)
    _in_stretches(lambda first, last: _scan(*grid, first, last, found, nothing), x.size, threads)
    offsets = _offsets(found)
    total = int(found.sum())
    if total > MOST_PAIRS:
        raise TooManyPairs(total)
    seconds = np.empty(total, dtype=np.int32)
    places = offsets[:, :-1].T.copy()
    _in_stretches(lambda first, last: _scan(*grid, first, last, places, seconds), x.size, threads)
    return ClosePairs(order=order, offsets=offsets, seconds=seconds)


def count_threads(threads: int | None = None) -> int:
    """Return how many threads to use: those asked for, or what the machine and numba allow."""
    return max(1, threads or int(config.NUMBA_NUM_THREADS))  # type: ignore[attr-defined]


def pairs_within_days(
    pairs: ClosePairs, times: IntArray, limit: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return first and second sorted positions of the pairs at most ``limit`` apart in time."""
    bands = pairs.offsets.shape[0]
    nothing = np.empty(0, dtype=np.int32)
    total = sum(
        _keep(pairs.offsets[band], pairs.seconds, times, limit, 0, nothing, nothing)
        for band in range(bands)
    )
    first, second = np.empty(total, dtype=np.int32), np.empty(total, dtype=np.int32)
    at = 0
    for band in range(bands):
        at = _keep(pairs.offsets[band], pairs.seconds, times, limit, at, first, second)
    return first, second


def _whole_mm(metres: FloatArray) -> IntArray:
    whole = np.round(metres * MM).astype(np.int64)
    return np.asarray(whole - whole.min(initial=whole[0] if whole.size else 0))


def _choose_side(x: IntArray, y: IntArray, reach_mm: int) -> tuple[int, int]:
    """Return the side of a cell in millimetres, and over how many cells a pair may reach."""
    side = max(1, -(-reach_mm // _CELLS_ACROSS))
    most = _CELLS_A_POINT * x.size + 1024
    width, height = int(x.max(initial=0)), int(y.max(initial=0))
    while (width // side + 1) * (height // side + 1) > most:
        side *= 2
    return side, -(-reach_mm // side)


def _offsets(found: IntArray) -> IntArray:
    points, bands = found.shape
    running = np.concatenate([[0], np.cumsum(found.T.ravel())])
    return np.stack([running[band * points : (band + 1) * points + 1] for band in range(bands)])


def _in_stretches(work: Callable[[int, int], None], points: int, threads: int | None) -> None:
    many = count_threads(threads)
    # More stretches than threads, because some hold far more pairs than others.
    bounds = np.linspace(0, points, 8 * many + 1).astype(np.int64)
    if many == 1:
        work(0, points)
        return
    with ThreadPoolExecutor(many) as pool:
        list(pool.map(work, bounds[:-1], bounds[1:]))


@njit(cache=True, nogil=True)
def _scan(  # noqa: PLR0917 -- numba compiles positional arguments
    x: FloatArray,
    y: FloatArray,
    cell: IntArray,
    starts: IntArray,
    columns: int,
    reach: int,
    edges: FloatArray,
    manhattan: bool,  # noqa: FBT001
    first: int,
    last: int,
    places: IntArray,
    seconds: NDArray[np.int32],
) -> None:
    """Count partners by first and band in ``places``, or write them from there on."""
    rows = (starts.size - 1) // columns
    beyond = edges[edges.size - 1]
    writing = seconds.size > 0
    for i in range(first, last):
        row, column = cell[i] // columns, cell[i] % columns
        west, east = max(column - reach, 0), min(column + reach, columns - 1)
        for up in range(min(reach, rows - 1 - row) + 1):
            start = (row + up) * columns
            begin = starts[start + west] if up else i + 1
            for j in range(begin, starts[start + east + 1]):
                across, along = x[j] - x[i], y[j] - y[i]
                if manhattan:
                    distance = abs(across) + abs(along)
                else:
                    distance = across * across + along * along
                if distance < beyond:
                    band = 0
                    while distance >= edges[band + 1]:
                        band += 1
                    if writing:
                        seconds[places[i, band]] = j
                    places[i, band] += 1


@njit(cache=True, nogil=True)
def _keep(  # noqa: PLR0917 -- numba compiles positional arguments
    offsets: IntArray,
    seconds: NDArray[np.int32],
    times: IntArray,
    limit: int,
    at: int,
    first: NDArray[np.int32],
    second: NDArray[np.int32],
) -> int:
    """Count the pairs close in time from ``at`` on, and write them where there is room."""
    writing = first.size > 0
    for i in range(offsets.size - 1):
        for place in range(offsets[i], offsets[i + 1]):
            j = seconds[place]
            if abs(times[i] - times[j]) <= limit:
                if writing:
                    first[at] = i
                    second[at] = j
                at += 1
    return at
