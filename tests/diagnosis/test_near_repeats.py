"""Near repeats by distance and days: by hand, what is left out and why, and settings."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis import assess_near_repeats
from forestall.errors import CannotAnswer

FOUR = [(0, 0), (0, 0), (0, 60), (0, 5000)]
ON = ["2024-01-01", "2024-01-05", "2024-01-08", "2024-03-01"]


def near_repeats(incidents, **more):
    settings = {"distance_breaks_m": [0, 100], "day_breaks": [0, 7, 14], "permutations": 99}
    return assess_near_repeats(incidents, **{**settings, "seed": 1, **more})


def observed(found):
    return found.table["observed"].tolist()


def said(found):
    return " ".join(map(str, found.caveats)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_case_by_hand(thefts_at):
    found = near_repeats(thefts_at(FOUR, ON))

    columns = ["distance_from_m", "distance_to_m", "days_from", "days_to", "observed"]
    assert found.table[columns].to_numpy().tolist() == [
        [0, 0, 0, 7, 1],  # the first two, 4 days apart
        [0, 0, 7, 14, 0],
        [0, 100, 0, 7, 1],  # the second and third, 3 days
        [0, 100, 7, 14, 1],  # the first and third, 7 days: on the break, so above it
    ]
    # One pair in the same place, two of six pairs within 6 days, one 7 to 13 days apart.
    assert found.table["expected"].tolist() == pytest.approx([2 / 6, 1 / 6, 4 / 6, 2 / 6])
    assert found.table["ratio"].tolist() == pytest.approx([3, 0, 1.5, 3])
    assert found.permuted.shape == (99, 4)
    assert found.incidents_used == 4


def test_bands_closed_on_the_right_keep_the_break_below(thefts_at):
    found = near_repeats(
        thefts_at([(0, 0), (0, 100)], ["2024-01-01", "2024-01-08"]), closed="right"
    )
    left = near_repeats(thefts_at([(0, 0), (0, 100)], ["2024-01-01", "2024-01-08"]))

    assert observed(found) == [0, 0, 1, 0]
    assert observed(left) == [0, 0, 0, 0]


@pytest.mark.parametrize("closed", ["left", "right"])
def test_the_same_day_goes_where_it_was_said(thefts_at, closed):
    twice = thefts_at([(0, 0), (0, 50)], ["2024-01-01"] * 2)

    first, apart, out = (
        near_repeats(twice, closed=closed, same_day=where).table.query("distance_to_m > 0")
        for where in ("first_band", "apart", "left_out")
    )

    assert first["observed"].tolist() == [1, 0]
    assert apart[["days_to", "observed"]].to_numpy().tolist() == [[0, 1], [7, 0], [14, 0]]
    assert out["observed"].tolist() == [0, 0]


def test_the_same_place_can_be_in_the_first_band(thefts_at):
    found = near_repeats(thefts_at(FOUR, ON), same_place="first_band")

    assert observed(found) == [2, 1]
    assert "same point are in the first band" in said(found)


def test_manhattan_adds_the_ways_up(thefts_at):
    corner = thefts_at([(0, 0), (60, 70)], ["2024-01-01", "2024-01-02"])

    assert observed(near_repeats(corner))[2] == 1
    assert observed(near_repeats(corner, metric="manhattan"))[2] == 0


def test_elapsed_days_are_periods_of_24_hours(thefts_at):
    late = thefts_at([(0, 0), (0, 50)], ["2024-01-01 23:00", "2024-01-08 01:00"])

    assert observed(near_repeats(late))[2:] == [0, 1]
    assert observed(near_repeats(late, day_unit="elapsed"))[2:] == [1, 0]


def test_the_named_moment_of_an_interval_counts(thefts_at):
    starts = ["2024-01-01 20:00", "2024-01-08 20:00", "2024-01-09 10:00"]
    ends = ["2024-01-03 20:00", "2024-01-08 21:00", None]
    thefts = thefts_at([(0, 0), (0, 50), (0, 5000)], starts, ends)

    start, middle, end = (near_repeats(thefts, date=date) for date in ("start", "middle", "end"))

    assert [observed(found)[2:] for found in (start, middle, end)] == [[0, 1], [1, 0], [1, 0]]
    assert [found.incidents_used for found in (start, middle, end)] == [3, 2, 2]
    assert "1 incident has no last possible time and stands at its only one" in said(start)
    assert "1 incident is left out: it has no last possible time" in said(end)


def test_intervals_longer_than_a_band_are_left_out_and_counted(thefts_at):
    starts = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"]
    ends = ["2024-01-20", "2024-01-02", "2024-01-10", "2024-01-05"]
    thefts = thefts_at(FOUR, starts, ends)

    found = near_repeats(thefts)
    wide = near_repeats(thefts, longest_interval_days=30)

    assert (found.incidents_used, wide.incidents_used) == (3, 4)
    assert "1 incident is left out: it may have happened over more than 7 days" in said(found)
    assert "longest_interval_days=None" in found.made_by


def test_months_without_days_are_refused(cleveland, thefts_at):
    with pytest.raises(CannotAnswer, match="known by month only"):
        near_repeats(cleveland)
    with pytest.raises(CannotAnswer, match="known by month only"):
        near_repeats(thefts_at(FOUR, ON, precision="month"))


def test_elapsed_time_needs_a_time_of_day(thefts_at):
    with pytest.raises(CannotAnswer, match="too few have both"):
        near_repeats(thefts_at(FOUR, ON, precision="day"), day_unit="elapsed")


def test_elapsed_time_is_counted_over_a_generation_at_most(thefts_at):
    old = thefts_at([(0, 0), (0, 50)], ["1980-01-01 10:00", "2024-01-01 10:00"])

    with pytest.raises(CannotAnswer, match="34 years"):
        near_repeats(old, day_unit="elapsed")
    assert observed(near_repeats(old)) == [0] * 4


def test_one_incident_cannot_repeat_itself(thefts_at):
    with pytest.raises(CannotAnswer, match="too few have both"):
        near_repeats(thefts_at([(0, 0)], ["2024-01-01"]))


def test_of_two_incidents_nothing_can_be_told(thefts_at):
    found = near_repeats(thefts_at([(0, 0), (1, 1)], ["2024-01-01"] * 2))

    assert observed(found) == [0, 0, 1, 0]
    assert found.table["p_value"].tolist() == [1.0] * 4


def test_more_pairs_than_memory_should_hold_are_refused(thefts_at, monkeypatch):
    monkeypatch.setattr("forestall._stats.pairs.MOST_PAIRS", 2)

    with pytest.raises(CannotAnswer, match=r"Too many pairs of incidents lie within 100\sm"):
        near_repeats(thefts_at(FOUR, ON))


def test_what_nobody_expects_has_no_ratio(thefts_at):
    found = near_repeats(thefts_at([(0, 0), (0, 5000), (9000, 0)], ON[:3]))

    assert observed(found) == [0] * 4
    assert found.table["expected"].tolist() == [0] * 4
    assert found.table[["ratio", "z", "p_max"]].isna().all(axis=None)
    assert found.table["p_value"].tolist() == [1.0] * 4
    assert found.summary().startswith("No combination")


@pytest.mark.parametrize("location", ["block", "snapped", "area"])
def test_bands_nearer_than_the_location_error_stay_empty(thefts_at, location):
    points = [(100 * i, 0) for i in range(8)] * 2
    thefts = thefts_at(points, pd.date_range("2024-01-01", periods=16), location=location)

    found = near_repeats(thefts, distance_breaks_m=[0, 50, 100, 200])

    assert found.location_error_m == 100
    told = found.table["distance_from_m"] >= 100
    assert found.table.loc[told, "observed"].notna().all()
    assert (found.table.loc[told, "reason"] == "").all()
    assert found.table.loc[~told, ["observed", "ratio", "p_value", "p_max"]].isna().all(axis=None)
    assert (found.table.loc[~told, "reason"] == "location error").all()
    assert np.isnan(found.permuted[:, ~told]).all()
    assert "3 bands of distance have an edge nearer than that" in said(found)
    assert "2 combinations of distance and days were looked at" in said(found)


def test_moved_points_can_share_a_band_with_the_same_place(thefts_at):
    thefts = thefts_at(FOUR, ON, location="block")

    with pytest.raises(CannotAnswer, match=r"right within 100\sm only"):
        near_repeats(thefts)
    wide = near_repeats(thefts, distance_breaks_m=[0, 200], same_place="first_band")
    trusted = near_repeats(thefts, location_error_m=0)

    assert observed(wide) == [2, 1]
    assert observed(trusted) == [1, 0, 1, 1]
    assert "as was said in the call" in said(trusted)


def test_the_order_of_rows_and_where_the_town_lies_change_nothing(thefts_at):
    generator = np.random.default_rng(4)
    points, days = generator.integers(0, 1000, (60, 2)), generator.integers(0, 60, 60)
    on = pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D")
    mixed = generator.permutation(60)

    here = near_repeats(thefts_at(points, on))
    shuffled = near_repeats(thefts_at(points[mixed], on[mixed]))
    moved = near_repeats(thefts_at(np.add(points, (7000, -3000)), on))
    turned = near_repeats(thefts_at(np.stack([-points[:, 1], points[:, 0]], axis=1), on))
    later = near_repeats(thefts_at(points, on + pd.Timedelta(days=1000)))

    pd.testing.assert_frame_equal(shuffled.table, here.table)
    pd.testing.assert_frame_equal(moved.table, here.table)
    pd.testing.assert_frame_equal(later.table, here.table)
    assert (turned.table["observed"] == here.table["observed"]).all()
    assert turned.table["expected_sd"].tolist() == pytest.approx(here.table["expected_sd"].tolist())


def test_every_incident_twice_gives_four_times_the_near_pairs(thefts_at):
    generator = np.random.default_rng(5)
    points = generator.permutation(np.arange(0, 3600, 60))[:40, None] * (1, 0)
    on = pd.Timestamp("2024-01-01") + pd.to_timedelta(generator.integers(0, 60, 40), unit="D")

    once = near_repeats(thefts_at(points, on))
    twice = near_repeats(thefts_at(np.repeat(points, 2, axis=0), on.repeat(2)))

    assert observed(twice)[2:] == [4 * pairs for pairs in observed(once)[2:]]
    assert observed(twice)[0] == 40
    assert "40 pairs have the same point and the same day" in said(twice)


def test_sides_and_the_seed(thefts_at):
    generator = np.random.default_rng(9)
    points = generator.integers(0, 400, (50, 2))
    on = pd.Timestamp("2024-01-01") + pd.to_timedelta(generator.integers(0, 40, 50), unit="D")
    thefts = thefts_at(points, on)

    more, less, both = (
        near_repeats(thefts, alternative=side) for side in ("greater", "less", "two-sided")
    )

    either = np.minimum(more.table["p_value"], less.table["p_value"])
    assert both.table["p_value"].tolist() == np.minimum(1, 2 * either).tolist()
    assert (more.table["p_value"] + less.table["p_value"] >= 1).all()
    assert (more.permuted == less.permuted).all()
    assert (near_repeats(thefts, seed=2).permuted != more.permuted).any()
    assert more.table["p_value"].min() >= 1 / 100


def test_without_permutations_the_answer_says_it_is_an_approximation(vehicle_thefts):
    quick = near_repeats(vehicle_thefts, permutations=0, distance_breaks_m=[100, 200, 400])
    drawn = near_repeats(vehicle_thefts, permutations=999, distance_breaks_m=[100, 200, 400])

    told = drawn.table["reason"] == ""
    assert "normal approximation" in said(quick)
    assert quick.table[["p_max", "expected_median"]].isna().all(axis=None)
    assert quick.table.loc[told, "p_value"].tolist() == pytest.approx(
        drawn.table.loc[told, "p_value"].tolist(), abs=0.05
    )
    assert drawn.permuted[:, told].mean(axis=0) == pytest.approx(
        drawn.table.loc[told, "expected"].to_numpy(),
        abs=4 * drawn.table["expected_sd"].max() / np.sqrt(999),
    )


def test_new_york_has_near_repeats_and_says_so(vehicle_thefts):
    found = near_repeats(
        vehicle_thefts, distance_breaks_m=[0, 200, 400], same_place="first_band", permutations=999
    )

    assert found.summary().replace("\N{NO-BREAK SPACE}", " ") == (
        "1 of 4 combinations of distance and days holds more pairs of incidents than chance "
        "explains (0 to 200 m and 0 to 6 days apart): 1.4 times as many as expected."
    )
    assert "834 incidents are left out: they may have happened over more than 7 days" in said(found)
    drawing = found.plot().to_dict()
    assert len(drawing["layer"]) == 3


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"distance_breaks_m": [100]}, "two finite breaks"),
        ({"distance_breaks_m": 100}, "list of numbers, such as"),
        ({"distance_breaks_m": "0,100"}, "list of numbers, such as"),
        ({"distance_breaks_m": ["0", "100"]}, "list of numbers, such as"),
        ({"distance_breaks_m": [0, 100, float("inf")]}, "two finite breaks"),
        ({"distance_breaks_m": [0, 0.001, 0.002]}, "in metres, but the largest break given is"),
        ({"day_breaks": "0 7"}, "list of numbers, such as"),
        ({"day_breaks": 7}, "list of numbers, such as"),
        ({"distance_breaks_m": [0, 100, 100]}, "above the one before"),
        ({"distance_breaks_m": [-1, 100]}, "between 0 and"),
        ({"distance_breaks_m": [0, float("nan")]}, "two finite breaks"),
        ({"day_breaks": [0, 3.5]}, "whole breaks"),
        ({"day_breaks": [7, 0]}, "above the one before"),
        ({"day_breaks": [0, 1], "same_day": "left_out"}, "No whole number of days"),
        ({"metric": "degrees"}, "metric"),
        ({"closed": "both"}, "closed"),
        ({"alternative": "more"}, "alternative"),
        ({"same_place": "out"}, "same place"),
        ({"same_place": "first_band", "distance_breaks_m": [50, 100]}, "begins at 0"),
        ({"same_day": "out"}, "same day"),
        ({"date": "now"}, "date is"),
        ({"day_unit": "hours"}, "calendar"),
        ({"permutations": -1}, "Permutations"),
        ({"permutations": 9.5}, "Permutations"),
        ({"location_error_m": -5}, "0 or more"),
        ({"longest_interval_days": -1}, "0 or more"),
    ],
)
def test_settings_that_make_no_sense_are_refused(thefts_at, wrong, words):
    with pytest.raises(ValueError, match=words):
        near_repeats(thefts_at(FOUR, ON), **wrong)


def test_breaks_from_an_array_are_the_same_as_from_a_list(thefts_at):
    incidents = thefts_at(FOUR, ON)
    listed = near_repeats(incidents, distance_breaks_m=[0, 100, 200], day_breaks=[0, 7])
    made = near_repeats(
        incidents, distance_breaks_m=np.arange(0, 201, 100), day_breaks=range(0, 8, 7)
    )
    pd.testing.assert_frame_equal(listed.table, made.table)
    assert listed.made_by == made.made_by


def test_numba_is_not_loaded_before_it_is_needed():
    code = "import sys, forestall.diagnosis; sys.exit('numba' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_planted_contagion_is_found_and_its_absence_is_not():
    from forestall._stats.knox import count_observed, count_permuted
    from forestall._stats.pairs import distance_edges, find_close_pairs
    from forestall._stats.permuted import permutation_p_values

    generator = np.random.default_rng(11)
    edges = distance_edges([0, 100], closed="left", metric="euclidean", same_place="first_band")
    runs, found = 60, {0.0: 0, 0.15: 0}
    for share in found:
        for run in range(runs):
            points, days = generator.uniform(0, 3000, (400, 2)), generator.integers(0, 365, 400)
            # Each follower comes within about 50 m and 5 days of an earlier incident.
            followers = int(share * 400)
            points[:followers] = points[-followers - 1 : -1] + generator.normal(
                0, 30, (followers, 2)
            )
            days[:followers] = days[-followers - 1 : -1] + generator.integers(1, 6, followers)
            pairs = find_close_pairs(*points.T, edges=edges, metric="euclidean")
            times, limit = days[pairs.order], np.array([6])
            drawn = count_permuted(pairs, times, limit, permutations=99, seed=run)
            seen = count_observed(pairs, times, limit)
            p_value = permutation_p_values(seen, drawn, alternative="greater").item()
            found[share] += p_value <= 0.05

    assert found[0.15] == runs
    assert found[0.0] / runs <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / runs)


@pytest.mark.parametrize(("permutations", "told"), [(18, True), (19, False), (0, False)])
def test_too_few_random_orders_are_told(thefts_at, permutations, told):
    found = near_repeats(thefts_at(FOUR, ON), permutations=permutations)

    assert any("no combination can stand out" in str(each) for each in found.caveats) == told
