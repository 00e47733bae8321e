"""Incidents from memory can say how true their points are, and methods hear it."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis import assess_near_repeats, estimate_density
from forestall.records import Incidents

DRAW = np.random.default_rng(3)
FRAME = pd.DataFrame(DRAW.integers(0, 20, (200, 2)) * 250 + [450_000, 520_000], columns=["x", "y"])
FRAME["at"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(DRAW.integers(0, 90, 200), unit="D")


def incidents(**settings):
    return Incidents.from_frame(FRAME, x="x", y="y", crs="EPSG:27700", starts_at="at", **settings)


def near_repeats(given):
    return assess_near_repeats(
        given, distance_breaks_m=[0, 100, 300, 500], day_breaks=[0, 7], permutations=9, seed=1
    )


@pytest.mark.parametrize(("location", "error"), [("exact", 0), ("block", 100), ("snapped", 250)])
def test_near_repeats_answer_no_band_within_the_error_that_was_said(location, error):
    found = near_repeats(incidents(location=location))
    assert found.location_error_m == error
    untold = found.table["reason"] != ""
    assert untold.tolist() == [error > 0, error > 0, error > 100, False]


def test_a_density_says_that_points_were_moved():
    said = [
        " ".join(map(str, estimate_density(given, bandwidth_m=500, cell_m=250).caveats))
        for given in (incidents(), incidents(location="snapped"))
    ]
    assert "shared places" not in said[0]
    assert "shared places" in said[1]


def test_a_geodataframe_says_it_too():
    points = gpd.GeoDataFrame(
        FRAME[["at"]], geometry=gpd.points_from_xy(FRAME.x, FRAME.y), crs="EPSG:27700"
    )
    made = Incidents.from_geodataframe(points, starts_at="at", location="block")
    assert made.manifest.location_precisions == {"block": 200}
    assert set(made.to_pandas()["location_precision"]) == {"block"}


def test_another_word_is_refused():
    with pytest.raises(ValueError, match="one of exact, block, snapped, area, not “rough”"):
        incidents(location="rough")
