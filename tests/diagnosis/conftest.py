"""Incidents, counts and grids for the tests of the diagnosis."""

from dataclasses import replace
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pytest

from forestall.records import (
    Counts,
    Incidents,
    areas_from_file,
    count_incidents,
    import_incidents,
    open_incidents,
    periods_between,
    square_grid,
)

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def cleveland(tmp_path_factory):
    """The bundled five months of the Cleveland force."""
    store = tmp_path_factory.mktemp("cleveland") / "store"
    import_incidents([EXAMPLES / "cleveland"], store=store)
    return open_incidents(store)


@pytest.fixture(scope="session")
def chicago(tmp_path_factory):
    """The bundled sample of Chicago, with exact times."""
    store = tmp_path_factory.mktemp("chicago") / "store"
    import_incidents([EXAMPLES / "chicago"], store=store)
    return open_incidents(store)


@pytest.fixture(scope="session")
def vehicle_thefts(tmp_path_factory):
    """The bundled vehicle thefts of New York, with a first and a last possible time."""
    store = tmp_path_factory.mktemp("nyc") / "store"
    import_incidents([EXAMPLES / "nyc_vehicle_theft"], store=store)
    return open_incidents(store)


@pytest.fixture(scope="session")
def cleveland_counts(cleveland):
    """Cleveland by 500 m squares, month and kind."""
    return count_incidents(
        cleveland, places=square_grid(cleveland, cell_m=500), period="month", by="offence"
    )


@pytest.fixture(scope="session")
def camden(tmp_path_factory):
    """The bundled 171 months of burglary in Camden."""
    store = tmp_path_factory.mktemp("camden") / "store"
    import_incidents([EXAMPLES / "camden_burglary"], store=store)
    return open_incidents(store)


@pytest.fixture(scope="session")
def camden_areas():
    """The small areas of Camden."""
    return areas_from_file(
        EXAMPLES / "camden_burglary" / "camden_lsoa21.parquet", code="lsoa21cd", name="lsoa21nm"
    )


@pytest.fixture(scope="session")
def camden_counts(camden, camden_areas):
    """Burglary in Camden by small area; the outlines do not fit together exactly."""
    return count_incidents(camden, places=camden_areas)


@pytest.fixture(scope="session")
def camden_years(camden, camden_areas):
    """Burglary in Camden by small area and year, and two years to compare."""
    return count_incidents(camden, places=camden_areas, period="year"), 2019, 2023


@pytest.fixture(scope="session")
def camden_months(camden, camden_areas):
    """Burglary in Camden by small area and month."""
    return count_incidents(camden, places=camden_areas, period="month")


@pytest.fixture(scope="session")
def chicago_months(chicago):
    """The sample of Chicago by 2 km squares and month."""
    return count_incidents(chicago, places=square_grid(chicago, cell_m=2000), period="month")


@pytest.fixture(scope="session")
def chicago_years(chicago):
    """The sample of Chicago by 1 km squares and year, and two years to compare."""
    grid = square_grid(chicago, cell_m=1000)
    return count_incidents(chicago, places=grid, period="year"), 2017, 2018


@pytest.fixture
def thefts_at():
    """Make incidents at points (metres) on days, or between two times, of one precision."""

    def make(points, on, until=None, *, precision=None, location="exact"):
        frame = pd.DataFrame(np.add(points, (450_000.0, 520_000.0)), columns=["x", "y"])
        frame = frame.assign(start=pd.to_datetime(on), end=pd.to_datetime(until))
        made = Incidents.from_frame(
            frame, x="x", y="y", crs="EPSG:27700", starts_at="start", ends_at="end"
        )
        table = made.table.mutate(location_precision=ibis.literal(location))
        if precision is not None:
            table = table.mutate(time_precision=ibis.literal(precision))
        return replace(made, table=table)

    return make


@pytest.fixture(scope="session")
def chicago_counts(chicago):
    """The sample of Chicago by community area."""
    file = EXAMPLES / "chicago" / "chicago_community_areas.geojson"
    areas = areas_from_file(file, code="community_area", name="name")
    return count_incidents(chicago, places=areas, by="offence").crimes()


@pytest.fixture
def months():
    """Make counts by month from a list, the first month being January 2015."""

    def make(per_month, **more):
        last = pd.Timestamp("2015-01-01") + pd.DateOffset(months=len(per_month), days=-1)
        periods = periods_between("2015-01-01", last.date(), unit="month", **more)
        rows = pd.DataFrame({"period": periods.starts, "incidents": np.asarray(per_month)})
        return Counts.from_frame(rows, periods=periods)

    return make


@pytest.fixture
def squares():
    """Make counts on a grid of squares from rows of numbers, the southern row first."""

    def make(rows):
        numbers = np.asarray(rows)
        grid = square_grid(
            origin=(0, 0),
            cell_m=100,
            columns=numbers.shape[1],
            rows=numbers.shape[0],
            crs="EPSG:27700",
        )
        frame = pd.DataFrame({"place": np.arange(numbers.size), "incidents": numbers.ravel()})
        return Counts.from_frame(frame, places=grid)

    return make
