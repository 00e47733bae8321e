"""This file knows how to draw numbers with their intervals under each other on one axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from forestall.languages import Number, Share
from forestall.publication.drawing.svg import LINE, Drawing, Scale, short, text_width, wrap
from forestall.publication.pictures import Axis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.languages import Text
    from forestall.publication.pictures import IntervalRow, IntervalRows

_SIDE, _TOP, _FOOT = 14.0, 24.0, 30.0
_BAR, _GAP = 18.0, 10.0
_REACHES = (0.15, 0.3, 0.6, 0.9)


def draw_interval_rows(picture: IntervalRows, *, width: int) -> Drawing:
    """Draw each row as its words, its number, and under them the bar of its interval."""
    rows = [(row, *_lines(row, width)) for row in picture.rows]
    title = wrap(picture.axis_words, width - 8) if picture.axis_words else []
    body = sum(LINE * max(len(words), len(shown)) + _BAR + _GAP for _, words, shown in rows)
    height = _TOP + body + _FOOT + LINE * len(title)
    drawing = Drawing(width, height)
    x = _scale(picture, width)
    _axis(drawing, picture, x, _TOP + body)
    level = _TOP
    for row, words, shown in rows:
        for k, line in enumerate(words):
            drawing.text(2, level + LINE * (k + 1) - 4, line, "tk" if row.style else "")
        for k, line in enumerate(shown):
            drawing.text(width - 2, level + LINE * (k + 1) - 4, line, "end")
        level += LINE * max(len(words), len(shown))
        _grid(drawing, picture, x, level)
        _bar(drawing, row, x, level + _BAR / 2, central=picture.central)
        level += _BAR + _GAP
    drawing.axis_title((x.start + x.end) / 2, title)
    return drawing


def _lines(row: IntervalRow, width: int) -> tuple[list[str], list[str]]:
    """Share the line between words and number; where both are long, each takes its half."""
    room = width - 16.0
    shown_room = min(text_width(row.shown) + 1, 0.55 * room)
    return wrap(row.words, room - shown_room), wrap(row.shown, shown_room)


def _scale(picture: IntervalRows, width: int) -> Scale:
    ends = [end for row in picture.rows for end in (row.number, row.low, row.high)]
    known = [end for end in (*ends, picture.central) if end is not None and math.isfinite(end)]
    if picture.axis is Axis.CHANGE:
        farthest = max((abs(end) for end in known), default=0.0)
        reach = next((one for one in _REACHES if one >= farthest), _REACHES[-1])
        return Scale(-reach, reach, _SIDE, width - _SIDE)
    step = _step(max(known, default=1.0) - min(0.0, *known) if known else 1.0)
    low = step * math.floor(min(0.0, *known) / step) if known else 0.0
    high = step * math.ceil(max(0.0, *known) / step) if known else step
    return Scale(low, high if high > low else low + step, _SIDE, width - _SIDE)


def _step(span: float) -> float:
    raw = (span or 1.0) / 4
    power = 10.0 ** math.floor(math.log10(raw))
    return next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= raw * 0.999)


def _ticks(picture: IntervalRows, x: Scale) -> Iterator[tuple[float, Text]]:
    if picture.axis is Axis.CHANGE:
        for part in (-1.0, -0.5, 0.0, 0.5, 1.0):
            at = part * x.high
            decimals = 0 if abs(at * 100 - round(at * 100)) < 1e-9 else 1
            yield at, Share(at, decimals=decimals, signed=True) if part else "0"
        return
    step = _step(x.high - x.low)
    for k in range(math.ceil(x.low / step), math.floor(x.high / step + 1e-9) + 1):
        yield k * step, Number(k * step)


def _axis(drawing: Drawing, picture: IntervalRows, x: Scale, base: float) -> None:
    for at, words in _ticks(picture, x):
        drawing.label(x(at), base + 10, words)
    zero = x(0.0)
    for words, css, at, room in (
        (f"← {picture.low_words}", "end", zero - 8, zero - 8),
        (f"{picture.high_words} →", "", zero + 8, drawing.width - zero - 8),
    ):
        if text_width(words) <= room:
            drawing.text(at, 15, words, css)


def _grid(drawing: Drawing, picture: IntervalRows, x: Scale, level: float) -> None:
    """Draw the ticks behind a bar only, so that no line runs through words."""
    for at, _ in _ticks(picture, x):
        drawing.line(x(at), level, x(at), level + _BAR, "nil" if at == 0 else "gr")


def _bar(
    drawing: Drawing, row: IntervalRow, x: Scale, level: float, *, central: float | None
) -> None:
    if row.number is None or row.low is None or row.high is None:
        return
    start, end = _inside(x, row.low), _inside(x, row.high)
    drawing.path(f"M{short(start)} {short(level)}H{short(end)}", "iv" if row.style else "ln s0")
    for value, at, step in ((row.low, start, 6), (row.high, end, -6)):
        if not x.low <= value <= x.high:
            points = f"M{short(at + step)} {short(level - 5)}L{short(at)} {short(level)}"
            drawing.path(f"{points}L{short(at + step)} {short(level + 5)}", "ax")
    if central is None:
        css = "ivp" if row.style else "f0"
        drawing.circle(_inside(x, row.number), level, 5 if row.style else 4, css)
    else:
        drawing.line(x(central), level - 8, x(central), level + 8, "nil")


def _inside(x: Scale, value: float) -> float:
    edge = min(max(value, x.low), x.high) if not math.isnan(value) else x.low
    return x(edge)
