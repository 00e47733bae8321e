"""Measurements are told against the straight line to the target, with their interval, in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from forestall.plan import (
    Indicator,
    Measured,
    Objective,
    OnTheWay,
    expected_on,
    indicator_progress,
)

INDICATOR = Indicator(
    name={"en": "Burglaries"}, unit={"en": "burglaries"}, source={"en": "Records"}, every_months=6
)
# From 100 to 80 over 100 days: 90 on the fiftieth.
FALLING = Objective(
    key="fewer",
    title={"en": "Fewer"},
    indicator=INDICATOR,
    baseline=Measured(on=date(2025, 1, 1), value=100.0),
    target=80.0,
    deadline=date(2025, 4, 11),
)
RISING = replace(
    FALLING,
    indicator=replace(INDICATOR, fewer_is_better=False),
    baseline=Measured(on=date(2025, 1, 1), value=80.0),
    target=100.0,
)
HALF_WAY = date(2025, 2, 20)


def progress(objective, value, low=None, high=None, *, today=HALF_WAY):
    one = Measured(on=HALF_WAY, value=value, low=low, high=high)
    return indicator_progress(replace(objective, measured=(one,)), today=today)


def test_the_line_goes_straight_from_start_to_target_and_stays_there():
    assert [
        expected_on(FALLING, day)
        for day in (date(2025, 1, 1), HALF_WAY, date(2025, 4, 11), date(2025, 8, 1))
    ] == [100.0, 90.0, 80.0, 80.0]


@pytest.mark.parametrize(
    ("objective", "value", "low", "high", "reading"),
    [
        (FALLING, 90.0, None, None, OnTheWay.YES),
        (FALLING, 90.5, None, None, OnTheWay.NO),
        (FALLING, 85.0, 80.0, 90.0, OnTheWay.YES),
        (FALLING, 85.0, 80.0, 91.0, OnTheWay.CANNOT_BE_TOLD),
        (FALLING, 95.0, 90.0, 99.0, OnTheWay.CANNOT_BE_TOLD),
        (FALLING, 95.0, 90.5, 99.0, OnTheWay.NO),
        (RISING, 90.0, None, None, OnTheWay.YES),
        (RISING, 89.0, None, None, OnTheWay.NO),
        (RISING, 95.0, 90.0, 99.0, OnTheWay.YES),
        (RISING, 91.0, 89.0, 95.0, OnTheWay.CANNOT_BE_TOLD),
        (RISING, 85.0, 80.0, 89.5, OnTheWay.NO),
    ],
)
def test_a_measurement_is_on_one_side_only_if_its_whole_interval_is(
    objective, value, low, high, reading
):
    found = progress(objective, value, low, high)

    assert found.reading is reading
    assert str(reading.words) in found.summary()


def test_words_tell_the_interval_and_the_line():
    assert progress(FALLING, 85.0, 80.0, 91.0).summary() == (
        "Measured on 20 February 2025: 85 burglaries, 95 % interval 80 to 91. "
        "Whether it is on the way cannot be told: the straight line to the target is at 90."
    )


def test_without_an_interval_it_is_said_that_chance_is_not_allowed_for():
    assert "so chance is not allowed for" in progress(FALLING, 85.0).summary()
    assert "chance" not in progress(FALLING, 85.0, 84.0, 86.0).summary()


def test_a_missing_unit_leaves_no_gap():
    bare = replace(FALLING, indicator=replace(INDICATOR, unit={}))

    assert progress(bare, 85.0).summary().startswith("Measured on 20 February 2025: 85. It is on")


def test_before_any_measurement_there_is_none():
    found = indicator_progress(FALLING, today=date(2025, 2, 1))

    assert found.reading is OnTheWay.NOT_MEASURED
    assert found.latest is None
    assert found.summary() == "There is no measurement yet since the start."


def test_a_measurement_of_a_later_day_is_not_looked_at():
    found = progress(FALLING, 85.0, today=date(2025, 2, 19))

    assert found.reading is OnTheWay.NOT_MEASURED


def test_a_measurement_that_is_overdue_is_told():
    found = progress(FALLING, 85.0, today=date(2025, 9, 1))

    assert found.summary().endswith("A measurement was due on 20 August 2025 and is not there.")


@pytest.mark.parametrize(
    "changed",
    [{"baseline": None}, {"target": None}, {"deadline": None}, {"deadline": date(2025, 1, 1)}],
)
def test_without_a_line_nothing_can_be_told(changed):
    found = progress(replace(FALLING, **changed), 85.0)

    assert found.reading is OnTheWay.CANNOT_BE_TOLD
    assert "Whether it is on the way cannot be told." in found.summary()
    assert "there is no line to compare" in found.summary()


def test_the_series_stands_in_a_table_with_the_line():
    table = progress(FALLING, 85.0).table

    assert list(table["value"]) == [100.0, 85.0]
    assert list(table["expected"]) == [100.0, 90.0]


VALUES = st.floats(0, 1000)


@given(st.tuples(VALUES, VALUES, VALUES).map(sorted))
def test_falling_to_a_target_mirrors_rising_to_it(values):
    low, value, high = values
    mirrored = replace(RISING, baseline=Measured(on=date(2025, 1, 1), value=-100.0), target=-80.0)

    assert (
        progress(FALLING, value, low, high).reading
        is progress(mirrored, -value, -high, -low).reading
    )
