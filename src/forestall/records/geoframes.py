"""This file knows how counts and incidents come from a GeoDataFrame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from forestall.errors import InvalidRecords
from forestall.languages import message
from forestall.records.areas import areas_from_frame
from forestall.records.counts import Counts
from forestall.records.frames import incidents_from_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    from forestall.records.incidents import Incidents


def counts_from_geodataframe(
    frame: gpd.GeoDataFrame,
    *,
    incidents: str,
    code: str | None = None,
    name: str | None = None,
    population: str | Mapping[str, str] | None = None,
    crs: str | None = None,
) -> Counts:
    """Make counts, and the areas they belong to, from polygons with a column of counts.

    Parameters
    ----------
    frame
        One row for each area at risk, those without incidents too. The incidents of a row without
        an outline are kept apart (`Counts.outside`).
    incidents
        Column with the number of incidents of each area.
    code, name, population, crs
        As in `areas_from_file`.

    Raises
    ------
    InvalidRecords
        If there is no such column, or a number is no count.
    InvalidAreas
        As for `areas_from_file`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> wards = gpd.GeoDataFrame({"ward": ["W1", "W2"], "thefts": [3, 0]},
    ...     geometry=shapely.box([0, 100], 0, [100, 200], 100), crs="EPSG:27700")
    >>> counts = counts_from_geodataframe(wards, incidents="thefts", code="ward")
    >>> counts.places.codes.tolist(), counts.per_place().tolist()
    (['W1', 'W2'], [3, 0])
    """
    _check_geodataframe(frame, "Counts are")
    numbers = _counts_in(frame, incidents)
    labels = {population: population} if isinstance(population, str) else dict(population or {})
    # The column goes along as a population does, so that it keeps to the order of the areas.
    areas = areas_from_frame(
        frame, code=code, name=name, population={**labels, _INCIDENTS: incidents}, crs=crs
    )
    assert areas.population is not None
    per_area = areas.population[_INCIDENTS].to_numpy(dtype=np.int64)
    rest = areas.population.drop(columns=_INCIDENTS)
    areas = replace(areas, population=rest if labels else None)
    rows = pd.DataFrame({"place": areas.codes, "incidents": per_area})
    counts = Counts.from_frame(rows[per_area > 0], places=areas)
    outside = int(numbers.sum() - per_area.sum())
    return replace(counts, apart=pd.DataFrame({"outside": [outside], "on_boundary": [0]}))


def incidents_from_geodataframe(
    frame: gpd.GeoDataFrame,
    *,
    starts_at: str,
    ends_at: str | None,
    offence: str | None,
    location: str,
) -> Incidents:
    """Make incidents from points; `Incidents.from_geodataframe` explains the parameters."""
    _check_geodataframe(frame, "Incidents are")
    if frame.crs is None:
        raise InvalidRecords(
            message(
                "Points need a coordinate reference system, but the GeoDataFrame has "
                "none; say what they are with .set_crs(...)."
            )
        )
    points = np.asarray(frame.geometry.to_numpy(), dtype=object)
    wrong = np.flatnonzero((shapely.get_type_id(points) != 0) | shapely.is_empty(points))
    if wrong.size:
        raise InvalidRecords(
            f"Every incident needs a point, but {wrong.size} of {len(frame)} rows have none; "
            f"the first is row {wrong[0]}."
        )
    authority = frame.crs.to_authority()
    columns = [column for column in (starts_at, ends_at, offence) if column in frame.columns]
    table = pd.DataFrame(frame[columns]).assign(
        **{_X: shapely.get_x(points), _Y: shapely.get_y(points)}
    )
    return incidents_from_frame(
        table,
        x=_X,
        y=_Y,
        crs=":".join(authority) if authority else frame.crs.to_wkt(),
        starts_at=starts_at,
        ends_at=ends_at,
        offence=offence,
        location=location,
    )


_INCIDENTS = "incidents of the area"
_X, _Y = "x of the point", "y of the point"


def _check_geodataframe(frame: Any, what: str) -> None:
    import geopandas as gpd

    if not isinstance(frame, gpd.GeoDataFrame):
        raise InvalidRecords(
            f"{what} made from a geopandas GeoDataFrame here, but got {type(frame).__name__}."
        )


def _counts_in(frame: gpd.GeoDataFrame, column: str) -> NDArray[np.float64]:
    if column not in frame.columns:
        there = ", ".join(str(one) for one in frame.columns)
        raise InvalidRecords(f"The GeoDataFrame has no column “{column}”; it has: {there}.")
    numbers = pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    wrong = np.flatnonzero(~((numbers >= 0) & (numbers == np.floor(numbers))))
    if wrong.size:
        raise InvalidRecords(
            f"Incidents are whole numbers from 0, but {wrong.size} of {len(frame)} rows of "
            f"“{column}” have another value; the first is row {wrong[0]}."
        )
    return np.asarray(numbers)
