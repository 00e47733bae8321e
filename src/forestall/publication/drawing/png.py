"""This file knows how drawings become PNG, for writers and readers that cannot draw SVG.

Typst sets them, as it sets the PDF: letters join, directions mix and rare letters come from another
packaged font, and the same drawing gives the same bytes on every machine.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from forestall.languages import direction, language
from forestall.publication.drawing.standalone import stand_alone
from forestall.publication.fonts import font_families
from forestall.publication.typesetting import set_pngs, typst_source

if TYPE_CHECKING:
    from collections.abc import Sequence

_HERE = "forestall.publication.drawing"


def png_of(svg: str, *, width_px: int) -> bytes:
    r"""Return a drawing as PNG of a width in pixels, words in the language in force.

    Examples
    --------
    >>> from forestall.publication.drawing.svg import Drawing
    >>> png_of(Drawing(340, 50).svg(alt="nothing"), width_px=680)[:4]
    b'\x89PNG'
    """
    return pngs_of([(svg, width_px)])[0]


def pngs_of(drawings: Sequence[tuple[str, int]]) -> list[bytes]:
    """Return several drawings as PNG, each with its width in pixels; faster than one by one."""
    if not drawings:
        return []
    source = typst_source((_HERE, "drawing.typ"), (_HERE, "sheets.typ"))
    sheets = [{"drawing": asdict(stand_alone(svg)), "width": width} for svg, width in drawings]
    given = {"families": font_families(), "lang": language().split("-")[0], "dir": direction()}
    return set_pngs(source, {"sheets": sheets, **given})
