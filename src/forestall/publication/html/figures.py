"""This file knows how pictures are put into HTML: twice by width, with alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.drawing.maps import draw_legend
from forestall.publication.figures import change_figure, interval_figure, map_figure

if TYPE_CHECKING:
    from forestall.publication.blocks import Chart, IntervalBar, Map
    from forestall.publication.cells import ChangeRow


def interval_svg(bar: IntervalBar) -> Markup:
    """Draw an interval; its caption says the same in words."""
    return Markup(interval_figure(bar).svg)  # noqa: S704 - our own drawing


def chart_svg(chart: Chart, css_class: str) -> Markup:
    """Draw a chart for wide or for narrow screens."""
    width = NARROW if css_class == "narrow" else WIDE
    drawn = draw(chart.picture, width=width, alt=str(chart.alt), css_class=css_class)
    return Markup(drawn)  # noqa: S704


def change_svg(row: ChangeRow, reach: float) -> Markup:
    """Draw the interval of one row, or nothing where there is too little to compare."""
    if row.change is None:
        return Markup("")
    return Markup(change_figure(row.change, reach=reach).svg)  # noqa: S704


def map_html(block: Map) -> Markup:
    """Draw a map under its legend."""
    return Markup(draw_legend(block.picture) + map_figure(block).svg)  # noqa: S704
