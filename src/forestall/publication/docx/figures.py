"""This file knows how charts and maps stand on a page: finding, picture, source, numbers behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.blocks import Box, ChangeTable, CrossTable, Table, WordTable
from forestall.publication.docx import looks
from forestall.publication.docx.captions import figure_caption
from forestall.publication.docx.changes import change_table_block
from forestall.publication.docx.layout import gap, layout_cell, layout_table
from forestall.publication.docx.legends import legend
from forestall.publication.docx.markup import w
from forestall.publication.docx.number_tables import cross_table_block, table_block
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.pictures import Size, drawing_run, size_of
from forestall.publication.docx.prose import box_block, source_line
from forestall.publication.docx.runs import text_runs
from forestall.publication.docx.word_tables import word_table_block
from forestall.publication.figures import chart_figure, map_figure, map_legend
from forestall.publication.wholly_hidden import shown_or_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from forestall.publication.blocks import Chart, Map, Multiples
    from forestall.publication.docx.writing import Writing
    from forestall.publication.figures import Figure

_SIDE_BY_SIDE = 3
# Leaves room for finding, legend and source on the same page.
_HIGHEST = int(looks.TEXT_HEIGHT * 0.66)
# A drawing of many rows that is taller than it is wide, with its finding and source.
_HIGHEST_TALL = int(looks.TEXT_HEIGHT * 0.86)


def chart_block(block: Chart, writing: Writing) -> list[_Element]:
    """Write a chart under its finding, with its source and the table behind it."""
    picture = figure_run(chart_figure(block), looks.TEXT_WIDTH, writing)
    behind = () if block.behind is None else (block.behind,)
    return [
        *figure_caption(block.title, block.subtitle, writing),
        paragraph("Picture", [picture], writing),
        *source_line(block.source, writing),
        *_behind(block.behind_words, behind, writing),
    ]


def multiples_block(block: Multiples, writing: Writing) -> list[_Element]:
    """Write small charts side by side, each under its own name."""
    width = looks.TEXT_WIDTH // _SIDE_BY_SIDE
    cells = [_small(chart, width, writing) for chart in block.charts]
    missing = -len(cells) % _SIDE_BY_SIDE
    cells += [layout_cell([paragraph("Cell", [], writing)], width) for _ in range(missing)]
    rows = [cells[at : at + _SIDE_BY_SIDE] for at in range(0, len(cells), _SIDE_BY_SIDE)]
    return [
        *figure_caption(block.title, block.subtitle, writing),
        layout_table([width] * _SIDE_BY_SIDE, rows, writing, sides=looks.CELL_SIDES, ends=60),
        *(source_line(block.source, writing) or [gap(writing, points=8)]),
        *_behind(block.behind_words, block.behind, writing),
    ]


def map_block(block: Map, writing: Writing) -> list[_Element]:
    """Write a map under its legend."""
    picture = figure_run(map_figure(block), looks.TEXT_WIDTH, writing)
    return [
        *figure_caption(block.title, block.subtitle, writing),
        *legend(map_legend(block), writing),
        paragraph("Picture", [picture], writing),
        *source_line(block.source, writing),
    ]


def figure_run(figure: Figure, width: int, writing: Writing) -> _Element:
    """Return a run with a figure, as large as a width in twips and the page allow."""
    own = size_of(figure.svg)
    natural = Size(own.width * looks.TWIPS_PER_PIXEL, own.height * looks.TWIPS_PER_PIXEL)
    highest = _HIGHEST_TALL if own.height > own.width else _HIGHEST
    size = natural.within(min(width, natural.width), min(highest, natural.height))
    return drawing_run(figure.svg, figure.alt, size, writing)


def _small(chart: Chart, width: int, writing: Writing) -> _Element:
    picture = figure_run(chart_figure(chart), width - 2 * looks.CELL_SIDES, writing)
    name = paragraph("CellHead", text_runs(chart.title, writing), writing, w("keepNext"))
    return layout_cell([name, paragraph("Cell", [picture], writing, w("keepNext"))], width)


def _behind(
    words: object,
    tables: Sequence[Table | CrossTable | ChangeTable | WordTable],
    writing: Writing,
) -> list[_Element]:
    if not tables:
        return []
    parts = [paragraph("Details", text_runs(words, writing), writing)]
    for table in map(shown_or_told, tables):
        if isinstance(table, CrossTable):
            parts += cross_table_block(table, writing)
        elif isinstance(table, ChangeTable):
            parts += change_table_block(table, writing)
        elif isinstance(table, WordTable):
            parts += word_table_block(table, writing)
        elif isinstance(table, Table):
            parts += table_block(table, writing)
        elif isinstance(table, Box):
            parts += box_block(table, writing)
    return parts
