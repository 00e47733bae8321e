"""This file knows how often series and trials find an effect that is not there.

Run with ``python scripts/make_series_and_trial_sizes.py``; it prints the tables that
``docs/explanation/interrupted-series.md`` and ``docs/explanation/randomised-trials.md`` show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit

from forestall._stats.assignments import other_assignments
from forestall._stats.place_ratios import ratio_of_four_sums, ratio_of_places_and_months
from forestall._stats.randomisation import (
    FourSums,
    StaggeredStarts,
    limits_by_turning,
    rank_p_value,
)
from forestall._stats.regression import fit_quasi_poisson, season_columns
from forestall._stats.start_lots import other_starts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    Sizes = dict[str, float]

DRAWS = 2_000
BEFORE, AFTER, MEAN = 48, 24, 20.0
LOTS = 199
SERIES = ("chance alone", "2 times chance", "months alike", "a shock then", "begun at a peak")
TRIALS = ("simple", "pairs", "wedge")


def draw_series(kind: str, generator: np.random.Generator, *, ratio: float = 1.0) -> FloatArray:
    """Draw a series of months with season and trend and, from month 48 on, an effect."""
    months = np.arange(BEFORE + AFTER)
    log = np.log(MEAN) + 0.2 * np.sin(2 * np.pi * months / 12) - 0.003 * months
    log = log + np.log(ratio) * (months >= BEFORE)
    if kind == "2 times chance":
        extra = generator.gamma(MEAN, 1 / MEAN, months.size)
        return np.asarray(generator.poisson(np.exp(log) * extra), dtype=float)
    if kind == "months alike":
        noise = generator.normal(0, 0.2, months.size)
        for month in range(1, months.size):
            noise[month] = 0.5 * noise[month - 1] + noise[month] * np.sqrt(0.75)
        log = log + noise
    if kind == "a shock then":
        log = log - 0.15 * (months >= BEFORE)
    if kind == "begun at a peak":
        # The measure goes to the one of ten towns that had most in the last six months.
        towns = generator.poisson(np.exp(log + generator.normal(0, 0.2, (10, months.size))))
        chosen = towns[:, BEFORE - 6 : BEFORE].sum(axis=1).argmax()
        return np.asarray(towns[chosen], dtype=float)
    return np.asarray(generator.poisson(np.exp(log)), dtype=float)


def series_sizes(kind: str, *, ratio: float = 1.0, seed: int = 1, draws: int = DRAWS) -> Sizes:
    """Return how often each standard error leaves out no effect, and holds the true one."""
    months = np.arange(BEFORE + AFTER)
    design = np.column_stack(
        [np.ones(months.size), months >= BEFORE, months, season_columns(months % 12 + 1)]
    ).astype(float)
    generator = np.random.default_rng(seed)
    reach = -stdtrit(months.size - design.shape[1], 0.025)
    found = dict.fromkeys(("Poisson", "quasi-Poisson", "Newey-West", "the larger", "holds"), 0.0)
    for _ in range(draws):
        fit = fit_quasi_poisson(design, draw_series(kind, generator, ratio=ratio))
        poisson = fit.unscaled_covariance[1, 1]
        quasi = poisson * max(1.0, fit.dispersion)
        alike = fit.autocorrelated_covariance(lags=12)[1, 1]
        larger = max(quasi, alike)
        effect = abs(fit.coefficients[1])
        for name, variance in zip(found, (poisson, quasi, alike, larger), strict=False):
            found[name] += (effect > reach * np.sqrt(variance)) / draws
        missed = abs(fit.coefficients[1] - np.log(ratio))
        found["holds"] += (missed <= reach * np.sqrt(larger)) / draws
    return found


def draw_places(
    design: str, places: int, spread: float, generator: np.random.Generator, ratio: float
) -> tuple[FloatArray, NDArray[np.int64], NDArray[np.int64]]:
    """Draw places × 24 months, the month in which each starts, and its stratum."""
    strata = np.repeat(np.arange(places // 2), 2) if design == "pairs" else np.zeros(places, int)
    if design == "wedge":
        starts = generator.permutation(np.resize([12, 15, 18, 21], places))
    elif design == "pairs":
        starts = np.concatenate([generator.permutation([12, 24]) for _ in range(places // 2)])
    else:
        starts = generator.permutation(np.resize([12, 24], places))
    level = generator.gamma(2, 1.5, (places, 1))
    own = np.exp(spread * generator.normal(size=(places, 1)) * (np.arange(24) >= 12))
    there = np.arange(24) >= starts[:, None]
    counts = generator.poisson(level * own * np.where(there, ratio, 1.0))
    return counts.astype(float), starts, strata.astype(np.int64)


def trial_sizes(
    design: str,
    *,
    places: int,
    spread: float,
    ratio: float = 1.0,
    seed: int = 2,
    draws: int = DRAWS,
) -> Sizes:
    """Return how often each analysis of a trial leaves out no effect, and holds the true one."""
    generator = np.random.default_rng(seed)
    found = dict.fromkeys(("Poisson", "by place", "by lot", "by lot holds", "by place holds"), 0.0)
    for number in range(draws):
        drawn = draw_places(design, places, spread, generator, ratio)
        p_values = _p_values(design, drawn, truth=float(np.log(ratio)), seed=number)
        for name, p_value in p_values.items():
            is_size = not name.endswith("holds")
            found[name] += ((p_value <= 0.05) if is_size else (p_value > 0.05)) / draws
    return found


def _p_values(
    design: str,
    drawn: tuple[FloatArray, NDArray[np.int64], NDArray[np.int64]],
    *,
    truth: float,
    seed: int,
) -> Sizes:
    counts, starts, strata = drawn
    before, after, treated = counts[:, :12].sum(axis=1), counts[:, 12:].sum(axis=1), starts == 12
    statistic: FourSums | StaggeredStarts
    if design == "wedge":
        ratio = ratio_of_places_and_months(counts, np.arange(24) >= starts[:, None])
        assert ratio is not None
        lots = other_starts(starts, strata, draws=LOTS, seed=seed).starts
        statistic, poisson, freedom = StaggeredStarts(counts, lots), np.nan, len(counts) - 1
    else:
        ratio = ratio_of_four_sums(before, after, treated, strata)
        chosen = other_assignments(treated, strata, draws=LOTS, seed=seed).treated
        statistic = FourSums(before, after, chosen)
        cells = [sums[arm].sum() for sums in (before, after) for arm in (treated, ~treated)]
        poisson = np.sqrt(sum(1 / cell for cell in cells))
        freedom = len(counts) // 2 - 1 if design == "pairs" else len(counts) - 2
    return {
        "Poisson": _tail(ratio.log / poisson, 1e9) if design != "wedge" else np.nan,
        "by place": _tail(ratio.log / ratio.error, freedom),
        "by lot": rank_p_value(statistic.at(0.0)),
        "by lot holds": rank_p_value(statistic.at(truth)),
        "by place holds": _tail((ratio.log - truth) / ratio.error, freedom),
    }


def _tail(distance: float, freedom: float) -> float:
    return float(2 * stdtr(freedom, -abs(distance)))


def limits_hold(*, places: int, seed: int = 3, draws: int = 400, ratio: float = 0.7) -> float:
    """Return how often the limits that turn the test round hold the true effect."""
    generator = np.random.default_rng(seed)
    held = 0.0
    for number in range(draws):
        counts, starts, strata = draw_places("simple", places, 0.2, generator, ratio)
        before, after = counts[:, :12].sum(axis=1), counts[:, 12:].sum(axis=1)
        lots = other_assignments(starts == 12, strata, draws=LOTS, seed=number).treated
        statistic = FourSums(before, after, lots)
        estimate = ratio_of_four_sums(before, after, starts == 12, strata).log
        low, high = limits_by_turning(statistic, estimate=estimate, level=0.95)
        held += (low <= np.log(ratio) <= high) / draws
    return held


def main() -> None:
    """Print the tables."""
    print("| counts | Poisson | quasi-Poisson | Newey-West | the larger | holds 0.7 |")
    print("| --- | --- | --- | --- | --- | --- |")
    for kind in SERIES:
        none, real = series_sizes(kind), series_sizes(kind, ratio=0.7)
        shown = [f"{none[name]:.3f}" for name in list(none)[:4]] + [f"{real['holds']:.3f}"]
        print(f"| {kind} | {' | '.join(shown)} |")
    print("\n| design | places | own change | Poisson | by place | by lot | by lot holds 0.7 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for design in TRIALS:
        for places in (8, 20, 60):
            for spread in (0.0, 0.3):
                none = trial_sizes(design, places=places, spread=spread)
                real = trial_sizes(design, places=places, spread=spread, ratio=0.7)
                poisson = "" if design == "wedge" else f"{none['Poisson']:.3f}"
                print(
                    f"| {design} | {places} | {spread:.1f} | {poisson} | {none['by place']:.3f} "
                    f"| {none['by lot']:.3f} | {real['by lot holds']:.3f} |"
                )
    print(f"limits hold 0.7: {limits_hold(places=20):.3f}")


if __name__ == "__main__":
    main()
