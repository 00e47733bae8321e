"""This file knows how a chart looks: lines, curves, bars, intervals, funnels, heat and places.

Colours are the light values of the style sheet, written literally: the sheet re-colours them for
dark pages and for print by attribute. Charts carry no title; the page says the finding above them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import altair as alt
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

SERIES = ("#004085", "#784e6b", "#279055", "#bf851e")
REST = "#87949a"
INK, INK_2, LINE, PAPER = "#17252d", "#48575f", "#ccd5d8", "#ffffff"
MAP = ("#d5e8ed", "#a9cfd9", "#76b0bf", "#458c9f", "#1d687d", "#073f50")
MAP_GROUND = "#f1f1ec"
PATTERN_COLOURS = {
    "high new": "#f2b701",
    "high consecutive": "#e68310",
    "high intensifying": "#7f1d3a",
    "high persistent": "#b3423f",
    "high diminishing": "#d98c8a",
    "high sporadic": "#c9a86a",
    "high oscillating": "#9b6fa8",
    "high historical": "#6b5b4d",
    "low new": "#9fd3c7",
    "low consecutive": "#5fb3a1",
    "low intensifying": "#0b3c5d",
    "low persistent": "#2f6f9f",
    "low diminishing": "#8fb6d6",
    "low sporadic": "#7aa5a0",
    "low oscillating": "#5a6fa8",
    "low historical": "#47606b",
    " none": "#dfe3e2",
}
CHANGE = {"higher": "#bf851e", "similar": "#dfe3e2", "lower": "#004085"}
WIDE, NARROW = 680, 340
RATIO_BREAKS = (0.8, 1.25, 1.5, 2, 3)
RATIOS = ("#e2dccb", "#f1f1ec", "#d5e8ed", "#a9cfd9", "#458c9f", "#073f50")
MAP_BREAKS = (5, 10, 25, 50, 100, 200)


def month_chart(
    months: pd.DataFrame,
    *,
    month_title: str,
    average_title: str,
    shifts: Sequence[pd.Timestamp] = (),
    width: int = WIDE,
) -> alt.LayerChart:
    """Draw ``period`` and ``incidents`` as a thin line, ``average_12`` as a thick one."""
    base = alt.Chart(months).encode(x=_time_axis("period"))
    thin = base.mark_line(color=REST, strokeWidth=1.2, point={"color": REST, "size": 12}).encode(
        y=_count_axis("incidents"),
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
    return _house([rules, thin, thick], width=width)


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
            x=_share_axis("share_of_places", x_title),
            y=_share_axis("share_of_incidents", y_title),
            color=colour,
            strokeDash=alt.StrokeDash("group:N", sort=groups, legend=None),
        )
    )
    half = alt.Chart(pd.DataFrame({"half": [0.5]}))
    rule = half.mark_rule(color=LINE).encode(y="half:Q")
    return _house([rule, lines], width=width)


def bar_chart(
    rows: pd.DataFrame, *, label: str, number: str, number_title: str = "", width: int = WIDE
) -> alt.LayerChart:
    """Draw one bar from zero for each row, in the order given."""
    bars = (
        alt.Chart(rows)
        .mark_bar(color=SERIES[0], height={"band": 0.65})
        .encode(
            y=alt.Y(f"{label}:N", sort=list(rows[label]), title=None, axis=_plain_axis()),
            x=alt.X(f"{number}:Q", title=number_title or None, axis=alt.Axis(tickCount=4)),
        )
    )
    return _house([bars], width=width, height=24 * max(len(rows), 1))


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
        y=alt.Y(f"{label}:N", sort=list(rows[label]), title=None, axis=_plain_axis())
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
    return _house([zero, bars, dots], width=width, height=26 * max(len(rows), 1))


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
    return _house([cells], width=width, height=7 * 24)


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
    return _house([wide, low, high, level, drawn], width=width, height=320)


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
    return _house([squares, high, halo, labels], width=width, height=min(height, 2 * width))


def band_chart(rows: pd.DataFrame, *, title: str, width: int = WIDE) -> alt.LayerChart:
    """Draw ``value`` by ``period`` as a line, over the band from ``low`` to ``high``."""
    base = alt.Chart(rows).encode(x=_time_axis("period"))
    share = alt.Axis(format=".0%", tickCount=5)
    scale = alt.Scale(domain=[0, 1], nice=False)
    band = base.mark_area(color=LINE, opacity=0.7).encode(
        y=alt.Y("low:Q", title=title, scale=scale, axis=share), y2="high:Q"
    )
    line = base.mark_line(color=SERIES[0], strokeWidth=2.2, point={"color": SERIES[0]}).encode(
        y="value:Q", tooltip=["period:T", "value:Q", "low:Q", "high:Q"]
    )
    return _house([band, line], width=width)


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
    return _house([drawn], width=width, height=min(max(height, 120), 2 * width))


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
        y=alt.Y("distance:N", sort=order["distance"], title=y_title, axis=_plain_axis()),
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
    return _house([boxes, outlines, numbers], width=width, height=height)


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
    return _house(layers, width=width)


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
    return _house([filled, *above], width=width, height=min(height, 2 * width))


def _time_axis(name: str) -> alt.X:
    return alt.X(f"{name}:T", title=None, axis=alt.Axis(grid=False, tickCount=6))


def _count_axis(name: str, title: str = "") -> alt.Y:
    return alt.Y(
        f"{name}:Q", title=title or None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4)
    )


def _share_axis(name: str, title: str) -> alt.X:
    kind = alt.X if name == "share_of_places" else alt.Y
    return kind(  # type: ignore[return-value]
        f"{name}:Q",
        title=title,
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(format=".0%", tickCount=5, grid=kind is alt.Y),
    )


def _plain_axis() -> alt.Axis:
    return alt.Axis(labelLimit=240, ticks=False, domain=False)


def _house(layers: list[alt.Chart], *, width: int, height: int = 260) -> alt.LayerChart:
    styled = (
        alt.LayerChart(layer=layers)
        .properties(width=width, height=height)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK_2,
            titleColor=INK_2,
            gridColor=LINE,
            domainColor=LINE,
            tickColor=LINE,
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            labelFont="system-ui, sans-serif",
            titleFont="system-ui, sans-serif",
        )
        .configure_legend(
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            labelColor=INK_2,
            labelLimit=320,
        )
    )
    return cast("alt.LayerChart", styled)
