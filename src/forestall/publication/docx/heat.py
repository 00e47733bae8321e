"""This file knows how the hours of the week become coloured cells with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.cells import heat_rows
from forestall.publication.docx import looks
from forestall.publication.docx.captions import figure_caption
from forestall.publication.docx.grids import notes_below
from forestall.publication.docx.legends import legend
from forestall.publication.docx.markup import w
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.properties import coloured, ruled, shaded, sized
from forestall.publication.docx.runs import run, text_runs
from forestall.publication.docx.tables import cell, hatch, sized_rows_table
from forestall.publication.docx.widths import text_points
from forestall.publication.figures import heat_legend

if TYPE_CHECKING:
    from lxml.etree import _Element

    from forestall.publication.blocks import HeatTable
    from forestall.publication.cells import HeatCell
    from forestall.publication.docx.writing import Writing
