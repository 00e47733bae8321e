"""This file knows how pictures are put into HTML: twice by width, with alternative text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from markupsafe import Markup

from forestall.languages import Weekday, say
from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.drawing.intervals import draw_interval
from forestall.publication.drawing.maps import draw_legend, draw_map, draw_smooth_map
from forestall.publication.smooth import SmoothMap

if TYPE_CHECKING:
    from forestall.publication.blocks import Chart, HeatTable, IntervalBar, Map


def interval_svg(bar: IntervalBar) -> Markup:
    """Draw an interval; its caption says the same in words."""
    return Markup(draw_interval(bar).svg(alt=bar.caption))  # noqa: S704 - our own drawing


def chart_svg(chart: Chart, css_class: str) -> Markup:
    """Draw a chart for wide or for narrow screens."""
    width = NARROW if css_class == "narrow" else WIDE
    return Markup(draw(chart.picture, width=width, alt=chart.alt, css_class=css_class))  # noqa: S704


def map_html(block: Map) -> Markup:
    """Draw a map under its legend."""
    picture = block.picture
    if isinstance(picture, SmoothMap):
        drawing = draw_smooth_map(picture, alt=block.alt, id="smooth")
    else:
        drawing = draw_map(picture, alt=block.alt, id="map")
    return Markup(draw_legend(picture) + drawing)  # noqa: S704


@dataclass(frozen=True)
class HeatCell:
    """One hour of one weekday: its class for the eye, its words for the ear."""

    css: str
    words: str


@dataclass(frozen=True)
class HeatRow:
    """One weekday."""

    head: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class HeatRows:
    """The whole week, Monday first."""

    rows: tuple[HeatRow, ...]
    any_hidden: bool


def heat_rows(block: HeatTable) -> HeatRows:
    """Sort the hours of the week into classes."""
    table = block.safe.frame.set_index(["weekday", "hour"])["incidents"]
    values = pd.to_numeric(table, errors="coerce").astype(float)
    rows = tuple(
        HeatRow(
            str(Weekday(day)),
            tuple(_heat_cell(values.get((day, hour), 0.0), block.breaks) for hour in range(24)),
        )
        for day in range(7)
    )
    return HeatRows(rows, bool(values.isna().any()))


def _heat_cell(value: float, breaks: tuple[float, ...]) -> HeatCell:
    if np.isnan(value):
        return HeatCell("hid", say("hidden"))
    level = min(int(np.searchsorted(breaks, value, side="right")) + 1, 5)
    return HeatCell(f"h{level}", say("{number}", number=round(value)))
