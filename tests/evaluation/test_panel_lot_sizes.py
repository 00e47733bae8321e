"""How often panels held against other lots find an effect that is not there."""

import pytest

from scripts.make_panel_lot_sizes import WORLDS, lot_sizes
from tests.documentation.blocks import ROOT

PAGE = ROOT / "docs" / "explanation" / "panels-by-lots.md"
# Two standard errors and more of a share near 0.05 in so many draws, and of the page's own.
DRAWS, SLACK = 400, 0.035


def rows():
    lines = PAGE.read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line[:2] == "| "]
    return {row[0]: [float(cell) for cell in row[1:]] for row in cells if row[0] in WORLDS}


def test_the_page_has_its_table():
    assert list(rows()) == list(WORLDS)


@pytest.mark.long
@pytest.mark.parametrize("name", WORLDS)
def test_the_page_shows_how_often_lots_are_wrong(name):
    by_place, plain, by_lots, holds = rows()[name]

    none = lot_sizes(name, seed=41, draws=DRAWS)
    real = lot_sizes(name, ratio=0.8, seed=42, draws=DRAWS)

    slack = 2 * SLACK if "no lot" in name else SLACK
    assert none[0] == pytest.approx(by_place, abs=slack)
    assert none[1] == pytest.approx(by_lots, abs=slack)
    assert none[2] == pytest.approx(plain, abs=slack)
    assert 1 - real[1] == pytest.approx(holds, abs=slack)
    if "no lot" not in name:
        assert none[1] <= 0.05 + SLACK
