"""Areas of another city are refused before they fill a page with zeros."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from forestall.diagnosis import diagnose
from forestall.errors import InvalidAreas
from forestall.records import Incidents, areas_from_file


def areas_at(tmp_path, shapes):
    file = tmp_path / "areas.gpkg"
    codes = [f"E{n}" for n in range(len(shapes))]
    gpd.GeoDataFrame({"code": codes}, geometry=shapes, crs="EPSG:27700").to_file(file)
    return areas_from_file(file, code="code")


@pytest.fixture
def incidents():
    frame = pd.DataFrame({"x": 450_000.0 + np.arange(200), "y": 520_000.0, "on": "2024-01-15"})
    return Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="on")


def test_areas_elsewhere_are_refused_with_both_extents(tmp_path, incidents):
    areas = areas_at(tmp_path, [box(530_000, 180_000, 531_000, 181_000)])

    with pytest.raises(InvalidAreas) as told:
        diagnose(incidents, areas=areas, cell_m=500)

    assert "0 of 200 do" in str(told.value)
    assert "latitudes 51.50 to 51.51" in str(told.value)


def test_areas_elsewhere_are_refused_as_places_too(tmp_path, incidents):
    areas = areas_at(tmp_path, [box(530_000, 180_000, 531_000, 181_000)])

    with pytest.raises(InvalidAreas, match=r"At least 1 %"):
        diagnose(incidents, places=areas)


def test_areas_with_one_per_cent_of_the_incidents_serve(tmp_path, incidents):
    areas = areas_at(tmp_path, [box(450_000, 519_000, 450_001.5, 521_000)])

    assert diagnose(incidents, areas=areas, cell_m=500).by_area is not None
