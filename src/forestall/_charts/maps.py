"""This file knows how places look on a plain map: points, squares and polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

from forestall._charts.house import (
    INK,
    KINDS,
    LINE,
    MAP,
    MAP_BREAKS,
    MAP_GROUND,
    PAPER,
    SERIES,
    WIDE,
    in_house_style,
)


def place_chart(
    places: pd.DataFrame, areas: pd.DataFrame, *, size_m: float, title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw places with incidents as squares, those that stand out outlined, areas by letter."""
    half = size_m / 2
    some = places[places["incidents"] > 0]
    boxes = some.assign(
        x0=some["x"] - half, x1=some["x"] + half, y0=some["y"] - half, y1=some["y"] + half
    )
    colour = alt.Color(
        "incidents:Q",
        scale=alt.Scale(type="threshold", domain=list(MAP_BREAKS[1:]), range=list(MAP)),
        legend=alt.Legend(title=title, orient="right"),
    )
    spans = [places["x"].max() - places["x"].min(), places["y"].max() - places["y"].min()]
    scale = alt.Scale(zero=False, nice=False)
    base = alt.Chart(boxes).encode(
        x=alt.X("x0:Q", scale=scale, axis=None),
        x2="x1:Q",
        y=alt.Y("y0:Q", scale=scale, axis=None),
        y2="y1:Q",
    )
    squares = base.mark_rect().encode(color=colour)
    high = base.transform_filter("datum.state == 'high'").mark_rect(fillOpacity=0, stroke=INK)
    letters = alt.Chart(areas).encode(
        x=alt.X("x:Q", scale=scale), y=alt.Y("y:Q", scale=scale), text="area:N"
    )
    halo = letters.mark_text(fontWeight=700, fontSize=15, stroke=PAPER, strokeWidth=5)
    labels = letters.mark_text(fontWeight=700, fontSize=15, color=INK)
    height = max(120, round(width * (spans[1] + size_m) / (spans[0] + size_m)))
    return in_house_style([squares, high, halo, labels], width=width, height=min(height, 2 * width))


def class_chart(
    shapes: gpd.GeoDataFrame, *, colours: Mapping[str, str], width: int = WIDE
) -> alt.LayerChart:
    """Draw polygons in metres by their class ``shown``; every class has its colour."""
    west, south, east, north = shapes.total_bounds
    height = round(width * (north - south) / max(east - west, 1))
    drawn_columns = shapes[["place", "shown", "geometry"]]
    features = alt.InlineData(values=drawn_columns.__geo_interface__["features"])
    drawn = (
        alt.Chart(features)
        .mark_geoshape(stroke=PAPER, strokeWidth=0.4)
        .encode(
            color=alt.Color(
                "properties.shown:N",
                scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                legend=alt.Legend(title=None, orient="right"),
            ),
            tooltip=["properties.place:N", "properties.shown:N"],
        )
        .project(type="identity", reflectY=True)
    )
    return in_house_style([drawn], width=width, height=min(max(height, 120), 2 * width))


def state_chart(
    shapes: gpd.GeoDataFrame, states: Sequence[str], *, words: Mapping[str, str]
) -> alt.LayerChart:
    """Draw polygons by their state: those in ``words`` in the colours of kinds, others grey."""
    colours = dict(zip(words.values(), [*KINDS[: len(words) - 1], LINE], strict=True))
    return class_chart(shapes.assign(shown=[words[state] for state in states]), colours=colours)


def kind_chart(
    places: pd.DataFrame, *, size_m: float, kinds: Mapping[str, str], width: int = WIDE
) -> alt.LayerChart:
    """Draw places as squares by ``state``: four kinds in colour with their names, others grey."""
    half = size_m / 2
    known = places[["x", "y", "state"]]
    boxes = known.assign(
        x0=known["x"] - half, x1=known["x"] + half, y0=known["y"] - half, y1=known["y"] + half
    )
    named = boxes.assign(kind=boxes["state"].map(dict(kinds)))
    scale = alt.Scale(zero=False, nice=False)
    x = alt.X("x0:Q", scale=scale, axis=None)
    y = alt.Y("y0:Q", scale=scale, axis=None)
    ground = alt.Chart(boxes).mark_rect(color=LINE).encode(x=x, x2="x1:Q", y=y, y2="y1:Q")
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=list(kinds.values()), range=list(KINDS)),
        legend=alt.Legend(title=None, orient="right"),
    )
    standing = alt.Chart(named.dropna(subset=["kind"])).mark_rect()
    drawn = standing.encode(x=x, x2="x1:Q", y=y, y2="y1:Q", color=colour)
    spans = [places["x"].max() - places["x"].min(), places["y"].max() - places["y"].min()]
    height = max(120, round(width * (spans[1] + size_m) / (spans[0] + size_m)))
    return in_house_style([ground, drawn], width=width, height=min(height, 2 * width))


def surface_chart(
    squares: pd.DataFrame, *, size_m: float, title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``value`` of squares, from 0, in six classes that widen with the square."""
    breaks = [float(f"{squares['value'].max() * (step / 6) ** 2:.2g}") for step in range(1, 6)]
    colour = alt.Color(
        "value:Q",
        scale=alt.Scale(type="threshold", domain=breaks, range=list(MAP)),
        legend=alt.Legend(title=title, orient="right"),
    )
    return _square_map(squares, [], colour, size_m=size_m, width=width)


def contrast_chart(
    squares: pd.DataFrame, lines: pd.DataFrame, *, size_m: float, title: str, width: int = WIDE
) -> alt.LayerChart:
    """Draw ``value`` of squares, blue above 0 and ochre below, with lines around some of them."""
    colour = alt.Color(
        "value:Q",
        scale=alt.Scale(domainMid=0, range=[SERIES[3], MAP_GROUND, SERIES[0]], clamp=True),
        legend=alt.Legend(title=title, orient="right"),
    )
    contour = (
        alt.Chart(lines)
        .mark_rule(color=INK, strokeWidth=1.4)
        .encode(x="x0:Q", x2="x1:Q", y="y0:Q", y2="y1:Q")
    )
    return _square_map(squares, [contour], colour, size_m=size_m, width=width)


def _square_map(
    squares: pd.DataFrame, above: list[alt.Chart], colour: alt.Color, *, size_m: float, width: int
) -> alt.LayerChart:
    half, place = size_m / 2, alt.Scale(zero=False, nice=False)
    x, y = squares["x"], squares["y"]
    filled = (
        alt.Chart(squares.assign(x0=x - half, x1=x + half, y0=y - half, y1=y + half))
        .mark_rect()
        .encode(
            x=alt.X("x0:Q", scale=place, axis=None),
            x2="x1:Q",
            y=alt.Y("y0:Q", scale=place, axis=None),
            y2="y1:Q",
            color=colour,
        )
    )
    wide, tall = (axis.max() - axis.min() + size_m for axis in (x, y))
    height = max(120, round(width * tall / wide))
    return in_house_style([filled, *above], width=width, height=min(height, 2 * width))
