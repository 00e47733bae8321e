"""This file knows the mixed model of effects: variance between studies, in one layer or several.

Effects have known sampling variances; random layers (studies, effects within studies, districts)
add a variance each. Sources: Harville (1977), Journal of the American Statistical Association 72,
for restricted likelihood; Viechtbauer (2005), Journal of Educational and Behavioral Statistics 30,
for Fisher scoring in synthesis; Konstantopoulos (2011), Research Synthesis Methods 2, for three
levels.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


class Likelihood(Enum):
    """Which likelihood is made as large as possible."""

    RESTRICTED = "restricted (REML)"
    FULL = "full (ML)"


_MOST_STEPS = 500
_CLOSE = 1e-10
_NO_VARIANCE = 1e-12


@dataclass(frozen=True, eq=False, kw_only=True)
class MixedFit:
    """A fitted mixed model.

    Attributes
    ----------
    coefficients, covariance
        Of the columns of ``design``, by generalised least squares.
    components
        Variance of each random layer, in the order in which they were given.
    component_errors
        Standard errors of the components by the expected information; 0 at the edge.
    total
        Covariance matrix of the effects, sampling and layers together.
    log_likelihood
        Restricted, or full, without its constant.
    converged
        Whether the last step hardly changed a component.
    """

    design: FloatArray
    effects: FloatArray
    sampling: FloatArray
    coefficients: FloatArray
    covariance: FloatArray
    components: FloatArray
    component_errors: FloatArray
    total: FloatArray
    log_likelihood: float
    converged: bool

    @property
    def residuals(self) -> FloatArray:
        """Return effects less what the columns explain."""
        return self.effects - self.design @ self.coefficients


def fit_mixed_model(
    effects: ArrayLike,
    sampling: ArrayLike,
    design: ArrayLike,
    layers: Sequence[ArrayLike],
    *,
    likelihood: Likelihood = Likelihood.RESTRICTED,
) -> MixedFit:
    """Fit variance components by Fisher scoring.

    Parameters
    ----------
    effects, sampling
        Estimates and their sampling variances.
    design
        Matrix of effects by coefficients, of full rank.
    layers
        For each random layer the unit of each effect, as whole numbers.
    likelihood
        The restricted one allows for the coefficients; the full one does not.

    Examples
    --------
    >>> found = fit_mixed_model([0.1, 0.5, 0.9], [0.01] * 3, np.ones((3, 1)), [[0, 1, 2]])
    >>> found.components.round(4), found.coefficients.round(4)
    (array([0.15]), array([0.5]))
    """
    y, v, x = (np.asarray(one, dtype=float) for one in (effects, sampling, design))
    layouts = [_layout(np.asarray(units)) for units in layers]
    model = _Model(y, v, x, layouts, likelihood)
    components, converged = model.climb(model.start())
    total = model.total(components)
    inverse = np.linalg.inv(total)
    covariance = np.linalg.inv(x.T @ inverse @ x)
    return MixedFit(
        design=x,
        effects=y,
        sampling=v,
        coefficients=covariance @ x.T @ inverse @ y,
        covariance=covariance,
        components=components,
        component_errors=model.errors(components),
        total=total,
        log_likelihood=model.log_likelihood(components),
        converged=converged,
    )


def _layout(units: NDArray[np.generic]) -> FloatArray:
    return np.asarray(units[:, None] == units[None, :], dtype=float)


class _Model:
    """The likelihood of the components with its score and expected information."""

    def __init__(
        self,
        y: FloatArray,
        v: FloatArray,
        x: FloatArray,
        layouts: list[FloatArray],
        likelihood: Likelihood,
    ) -> None:
        self._y, self._v, self._x = y, v, x
        self._layouts, self._restricted = layouts, likelihood is Likelihood.RESTRICTED

    def total(self, components: FloatArray) -> FloatArray:
        return np.diag(self._v) + sum(
            (size * layout for size, layout in zip(components, self._layouts, strict=True)),
            np.zeros((self._v.size, self._v.size)),
        )

    def start(self) -> FloatArray:
        spread = float(np.var(self._y, ddof=1)) if self._y.size > 1 else 0.0
        between = max(spread - float(self._v.mean()), 0.1 * float(self._v.mean()))
        return np.full(len(self._layouts), between / max(len(self._layouts), 1))

    def log_likelihood(self, components: FloatArray) -> float:
        inverse, inner, projected = self._parts(components)
        found = -float(np.linalg.slogdet(inverse)[1]) + float(self._y @ projected @ self._y)
        if self._restricted:
            found += float(np.linalg.slogdet(inner)[1])
        return -0.5 * found

    def climb(self, components: FloatArray) -> tuple[FloatArray, bool]:
        """Take Fisher steps, halved while the likelihood falls, never below zero."""
        if not components.size:
            return components, True
        height = self.log_likelihood(components)
        for _ in range(_MOST_STEPS):
            step = self._step(components)
            for _ in range(40):
                moved = np.maximum(components + step, 0.0)
                reached = self.log_likelihood(moved)
                if reached >= height - 1e-12 * abs(height):
                    break
                step = step / 2
            change = float(np.abs(moved - components).max())
            components, height = moved, reached
            if change <= _CLOSE * max(float(components.max()), float(self._v.min()), 1e-8):
                return np.where(components < _NO_VARIANCE, 0.0, components), True
        return components, False

    def errors(self, components: FloatArray) -> FloatArray:
        found = np.zeros(components.size)
        inside = components > 0
        if inside.any():
            _, information = self._score(components)
            kept = np.ix_(inside, inside)
            found[inside] = np.sqrt(np.diag(np.linalg.pinv(information[kept])))
        return found

    def _step(self, components: FloatArray) -> FloatArray:
        """Return the Fisher step; a component at zero that would fall is held there."""
        score, information = self._score(components)
        free = (components > 0) | (score > 0)
        step = np.zeros(components.size)
        if free.any():
            step[free] = np.linalg.lstsq(information[np.ix_(free, free)], score[free], rcond=None)[
                0
            ]
        return step

    def _score(self, components: FloatArray) -> tuple[FloatArray, FloatArray]:
        inverse, _, projected = self._parts(components)
        middle = projected if self._restricted else inverse
        turned = [middle @ layout for layout in self._layouts]
        explained = projected @ self._y
        score = np.array(
            [
                -0.5 * np.trace(one) + 0.5 * explained @ layout @ explained
                for one, layout in zip(turned, self._layouts, strict=True)
            ]
        )
        information = np.array(
            [[0.5 * np.sum(first * second.T) for second in turned] for first in turned]
        )
        return score, information

    def _parts(self, components: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        inverse = np.linalg.inv(self.total(components))
        weighted = inverse @ self._x
        inner = self._x.T @ weighted
        projected = inverse - weighted @ np.linalg.solve(inner, weighted.T)
        return np.asarray(inverse), inner, np.asarray(projected)
