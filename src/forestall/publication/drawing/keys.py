"""This file knows how the marks of a drawing are explained below it, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.publication.drawing.svg import LINE, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forestall.languages import Text
    from forestall.publication.drawing.mirrored import Laid

_MARK, _BETWEEN, _ROW, _EDGE = 32.0, 14.0, 24.0, 2.0


@dataclass(frozen=True)
class KeyEntry:
    """What draws a mark around a point, and the words beside it."""

    mark: Callable[[float, float], None]
    words: Text


@dataclass(frozen=True)
class _Placed:
    entry: KeyEntry
    x: float
    y: float
    lines: tuple[str, ...]


def place_entries(
    groups: Sequence[Sequence[KeyEntry]], *, width: float
) -> tuple[list[_Placed], float]:
    """Return entries in lines as long as the drawing is wide, and how high they are together.

    Each group begins a new line.
    """
    placed: list[_Placed] = []
    y = 0.0
    for group in groups:
        x, high = _EDGE, 0.0
        for entry in group:
            lines = tuple(wrap(entry.words, width - _MARK - 2 * _EDGE))
            wide = _MARK + text_width(lines)
            if x > _EDGE and x + wide > width - _EDGE:
                x, y, high = _EDGE, y + high, 0.0
            placed.append(_Placed(entry, x, y, lines))
            x += wide + _BETWEEN
            high = max(high, _ROW + LINE * (len(lines) - 1))
        y += high
    return placed, y


def draw_entries(laid: Laid, placed: Sequence[_Placed], *, top: float) -> None:
    """Draw marks with their words, from a level down."""
    for one in placed:
        level = top + one.y
        one.entry.mark(one.x + (_MARK - 6) / 2, level + _ROW / 2)
        for k, line in enumerate(one.lines):
            laid.text(one.x + _MARK, level + _ROW / 2 + 4.5 + LINE * k, line, "", at_end=False)
