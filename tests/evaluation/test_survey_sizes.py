"""How often a comparison of two waves finds a change that is not there, and holds one that is."""

import re

import pytest

from scripts.make_survey_sizes import KINDS, survey_sizes
from tests.documentation.blocks import ROOT

PAGE = ROOT / "docs" / "explanation" / "surveys-before-after.md"
# Two and a half standard errors of a share near 0.1 in so many draws, and of the page's own.
DRAWS, SLACK = 300, 0.05


def rows():
    lines = PAGE.read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line[:2] == "| "]
    return [row for row in cells if re.fullmatch(r"[01]\.\d{3}", row[-1])]


def test_the_page_has_its_table():
    assert [row[0] for row in rows()] == list(KINDS)


@pytest.mark.long
@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_the_page_shows_how_often_a_comparison_is_wrong(row):
    none = survey_sizes(row[0], seed=41, draws=DRAWS)
    real = survey_sizes(row[0], change=-0.10, seed=42, draws=DRAWS)

    assert none["people alone"] == pytest.approx(float(row[1]), abs=1.4 * SLACK)
    assert none["by cluster"] == pytest.approx(float(row[2]), abs=SLACK)
    assert real["holds"] == pytest.approx(float(row[3]), abs=SLACK)
    if not KINDS[row[0]].shock:
        assert none["by cluster"] < 0.10
        assert real["holds"] > 0.90
