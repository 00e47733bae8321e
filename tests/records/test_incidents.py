from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from forestall.errors import InvalidPlaces, InvalidRecords
from forestall.records import Incidents, import_incidents, open_incidents, square_grid
from tests.records.police_uk_rows import row, write


def frame(**columns):
    given = {
        "x": [449_000.0, 449_100.0, 450_000.0],
        "y": [520_000.0, 520_000.0, 520_000.0],
        "when": ["2019-01-01 10:00", "2019-01-31 23:59", "2019-02-01 00:00"],
        "kind": ["Burglary", "Robbery", "Burglary"],
    }
    return pd.DataFrame({**given, **columns})


def made(**columns):
    return Incidents.from_frame(
        frame(**columns), x="x", y="y", crs="EPSG:27700", starts_at="when", offence="kind"
    )


def test_days_are_included_at_both_ends():
    incidents = made()

    january = incidents.filter(since="2019-01-01", until="2019-01-31")

    assert january.count_rows() == 2
    assert [str(day) for day in january.coverage] == ["2019-01-01", "2019-01-31"]
    assert incidents.count_rows() == 3


def test_filters_follow_one_another():
    chosen = made().filter(offences="Burglary").filter(since="2019-02-01")

    assert chosen.count_rows() == 1
    assert chosen.offences == ("Burglary",)


def test_a_point_on_the_boundary_is_within():
    shape = box(449_000, 519_000, 449_100, 521_000)

    assert made().filter(within=shape).count_rows() == 2


def test_a_shape_in_another_projection_is_moved():
    area = gpd.GeoDataFrame(geometry=[Point(449_000, 520_000).buffer(50)], crs="EPSG:27700")

    assert made().filter(within=area.to_crs("EPSG:4326")).count_rows() == 1


def test_a_shape_nowhere_near_the_incidents_is_refused_with_both_extents():
    with pytest.raises(InvalidPlaces) as told:
        made().filter(within=box(-2, 54, -1, 55))

    assert "x 449000 to 450000, y 520000 to 520000" in str(told.value)
    assert "x -2 to -1, y 54 to 55 of EPSG:27700" in str(told.value)


def test_a_shape_among_the_incidents_may_hold_none():
    assert made().filter(within=box(449_200, 519_000, 449_300, 521_000)).count_rows() == 0


def test_days_that_are_swapped_are_told_so():
    with pytest.raises(InvalidRecords, match=r"seem to be swapped"):
        made().filter(since="2019-02-01", until="2019-01-01")


@settings(max_examples=25, deadline=None)
@given(
    west=st.integers(448_999, 450_000),
    width=st.integers(1, 1_000),
)
def test_within_is_what_geometry_says(west, width):
    shape = box(west, 519_990, west + width, 520_010)
    points = frame()

    expected = sum(west <= x <= west + width for x in points["x"])

    assert made().filter(within=shape).count_rows() == expected


def test_months_cannot_be_cut(tmp_path):
    file = write(tmp_path / "a.csv", [row(1), row(2, month="2019-02")])
    import_incidents(file, store=tmp_path / "store")
    incidents = open_incidents(tmp_path / "store")

    assert incidents.filter(since="2019-02-01", until="2019-02-28").count_rows() == 1
    with pytest.raises(InvalidRecords, match=r"needs whole months"):
        incidents.filter(since="2019-01-15")


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"offences": "Arson"}, "No incident has the offence “Arson”"),
        ({"since": "yesterday"}, "written like 2019-01-31"),
        ({"since": "2020-01-01"}, "no day in common"),
    ],
)
def test_a_filter_that_cannot_serve_says_why(wanted, sentence):
    with pytest.raises(InvalidRecords, match=sentence):
        made().filter(**wanted)


def test_a_shape_without_projection_is_refused():
    with pytest.raises(InvalidPlaces, match=r"with a CRS"):
        made().filter(within=gpd.GeoDataFrame(geometry=[Point(0, 0).buffer(1)]))


def test_degrees_are_projected_to_metres():
    degrees = pd.DataFrame({"lon": [-1.2], "lat": [54.5], "when": ["2019-01-01"]})

    incidents = Incidents.from_frame(degrees, x="lon", y="lat", crs="EPSG:4326", starts_at="when")

    assert incidents.crs == "EPSG:27700"
    kept = incidents.to_pandas().iloc[0]
    assert 400_000 < kept["x"] < 500_000
    assert (kept["time_precision"], kept["offence"]) == ("day", "not stated")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"x": [449_000.0, None, 450_000.0]}, "1 of 3 have no number in “x”; the first is row 1"),
        ({"when": ["2019-01-01", "soon", None]}, "2 of 3 in “when” have none"),
        ({"x": [1e30, 449_000.0, 449_000.0]}, "the first is row 0"),
    ],
)
def test_a_frame_that_cannot_serve_says_where(columns, sentence):
    with pytest.raises(InvalidRecords, match=sentence):
        made(**columns)


def test_times_with_a_zone_are_refused():
    zoned = pd.to_datetime(frame()["when"]).dt.tz_localize("UTC")

    with pytest.raises(InvalidRecords, match=r"without a zone"):
        made(when=zoned)


def test_a_missing_column_is_named():
    with pytest.raises(InvalidRecords, match=r"no column “kind”"):
        Incidents.from_frame(
            frame().drop(columns="kind"),
            x="x", y="y", crs="EPSG:27700", starts_at="when", offence="kind",
        )  # fmt: skip


def test_longitude_and_latitude_are_no_national_grid():
    degrees = frame(x=[-1.2, -1.3, -1.4], y=[54.5, 54.6, 54.7])

    with pytest.raises(InvalidRecords, match=r"all 3 points look like longitude and latitude"):
        Incidents.from_frame(degrees, x="x", y="y", crs="EPSG:27700", starts_at="when")


def test_points_outside_the_area_of_use_are_refused():
    with pytest.raises(InvalidRecords, match=r"none of 3 lies in the area of use of EPSG:26985"):
        Incidents.from_frame(frame(), x="x", y="y", crs="EPSG:26985", starts_at="when")


def test_texts_that_name_a_month_are_months_as_in_an_import():
    incidents = made(when=["2019-01", "2019-01", "2019-02"])
    rows = incidents.to_pandas()

    assert set(rows["time_precision"]) == {"month"}
    assert [f"{end:%Y-%m-%d}" for end in rows["ends_at"]] == [
        "2019-02-01",
        "2019-02-01",
        "2019-03-01",
    ]
    assert [str(day) for day in incidents.coverage] == ["2019-01-01", "2019-02-28"]


def test_what_is_no_frame_is_refused():
    given: Any = [1]

    with pytest.raises(InvalidRecords, match=r"pandas DataFrame, but got list"):
        Incidents.from_frame(given, x="x", y="y", crs="EPSG:27700", starts_at="when")


def test_columns_that_are_not_named_are_not_kept():
    rows = made(victim=["A. Person"] * 3).to_pandas()

    assert "victim" not in rows.columns
    assert not rows.astype("string").eq("A. Person").any(axis=None)


@pytest.mark.parametrize("width", ["500", None, True])
def test_the_width_of_a_cell_is_a_number(width):
    with pytest.raises(TypeError, match=r"a number of metres"):
        square_grid(made(), cell_m=width)
