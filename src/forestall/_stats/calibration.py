"""This file knows the weights nearest to equal ones that reach given totals, for many targets.

The weights minimise the sum of ``w log(w / start)``, which is strictly convex, so that there is one
answer. Its dual has as many unknowns as totals; Newton's method solves it for many targets at once.

Source: Deming & Stephan (1940), Annals of Mathematical Statistics 11 (raking); Hainmueller (2012),
Political Analysis 20 (entropy balancing).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

_MOST_ROUNDS, _MOST_HALVINGS = 60, 40
_SMOOTHER = (1000.0, 200.0, 40.0, 10.0, 3.0, 1.0)
_CLOSE, _OUT_OF_REACH = 1e-10, 1e5


class Calibrated(NamedTuple):
    """Weights (targets by places), and for which targets they reach the totals."""

    weights: FloatArray
    solved: BoolArray


def calibrate(
    columns: FloatArray,
    targets: FloatArray,
    *,
    size: float,
    open_to: BoolArray,
    give: float = 0.0,
) -> Calibrated:
    """Return weights from 0 that sum to a size and whose weighted columns equal each target.

    Parameters
    ----------
    columns
        Places by columns.
    targets
        Targets by columns: totals.
    size
        Sum of the weights.
    open_to
        Targets by places: whether a place may have a weight.
    give
        How much totals may give way; 0 for not at all. The squared differences of means, in
        standard deviations of the columns, divided by ``2 give``, then join the objective.

    Examples
    --------
    >>> found = calibrate(np.array([[0.0], [1.0], [2.0]]), np.array([[3.0]]), size=2.0,
    ...     open_to=np.ones((1, 3), dtype=bool))
    >>> found.weights.round(4).tolist(), found.solved.tolist()
    ([[0.2324, 0.5352, 1.2324]], [True])
    """
    scaled, aims = _on_common_scale(columns, targets / size, give)
    allowed = open_to & _off_the_edge(columns, targets / size) if give == 0 else open_to
    dual = _Dual(scaled, aims, allowed, give)
    return Calibrated(size * dual.shares(), dual.solved)


def _off_the_edge(columns: FloatArray, means: FloatArray) -> BoolArray:
    """Say which places can have a weight, where a mean is the least value that any place has.

    Entropy alone never gives the weight 0 that such a mean asks for.
    """
    least = columns.min(axis=0)
    at_least = means <= least + 1e-12 * (1 + np.abs(least))
    return np.asarray(at_least.astype(float) @ (columns > least).T.astype(float) == 0)


def _on_common_scale(
    columns: FloatArray, means: FloatArray, give: float
) -> tuple[FloatArray, FloatArray]:
    """Return independent columns and their aims; an aim that nothing can reach is missing."""
    centre, spread = columns.mean(axis=0), columns.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    standard, away = (columns - centre) / spread, (means - centre) / spread
    _, sizes, axes = np.linalg.svd(standard, full_matrices=False)
    basis = axes[sizes > 1e-9 * max(sizes.max(initial=0.0), 1e-300)].T
    aims = away @ basis
    off = np.abs(away - aims @ basis.T).max(axis=1, initial=0.0) > 1e-8
    aims[off & (give == 0)] = np.nan
    return standard @ basis, aims


class _Dual:
    """The smooth convex problem of the multipliers, for all targets at once."""

    def __init__(
        self, columns: FloatArray, aims: FloatArray, allowed: BoolArray, give: float
    ) -> None:
        self.columns, self.aims, self.allowed, self.give = columns, aims, allowed, give
        self.upper = np.triu_indices(columns.shape[1])
        self.products = columns[:, self.upper[0]] * columns[:, self.upper[1]]
        self.multipliers = np.zeros(aims.shape)
        self.solved = np.zeros(len(aims), dtype=bool)
        self._solve(np.flatnonzero(np.isfinite(aims).all(axis=1) & allowed.any(axis=1)))
        if give > 0 and not self.solved.all():
            self._near_from_afar(np.flatnonzero(~self.solved & allowed.any(axis=1)))

    def _near_from_afar(self, rows: NDArray[np.intp]) -> None:
        """Near a problem far from what can be reached, which has edges, from smoother ones."""
        wanted = self.give
        self.multipliers[rows] = 0.0
        for times in _SMOOTHER:
            self.give, self.solved[rows] = wanted * times, False
            self._solve(rows)

    def shares(self) -> FloatArray:
        """Return shares of the sum of weights, a row for each target."""
        return self._at(self.multipliers, np.arange(len(self.aims)))[0]

    def _at(self, multipliers: FloatArray, rows: NDArray[np.intp]) -> tuple[FloatArray, FloatArray]:
        """Return shares and the value of the dual."""
        exponents = np.where(self.allowed[rows], multipliers @ self.columns.T, -np.inf)
        highest = exponents.max(axis=1, initial=-1e300)
        shares = np.exp(exponents - highest[:, None])
        total = shares.sum(axis=1)
        value = highest + np.log(np.maximum(total, 1e-300))
        value += (multipliers * (0.5 * self.give * multipliers - self.aims[rows])).sum(axis=1)
        return shares / np.maximum(total, 1e-300)[:, None], value

    def _solve(self, left: NDArray[np.intp]) -> None:
        for _ in range(_MOST_ROUNDS):
            if not left.size:
                return
            shares, value = self._at(self.multipliers[left], left)
            gradient = shares @ self.columns - self.aims[left]
            gradient += self.give * self.multipliers[left]
            near = np.abs(gradient).max(axis=1, initial=0.0) <= _CLOSE
            self.solved[left[near]] = True
            far = ~near
            if far.any():
                moved = self._step(left[far], shares[far], gradient[far], value[far])
                left = left[far][moved]
            else:
                return

    def _step(
        self,
        rows: NDArray[np.intp],
        shares: FloatArray,
        gradient: FloatArray,
        before: FloatArray,
    ) -> BoolArray:
        """Move the multipliers; return for which targets that was possible."""
        moves = -np.linalg.solve(self._curvature(shares), gradient[:, :, None])[:, :, 0]
        slope = (moves * gradient).sum(axis=1)
        # Near the optimum rounding hides the last gains, which the full step still makes.
        rounding = 1e-12 * (1 + np.abs(before))
        length, waiting = np.ones(len(rows)), np.arange(len(rows))
        for _ in range(_MOST_HALVINGS):
            tried = self.multipliers[rows[waiting]] + length[waiting, None] * moves[waiting]
            _, value = self._at(tried, rows[waiting])
            wanted = before + 1e-4 * length * slope + rounding
            waiting = waiting[~(value <= wanted[waiting])]
            if not waiting.size:
                break
            length[waiting] /= 2
        self.multipliers[rows] += length[:, None] * moves
        reachable = np.abs(self.multipliers[rows]).max(axis=1, initial=0.0) < _OUT_OF_REACH
        moved = np.isin(np.arange(len(rows)), waiting, invert=True)
        return np.asarray(moved & (reachable | (self.give > 0)))

    def _curvature(self, shares: FloatArray) -> FloatArray:
        width = self.columns.shape[1]
        means, flat = shares @ self.columns, shares @ self.products
        curvature = np.empty((len(shares), width, width))
        curvature[:, self.upper[0], self.upper[1]] = flat
        curvature[:, self.upper[1], self.upper[0]] = flat
        curvature -= means[:, :, None] * means[:, None, :]
        curvature[:, np.arange(width), np.arange(width)] += self.give + 1e-12
        return curvature
