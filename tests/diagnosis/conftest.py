"""Incidents, counts and grids for the tests of the diagnosis."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from forestall.records import (
    Counts,
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
def cleveland_counts(cleveland):
    """Cleveland by 500 m squares, month and kind."""
    return count_incidents(
        cleveland, places=square_grid(cleveland, cell_m=500), period="month", by="offence"
    )


@pytest.fixture(scope="session")
def camden_counts(tmp_path_factory):
    """Burglary in Camden by small area; the outlines do not fit together exactly."""
    folder = EXAMPLES / "camden_burglary"
    store = tmp_path_factory.mktemp("camden") / "store"
    import_incidents([folder], store=store)
    areas = areas_from_file(folder / "camden_lsoa21.parquet", code="lsoa21cd", name="lsoa21nm")
    return count_incidents(open_incidents(store), places=areas)


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
