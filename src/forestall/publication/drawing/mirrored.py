"""This file knows how a drawing is laid out from the side at which reading starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forestall.languages import direction
from forestall.publication.drawing.svg import short

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.publication.drawing.svg import Drawing


@dataclass
class Laid:
    """A drawing in which x counts from the left, or from the right in a right-to-left language.

    Shapes of one look are gathered and become one path, which keeps pages small.
    """

    drawing: Drawing
    turned: bool = field(default_factory=lambda: direction() == "rtl")
    gathered: dict[str, list[str]] = field(default_factory=dict)

    def x(self, x: float) -> float:
        """Return where a point lies in the drawing."""
        return self.drawing.width - x if self.turned else x

    def text(self, x: float, y: float, words: Text, css_class: str, *, at_end: bool) -> None:
        """Write a text that starts at x, or ends there, in the direction of reading."""
        names = [*(["end"] if at_end != self.turned else []), *css_class.split()]
        self.drawing.text(self.x(x), y, words, " ".join(names))

    def add(self, css_class: str, x: float, y: float, commands: str) -> None:
        """Add a shape to those of its look: a start, and commands from there that are relative."""
        start = f"M{short(self.x(x))} {short(y)}{commands}"
        self.gathered.setdefault(css_class, []).append(start)

    def disc(self, css_class: str, x: float, y: float, radius: float) -> None:
        """Add a circle."""
        r = short(radius)
        self.add(css_class, x, y - radius, f"a{r} {r} 0 1 0 .1 0z")

    def box(self, css_class: str, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle whose first upper corner is at x and y."""
        across = -width if self.turned else width
        way = f"h{short(across)}v{short(height)}h{short(-across)}z"
        self.add(css_class, x, y, way)

    def put(self) -> None:
        """Draw what was gathered, in the order in which looks came up."""
        for css_class, shapes in self.gathered.items():
            self.drawing.path("".join(shapes), css_class)
        self.gathered.clear()
