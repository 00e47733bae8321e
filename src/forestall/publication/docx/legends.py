"""This file knows how a legend is written: each patch before its words, as many as a line holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import NO_BREAK_SPACE
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.pictures import Size, drawing_run
from forestall.publication.docx.runs import text_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.publication.docx.writing import Writing
    from forestall.publication.drawing.legends import LegendEntry

_PATCH = Size(288, 192)
_APART = "\u2003 "


def legend(entries: Sequence[LegendEntry], writing: Writing) -> list[_Element]:
    """Write a legend as one paragraph."""
    runs: list[_Element] = []
    for at, entry in enumerate(entries):
        if at:
            runs += text_runs(_APART, writing)
        runs.append(drawing_run(entry.svg, "", _PATCH, writing))
        runs += text_runs(f"{NO_BREAK_SPACE}{entry.words}", writing)
    return [paragraph("Legend", runs, writing)] if runs else []
