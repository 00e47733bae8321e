"""This file knows the picture of every block that has one, wide, for any writer.

A figure is SVG with the classes of the style sheet; `Figure.alone` makes it independent of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from forestall.languages import Share
from forestall.publication.drawing import WIDE, draw
from forestall.publication.drawing.intervals import draw_change_cell, draw_interval
from forestall.publication.drawing.legends import LegendEntry, heat_entries, map_entries
from forestall.publication.drawing.maps import draw_map, draw_smooth_map
from forestall.publication.drawing.standalone import stand_alone
from forestall.publication.fixed_words import fixed_words
from forestall.publication.palette import palette
from forestall.publication.smooth import SmoothMap

if TYPE_CHECKING:
    from forestall.publication.blocks import Chart, HeatTable, IntervalBar, Map
    from forestall.publication.cells import Change
    from forestall.publication.drawing.standalone import Standalone


@dataclass(frozen=True)
class Figure:
    """A drawing and the words that stand for it where it is not seen."""

    svg: str
    alt: str

    @property
    def alone(self) -> Standalone:
        """The drawing without classes: shapes, and the words over them."""
        return stand_alone(self.svg)


def chart_figure(chart: Chart, *, width: int = WIDE) -> Figure:
    """Draw a chart, or one of several small ones, which have a width of their own."""
    alt = str(chart.alt)
    return Figure(draw(chart.picture, width=width, alt=alt), alt)


def interval_figure(bar: IntervalBar) -> Figure:
    """Draw the interval of a finding; its caption says the same in words."""
    alt = str(bar.caption)
    return Figure(draw_interval(bar).svg(alt=alt), alt)


def change_figure(change: Change, *, reach: float) -> Figure:
    """Draw the interval of one row on the axis that the rows of a table share."""
    svg = draw_change_cell(
        change=change.change,
        low=change.low,
        high=change.high,
        reach=reach,
        alt=escape(change.words),
    )
    return Figure(svg, change.words)


def axis_ends(reach: float) -> tuple[str, str, str]:
    r"""Return the words at the left end, the middle and the right end of that axis.

    Examples
    --------
    >>> [end.replace("\u00a0", " ") for end in axis_ends(0.6)]
    ['−60 %', '0', '+60 %']
    """
    return str(Share(-reach, signed=True)), "0", str(Share(reach, signed=True))


def map_figure(block: Map) -> Figure:
    """Draw a map; its legend is in `map_legend`."""
    alt = str(block.alt)
    if isinstance(block.picture, SmoothMap):
        return Figure(draw_smooth_map(block.picture, alt=alt, id="smooth"), alt)
    return Figure(draw_map(block.picture, alt=alt, id="map"), alt)


def map_legend(block: Map) -> tuple[LegendEntry, ...]:
    """Return the patches of a map's legend and what they mean."""
    return map_entries(block.picture)


def heat_legend(block: HeatTable, *, any_hidden: bool) -> tuple[LegendEntry, ...]:
    """Return the patches of the hours' classes and what they mean."""
    words = [str(words) for words in block.legend]
    return heat_entries(words, hidden=fixed_words().hidden if any_hidden else "")


def heat_colour(level: int) -> str:
    """Return the colour of a class of hours; a hidden one has the ground under its hatch.

    Examples
    --------
    >>> heat_colour(1), heat_colour(0)
    ('#d5e8ed', '#f1f1ec')
    """
    return palette()[f"map-{level}" if level else "map-ground"]
