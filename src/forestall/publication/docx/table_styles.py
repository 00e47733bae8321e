"""This file knows how the tables and boxes of a Word file look, as styles of Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.blocks import BoxKind
from forestall.publication.docx import looks
from forestall.publication.docx.markup import w
from forestall.publication.docx.properties import bold, ruled, shaded

if TYPE_CHECKING:
    from lxml.etree import _Element

# Ground, colour of the edge, width of its start in eighths of a point, kind of its line.
_BOXES = {
    BoxKind.NOTE: (looks.colour("note-bg"), looks.colour("link"), False),
    BoxKind.CARE: (looks.colour("care-bg"), looks.colour("care"), False),
    BoxKind.CANNOT: ("auto", looks.colour("edge"), True),
}


def table_styles() -> list[_Element]:
    """Return the styles of tables: with rules, and without any for pictures side by side."""
    return [_plain(), _ruled()]


def _plain() -> _Element:
    return w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        w("tblPr", w("tblInd", w=0, type="dxa"), _margins(0, 0)),
        type="table",
        styleId="TableNormal",
        default=1,
    )


def _ruled() -> _Element:
    thick = ruled("bottom", eighths=12)
    return w(
        "style",
        w("name", val="Report Table"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=59),
        w("qFormat"),
        w(
            "tblPr",
            w(
                "tblBorders",
                ruled("bottom", eighths=4, colour=looks.colour("line")),
                ruled("insideH", eighths=4, colour=looks.colour("line")),
            ),
            _margins(40, 85),
        ),
        w(
            "tblStylePr",
            w("rPr", *bold()),
            w("tcPr", w("tcBorders", thick), w("vAlign", val="bottom")),
            type="firstRow",
        ),
        w(
            "tblStylePr",
            w("rPr", *bold()),
            w("tcPr", w("tcBorders", ruled("top", eighths=12))),
            type="lastRow",
        ),
        type="table",
        styleId="ReportTable",
        customStyle=1,
    )


def box_properties(kind: BoxKind) -> tuple[_Element, _Element | None]:
    """Return the edges and the ground of a box."""
    if kind is BoxKind.EMPTY:
        sides = ("top", "left", "bottom", "right")
        dashed = (ruled(s, eighths=6, colour=looks.colour("edge"), kind="dashed") for s in sides)
        return w("tcBorders", *dashed), None
    ground, colour, framed = _BOXES[kind]
    around = ("top", "bottom", "right") if framed else ()
    edges = [ruled(side, eighths=6, colour=colour) for side in around]
    start = ruled("left", eighths=36, colour=colour)
    return w("tcBorders", start, *edges), None if ground == "auto" else shaded(ground)


def _margins(block: int, inline: int) -> _Element:
    return w(
        "tblCellMar",
        *(
            w(side, w=width, type="dxa")
            for side, width in (
                ("top", block), ("left", inline), ("bottom", block), ("right", inline),
            )
        ),
    )  # fmt: skip
