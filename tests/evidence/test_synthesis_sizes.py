"""How often intervals of averages hold what they should, as the page says."""

import re

import pytest

from scripts.make_synthesis_sizes import LAYERS, RATIOS, STUDIES, nested_sizes, synthesis_sizes
from tests.documentation.blocks import ROOT

PAGE = ROOT / "docs" / "explanation" / "synthesis.md"
# Four standard errors of a share near 0.93 and near 0.7 in so many draws, and of the page's.
DRAWS, SLACK = 600, 0.05
NESTED_DRAWS, NESTED_SLACK = 150, 0.16


def rows_of(cells):
    lines = [line.split("|")[1:-1] for line in PAGE.read_text("utf-8").splitlines() if "|" in line]
    rows = [[cell.strip() for cell in line] for line in lines if len(line) == cells]
    return [row for row in rows if re.fullmatch(r"[01]\.\d{3}", row[-1])]


ROWS, NESTED = rows_of(6), rows_of(4)


def test_the_page_has_its_tables():
    assert [row[:2] for row in ROWS] == [[f"{k}", f"{r:g}"] for k in STUDIES for r in RATIOS]
    assert [row[0] for row in NESTED] == [str(k) for k in LAYERS]


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS[1::3], ids=lambda row: "-".join(row[:2]))
def test_the_page_shows_how_often_an_interval_holds(row):
    studies, ratio, *shares = row

    found = synthesis_sizes(int(studies), float(ratio), seed=41, draws=DRAWS)

    assert list(found.values()) == pytest.approx([float(one) for one in shares], abs=SLACK)


@pytest.mark.slow
def test_the_page_shows_how_often_nested_effects_mislead():
    studies, *shares = NESTED[1]

    found = nested_sizes(int(studies), seed=41, draws=NESTED_DRAWS)

    assert list(found.values()) == pytest.approx([float(one) for one in shares], abs=NESTED_SLACK)
