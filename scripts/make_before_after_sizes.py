"""This file knows how often comparisons before and after find an effect where there is none.

Run with ``python scripts/make_before_after_sizes.py``; it prints the tables that
``docs/explanation/before-after.md`` shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from forestall._stats.four_cells import (
    difference_of_differences,
    log_ratio_of_ratios,
    pearson_dispersion,
    total_net_difference,
    without_zeros,
)
from forestall._stats.two_rates import e_test

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]

DRAWS = 200_000
SLOW_DRAWS = 4_000
LIMIT = float(stats.norm.ppf(0.975))
MEANS = (5.0, 20.0, 100.0, 400.0)
PROCESSES = {"Poisson": 0.0, "overdispersed, 0.02": 0.02, "overdispersed, 0.10": 0.10}


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How often each measure leaves out no effect at 95 %."""

    difference: float
    ratio: float
    treated_alone: float


def draw(
    means: ArrayLike, *, alpha: float, generator: np.random.Generator, draws: int
) -> NDArray[np.int64]:
    """Draw counts; their variance is mean + alpha × mean²."""
    wanted = np.broadcast_to(np.asarray(means, dtype=float), (draws, np.size(means)))
    if alpha:
        wanted = wanted * generator.gamma(1 / alpha, alpha, wanted.shape)
    return generator.poisson(wanted)


def found_by_difference(counts: ArrayLike, divisors: ArrayLike = (1.0, 1.0, 1.0, 1.0)) -> float:
    """Return the share of draws in which the difference leaves out zero."""
    found = difference_of_differences(counts, counts, divisors)
    return float((np.abs(found.number) > LIMIT * np.sqrt(found.variance)).mean())


def found_by_ratio(counts: ArrayLike, *, factor: float = 1.0) -> float:
    """Return the share of draws in which the ratio leaves out one."""
    raised = without_zeros(counts)
    found = log_ratio_of_ratios(raised, raised, np.ones(4))
    return float((np.abs(found.number) > LIMIT * np.sqrt(factor * found.variance)).mean())


def found_by_e_test(counts: NDArray[np.int64]) -> float:
    """Return the share of draws in which the treated places alone seem to have changed."""
    pairs, times = np.unique(counts[:SLOW_DRAWS, :2], axis=0, return_counts=True)
    rare = [
        e_test(int(one), int(two), first_exposure=1, second_exposure=1, variance="unpooled") <= 0.05
        for one, two in pairs
    ]
    return float(np.average(rare, weights=times))


def sizes(mean: float, *, alpha: float, seed: int = 1, draws: int = DRAWS) -> Sizes:
    """Return how often each measure finds an effect where all four means are the same."""
    counts = draw([mean] * 4, alpha=alpha, generator=np.random.default_rng(seed), draws=draws)
    return Sizes(
        difference=found_by_difference(counts),
        ratio=found_by_ratio(counts),
        treated_alone=found_by_e_test(counts),
    )


def common_trend(mean: float, *, seed: int = 2, draws: int = DRAWS) -> dict[str, float]:
    """Return what is found where all rise by 20 % and the comparison is ten times as large."""
    counts = draw(
        [mean, 1.2 * mean, 10 * mean, 12 * mean],
        alpha=0,
        generator=np.random.default_rng(seed),
        draws=draws,
    )
    return {
        "difference, sizes not given": found_by_difference(counts),
        "difference, sizes given": found_by_difference(counts, [1, 1, 10, 10]),
        "ratio": found_by_ratio(counts),
        "treated alone (E-test)": found_by_e_test(counts),
    }


def regression_to_the_mean(*, seed: int = 3, draws: int = 20_000) -> dict[str, float]:
    """Return what is found where the 5 of 100 places with most incidents before are treated.

    The means of the places are gamma with mean 50 and half of that as their standard deviation.
    """
    generator = np.random.default_rng(seed)
    means = generator.gamma(4, 12.5, (draws, 100))
    before, after = generator.poisson(means), generator.poisson(means)
    chosen = np.argpartition(-before, 5, axis=1)[:, :5]
    treated = [np.take_along_axis(counts, chosen, axis=1).sum(axis=1) for counts in (before, after)]
    rest = [
        counts.sum(axis=1) - inside for counts, inside in zip((before, after), treated, strict=True)
    ]
    cells = np.stack([*treated, *rest], axis=1)
    ratios = cells[:, 1] / cells[:, 0] / (cells[:, 3] / cells[:, 2])
    return {
        "mean ratio": float(ratios.mean()),
        "difference, sizes given": found_by_difference(cells, [1, 1, 19, 19]),
        "ratio": found_by_ratio(cells),
    }


