"""This file knows how to draw a timetable: steps as bars on an axis of months, by action."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from forestall.publication.drawing.fitted import fitted
from forestall.publication.drawing.keys import KeyEntry, draw_entries, place_entries
from forestall.publication.drawing.mirrored import Laid
from forestall.publication.drawing.svg import LINE, Drawing, Scale, short, text_width
from forestall.publication.drawing.time_axes import time_axis
from forestall.publication.plan_pictures import BarState

if TYPE_CHECKING:
    from datetime import date

    from forestall.publication.drawing.time_axes import AxisPart
    from forestall.publication.plan_pictures import Timetable, TimetableBar

_EDGE, _AIR, _SIDE_BY_SIDE = 2.0, 12.0, 500
_BAR, _STRIP, _LEAST, _POST = 13.0, 21.0, 5.0, 3.0
_NAME_LINES, _STEP_LINES = 2, 2
_DIAMOND = "l6 6l-6 6l-6-6z"


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Where everything lies; ``x`` counts from the side at which reading starts."""

    x: Scale
    label_room: float
    beside: bool
    parts: tuple[AxisPart, ...]


def draw_timetable(picture: Timetable, *, width: int) -> Drawing:
    """Draw each step under its action, as a bar whose shape says how far it is.

    Raises
    ------
    ValueError
        If the axis or a step ends before it begins.
    """
    _check(picture)
    plan = _planned(picture, width)
    drawing = Drawing(width, 0)
    laid = Laid(drawing)
    level = _draw_head(laid, picture, plan)
    for group in picture.groups:
        for line in fitted(group.words, width - 2 * _EDGE, most=_NAME_LINES):
            level += LINE
            laid.text(_EDGE, level - 4, line, "tk", at_end=False)
        for bar in group.bars:
            level = _draw_step(laid, picture, bar, plan, level)
        level += 6
    if picture.reviews:
        level = _draw_reviews(laid, picture, plan, level)
    if picture.has_key:
        placed, high = place_entries([_entries(laid, picture)], width=width)
        draw_entries(laid, placed, top=level + 4)
        level += high + 4
    laid.put()
    drawing.height = level + 4
    return drawing


def _check(picture: Timetable) -> None:
    spans = [(picture.first, picture.last)]
    spans += [(bar.first, bar.last) for group in picture.groups for bar in group.bars]
    for first, last in spans:
        if last < first:
            raise ValueError(f"A time from {first} to {last} ends before it begins.")


def _planned(picture: Timetable, width: int) -> _Plan:
    beside = width >= _SIDE_BY_SIDE
    words = [bar.words for group in picture.groups for bar in group.bars]
    words += [picture.reviews_words] if picture.reviews else []
    room = min(text_width(words) + 4, 0.36 * width) if beside else width - 2 * _EDGE
    start = _EDGE + room + _AIR if beside else _EDGE
    x = Scale(picture.first.toordinal(), picture.last.toordinal() + 1, start, width - _EDGE)
    return _Plan(x=x, label_room=room, beside=beside, parts=time_axis(x))


def _draw_head(laid: Laid, picture: Timetable, plan: _Plan) -> float:
    level = 0.0
    if picture.today is not None:
        level += LINE
        at = laid.x(plan.x(picture.today.toordinal()))
        laid.drawing.label(at, level - 4, picture.today_words, "tk")
    for row in sorted({part.row for part in plan.parts}):
        level += LINE
        for part in plan.parts:
            if part.row == row:
                laid.text(part.start + 4, level - 4, part.words, "", at_end=False)
                laid.add("ax", part.start, level - LINE, f"v{LINE}")
    laid.add("ax", plan.x.start, level, _across(laid, plan.x.end - plan.x.start))
    return level + 4


def _draw_step(
    laid: Laid, picture: Timetable, bar: TimetableBar, plan: _Plan, level: float
) -> float:
    lines = fitted(bar.words, plan.label_room, most=_STEP_LINES)
    words = LINE * len(lines)
    high = max(words, _STRIP) if plan.beside else words + _STRIP
    top = level + (high - words) / 2 if plan.beside else level
    for k, line in enumerate(lines):
        laid.text(_EDGE, top + LINE * (k + 1) - 4, line, "tl", at_end=False)
    strip = level + (high - _STRIP) / 2 if plan.beside else level + words
    _draw_strip(laid, picture, plan, strip)
    start = _inside(plan.x, bar.first.toordinal())
    end = _inside(plan.x, bar.last.toordinal() + 1)
    start = min(start, plan.x.end - _LEAST)
    across = max(end - start, _LEAST)
    _draw_bar(laid, bar.state, start, strip + (_STRIP - _BAR) / 2, across)
    return level + high + (2 if plan.beside else 5)


def _draw_strip(laid: Laid, picture: Timetable, plan: _Plan, top: float) -> None:
    """Draw the axis behind one bar only, so that no line runs through words."""
    for part in plan.parts:
        laid.add("gr", part.start, top, f"v{_STRIP}")
    if picture.today is not None:
        laid.add("nil", plan.x(picture.today.toordinal()), top, f"v{_STRIP}")


def _draw_bar(laid: Laid, state: BarState, x: float, y: float, across: float) -> None:
    if state is BarState.DROPPED:
        laid.box("ax dash", x, y, across, _BAR)
        return
    laid.box("fp s1 fine", x, y, across, _BAR)
    if state is BarState.LATE:  # a post stands at its end
        laid.box("f0", x + across - _POST, y - _POST, _POST, _BAR + 2 * _POST)
    filled = {BarState.DONE: _BAR, BarState.UNDER_WAY: _BAR / 2}.get(state, 0.0)
    if filled:
        laid.box("f1", x, y + _BAR - filled, across, filled)


def _draw_reviews(laid: Laid, picture: Timetable, plan: _Plan, level: float) -> float:
    lines = fitted(picture.reviews_words, plan.label_room, most=_STEP_LINES)
    words = LINE * len(lines)
    for k, line in enumerate(lines):
        laid.text(_EDGE, level + LINE * (k + 1) - 4, line, "tk", at_end=False)
    strip = level if plan.beside else level + words
    _draw_strip(laid, picture, plan, strip)
    for day in picture.reviews:
        at = min(max(_at(plan.x, day), plan.x.start + 6), plan.x.end - 6)
        laid.add("f0", at, strip + _STRIP / 2 - 6, _DIAMOND)
    return max(strip + _STRIP, level + words) + 6


def _entries(laid: Laid, picture: Timetable) -> list[KeyEntry]:
    used = {bar.state for group in picture.groups for bar in group.bars}
    return [
        KeyEntry(partial(_key_bar, laid, state), state.words) for state in BarState if state in used
    ]


def _key_bar(laid: Laid, state: BarState, x: float, y: float) -> None:
    _draw_bar(laid, state, x - 12, y - _BAR / 2, 24)


def _at(x: Scale, day: date) -> float:
    return _inside(x, day.toordinal())


def _inside(x: Scale, day: int) -> float:
    return x(min(max(day, x.low), x.high))


def _across(laid: Laid, pixels: float) -> str:
    return f"h{short(-pixels if laid.turned else pixels)}"
