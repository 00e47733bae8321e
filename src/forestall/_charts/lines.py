"""This file knows how charts with axes look: lines, bars, intervals, funnels and points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence


from forestall._charts.house import (
    INK,
    INK_2,
    LINE,
    PAPER,
    REST,
    SERIES,
    WIDE,
    count_axis,
    in_house_style,
    plain_axis,
    share_axis,
    time_axis,
)


def month_chart(
    months: pd.DataFrame,
    *,
    month_title: str,
    average_title: str,
    shifts: Sequence[pd.Timestamp] = (),
    width: int = WIDE,
) -> alt.LayerChart:
    """Draw ``period`` and ``incidents`` as a thin line, ``average_12`` as a thick one."""
    base = alt.Chart(months).encode(x=time_axis("period"))
    thin = base.mark_line(color=REST, strokeWidth=1.2, point={"color": REST, "size": 12}).encode(
        y=count_axis("incidents"),
        tooltip=[alt.Tooltip("period:T", title=""), alt.Tooltip("incidents:Q", title=month_title)],
    )
    thick = base.mark_line(color=SERIES[0], strokeWidth=2.6).encode(
        y="average_12:Q",
        tooltip=[
            alt.Tooltip("period:T", title=""),
            alt.Tooltip("average_12:Q", title=average_title),
        ],
    )
    marks = alt.Chart(pd.DataFrame({"period": pd.to_datetime(list(shifts))}))
    rules = marks.mark_rule(color=INK_2, strokeDash=[4, 3]).encode(x="period:T")
    return in_house_style([rules, thin, thick], width=width)


def curve_chart(
    curve: pd.DataFrame, *, x_title: str, y_title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``share_of_incidents`` by ``share_of_places`` for each ``group``, labelled directly."""
    groups = list(dict.fromkeys(curve["group"]))
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=groups, range=[SERIES[i % 4] for i in range(len(groups))]),
        legend=alt.Legend(title=None, orient="top"),
    )
    lines = (
        alt.Chart(curve)
        .mark_line(strokeWidth=2.2)
        .encode(
            x=share_axis("share_of_places", x_title),
            y=share_axis("share_of_incidents", y_title),
            color=colour,
            strokeDash=alt.StrokeDash("group:N", sort=groups, legend=None),
        )
    )
    half = alt.Chart(pd.DataFrame({"half": [0.5]}))
    rule = half.mark_rule(color=LINE).encode(y="half:Q")
    return in_house_style([rule, lines], width=width)


def bar_chart(
    rows: pd.DataFrame, *, label: str, number: str, number_title: str = "", width: int = WIDE
) -> alt.LayerChart:
    """Draw one bar from zero for each row, in the order given."""
    bars = (
        alt.Chart(rows)
        .mark_bar(color=SERIES[0], height={"band": 0.65})
        .encode(
            y=alt.Y(f"{label}:N", sort=list(rows[label]), title=None, axis=plain_axis()),
            x=alt.X(f"{number}:Q", title=number_title or None, axis=alt.Axis(tickCount=4)),
        )
    )
    return in_house_style([bars], width=width, height=24 * max(len(rows), 1))


