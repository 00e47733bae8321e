"""This file knows the properties of letters and paragraphs that styles and tables share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.docx.markup import w

if TYPE_CHECKING:
    from lxml.etree import _Element


def sized(points: float) -> list[_Element]:
    """Return the size of letters, for scripts of both directions."""
    return [w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))]


def bold() -> list[_Element]:
    """Return bold, for scripts of both directions."""
    return [w("b"), w("bCs")]


def coloured(colour: str) -> _Element:
    """Return the colour of letters."""
    return w("color", val=colour)


def spaced(
    *, before: float | None = None, after: float | None = None, line: int | None = None
) -> _Element:
    """Return the room before and after a paragraph in points, and its line height in 240ths."""
    return w(
        "spacing",
        before=None if before is None else round(before * 20),
        after=None if after is None else round(after * 20),
        line=line,
        lineRule="auto" if line else None,
    )


def ruled(
    side: str, *, eighths: int, colour: str = "auto", kind: str = "single", points: int = 0
) -> _Element:
    """Return a rule on one side of a paragraph, cell or table; ``points`` is its distance."""
    return w(side, val=kind, sz=eighths, space=points, color=colour)


def shaded(fill: str, *, pattern: str = "clear", colour: str = "auto") -> _Element:
    """Return the ground of a cell or of letters."""
    return w("shd", val=pattern, color=colour, fill=fill)
