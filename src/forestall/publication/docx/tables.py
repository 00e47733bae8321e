"""This file knows how a table stands on pages: columns, a head on each page, totals at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.cells import CellKind
from forestall.publication.docx import looks
from forestall.publication.docx.markup import WORD, w
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.properties import shaded
from forestall.publication.docx.runs import text_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.publication.cells import Cell
    from forestall.publication.docx.writing import Writing


def report_table(
    widths: Sequence[int],
    head: Sequence[_Element],
    rows: Sequence[Sequence[_Element]],
    writing: Writing,
    *,
    totals: int = 0,
    style: str = "ReportTable",
    height: int | None = None,
) -> _Element:
    """Return a table of cells: its head comes again on every page, no page cuts a row.

    The last ``totals`` rows stand under a thick rule; rows are at least ``height`` twips high.
    """
    marks = {"firstRow": 1, "lastRow": int(totals > 0), "firstColumn": 0}
    marks |= {"lastColumn": 0, "noHBand": 1, "noVBand": 1}
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        w("bidiVisual") if writing.mirrored else None,
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val=f"{0x0620 + (0x40 if totals else 0):04X}", **marks),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    lines = [w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *_sized(head, widths))]
    lines += [
        w("tr", w("trPr", w("cantSplit"), _least(height)), *_sized(row, widths)) for row in rows
    ]
    _keep_together(lines, totals)
    return w("tbl", properties, grid, *lines)


def head_cell(words: object, writing: Writing, *, number: bool) -> _Element:
    """Return the head of a column."""
    style = "CellHeadNumber" if number else "CellHead"
    return cell(paragraph(style, text_runs(words, writing), writing))


def words_cell(runs: Sequence[_Element], writing: Writing) -> _Element:
    """Return a cell of words."""
    return cell(paragraph("Cell", runs, writing))


def number_cell(content: Cell, writing: Writing) -> _Element:
    """Return a cell with a number, or hatched where it is hidden."""
    if content.kind is CellKind.WORDS:
        return words_cell(text_runs(content.text, writing), writing)
    return cell(
        paragraph("CellNumber", text_runs(content.text, writing), writing),
        hatch() if content.kind is CellKind.HIDDEN else None,
    )


def hatch() -> _Element:
    """Return the ground of a hidden number, which is never a colour and never empty."""
    return shaded(looks.colour("wash"), pattern="thinDiagStripe", colour=looks.colour("map-hatch"))


def cell(*content: _Element | None) -> _Element:
    """Return a cell of paragraphs and properties; its width comes from the table."""
    parts = [part for part in content if part is not None]
    inside = [part for part in parts if part.tag.endswith("}p")]
    properties = [part for part in parts if not part.tag.endswith("}p")]
    return w("tc", w("tcPr", *properties), *inside)


def in_small(table: _Element) -> _Element:
    """Return a table whose cells are set in the small letters for many columns."""
    for style in table.iter(f"{{{WORD}}}pStyle"):
        name = f"{{{WORD}}}val"
        style.set(name, f"{style.get(name)}Small")
    return table


def centred(one: _Element) -> _Element:
    """Return a cell whose content stands in the middle of its height."""
    one.replace(one[0], w("tcPr", w("vAlign", val="center"), *one[0]))
    return one


def _least(height: int | None) -> _Element | None:
    return None if height is None else w("trHeight", val=height, hRule="atLeast")


def _sized(cells: Sequence[_Element], widths: Sequence[int]) -> list[_Element]:
    for one, width in zip(cells, widths, strict=True):
        properties = one[0]
        one.replace(properties, w("tcPr", w("tcW", w=width, type="dxa"), *properties))
    return list(cells)


def _keep_together(rows: list[_Element], totals: int) -> None:
    """Keep a short table on one page, and totals with the last row above them."""
    short = len(rows) <= looks.ROWS_TOGETHER
    kept = rows[:-1] if short else [rows[0], *(rows[-totals - 1 : -1] if totals else [])]
    for row in kept:
        for one in row.iter(f"{{{WORD}}}p"):
            one.replace(one[0], w("pPr", w("keepNext"), *one[0]))
