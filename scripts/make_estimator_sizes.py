"""This file knows how often every estimator is wrong, and writes it into its page.

Run with ``python -m scripts.make_estimator_sizes``; it writes the tables of
``docs/explanation/where-estimators-fail.md`` between their marks. With ``--print`` it only prints.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from scripts.estimator_panels import PANELS
from scripts.estimator_verdicts import FOUR_CELLS, OTHERS
from scripts.estimator_worlds import WORLDS, draw_study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scripts.estimator_verdicts import Verdict
    from scripts.estimator_worlds import Study, World

    Estimators = Mapping[str, Callable[[Study], Verdict]]

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "where-estimators-fail.md"
DRAWS = 2_000
RATIO = 0.8
TABLES: dict[str, tuple[Estimators, int]] = {
    "four-cells": (FOUR_CELLS, DRAWS),
    "others": (OTHERS, DRAWS),
    "panels": (PANELS, DRAWS),
}
# There is no trial where places were not drawn by lot, and a p-value alone holds nothing.
_NOT_ASKED = {("chosen for many incidents", "trial by lot")}
NO_INTERVAL = {"treated alone (E-test)"}


class Sizes(NamedTuple):
    """How often an effect is found where there is none, and the true one is held."""

    found: float
    holds: float


def sizes(
    world: World, estimators: Estimators, *, draws: int, seed: int = 1
) -> dict[str, Sizes]:
    """Return how often each estimator is wrong in one world; all see the same cities."""
    none, real = np.random.default_rng([seed, 0]), np.random.default_rng([seed, 1])
    found, holds = np.zeros(len(estimators)), np.zeros(len(estimators))
    for _ in range(draws):
        nothing, effect = draw_study(world, none), draw_study(world, real, ratio=RATIO)
        for number, estimate in enumerate(estimators.values()):
            found[number] += estimate(nothing).p_value <= 0.05
            holds[number] += estimate(effect).holds
    return {
        name: Sizes(float(one), float(other))
        for name, one, other in zip(estimators, found / draws, holds / draws, strict=True)
    }


def table(estimators: Estimators, *, draws: int) -> Iterator[str]:
    """Yield the lines of one table: a row for each world, "size / coverage" for each estimator."""
    yield f"| world | {' | '.join(estimators)} |"
    yield "| --- |" + " --- |" * len(estimators)
    for world in WORLDS:
        cells = sizes(world, estimators, draws=draws)
        shown = " | ".join(cell(world.name, name, size) for name, size in cells.items())
        yield f"| {world.name} | {shown} |"


def cell(world: str, estimator: str, size: Sizes) -> str:
    """Return one cell; empty where the estimator is not for this world."""
    if any(world.startswith(one) and estimator == other for one, other in _NOT_ASKED):
        return ""
    if estimator in NO_INTERVAL:
        return f"{size.found:.3f}"
    return f"{size.found:.3f} / {size.holds:.3f}"


def main() -> None:
    """Write the tables into the page, or print them."""
    text = PAGE.read_text(encoding="utf-8")
    for name, (estimators, draws) in TABLES.items():
        lines = list(table(estimators, draws=draws))
        print("\n".join([f"\n{name}, {draws:,} draws", *lines]))
        marked = rf"(<!-- {name} -->\n).*?(\n<!-- end of {name} -->)"
        text = re.sub(
            marked, lambda mark, lines=lines: mark[1] + "\n".join(lines) + mark[2], text, flags=re.S
        )
    if "--print" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
