"""This file knows the chart of the season that a reader can explore."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from forestall._charts.house import INK, PAPER, SERIES
from forestall.languages import Decimal, Month, Share, decimals_of_limit, say
from forestall.publication.explore.live import (
    HEIGHT,
    LiveChart,
    Point,
    in_page_style,
    name_axis,
    numbers,
    rows_of,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from forestall.publication.pictures import SeasonColumns


def live_season(picture: SeasonColumns, *, alt_text: str) -> LiveChart:
    """Draw how far each month of the year lies above or below the average month."""
    frame = picture.safe.frame.sort_values("month").dropna(subset=["factor"])
    frame = frame.assign(name=[_name(month) for month in frame["month"]])
    return LiveChart(
        chart=in_page_style(_layers(frame), height=HEIGHT, alt_text=alt_text),
        first=frame["month"].iloc[0] if len(frame) else None,
        points=tuple(
            Point(
                key=row["month"],
                name=_name(row["month"]),
                x=row["name"],
                y=float(row["factor"]) - 1,
                rows=((say("Difference"), _with_interval(row)),),
            )
            for row in frame.to_dict("records")
        ),
    )


def _layers(frame: pd.DataFrame) -> list[alt.Chart]:
    limits = numbers(pd.concat([frame["low"], frame["high"]])) - 1
    reach = max(0.1, float(np.ceil(np.nanmax(np.abs(limits), initial=0.0) * 10) / 10))
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    zeroed = "datum.value == 0 ? '0' : datum.label"
    axis = alt.Axis(format="+.0%", labelExpr=zeroed, tickCount=5, domain=False, ticks=False)
    base = (
        alt.Chart(rows_of(frame, {name: name for name in ("name", "factor", "low", "high")}))
        .transform_calculate(
            change="datum.factor - 1", least="datum.low - 1", most="datum.high - 1"
        )
        .encode(x=name_axis("name", list(frame["name"])))
    )
    zero = alt.Chart(alt.InlineData(values=[{"none": 0}])).mark_rule(color=INK)
    bars = base.mark_rule(color=SERIES[0], strokeWidth=5)
    dots = base.mark_point(fill=PAPER, stroke=SERIES[0], strokeWidth=2.5, size=80, opacity=1)
    return [
        zero.encode(y=alt.Y("none:Q")),
        bars.encode(y=alt.Y("least:Q", title=None, scale=scale, axis=axis), y2="most:Q"),
        dots.encode(y=alt.Y("change:Q")),
    ]


def _name(month: object) -> str:
    return str(Month(date(2001, int(str(month)), 1), short=True))


def _with_interval(row: Mapping[Hashable, object]) -> str:
    change, low, high = (float(str(row[name])) - 1 for name in ("factor", "low", "high"))
    return say(
        "{change} ({low} to {high})",
        change=str(Share(change, signed=True)),  # the sign of a table, not words
        low=Decimal(low * 100, decimals_of_limit(low), signed=True),
        high=Decimal(high * 100, decimals_of_limit(high), signed=True),
    )
