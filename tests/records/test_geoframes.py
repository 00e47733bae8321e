"""A GeoDataFrame becomes counts or incidents without further words."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import Point, box

from forestall.errors import InvalidRecords
from forestall.records import Areas, Counts, Incidents, counts_from_geodataframe

BRITISH = "EPSG:27700"


def wards(**columns):
    given = {"ward": ["W2", "W1", "W3"], "thefts": [5, 2, 0], "people": [70.0, 90.0, 10.0]}
    return gpd.GeoDataFrame(
        {**given, **columns}, geometry=box([100, 0, 200], 0, [200, 100, 300], 100), crs=BRITISH
    )


def test_counts_keep_to_the_codes_and_places_without_incidents_stay():
    counts = counts_from_geodataframe(wards(), incidents="thefts", code="ward", population="people")

    assert isinstance(counts.places, Areas)
    assert counts.places.population is not None
    assert counts.places.codes.tolist() == ["W1", "W2", "W3"]
    assert counts.per_place().tolist() == [2, 5, 0]
    assert counts.places.population["people"].tolist() == [90.0, 70.0, 10.0]
    assert (counts.total, counts.outside) == (7, 0)


def test_incidents_of_a_row_without_outline_are_kept_apart():
    frame = wards()
    frame.loc[0, "geometry"] = None

    counts = counts_from_geodataframe(frame, incidents="thefts", code="ward")

    assert counts.per_place().tolist() == [2, 0]
    assert (counts.total, counts.outside) == (7, 5)
    assert isinstance(counts.places, Areas)
    assert counts.places.population is None


def test_counts_from_frame_takes_a_geodataframe():
    areas = counts_from_geodataframe(wards(), incidents="thefts", code="ward").places
    frame = wards().rename(columns={"ward": "place", "thefts": "incidents"})

    assert Counts.from_frame(frame, places=areas).per_place().tolist() == [2, 5, 0]


@pytest.mark.parametrize("thefts", [[1, -1, 0], [1, 0.5, 0], [1, None, 0], ["x", "1", "2"]])
def test_what_is_no_count_is_refused(thefts):
    with pytest.raises(InvalidRecords, match="whole numbers from 0, but 1 of 3"):
        counts_from_geodataframe(wards(thefts=thefts), incidents="thefts")


def test_a_missing_column_and_another_table_are_refused():
    with pytest.raises(InvalidRecords, match="no column “burglaries”"):
        counts_from_geodataframe(wards(), incidents="burglaries")
    with pytest.raises(InvalidRecords, match="got DataFrame"):
        counts_from_geodataframe(pd.DataFrame({"thefts": [1]}), incidents="thefts")


def thefts(**more):
    given = {"day": ["2024-03-01", "2024-03-09"], "kind": ["Theft", "Arson"]}
    return gpd.GeoDataFrame(
        given,
        geometry=[Point(529_000, 183_000), Point(529_500, 183_200)],
        **{"crs": BRITISH, **more},
    )


def test_incidents_are_those_of_their_coordinates():
    frame = thefts()
    plain = pd.DataFrame({"day": frame["day"], "kind": frame["kind"], "x": frame.geometry.x})
    plain["y"] = frame.geometry.y

    points = Incidents.from_geodataframe(frame, starts_at="day", offence="kind")
    columns = Incidents.from_frame(
        plain, x="x", y="y", crs=BRITISH, starts_at="day", offence="kind"
    )

    pd.testing.assert_frame_equal(points.to_pandas(), columns.to_pandas())
    assert points.crs == BRITISH


def test_degrees_are_projected():
    incidents = Incidents.from_geodataframe(thefts().to_crs(4326), starts_at="day")

    found = incidents.to_pandas()
    assert np.abs(found["x"] - [529_000, 529_500]).max() < 0.1


def test_points_without_projection_or_point_or_column_are_refused():
    with pytest.raises(InvalidRecords, match="coordinate reference system"):
        Incidents.from_geodataframe(thefts(crs=None), starts_at="day")
    with pytest.raises(InvalidRecords, match="no column “date”"):
        Incidents.from_geodataframe(thefts(), starts_at="date")
    areas = thefts().set_geometry(thefts().buffer(5))
    with pytest.raises(InvalidRecords, match="needs a point, but 2 of 2"):
        Incidents.from_geodataframe(areas, starts_at="day")
    missing = thefts()
    missing.loc[1, "geometry"] = None
    with pytest.raises(InvalidRecords, match="the first is row 1"):
        Incidents.from_geodataframe(missing, starts_at="day")
