"""This file knows how to draw a change with its interval on the scale of the report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from forestall.languages import Share, right_to_left, say, without_isolates
from forestall.publication.drawing.svg import Drawing, Scale, short

if TYPE_CHECKING:
    from forestall.publication.blocks import IntervalBar

REACHES = (0.15, 0.3, 0.6, 0.9)


def choose_reach(limits: list[float]) -> float:
    """Return the shortest scale that holds all limits, or the longest there is.

    Examples
    --------
    >>> choose_reach([-0.12, 0.04]), choose_reach([-0.2, 2.0])
    (0.15, 0.9)
    """
    largest = max((abs(limit) for limit in limits if math.isfinite(limit)), default=0)
    return next((reach for reach in REACHES if reach >= largest), REACHES[-1])


def draw_interval(bar: IntervalBar) -> Drawing:
    """Draw a bar for the 95 % interval and an open dot for the estimate."""
    drawing = Drawing(340, 50)
    x = Scale(-bar.reach, bar.reach, 30, 310)
    drawing.line(30, 24, 310, 24, "gr")
    for part in (-1.0, -0.5, 0.0, 0.5, 1.0):
        at, level = x(part * bar.reach), part * bar.reach
        drawing.line(at, 18, at, 30, "nil" if part == 0 else "gr")
        decimals = 0 if abs(level * 100 - round(level * 100)) < 1e-9 else 1
        if decimals:
            continue
        label = str(Share(level, signed=True)) if part else "0"
        drawing.text(at, 45, label, "mid")
    # Numbers run from left to right in every language, so the arrows point the same way.
    fewer, more = (_word(text) for text in (say("← fewer"), say("more →")))
    drawing.text(164, 13.5, f"← {fewer}", "end")
    drawing.text(176, 13.5, f"{more} →")
    drawing.line(_inside(x, bar.low), 24, _inside(x, bar.high), 24, "iv")
    drawing.circle(_inside(x, bar.change), 24, 5, "ivp")
    return drawing


def _word(text: str) -> str:
    """Return the word beside an arrow, which stands on its outer side in every language."""
    return right_to_left(without_isolates(text).strip("←→ "))


def draw_change_cell(*, change: float, low: float, high: float, reach: float, alt: str) -> str:
    """Draw the interval for a table cell; it stretches with the cell, its strokes do not."""
    x = Scale(-reach, reach, 0, 240)
    lines = "".join(
        f'<path class="{"nil" if part == 0 else "gr"}" d="M{short(at)} 0V20"/>'
        for part, at in ((p, x(p * reach)) for p in (-1, -0.5, 0, 0.5, 1))
    )
    start, end, dot = (short(_inside(x, value)) for value in (low, high, change))
    return (
        '<svg class="bar" viewBox="-4 0 248 20" preserveAspectRatio="none" role="img" '
        f'aria-label="{alt}">{lines}<path class="iv" d="M{start} 10H{end}"/>'
        f'<path class="dot" d="M{dot} 10h.01"/><path class="dot-in" d="M{dot} 10h.01"/></svg>'
    )


def _inside(x: Scale, value: float) -> float:
    edge = min(max(value, x.low), x.high) if math.isfinite(value) else x.high
    return x(edge)
