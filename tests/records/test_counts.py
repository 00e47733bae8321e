"""This file knows how incidents become counts, and how counts are asked."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import CannotAnswer, InvalidPlaces, InvalidRecords
from forestall.records import (
    Counts,
    SquareGrid,
    areas_from_frame,
    count_incidents,
    hex_grid,
    periods_between,
    square_grid,
)
from tests.records.made_incidents import incidents_at

BRITISH = "EPSG:27700"


def three_squares():
    return square_grid(origin=(0, 0), cell_m=100, columns=3, rows=1, crs=BRITISH)


def two_wards():
    import geopandas as gpd

    squares = shapely.box([100, 0], 0, [200, 100], 100)
    return areas_from_frame(gpd.GeoDataFrame({"code": ["B", "A"]}, geometry=squares, crs=BRITISH))


def test_counts_by_hand():
    thefts = incidents_at(
        [(50, 50), (60, 50), (250, 50), (950, 50)],
        on=["2024-01-03", "2024-01-30", "2024-03-05", "2024-03-06"],
        offence=["Theft", "Theft", "Arson", "Theft"],
    )

    counts = count_incidents(thefts, places=three_squares(), period="month", by="offence")

    assert counts.table.to_dict("list") == {
        "place": [0, 2],
        "period": [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-03-01")],
        "offence": ["Theft", "Arson"],
        "incidents": [2, 1],
    }
    assert counts.table["place"].dtype == np.int64
    assert counts.table["incidents"].dtype == np.int64
    assert (counts.total, counts.outside, counts.on_boundary) == (4, 1, 0)
    assert counts.per_place().tolist() == [2, 0, 1]
    assert counts.per_place(offence="Theft").tolist() == [2, 0, 0]
    assert counts.per_period().tolist() == [2, 0, 1]
    assert counts.periods is not None
    assert counts.periods.days.tolist() == [29, 29, 6]
    assert counts.select(offence="Theft").outside == 1
    assert counts.select(offence=["Arson"]).total == 1
    assert counts.collapse(by=()).table["incidents"].tolist() == [2, 1]
    assert counts.collapse(by=()).outside == 1


def test_without_places_periods_and_groups_there_is_one_number():
    counts = count_incidents(incidents_at([(0, 0), (5, 5)]))

    assert counts.table.to_dict("list") == {"incidents": [2]}
    assert counts.total == 2


def test_areas_are_counted_in_order_of_code_and_a_shared_edge_goes_to_the_first():
    thefts = incidents_at([(50, 50), (150, 50), (100, 50), (100, 60), (900, 0)])

    counts = count_incidents(thefts, places=two_wards())

    assert counts.table.to_dict("list") == {"place": ["A", "B"], "incidents": [3, 1]}
    assert (counts.total, counts.outside, counts.on_boundary) == (5, 1, 2)


def test_areas_in_another_projection_are_moved_to_the_incidents():
    moved = two_wards().to_crs("EPSG:32630")

    counts = count_incidents(incidents_at([(50, 50), (150, 50)]), places=moved)

    assert counts.places is not None
    assert counts.places.crs == BRITISH
    assert counts.per_place().tolist() == [1, 1]


def test_a_grid_in_another_projection_is_refused():
    grid = square_grid(origin=(0, 0), cell_m=100, columns=3, rows=1, crs="EPSG:32630")

    with pytest.raises(InvalidPlaces, match="projection of the incidents, EPSG:27700"):
        count_incidents(incidents_at([(0, 0)]), places=grid)


def test_cells_that_are_not_at_risk_are_outside():
    grid = SquareGrid(
        origin=(0, 0), cell_m=100, columns=2, rows=1, crs=BRITISH,
        at_risk=np.array([[False, True]]),
    )  # fmt: skip

    counts = count_incidents(incidents_at([(50, 50), (150, 50), (160, 50)]), places=grid)

    assert counts.table.to_dict("list") == {"place": [1], "incidents": [2]}
    assert counts.outside == 1


@pytest.mark.parametrize("period", ["day", "week"])
def test_months_cannot_be_counted_by_day_or_week(period):
    monthly = incidents_at([(0, 0), (1, 1)], on=["2024-01-01"] * 2, precision="month")

    with pytest.raises(CannotAnswer, match=f"Counting by {period} needs the day .* 2 of 2"):
        count_incidents(monthly, period=period)


@pytest.mark.parametrize("period", ["month", "quarter", "year"])
def test_months_are_counted_by_month_quarter_and_year(period):
    monthly = incidents_at([(0, 0), (1, 1)], on=["2024-01-01"] * 2, precision="month")

    assert count_incidents(monthly, period=period).per_period().tolist() == [2]


def test_an_incident_outside_the_declared_days_is_not_lost():
    thefts = incidents_at([(0, 0)] * 2, on=["2023-11-30", "2024-03-31"])
    declared = replace(thefts.manifest, first_day="2024-01-10", last_day="2024-02-20")

    counts = count_incidents(replace(thefts, manifest=declared), period="month")

    assert counts.per_period().tolist() == [1, 0, 0, 0, 1]


def test_a_missing_month_is_not_a_month_without_crime():
    thefts = incidents_at([(0, 0)] * 2, on=["2024-01-01", "2024-03-31"], missing=["2024-02"])

    counts = count_incidents(thefts, period="month")

    assert counts.per_period().tolist() == [1, 0, 1]
    assert counts.periods is not None
    assert counts.periods.days.tolist() == [31, 0, 31]


def test_missing_values_make_a_group_of_their_own():
    thefts = incidents_at([(0, 0)] * 3, area=["E02", None, "E01"])

    counts = count_incidents(thefts, by=["area", "iccs"])

    assert counts.table["area"].tolist()[:2] == ["E01", "E02"]
    assert counts.table["area"].isna().tolist() == [False, False, True]
    assert counts.total == 3


def test_anti_social_behaviour_is_left_out_of_crimes():
    rows = incidents_at(
        [(0, 0)] * 3, offence=["Theft", "Nuisance", "Nuisance"], not_crimes=["Nuisance"]
    )

    assert count_incidents(rows, by="offence").crimes().total == 1
    assert count_incidents(rows, by="offence").crimes().offences == (("Theft", True),)
    with pytest.raises(CannotAnswer, match="“Nuisance” when incidents are counted with"):
        count_incidents(rows).crimes()


@pytest.mark.parametrize(
    ("question", "error", "sentence"),
    [
        (lambda rows: count_incidents(rows, by="victim"), InvalidRecords, "but “victim” was asked"),
        (lambda rows: count_incidents(rows, period="hour"), InvalidRecords, "one of day, week"),
        (lambda rows: count_incidents(rows).per_place(), CannotAnswer, "was given places"),
        (lambda rows: count_incidents(rows).per_period(), CannotAnswer, "was given a period"),
        (
            lambda rows: count_incidents(rows).select(offence="Theft"),
            InvalidRecords,
            "counted by, nothing, but “offence”",
        ),
        (
            lambda rows: count_incidents(rows, by="offence").select(offence=["Theft", "Fraud"]),
            InvalidRecords,
            "no offence “Fraud”; there is: Theft",
        ),
        (
            lambda rows: count_incidents(rows, by="offence").collapse(by="iccs"),
            InvalidRecords,
            "groups they have, offence, but “iccs”",
        ),
        (lambda rows: count_incidents(rows, by=["iccs", "iccs"]), ValueError, "named once"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(question, error, sentence):
    with pytest.raises(error, match=sentence):
        question(incidents_at([(0, 0)]))


def test_a_known_offence_without_incidents_counts_zero():
    thefts = incidents_at([(0, 0), (1, 1)], offence=["Theft", "Arson"])
    robbed = thefts.filter(offences="Arson")

    counts = count_incidents(robbed, places=three_squares(), by="offence")

    assert counts.offences == (("Arson", True),)
    assert counts.per_place(offence="Arson").tolist() == [2 - 1, 0, 0]


@st.composite
def some_incidents(draw):
    size = draw(st.integers(1, 40))
    point = st.tuples(st.integers(-2, 14), st.integers(-2, 14))
    return (
        [(50.0 * x, 50.0 * y) for x, y in draw(st.lists(point, min_size=size, max_size=size))],
        draw(st.lists(st.sampled_from(DAYS), min_size=size, max_size=size)),
        draw(st.lists(st.sampled_from(["Theft", "Arson"]), min_size=size, max_size=size)),
    )


DAYS = [f"2024-{month:02}-{day:02}" for month in (1, 2, 5) for day in (1, 15, 28)]


@settings(deadline=None, max_examples=25)
@given(some_incidents(), st.sampled_from(["square", "hexagon", "ward"]))
def test_nothing_is_lost_and_pandas_counts_the_same(made, kind):
    points, days, offences = made
    incidents = incidents_at(points, on=days, offence=offences)
    numbers: dict[str, Any] = {
        "origin": (0, 0),
        "cell_m": 100,
        "columns": 5,
        "rows": 4,
        "crs": BRITISH,
    }
    places = {"square": lambda: square_grid(**numbers), "hexagon": lambda: hex_grid(**numbers),
              "ward": two_wards}[kind]()  # fmt: skip

    counts = count_incidents(incidents, places=places, period="month", by="offence")

    position = places.locate(*np.array(points).T).position
    expected = (
        pd.DataFrame(
            {
                "place": places.codes[position],
                "period": pd.to_datetime(days).to_period("M").to_timestamp(),
                "offence": offences,
            }
        )[position >= 0]
        .value_counts(sort=False)
        .sort_index()
    )
    table = counts.table
    assert counts.total == len(points)
    assert counts.outside == (position < 0).sum()
    assert table["incidents"].tolist() == expected.tolist()
    assert list(table[["place", "period", "offence"]].itertuples(index=False, name=None)) == list(
        expected.index
    )
    assert counts.per_place().sum() == counts.per_period().sum() == (position >= 0).sum()
    by_offence = [counts.per_place(offence=each) for each in sorted(set(offences))]
    assert np.sum(by_offence, axis=0).tolist() == counts.per_place().tolist()


def test_counts_from_a_frame_are_checked():
    grid = three_squares()
    months = periods_between("2024-01-01", "2024-02-29", unit="month")
    right = pd.DataFrame(
        {"place": [2, 0, 2], "period": pd.to_datetime(["2024-02-01"] * 3), "incidents": [1, 2, 3]}
    )

    counts = Counts.from_frame(right, places=grid, periods=months)

    assert counts.table["incidents"].tolist() == [2, 4]
    assert counts.per_place().tolist() == [2, 0, 4]
    assert counts.per_period().tolist() == [0, 6]
    for wrong, sentence in [
        (right.drop(columns="period"), "there is no “period”; there is: place, incidents"),
        (right.assign(place=[0, 1, 7]), "1 rows have one that is not; the first is “7”"),
        (right.assign(period=pd.Timestamp("2024-05-01")), "Every period of the counts"),
        (right.assign(incidents=[1, -1, 2]), "whole numbers from 0, but 1 of 3"),
        (right.assign(incidents=[1, 1.5, np.nan]), "whole numbers from 0, but 2 of 3"),
    ]:
        with pytest.raises(InvalidRecords, match=sentence):
            Counts.from_frame(wrong, places=grid, periods=months)


def test_counts_in_a_notebook_show_their_table_and_not_all_their_places():
    grid = square_grid(origin=(0, 0), cell_m=100, columns=3, rows=1, crs="EPSG:27700")
    shown = repr(Counts.from_frame(pd.DataFrame({"place": [2, 2, 0]}), places=grid))
    assert shown.startswith("Counts(table=")
    assert "SquareGrid" not in shown
    assert "manifest" not in shown


@pytest.mark.parametrize("written", ["2024-02-01", "2024-02", pd.Timestamp("2024-02-01")])
def test_a_period_is_selected_by_its_start_however_written(written):
    rows = pd.DataFrame(
        {"period": pd.to_datetime(["2024-01-01", "2024-02-01"]), "incidents": [3, 4]}
    )
    counts = Counts.from_frame(
        rows, periods=periods_between("2024-01-01", "2024-02-29", unit="month")
    )
    assert counts.select(period=written).total == 4
    with pytest.raises(
        InvalidRecords, match="no period “spring”; there is: 2024-01-01, 2024-02-01"
    ):
        counts.select(period="spring")


@pytest.mark.parametrize("place", [1.5, np.nan, np.inf])
def test_a_number_that_is_no_code_is_in_no_square(place):
    grid = square_grid(origin=(0, 0), cell_m=100, columns=3, rows=1, crs="EPSG:27700")

    with pytest.raises(InvalidRecords, match="must be at risk"):
        Counts.from_frame(pd.DataFrame({"place": [0.0, place]}), places=grid)
