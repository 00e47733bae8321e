"""This file knows how drawings are put into a Word file: as PNG, with words that stand for them.

Drawings are collected while the text is written and set all at once at the end, which is faster.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from lxml import etree

from forestall.languages import without_isolates
from forestall.publication.docx import looks
from forestall.publication.docx.markup import RELATIONSHIPS, WORD, clean, related

if TYPE_CHECKING:
    from lxml.etree import _Element

    from forestall.publication.docx.writing import Writing

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_BOX = re.compile(r'viewBox="([^"]+)"')
# Printers want about 200 dots an inch: charts are drawn at 96 pixels an inch and shrink a little.
PIXELS_PER_UNIT = 2
# Word shows a picture marked so to nobody who listens to the page.
_DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


@dataclass(frozen=True)
class Size:
    """A width and a height, in units of the drawing or in twips."""

    width: float
    height: float

    def within(self, width: float, height: float) -> Size:
        """Return the largest size of the same form that fits.

        Examples
        --------
        >>> Size(200, 100).within(100, 100)
        Size(width=100.0, height=50.0)
        """
        factor = min(width / self.width, height / self.height)
        return Size(self.width * factor, self.height * factor)


def size_of(svg: str) -> Size:
    """Return the size of a drawing in its own units.

    Examples
    --------
    >>> size_of('<svg viewBox="-4 0 248 20"/>')
    Size(width=248.0, height=20.0)
    """
    found = _BOX.search(svg)
    assert found is not None, "Every drawing says its size."
    _, _, width, height = map(float, found[1].split())
    return Size(width, height)


def drawing_run(svg: str, alt: str, size: Size, writing: Writing) -> _Element:
    """Return a run with a drawing at a size in twips; without words for it, it is decoration."""
    run, blip = _picture_run(alt, size, writing)
    writing.add_drawing(blip, svg, width_px=round(size_of(svg).width * PIXELS_PER_UNIT))
    return run


def bar_run(size: Size, writing: Writing) -> _Element:
    """Return a run with a plain bar beside a number that says the same."""
    run, blip = _picture_run("", size, writing)
    related(blip, "embed", writing.add_picture(_pixel(looks.colour("series-1"))))
    return run


def _picture_run(alt: str, size: Size, writing: Writing) -> tuple[_Element, _Element]:
    number = writing.next_number("picture")
    words = quoteattr(clean(without_isolates(alt)))
    named = f'id="{number}" name="Picture {number}" descr={words}'
    extent = " ".join(
        f'{name}="{max(round(twips * looks.EMU_PER_TWIP), 1)}"'
        for name, twips in (("cx", size.width), ("cy", size.height))
    )
    run = etree.fromstring(
        f'<w:r xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}" xmlns:a="{_DRAWING}/main" '
        f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:pic="{_DRAWING}/picture">'
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f"<wp:docPr {named}>{'' if alt else _DECORATION}</wp:docPr>"
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr>'
        f"<pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>"
        "<pic:blipFill><a:blip/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
    blip = run.find(f".//{{{_DRAWING}/main}}blip")
    assert blip is not None
    return run, blip


def _pixel(colour: str) -> bytes:
    """Return a picture of one colour, which Word stretches to any size."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" + bytes.fromhex(colour))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
