"""This file knows how the hours of the week become coloured cells with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.publication.cells import heat_rows
from forestall.publication.docx import looks
from forestall.publication.docx.captions import figure_caption
from forestall.publication.docx.layout import gap
from forestall.publication.docx.legends import legend
from forestall.publication.docx.markup import w
from forestall.publication.docx.number_tables import notes_below
from forestall.publication.docx.paragraphs import paragraph
from forestall.publication.docx.properties import coloured, ruled, shaded, sized
from forestall.publication.docx.runs import run, text_runs
from forestall.publication.docx.tables import cell, hatch, report_table
from forestall.publication.docx.widths import text_points
from forestall.publication.figures import heat_legend

if TYPE_CHECKING:
    from lxml.etree import _Element

    from forestall.publication.blocks import HeatTable
    from forestall.publication.cells import HeatCell, HeatRow
    from forestall.publication.docx.writing import Writing

_FIRST, _HEIGHT = 720, 340
_HOUR = (looks.TEXT_WIDTH - _FIRST) // 24
_SIZES = (8.5, 8, 7.5, 7, 6.5, 6)
# White letters where black ones would have less than 4.5 to 1.
_DARK = 5
_WHITE, _BLACK = "FFFFFF", "000000"
_EDGES = ("top", "left", "bottom", "right")


def heat_table_block(block: HeatTable, writing: Writing) -> list[_Element]:
    """Write hour by weekday: colours for the eye, numbers for grey print and for everybody."""
    week = heat_rows(block)
    size = _fitting_size([one.words for row in week.rows for one in row.cells if one.level])
    head = [_cell("", looks.SMALL, writing)]
    head += [_cell(str(hour), _SIZES[-3], writing) for hour in range(24)]
    rows = [_row(row, size, writing) for row in week.rows]
    return [
        *figure_caption(block.title, block.subtitle, writing),
        *legend(heat_legend(block, any_hidden=week.any_hidden), writing),
        gap(writing, points=4, together=True),
        report_table(
            [_FIRST, *[_HOUR] * 24], head, rows, writing, style="TableNormal", height=_HEIGHT
        ),
        gap(writing, points=4),
        *notes_below(block.safe, len(rows), writing),
    ]


def _row(row: HeatRow, size: float, writing: Writing) -> list[_Element]:
    name = cell(paragraph("Cell", text_runs(row.head, writing), writing))
    return [name, *(_hour(one, size, writing) for one in row.cells)]


def _hour(hour: HeatCell, size: float, writing: Writing) -> _Element:
    if not hour.level:
        return _cell("", size, writing, hatch())
    ground = shaded(looks.colour(f"map-{hour.level}"))
    return _cell(hour.words, size, writing, ground, ink=_WHITE if hour.level >= _DARK else _BLACK)


def _cell(
    words: str, size: float, writing: Writing, ground: _Element | None = None, *, ink: str = ""
) -> _Element:
    letters = [*sized(size), *([coloured(ink)] if ink else [])]
    runs = [run(words, letters=letters)] if words else []
    edges = w(
        "tcBorders",
        *(ruled(side, eighths=4, colour=_WHITE) for side in _EDGES),
    )
    return cell(paragraph("Heat", runs, writing), edges, ground, w("vAlign", val="center"))


def _fitting_size(words: list[str]) -> float:
    """Return the largest size at which every number fits its cell."""
    room = _HOUR / 20 - 1
    fits = (size for size in _SIZES if all(text_points(word, size) <= room for word in words))
    return next(fits, _SIZES[-1])
