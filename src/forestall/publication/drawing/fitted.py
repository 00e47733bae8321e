"""This file knows how words of any length are fitted into a few lines of a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.drawing.svg import text_width, wrap

if TYPE_CHECKING:
    from forestall.languages import Text

_MORE = "…"
# Longer words are read in the table behind a drawing.
_LONGEST = 400


def fitted(words: Text, room: float, *, most: int) -> list[str]:
    """Return words in so many lines at most; what is left out is told by three dots.

    A word that is longer than a line is broken.

    Examples
    --------
    >>> fitted("gates for fourteen rear alleys", 110, most=2)
    ['gates for', 'fourteen rear…']
    >>> len(fitted("x" * 60, 110, most=9)) > 2
    True
    """
    text = " ".join(str(words).split())[:_LONGEST]
    lines = [part for line in wrap(text, room) for part in _broken(line, room)]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + _MORE) > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + _MORE]


def _broken(line: str, room: float) -> list[str]:
    """Break a line of one long word; at least one letter stands on each."""
    parts = []
    while text_width(line) > room and len(line) > 1:
        at = len(line) - 1
        while at > 1 and text_width(line[:at]) > room:
            at -= 1
        parts.append(line[:at])
        line = line[at:]
    return [*parts, line]
