"""This file knows how to draw how a plan should work: five boxes with arrows between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.publication.drawing.fitted import fitted
from forestall.publication.drawing.mirrored import Laid
from forestall.publication.drawing.svg import LINE, Drawing, short

if TYPE_CHECKING:
    from forestall.publication.plan_pictures import LogicBox, LogicModel

_EDGE, _GAP, _PAD, _SIDE_BY_SIDE = 1.0, 16.0, 8.0, 500
_ITEM_LINES, _HEAD_LINES = 5, 3
_BULLET = 12.0
# Each line of a box: how far it is moved in, its words, its look, and the air above it.
_Line = tuple[float, str, str, float]


def draw_logic_model(picture: LogicModel, *, width: int) -> Drawing:
    """Draw the boxes side by side in the direction of reading, or under each other on a phone."""
    beside = width >= _SIDE_BY_SIDE
    number = len(picture.boxes)
    across = (width - 2 * _EDGE - _GAP * (number - 1)) / number if beside else width - 2 * _EDGE
    boxes = [_lines(box, across - 2 * _PAD, picture.most) for box in picture.boxes]
    heights = [sum(LINE + air for *_, air in lines) + 2 * _PAD for lines in boxes]
    drawing = Drawing(width, 0)
    laid = Laid(drawing)
    level, tallest = _EDGE, max(heights, default=0.0)
    for at, (lines, high) in enumerate(zip(boxes, heights, strict=True)):
        x = _EDGE + (across + _GAP) * at if beside else _EDGE
        _draw_box(laid, lines, x, level, (across, tallest if beside else high))
        last = at == number - 1
        if beside and not last:
            _arrow_across(laid, x + across, level + tallest / 2)
        elif not beside:
            level += high
            if not last:
                _arrow_down(laid, width / 2, level)
                level += _GAP
    laid.put()
    drawing.height = (level + tallest if beside else level) + _EDGE
    return drawing


def _lines(box: LogicBox, room: float, most: int) -> list[_Line]:
    lines: list[_Line] = [
        (0.0, line, "tk", 0.0) for line in fitted(box.words, room, most=_HEAD_LINES)
    ]
    if not box.items:
        return [*lines, *_entry(box.empty, room, "", marked=False)]
    shown = box.items if len(box.items) <= most else box.items[: most - 1]
    for item in shown:
        lines += _entry(item, room, "tl", marked=True)
    left = len(box.items) - len(shown)
    if left:
        lines += _entry(message("and {count} more", count=left), room, "", marked=False)
    return lines


def _entry(words: object, room: float, look: str, *, marked: bool) -> list[_Line]:
    moved = _BULLET if marked else 0.0
    broken = fitted(str(words), room - moved, most=_ITEM_LINES)
    return [(moved, line, look, 5.0 if k == 0 else 0.0) for k, line in enumerate(broken)]


def _draw_box(
    laid: Laid, lines: list[_Line], x: float, top: float, size: tuple[float, float]
) -> None:
    laid.box("fp s0 fine", x, top, *size)
    laid.put()  # before the words, which would lie under it
    level = top + _PAD
    for moved, words, look, air in lines:
        level += LINE + air
        if moved and air:
            laid.disc("f1", x + _PAD + 3, level - 9, 2.5)
        laid.text(x + _PAD + moved, level - 4, words, look, at_end=False)


def _arrow_across(laid: Laid, x: float, y: float) -> None:
    way = -1 if laid.turned else 1
    laid.add("nil", x + 3, y, f"h{short(way * 10)}m{short(way * -5)}-5l{short(way * 5)} 5")
    laid.add("nil", x + 13, y, f"l{short(way * -5)} 5")


def _arrow_down(laid: Laid, x: float, y: float) -> None:
    laid.add("nil", x, y + 2, "v12m-5-5l5 5l5-5")
