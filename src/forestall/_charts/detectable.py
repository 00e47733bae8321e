"""This file knows how the smallest change that is found is drawn, by months of watching."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from forestall._charts.house import INK_2, SERIES, WIDE, in_house_style

if TYPE_CHECKING:
    from collections.abc import Sequence

_DASHES: Sequence[Sequence[int]] = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4], [3, 1])


def detectable_chart(
    rows: pd.DataFrame, *, wanted: float, x_title: str, y_title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``detectable`` by ``months_after`` for each ``design``; a dashed line at the wanted."""
    designs = list(dict.fromkeys(rows["design"]))
    colours = [SERIES[number % len(SERIES)] for number in range(len(designs))]
    dashes = [list(_DASHES[number % len(_DASHES)]) for number in range(len(designs))]
    top = min(1.0, np.ceil(max(float(rows["detectable"].max()), wanted) * 5 + 0.01) / 5)
    legend = alt.Legend(title=None, orient="top", columns=2, labelLimit=320, symbolSize=400)
    lines = (
        alt.Chart(rows)
        .mark_line(strokeWidth=2.2)
        .encode(
            x=alt.X("months_after:Q", title=x_title, axis=alt.Axis(tickCount=6, grid=False)),
            y=alt.Y(
                "detectable:Q",
                title=y_title,
                scale=alt.Scale(domain=[0, top], nice=False),
                axis=alt.Axis(format=".0%", tickCount=5),
            ),
            color=alt.Color(
                "design:N", scale=alt.Scale(domain=designs, range=colours), legend=legend
            ),
            strokeDash=alt.StrokeDash(
                "design:N", scale=alt.Scale(domain=designs, range=dashes), legend=legend
            ),
        )
    )
    mark = alt.Chart(pd.DataFrame({"wanted": [wanted]}))
    rule = mark.mark_rule(color=INK_2, strokeDash=[4, 3]).encode(y="wanted:Q")
    return in_house_style([rule, lines], width=width)
