"""How often series and trials find an effect that is not there, and hold one that is."""

import re

import pytest

from scripts.make_series_and_trial_sizes import limits_hold, series_sizes, trial_sizes
from tests.documentation.blocks import ROOT

PAGES = ROOT / "docs" / "explanation"
# Two standard errors and more of a share near 0.1 in so many draws, and of the page's own.
DRAWS, SLACK = 500, 0.045


def rows_of(page):
    lines = (PAGES / f"{page}.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line[:2] == "| "]
    return [row for row in cells if re.fullmatch(r"[01]\.\d{3}", row[-1])]


SERIES = rows_of("interrupted-series")
TRIALS = rows_of("randomised-trials")


def test_the_pages_have_their_tables():
    assert len(SERIES) == 5
    assert len(TRIALS) == 18


@pytest.mark.long
@pytest.mark.parametrize("row", SERIES, ids=lambda row: row[0])
def test_the_page_shows_how_often_a_series_is_wrong(row):
    kind = "a shock then" if row[0].startswith("a shock") else row[0]

    none = series_sizes(kind, seed=31, draws=DRAWS)
    real = series_sizes(kind, ratio=0.7, seed=32, draws=DRAWS)

    assert none["Poisson"] == pytest.approx(float(row[1]), abs=SLACK)
    assert none["the larger"] == pytest.approx(float(row[4]), abs=SLACK)
    assert real["holds"] == pytest.approx(float(row[5]), abs=SLACK)


@pytest.mark.long
@pytest.mark.parametrize("row", TRIALS, ids=lambda row: "-".join(row[:3]))
def test_the_page_shows_how_often_a_trial_is_wrong(row):
    design, places, spread = row[0], int(row[1]), float(row[2])

    none = trial_sizes(design, places=places, spread=spread, seed=33, draws=DRAWS)

    assert none["by lot"] <= 0.05 + SLACK / 2
    assert none["by lot"] == pytest.approx(float(row[5]), abs=SLACK)
    assert none["by place"] == pytest.approx(float(row[4]), abs=SLACK)


@pytest.mark.long
def test_limits_hold_the_true_effect():
    assert limits_hold(places=20, seed=34, draws=300) == pytest.approx(0.95, abs=0.035)
