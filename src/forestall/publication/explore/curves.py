"""This file knows the chart of concentration that a reader can explore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import altair as alt
import numpy as np

from forestall._charts.house import REST, SERIES
from forestall.languages import Share
from forestall.publication.drawing.svg import text_width
from forestall.publication.explore.live import (
    HEIGHT,
    LiveChart,
    Point,
    in_page_style,
    numbers,
    rows_of,
)

if TYPE_CHECKING:
    from forestall.publication.pictures import ConcentrationCurves, CurveSeries

_ROW = 20


def live_curves(picture: ConcentrationCurves, *, alt_text: str) -> LiveChart:
    """Draw the share of incidents held by the busiest places, one curve a series."""
    layers = [*_lines(picture), *_halves(picture), *_key(picture)]
    points = _points(picture)
    beyond_half = [point.key for point in points if point.y is not None and point.y >= 0.5]
    return LiveChart(
        chart=in_page_style(layers, height=HEIGHT + 60, alt_text=alt_text),
        points=points,
        first=beyond_half[0] if beyond_half else None,
    )


def _lines(picture: ConcentrationCurves) -> list[alt.Chart]:
    frame = picture.safe.frame
    kept = frame[frame["group"].isin([series.group for series in picture.series])]
    data = rows_of(
        kept, {"group": "group", "share_of_places": "across", "share_of_incidents": "held"}
    )
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], ticks=False)
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("across:Q", title=str(picture.axis_words), scale=scale, axis=axis)
    y = alt.Y("held:Q", title=None, scale=scale, axis=axis)
    ends = alt.InlineData(values=[{"across": 0, "held": 0}, {"across": 1, "held": 1}])
    even = alt.Chart(ends).mark_line(color=REST, strokeWidth=1, strokeDash=[4, 3])
    layers = [even.encode(x=x, y=y)]
    for series in picture.series:
        only = alt.FieldEqualPredicate(field="group", equal=series.group)
        line = alt.Chart(data).transform_filter(only)
        drawn = line.mark_line(color=_colour(series), strokeWidth=2.5)
        layers.append(drawn.encode(x=x, y=y, order=alt.Order("held:Q")))
    return layers


def _colour(series: CurveSeries) -> str:
    return SERIES[(series.style - 1) % len(SERIES)] if series.style else REST


def _halves(picture: ConcentrationCurves) -> list[alt.Chart]:
    """Mark where each curve reaches half, between the points of the table."""
    layers = []
    for series in picture.series:
        rows = picture.safe.frame[picture.safe.frame["group"] == series.group]
        across, held = numbers(rows["share_of_places"]), numbers(rows["share_of_incidents"])
        half = round(float(np.interp(0.5, held, across)), 3)
        at = alt.Chart(alt.InlineData(values=[{"across": half, "held": 0.5}]))
        dot = at.mark_circle(color=_colour(series), size=80, opacity=1)
        layers.append(dot.encode(x=alt.X("across:Q"), y=alt.Y("held:Q")))
    return layers


def _key(picture: ConcentrationCurves) -> list[alt.Chart]:
    """List in the empty corner where half is reached, each with the colour of its curve."""
    words = [str(series.words) for series in picture.series]
    head = str(picture.half_words)
    left = text_width([head, *(f"{one}  100 %" for one in words)]) + 24
    layers = [_text(head, left - 6, len(words), weight=600)]
    for place, (one, series) in enumerate(zip(words, picture.series, strict=True)):
        row = len(words) - 1 - place
        dot = _at(left, row).mark_circle(color=_colour(series), size=60, opacity=1)
        layers += [dot, _text(one, left - 14, row, weight=400)]
        share = _at(4, row).mark_text(align="right", baseline="middle", fontWeight=600)
        layers.append(share.encode(text=alt.value(str(Share(series.half_share)))))
    return layers


def _text(words: str, from_right: float, row: int, *, weight: Literal[400, 600]) -> alt.Chart:
    text = _at(from_right, row).mark_text(align="left", baseline="middle", fontWeight=weight)
    return cast("alt.Chart", text.encode(text=alt.value(words)))


def _at(from_right: float, row: int) -> alt.Chart:
    """Return a chart of one mark, counted from the lower right corner."""
    return alt.Chart(alt.InlineData(values=[{}])).encode(
        x=alt.value(alt.ExprRef(f"width - {from_right:.0f}")),
        y=alt.value(alt.ExprRef(f"height - {14 + _ROW * row}")),
    )


def _points(picture: ConcentrationCurves) -> tuple[Point, ...]:
    frame = picture.safe.frame
    found = []
    for series in picture.series:
        rows = frame[frame["group"] == series.group].dropna(subset=["share_of_incidents"])
        pairs = zip(rows["share_of_places"], rows["share_of_incidents"], strict=True)
        found += [
            Point(
                key=float(across),
                name=str(Share(float(across), decimals=1)),
                x=float(across),
                y=float(held),
                rows=((str(series.words), str(Share(float(held), decimals=1))),),
            )
            for across, held in pairs
            if across
        ]
    return tuple(sorted(found, key=lambda point: float(point.x)))
