"""Pairs and chains of incidents near in place and time."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forestall.diagnosis import find_near_repeat_chains, find_near_repeat_pairs
from forestall.errors import CannotAnswer

POINTS = [(0, 0), (0, 150), (0, 300), (5000, 0), (5000, 0), (9000, 0)]
ON = ["2024-01-12", "2024-01-06", "2024-01-01", "2024-02-01", "2024-02-01", "2024-03-01"]
small_town = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20
)


def test_pairs_by_hand(thefts_at):
    found = find_near_repeat_pairs(thefts_at(POINTS, ON), distance_m=200, days=7)

    assert found.table.to_numpy().tolist() == [[2, 1, 150, 5], [1, 0, 150, 6], [3, 4, 0, 0]]
    assert (found.incidents_in_pairs, found.incidents_used) == (5, 6)
    assert found.summary().replace("\N{NO-BREAK SPACE}", " ") == (
        "5 of 6 incidents lie within 200 m and 7 days of another one."
    )
    assert found.plot().to_dict()["layer"]


def test_the_limits_count_too(thefts_at):
    two = thefts_at([(0, 0), (120, 160)], ["2024-01-01", "2024-01-08"])

    assert len(find_near_repeat_pairs(two, distance_m=200, days=7).table) == 1
    assert find_near_repeat_pairs(two, distance_m=199.999, days=7).table.empty
    assert find_near_repeat_pairs(two, distance_m=200, days=6).table.empty
    assert find_near_repeat_pairs(two, distance_m=200, days=7, metric="manhattan").table.empty


def test_elapsed_days_between_a_pair(thefts_at):
    late = thefts_at([(0, 0), (0, 50)], ["2024-01-01 23:00", "2024-01-08 01:00"])

    assert find_near_repeat_pairs(late, distance_m=90, days=6).table.empty
    elapsed = find_near_repeat_pairs(late, distance_m=90, days=6, day_unit="elapsed")
    assert elapsed.table["days"].tolist() == [6]


@small_town
@given(st.integers(0, 10_000), st.integers(1, 300), st.integers(0, 20))
def test_pairs_are_those_of_looking_at_every_pair(thefts_at, seed, metres, days):
    generator = np.random.default_rng(seed)
    points, on = generator.integers(0, 900, (25, 2)), generator.integers(0, 60, 25)
    dates = pd.Timestamp("2024-01-01") + pd.to_timedelta(on, unit="D")

    found = find_near_repeat_pairs(thefts_at(points, dates), distance_m=metres, days=days)
    chains = find_near_repeat_chains(thefts_at(points, dates), distance_m=metres, days=days)

    near = {
        (i, j)
        for i in range(25)
        for j in range(i + 1, 25)
        if ((points[i] - points[j]) ** 2).sum() <= metres**2 and abs(on[i] - on[j]) <= days
    }
    assert {
        tuple(sorted(pair)) for pair in found.table[["first", "next"]].to_numpy().tolist()
    } == near
    first, later = found.table["first"].to_numpy(int), found.table["next"].to_numpy(int)
    assert (on[first] <= on[later]).all()
    assert set(chains.members["incident"]) == {one for pair in near for one in pair}
    together = chains.members.set_index("incident")["chain"]
    assert all(together[i] == together[j] for i, j in near)


def test_a_chain_goes_on_from_step_to_step(thefts_at):
    found = find_near_repeat_chains(thefts_at(POINTS, ON), distance_m=200, days=7)

    assert found.table[["chain", "incidents", "duration_days", "extent_m"]].to_numpy().tolist() == [
        [1, 3, 11, 300],
        [2, 2, 0, 0],
    ]
    assert found.table["first_day"].dt.strftime("%Y-%m-%d").tolist() == ["2024-01-01", "2024-02-01"]
    assert found.members["incident"].tolist() == [2, 1, 0, 3, 4]
    assert found.summary().replace("\N{NO-BREAK SPACE}", " ") == (
        "2 chains hold 83 % of 6 incidents; the longest has 3."
    )
    assert found.plot().to_dict()["layer"]


def test_without_a_pair_there_is_no_chain(thefts_at):
    found = find_near_repeat_chains(thefts_at([(0, 0), (0, 900)], ON[:2]), distance_m=200, days=7)

    assert found.table.empty
    assert found.summary() == "No incident follows another closely enough to make a chain."
    assert found.table.columns[0] == "chain"


def test_distances_within_the_location_error_are_refused(thefts_at, chicago):
    block = thefts_at(POINTS, ON, location="block")

    with pytest.raises(CannotAnswer, match="right within 100 m only"):
        find_near_repeat_pairs(block, distance_m=50, days=7)
    assert len(find_near_repeat_pairs(block, distance_m=50, days=7, location_error_m=0).table) == 1
    burglaries = chicago.filter(offences="BURGLARY")
    named = find_near_repeat_pairs(burglaries, distance_m=200, days=7).table
    assert all(isinstance(name, str) for name in named["first"])


def test_months_and_settings_that_make_no_sense_are_refused(cleveland, thefts_at):
    with pytest.raises(CannotAnswer, match="known by month only"):
        find_near_repeat_chains(cleveland, distance_m=200, days=7)
    thefts = thefts_at(POINTS, ON)
    with pytest.raises(ValueError, match="distance"):
        find_near_repeat_pairs(thefts, distance_m=0, days=7)
    with pytest.raises(ValueError, match="days"):
        find_near_repeat_pairs(thefts, distance_m=200, days=-1)
    with pytest.raises(ValueError, match="metric"):
        find_near_repeat_pairs(
            thefts,
            distance_m=200,
            days=7,
            metric="degrees",  # type: ignore[arg-type]
        )


@pytest.mark.parametrize("find", [find_near_repeat_pairs, find_near_repeat_chains])
def test_half_days_are_refused(thefts_at, find):
    with pytest.raises(ValueError, match="whole number"):
        find(thefts_at(POINTS, ON), distance_m=200, days=3.5)
