"""This file knows how to draw the estimates of studies under each other, and their whole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from forestall.languages import Number, right_to_left
from forestall.publication.drawing.keys import KeyEntry, draw_entries, place_entries
from forestall.publication.drawing.mirrored import Laid
from forestall.publication.drawing.svg import LINE, Drawing, Scale, short, text_width, wrap
from forestall.publication.evidence_pictures import ForestAxis, Mark, forest_window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.publication.evidence_pictures import ForestRow, ForestRows

_EDGE, _AIR, _BAR, _SIDE_BY_SIDE = 2.0, 12.0, 20.0, 500
_ROW = 24.0
_SMALLEST, _LARGEST = 3.0, 8.0  # half the side of a square
_PLAIN = 4.5
_RATIOS = (
    (0.5, 0.75, 1, 1.5, 2),
    (0.25, 0.5, 1, 2, 4),
    (0.1, 0.2, 0.5, 1, 2, 5, 10),
    (0.0625, 0.25, 1, 4, 16),
)
_MOST_TICKS = 6


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Where everything lies; ``x`` runs from left to right in every language.

    Attributes
    ----------
    words_room, shown_room
        Pixels for the names and for the printed estimates.
    beside
        Whether names, axis and estimates stand side by side, not above each other.
    """

    x: Scale
    logarithmic: bool
    none: float
    words_room: float
    shown_room: float
    beside: bool

    def at(self, value: float) -> float:
        """Return the pixel of a value; beyond the axis it is the end of the axis."""
        least = math.exp(self.x.low) if self.logarithmic else self.x.low
        most = math.exp(self.x.high) if self.logarithmic else self.x.high
        kept = min(max(value, least), most)
        return self.x(math.log(kept) if self.logarithmic else kept)


def draw_forest_rows(picture: ForestRows, *, width: int) -> Drawing:
    """Draw each row as its name, its interval on the axis, and its printed estimate.

    Raises
    ------
    ValueError
        If a row ends before it begins, lies outside its interval, or is no ratio on an axis of
        ratios.
    """
    _check(picture)
    plan = _planned(picture, width)
    drawing = Drawing(width, 0)
    laid = Laid(drawing)
    level = _draw_heads(laid, picture, plan)
    ticks = _ticks(picture)
    for row in picture.rows:
        level = _draw_row(laid, row, plan, level, [tick for tick, _ in ticks])
    for tick, words in ticks:
        drawing.label(plan.at(tick), level + 13, words)
    level += 18
    for line in wrap(picture.axis_words, width - 2 * _EDGE):
        level += LINE
        drawing.label((plan.x.start + plan.x.end) / 2, level - 4, line)
    laid.put()
    if picture.has_key:
        marks = [mark for mark in Mark if any(row.mark is mark for row in picture.rows)]
        entries = [KeyEntry(partial(_key_mark, drawing, laid, mark), mark.words) for mark in marks]
        placed, high = place_entries([entries], width=width)
        draw_entries(laid, placed, top=level + 8)
        level += high + 8
    drawing.height = level + 6
    return drawing


def _check(picture: ForestRows) -> None:
    for row in picture.rows:
        ends = [row.low, row.high] if row.number is None else [row.low, row.number, row.high]
        if not all(math.isfinite(end) for end in ends) or ends != sorted(ends):
            raise ValueError(f"“{row.words}” has an interval from {row.low} to {row.high}.")
        if picture.axis is ForestAxis.RATIO and row.low <= 0:
            raise ValueError(f"“{row.words}” starts at {row.low}; a ratio is above 0.")


