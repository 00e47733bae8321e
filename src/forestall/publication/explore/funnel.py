"""This file knows the chart of rates that a reader can explore, area by area."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import altair as alt
import numpy as np

from forestall._charts.house import INK, INK_2, PAPER, REST, SERIES
from forestall.languages import Decimal, say, write
from forestall.publication.drawing.svg import round_ticks
from forestall.publication.explore.live import (
    HEIGHT,
    Control,
    LiveChart,
    Point,
    in_page_style,
    numbers,
    rows_of,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from forestall.publication.pictures import Funnel

_LIMITS = ("low_95", "high_95", "low_998", "high_998")
_DIFFERS = "datum.state == 'higher' || datum.state == 'lower'"


def live_funnel(picture: Funnel, *, names: Mapping[Hashable, str], alt_text: str) -> LiveChart:
    """Draw one dot an area, the rate of all as a line, and the limits of chance."""
    layers = [*_limits(picture), *_level(picture), _dots(picture)]
    return LiveChart(
        chart=in_page_style(layers, height=HEIGHT + 40, alt_text=alt_text),
        points=_points(picture, names),
        control=Control.LIST,
        first=None,
    )


def _base(picture: Funnel) -> alt.Chart:
    frame = picture.safe.frame.sort_values("population").dropna(subset=["population"])
    limits = {f"funnel_{name}": name for name in _LIMITS}
    data = rows_of(frame, {"population": "population", "rate": "rate", "state": "state", **limits})
    return alt.Chart(data).encode(
        x=alt.X(
            "population:Q",
            title=str(picture.population_words),
            scale=alt.Scale(zero=True, nice=True),
            axis=alt.Axis(tickCount=5, grid=False),
        )
    )


def _limits(picture: Funnel) -> list[alt.Chart]:
    highest = float(np.nanmax(numbers(picture.safe.frame["rate"]), initial=picture.rate_all))
    scale = alt.Scale(domain=[0, round_ticks(highest * 1.15)[-1]], nice=False)
    axis = alt.Axis(tickCount=4, domain=False, ticks=False)
    return [
        _base(picture)
        .mark_line(
            color=INK_2,
            strokeWidth=1,
            strokeDash=[4, 3] if name.endswith("95") else [1, 0],
            clip=True,
        )
        .encode(y=alt.Y(f"{name}:Q", title=None, scale=scale, axis=axis))
        for name in _LIMITS
    ]


def _level(picture: Funnel) -> list[alt.Chart]:
    level = alt.Chart(alt.InlineData(values=[{"rate": picture.rate_all}]))
    text = level.mark_text(align="right", baseline="bottom", dy=-4, stroke=PAPER, strokeWidth=4)
    return [
        level.mark_rule(color=INK).encode(y=alt.Y("rate:Q")),
        text.encode(
            x=alt.value("width"), y=alt.Y("rate:Q"), text=alt.value(str(picture.rate_words))
        ),
    ]


def _dots(picture: Funnel) -> alt.Chart:
    dots = _base(picture).transform_filter("isValid(datum.rate)").mark_circle(opacity=1)
    drawn = dots.encode(
        y=alt.Y("rate:Q"),
        color=alt.condition(_DIFFERS, alt.value(SERIES[0]), alt.value(REST)),
        size=alt.condition(_DIFFERS, alt.value(70), alt.value(44)),
    )
    return cast("alt.Chart", drawn)


def _points(picture: Funnel, names: Mapping[Hashable, str]) -> tuple[Point, ...]:
    found = [
        _point(picture, row, names)
        for row in picture.safe.records()
        if row["rate"] is not None and row["population"] is not None
    ]
    return tuple(sorted(found, key=lambda point: point.name))


def _point(picture: Funnel, row: Mapping[str, object], names: Mapping[Hashable, str]) -> Point:
    label = str(row[picture.safe.rows])
    rate, low, high, people = (
        float(str(row[name])) for name in ("rate", "low", "high", "population")
    )
    interval = say("{low} to {high}", low=Decimal(low, 1), high=Decimal(high, 1))
    return Point(
        key=label,
        name=names.get(label, label),
        x=people,
        y=rate,
        rows=(
            (say("Rate"), str(Decimal(rate, 1))),
            (say("95 % interval"), interval),
            (say("Recorded"), picture.safe.cell_text(label)),
            (str(picture.population_words), write(int(people))),
        ),
    )
