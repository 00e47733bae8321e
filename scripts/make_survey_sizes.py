"""This file knows how often a comparison of two waves of a survey is wrong, on made-up answers.

Run it to print the table of docs/explanation/surveys-before-after.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from forestall.evaluation.survey_contrasts import stack_waves
from forestall.evaluation.survey_waves import Overlap, SurveyWave
from forestall.surveys import Better, Item, Topic, survey_design

UNSAFE = Item(
    name="Feeling unsafe", column="unsafe", wording="Do you feel unsafe here after dark?",
    topic=Topic.FEAR, better=Better.LOWER, counted=(1,),
)  # fmt: skip
PEOPLE, SPREAD = 20, 0.10


@dataclass(frozen=True)
class Kind:
    """A way in which two waves were drawn: treated and comparison clusters, and what they share."""

    treated: int
    comparison: int
    overlap: Overlap
    shock: float = 0.0


KINDS = {
    "other people, 20 clusters": Kind(20, 0, Overlap.NOTHING),
    "same 20 clusters": Kind(20, 0, Overlap.CLUSTERS),
    "same people, 20 clusters": Kind(20, 0, Overlap.PEOPLE),
    "10 and 10 clusters": Kind(10, 10, Overlap.NOTHING),
    "4 and 20 clusters": Kind(4, 20, Overlap.NOTHING),
    "same 4 and 20 clusters": Kind(4, 20, Overlap.CLUSTERS),
    "10 and 10, a shock of 6 points": Kind(10, 10, Overlap.NOTHING, shock=0.06),
}


def survey_sizes(name: str, *, change: float = 0.0, seed: int, draws: int) -> dict[str, float]:
    """Return how often a difference is found (5 % test) and its interval holds the true change.

    ``people alone`` leaves the clusters out of the design; ``by cluster`` is what is used.
    With a true change, only the second is tried.
    """
    rng = np.random.default_rng(seed)
    found = {"people alone": 0, "by cluster": 0, "holds": 0}
    for _ in range(draws):
        answers = _draw(rng, KINDS[name], change)
        number, reach = _difference(answers, KINDS[name], "street")
        found["by cluster"] += abs(number) > reach
        found["holds"] += abs(number - change) <= reach
        if not change:
            number, reach = _difference(answers, KINDS[name], None)
            found["people alone"] += abs(number) > reach
    return {way: count / draws for way, count in found.items()}


def _draw(rng: np.random.Generator, kind: Kind, change: float) -> list[pd.DataFrame]:
    clusters = kind.treated + kind.comparison
    street = np.repeat(np.arange(clusters), PEOPLE)
    treated = street < kind.treated
    level = 0.4 + SPREAD * rng.standard_normal(clusters)
    lasting = rng.random(len(street))
    waves = []
    for wave in (0, 1):
        if kind.overlap is Overlap.NOTHING:
            level = 0.4 + SPREAD * rng.standard_normal(clusters)
        now = level + 0.5 * SPREAD * rng.standard_normal(clusters) * (
            kind.overlap is not Overlap.NOTHING
        )
        # The same people answer alike three times in four.
        keeps = (rng.random(len(street)) < 0.75) & (kind.overlap is Overlap.PEOPLE)
        threshold = np.where(keeps, lasting, rng.random(len(street)))
        moved = (change + kind.shock * rng.standard_normal()) * wave
        share = np.clip(now[street] + treated * moved, 0.01, 0.99)
        waves.append(
            pd.DataFrame(
                {
                    "unsafe": (threshold < share).astype(int),
                    "street": street,
                    "area": np.where(treated, "treated", "comparison"),
                    "person": np.arange(len(street)),
                    "weight": rng.uniform(0.5, 2.0, len(street)),
                }
            )
        )
    return waves


def _difference(
    answers: list[pd.DataFrame], kind: Kind, clusters: str | None
) -> tuple[float, float]:
    is_panel = kind.overlap is Overlap.PEOPLE
    before, after = (
        SurveyWave(
            answers=one,
            design=survey_design(one, weights="weight", clusters=clusters),
            items=(UNSAFE,),
            mode="post",
            area="area",
            respondent="person" if is_panel else None,
        )
        for one in answers
    )
    shared = Overlap.NOTHING if clusters is None and not is_panel else kind.overlap
    stacked = stack_waves(
        before,
        after,
        overlap=shared,
        treated=["treated"],
        comparison=["comparison"] if kind.comparison else [],
    )
    found = stacked.contrast((UNSAFE, UNSAFE))
    quantile = float(stats.t.ppf(0.975, found.degrees_of_freedom))
    if not math.isfinite(quantile):
        raise ValueError("A difference without degrees of freedom cannot be judged.")
    return found.number, quantile * found.standard_error


def main() -> None:
    """Print the table of the page."""
    print("| waves | people alone | by cluster | holds a fall of 10 points |")
    print("| --- | --- | --- | --- |")
    for name in KINDS:
        none = survey_sizes(name, seed=1, draws=1000)
        real = survey_sizes(name, change=-0.10, seed=2, draws=1000)
        print(
            f"| {name} | {none['people alone']:.3f} | {none['by cluster']:.3f} | "
            f"{real['holds']:.3f} |"
        )


if __name__ == "__main__":
    main()