def _planned(picture: ForestRows, width: int) -> _Plan:
    beside = width >= _SIDE_BY_SIDE
    words = [row.words for row in picture.rows] + [picture.rows_head]
    shown = [row.shown for row in picture.rows] + [picture.shown_head]
    shown_room = min(text_width(shown), (0.3 if beside else 0.5) * width)
    words_room = min(text_width(words), 0.36 * width)
    if not beside:
        words_room = width - 2 * _EDGE - shown_room - _AIR
    start, end = 12.0, width - 12.0
    if beside:
        first, last = words_room + _EDGE + _AIR, width - shown_room - _EDGE - _AIR
        turned = Laid(Drawing(width, 0)).turned
        start, end = (width - last, width - first) if turned else (first, last)
    low, high = forest_window(picture)
    logarithmic = picture.axis is ForestAxis.RATIO
    if logarithmic:
        low, high = math.log(low), math.log(high)
    spare = 0.04 * (high - low) or 0.7
    return _Plan(
        x=Scale(low - spare, high + spare, start, end),
        logarithmic=logarithmic,
        none=1.0 if logarithmic else 0.0,
        words_room=words_room,
        shown_room=shown_room,
        beside=beside,
    )


def _draw_heads(laid: Laid, picture: ForestRows, plan: _Plan) -> float:
    """Write what lies left and right of no difference, and under it what the columns hold."""
    level = _draw_sides(laid.drawing, picture, plan.at(plan.none))
    words = wrap(picture.rows_head, plan.words_room)
    shown = wrap(picture.shown_head, plan.shown_room)
    foot = level + LINE * max(len(words), len(shown))
    for k, line in enumerate(reversed(words)):
        laid.text(_EDGE, foot - LINE * k - 4, line, "tk", at_end=False)
    for k, line in enumerate(reversed(shown)):
        _write_shown(laid, plan, foot - LINE * k - 4, line, "tk")
    return foot + 5


def _write_shown(laid: Laid, plan: _Plan, y: float, line: str, css_class: str) -> None:
    """Write at the end of a row; numbers stand right in either direction, one under the other."""
    x = _EDGE + plan.shown_room if laid.turned else laid.drawing.width - _EDGE
    laid.drawing.text(x, y, line, f"end {css_class}")


def _draw_sides(drawing: Drawing, picture: ForestRows, none: float) -> float:
    """Write the words on both sides with their arrows: on one line where both have room."""
    # Numbers run from left to right in every language, so the arrows point the same way.
    low = f"← {right_to_left(str(picture.low_words))}"
    high = f"{right_to_left(str(picture.high_words))} →"
    least, most = _EDGE + text_width(low), drawing.width - _EDGE - text_width(high)
    apart = none - 8 < least or none + 8 > most
    drawing.text(max(none - 8, least), LINE - 4, low, "end")
    drawing.text(min(none + 8, most), LINE * (2 if apart else 1) - 4, high)
    return LINE * (2 if apart else 1) + 3


def _draw_row(
    laid: Laid, row: ForestRow, plan: _Plan, level: float, ticks: Sequence[float]
) -> float:
    shown = wrap(row.shown, plan.shown_room)
    spare = 0.0 if plan.beside else plan.shown_room - text_width(shown)
    words = wrap(row.words, plan.words_room + (0.0 if laid.turned else spare))
    text = LINE * max(len(words), len(shown))
    high = max(text + 7, _ROW) if plan.beside else text + _BAR + 6
    top = level + (high - text) / 2 if plan.beside else level
    css = "tk" if row.mark in {Mark.POOLED, Mark.PREDICTION} else "tl"
    for k, line in enumerate(words):
        at = top + (text - LINE * len(words)) / 2 if plan.beside else top
        laid.text(_EDGE, at + LINE * (k + 1) - 4, line, css, at_end=False)
    for k, line in enumerate(shown):
        at = top + (text - LINE * len(shown)) / 2 if plan.beside else top
        _write_shown(laid, plan, at + LINE * (k + 1) - 4, line, css)
    if not plan.beside:
        level, high = level + text, high - text
    for tick in ticks:
        look = "nil" if tick == plan.none else "gr"
        line = f"M{short(plan.at(tick))} {short(level)}v{short(high)}"
        laid.gathered.setdefault(look, []).append(line)
    laid.put()
    _draw_interval(laid.drawing, row, plan, level + high / 2 - (0 if plan.beside else 2))
    return level + high


