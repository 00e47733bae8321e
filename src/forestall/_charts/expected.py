"""This file knows how a series is drawn beside what was expected of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from forestall._charts.house import (
    INK_2,
    LINE,
    REST,
    SERIES,
    WIDE,
    count_axis,
    in_house_style,
    time_axis,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def expected_chart(
    months: pd.DataFrame,
    *,
    titles: tuple[str, str, str],
    stages: Sequence[pd.Timestamp],
    width: int = WIDE,
) -> alt.LayerChart:
    """Draw ``incidents`` as points, ``fitted`` and ``expected`` as lines, with the latter's band.

    ``titles`` are those of the three; a dashed line stands at each stage of the measure.
    """
    band_rows = months.dropna(subset=["expected"])
    x = time_axis("period")
    band = (
        alt.Chart(band_rows)
        .mark_area(color=LINE, opacity=0.7)
        .encode(x=x, y=count_axis("low_95"), y2="high_95:Q")
    )
    points = (
        alt.Chart(months.dropna(subset=["incidents"]))
        .mark_circle(color=REST, size=22, opacity=1)
        .encode(
            x=x,
            y="incidents:Q",
            tooltip=[
                alt.Tooltip("period:T", title=""),
                alt.Tooltip("incidents:Q", title=titles[0]),
            ],
        )
    )
    drawn = _lines(months, fitted=titles[1], expected=titles[2])
    marks = alt.Chart(pd.DataFrame({"period": pd.to_datetime(list(stages))}))
    rules = marks.mark_rule(color=INK_2, strokeDash=[4, 3]).encode(x="period:T")
    return in_house_style([band, rules, points, drawn], width=width)


def _lines(months: pd.DataFrame, *, fitted: str, expected: str) -> alt.Chart:
    dashes = alt.Scale(domain=[fitted, expected], range=[[1, 0], [6, 4]])
    colours = alt.Scale(domain=[fitted, expected], range=[SERIES[0], SERIES[3]])
    lines = pd.concat(
        [
            months[["period"]].assign(value=months["fitted"], line=fitted),
            months[["period"]].assign(value=months["expected"], line=expected),
        ]
    ).dropna()
    drawn: alt.Chart = (
        alt.Chart(lines)
        .mark_line(strokeWidth=2.2)
        .encode(
            x=time_axis("period"),
            y="value:Q",
            color=alt.Color(
                "line:N", scale=colours, legend=alt.Legend(title=None, orient="top", labelLimit=280)
            ),
            strokeDash=alt.StrokeDash("line:N", scale=dashes, legend=None),
        )
    )
    return drawn
