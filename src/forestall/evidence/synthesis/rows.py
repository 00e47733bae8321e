"""This file knows how averages stand in a table, and under each other in a forest plot."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from forestall.languages import say

if TYPE_CHECKING:
    import altair as alt

    from forestall.evidence.synthesis.averages import Average, Averaged, Prediction

_COLUMNS = ["study", "effect", "low", "high", "weight"]


def average_row(found: Averaged) -> dict[str, object]:
    """Return an average as part of a row: as published, with the interval for a new place."""
    low, high = found.average.limits()
    new = found.prediction
    tau2 = found.heterogeneity.tau2
    return {
        "effect": found.average.effect.published,
        "low": low.published,
        "high": high.published,
        "new_low": math.nan if new is None else new.low.published,
        "new_high": math.nan if new is None else new.high.published,
        "p_value": found.average.p_value,
        "tau2": math.nan if tau2 is None else tau2,
        "i2": found.heterogeneity.i2,
        "certainty": found.average.certainty.value,
    }


def forest_of(
    rows: pd.DataFrame, average: Average, prediction: Prediction | None
) -> alt.LayerChart:
    """Draw rows of effects under each other, then the average, then a new place."""
    from forestall._charts import forest_chart

    low, high = average.limits()
    added = [(say("average"), low, high, "average")]
    if prediction is not None:
        added.append((say("a new place"), prediction.low, prediction.high, "new"))
    more = pd.DataFrame(
        [
            (name, average.effect.published, left.published, right.published, math.nan, kind)
            for name, left, right, kind in added
        ],
        columns=[*_COLUMNS, "kind"],
    )
    shown = rows if "weight" in rows else rows.assign(weight=1.0)
    shown = shown[_COLUMNS].assign(kind="study").dropna(subset=["effect"])
    return forest_chart(
        pd.concat([shown, more], ignore_index=True),
        none=average.effect.moved_to(0.0).published,
        title=say("{metric}: better | worse", metric=average.effect.metric.words),
    )
