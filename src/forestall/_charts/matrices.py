"""This file knows how a table of rows by columns is drawn in colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence


from forestall._charts.house import (
    INK,
    MAP,
    PAPER,
    RATIO_BREAKS,
    RATIOS,
    SERIES,
    WIDE,
    in_house_style,
    plain_axis,
)


def heat_chart(
    hours: pd.DataFrame, *, weekdays: Sequence[str], title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``incidents`` by ``hour`` and ``weekday`` (0 = Monday) in five classes."""
    named = hours.assign(day=[weekdays[number] for number in hours["weekday"]])
    cells = (
        alt.Chart(named)
        .mark_rect(stroke=PAPER)
        .encode(
            x=alt.X("hour:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("day:N", sort=list(weekdays), title=None),
            color=alt.Color(
                "incidents:Q",
                scale=alt.Scale(type="quantize", range=list(MAP[:5]), zero=True),
                legend=alt.Legend(title=title, orient="top"),
            ),
        )
    )
    return in_house_style([cells], width=width, height=7 * 24)


def ratio_chart(
    cells: pd.DataFrame, *, x_title: str, y_title: str, title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``ratio`` by ``days`` and ``distance`` in the order given; outline ``stands_out``.

    A cell without a number is left white with a dash.
    """
    written = cells.assign(
        text=["–" if pd.isna(ratio) else f"{ratio:.1f}" for ratio in cells["ratio"]],
        dark=cells["ratio"] >= RATIO_BREAKS[-2],
    )
    order = {name: list(dict.fromkeys(cells[name])) for name in ("days", "distance")}
    top = alt.Axis(labelAngle=0, orient="top", ticks=False)
    base = alt.Chart(written).encode(
        x=alt.X("days:N", sort=order["days"], title=x_title, axis=top),
        y=alt.Y("distance:N", sort=order["distance"], title=y_title, axis=plain_axis()),
    )
    colour = alt.Color(
        "ratio:Q",
        scale=alt.Scale(type="threshold", domain=list(RATIO_BREAKS), range=list(RATIOS)),
        legend=alt.Legend(title=title, orient="bottom", titleLimit=WIDE),
    )
    told = base.transform_filter("isValid(datum.ratio)")
    boxes = told.mark_rect(stroke=PAPER).encode(color=colour)
    outlines = base.transform_filter("datum.stands_out").mark_rect(
        fillOpacity=0, stroke=INK, strokeWidth=2
    )
    ink = alt.condition("datum.dark", alt.value(PAPER), alt.value(INK))
    numbers = base.mark_text(fontSize=14).encode(text="text:N", color=ink)
    height = 38 * len(order["distance"])
    return in_house_style([boxes, outlines, numbers], width=width, height=height)


def register_chart(
    rows: pd.DataFrame, *, states: Sequence[str], width: int = WIDE
) -> alt.LayerChart:
    """Draw a dot for each ``effect`` in the column of its ``state``, hollow in the last one."""
    y = alt.Y("effect:N", sort=list(rows["effect"]), title=None, axis=plain_axis())
    columns = alt.X(
        "state:N",
        sort=list(states),
        title=None,
        scale=alt.Scale(domain=list(states)),
        axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, grid=True),
    )
    base = alt.Chart(rows).encode(x=columns, y=y)
    known = base.transform_filter(alt.datum.state != states[-1]).mark_point(
        fill=SERIES[0], stroke=SERIES[0], size=90, opacity=1
    )
    hollow = base.transform_filter(alt.datum.state == states[-1]).mark_point(
        fill=PAPER, stroke=SERIES[0], strokeWidth=2, size=90, opacity=1
    )
    return in_house_style([known, hollow], width=width, height=24 * max(len(rows), 1))
