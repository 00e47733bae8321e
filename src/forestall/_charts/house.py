"""This file knows the colours, axes and form that all charts share.

Colours are the light values of the style sheet, written literally: the sheet re-colours them for
dark pages and for print by attribute. Charts carry no title; the page says the finding above them.
"""

from __future__ import annotations

from typing import cast

import altair as alt

SERIES = ("#004085", "#784e6b", "#279055", "#bf851e")
REST = "#87949a"
INK, INK_2, LINE, PAPER = "#17252d", "#48575f", "#ccd5d8", "#ffffff"
MAP = ("#d5e8ed", "#a9cfd9", "#76b0bf", "#458c9f", "#1d687d", "#073f50")
KINDS = ("#073f50", "#bf851e", "#784e6b", "#76b0bf")
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


def time_axis(name: str) -> alt.X:
    return alt.X(f"{name}:T", title=None, axis=alt.Axis(grid=False, tickCount=6))


def count_axis(name: str, title: str = "") -> alt.Y:
    return alt.Y(
        f"{name}:Q", title=title or None, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4)
    )


def share_axis(name: str, title: str) -> alt.X:
    kind = alt.X if name == "share_of_places" else alt.Y
    return kind(  # type: ignore[return-value]
        f"{name}:Q",
        title=title,
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(format=".0%", tickCount=5, grid=kind is alt.Y),
    )


def plain_axis() -> alt.Axis:
    return alt.Axis(labelLimit=240, ticks=False, domain=False)


def in_house_style(layers: list[alt.Chart], *, width: int, height: int = 260) -> alt.LayerChart:
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
