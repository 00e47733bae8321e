"""Computed points come into a series, and leave alone what people wrote."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from forestall.plan.records import Measured, Objective
from forestall.web.indicators.merging import merged_series

START = date(2025, 1, 1)
DAYS = st.sampled_from([START + timedelta(days=days) for days in range(1, 9)])
SERIES = st.dictionaries(DAYS, st.integers(0, 9), max_size=6).map(
    lambda found: {on: Measured(on=on, value=float(value)) for on, value in found.items()}
)


def merged(measured, computed, written):
    objective = Objective(
        key="a",
        title={"en": "A"},
        measured=tuple(measured[on] for on in sorted(measured)),
    )
    return merged_series(objective, computed=list(computed.values()), written=written, begins=START)


@given(typed=SERIES, before=SERIES, now=SERIES)
def test_what_was_typed_stays_and_days_stand_once(typed, before, now):
    first = merged(typed, before, {})
    there = {one.on: one for one in first.measured}

    second = merged(there, now, first.written)

    days = [one.on for one in second.measured]
    assert days == sorted(set(days))
    assert all(one in second.measured for one in typed.values())
    assert {one.on for one in second.measured} == set(typed) | set(now)


@given(before=SERIES, now=SERIES)
def test_it_is_the_same_a_second_time(before, now):
    first = merged({}, before, {})
    second = merged({one.on: one for one in first.measured}, now, first.written)

    third = merged({one.on: one for one in second.measured}, now, second.written)

    assert third == second


@given(computed=SERIES, now=SERIES, gone=st.sets(DAYS))
def test_what_was_taken_out_stays_away(computed, now, gone):
    first = merged({}, computed, {})
    left = {one.on: one for one in first.measured if one.on not in gone}

    second = merged(left, now, first.written)
    third = merged({one.on: one for one in second.measured}, now, second.written)

    out = gone & set(computed)
    assert out.isdisjoint(one.on for one in third.measured)


def test_nothing_is_written_on_the_day_of_the_first_figure_or_before():
    computed = {on: Measured(on=on, value=1.0) for on in (START, START + timedelta(days=1))}

    assert [one.on for one in merged({}, computed, {}).measured] == [START + timedelta(days=1)]
