"""This file knows how to draw what is known by measures and outcomes, and where nothing is."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from forestall.publication.drawing.grid_heads import draw_heads, heads_height, place_heads
from forestall.publication.drawing.keys import KeyEntry, draw_entries, place_entries
from forestall.publication.drawing.mirrored import Laid
from forestall.publication.drawing.svg import LINE, Drawing, text_width, wrap
from forestall.publication.evidence_pictures import SIZES, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forestall.publication.drawing.grid_heads import Head
    from forestall.publication.evidence_pictures import GapGrid, GridCell, GridKey, GridRow

_EDGE, _GAP, _HIGH, _WIDEST = 2.0, 4.0, 26.0, 56.0
_MOST_COLUMNS = 10
_SIDE_BY_SIDE = 500  # pixels from which words stand beside their cells, not above them
_AGAIN = 8  # rows after which a phone sees the heads again
_RADII = (5.0, 7.5, 10.0)
_FILLS = ("fp s0 fine", "m1 ed", "m3 ed", "m5 ed", "m6 ed")
_DIAMOND = "l4 4l-4 4l-4-4z"
# Each sign from its middle.
_SIGNS = {
    Found.BETTER: ("nil", (0, -5.5), "l5.5 10h-11z"),
    Found.WORSE: ("wf", (0, 6.5), "l7-12h-14z"),
    Found.NONE: ("nil", (-5, -2.5), "h10m0 5h-10"),
    Found.MIXED: ("nil", (-5, -2), "h10m-5-5v10m-5 3h10"),
    Found.UNKNOWN: ("nil", (-3, -3), "c0-4 6-4 6 0c0 3-3 2-3 5m0 2v1.6"),
}


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Where everything lies: x counts from the side at which reading starts."""

    cell: float
    starts: tuple[float, ...]
    beside: bool
    heads: tuple[Head, ...]
    label_room: float


def draw_gap_grid(picture: GapGrid, *, width: int) -> Drawing:
    """Draw a box for each row and column: empty, or with a circle and a sign.

    Raises
    ------
    ValueError
        If a row has not one cell a column, a certainty is not from 0 to 4, or there are more
        than ten columns.
    """
    _check(picture)
    plan = _planned(picture, width)
    drawing = Drawing(width, 0)
    laid = Laid(drawing)
    level = 0.0
    since = _AGAIN
    for row, group in _grouped(picture.rows):
        if since >= (_AGAIN if not plan.beside else len(picture.rows) + _AGAIN) or not level:
            draw_heads(laid, plan.heads, top=level)
            level += heads_height(plan.heads)
            since = 0
        if group:
            level = _draw_group(laid, group, level, width)
        level = _draw_row(laid, row, plan, level)
        since += 1
    if picture.key is not None:
        placed, high = place_entries(_entries(laid, picture.key), width=width)
        draw_entries(laid, placed, top=level + 10)
        level += high + 10
    laid.put()
    drawing.height = level + _EDGE
    return drawing


def _check(picture: GapGrid) -> None:
    columns = len(picture.columns)
    if not 1 <= columns <= _MOST_COLUMNS:
        raise ValueError(f"A map of gaps has 1 to {_MOST_COLUMNS} columns, not {columns}.")
    for row in picture.rows:
        if len(row.cells) != columns:
            raise ValueError(f"“{row.words}” has {len(row.cells)} cells for {columns} columns.")
        for cell in row.cells:
            if cell.texts < 0 or not 0 <= cell.certainty < len(_FILLS):
                raise ValueError(
                    f"“{row.words}” has {cell.texts} texts of certainty {cell.certainty}: no text "
                    "is 0, certainty is 0 to 4."
                )


def _planned(picture: GapGrid, width: int) -> _Plan:
    beside = width >= _SIDE_BY_SIDE
    columns = len(picture.columns)
    across = min((width * (0.68 if beside else 1) - 2 * _EDGE) / columns, _WIDEST)
    most = width - 2 * _EDGE - across * columns
    longest = max((text_width(row.words) for row in picture.rows), default=0.0) + 26
    room = max(min(most, longest), 0.0) if beside else width - 2 * _EDGE
    first = _EDGE + (room if beside else 0.0)
    starts = tuple(first + across * k for k in range(columns))
    at = [start + (across - _GAP) / 2 for start in starts]
    return _Plan(
        cell=across - _GAP,
        starts=starts,
        beside=beside,
        heads=place_heads(picture.columns, at, width=width),
        label_room=room - (12 if beside else 0),
    )


