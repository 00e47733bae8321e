"""This file knows what the parts of a Word file share while it is written: counters, pictures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from forestall.languages import direction
from forestall.publication.docx.markup import RELATIONSHIPS, related
from forestall.publication.docx.stretches import RIGHT
from forestall.publication.drawing.png import pngs_of

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

_LONGEST_BOOKMARK = 40
_HYPERLINK = f"{RELATIONSHIPS}/hyperlink"


@dataclass
class Writing:
    """A Word file in the making.

    Attributes
    ----------
    word
        The package with its parts, of python-docx.
    targets
        Identifiers of the document that links inside it may lead to.
    """

    word: WordDocument
    targets: frozenset[str] = frozenset()
    direction: str = field(default_factory=direction)
    _numbers: Counter[str] = field(default_factory=Counter)
    _drawings: list[tuple[_Element, str, int]] = field(default_factory=list)

    @property
    def mirrored(self) -> bool:
        """Say whether the language is written from right to left."""
        return self.direction == RIGHT

    def next_number(self, of: str) -> int:
        """Count pictures, bookmarks and captions from 1 on, each kind for itself."""
        self._numbers[of] += 1
        return self._numbers[of]

    def add_picture(self, png: bytes) -> str:
        """Put a picture into the package, once, and return its relationship."""
        relationship, _ = self.word.part.get_or_add_image(BytesIO(png))
        return relationship

    def add_drawing(self, place: _Element, svg: str, *, width_px: int) -> None:
        """Remember a drawing whose picture will be shown at a place."""
        self._drawings.append((place, svg, width_px))

    def set_drawings(self) -> None:
        """Set all drawings as pictures, equal ones once, and show each at its place."""
        wanted = list(dict.fromkeys((svg, width) for _, svg, width in self._drawings))
        pictures = dict(zip(wanted, pngs_of(wanted), strict=True))
        for place, svg, width in self._drawings:
            related(place, "embed", self.add_picture(pictures[svg, width]))

    def relate_address(self, address: str) -> str:
        """Return the relationship to an address outside the file."""
        return self.word.part.relate_to(address, _HYPERLINK, is_external=True)


def bookmark_name(identifier: str) -> str:
    """Return a name that Word takes for a place in the document.

    Examples
    --------
    >>> bookmark_name("standing-out"), bookmark_name("5")
    ('standing_out', 'p_5')
    """
    name = re.sub(r"\W", "_", identifier)
    return (name if name[:1].isalpha() else f"p_{name}")[:_LONGEST_BOOKMARK]
