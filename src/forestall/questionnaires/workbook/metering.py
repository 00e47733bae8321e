"""This file knows what it costs to read a workbook, before it is read.

A few kilobytes can unpack to millions of cells, to merged cells as large as a sheet, or to one
sheet that is named a thousand times. So each part is counted before it is parsed, as often as it is
opened. A cell weighs 1, which is about eight microseconds; what takes longer weighs more.

A parser that waits for the end of a tag or a comment goes over it again with each piece it gets.
So one that waits for longer than any workbook makes it wait is not fed on.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO, Any
from xml.parsers import expat

# What a sheet has as many of as it has cells; everything else takes about ten times as long.
_LIGHT = frozenset(("c", "v", "f", "is", "si", "t", "r"))
_ROW, _HEAVY = 3, 10
# These make a cell at each place of their area.
_AREAS, _OF_PLACE = frozenset(("mergeCell", "hyperlink")), 5
_BYTES, _LETTERS, _ATTRIBUTES = 500, 8, 10
_PIECE, _MOST_WAITING = 1 << 16, 200_000
_MOST_PLACES = 1_048_576 * 16_384
_LESS_IN_EBCDIC = b"\x4c\x6f\xa7\x94"
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")


class TooHeavy(Exception):
    """A workbook that takes too long to read."""


class Metered(zipfile.ZipFile):
    """An archive that refuses to open more than a weight.

    Parameters
    ----------
    most
        The weight of all parts that are opened, each as often as it is.
    """

    def __init__(self, file: IO[bytes], *, most: int) -> None:
        super().__init__(file)
        self._left = most
        self._weights: dict[str, int] = {}

    def open(self, name: str | zipfile.ZipInfo, *rest: Any, **more: Any) -> IO[bytes]:
        """Open a part, as an archive does.

        Raises
        ------
        TooHeavy
            If the parts that were opened weigh more than may be.
        """
        part = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if part.filename not in self._weights:
            with super().open(part) as read:
                self._weights[part.filename] = weight_of(read, most=self._left)
        self._left -= self._weights[part.filename]
        if self._left < 0:
            raise TooHeavy
        return super().open(name, *rest, **more)


def weight_of(read: IO[bytes], *, most: int) -> int:
    """Return what a part weighs; more than the most as soon as that is clear.

    Examples
    --------
    >>> from io import BytesIO
    >>> parts = b"<row><c/><c/></row>", b'<mergeCell ref="A1:XFD1048576"/>', b"an image"
    >>> [weight_of(BytesIO(one), most=100) for one in parts]
    [6, 85899345931, 1]
    """
    scale = _Scale()
    head, size = b"", 0
    while scale.weight + size // _BYTES <= most and (piece := read.read(_PIECE)):
        head, size = head or piece[:4], size + len(piece)
        scale.put(piece)
    if scale.is_broken and (b"<" in head or head == _LESS_IN_EBCDIC):
        return most + 1  # another parser might understand it
    return scale.weight + size // _BYTES + 1


class _Scale:
    """The weight of what was put on it."""

    def __init__(self) -> None:
        self.is_broken = False
        self._elements, self._shared, self._letters, self._fed = 0, 0, 0, 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse

    @property
    def weight(self) -> int:
        # Each cell of a shared formula goes over its letters again.
        return self._elements + self._shared * self._letters // _LETTERS

    def put(self, piece: bytes) -> None:
        if self.is_broken:
            return
        try:
            self._parser.Parse(piece)
        except expat.ExpatError:
            self.is_broken = True
            return
        self._fed += len(piece)
        if self._fed - self._parser.CurrentByteIndex > _MOST_WAITING:
            self._refuse()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        self._elements += 1 if kind in _LIGHT else _ROW if kind == "row" else _HEAVY
        self._elements += len(attributes) // _ATTRIBUTES
        if kind in _AREAS:
            self._elements += _OF_PLACE * _places(attributes.get("ref", ""))
        self._elements += _HEAVY * attributes.get("sqref", "").count(" ")
        if kind == "f" and attributes.get("t") == "shared":
            self._shared += 1
            self._parser.CharacterDataHandler = self._formula

    def _end(self, _name: str) -> None:
        self._parser.CharacterDataHandler = None

    def _formula(self, text: str) -> None:
        self._letters += len(text)

    def _refuse(self, *_declared: object) -> None:
        """Weigh as a whole sheet.

        A document type, because with it a few letters could become many, and what has no end.
        """
        self._elements += _MOST_PLACES


def _places(area: str) -> int:
    """Return how many places an area has; all of a sheet where nobody can tell."""
    if ":" not in area:
        return 1
    found = _AREA.fullmatch(area.strip())
    if found is None:
        return _MOST_PLACES
    left, top, right, bottom = found.groups()
    return (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _column(letters: str) -> int:
    found = 0
    for one in letters.upper():
        found = found * 26 + ord(one) - ord("A") + 1
    return found