def with_estimated_variance(
    *, mean: float = 20.0, alpha: float = 0.10, months: int = 12, seed: int = 4
) -> dict[str, float]:
    """Return what is found with chance alone, and with the variance estimated from months."""
    generator = np.random.default_rng(seed)
    counts = draw(
        [mean] * (4 * months), alpha=alpha, generator=generator, draws=SLOW_DRAWS
    ).reshape(SLOW_DRAWS, 2, 2, months)
    cells = counts.sum(axis=3).reshape(SLOW_DRAWS, 4)
    raised = without_zeros(cells)
    found = log_ratio_of_ratios(raised, raised, np.ones(4))
    freedom = 2 * months - 2
    factors = np.array(
        [pearson_dispersion(one[:, 0], one[:, 1]).factor for one in counts], dtype=float
    )
    reach = stats.t.ppf(0.975, freedom) * np.sqrt(np.maximum(factors, 1) * found.variance)
    return {
        "chance alone": found_by_ratio(cells),
        "2 times chance, assumed": found_by_ratio(cells, factor=2),
        "estimated": float((np.abs(found.number) > reach).mean()),
    }


def coverage(mean: float, *, alpha: float, seed: int = 5, draws: int = DRAWS) -> dict[str, float]:
    """Return how often 95 % intervals hold a real fall of 30 % and the net effect of it."""
    means = np.array([mean, 0.7 * mean, mean, mean, mean, 1.1 * mean])
    counts = draw(means, alpha=alpha, generator=np.random.default_rng(seed), draws=draws)
    raised = without_zeros(counts[:, :4])
    ratio = log_ratio_of_ratios(raised, raised, np.ones(4))
    near = counts[:, [0, 1]] + counts[:, [4, 5]]
    net = total_net_difference(near, raised[:, 2:])
    missed = (
        np.abs(ratio.number - np.log(0.7)) / np.sqrt(ratio.variance),
        np.abs(net.number - (-0.2 * mean)) / np.sqrt(net.variance),
    )
    return {
        name: float((distance <= LIMIT).mean())
        for name, distance in zip(("ratio", "total net effect"), missed, strict=True)
    }


def quotient_range(*, mean: float = 100.0, seed: int = 6, draws: int = DRAWS) -> FloatArray:
    """Return between which values the displacement quotient lies by chance, 98 and 90 in 100."""
    counts = draw([mean] * 6, alpha=0, generator=np.random.default_rng(seed), draws=draws)
    treated, comparison, buffer = counts[:, :2], counts[:, 2:4], counts[:, 4:]
    shares = treated / comparison, buffer / comparison
    fell, around = (share[:, 1] - share[:, 0] for share in shares)
    inside = fell < 0
    return np.quantile(around[inside] / fell[inside], [0.01, 0.05, 0.95, 0.99])


def main() -> None:
    """Print the tables."""
    print("| counts | mean | difference | ratio | treated alone (E-test) |")
    print("| --- | --- | --- | --- | --- |")
    for name, alpha in PROCESSES.items():
        for mean in MEANS:
            size = sizes(mean, alpha=alpha)
            print(
                f"| {name} | {mean:.0f} | {size.difference:.3f} | {size.ratio:.3f} "
                f"| {size.treated_alone:.2f} |"
            )
    for mean in (20.0, 100.0):
        print(f"common trend, {mean:.0f}: {common_trend(mean)}")
    print(f"regression to the mean: {regression_to_the_mean()}")
    print(f"12 + 12 months: {with_estimated_variance()}")
    print("\n| counts | mean | ratio | total net effect |\n| --- | --- | --- | --- |")
    for name, alpha in PROCESSES.items():
        for mean in MEANS:
            held = coverage(mean, alpha=alpha)
            print(f"| {name} | {mean:.0f} | {held['ratio']:.3f} | {held['total net effect']:.3f} |")
    print(f"quotient, 1, 5, 95, 99 %: {quotient_range().round(1).tolist()}")


if __name__ == "__main__":
    main()
