"""Intervals, expectations and chances are drawn where their numbers are."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.disclosure import protect_table
from forestall.publication.drawing import draw
from forestall.publication.pictures import (
    Axis,
    ChanceCurves,
    ChanceSeries,
    ExpectedLine,
    IntervalRow,
    IntervalRows,
)


def rows_of(*rows, axis=Axis.CHANGE, central=None):
    return IntervalRows(
        axis=axis,
        rows=tuple(
            IntervalRow(words=f"row {k}", shown="shown", number=n, low=low, high=high)
            for k, (n, low, high) in enumerate(rows)
        ),
        low_words="fewer",
        high_words="more",
        central=central,
    )


def bars_in(svg):
    return [
        tuple(float(x) for x in found)
        for found in re.findall(r'class="iv" d="M([\d.]+) [\d.]+H([\d.]+)"', svg)
    ]


def test_an_interval_ends_where_its_limits_are_on_the_axis():
    svg = draw(rows_of((-0.15, -0.3, 0.0)), width=640, alt="x")

    # The axis runs from −30 % at 14 to +30 % at 626, so zero is at 320.
    assert bars_in(svg) == [(14.0, 320.0)]


def test_a_row_without_a_number_has_words_and_no_bar():
    row = IntervalRow(words="Arson", shown="not shown")
    picture = IntervalRows(axis=Axis.CHANGE, rows=(row,), low_words="a", high_words="b")

    svg = draw(picture, width=340, alt="x")

    assert "Arson" in svg
    assert "not shown" in svg
    assert bars_in(svg) == []


@given(st.floats(-0.99, 5), st.floats(0, 3), st.floats(0, 20), st.sampled_from([340, 680]))
def test_no_bar_leaves_the_frame(change, below, above, width):
    svg = draw(rows_of((change, change - below, change + above)), width=width, alt="x")

    for start, end in bars_in(svg):
        assert 0 <= start <= end <= width


def test_all_bars_of_a_tornado_hold_its_centre():
    picture = rows_of((100.0, -50.0, 300.0), (100.0, 80.0, 120.0), axis=Axis.MONEY, central=100.0)

    first, second = bars_in(draw(picture, width=680, alt="x"))

    assert first[0] < second[0] < second[1] < first[1]


def test_a_picture_keeps_three_digits_only():
    row = IntervalRow(words="a", shown="b", number=-0.123456, low=-0.987654, high=0.5)

    assert (row.number, row.low) == (-0.123, -0.988)


def months(expected):
    table = pd.DataFrame(
        {
            "period": pd.date_range("2024-01-01", periods=4, freq="MS"),
            "incidents": [10, 12, 8, 9],
            "expected": expected,
            "low": [float("nan"), float("nan"), 8.0, 9.0],
            "high": [float("nan"), float("nan"), 16.0, 15.0],
        }
    )
    return protect_table(
        table,
        rule="threshold-5",
        rows="period",
        derived=["expected", "low", "high"],
        margins=[],
    )


@pytest.mark.parametrize("width", [340, 680])
def test_the_expected_line_stands_over_the_months_after_with_its_band(width):
    picture = ExpectedLine(
        safe=months([float("nan"), float("nan"), 11.0, 12.0]),
        since="2024-03",
        recorded_words="recorded",
        expected_words="expected",
        since_words="begins",
    )

    svg = draw(picture, width=width, alt="x")

    dashed = re.findall(r'class="ln s2 dash" d="(M[^"]+)"', svg)[0]
    recorded = re.findall(r'class="ln s1" d="(M[^"]+)"', svg)[0]
    band = re.findall(r'class="fb" d="(M[^"]+)"', svg)[0]
    assert len(re.findall("[ML]", recorded)) == 4
    assert len(re.findall("[ML]", dashed)) == 2
    assert len(re.findall("[ML]", band)) == 4
    assert "begins" in svg


def test_a_probability_of_one_is_at_the_top_and_none_at_the_foot():
    series = ChanceSeries(words="burglary", style=1, points=((0.0, 0.0), (100.0, 1.0)))

    svg = draw(ChanceCurves(series=(series,), axis_words="worth"), width=680, alt="x")

    found = re.findall(r'class="ln s1" d="M[\d.]+ ([\d.]+)L[\d.]+ ([\d.]+)"', svg)
    assert found == [("260", "14")]
