"""How often weighted comparison places find an effect that is not there, and hold one that is."""

import re

import pytest

from scripts.make_comparison_sizes import KINDS, comparison_sizes
from tests.documentation.blocks import ROOT

PAGES = ROOT / "docs" / "explanation"
METHODS = {
    "synthetic-control": ("synthetic control", "synthetic differences"),
    "matched-places": ("matched places",),
}
# Three standard errors of a share near 0.05, and of one near 0.95, in so many draws.
DRAWS, SLACK = 50, 0.093


def rows_of(page):
    lines = (PAGES / f"{page}.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line[:2] == "| "]
    numbers = [row for row in cells if re.fullmatch(r"[01]\.\d{3}", row[-1])]
    methods = [method for method in METHODS[page] for _ in KINDS]
    return [(method, *row) for method, row in zip(methods, numbers, strict=True)]


ROWS = [row for page in METHODS for row in rows_of(page)]
PEAK = ("matched places", "chosen at a peak")
FAST = [row for row in ROWS if row[0] != "synthetic differences" and row[:2] != PEAK]


def test_the_pages_have_their_tables():
    assert [row[1] for row in ROWS] == [*KINDS, *KINDS, *KINDS]


@pytest.mark.long
@pytest.mark.parametrize("row", FAST, ids=lambda row: "-".join(row[:2]))
def test_the_page_shows_how_often_a_method_is_wrong(row):
    method, kind, _, by_p_value, by_interval, holds, _ = row
    slack = 2 * SLACK if kind == "a shock there alone" else SLACK

    none = comparison_sizes(method, kind, seed=41, draws=DRAWS)
    real = comparison_sizes(method, kind, ratio=0.7, seed=42, draws=DRAWS)

    assert none["by p-value"] == pytest.approx(float(by_p_value), abs=slack)
    assert none["by interval"] == pytest.approx(float(by_interval), abs=slack)
    assert real["holds"] == pytest.approx(float(holds), abs=slack)


@pytest.mark.long
def test_most_matches_of_places_chosen_at_a_peak_are_refused():
    row = next(one for one in ROWS if one[:2] == PEAK)

    none = comparison_sizes(*PEAK, seed=44, draws=60)

    assert none["refused"] == pytest.approx(float(row[-1]), abs=0.1)


@pytest.mark.long
def test_synthetic_differences_hold_their_size_under_a_shock_everywhere():
    row = next(one for one in ROWS if one[:2] == ("synthetic differences", "a shock everywhere"))

    none = comparison_sizes(row[0], row[1], seed=43, draws=60)

    assert none["by interval"] == pytest.approx(float(row[4]), abs=0.1)
