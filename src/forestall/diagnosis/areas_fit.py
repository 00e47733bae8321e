"""This file knows whether areas are those of the place where the incidents lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import InvalidAreas
from forestall.records import Areas
from forestall.records.projection import project

if TYPE_CHECKING:
    from forestall.records import Counts, Incidents

LEAST_SHARE = 0.01
_WGS84 = "EPSG:4326"


def check_areas_fit(counts: Counts, incidents: Incidents) -> None:
    """Refuse areas in which hardly any incident lies, as when they are of another city.

    Raises
    ------
    InvalidAreas
        If less than 1 % of the incidents lie in the areas.
    """
    areas = counts.places
    if not isinstance(areas, Areas) or not counts.total:
        return
    within = counts.total - counts.outside
    if within >= LEAST_SHARE * counts.total:
        return
    lie = _degrees(incidents.manifest.extent, incidents.crs)
    west, south, east, north = areas.to_geodataframe().total_bounds
    raise InvalidAreas(
        f"At least 1 % of the incidents must lie in the areas, but {within:,} of "
        f"{counts.total:,} do: the incidents lie within {lie}, the areas within "
        f"{_degrees((west, south, east, north), areas.crs)}."
    )


def _degrees(extent: tuple[float, float, float, float], crs: str) -> str:
    """Return an extent in words: west, south, east and north in degrees."""
    west, south, east, north = extent
    longitude, latitude = project(
        [west, east, west, east], [south, north, north, south], crs_from=crs, crs_to=_WGS84
    )
    return (
        f"longitudes {np.min(longitude):.2f} to {np.max(longitude):.2f} and latitudes "
        f"{np.min(latitude):.2f} to {np.max(latitude):.2f}"
    )
