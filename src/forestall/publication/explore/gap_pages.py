"""This file knows what a page with a map of gaps holds: all its groups, to filter and to read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from forestall.languages import Clauses, plural_message, say
from forestall.publication.blocks import Chart, WordTable
from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.drawing.gap_grids import FILLS, SIGNS, radius_of
from forestall.publication.evidence_pictures import Found, GapGrid, grid_key
from forestall.publication.explore.compiled import script_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forestall.publication.evidence_pictures import GridCell, GridKey, GridRow
    from forestall.publication.interactive import InteractivePicture


def gap_parts(picture: InteractivePicture) -> dict[str, Any]:
    """Return what the template of the page needs; the page shows all groups of the map."""
    assert isinstance(picture.block, Chart)
    charts = (picture.block, *picture.parts)
    grids = [chart.picture for chart in charts if isinstance(chart.picture, GapGrid)]
    key = next((grid.key for grid in grids if grid.key is not None), grid_key())
    rows = [row for grid in grids for row in grid.rows]
    return {
        "charts": charts,
        "data": Markup(script_json(gap_data(grids, key))),  # noqa: S704 - "<" is escaped
        "groups": list(dict.fromkeys(str(row.group) for row in rows if str(row.group))),
        "certainties": [str(words) for words in key.certainties],
        "keys": [_key_drawing(grids[0], key, css) for css in ("wide", "narrow")],
        "tables": [chart.behind for chart in charts if isinstance(chart.behind, WordTable)],
        "gap_words": _words(),
    }


def gap_data(grids: Sequence[GapGrid], key: GridKey) -> dict[str, Any]:
    """Return what the script of the page reads: words, shapes, and a cell for each box."""
    columns = [str(words) for words in grids[0].columns]
    return {
        "columns": columns,
        "fills": FILLS,
        "signs": {found.value: [css, *at, way] for found, (css, at, way) in SIGNS.items()},
        "empty": str(key.empty),
        "lawEnforcement": str(key.law_enforcement),
        "shown": say("Shown: {shown} of {all}", shown="{shown}", all="{all}"),
        "rows": [_row_data(row, columns, key) for grid in grids for row in grid.rows],
    }


def _row_data(row: GridRow, columns: Sequence[str], key: GridKey) -> dict[str, Any]:
    return {
        "name": str(row.words),
        "group": str(row.group),
        "law": row.is_law_enforcement,
        "problems": [str(problem) for problem in row.problems],
        "cells": [
            _cell_data(cell, row, column, key)
            for cell, column in zip(row.cells, columns, strict=True)
        ],
    }


def _cell_data(cell: GridCell, row: GridRow, column: str, key: GridKey) -> dict[str, Any] | None:
    if not cell.texts:
        return None
    said = [
        plural_message("{count} text", "{count} texts", cell.texts),
        key.found[list(Found).index(cell.found)],
        key.certainties[cell.certainty],
        *([key.synthesis_gap] if cell.is_synthesis_gap else []),
    ]
    return {
        "head": say("{measure}: {outcome}", measure=row.words, outcome=column),
        "said": str(Clauses(tuple(said))),
        "told": [str(line) for line in cell.told],
        "radius": radius_of(cell.texts),
        "certainty": cell.certainty,
        "found": cell.found.value,
        "gap": cell.is_synthesis_gap,
    }


def _key_drawing(grid: GapGrid, key: GridKey, css_class: str) -> Markup:
    alone = replace(grid, rows=(), key=key)
    width = WIDE if css_class == "wide" else NARROW
    return Markup(draw(alone, width=width, alt="", css_class=css_class))  # noqa: S704


def _words() -> dict[str, str]:
    return {
        "how": say(
            "Point at a box, or go from box to box with the arrow keys, to read what the texts say."
        ),
        "group": say("Approach"),
        "all": say("All"),
        "search": say("Measure or problem"),
        "certainty": say("Certainty, at least"),
        "measures": say("Measure"),
        "nothing": say("No measure fits this choice."),
    }
