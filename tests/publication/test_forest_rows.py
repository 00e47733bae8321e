"""A forest plot puts each estimate where its numbers are."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.evidence_pictures import (
    ForestAxis,
    Mark,
    forest_parts,
    forest_window,
)
from tests.publication.made_evidence import (
    forest_of,
    large_forest,
    study,
)


def test_the_axis_of_ratios_is_logarithmic():
    svg = draw(forest_of(study(1.0, 0.5, 2.0), study(1.0, 0.25, 4.0)), width=WIDE, alt="x")

    (a, b), (c, d) = [
        (float(start), float(end))
        for start, end in re.findall(r'class="s1 fine" d="M([\d.]+) [\d.]+H([\d.]+)"', svg)
    ]
    middle = float(re.findall(r'class="nil" d="M([\d.]+) ', svg)[0])
    assert math.isclose(middle - a, b - middle, abs_tol=0.2)
    assert math.isclose(middle - c, 2 * (middle - a), abs_tol=0.3)
    assert math.isclose(d - middle, 2 * (b - middle), abs_tol=0.3)


def test_the_axis_of_differences_is_even():
    rows = (study(0.0, -1.0, 1.0), study(0.5, 0.0, 1.0))
    svg = draw(forest_of(*rows, axis=ForestAxis.DIFFERENCE), width=WIDE, alt="x")

    first, second = re.findall(r'class="s1 fine" d="M([\d.]+) [\d.]+H([\d.]+)"', svg)
    assert math.isclose((float(first[0]) + float(first[1])) / 2, float(second[0]), abs_tol=0.2)


def test_an_area_grows_with_the_weight():
    svg = draw(
        forest_of(study(1.0, 0.5, 2.0, weight=0.1), study(1.0, 0.5, 2.0, weight=0.4)),
        width=WIDE,
        alt="x",
    )

    light, heavy = map(float, re.findall(r'<rect class="f1"[^>]* width="([\d.]+)"', svg))
    assert math.isclose(heavy / light, 2, rel_tol=0.05)


def test_each_mark_has_a_shape_of_its_own():
    shapes = {
        mark: re.sub(
            r"[-\d. ]", "", draw(forest_of(study(1.0, 0.5, 2.0, mark=mark)), width=WIDE, alt="")
        )
        for mark in Mark
    }

    assert len(set(shapes.values())) == len(Mark)


def test_what_goes_on_beyond_the_axis_ends_in_an_arrow():
    wide = draw(forest_of(study(0.8, 0.5, 400.0)), width=WIDE, alt="x")
    usual = draw(forest_of(study(0.8, 0.5, 4.0)), width=WIDE, alt="x")

    assert len(re.findall('class="nil"', wide)) == len(re.findall('class="nil"', usual)) + 1


@given(st.floats(0.01, 50), st.floats(1, 20), st.floats(1, 20), st.sampled_from([NARROW, WIDE]))
def test_no_interval_leaves_the_frame(number, below, above, width):
    svg = draw(forest_of(study(number, number / below, number * above)), width=width, alt="x")

    for start, end in re.findall(r'class="s1 fine" d="M([\d.]+) [\d.]+H([\d.]+)"', svg):
        assert 0 <= float(start) <= float(end) <= width


def test_no_difference_is_always_on_the_axis():
    assert forest_window(forest_of(study(0.5, 0.4, 0.6))) == (0.4, 1.0)
    assert forest_window(forest_of(study(2, 1.5, 3), axis=ForestAxis.DIFFERENCE)) == (0.0, 3.0)


def test_parts_hold_all_rows_on_one_axis():
    whole = large_forest(60)
    parts = forest_parts(whole, rows=25)

    assert [row for part in parts for row in part.rows] == list(whole.rows)
    assert {part.window for part in parts} == {forest_window(whole)}
    assert [part.has_key for part in parts] == [False, False, True]
    with pytest.raises(ValueError, match="not 0"):
        forest_parts(whole, rows=0)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (study(0.5, 0.6, 0.9), "0.6 to 0.9"),
        (study(0.5, 0.9, 0.1), "0.9 to 0.1"),
        (study(0.5, -0.1, 0.9), "above 0"),
        (study(0.5, 0.1, math.inf), "inf"),
    ],
)
def test_an_interval_without_its_estimate_is_refused(row, told):
    with pytest.raises(ValueError, match=told):
        draw(forest_of(row), width=WIDE, alt="x")
