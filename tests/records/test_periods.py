"""This file knows which periods a stretch of days has, and how many of their days are covered."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.records.periods import PERIOD_STARTS, period_of, periods_between

days = st.dates(pd.Timestamp("1990-01-01").date(), pd.Timestamp("2040-12-31").date())


@pytest.mark.parametrize(
    ("unit", "starts", "covered"),
    [
        ("day", ["2024-02-28", "2024-02-29", "2024-03-01"], [1, 1, 1]),
        ("week", ["2024-02-26"], [3]),
        ("month", ["2024-02-01", "2024-03-01"], [2, 1]),
        ("quarter", ["2024-01-01"], [3]),
        ("year", ["2024-01-01"], [3]),
    ],
)
def test_three_days_around_a_leap_day(unit, starts, covered):
    periods = periods_between("2024-02-28", "2024-03-01", unit=unit)

    assert periods.starts.strftime("%Y-%m-%d").tolist() == starts
    assert periods.days.tolist() == covered


def test_whole_months_are_whole():
    periods = periods_between("2023-01-01", "2023-12-31", unit="month")

    assert periods.days.tolist() == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert periods.is_whole.all()


def test_a_missing_month_has_no_days_and_shortens_its_quarter():
    months = periods_between("2024-01-01", "2024-06-30", unit="month", months_missing=["2024-02"])
    quarters = periods_between(
        "2024-01-01", "2024-06-30", unit="quarter", months_missing=["2024-02"]
    )

    assert months.days.tolist() == [31, 0, 31, 30, 31, 30]
    assert quarters.days.tolist() == [62, 91]
    assert quarters.is_whole.tolist() == [False, True]


def test_a_month_missing_outside_the_days_changes_nothing():
    periods = periods_between("2024-03-10", "2024-03-20", unit="month", months_missing=["2024-02"])

    assert periods.days.tolist() == [11]


@given(days, st.integers(0, 2_000), st.sampled_from(sorted(PERIOD_STARTS)))
def test_periods_hold_every_day_once(first, length, unit):
    last = first + pd.Timedelta(days=length)

    periods = periods_between(first, last, unit=unit)

    assert periods.days.sum() == length + 1
    assert (periods.days >= 1).all()
    assert (periods.ends[:-1] == periods.starts[1:]).all()
    assert periods.starts[0] <= pd.Timestamp(first) < periods.ends[0]
    assert periods.starts[-1] <= pd.Timestamp(last) < periods.ends[-1]
    assert all(period_of(start, unit=unit) == start for start in periods.starts[:50])


def test_positions_follow_the_starts():
    periods = periods_between("2024-01-01", "2024-03-31", unit="month")

    found = periods.positions(np.array(["2024-03-01", "2024-03-02"], dtype="datetime64[us]"))

    assert found.tolist() == [2, -1]


def test_a_stretch_that_ends_before_it_starts_is_a_mistake():
    with pytest.raises(ValueError, match="before the first"):
        periods_between("2024-03-02", "2024-03-01", unit="day")


def test_an_unknown_unit_is_a_mistake():
    with pytest.raises(ValueError, match="one of day, week, month, quarter, year"):
        periods_between("2024-03-01", "2024-03-02", unit="decade")
