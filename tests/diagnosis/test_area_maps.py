"""Places that are no squares are drawn with their own outlines, not as squares around a middle."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from forestall.diagnosis import find_clusters_and_outliers, find_hotspots
from forestall.records import Counts, counts_from_geodataframe, hex_grid, square_grid

AMOUNTS = np.ones(144, dtype=int)
AMOUNTS[[65, 66, 77, 78]] = 30
WEST, SOUTH = np.tile(np.arange(12) * 100, 12), np.repeat(np.arange(12) * 300, 12)
AREAS = counts_from_geodataframe(
    gpd.GeoDataFrame(
        {"code": [f"A{number:03}" for number in range(144)], "thefts": AMOUNTS},
        geometry=shapely.box(WEST, SOUTH, WEST + 100, SOUTH + 300),
        crs="EPSG:27700",
    ),
    incidents="thefts",
    code="code",
)
ROWS = pd.DataFrame({"place": range(144), "incidents": AMOUNTS})


def on(grid):
    shape = {"origin": (0, 0), "cell_m": 500, "columns": 12, "rows": 12, "crs": "EPSG:27700"}
    return Counts.from_frame(ROWS, places=grid(**shape))


def marks(chart):
    return [layer["mark"]["type"] for layer in chart.to_dict()["layer"]]


@pytest.mark.parametrize("method", [find_hotspots, find_clusters_and_outliers])
@pytest.mark.parametrize("counts", [AREAS, on(hex_grid)], ids=["areas", "hexagons"])
def test_areas_and_hexagons_keep_their_outlines(method, counts):
    found = method(counts)
    chart = found.plot()
    assert marks(chart) == ["geoshape"]
    (features,) = chart.to_dict()["datasets"].values()
    drawn = {feature["properties"]["place"]: feature for feature in features}
    assert len(drawn) == 144
    grey = drawn[found.table["place"][0]]["properties"]["shown"]
    high = found.table.loc[found.table["state"].str.startswith("high"), "place"]
    assert len(high)
    assert all(drawn[place]["properties"]["shown"] != grey for place in high)
    first = np.array(features[0]["geometry"]["coordinates"][0])
    assert np.ptp(first[:, 1]) != np.ptp(first[:, 0])


@pytest.mark.parametrize("method", [find_hotspots, find_clusters_and_outliers])
def test_squares_stay_squares(method):
    assert "geoshape" not in marks(method(on(square_grid)).plot())
