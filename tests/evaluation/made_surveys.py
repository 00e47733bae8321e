"""Made-up waves of a survey, for tests."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forestall.evaluation import SurveyWave
from forestall.surveys import Better, Item, Topic, survey_design

WORDING = "How safe do you feel walking alone in this area after dark?"


def unsafe(**more: Any) -> Item:
    return Item(
        **{
            "name": "Feeling unsafe after dark",
            "column": "unsafe",
            "wording": WORDING,
            "topic": Topic.FEAR,
            "better": Better.LOWER,
            "counted": (1,),
            **more,
        }
    )


def trust(**more: Any) -> Item:
    return Item(
        **{
            "name": "Trust in the police",
            "column": "trust",
            "wording": "How much do you trust the police here?",
            "topic": Topic.TRUST,
            "better": Better.HIGHER,
            "lowest": 1,
            "highest": 5,
            **more,
        }
    )


def wave_of(answers: pd.DataFrame, *items: Item, clusters: str | None = None, **more: Any):
    people = answers.assign(weight=answers.get("weight", 1.0))
    strata = "stratum" if "stratum" in people else None
    return SurveyWave(
        answers=people,
        design=survey_design(people, weights="weight", strata=strata, clusters=clusters),
        items=items or (unsafe(),),
        **{"mode": "telephone", "response_rate": 0.5, **more},
    )


def yes_no(yes: int, no: int, **columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"unsafe": [1] * yes + [0] * no, **columns})


def four_sides(counts: dict[tuple[str, int], tuple[int, int]]) -> list[pd.DataFrame]:
    """Return both waves from the number of yes and no by area and wave."""
    return [
        pd.concat(
            [yes_no(*pair, area=area) for (area, when), pair in counts.items() if when == wave],
            ignore_index=True,
        )
        for wave in (0, 1)
    ]


def clustered(
    rng: np.random.Generator, *, clusters: int, people: int, spread: float
) -> pd.DataFrame:
    """Return people in clusters whose shares differ."""
    level = np.clip(0.4 + spread * rng.standard_normal(clusters), 0.02, 0.98)
    street = np.repeat(np.arange(clusters), people)
    return pd.DataFrame(
        {
            "street": street,
            "unsafe": (rng.random(len(street)) < level[street]).astype(int),
            "weight": rng.uniform(0.5, 2.0, len(street)),
        }
    )