def _grouped(rows: Sequence[GridRow]) -> list[tuple[GridRow, str]]:
    """Return rows, the first of each group with the name of its group."""
    names = [str(row.group) for row in rows]
    earlier = ["", *names]
    return [
        (row, name if name != before else "")
        for row, name, before in zip(rows, names, earlier, strict=False)
    ]


def _draw_group(laid: Laid, group: str, level: float, width: int) -> float:
    for line in wrap(group, width - 2 * _EDGE):
        level += LINE
        laid.text(_EDGE, level, line, "tk", at_end=False)
    return level + 8


def _draw_row(laid: Laid, row: GridRow, plan: _Plan, level: float) -> float:
    mark = 14.0 if row.is_law_enforcement else 0.0
    lines = wrap(row.words, plan.label_room - mark)
    words = LINE * len(lines)
    high = max(words + 4, _HIGH + _GAP) if plan.beside else words + 6 + _HIGH + _GAP + 4
    top = level + (high - _GAP - words) / 2 if plan.beside else level
    css = "" if row.is_law_enforcement else "tl"
    for k, line in enumerate(lines):
        laid.text(_EDGE + mark, top + LINE * (k + 1) - 4, line, css, at_end=False)
    if mark:
        laid.add("ax", _EDGE + 5, top + 4.5, _DIAMOND)
    boxes = level + (high - _GAP - _HIGH) / 2 if plan.beside else level + words + 3
    for start, cell in zip(plan.starts, row.cells, strict=True):
        _draw_cell(laid, cell, start, boxes, plan.cell)
    return level + high


def _draw_cell(laid: Laid, cell: GridCell, x: float, y: float, width: float) -> None:
    middle = y + _HIGH / 2
    laid.box(_outline(cell), x, y, width, _HIGH)
    if not cell.texts:
        return
    room = min(width * 0.27, _RADII[-1])
    radius = _RADII[bisect(SIZES, cell.texts) - 1] * room / _RADII[-1]
    laid.disc(_FILLS[cell.certainty], x + width * 0.32, middle, radius)
    _draw_sign(laid, cell.found, x + width * 0.77, middle)


def _outline(cell: GridCell) -> str:
    if not cell.texts:
        return "ax"
    look = "ws" if cell.found is Found.WORSE else "ax"
    return f"{look} dash" if cell.is_synthesis_gap else look


def _draw_sign(laid: Laid, found: Found, x: float, y: float) -> None:
    css, (across, down), commands = _SIGNS[found]
    # Signs are drawn from left to right on either side.
    laid.add(css, x + (-across if laid.turned else across), y + down, commands)


def _entries(laid: Laid, key: GridKey) -> list[list[KeyEntry]]:
    def boxed(css: str) -> Callable[[float, float], None]:
        return lambda x, y: laid.box(css, x - 11, y - 8, 22, 16)

    def disc(fill: str, radius: float) -> Callable[[float, float], None]:
        return lambda x, y: laid.disc(fill, x, y, radius)

    def sign(found: Found, x: float, y: float) -> None:
        if found is Found.WORSE:
            laid.box("ws", x - 11, y - 10, 22, 20)
        _draw_sign(laid, found, x, y)

    return [
        [
            KeyEntry(disc(_FILLS[2], radius), words)
            for radius, words in zip(_RADII, key.sizes, strict=True)
        ],
        [
            KeyEntry(disc(fill, 7.5), words)
            for fill, words in zip(_FILLS, key.certainties, strict=True)
        ],
        [
            KeyEntry(partial(sign, found), words)
            for found, words in zip(Found, key.found, strict=True)
        ],
        [
            KeyEntry(boxed("ax"), key.empty),
            KeyEntry(boxed("ax dash"), key.synthesis_gap),
            KeyEntry(lambda x, y: laid.add("ax", x, y - 4, _DIAMOND), key.law_enforcement),
        ],
    ]
