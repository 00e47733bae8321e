"""This file knows how often panels held against other lots find an effect that is not there.

Run with ``python -m scripts.make_panel_lot_sizes``; it prints the table that
``docs/explanation/panels-by-lots.md`` shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import stdtr

from forestall._stats.panel_scores import CountedOutcomes, Lots, PanelScores
from forestall._stats.place_ratios import ratio_of_places_and_months
from forestall._stats.randomisation import StaggeredStarts, rank_p_value
from forestall._stats.start_lots import other_starts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

DRAWS, LOTS, MONTHS, MEAN = 2_000, 199, 24, 4.0


class World(NamedTuple):
    """Places, of which some start in one of these months, and what else happens.

    Attributes
    ----------
    years
        Variance of the good and bad years of each place, once after month 12.
    common
        Logarithm of a change in all places from month 12 on.
    unlike
        Effects in treated places of this logarithm, up in one half of them and down in the other.
    falling
        Logarithm by which treated places change each month, all the time.
    """

    places: int
    treated: int
    starts: tuple[int, ...] = (12,)
    years: float = 0.05
    common: float = 0.0
    unlike: float = 0.0
    falling: float = 0.0


WORLDS = {
    "chance alone, 10 of 40 places": World(40, 10, years=0.0),
    "good and bad years, 10 of 40": World(40, 10),
    "the same, all rise by 20 %": World(40, 10, common=float(np.log(1.2))),
    "the same, 3 of 12": World(12, 3),
    "the same, 2 of 8": World(8, 2),
    "the same, four starts, 16 of 40": World(40, 16, starts=(9, 12, 15, 18)),
    "unlike effects that cancel out, 10 of 40": World(40, 10, unlike=0.5),
    "no lot: treated fall by 1 % a month": World(40, 10, falling=-0.01),
}


def draw_world(
    world: World, generator: np.random.Generator, *, ratio: float
) -> tuple[FloatArray, IntArray]:
    """Draw places × months, and the month in which each starts."""
    months = np.arange(MONTHS)
    starts = np.full(world.places, MONTHS)
    chosen = generator.permutation(world.places)[: world.treated]
    starts[chosen] = np.resize(world.starts, world.treated)
    there = months >= starts[:, None]
    level = MEAN * generator.gamma(4, 0.25, (world.places, 1))
    log = np.zeros((world.places, MONTHS)) + world.common * (months >= MONTHS // 2)
    if world.years:
        shape = 1 / world.years
        own = generator.gamma(shape, world.years, (world.places, 1))
        log += np.where(months >= MONTHS // 2, np.log(own), 0.0)
    up = np.isin(np.arange(world.places), chosen[: world.treated // 2])[:, None]
    # Scaled so that both halves together have no effect.
    even = np.log(np.cosh(world.unlike))
    log += there * (np.log(ratio) + np.where(up, world.unlike, -world.unlike) - even)
    log += world.falling * months * (starts < MONTHS)[:, None]
    return generator.poisson(level * np.exp(log)).astype(float), starts


def lot_sizes(name: str, *, ratio: float = 1.0, seed: int = 1, draws: int = DRAWS) -> FloatArray:
    """Return how often three tests turn down this ratio: by place, by lots, by plain lots.

    The last of them does not studentise.
    """
    world = WORLDS[name]
    generator = np.random.default_rng(seed)
    turned_down = np.zeros(3)
    for number in range(draws):
        counts, starts = draw_world(world, generator, ratio=ratio)
        there = np.arange(MONTHS) >= starts[:, None]
        found = ratio_of_places_and_months(counts, there)
        assert found is not None
        away = abs(found.log - np.log(ratio)) / found.error
        lots = other_starts(starts, np.zeros_like(starts), draws=LOTS, seed=number).starts
        firsts, drawn = np.unique(lots, return_inverse=True)
        courses = np.arange(MONTHS) >= firsts[:, None]
        scores = PanelScores(
            CountedOutcomes(counts, np.ones_like(counts), there),
            Lots(courses, drawn.reshape(lots.shape), np.arange(world.places)),
        )
        p_values = (
            2 * float(stdtr(world.places - 1, -away)),
            rank_p_value(scores.at(float(np.log(ratio)))),
            rank_p_value(StaggeredStarts(counts, lots).at(float(np.log(ratio)))),
        )
        turned_down += np.array(p_values) <= 0.05
    return turned_down / draws


def main() -> None:
    """Print the table."""
    print("| world | by place | plain lots | studentised lots | holds 0.8 |")
    print("| --- | --- | --- | --- | --- |")
    for name in WORLDS:
        none, real = lot_sizes(name), lot_sizes(name, ratio=0.8, seed=2)
        print(
            f"| {name} | {none[0]:.3f} | {none[2]:.3f} | {none[1]:.3f} | {1 - real[1]:.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