def _draw_interval(drawing: Drawing, row: ForestRow, plan: _Plan, y: float) -> None:
    start, end = plan.at(row.low), plan.at(row.high)
    if row.mark is Mark.POOLED:
        number = row.low if row.number is None else row.number
        _diamond(drawing, start, plan.at(number), end, y)
        return
    css = "pr" if row.mark is Mark.PREDICTION else "s1 fine"
    drawing.path(f"M{short(start)} {short(y)}H{short(end)}", css)
    _arrows(drawing, row, plan, y)
    if row.number is not None and row.mark is not Mark.PREDICTION:
        _square(drawing, plan.at(row.number), y, _half_side(row), row.mark)


def _arrows(drawing: Drawing, row: ForestRow, plan: _Plan, y: float) -> None:
    """Show that an interval goes on beyond the axis."""
    least, most = (math.exp(end) if plan.logarithmic else end for end in (plan.x.low, plan.x.high))
    for beyond, at, step in (
        (row.low < least, plan.at(row.low), 6),
        (row.high > most, plan.at(row.high), -6),
    ):
        if beyond:
            tip = f"M{short(at + step)} {short(y - 5)}L{short(at)} {short(y)}"
            drawing.path(f"{tip}L{short(at + step)} {short(y + 5)}", "nil")


def _half_side(row: ForestRow) -> float:
    """Return half the side of a square whose area grows with the weight."""
    if row.weight is None:
        return _PLAIN
    return min(max(_LARGEST * math.sqrt(2 * row.weight), _SMALLEST), _LARGEST)


def _square(drawing: Drawing, x: float, y: float, half: float, mark: Mark) -> None:
    if mark is Mark.LOCAL:
        # Turned by 45 degrees and hollow: unlike the others in shape as well.
        reach = short(half + 1.5)
        way = f"l{reach} {reach}l-{reach} {reach}l-{reach}-{reach}z"
        drawing.path(f"M{short(x)} {short(y - half - 1.5)}{way}", "ivp")
        return
    drawing.rectangle(x=x - half, y=y - half, width=2 * half, height=2 * half, css_class="f1")


def _diamond(drawing: Drawing, start: float, middle: float, end: float, y: float) -> None:
    """Draw the whole: as wide as its interval, but never too small to be seen."""
    start, end = min(start, middle - 3), max(end, middle + 3)
    points = [(start, y), (middle, y - 8), (end, y), (middle, y + 8)]
    way = "L".join(f"{short(across)} {short(down)}" for across, down in points)
    drawing.path(f"M{way}z", "f1")


def _key_mark(drawing: Drawing, laid: Laid, mark: Mark, x: float, y: float) -> None:
    at = laid.x(x)
    if mark is Mark.POOLED:
        _diamond(drawing, at - 11, at, at + 11, y)
        return
    css = "pr" if mark is Mark.PREDICTION else "s1 fine"
    drawing.path(f"M{short(at - 11)} {short(y)}h22", css)
    if mark is not Mark.PREDICTION:
        _square(drawing, at, y, _PLAIN, mark)


def _ticks(picture: ForestRows) -> list[tuple[float, Number]]:
    low, high = forest_window(picture)
    if picture.axis is ForestAxis.RATIO:
        for choice in _RATIOS:
            inside = [tick for tick in choice if low * 0.97 <= tick <= high * 1.03]
            if len(inside) >= 3 and low >= choice[0] * 0.4 and high <= choice[-1] * 2.5:
                return [(float(tick), Number(float(tick))) for tick in inside]
        inside = [tick for tick in _RATIOS[-1] if low * 0.97 <= tick <= high * 1.03]
        near = [round(low, 2), 1.0, round(high, 2)]
        kept = inside if len(inside) >= 3 else sorted(set(near))
        return [(float(tick), Number(float(tick))) for tick in kept]
    step = _step(high - low)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(k * step, Number(round(k * step, 6))) for k in range(first, last + 1)]


def _step(span: float) -> float:
    raw = (span or 1.0) / (_MOST_TICKS - 1)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= raw * 0.999)
