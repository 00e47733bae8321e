"""This file knows how a legend is written: each patch before its words, as many as a line holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.docx import looks
from forestall.publication.docx.layout import layout_cell, layout_table
from forestall.publication.docx.markup import w
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.pictures import Size, drawing_run
from forestall.publication.docx.runs import text_runs
from forestall.publication.docx.widths import text_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.publication.docx.writing import Writing
    from forestall.publication.drawing.legends import LegendEntry

_PATCH = Size(288, 192)
_BETWEEN = 240
_MOST_COLUMNS = 5


def legend(entries: Sequence[LegendEntry], writing: Writing) -> list[_Element]:
    """Write a legend as rows of patches, each with its words."""
    if not entries:
        return []
    longest = max(text_points(entry.words, looks.SMALL) for entry in entries) * 20
    columns = int(looks.TEXT_WIDTH // (longest + _PATCH.width + _BETWEEN)) or 1
    columns = min(columns, _MOST_COLUMNS, len(entries))
    width = looks.TEXT_WIDTH // columns
    cells = [layout_cell([_entry(entry, writing)], width) for entry in entries]
    missing = -len(cells) % columns
    cells += [
        layout_cell([paragraph("Legend", [], writing, w("keepNext"))], width)
        for _ in range(missing)
    ]
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    return [layout_table([width] * columns, rows, writing, sides=0, ends=0)]


def _entry(entry: LegendEntry, writing: Writing) -> _Element:
    patch = drawing_run(entry.svg, "", _PATCH, writing)
    words = text_runs(f" {entry.words}", writing)
    return paragraph("Legend", [patch, *words], writing, w("keepNext"))
