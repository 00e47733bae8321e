"""Made-up maps of gaps and forest plots, and the chart around them."""

from __future__ import annotations

import re
from typing import Any

from forestall.languages import message
from forestall.publication.blocks import Chart, WordTable
from forestall.publication.evidence_pictures import (
    ForestAxis,
    ForestRow,
    ForestRows,
    Found,
    GapGrid,
    GridCell,
    GridRow,
    Mark,
)

COLUMNS = ("crime", "victimization", "fear of crime", "harm", "cost", "displacement", "stigma")
EMPTY = GridCell(is_synthesis_gap=False)
MEASURES = ("Street lighting", "Alley gates", "Mentoring of young people at risk", "Patrols")


def cell(**more):
    given: dict[str, Any] = {
        "texts": 2,
        "certainty": 3,
        "found": Found.BETTER,
        "is_synthesis_gap": False,
    }
    return GridCell(**given | more)


def row_of(*cells, words="Street lighting", law=False, group=""):
    filled = (*cells, *[EMPTY] * (len(COLUMNS) - len(cells)))
    return GridRow(words=words, cells=filled, is_law_enforcement=law, group=group)


def grid_of(*rows, key=None):
    return GapGrid(columns=COLUMNS, rows=rows, key=key)


def large_grid(rows=20, *, group="Situational prevention", key=None):
    return grid_of(
        *(
            row_of(
                *(
                    cell(
                        texts=1 + (k + c) % 6, certainty=(k * c) % 5, found=list(Found)[(k + c) % 5]
                    )
                    for c in range(k % 5)
                ),
                words=f"{MEASURES[k % 4]} {k}",
                law=k % 4 == 3,
                group=group,
            )
            for k in range(rows)
        ),
        key=key,
    )


def study(number, low, high, **more):
    given: dict[str, Any] = {
        "words": "Dudley 1999",
        "shown": "0.80 (0.60 to 1.10)",
        "mark": Mark.STUDY,
    }
    return ForestRow(**given | {"number": number, "low": low, "high": high} | more)


def forest_of(*rows, axis=ForestAxis.RATIO, **more):
    given: dict[str, Any] = {
        "low_words": message("better with the measure"),
        "high_words": message("worse with the measure"),
        "axis_words": "Odds ratio",
        "rows_head": "Study",
        "shown_head": "Ratio (95 % interval)",
        "has_key": False,
    }
    return ForestRows(axis=axis, rows=rows, **given | more)


def large_forest(rows=60):
    studies = [
        study(
            0.5 + k / rows, 0.3 + k / rows, 0.9 + 2 * k / rows, words=f"Study {k}", weight=1 / rows
        )
        for k in range(rows - 3)
    ]
    return forest_of(
        *studies,
        study(0.9, 0.5, 1.6, mark=Mark.LOCAL, words="Evaluation of the city"),
        study(0.8, 0.7, 0.9, mark=Mark.POOLED, words="All together"),
        study(None, 0.4, 1.5, mark=Mark.PREDICTION, words="In a new place", shown="0.4 to 1.5"),
        has_key=True,
    )


def paths(svg, css_class):
    return "".join(re.findall(rf'<path class="{css_class}" d="([^"]*)"', svg))


def chart_of(picture, title="Nobody looked at stigma"):
    rows = tuple((str(row.words), "2") for row in picture.rows)
    return Chart(
        title=title,
        subtitle="Packaged reviews",
        alt="Map of gaps of measures. Nobody looked at stigma; table below.",
        picture=picture,
        behind=WordTable(heads=("Measure", "Texts"), rows=rows, number_columns=(1,)),
        behind_words="As a table",
    )
