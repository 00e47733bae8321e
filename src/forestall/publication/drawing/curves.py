"""This file knows how to draw concentration curves, and where half is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forestall.languages import Share
from forestall.publication.drawing.svg import (
    LINE,
    Drawing,
    Scale,
    polyline,
    text_width,
    wrap,
)

if TYPE_CHECKING:
    from forestall.publication.pictures import ConcentrationCurves, CurveSeries

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_ROW = 18


def draw_curves(picture: ConcentrationCurves, *, width: int) -> Drawing:
    """Draw the share of incidents held by the busiest places, one curve a series."""
    x = Scale(0, 1, text_width(str(Share(1.0))) + 8, width - 12)
    title = wrap(picture.axis_words, width - 8)
    base = (374 if width >= 500 else 304) + 0.0
    key = _Key.of(picture, room=0.8 * (x(1) - x(0)))
    under = 0 if key.fits else key.height + 14
    drawing = Drawing(width, base + 46 + LINE * (len(title) - 1) + under)
    y = Scale(0, 1, base, 14)
    for tick in _TICKS:
        label = str(Share(tick))
        drawing.line(x(0), y(tick), x(1), y(tick), "nil" if tick == 0 else "gr")
        drawing.text(x(0) - 6, y(tick) + 4.5, label, "end")
        drawing.line(x(tick), y(0), x(tick), y(0) + 5, "ax")
        drawing.text(
            x(tick) + (8 if tick == 1 else 0), y(0) + 20, label, "end" if tick == 1 else "mid"
        )
    drawing.axis_title((x(0) + x(1)) / 2, title, above=under)
    drawing.line(x(0), y(0), x(1), y(1), "ax dash thin")
    for series in picture.series:
        _curve(drawing, picture, series, x, y)
    if key.fits:
        key.draw(drawing, right=x(1), bottom=y(0) - 20)
    else:
        _Key.of(picture, room=width - 8.0).draw(
            drawing, right=width - 4.0, bottom=drawing.height - 6
        )
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


@dataclass(frozen=True, kw_only=True)
class _Key:
    """Where half is reached: in the empty corner under the curves, or below the axis.

    Attributes
    ----------
    rows
        The lines of each name, with its series.
    width
        Of the longest line with its dot and its number.
    fits
        Whether no name had to be broken.
    """

    heading: list[str]
    rows: list[tuple[CurveSeries, list[str]]]
    width: float
    fits: bool

    @classmethod
    def of(cls, picture: ConcentrationCurves, *, room: float) -> _Key:
        number = text_width(f"  {Share(1.0)}") + 26
        heading = wrap(picture.half_words, room)
        rows = [(series, wrap(series.words, room - number)) for series in picture.series]
        longest = max(text_width(lines) for _, lines in rows) + number
        return cls(
            heading=heading,
            rows=rows,
            width=max(longest, text_width(heading)),
            fits=len(heading) == 1 and all(len(lines) == 1 for _, lines in rows),
        )

    @property
    def height(self) -> float:
        return _ROW * (len(self.heading) + sum(len(lines) for _, lines in self.rows))

    def draw(self, drawing: Drawing, *, right: float, bottom: float) -> None:
        left = right - self.width
        level = bottom - self.height
        drawing.rectangle(
            x=left - 8, y=level, width=self.width + 8, height=self.height + 8, css_class="fp"
        )
        for line in self.heading:
            level += _ROW
            drawing.text(left, level - 2, line, "tk")
        for series, lines in self.rows:
            drawing.circle(left + 5, level + _ROW - 4.5, 4.5, f"f{series.style}")
            share = str(Share(series.half_share))
            drawing.text(right, level + _ROW, share, "end tk")
            for line in lines:
                level += _ROW
                drawing.text(left + 16, level, line)
