from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import CannotAnswer, InvalidPlaces, InvalidRecords
from forestall.evaluation import Span, count_in_rings, draw_rings
from forestall.records import Counts, Incidents, areas_from_frame, periods_between

CRS = "EPSG:27700"
EAST, NORTH = 449_000, 520_000
JANUARY = Span(first=date(2024, 1, 1), last=date(2024, 1, 31))
FEBRUARY = Span(first=date(2024, 2, 1), last=date(2024, 2, 29))


def squares(*corners, side=200):
    shapes = [
        shapely.box(EAST + x, NORTH + y, EAST + x + side, NORTH + y + side) for x, y in corners
    ]
    frame = gpd.GeoDataFrame(
        {"code": [f"P{number}" for number in range(len(shapes))]}, geometry=shapes, crs=CRS
    )
    return areas_from_frame(frame, code="code")


def incidents_at(*points, on):
    return Incidents.from_frame(
        pd.DataFrame(
            {
                "x": [EAST + x for x, _ in points],
                "y": [NORTH + y for _, y in points],
                "at": pd.to_datetime(list(on)),
                "kind": ["Theft" if number % 2 else "Arson" for number in range(len(points))],
            }
        ),
        x="x",
        y="y",
        crs=CRS,
        starts_at="at",
        offence="kind",
    )


def of_ring(rings, place, column):
    return float(rings.table.set_index("place").loc[place, column])


def test_a_ring_has_the_area_of_its_width():
    rings = draw_rings(squares((0, 0)), widths_m=[100, 50])

    assert of_ring(rings, "treated", "area_km2") == pytest.approx(0.04)
    first = 4 * 200 * 100 + np.pi * 100**2
    assert of_ring(rings, "ring 1", "area_km2") * 1e6 == pytest.approx(first, rel=0.002)
    assert of_ring(rings, "ring 2", "inner_m") == 100
    assert of_ring(rings, "ring 2", "outer_m") == 150
    assert len(rings.notes) == 1


def test_what_several_places_reach_is_counted_once_and_said():
    alone = draw_rings(squares((0, 0)), widths_m=[100])
    near = draw_rings(squares((0, 0), (300, 0)), widths_m=[100])

    twice = 2 * of_ring(alone, "ring 1", "area_km2")
    ring = of_ring(near, "ring 1", "area_km2")
    assert ring < twice
    assert of_ring(near, "ring 1", "share_shared") == pytest.approx((twice - ring) / ring, rel=1e-6)
    assert any("counted once" in str(note) for note in near.notes)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5, unique=True),
    st.lists(st.integers(20, 200), min_size=1, max_size=3),
)
def test_no_two_areas_overlap_and_together_they_are_the_reach(corners, widths):
    treated = squares(*((220 * x, 220 * y) for x, y in corners))

    rings = draw_rings(treated, widths_m=widths)

    shapes = rings.areas.geometry.to_numpy()
    whole = shapely.union_all(shapes)
    reach = shapely.union_all(treated.geometry.to_numpy()).buffer(sum(widths), quad_segs=16)
    assert sum(shape.area for shape in shapes) == pytest.approx(whole.area)
    assert whole.area == pytest.approx(reach.area, rel=0.01)


def test_water_and_what_lies_over_the_border_are_cut_away_and_said():
    land = shapely.box(EAST - 5000, NORTH, EAST + 5000, NORTH + 5000)

    rings = draw_rings(squares((0, 0)), widths_m=[100], within=land)

    whole = 4 * 200 * 100 + np.pi * 100**2
    left = whole - 200 * 100 - np.pi * 100**2 / 2
    assert of_ring(rings, "ring 1", "share_within") == pytest.approx(left / whole, rel=0.002)
    assert any("beyond the border" in str(note) for note in rings.notes)


def test_ground_in_another_projection_is_moved():
    land = gpd.GeoDataFrame(
        geometry=[shapely.box(EAST - 500, NORTH, EAST + 500, NORTH + 500)], crs=CRS
    ).to_crs(4326)

    rings = draw_rings(squares((0, 0)), widths_m=[100], within=land)

    assert of_ring(rings, "ring 1", "share_within") == pytest.approx(0.68, abs=0.02)


def test_a_comparison_loses_what_lies_near_treated_places():
    rings = draw_rings(squares((0, 0)), widths_m=[100, 100], comparison=squares((350, 0)))

    assert of_ring(rings, "comparison", "share_taken") == pytest.approx(50 / 200, abs=0.01)
    assert of_ring(rings, "comparison ring 1", "share_taken") > 0.1
    assert any("near treated places" in str(note) for note in rings.notes)
    shapes = rings.areas.geometry.to_numpy()
    assert sum(shape.area for shape in shapes) == pytest.approx(shapely.union_all(shapes).area)


@pytest.mark.parametrize("width", [0, -5, np.nan])
def test_a_ring_has_a_width(width):
    with pytest.raises(InvalidPlaces, match="wider than 0 m"):
        draw_rings(squares((0, 0)), widths_m=[width])


def test_places_cannot_be_treated_and_compared():
    with pytest.raises(InvalidPlaces, match="these overlap"):
        draw_rings(squares((0, 0)), widths_m=[50], comparison=squares((100, 0)))


