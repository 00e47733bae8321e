"""How often a comparison of counts finds an effect where there is none, and holds a real one."""

import re

import pytest

from scripts.make_before_after_sizes import (
    common_trend,
    coverage,
    quotient_range,
    regression_to_the_mean,
    sizes,
    with_estimated_variance,
)
from tests.documentation.blocks import ROOT

DRAWS = 20_000
PAGE = ROOT / "docs" / "explanation" / "before-after.md"
ALPHAS = {"Poisson": 0.0, "variance + 0.02 mean²": 0.02, "variance + 0.10 mean²": 0.10}


def rows_of_the_page():
    found = re.findall(
        r"^\| (Poisson|variance \+ [^|]+) \| (\d+) \| ([\d.]+) \| ([\d.]+) \|",
        PAGE.read_text("utf-8"),
        re.MULTILINE,
    )
    return [(name, float(mean), float(one), float(two)) for name, mean, one, two in found]


@pytest.mark.long
@pytest.mark.parametrize(("name", "mean", "difference", "ratio"), rows_of_the_page())
def test_the_page_shows_the_size_of_each_test(name, mean, difference, ratio):
    found = sizes(mean, alpha=ALPHAS[name], seed=21, draws=DRAWS)

    assert found.difference == pytest.approx(difference, abs=0.012)
    assert found.ratio == pytest.approx(ratio, abs=0.012)


def test_the_page_has_a_row_for_each_kind_of_counts():
    assert {name for name, *_ in rows_of_the_page()} == set(ALPHAS)


@pytest.mark.long
def test_the_e_test_keeps_its_size_under_poisson_counts():
    assert sizes(20, alpha=0, seed=22, draws=DRAWS).treated_alone <= 0.062


@pytest.mark.long
def test_a_common_trend_misleads_a_difference_without_sizes_only():
    found = common_trend(100, seed=23, draws=DRAWS)

    assert found["difference, sizes not given"] > 0.9
    assert found["difference, sizes given"] == pytest.approx(0.05, abs=0.01)
    assert found["ratio"] == pytest.approx(0.05, abs=0.01)


@pytest.mark.long
def test_places_chosen_for_many_incidents_fall_by_themselves():
    found = regression_to_the_mean(seed=24, draws=4_000)

    assert found["mean ratio"] < 0.97
    assert found["ratio"] > 0.09


@pytest.mark.long
def test_an_estimated_variance_puts_the_size_right():
    found = with_estimated_variance(seed=25)

    assert found["chance alone"] > 0.2
    assert found["estimated"] == pytest.approx(0.05, abs=0.015)


@pytest.mark.long
def test_intervals_hold_a_real_effect_under_poisson_counts():
    held = coverage(100, alpha=0, seed=26, draws=DRAWS)

    assert held["ratio"] == pytest.approx(0.95, abs=0.006)
    assert held["total net effect"] == pytest.approx(0.95, abs=0.006)
    assert coverage(100, alpha=0.1, seed=26, draws=DRAWS)["ratio"] < 0.6


@pytest.mark.long
def test_the_displacement_quotient_means_nothing_by_chance():
    low, _, _, high = quotient_range(seed=27)

    assert low < -20
    assert high > 20
