"""This file knows how to draw a measure since its baseline, and the straight way to its target.

Time runs from left to right in every language, as on all axes of numbers.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from forestall.languages import Number, ShortMonth
from forestall.publication.drawing.svg import (
    Drawing,
    Scale,
    polyline,
    round_ticks,
    short,
    text_width,
)

if TYPE_CHECKING:
    from forestall.publication.plan_pictures import IndicatorPath, PathPoint

_TOP, _BASE, _FOOT, _EDGE = 34.0, 150.0, 26.0, 12.0


def draw_indicator_path(picture: IndicatorPath, *, width: int) -> Drawing:
    """Draw the points in order with their intervals, and the dashed line to the target."""
    drawing = Drawing(width, _BASE + _FOOT)
    known = [*picture.points, *([picture.target] if picture.target else [])]
    y, ticks = _levels(known)
    left = max(text_width(str(Number(tick))) for tick in ticks) + 10
    days = [one.on.toordinal() for one in known]
    first, last = min(days), max(days)
    right = text_width(picture.target_words) / 2 if picture.target else _EDGE
    end = width - max(right, _EDGE) - 4
    x = Scale(first, max(last, first + 1), left + 26, end)
    for tick in ticks:
        drawing.line(left, y(tick), width - 4, y(tick), "nil" if tick == 0 else "gr")
        drawing.text(left - 6, y(tick) + 4.5, Number(tick), "end")
    _draw_way(drawing, picture, x, y)
    _draw_points(drawing, picture, x, y)
    _draw_days(drawing, known, x)
    return drawing


def _levels(known: list[PathPoint]) -> tuple[Scale, list[float]]:
    """Return the axis of values with its ticks, from zero, or from below it where a value is."""
    ends = [end for one in known for end in (one.value, one.low, one.high) if end is not None]
    low, high = min(0.0, *ends), max(0.0, *ends)
    step = round_ticks(high - low)[1]
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    ticks = [k * step for k in range(first, last + 1)]
    return Scale(first * step, last * step, _BASE, _TOP), ticks


def _draw_way(drawing: Drawing, picture: IndicatorPath, x: Scale, y: Scale) -> None:
    if picture.target is None:
        return
    start, end = picture.points[0], picture.target
    drawing.path(
        polyline([x(start.on.toordinal()), x(end.on.toordinal())], [y(start.value), y(end.value)]),
        "ax dash",
    )
    at, level = x(end.on.toordinal()), y(end.value)
    drawing.circle(at, level, 4.5, "ivp")
    drawing.label(at, level - 26, picture.target_words, "halo")
    drawing.label(at, level - 10, end.shown, "tk halo")


def _draw_points(drawing: Drawing, picture: IndicatorPath, x: Scale, y: Scale) -> None:
    points = sorted(picture.points, key=lambda one: one.on)
    across = [x(one.on.toordinal()) for one in points]
    for one, at in zip(points, across, strict=True):
        if one.low is not None and one.high is not None:
            low, high = y(one.low), y(one.high)
            drawing.path(f"M{short(at)} {short(low)}V{short(high)}", "ax")
    drawing.path(polyline(across, [y(one.value) for one in points]), "ln s1")
    taken = []
    if picture.target is not None:
        half = text_width([picture.target.shown, picture.target_words]) / 2
        at = x(picture.target.on.toordinal())
        taken.append((at - half, at + half))
    for k, (one, at) in enumerate(zip(points, across, strict=True)):
        drawing.circle(at, y(one.value), 4, "f1")
        half = text_width(one.shown) / 2 + 3
        free = all(at + half < start or at - half > end for start, end in taken)
        if k in (0, len(points) - 1) and free:
            top = max(y(one.value), y(one.high) if one.high is not None else 0.0)
            drawing.label(at, min(top, y(one.value)) - 10, one.shown, "t1 halo")
            taken.append((at - half, at + half))


def _draw_days(drawing: Drawing, known: list[PathPoint], x: Scale) -> None:
    """Write the months of the first, the last measured and the target, where they fit."""
    taken: list[tuple[float, float]] = []
    ends = [known[0], known[-1], *known[1:-1][::-1]]
    for one in ends:
        words = ShortMonth(one.on)
        at, half = x(one.on.toordinal()), text_width(words) / 2 + 4
        start = min(max(at - half, 0.0), drawing.width - 2 * half)
        if all(start + 2 * half < low or start > high for low, high in taken):
            drawing.label(at, _BASE + 20, words)
            taken.append((start, start + 2 * half))
