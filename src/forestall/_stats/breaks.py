"""This file knows where the level of a series of counts steps up or down.

Steps are found one after the other: the largest score statistic over all months where a step may
lie (Andrews 1993, sup-F) is set against the same maximum in simulated series without a step,
which share the season, the trend and the month-to-month correlation. A step that stands is put into
the model, and the search goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.regression import fit_quasi_poisson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall._stats.regression import FloatArray, QuasiPoissonFit

_CHUNK = 500
_CALIBRATION = 200
_CORRELATIONS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9)


@dataclass(frozen=True)
class Step:
    """A step in the level of a series.

    Attributes
    ----------
    row
        First row at the new level.
    p_value
        Of the largest step anywhere, by simulation.
    """

    row: int
    p_value: float


def find_steps(
    design: FloatArray,
    counts: FloatArray,
    *,
    offset: FloatArray,
    shortest: int = 6,
    most: int = 4,
    level: float = 0.01,
    simulations: int = 999,
    seed: int = 20190502,
) -> tuple[Step, ...]:
    """Find rows from which on the level is another one.

    Parameters
    ----------
    design, counts, offset
        The model without steps, as in `fit_quasi_poisson`.
    shortest
        Fewest rows before the first, between two, and after the last step.
    most
        Largest number of steps.
    level
        A step stands when its simulated p-value is at most this.
    """
    found: list[Step] = []
    while len(found) < most:
        current = with_steps(design, [step.row for step in found])
        candidates = _candidates(len(counts), [step.row for step in found], shortest)
        if not candidates.size or len(counts) - current.shape[1] < 4:
            break
        fit = fit_quasi_poisson(current, counts, offset=offset)
        row, p_value = _largest_step(fit, candidates, simulations, seed + len(found))
        if p_value > level:
            break
        found.append(Step(row, p_value))
    return tuple(sorted(found, key=lambda step: step.row))


def with_steps(design: FloatArray, rows: list[int]) -> FloatArray:
    """Return the design with a column that is 1 from each row on."""
    position = np.arange(len(design))
    return np.column_stack([design, *[(position >= row).astype(float) for row in rows]])


def _candidates(length: int, taken: list[int], shortest: int) -> NDArray[np.int64]:
    rows = np.arange(shortest, length - shortest + 1)
    for row in taken:
        rows = rows[np.abs(rows - row) >= shortest]
    return rows


def _largest_step(
    fit: QuasiPoissonFit, candidates: NDArray[np.int64], simulations: int, seed: int
) -> tuple[int, float]:
    root = np.sqrt(fit.fitted)
    basis, _ = np.linalg.qr(fit.design * root[:, None])
    raw = (np.arange(len(root))[:, None] >= candidates) * root[:, None]
    steps = raw - basis @ (basis.T @ raw)
    norms = np.linalg.norm(steps, axis=0)
    kept = norms > 1e-6 * norms.max()
    steps, candidates = steps[:, kept] / norms[kept], candidates[kept]
    residuals = (fit.counts - fit.fitted) / root
    freedom = fit.degrees_of_freedom - 1
    observed = _statistics(residuals[None, :], basis, steps, freedom)[0]
    best = int(observed.argmax())
    generator = np.random.default_rng(seed)
    correlation = _correlation(residuals, basis, steps, generator)
    beyond = 0
    for start in range(0, simulations, _CHUNK):
        drawn = min(_CHUNK, simulations - start)
        noise = _autoregressive(generator, drawn, len(root), correlation)
        largest = _statistics(noise, basis, steps, freedom).max(axis=1)
        beyond += int((largest >= observed[best]).sum())
    return int(candidates[best]), (1 + beyond) / (1 + simulations)


def _correlation(
    residuals: FloatArray, basis: FloatArray, steps: FloatArray, generator: np.random.Generator
) -> float:
    # Fitting, and taking out the largest step, biases the correlation of residuals down; what
    # series of known correlation show after the same treatment says by how much. One standard
    # error more is allowed for, because an underestimate finds steps where there are none.
    shown = [
        _lag_one_beside_step(
            _autoregressive(generator, _CALIBRATION, len(residuals), known), basis, steps
        )
        for known in _CORRELATIONS
    ]
    seen = float(_lag_one_beside_step(residuals[None, :], basis, steps)[0])
    centres = np.maximum.accumulate([series.mean() for series in shown])
    error = float(np.mean([series.std() for series in shown]))
    return float(np.interp(seen + error, centres, _CORRELATIONS))


def _lag_one_beside_step(residuals: FloatArray, basis: FloatArray, steps: FloatArray) -> FloatArray:
    left = residuals - (residuals @ basis) @ basis.T
    sizes = left @ steps
    best = np.abs(sizes).argmax(axis=1)
    without = left - np.take_along_axis(sizes, best[:, None], axis=1) * steps.T[best]
    total = np.maximum(np.square(without).sum(axis=1), 1e-12)
    return np.asarray((without[:, 1:] * without[:, :-1]).sum(axis=1) / total)


def _statistics(
    residuals: FloatArray, basis: FloatArray, steps: FloatArray, freedom: int
) -> FloatArray:
    """Return F of each step (columns) for each series of residuals (rows)."""
    left = residuals - (residuals @ basis) @ basis.T
    explained = np.square(left @ steps)
    rest = np.square(left).sum(axis=1, keepdims=True) - explained
    return np.asarray(explained / np.maximum(rest / freedom, 1e-12))


def _autoregressive(
    generator: np.random.Generator, series: int, length: int, correlation: float
) -> FloatArray:
    noise = generator.standard_normal((series, length))
    fresh = np.sqrt(1 - correlation**2)
    for row in range(1, length):
        noise[:, row] = correlation * noise[:, row - 1] + fresh * noise[:, row]
    return noise
