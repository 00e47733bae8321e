"""This file knows how often intervals of averages of studies hold what they should.

Run with ``python scripts/make_synthesis_sizes.py`` for the tables of docs/explanation/synthesis.md;
tests/evidence/test_synthesis_sizes.py checks them with fewer draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri, stdtrit

from forestall._stats.between_studies import Between, fit_between, predicted_interval
from forestall._stats.cluster_robust import robust_errors
from forestall._stats.variance_components import fit_mixed_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

STUDIES, RATIOS = (3, 5, 10, 30), (0.0, 0.5, 1.0, 4.0)
LAYERS = (5, 10, 20)
DRAWS, NESTED_DRAWS = 4000, 1000
TRUE = -0.2
Sizes = dict[str, float]


def synthesis_sizes(studies: int, ratio: float, *, seed: int = 1, draws: int = DRAWS) -> Sizes:
    """Return how often 95 % intervals hold the true average, and the true effect of a new study.

    Sampling variances are those of studies of very different sizes (a gamma of shape 2); ``ratio``
    is the variance of true effects over their mean.
    """
    generator = np.random.default_rng(seed)
    one, held = np.ones((studies, 1)), {"normal": 0, "t": 0, "wider": 0, "new": 0}
    tail, t = float(ndtri(0.975)), -float(stdtrit(studies - 1, 0.025))
    for _ in range(draws):
        variances = 0.005 + generator.gamma(2.0, 0.02, studies)
        spread = ratio * 0.045
        effects = generator.normal(TRUE, np.sqrt(variances + spread))
        fit = fit_between(effects, variances, one, estimator=Between.REML)
        average = float(fit.coefficients[0])
        plain, error = (
            float(np.sqrt(matrix[0, 0])) for matrix in (fit.covariance, fit.adjusted_covariance)
        )
        apart = abs(average - TRUE)
        low, high = predicted_interval(
            average, error=error, spread=fit.tau2, freedom=fit.freedom, level=0.95
        )
        held["normal"] += apart <= tail * plain
        held["t"] += apart <= t * error
        held["wider"] += apart <= t * max(error, plain)
        held["new"] += low <= generator.normal(TRUE, np.sqrt(spread)) <= high
    return {name: number / draws for name, number in held.items()}


def nested_sizes(studies: int, *, seed: int = 1, draws: int = NESTED_DRAWS) -> Sizes:
    """Return how often intervals hold the true average where studies give one to nine effects."""
    generator = np.random.default_rng(seed)
    held = {"taken apart": 0, "three levels": 0, "by study": 0}
    for _ in range(draws):
        units = np.repeat(np.arange(studies), generator.integers(1, 10, studies))
        variances = 0.005 + generator.gamma(2.0, 0.02, units.size)
        shared = generator.normal(0, np.sqrt(0.045), studies)[units]
        effects = TRUE + shared + generator.normal(0, np.sqrt(variances + 0.02))
        apart, levels, robust = _errors(effects, variances, units)
        held["taken apart"] += apart
        held["three levels"] += levels
        held["by study"] += robust
    return {name: number / draws for name, number in held.items()}


def _errors(
    effects: FloatArray, variances: FloatArray, units: NDArray[np.int64]
) -> tuple[bool, bool, bool]:
    one = np.ones((effects.size, 1))
    fit = fit_between(effects, variances, one, estimator=Between.REML)
    naive = abs(float(fit.coefficients[0]) - TRUE) / float(np.sqrt(fit.adjusted_covariance[0, 0]))
    levels = fit_mixed_model(effects, variances, one, [units, np.arange(effects.size)])
    robust = robust_errors(levels, units)
    apart = abs(float(levels.coefficients[0]) - TRUE)
    freedom = float(robust.degrees_of_freedom[0])
    return (
        naive <= -float(stdtrit(effects.size - 1, 0.025)),
        apart <= float(ndtri(0.975)) * float(np.sqrt(levels.covariance[0, 0])),
        apart <= -float(stdtrit(freedom, 0.025)) * float(np.sqrt(robust.covariance[0, 0])),
    )


def main() -> None:
    """Print a row for each number of studies and each spread of true effects."""
    print("| studies | spread | normal | Knapp and Hartung | the wider of both | new place |")
    for studies in STUDIES:
        for ratio in RATIOS:
            shown = " | ".join(f"{share:.3f}" for share in synthesis_sizes(studies, ratio).values())
            print(f"| {studies} | {ratio:g} | {shown} |", flush=True)
    print("| studies | effects taken apart | three levels, normal | by study, Satterthwaite |")
    for studies in LAYERS:
        shown = " | ".join(f"{share:.3f}" for share in nested_sizes(studies).values())
        print(f"| {studies} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
