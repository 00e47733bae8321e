"""This file knows how to draw a probability by the worth of something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Number, Share
from forestall.publication.drawing.svg import (
    LINE,
    Drawing,
    Scale,
    polyline,
    round_ticks,
    text_width,
    wrap,
)

if TYPE_CHECKING:
    from forestall.publication.pictures import ChanceCurves

_LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)


def draw_chances(picture: ChanceCurves, *, width: int) -> Drawing:
    """Draw one curve a series from 0 to 1; its name stands below, with its line."""
    title = wrap(picture.axis_words, width - 8)
    base = 260.0 if width >= 500 else 230.0
    several = len(picture.series) > 1
    under = LINE * len(picture.series) + 8 if several else 0
    drawing = Drawing(width, base + 46 + LINE * (len(title) - 1) + under)
    reach = max((across for one in picture.series for across, _ in one.points), default=1.0)
    ticks = round_ticks(reach, most=5 if width >= 500 else 3)
    x = Scale(0, reach, text_width(str(Share(1.0))) + 8, width - 16)
    y = Scale(0, 1, base, 14)
    for level in _LEVELS:
        drawing.line(x(0), y(level), x.end, y(level), "nil" if level == 0 else "gr")
        drawing.text(x(0) - 6, y(level) + 4.5, Share(level), "end")
    for tick in ticks:
        if tick <= reach * 1.001:
            drawing.line(x(tick), base, x(tick), base + 5, "ax")
            drawing.label(x(tick), base + 20, Number(tick))
    for one in picture.series:
        positions = [x(across) for across, _ in one.points]
        drawing.path(polyline(positions, [y(p) for _, p in one.points]), f"ln s{one.style}")
    drawing.axis_title((x.start + x.end) / 2, title, above=under)
    if several:
        _names(drawing, picture)
    return drawing


def _names(drawing: Drawing, picture: ChanceCurves) -> None:
    for k, one in enumerate(reversed(picture.series)):
        level = drawing.height - 6 - LINE * k
        drawing.line(2, level - 4, 22, level - 4, f"ln s{one.style}")
        drawing.text(28, level, one.words)
