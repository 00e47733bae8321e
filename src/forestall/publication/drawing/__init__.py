"""This file knows which drawing belongs to which picture.

The drawings are plain SVG at one unit a pixel. They carry classes of the style sheet, no colours
of their own, so that one drawing serves light, dark and paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.drawing.chances import draw_chances
from forestall.publication.drawing.columns import draw_month_columns, draw_season
from forestall.publication.drawing.curves import draw_curves
from forestall.publication.drawing.expected import draw_expected_line
from forestall.publication.drawing.funnels import draw_funnel
from forestall.publication.drawing.interval_rows import draw_interval_rows
from forestall.publication.drawing.lines import draw_month_line, draw_small_line
from forestall.publication.pictures import (
    ChanceCurves,
    ConcentrationCurves,
    ExpectedLine,
    Funnel,
    IntervalRows,
    MonthColumns,
    MonthLine,
    SeasonColumns,
    SmallLine,
)

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.pictures import Picture

NARROW, WIDE = 340, 680


def draw(picture: Picture, *, width: int, alt: Text, css_class: str = "") -> str:
    """Draw a picture as SVG of a width in pixels."""
    match picture:
        case MonthLine():
            return draw_month_line(picture, width=width).svg(alt=alt, css_class=css_class)
        case ConcentrationCurves():
            return draw_curves(picture, width=width).svg(alt=alt, css_class=css_class)
        case Funnel():
            return draw_funnel(picture, width=width).svg(alt=alt, css_class=css_class)
        case SeasonColumns():
            return draw_season(picture, width=width).svg(alt=alt, css_class=css_class)
        case ExpectedLine():
            return draw_expected_line(picture, width=width).svg(alt=alt, css_class=css_class)
        case IntervalRows():
            return draw_interval_rows(picture, width=width).svg(alt=alt, css_class=css_class)
        case ChanceCurves():
            return draw_chances(picture, width=width).svg(alt=alt, css_class=css_class)
        case MonthColumns():
            return draw_month_columns(picture).svg(alt=alt, css_class=css_class)
        case SmallLine():
            return draw_small_line(picture).svg(alt=alt, css_class=css_class)