def test_a_ring_without_ground_is_refused():
    with pytest.raises(InvalidPlaces, match="nothing is left of “ring 1”"):
        draw_rings(
            squares((0, 0)),
            widths_m=[50],
            within=shapely.box(EAST, NORTH, EAST + 200, NORTH + 200),
        )


def test_ground_without_a_projection_is_refused():
    with pytest.raises(InvalidPlaces, match="with a CRS"):
        draw_rings(squares((0, 0)), widths_m=[50], within=gpd.GeoDataFrame(geometry=[]))


def test_incidents_are_counted_where_and_when_they_were():
    rings = draw_rings(squares((0, 0)), widths_m=[100], comparison=squares((1000, 0)))
    incidents = incidents_at(
        (50, 50), (60, 60), (250, 50), (1050, 50), (5000, 0), on=["2024-01-01"] + ["2024-02-29"] * 4
    )

    counts = count_in_rings(incidents, rings=rings, before=JANUARY, after=FEBRUARY)

    found = counts.set_index(["place", "when"])["incidents"]
    assert found["treated", "before"] == found["treated", "after"] == 1
    assert found["ring 1", "after"] == found["comparison", "after"] == 1
    assert len(counts) == 8
    assert counts["incidents"].sum() == 4


def test_incidents_are_counted_by_kind_and_by_time():
    rings = draw_rings(squares((0, 0)), widths_m=[100])
    incidents = incidents_at(
        (50, 50),
        (60, 60),
        (250, 50),
        on=["2024-01-01 13:00", "2024-01-31 23:30", "2024-02-29 01:00"],
    )

    def count_by(kind):
        return count_in_rings(incidents, rings=rings, before=JANUARY, after=FEBRUARY, by=kind)

    offences = count_by("offence")
    days = count_by("weekday")
    hours = count_by("time_of_day")

    assert offences["kind"].unique().tolist() == ["Arson", "Theft"]
    assert days["kind"].unique().tolist() == ["Monday", "Wednesday", "Thursday"]
    assert hours["kind"].unique().tolist() == ["00:00–05:59", "12:00–17:59", "18:00–23:59"]
    assert offences["incidents"].sum() == days["incidents"].sum() == hours["incidents"].sum() == 3


def test_times_known_by_day_only_have_no_time_of_day():
    rings = draw_rings(squares((0, 0)), widths_m=[100])
    incidents = incidents_at((50, 50), (60, 60), on=["2024-01-01", "2024-02-29"])

    counts = count_in_rings(
        incidents, rings=rings, before=JANUARY, after=FEBRUARY, by="time_of_day"
    )

    assert counts["kind"].unique().tolist() == ["not known"]


def monthly_counts(rings):
    rows = pd.DataFrame(
        {
            "place": ["treated", "treated", "ring 1"],
            "period": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-02-01"]),
            "offence": ["Theft", "Theft", "Arson"],
            "incidents": [5, 3, 2],
        }
    )
    months = periods_between("2024-01-01", "2024-03-31", unit="month")
    return Counts.from_frame(rows, places=rings.areas, periods=months, by="offence")


def test_counts_by_month_serve_as_well():
    rings = draw_rings(squares((0, 0)), widths_m=[100])

    counts = count_in_rings(monthly_counts(rings), rings=rings, before=JANUARY, after=FEBRUARY)

    assert counts["incidents"].tolist() == [5, 3, 0, 2]


def test_counts_by_month_cannot_be_cut_within_one():
    rings = draw_rings(squares((0, 0)), widths_m=[100])
    part = Span(first=date(2024, 2, 10), last=date(2024, 3, 31))

    with pytest.raises(CannotAnswer, match="at the start of one only"):
        count_in_rings(monthly_counts(rings), rings=rings, before=JANUARY, after=part)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"by": "weekday"}, InvalidRecords, "“weekday” is not"),
        ({"after": JANUARY}, CannotAnswer, "no day in common"),
        ({"after": Span(first=date(2024, 2, 1), last=date(2025, 2, 28))}, CannotAnswer, "cover"),
        ({"rings": draw_rings(squares((0, 0)), widths_m=[])}, CannotAnswer, "other places"),
    ],
)
def test_other_places_other_kinds_and_other_days_are_refused(change, error, words):
    rings = draw_rings(squares((0, 0)), widths_m=[100])
    settings_given: dict[str, Any] = {"rings": rings, "before": JANUARY, "after": FEBRUARY}

    with pytest.raises(error, match=words):
        count_in_rings(monthly_counts(rings), **(settings_given | change))


def test_counts_that_are_not_by_place_and_period_are_refused():
    rings = draw_rings(squares((0, 0)), widths_m=[100])
    counts = Counts.from_frame(pd.DataFrame({"incidents": [1]}))

    with pytest.raises(CannotAnswer, match="and by period"):
        count_in_rings(counts, rings=rings, before=JANUARY, after=FEBRUARY)


def test_incidents_are_not_counted_by_what_identifies_a_target():
    rings = draw_rings(squares((0, 0)), widths_m=[100])
    incidents = incidents_at((50, 50), (60, 60), on=["2024-01-01", "2024-02-29"])

    with pytest.raises(InvalidRecords, match="“target” was asked for"):
        count_in_rings(incidents, rings=rings, before=JANUARY, after=FEBRUARY, by="target")
