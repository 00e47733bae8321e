"""This file knows how weights on cells are smoothed: by Fourier transform, padded by the kernel.

Only the reach of the kernel is padded, so that nothing wraps around, and rows and columns that hold
nothing are not transformed. Values are 64-bit; what rounding leaves, below 1e-14 of the largest
value, is set to 0 so that no density is negative.
"""

from __future__ import annotations

import os
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import fft

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall._stats.kernels import Kernel

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

_NOISE = 1e-14
# From this radius in cells on, the sum of a quartic kernel over all cells is 1 within 1e-9.
_SUMS_TO_ONE = 500


class LatticeKernel:
    """A kernel on cells, scaled so that its values over all cells sum to 1.

    What leaves an event then arrives in the cells, however coarse they are.

    Parameters
    ----------
    kernel
        With its bandwidth in cells.
    shape
        Rows and columns of the arrays to smooth.

    Examples
    --------
    >>> from forestall._stats.kernels import Kernel
    >>> one = np.zeros((9, 9))
    >>> one[4, 4] = 1.0
    >>> smoothed = LatticeKernel(Kernel("quartic", 3.0), (9, 9)).smooth(one)
    >>> smoothed[4].round(3)
    array([0.   , 0.   , 0.033, 0.084, 0.106, 0.084, 0.033, 0.   , 0.   ])
    """

    def __init__(self, kernel: Kernel, shape: tuple[int, int]) -> None:
        self.kernel = kernel
        self.shape = shape
        # No two cells are farther apart than the array is wide, however far the kernel reaches.
        self._reach = tuple(int(min(np.ceil(kernel.reach), size - 1)) for size in shape)
        self._padded = tuple(
            int(fft.next_fast_len(size + reach, real=True))
            for size, reach in zip(shape, self._reach, strict=True)
        )

    def smooth(self, values: FloatArray) -> FloatArray:
        """Return the weights of each cell spread by the kernel; shape (..., rows, columns)."""
        rows, columns = self.shape
        tall, wide = self._padded
        workers = _workers()
        spectrum = fft.rfft(values, wide, axis=-1, workers=workers)
        spectrum = fft.fft(spectrum, tall, axis=-2, workers=workers, overwrite_x=True)
        if self.kernel.name == "gaussian":
            down, across = self._axis_spectra
            spectrum *= across
            spectrum *= down[:, None]
        else:
            spectrum *= self._spectrum
        spectrum = fft.ifft(spectrum, axis=-2, workers=workers, overwrite_x=True)
        whole = fft.irfft(spectrum[..., :rows, :], wide, axis=-1, workers=workers)
        return _without_noise(whole[..., :columns])

    def mass_inside(self, inside: BoolArray) -> FloatArray:
        """Return for each cell the share of a kernel there that falls on the cells inside."""
        some_row, some_column = inside.any(axis=1), inside.any(axis=0)
        is_rectangle = bool((inside == np.logical_and.outer(some_row, some_column)).all())
        if self.kernel.name != "gaussian" or not is_rectangle:
            return self.smooth(inside.astype(float))
        down, across = self._axis_spectra
        tall, wide = self._padded
        by_row = fft.ifft(fft.fft(some_row, tall) * down).real[: self.shape[0]]
        by_column = fft.irfft(fft.rfft(some_column, wide) * across, wide)[: self.shape[1]]
        return np.multiply.outer(_without_noise(by_row), _without_noise(by_column))

    @cached_property
    def _axis_spectra(self) -> tuple[FloatArray, FloatArray]:
        steps = np.arange(np.ceil(self.kernel.reach) + 1)
        fall = _gaussian(steps, self.kernel.bandwidth)
        total = 2 * fall.sum() - fall[0]
        down, across = (
            _gaussian(self._distances(axis), self.kernel.bandwidth) / total for axis in (0, 1)
        )
        return np.asarray(fft.fft(down).real), np.asarray(fft.rfft(across).real)

    @cached_property
    def _spectrum(self) -> FloatArray:
        squared = np.add.outer(np.square(self._distances(0)), np.square(self._distances(1)))
        values = self.kernel.at(squared) / _sum_over_cells(self.kernel)
        return np.asarray(fft.rfft2(values, workers=_workers()).real)

    def _distances(self, axis: int) -> FloatArray:
        """Return how far each cell of the padded array is from the first, around the end."""
        steps = np.arange(self._padded[axis], dtype=float)
        around = np.minimum(steps, self._padded[axis] - steps)
        return np.where(around <= self._reach[axis], around, np.inf)


@lru_cache(maxsize=2)
def lattice_kernel(kernel: Kernel, shape: tuple[int, int]) -> LatticeKernel:
    """Return a kernel on cells; the two used last are kept."""
    return LatticeKernel(kernel, shape)


def edge_mass(kernel: Kernel, inside: BoolArray) -> FloatArray:
    """Return for each cell the share of a kernel there that falls on the cells inside.

    The last two answers are kept, because several kinds of incident share a window; they cannot
    be written to.

    Examples
    --------
    >>> from forestall._stats.kernels import Kernel
    >>> inside = np.ones((41, 41), dtype=bool)
    >>> inside[:, 20:] = False
    >>> mass = edge_mass(Kernel("gaussian", 2.0), inside)
    >>> mass[20, [5, 19, 20]].round(3)
    array([0.997, 0.6  , 0.4  ])
    """
    return _edge_mass(kernel, inside.shape, np.packbits(inside).tobytes())


@lru_cache(maxsize=2)
def _edge_mass(kernel: Kernel, shape: tuple[int, int], packed: bytes) -> FloatArray:
    bits = np.unpackbits(np.frombuffer(packed, dtype=np.uint8), count=shape[0] * shape[1])
    mass = lattice_kernel(kernel, shape).mass_inside(bits.reshape(shape).astype(bool))
    mass.flags.writeable = False
    return mass


def _gaussian(distances: FloatArray, bandwidth: float) -> FloatArray:
    return np.asarray(np.exp(-np.square(distances / bandwidth) / 2))


def _sum_over_cells(kernel: Kernel) -> float:
    if kernel.bandwidth > _SUMS_TO_ONE:
        return 1.0
    steps = np.square(np.arange(np.ceil(kernel.reach) + 1))
    quarter = kernel.at(np.add.outer(steps, steps))
    return float(4 * (quarter[1:, 1:].sum() + quarter[0, 1:].sum()) + quarter[0, 0])


def _without_noise(smoothed: FloatArray) -> FloatArray:
    kept = np.ascontiguousarray(smoothed)
    kept[kept < _NOISE * kept.max(initial=0.0)] = 0.0
    return kept


def _workers() -> int:
    # Only the processors that this process may use.
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1
