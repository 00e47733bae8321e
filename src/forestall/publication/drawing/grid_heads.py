"""This file knows how heads stand over narrow columns: on as few lines as keep them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.publication.drawing.svg import LINE, text_width, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.languages import Text
    from forestall.publication.drawing.mirrored import Laid

_AIR, _FOOT, _EDGE = 8.0, 5.0, 2.0
_WIDEST = 0.4


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head of one column: its lines, where it starts, and how many lines lie under it."""

    lines: tuple[str, ...]
    start: float
    at: float
    level: int

    @property
    def end(self) -> float:
        """Return where its longest line ends."""
        return self.start + text_width(self.lines)

    def covers(self, x: float) -> bool:
        """Return whether a line down from a higher head at x would run through it."""
        return self.start - _AIR / 2 < x < self.end + _AIR


def place_heads(words: Sequence[Text], at: Sequence[float], *, width: float) -> tuple[Head, ...]:
    """Place heads so that none covers another, or the line that leads down from another.

    Parameters
    ----------
    at
        Where the line down to each column starts.
    width
        Of the drawing; a head that would leave it begins earlier.

    Examples
    --------
    >>> [head.level for head in place_heads(["crime", "victimization", "fear"], [50, 100, 150],
    ...     width=340)]
    [0, 1, 0]
    """
    heads = []
    for text, x in zip(words, at, strict=True):
        lines = tuple(wrap(text, _WIDEST * width)) or ("",)
        start = max(min(x - _AIR / 2, width - _EDGE - text_width(lines)), _EDGE)
        heads.append(Head(lines=lines, start=start, at=x, level=0))
    levels = _levels(heads)
    return tuple(
        Head(lines=head.lines, start=head.start, at=head.at, level=level)
        for head, level in zip(heads, levels, strict=True)
    )


def _levels(heads: Sequence[Head]) -> list[int]:
    """Lift each head over those that it covers; where two cover each other, the first is higher."""
    levels = [0] * len(heads)
    under = [
        [
            k
            for k, other in enumerate(heads)
            if k != at and one.covers(other.at) and (at < k or not other.covers(one.at))
        ]
        for at, one in enumerate(heads)
    ]
    for _ in heads:
        found = [
            max((levels[k] + len(heads[k].lines) for k in below), default=0) for below in under
        ]
        if found == levels:
            return levels
        levels = found
    # Heads that cover each other in a ring: each gets lines of its own.
    return [sum(len(other.lines) for other in heads[at + 1 :]) for at in range(len(heads))]


def heads_height(heads: Sequence[Head]) -> float:
    """Return how high heads are, with the lines that lead down."""
    return LINE * max((head.level + len(head.lines) for head in heads), default=0) + _FOOT


def draw_heads(laid: Laid, heads: Sequence[Head], *, top: float) -> None:
    """Draw heads, and lines from those that are higher down to their columns."""
    foot = top + heads_height(heads)
    for head in heads:
        level = foot - _FOOT - LINE * head.level
        for k, line in enumerate(reversed(head.lines)):
            laid.text(head.start, level - LINE * k - 4, line, "tl", at_end=False)
        laid.drawing.line(laid.x(head.at), level, laid.x(head.at), foot, "ax")
