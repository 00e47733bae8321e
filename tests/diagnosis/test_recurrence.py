"""Whether it happens again soon and nearby, and in the same places as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis import diagnose
from forestall.diagnosis.counted import OffenceGroup, count_once
from forestall.diagnosis.groups import OTHER_KINDS
from forestall.diagnosis.recurrence import (
    assess_change_of_places,
    assess_near_repeats_by_kind,
    measure_places_kept,
)
from forestall.errors import CannotAnswer
from forestall.publication.example import example_incidents
from forestall.records import Incidents, count_incidents, periods_between, square_grid


def group_of(label, incidents=500, *, labels=(), crime=True):
    return OffenceGroup(
        label=label,
        counts_as_crime=crime,
        incidents=incidents,
        labels=labels or (label,),
        tested=True,
    )


def counted(*, months=36, number=900, **settings):
    incidents = example_incidents(kinds={"Burglary": number}, months=months).filter(**settings)
    return count_once(incidents, None, 500, None).counts, incidents


def with_precision(incidents, **precisions):
    return replace(incidents, manifest=replace(incidents.manifest, **precisions))


# Soon and nearby


def test_months_only_are_refused_without_reading_a_row():
    unread: Any = SimpleNamespace(manifest=SimpleNamespace(time_precisions={"month": 900}))

    with pytest.raises(CannotAnswer, match="months only"):
        assess_near_repeats_by_kind(unread, [group_of("Burglary")])


def test_the_largest_kinds_are_looked_at_one_by_one():
    kinds = {"Theft": 300, "Fraud": 250, "Robbery": 200, "Assault": 150, "Arson": 120, "Fire": 9}
    incidents = example_incidents(kinds=kinds)

    found = assess_near_repeats_by_kind(incidents, [group_of(k, n) for k, n in kinds.items()])

    assert list(found.by_kind) == ["Theft", "Fraud", "Robbery", "Assault"]
    assert found.by_kind["Fraud"].incidents_used == 250


def test_catch_alls_small_kinds_and_what_is_counted_apart_are_not_looked_at():
    groups = [
        group_of(OTHER_KINDS, labels=("Arson", "Fire")),
        group_of("Other crime"),
        group_of("Nuisance", crime=False),
        group_of("Arson", incidents=99),
    ]

    with pytest.raises(CannotAnswer, match="At least 100 incidents of one kind"):
        assess_near_repeats_by_kind(example_incidents(), groups)


@pytest.mark.parametrize(
    ("precisions", "breaks"),
    [({"exact": 300}, (0.0, 100.0, 200.0, 400.0)), ({"block": 300}, (0.0, 200.0, 400.0, 800.0))],
)
def test_distances_follow_how_exact_the_points_are(precisions, breaks):
    incidents = example_incidents(kinds={"Theft": 300})
    incidents = with_precision(incidents, location_precisions=precisions)

    found = assess_near_repeats_by_kind(incidents, [group_of("Theft")])

    assert found.by_kind["Theft"].choices.distance_breaks_m == breaks


def test_only_the_last_two_years_are_looked_at():
    incidents = example_incidents(kinds={"Theft": 700}, months=30)

    found = assess_near_repeats_by_kind(incidents, [group_of("Theft")])

    since = date(2024, 7, 1)
    assert found.first_day == since
    assert found.by_kind["Theft"].incidents_used == incidents.filter(since=since).count_rows()


def test_a_shorter_file_is_looked_at_from_its_first_day():
    found = assess_near_repeats_by_kind(
        example_incidents(kinds={"Theft": 300}), [group_of("Theft")]
    )

    assert found.first_day == date(2024, 1, 1)
    assert found.by_kind["Theft"].incidents_used == 300


def test_a_kind_without_incidents_in_these_years_does_not_hide_the_others():
    frame = example_incidents(kinds={"Theft": 700}, months=36).to_pandas()
    frame["offence"] = np.where(frame["starts_at"] < "2024-10-01", "Fraud", "Theft")
    incidents = Incidents.from_frame(
        frame[["x", "y", "starts_at", "offence"]],
        x="x",
        y="y",
        crs="EPSG:27700",
        starts_at="starts_at",
        offence="offence",
    )

    found = assess_near_repeats_by_kind(incidents, [group_of("Fraud"), group_of("Theft")])

    assert list(found.by_kind) == ["Theft"]
    with pytest.raises(CannotAnswer, match="too few have both"):
        assess_near_repeats_by_kind(incidents, [group_of("Fraud")])


# The same places


def test_places_are_compared_between_the_same_months_of_two_years():
    town: Any = diagnose(example_incidents(kinds={"Burglary": 900}, months=30), cell_m=500)
    compared = town.trend.compared
    totals = town.monthly.set_index("period")["incidents"]

    assert compared.before_months[0] + pd.DateOffset(years=1) == compared.after_months[0]
    table = town.pattern_change.table
    assert table["before"].sum() == totals.loc[list(compared.before_months)].sum()
    assert table["after"].sum() == totals.loc[list(compared.after_months)].sum()


@pytest.mark.parametrize("months", [2, 8])
def test_places_of_different_months_are_not_compared(months):
    town: Any = diagnose(example_incidents(kinds={"Burglary": 900}, months=months), cell_m=500)

    assert "same months of two years" in str(town.pattern_change)


@pytest.mark.parametrize(("number", "cell_m"), [(140, 500), (900, 5000)])
def test_few_incidents_or_few_places_are_not_compared(number, cell_m):
    incidents = example_incidents(kinds={"Burglary": number}, months=36)
    town: Any = diagnose(incidents, cell_m=cell_m)

    for answer in (town.pattern_change, town.places_kept):
        assert "at least 10 places with records and 50 located" in str(answer)


def test_the_numbers_of_the_years_are_those_of_counting_by_year():
    counts, incidents = counted()

    found = measure_places_kept(counts)

    years: Any = count_incidents(incidents, places=counts.places, period="year")
    assert found.table["incidents"].tolist() == years.per_period().tolist()
    assert found.table["period"].tolist() == years.periods.starts.tolist()


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        ("2024-06-01", None, [2025, 2026, 2027]),
        (None, "2027-03-31", [2024, 2025, 2026]),
        ("2024-01-04", None, [2024, 2025, 2026, 2027]),
    ],
)
def test_years_that_are_covered_in_part_are_left_out(since, until, years):
    counts, _ = counted(months=48, number=1200, since=since, until=until)

    assert measure_places_kept(counts).table["period"].dt.year.tolist() == years


def test_a_year_with_a_missing_month_is_left_out():
    counts, _ = counted(months=60, number=1500)
    gap = periods_between("2024-01-01", "2028-12-31", unit="month", months_missing=["2026-05"])
    table = counts.table[counts.table["period"] != pd.Timestamp("2026-05-01")]

    found = measure_places_kept(replace(counts, periods=gap, table=table))

    assert found.table["period"].dt.year.tolist() == [2024, 2025, 2027, 2028]


@pytest.mark.parametrize("months", [8, 35])
def test_fewer_than_three_whole_years_are_refused_with_their_number(months):
    counts, _ = counted(months=months)

    with pytest.raises(CannotAnswer, match=f"whole calendar years; the file covers {months // 12}"):
        measure_places_kept(counts)


def test_places_that_stay_are_kept_and_places_drawn_anew_are_not():
    stay, anew = (places_kept_where(stay=stay) for stay in (True, False))

    assert (stay.pairs["kept"] >= stay.pairs["kept_if_stable_low"]).all()
    assert (anew.pairs["kept"] < anew.pairs["kept_if_stable_low"]).all()


def places_kept_where(*, stay):
    chance = np.random.default_rng(5)
    grid = square_grid(origin=(0, 0), cell_m=500, columns=8, rows=8, crs="EPSG:27700")
    busy = chance.choice(64, 10, replace=False)
    rows = []
    for month in pd.date_range("2021-01-01", "2023-12-01", freq="MS"):
        if not stay and month.month == 1:
            busy = chance.choice(64, 10, replace=False)
        at = np.concatenate([chance.choice(busy, 40), chance.choice(64, 20)])
        days = month + pd.to_timedelta(np.arange(60) % 28, unit="D")
        rows += list(zip(*grid.centres[at].T, days, strict=True))
    frame = pd.DataFrame(rows, columns=["x", "y", "on"])
    incidents = Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="on")
    return measure_places_kept(count_incidents(incidents, places=grid, period="month"))


def test_without_months_to_compare_there_is_no_change_of_places():
    with pytest.raises(CannotAnswer, match="two years"):
        assess_change_of_places(counted(months=8)[0], None)
