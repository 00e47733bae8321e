"""Panels: read from tables and counts, told when something is wrong."""

import builtins
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import CannotAnswer, InvalidRecords, MissingLibrary
from forestall.estimates.effects import CountDifference, LogRatio, RateDifference
from forestall.evaluation.panels import Measure, Panel, panel_from_counts, panel_from_frame
from forestall.evaluation.panels.loading import load_library
from forestall.records import Counts, periods_between
from forestall.records.grids import square_grid


def rows(**more):
    frame = pd.DataFrame(
        {
            "place": list("aabbcc"),
            "year": [1, 2] * 3,
            "thefts": [9, 5, 8, 8, 7, 6],
            "since": [2, 2, 0, 0, 1, 1],
        }
    )
    return frame.assign(**more)


def read(frame, **more):
    return panel_from_frame(frame, outcome="thefts", period="year", since="since", **more)


def test_a_panel_by_hand():
    panel = read(rows())
    assert panel.places == ("a", "b", "c")
    assert panel.outcome.tolist() == [[9, 5], [8, 8], [7, 6]]
    assert panel.treated.tolist() == [[False, True], [False, False], [True, True]]
    assert panel.starts.tolist() == [1, 2, 0]
    assert panel.is_staggered
    assert panel.frame()["start"].tolist() == [1, 1, 2, 2, 0, 0]


@given(st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(order):
    first, again = read(rows()), read(rows().iloc[list(order)])
    np.testing.assert_array_equal(first.outcome, again.outcome)
    np.testing.assert_array_equal(first.treated, again.treated)


def test_a_missing_row_is_unknown_and_not_zero():
    panel = read(rows().iloc[1:])
    assert np.isnan(panel.outcome[0, 0])
    assert len(panel.frame()) == 5


def test_a_measure_that_ended_has_no_start():
    frame = pd.DataFrame(
        {"place": ["a"] * 3, "year": [1, 2, 3], "thefts": [1, 2, 3], "on": [0, 1, 0]}
    )
    panel = panel_from_frame(frame, outcome="thefts", period="year", treated="on")
    assert not panel.is_absorbing
    assert "start" not in panel.frame().columns
    with pytest.raises(CannotAnswer, match="ended in some places"):
        _ = panel.starts


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (rows().drop(columns="thefts"), "A panel needs the column thefts"),
        (pd.concat([rows(), rows().tail(1)]), "Every place has a period once, but 1 rows"),
        (rows(thefts=[9, 5, 8, -8, 7, 6]), "the first is place b in period 2"),
        (rows(thefts=[9, 5.5, 8, 8, 7, 6]), "the first is place a in period 2"),
        (rows(since=[2, 1, 0, 0, 1, 1]), "since is one value for each place, but 1 places"),
        (rows(since=[2, np.nan, 0, 0, 1, 1]), "since is one value for each place, but 1 places"),
    ],
)
def test_what_is_wrong_is_said(frame, sentence):
    with pytest.raises(InvalidRecords, match=sentence):
        read(frame)


def test_a_treatment_is_zero_or_one():
    with pytest.raises(InvalidRecords, match="0 or 1"):
        panel_from_frame(rows(on=[0, 2, 0, 0, 1, 1]), outcome="thefts", period="year", treated="on")


def test_one_of_two_ways_to_tell_treatment():
    with pytest.raises(ValueError, match="and not with both"):
        panel_from_frame(rows(), outcome="thefts", period="year")


@pytest.mark.parametrize(
    ("measure", "effect"),
    [
        (Measure.COUNTS, CountDifference(-2.0)),
        (Measure.LOGARITHMS, LogRatio(-2.0)),
        (Measure.RATES, RateDifference(-2.0, per=1000)),
    ],
)
def test_a_difference_has_the_scale_of_the_outcome(measure, effect):
    assert read(rows(), measure=measure, per=1000).difference(-2.0) == effect


def counts(through="2023-03-31"):
    squares = square_grid(origin=(0, 0), cell_m=100, columns=2, rows=1, crs="EPSG:27700")
    months = periods_between("2023-01-01", through, unit="month")
    table = pd.DataFrame(
        {
            "place": [0, 0, 0, 1],
            "incidents": [4, 3, 1, 2],
            "period": [*months.starts[:3], months.starts[0]],
        }
    )
    return Counts.from_frame(table, places=squares, periods=months)


def test_counts_make_a_panel_and_a_month_in_part_does_not():
    panel = panel_from_counts(
        counts("2023-03-20"), since={"0": "2023-02-01"}, outcome_name="theft", exposure=[10, 20]
    )
    assert panel.outcome.tolist() == [[4, 3], [2, 0]]
    assert panel.treated.tolist() == [[False, True], [False, False]]
    assert panel.exposure is not None
    assert panel.exposure.tolist() == [[10, 10], [20, 20]]


def test_an_unknown_treated_place_and_a_wrong_exposure_are_said():
    with pytest.raises(InvalidRecords, match="The treated place 7 is not among"):
        panel_from_counts(counts(), since={"7": "2023-02-01"}, outcome_name="theft")
    with pytest.raises(InvalidRecords, match="has the shape"):
        panel_from_counts(
            counts(), since={"0": "2023-02-01"}, outcome_name="theft", exposure=[1, 2, 3]
        )


def test_a_missing_library_is_named(monkeypatch):
    for name in [one for one in sys.modules if one.split(".")[0] == "pyfixest"]:
        monkeypatch.delitem(sys.modules, name)
    whole = builtins.__import__

    def without(name, *rest, **more):
        if name.split(".")[0] == "pyfixest":
            raise ModuleNotFoundError(name)
        return whole(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setitem(sys.modules, "pyfixest", None)
    with pytest.raises(MissingLibrary, match=r"install forestall\[panels\]"):
        load_library("pyfixest")


def test_a_panel_is_what_it_says():
    assert isinstance(read(rows()), Panel)
