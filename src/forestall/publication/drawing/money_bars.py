"""This file knows how to draw amounts of money under each other, each with its bar from zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.drawing.fitted import fitted
from forestall.publication.drawing.mirrored import Laid
from forestall.publication.drawing.svg import LINE, Drawing, text_width

if TYPE_CHECKING:
    from forestall.publication.plan_pictures import MoneyBars

_EDGE, _AIR, _BAR, _GAP = 2.0, 12.0, 10.0, 12.0
_LINES = 3


def draw_money_bars(picture: MoneyBars, *, width: int) -> Drawing:
    """Draw each amount with its words, printed, and a bar as long as its share in the whole."""
    drawing = Drawing(width, 0)
    laid = Laid(drawing)
    whole = width - 2 * _EDGE
    level = 0.0
    for row in picture.rows:
        room = whole - text_width(row.shown) - _AIR
        for k, line in enumerate(fitted(row.words, room, most=_LINES)):
            level += LINE
            laid.text(_EDGE, level - 4, line, "tl", at_end=False)
            if k == 0:
                laid.text(width - _EDGE, level - 4, row.shown, "tk", at_end=True)
        laid.box("ax", _EDGE, level, whole, _BAR)
        if row.share > 0:
            laid.box("f1", _EDGE, level, max(whole * min(row.share, 1.0), 1.0), _BAR)
        level += _BAR + _GAP
    laid.put()
    drawing.height = max(level - _GAP + _EDGE, 1.0)
    return drawing
