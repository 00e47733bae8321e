"""What is neither incidents nor counts is refused in one sentence that says how to make them."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis import (
    assess_autocorrelation,
    assess_near_repeats,
    assess_pattern_change,
    choose_bandwidth,
    classify_hotspots,
    estimate_density,
    find_clusters_and_outliers,
    find_hotspots,
    find_near_repeat_pairs,
    measure_concentration,
    measure_concentration_over_time,
)
from forestall.errors import InvalidRecords
from forestall.records import Counts, Incidents, square_grid

FRAME = pd.DataFrame({"x": [450_000.0, 450_009], "y": 520_000.0, "at": "2024-01-03"})
POINTS = gpd.GeoDataFrame(FRAME, geometry=gpd.points_from_xy(FRAME.x, FRAME.y), crs=27700)
INCIDENTS = Incidents.from_frame(FRAME, x="x", y="y", crs="EPSG:27700", starts_at="at")
COUNTS = Counts.from_frame(
    pd.DataFrame({"place": [0, 1, 1]}),
    places=square_grid(origin=(0, 0), cell_m=100, columns=3, rows=3, crs="EPSG:27700"),
)


@pytest.mark.parametrize("given", [POINTS, FRAME, np.arange(9), INCIDENTS], ids=type)
@pytest.mark.parametrize(
    "method",
    [
        assess_autocorrelation,
        classify_hotspots,
        find_clusters_and_outliers,
        find_hotspots,
        measure_concentration,
        measure_concentration_over_time,
        lambda given: assess_pattern_change(COUNTS, given),
        lambda given: assess_pattern_change(given, COUNTS),
    ],
)
def test_methods_on_counts_say_how_counts_are_made(method, given):
    wanted = rf"works on counts, but got {type(given).__name__}; .*count_incidents"
    with pytest.raises(InvalidRecords, match=wanted):
        method(given)


@pytest.mark.parametrize("given", [POINTS, FRAME, np.zeros((2, 2))], ids=type)
@pytest.mark.parametrize(
    "method",
    [
        lambda given: choose_bandwidth(given, rule="scott"),
        lambda given: estimate_density(given, bandwidth_m=100, cell_m=50),
    ],
)
def test_densities_say_how_incidents_are_made(method, given):
    wanted = rf"incidents or counts, but got {type(given).__name__}; .*Incidents.from_frame"
    with pytest.raises(InvalidRecords, match=wanted):
        method(given)


@pytest.mark.parametrize("given", [POINTS, FRAME, COUNTS], ids=type)
@pytest.mark.parametrize(
    "method",
    [
        lambda given: assess_near_repeats(
            given, distance_breaks_m=[0, 100], day_breaks=[0, 7], seed=1
        ),
        lambda given: find_near_repeat_pairs(given, distance_m=100, days=7),
    ],
)
def test_near_repeats_say_how_incidents_are_made(method, given):
    wanted = rf"a day and a point, but got {type(given).__name__}; .*Incidents.from_geodataframe"
    with pytest.raises(InvalidRecords, match=wanted):
        method(given)
