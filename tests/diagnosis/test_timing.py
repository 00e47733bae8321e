"""Hours of the week."""

from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.diagnosis import measure_timing
from forestall.diagnosis.timing import COARSE, NEGATIVE, NO_END, TOO_LONG
from forestall.errors import CannotAnswer
from forestall.query import memory_table
from forestall.records import Incidents
from forestall.records.manifest import example_manifest

MONDAY = datetime.fromisoformat("2024-01-01")
spans = st.lists(
    st.tuples(st.integers(0, 60 * 24 * 20), st.one_of(st.none(), st.integers(-90, 60 * 24 * 15))),
    min_size=1,
    max_size=12,
)


def incidents(rows, *, precision="minute"):
    """Make incidents from (minutes after Monday 00:00, minutes long or None)."""
    starts = [MONDAY + timedelta(minutes=start) for start, _ in rows]
    ends = [
        None if length is None else start + timedelta(minutes=length)
        for start, (_, length) in zip(starts, rows, strict=True)
    ]
    table = pa.table(
        {
            "starts_at": pa.array(starts, pa.timestamp("us")),
            "ends_at": pa.array(ends, pa.timestamp("us")),
            "time_precision": [precision] * len(rows),
        }
    )
    return Incidents(table=memory_table(table), manifest=example_manifest())


def test_two_hours_from_half_past_are_a_quarter_a_half_and_a_quarter():
    timing = measure_timing(incidents([(21 * 60 + 30, 120)]))

    by_hour = timing.table.set_index(["weekday", "hour"])["incidents"]
    assert by_hour.loc[0].loc[[21, 22, 23]].tolist() == [0.25, 0.5, 0.25]
    assert timing.rows_known_to_two_hours == 1


def test_a_missing_end_follows_the_policy_that_is_named():
    thefts = incidents([(60, None), (24 * 60 + 5, 10)])

    counted = measure_timing(thefts)
    left_out = measure_timing(thefts, missing_end="exclude")

    assert counted.table.query("weekday == 0 and hour == 1")["incidents"].item() == 1
    assert (counted.rows_used, counted.rows_start_only) == (2, 1)
    assert (left_out.rows_used, left_out.rows_left_out) == (1, {NO_END: 1})
    assert "missing_end='exclude'" in left_out.made_by
    assert "no end and is counted in the hour of its start" in " ".join(map(str, counted.caveats))


def test_an_end_before_the_start_is_left_out_and_counted():
    timing = measure_timing(incidents([(60, -5), (60, 5)]))

    assert (timing.rows_used, timing.rows_left_out) == (1, {NEGATIVE: 1})


def test_longer_than_a_week_is_spread_or_left_out():
    thefts = incidents([(0, 8 * 24 * 60), (0, 30)])

    spread = measure_timing(thefts)
    short = measure_timing(thefts, longer_than_week="exclude")

    assert spread.table["incidents"].min() == pytest.approx(1 / (8 * 24))
    assert short.rows_left_out == {TOO_LONG: 1}


@settings(deadline=None, max_examples=25)
@given(spans)
def test_no_incident_is_lost(rows):
    try:
        timing = measure_timing(incidents(rows))
    except CannotAnswer:
        assert all(length is not None and length < 0 for _, length in rows)
        return

    assert timing.rows_used + sum(timing.rows_left_out.values()) == len(rows)
    assert timing.table["incidents"].sum() == pytest.approx(timing.rows_used)
    assert len(timing.table) == 168


@pytest.mark.parametrize("precision", ["month", "day"])
def test_coarse_times_are_refused_with_the_reason(precision):
    with pytest.raises(CannotAnswer, match="no time of day"):
        measure_timing(incidents([(0, None)], precision=precision))


def test_coarse_times_beside_exact_ones_are_counted(chicago):
    timing = measure_timing(chicago)

    assert timing.rows_used == 25_000 - timing.rows_left_out.get(COARSE, 0)
    assert timing.table["incidents"].sum() == pytest.approx(timing.rows_used)
    assert timing.summary().startswith("22")
    drawn = timing.plot().to_dict()
    assert len(next(iter(drawn["datasets"].values()))) == 168


def test_midnight_heaps_are_mentioned():
    timing = measure_timing(incidents([(0, None)] * 5 + [(700, None)] * 5))

    assert "often means that the time is not known" in " ".join(map(str, timing.caveats))


def test_an_unknown_policy_is_refused():
    with pytest.raises(ValueError, match="start_only"):
        measure_timing(incidents([(0, 5)]), missing_end="guess")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="spread"):
        measure_timing(incidents([(0, 5)]), longer_than_week="wrap")  # type: ignore[arg-type]


def test_the_busiest_four_hours_may_cross_midnight():
    timing = measure_timing(incidents([(23 * 60, 120), (24 * 60, 60), (12 * 60, 1)]))

    first, share = timing.busiest_hours
    assert first in {21, 22, 23}
    assert share == pytest.approx(2 / 3)
    assert np.isclose(timing.table["incidents"].sum(), 3)


def test_spreading_is_said_only_where_an_incident_has_two_times():
    apart = measure_timing(incidents([(60, None), (90, None)]))
    between = measure_timing(incidents([(60, None), (60, 30)]))

    assert not any("between two times" in str(caveat) for caveat in apart.caveats)
    assert any("between two times" in str(caveat) for caveat in between.caveats)
