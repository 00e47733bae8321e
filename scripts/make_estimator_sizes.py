"""This file knows how often every estimator is wrong, and writes it into its page.

Run with ``python -m scripts.make_estimator_sizes``; it writes the tables of
``docs/explanation/where-estimators-fail.md`` between their marks; with names of tables, only these.
All of them take some eight minutes of one processor.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scripts.estimator_panels import DIFFERENCES_OF_MIXTURES, MIXTURES, PANELS
from scripts.estimator_starts import COURSES, STARTING, share_of_truth
from scripts.estimator_verdicts import FOUR_CELLS, OTHERS
from scripts.estimator_worlds import WORLDS, draw_study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scripts.estimator_verdicts import Verdict
    from scripts.estimator_worlds import Study, World

    Estimators = Mapping[str, Callable[[Study], Verdict | None]]

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "where-estimators-fail.md"
DRAWS, FEWER_DRAWS, FEWEST_DRAWS, DRAWS_OF_STARTS = 1_500, 150, 80, 1_000
RATIO = 0.8
TABLES: dict[str, tuple[Estimators, int]] = {
    "four-cells": (FOUR_CELLS, DRAWS),
    "others": (OTHERS, DRAWS),
    "panels": (PANELS, DRAWS),
    "mixtures": (MIXTURES, FEWER_DRAWS),
    "differences-of-mixtures": (DIFFERENCES_OF_MIXTURES, FEWEST_DRAWS),
}
NEEDS_A_LOT = {"trial by lot"}
# What is told in fewer draws than the others is too little for a share.
MOSTLY = 0.9
SHARP = {*FOUR_CELLS, *OTHERS, *PANELS}


class Sizes(NamedTuple):
    """How often an effect is found where there is none, the true one is held, and none is told."""

    found: float
    holds: float
    refused: float


def sizes(world: World, estimators: Estimators, *, draws: int, seed: int = 1) -> dict[str, Sizes]:
    """Return how often each estimator is wrong in one world; all see the same cities."""
    none, real = np.random.default_rng([seed, 0]), np.random.default_rng([seed, 1])
    without: dict[str, list[Verdict | None]] = {name: [] for name in estimators}
    with_effect: dict[str, list[Verdict | None]] = {name: [] for name in estimators}
    for _ in range(draws):
        nothing, effect = draw_study(world, none), draw_study(world, real, ratio=RATIO)
        for name, estimate in estimators.items():
            without[name].append(estimate(nothing))
            with_effect[name].append(estimate(effect))
    return {name: _counted(without[name], with_effect[name]) for name in estimators}


def _counted(without: list[Verdict | None], with_effect: list[Verdict | None]) -> Sizes:
    found = [one.p_value <= 0.05 for one in without if one is not None]
    holds = [one.holds for one in with_effect if one is not None]
    told = len(found) + len(holds)
    return Sizes(
        float(np.mean(found)) if found else np.nan,
        float(np.mean(holds)) if holds else np.nan,
        1 - told / (len(without) + len(with_effect)),
    )


def table(estimators: Estimators, *, draws: int) -> Iterator[str]:
    """Yield the lines of one table: a row for each world, size and coverage for each estimator."""
    yield f"| world | {' | '.join(estimators)} |"
    yield "| --- |" + " --- |" * len(estimators)
    for world in WORLDS:
        cells = sizes(world, estimators, draws=draws)
        shown = " | ".join(cell(world, name, size) for name, size in cells.items())
        yield f"| {world.name} | {shown} |"


def cell(world: World, estimator: str, size: Sizes) -> str:
    """Return one cell, such as "0.05 / 0.95"; the share refused stands in brackets."""
    if world.chosen_for_many and estimator in NEEDS_A_LOT:
        return "no lot"
    if size.refused > MOSTLY:
        return "refused"
    decimals = 3 if estimator in SHARP else 2
    shown = f"{size.found:.{decimals}f} / {size.holds:.{decimals}f}"
    return f"{shown} ({size.refused:.2f})" if size.refused else shown


def table_of_starts(*, draws: int) -> Iterator[str]:
    """Yield the lines of the table of places that start one after another."""
    yield f"| effect | {' | '.join(STARTING)} |"
    yield "| --- |" + " --- |" * len(STARTING)
    for course in COURSES:
        cells = []
        for name in STARTING:
            share, holds = share_of_truth(course, name, draws=draws)
            cells.append(f"{holds:.3f}" if np.isnan(share) else f"{share:.2f} / {holds:.3f}")
        yield f"| {course.name} | {' | '.join(cells)} |"


def with_table(text: str, name: str, lines: Iterator[str]) -> str:
    """Return the text of a page with the table between the two marks of this name."""
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, _, rest = text.partition(start)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"The page has no marks for the table {name}.")
    return "".join([before, start, *(f"{line}\n" for line in lines), end, after])


def main(names: list[str]) -> None:
    """Write the tables of these names, or all of them, into the page."""
    text = PAGE.read_text(encoding="utf-8")
    for name, (estimators, draws) in TABLES.items():
        if name in names or not names:
            text = with_table(text, name, table(estimators, draws=draws))
    if "starts" in names or not names:
        text = with_table(text, "starts", table_of_starts(draws=DRAWS_OF_STARTS))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
