"""Spreading uncertain times over the hours of the week."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall._stats.aoristic import WEEK_MINUTES, spread_over_week

spans = st.lists(
    st.tuples(
        st.integers(0, WEEK_MINUTES - 1), st.integers(0, 4 * WEEK_MINUTES), st.integers(1, 9)
    ),
    min_size=1,
    max_size=20,
)


def spread(rows):
    starts, durations, weights = (np.array(column) for column in zip(*rows, strict=True))
    return spread_over_week(starts, durations, weights.astype(float))


def spread_minute_by_minute(rows):
    hours = np.zeros(168)
    for start, duration, weight in rows:
        minutes = (start + np.arange(max(duration, 1))) % WEEK_MINUTES
        np.add.at(hours, minutes // 60, weight / max(duration, 1))
    return hours


@given(spans)
def test_spreading_follows_the_definition_and_loses_nothing(rows):
    hours = spread(rows)

    assert hours == pytest.approx(spread_minute_by_minute(rows), abs=1e-8)
    assert hours.sum() == pytest.approx(sum(weight for _, _, weight in rows))
    assert (hours >= 0).all()


def test_an_hour_touched_for_a_minute_gets_a_minute():
    hours = spread([(59, 2, 1)])

    assert hours[:2].tolist() == [0.5, 0.5]


def test_a_night_from_sunday_to_monday_turns_round():
    hours = spread([(WEEK_MINUTES - 60, 120, 4)])

    assert (hours[167], hours[0]) == (2, 2)


def test_a_whole_week_says_nothing():
    assert spread([(500, WEEK_MINUTES, 168)]) == pytest.approx(np.ones(168))
