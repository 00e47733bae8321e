"""This file knows how things stand side by side on a page of Word, and apart from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.docx.markup import w
from forestall.publication.docx.paragraphs import paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.publication.docx.writing import Writing


def layout_table(
    widths: Sequence[int],
    rows: Sequence[Sequence[_Element]],
    writing: Writing,
    *,
    sides: int,
    ends: int = 20,
    whole: bool = True,
) -> _Element:
    """Return a table without rules, for things side by side.

    ``sides`` is the room at the start and end of a cell, ``ends`` above and below; ``whole`` rows
    are not cut by a page. Both sides are alike, because programs differ on which side is the first
    of a mirrored table.
    """
    room = (("top", ends), ("left", sides), ("bottom", ends), ("right", sides))
    properties = w(
        "tblPr",
        w("tblStyle", val="TableNormal"),
        w("bidiVisual") if writing.mirrored else None,
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in room)),
        w("tblLook", val="0600", firstRow=0, lastRow=0, noHBand=1, noVBand=1),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    kept = [w("trPr", w("cantSplit")) if whole else None for _ in rows]
    return w(
        "tbl",
        properties,
        grid,
        *(w("tr", keep, *cells) for keep, cells in zip(kept, rows, strict=True)),
    )


def gap(writing: Writing, *, points: float, together: bool = False) -> _Element:
    """Return an empty line of a height, because Word joins tables that touch.

    What is ``together`` stays on one page with what follows.
    """
    exact = w("spacing", before=0, after=0, line=round(points * 20), lineRule="exact")
    return paragraph("Normal", [], writing, exact, w("keepNext") if together else None)


def layout_cell(content: Sequence[_Element], width: int, *properties: _Element | None) -> _Element:
    """Return a cell of a layout."""
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *properties), *content)
