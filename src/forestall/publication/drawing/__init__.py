"""This file knows which drawing belongs to which picture.

The drawings are plain SVG at one unit a pixel. They carry classes of the style sheet, no colours
of their own, so that one drawing serves light, dark and paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forestall.publication.drawing.chances import draw_chances
from forestall.publication.drawing.columns import draw_month_columns, draw_season
from forestall.publication.drawing.curves import draw_curves
from forestall.publication.drawing.expected import draw_expected_line
from forestall.publication.drawing.forests import draw_forest_rows
from forestall.publication.drawing.funnels import draw_funnel
from forestall.publication.drawing.gap_grids import draw_gap_grid
from forestall.publication.drawing.indicator_paths import draw_indicator_path
from forestall.publication.drawing.interval_rows import draw_interval_rows
from forestall.publication.drawing.lines import draw_month_line, draw_small_line
from forestall.publication.drawing.logic_models import draw_logic_model
from forestall.publication.drawing.money_bars import draw_money_bars
from forestall.publication.drawing.timetables import draw_timetable
from forestall.publication.evidence_pictures import ForestRows, GapGrid
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
from forestall.publication.plan_pictures import IndicatorPath, LogicModel, MoneyBars, Timetable

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.languages import Text
    from forestall.publication.drawing.svg import Drawing
    from forestall.publication.pictures import Picture

NARROW, WIDE = 340, 680


def draw(picture: Picture, *, width: int, alt: Text, css_class: str = "") -> str:
    """Draw a picture as SVG of a width in pixels; small ones have a width of their own."""
    drawn = _DRAWN[type(picture)](picture, width)
    return drawn.svg(alt=alt, css_class=css_class)


_DRAWN: dict[type, Callable[[Any, int], Drawing]] = {
    MonthLine: lambda picture, width: draw_month_line(picture, width=width),
    ConcentrationCurves: lambda picture, width: draw_curves(picture, width=width),
    Funnel: lambda picture, width: draw_funnel(picture, width=width),
    SeasonColumns: lambda picture, width: draw_season(picture, width=width),
    ExpectedLine: lambda picture, width: draw_expected_line(picture, width=width),
    IntervalRows: lambda picture, width: draw_interval_rows(picture, width=width),
    ChanceCurves: lambda picture, width: draw_chances(picture, width=width),
    GapGrid: lambda picture, width: draw_gap_grid(picture, width=width),
    ForestRows: lambda picture, width: draw_forest_rows(picture, width=width),
    Timetable: lambda picture, width: draw_timetable(picture, width=width),
    LogicModel: lambda picture, width: draw_logic_model(picture, width=width),
    MoneyBars: lambda picture, width: draw_money_bars(picture, width=width),
    IndicatorPath: lambda picture, width: draw_indicator_path(picture, width=width),
    MonthColumns: lambda picture, _: draw_month_columns(picture),
    SmallLine: lambda picture, _: draw_small_line(picture),
}