def interval_chart(
    rows: pd.DataFrame, *, label: str, limit: float, title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``low``, ``ratio``, ``high`` of each row as change against no change.

    ``limit`` is the end of the symmetrical scale (0.6 draws −60 % to +60 %); what lies beyond is
    drawn to the edge.
    """
    change = rows.assign(
        **{name: (rows[name] - 1).clip(-limit, limit) for name in ("low", "ratio", "high")}
    )
    scale = alt.Scale(domain=[-limit, limit], nice=False)
    base = alt.Chart(change).encode(
        y=alt.Y(f"{label}:N", sort=list(rows[label]), title=None, axis=plain_axis())
    )
    ends = alt.X(
        "low:Q",
        scale=scale,
        title=title,
        axis=alt.Axis(format="+.0%", labelExpr="datum.value == 0 ? '0' : datum.label", tickCount=5),
    )
    bars = base.mark_rule(color=SERIES[0], strokeWidth=5).encode(x=ends, x2="high:Q")
    dots = base.mark_point(
        fill=PAPER, stroke=SERIES[0], strokeWidth=2.5, size=70, opacity=1
    ).encode(x=alt.X("ratio:Q", scale=scale))
    zero = alt.Chart(pd.DataFrame({"none": [0.0]})).mark_rule(color=INK).encode(x="none:Q")
    return in_house_style([zero, bars, dots], width=width, height=26 * max(len(rows), 1))


def funnel_chart(
    areas: pd.DataFrame,
    limits: pd.DataFrame,
    *,
    overall: float,
    x_title: str,
    y_title: str,
    width: int = WIDE,
) -> alt.LayerChart:
    """Draw ``rate`` by ``population``, limits of chance dashed, widened limits as a band."""
    x = alt.X("population:Q", title=x_title, axis=alt.Axis(tickCount=5))
    band = alt.Chart(limits).mark_area(color=LINE, opacity=0.5)
    wide = band.encode(x=x, y=alt.Y("low_998:Q", title=y_title), y2="high_998:Q")
    dashed = alt.Chart(limits).mark_line(color=INK_2, strokeDash=[4, 3], strokeWidth=1)
    low = dashed.encode(x=x, y="chance_low_998:Q")
    high = dashed.encode(x=x, y="chance_high_998:Q")
    level = alt.Chart(pd.DataFrame({"rate": [overall]})).mark_rule(color=INK).encode(y="rate:Q")
    dots = alt.Chart(areas.dropna(subset=["rate"])).mark_circle(color=SERIES[0], size=45, opacity=1)
    drawn = dots.encode(x=x, y="rate:Q", tooltip=["name:N", "rate:Q", "low:Q", "high:Q"])
    return in_house_style([wide, low, high, level, drawn], width=width, height=320)


def band_chart(rows: pd.DataFrame, *, title: str, width: int = WIDE) -> alt.LayerChart:
    """Draw ``value`` by ``period`` as a line, over the band from ``low`` to ``high``."""
    base = alt.Chart(rows).encode(x=time_axis("period"))
    share = alt.Axis(format=".0%", tickCount=5)
    scale = alt.Scale(domain=[0, 1], nice=False)
    band = base.mark_area(color=LINE, opacity=0.7).encode(
        y=alt.Y("low:Q", title=title, scale=scale, axis=share), y2="high:Q"
    )
    line = base.mark_line(color=SERIES[0], strokeWidth=2.2, point={"color": SERIES[0]}).encode(
        y="value:Q", tooltip=["period:T", "value:Q", "low:Q", "high:Q"]
    )
    return in_house_style([band, line], width=width)


def choice_chart(
    tried: pd.DataFrame, *, chosen: float, x_title: str, y_title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``score``, where there is one, by ``bandwidth`` on a logarithmic axis."""
    x = alt.X("bandwidth:Q", title=x_title, scale=alt.Scale(type="log", nice=False))
    mark = alt.Chart(pd.DataFrame({"bandwidth": [chosen]}))
    layers = [mark.mark_rule(color=INK_2, strokeDash=[4, 3]).encode(x=x)]
    if "score" in tried:
        y = alt.Y("score:Q", title=y_title, scale=alt.Scale(zero=False))
        layers.append(alt.Chart(tried).mark_line(color=SERIES[0], point=True).encode(x=x, y=y))
    return in_house_style(layers, width=width)


def scatter_chart(
    points: pd.DataFrame,
    *,
    x: str,
    y: str,
    x_title: str,
    y_title: str,
    middle: float,
    width: int = WIDE,
) -> alt.LayerChart:
    """Draw points with one line across and one up at the middle of both axes."""
    dots = (
        alt.Chart(points[[x, y]])
        .mark_circle(color=SERIES[0], size=24, opacity=0.6)
        .encode(
            x=alt.X(f"{x}:Q", title=x_title, axis=alt.Axis(tickCount=5)),
            y=alt.Y(f"{y}:Q", title=y_title, axis=alt.Axis(tickCount=5)),
        )
    )
    mean = alt.Chart(pd.DataFrame({"mean": [middle]}))
    lines = [mean.mark_rule(color=INK_2).encode(x="mean:Q")]
    lines.append(mean.mark_rule(color=INK_2).encode(y="mean:Q"))
    return in_house_style([*lines, dots], width=width, height=320)
