"""This file knows that incidents are counted by one expression with one answer on all engines."""

from typing import Any

import pandas as pd
import pytest
import shapely

from forestall.query import fetch, memory_table
from forestall.records import areas_from_frame, hex_grid, square_grid
from forestall.records.counting import counting_expression
from tests.records.made_incidents import incidents_at

NUMBERS: dict[str, Any] = {
    "origin": (0, 0),
    "cell_m": 90,
    "columns": 60,
    "rows": 2,
    "crs": "EPSG:27700",
}


def no_places():
    return None


def squares():
    return square_grid(**NUMBERS)


def hexagons():
    return hex_grid(**NUMBERS)


def areas():
    import geopandas as gpd

    halves = shapely.box([0, 3_000], 0, [3_000, 9_000], 200)
    return areas_from_frame(
        gpd.GeoDataFrame({"code": ["A", "B"]}, geometry=halves, crs="EPSG:27700")
    )


@pytest.mark.parametrize("places", [no_places, squares, hexagons, areas])
@pytest.mark.parametrize("period", [None, "week", "month"])
def test_incidents_are_counted_the_same_on_another_engine(places, period, on_another_engine):
    rows = fetch(
        incidents_at(
            [(x * 37.0 - 50, x * 11.0 % 130) for x in range(200)],
            on=pd.date_range("2024-01-01", periods=200, freq="31h"),
            offence=["Theft", "Arson", "Fraud", "Theft"] * 50,
            area=["E01", None] * 100,
        ).table
    )

    ours, theirs = (
        fetch(counting_expression(table, places=places(), period=period, by=("offence", "area")))
        for table in (memory_table(rows), on_another_engine(rows))
    )

    keys = [(column, "ascending") for column in ours.column_names]
    assert ours.schema.names == theirs.schema.names
    assert ours.sort_by(keys).to_pydict() == theirs.sort_by(keys).to_pydict()
