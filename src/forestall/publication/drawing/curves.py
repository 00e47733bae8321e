"""This file knows how to draw concentration curves, and where half is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.languages import Share
from forestall.publication.drawing.svg import Drawing, Scale, polyline, text_width

if TYPE_CHECKING:
    from forestall.publication.pictures import ConcentrationCurves, CurveSeries

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_ROW = 18


def draw_curves(picture: ConcentrationCurves, *, width: int) -> Drawing:
    """Draw the share of incidents held by the busiest places, one curve a series."""
    height = 420 if width >= 500 else 350
    drawing = Drawing(width, height)
    x = Scale(0, 1, 50, width - 12)
    y = Scale(0, 1, height - 46, 14)
    for tick in _TICKS:
        label = str(Share(tick))
        drawing.line(x(0), y(tick), x(1), y(tick), "nil" if tick == 0 else "gr")
        drawing.text(x(0) - 6, y(tick) + 4.5, label, "end")
        drawing.line(x(tick), y(0), x(tick), y(0) + 5, "ax")
        drawing.text(
            x(tick) + (8 if tick == 1 else 0), y(0) + 20, label, "end" if tick == 1 else "mid"
        )
    drawing.text((x(0) + x(1)) / 2, height - 6, picture.axis_words, "mid")
    drawing.line(x(0), y(0), x(1), y(1), "ax dash thin")
    for series in picture.series:
        _curve(drawing, picture, series, x, y)
    _key(drawing, picture, x(1), y(0) - 20)
    return drawing


def _curve(
    drawing: Drawing, picture: ConcentrationCurves, series: CurveSeries, x: Scale, y: Scale
) -> None:
    table = picture.safe.frame
    rows = table[table["group"] == series.group]
    across = pd.to_numeric(rows["share_of_places"], errors="coerce").to_numpy(float)
    held = pd.to_numeric(rows["share_of_incidents"], errors="coerce").to_numpy(float)
    line = f"ln s{series.style}" + (" dash" if series.style == 0 else "")
    drawing.path(polyline([x(v) for v in across], [y(v) for v in held]), line)
    half = float(np.interp(0.5, held, across))
    drawing.circle(x(half), y(0.5), 4.5, f"f{series.style}")


def _key(drawing: Drawing, picture: ConcentrationCurves, right: float, bottom: float) -> None:
    """List where half is reached, in the empty corner under the curves."""
    rows = len(picture.series)
    entries = [f"{series.words}  {Share(1.0)}" for series in picture.series]
    widest = text_width([picture.half_words, *entries]) + 26
    left = right - widest
    top = bottom - rows * _ROW
    drawing.rectangle(
        x=left - 8, y=top - 18, width=widest + 8, height=rows * _ROW + 26, css_class="fp"
    )
    drawing.text(left, top - 2, picture.half_words, "tk")
    for k, series in enumerate(picture.series):
        level = top + (k + 1) * _ROW
        drawing.circle(left + 5, level - 4.5, 4.5, f"f{series.style}")
        drawing.text(left + 16, level, series.words)
        drawing.text(right, level, str(Share(series.half_share)), "end tk")
