"""This file knows how effects are drawn by the time since a measure came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from forestall._charts.house import INK_2, LINE, SERIES, WIDE, in_house_style

if TYPE_CHECKING:
    from collections.abc import Mapping


def event_time_chart(
    rows: pd.DataFrame, *, titles: Mapping[str, str], width: int = WIDE
) -> alt.LayerChart:
    """Draw ``effect`` by ``since`` with its interval, and the band that holds for all at once.

    ``titles`` are those of "since" and "effect".
    """
    x = alt.X("since:Q", title=titles["since"], axis=alt.Axis(tickMinStep=1))
    band = (
        alt.Chart(rows)
        .mark_rule(color=LINE, strokeWidth=5)
        .encode(x=x, y=alt.Y("low_band:Q", title=titles["effect"]), y2="high_band:Q")
    )
    inner = alt.Chart(rows).mark_rule(color=SERIES[0]).encode(x=x, y="low_95:Q", y2="high_95:Q")
    dots = (
        alt.Chart(rows)
        .mark_circle(color=SERIES[0], size=45, opacity=1)
        .encode(
            x=x,
            y="effect:Q",
            tooltip=[
                alt.Tooltip("since:Q", title=titles["since"]),
                alt.Tooltip("effect:Q", title=titles["effect"], format=".3~f"),
            ],
        )
    )
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(color=INK_2).encode(y="y:Q")
    start = (
        alt.Chart(pd.DataFrame({"x": [-0.5]}))
        .mark_rule(color=INK_2, strokeDash=[4, 3])
        .encode(x="x:Q")
    )
    return in_house_style([band, zero, start, inner, dots], width=width)


def comparison_chart(
    rows: pd.DataFrame, *, titles: Mapping[str, str], width: int = WIDE
) -> alt.LayerChart:
    """Draw ``effect`` by ``weight``, a shape and colour for each ``comparison``.

    ``titles`` are those of "weight" and "effect".
    """
    dots = (
        alt.Chart(rows)
        .mark_point(size=60, filled=True, opacity=1)
        .encode(
            x=alt.X("weight:Q", title=titles["weight"], axis=alt.Axis(format=".0%")),
            y=alt.Y("effect:Q", title=titles["effect"]),
            color=alt.Color("comparison:N", scale=alt.Scale(range=list(SERIES)), title=None),
            shape=alt.Shape("comparison:N", title=None),
        )
    )
    zero = alt.Chart(pd.DataFrame({"y": [0]})).mark_rule(color=INK_2).encode(y="y:Q")
    return in_house_style([zero, dots], width=width)
