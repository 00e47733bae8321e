"""This file knows how what was recorded is drawn beside what other places let expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from forestall._charts.house import INK_2, SERIES, WIDE, count_axis, in_house_style, time_axis

if TYPE_CHECKING:
    from collections.abc import Mapping


def path_chart(
    periods: pd.DataFrame, *, titles: Mapping[str, str], width: int = WIDE
) -> alt.LayerChart:
    """Draw ``recorded`` and ``expected`` by ``period``, with a rule at the first one ``after``.

    ``titles`` are those of the two lines.
    """
    is_time = pd.api.types.is_datetime64_any_dtype(periods["period"])
    x = time_axis("period") if is_time else alt.X("period:Q", title=None, axis=alt.Axis(grid=False))
    names = [titles["recorded"], titles["expected"]]
    lines = pd.concat(
        [
            periods[["period"]].assign(value=periods[column], line=titles[column])
            for column in ("recorded", "expected")
        ]
    )
    drawn = (
        alt.Chart(lines)
        .mark_line(strokeWidth=2.2)
        .encode(
            x=x,
            y=count_axis("value"),
            color=alt.Color(
                "line:N",
                scale=alt.Scale(domain=names, range=[SERIES[0], SERIES[3]]),
                legend=alt.Legend(title=None, orient="top", labelLimit=280),
            ),
            strokeDash=alt.StrokeDash(
                "line:N", scale=alt.Scale(domain=names, range=[[1, 0], [6, 4]]), legend=None
            ),
        )
    )
    start = alt.Chart(periods.loc[periods["after"], ["period"]].head(1))
    rule = start.mark_rule(color=INK_2, strokeDash=[4, 3]).encode(x=x)
    return in_house_style([rule, drawn], width=width)
