"""This file knows how to write SVG: few elements, short numbers, one way of escaping."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from forestall.languages import direction, right_to_left, without_isolates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from forestall.languages import Text

# Widths at 13 px of DejaVu Sans, the widest of the fonts a page may be read in.
_WIDTHS = {"narrow": 4.2, "usual": 8.0, "wide": 11.2, "widest": 12.9}
_NARROW = frozenset(" \u00a0.,:;!'|ijlftrI()-،؛")
_WIDE = frozenset("mwMW+−=<>→←–—@OQДЖМФЦЫдмфы")
_WIDEST = frozenset("%ЖШЩЮжшщю№")
# Arabic letters are narrow inside a word, but for some; at its end many are drawn out.
_ARABIC_NARROW = frozenset("اأإآبتثنيئلـ")
_ARABIC_WIDE = frozenset("سشصضطظ")
_ARABIC_WIDE_AT_END = frozenset("بتثفقكلنيىئ")
_ARABIC_WIDEST_AT_END = frozenset("سشصض")
_BOLD = 1.13
_OVERHANG = 2.0  # so far a letter such as J may reach out of its own width
LINE = 17


@dataclass
class Drawing:
    """An SVG in the making, in pixels, y downwards."""

    width: float
    height: float
    parts: list[str] = field(default_factory=list)

    def line(self, x1: float, y1: float, x2: float, y2: float, css_class: str) -> None:
        """Draw a straight line."""
        start, end = f"M{short(x1)} {short(y1)}", f"L{short(x2)} {short(y2)}"
        self.parts.append(f'<path class="{css_class}" d="{start}{end}"/>')

    def path(self, commands: str, css_class: str) -> None:
        """Draw a path given by its commands."""
        self.parts.append(f'<path class="{css_class}" d="{commands}"/>')

    def rectangle(self, *, x: float, y: float, width: float, height: float, css_class: str) -> None:
        """Draw a filled rectangle."""
        self.parts.append(
            f'<rect class="{css_class}" x="{short(x)}" y="{short(y)}" '
            f'width="{short(width)}" height="{short(height)}"/>'
        )

    def circle(self, x: float, y: float, radius: float, css_class: str) -> None:
        """Draw a circle."""
        self.parts.append(
            f'<circle class="{css_class}" cx="{short(x)}" cy="{short(y)}" r="{short(radius)}"/>'
        )

    def text(self, x: float, y: float, words: Text, css_class: str = "") -> None:
        """Write a text that starts at x, or as its class says (``end``, ``mid``)."""
        named = f' class="{css_class}"' if css_class else ""
        written = escape(right_to_left(str(words)))
        self.parts.append(f'<text x="{short(x)}" y="{short(y)}"{named}>{written}</text>')

    def label(self, x: float, y: float, words: Text, css_class: str = "") -> None:
        """Write a text in the middle over x, or moved so far that it stays in the frame."""
        half = text_width(words) / 2
        named = f" {css_class}" if css_class else ""
        if x - half < _OVERHANG:
            self.text(_OVERHANG, y, words, css_class)
        elif x + half > self.width - _OVERHANG:
            self.text(self.width - _OVERHANG, y, words, f"end{named}")
        else:
            self.text(x, y, words, f"mid{named}")

    def axis_title(self, x: float, lines: Sequence[str], *, above: float = 0) -> None:
        """Write the lines of the title of an axis at the foot, or so far above it."""
        foot = self.height - 6 - above
        for k, line in enumerate(lines):
            self.label(x, foot - LINE * (len(lines) - 1 - k), line)

    def svg(self, *, alt: Text, css_class: str = "") -> str:
        """Return the whole drawing; without an alternative text it is decoration."""
        named = f' class="{css_class}"' if css_class else ""
        told = f' role="img" aria-label="{escape(str(alt))}"' if alt else ' aria-hidden="true"'
        size = f'width="{short(self.width)}" height="{short(self.height)}"'
        box = f'viewBox="0 0 {short(self.width)} {short(self.height)}"'
        return f"<svg{named} {box} {size}{axes()}{told}>{''.join(self.parts)}</svg>"


def axes() -> str:
    """Return the attribute that keeps a drawing from left to right on a page of the other kind."""
    return ' direction="ltr"' if direction() == "rtl" else ""


def short(number: float) -> str:
    """Write a coordinate to a tenth of a pixel, without what is not needed.

    Examples
    --------
    >>> short(12.04), short(0.25), short(-3.0)
    ('12', '0.2', '-3')
    """
    return f"{round(number, 1) + 0.0:g}" if abs(number) < 1e5 else f"{number:.0f}"


def polyline(xs: Iterable[float], ys: Iterable[float]) -> str:
    """Return path commands through points; not-a-number breaks the line.

    Examples
    --------
    >>> polyline([0, 1, 2, 3], [5, 4, float("nan"), 2])
    'M0 5L1 4M3 2'
    """
    commands, pen = [], "M"
    for x, y in zip(xs, ys, strict=True):
        if math.isnan(y):
            pen = "M"
            continue
        commands.append(f"{pen}{short(x)} {short(y)}")
        pen = "L"
    return "".join(commands)


def round_ticks(highest: float, *, most: int = 5) -> list[float]:
    """Return ticks from zero in steps of 1, 2, 2.5 or 5 that reach the highest value.

    Examples
    --------
    >>> round_ticks(271), round_ticks(7)
    ([0.0, 100.0, 200.0, 300.0], [0.0, 2.0, 4.0, 6.0, 8.0])
    """
    if highest <= 0:
        return [0.0, 1.0]
    raw = highest / (most - 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= raw * 0.999)
    return [step * k for k in range(math.ceil(highest / step - 1e-9) + 1)]


@dataclass(frozen=True)
class Scale:
    """A straight mapping from values to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the pixel of a value."""
        span = (self.high - self.low) or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)


def text_width(words: Text | Sequence[Text]) -> float:
    """Return a width in pixels that the longest of the texts will not exceed, bold or not.

    Examples
    --------
    >>> text_width("each month") < text_width("each month each month")
    True
    """
    lines = words if isinstance(words, Sequence) and not isinstance(words, str) else [words]
    plain = [without_isolates(str(line)) for line in lines]
    return max((sum(_letter_widths(line)) for line in plain), default=0.0) * _BOLD


def wrap(words: Text, room: float) -> list[str]:
    """Return a text in lines that fit into so many pixels, as far as its words allow.

    Examples
    --------
    >>> wrap("violence and sexual offences", 120)
    ['violence and', 'sexual offences']
    """
    lines: list[str] = []
    for part in _BREAKS.findall(str(words)):
        longer = f"{lines[-1]}{part}" if lines else part
        if lines and text_width(longer.strip(" ")) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return [line.strip(" ") for line in lines]


# A line may break after a space, and between the signs of a script without spaces.
_BREAKS = re.compile(r"[\u2e80-\ufaff\uff00-\uffef]|[^\u2e80-\ufaff\uff00-\uffef ]+ *| +")


def _letter_widths(line: str) -> Iterator[float]:
    letters = [letter for letter in line if not unicodedata.combining(letter)]
    for letter, after in itertools.pairwise([*letters, " "]):
        yield _WIDTHS[_width_class(letter, at_end=not "\u0620" <= after <= "\u06ff")]


def _width_class(letter: str, *, at_end: bool) -> str:
    if at_end and letter in _ARABIC_WIDEST_AT_END:
        return "widest"
    if at_end and letter in _ARABIC_WIDE_AT_END:
        return "wide"
    if letter in _NARROW or letter in _ARABIC_NARROW:
        return "narrow"
    if letter in _WIDEST or ord(letter) > 0x2E80:
        return "widest"
    return "wide" if letter in _WIDE or letter in _ARABIC_WIDE else "usual"
