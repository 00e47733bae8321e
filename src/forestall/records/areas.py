"""This file knows areas: polygons with a code, a name and, where known, populations at risk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from forestall.errors import InvalidAreas
from forestall.languages import Message, message, plural_message
from forestall.records.area_columns import (
    find_columns,
    read_codes,
    read_populations,
    read_texts,
    sort_keys,
)
from forestall.records.area_files import read_area_file
from forestall.records.places import Located, Places, check_metric
from forestall.records.point_in_polygon import locate_points
from forestall.records.projection import choose_crs, read_crs

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    import geopandas as gpd
    import scipy.sparse as sp
    from numpy.typing import ArrayLike, NDArray

LOOSE_TOLERANCE_M = 30.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Areas(Places):
    """Polygons in the order of their codes; see `areas_from_file`.

    Attributes
    ----------
    codes, names
        Text, one for each area.
    geometry
        One polygon or multipolygon for each area, a GeoSeries in ``crs``.
    population
        One row per area (index: its code) and one column per population; None if not given.
        A missing number is not known, not zero.
    """

    codes: NDArray[Any]
    names: NDArray[Any]
    geometry: gpd.GeoSeries
    crs: str
    population: pd.DataFrame | None = None
    notes: tuple[Message, ...] = ()

    @property
    def label(self) -> Message:
        """Say what the places are."""
        return message("areas")

    @cached_property
    def centres(self) -> NDArray[np.float64]:
        """A point inside each area, shape (areas, 2), in metres."""
        inside: NDArray[np.float64] = shapely.get_coordinates(
            shapely.point_on_surface(self._polygons)
        )
        return inside

    @property
    def area_km2(self) -> NDArray[np.float64]:
        """The area of each polygon in square kilometres."""
        square_metres: NDArray[np.float64] = shapely.area(self._polygons)
        return square_metres / 1e6

    @cached_property
    def fit_together(self) -> bool:
        """Whether neighbours share their boundary exactly, without overlaps."""
        return bool(shapely.coverage_is_valid(self._polygons))

    def locate(self, x: ArrayLike, y: ArrayLike) -> Located:
        """Find the first area, in order of code, that covers each point."""
        position, on_boundary = locate_points(
            self._polygons, np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        )
        return Located(position=position, on_boundary=on_boundary)

    def positions(self, codes: ArrayLike) -> NDArray[np.int64]:
        """Return the index of each code in ``codes``, -1 for an unknown one."""
        found = pd.Index(self.codes).get_indexer(pd.Index(np.asarray(codes, dtype=object)))
        return np.asarray(found, dtype=np.int64)

    def neighbours(self, *, tolerance_m: float | None = None) -> sp.csr_array:
        """Return which areas touch or lie closer than a tolerance; see `Places.neighbours`.

        Parameters
        ----------
        tolerance_m
            Areas at most this far apart are neighbours. By default 0 when all boundaries fit
            together exactly, else 30 m, because boundaries that were simplified one by one
            leave gaps where areas really touch.

        Raises
        ------
        ValueError
            If the tolerance is negative.
        """
        import scipy.sparse as sp

        if tolerance_m is None:
            tolerance_m = 0.0 if self.fit_together else LOOSE_TOLERANCE_M
        if tolerance_m < 0:
            raise ValueError(f"A tolerance is 0 m or more, not {tolerance_m}.")
        tree = shapely.STRtree(self._polygons)
        first, second = (
            tree.query(self._polygons, predicate="dwithin", distance=tolerance_m)
            if tolerance_m
            else tree.query(self._polygons, predicate="intersects")
        )
        apart = first != second
        ones, pairs = np.ones(int(apart.sum())), (first[apart], second[apart])
        matrix = sp.coo_array((ones, pairs), shape=(self.size, self.size)).tocsr()
        matrix.sort_indices()
        return matrix

    def to_crs(self, crs: str) -> Areas:
        """Move the areas to another projection in metres."""
        check_metric(crs)
        return replace(self, geometry=self.geometry.to_crs(crs), crs=crs)

    def to_geodataframe(self) -> gpd.GeoDataFrame:
        """Return one polygon per area with its ``place`` code, ``name`` and populations."""
        import geopandas as gpd

        columns: dict[str, Any] = {"place": self.codes, "name": self.names}
        if self.population is not None:
            columns |= {str(label): column.to_numpy() for label, column in self.population.items()}
        return gpd.GeoDataFrame(columns, geometry=self._polygons, crs=self.crs)

    @property
    def _polygons(self) -> NDArray[Any]:
        return np.asarray(self.geometry.to_numpy(), dtype=object)


def areas_from_file(
    path: str | os.PathLike[str],
    *,
    code: str | None = None,
    name: str | None = None,
    population: str | Mapping[str, str] | None = None,
    layer: str | None = None,
    crs: str | None = None,
) -> Areas:
    """Read areas from a GeoPackage, GeoJSON, GeoParquet or shapefile.

    Areas are put in the order of their codes and, unless they are in metres already, moved to
    the projection that `choose_crs` takes for them. Invalid outlines are repaired; what was
    chosen or repaired is in ``notes``.

    Parameters
    ----------
    path
        The file; a shapefile by its ``.shp``, or zipped.
    code, name
        Columns with a code that each area has for itself and with its name. Guessed from the
        names of the columns when not given; without a name the code is used.
    population
        A column with the number of people (or households) at risk, or several, each with the
        label under which it shall be known.
    layer
        The layer of a file that has several.
    crs
        The coordinate reference system of a file that does not name one.

    Raises
    ------
    InvalidAreas
        If the file cannot be read, has no such column, layer or projection, its codes are
        missing or not unique, a population is no number, or a shape is no polygon.

    Examples
    --------
    >>> areas = areas_from_file("examples/camden_burglary/camden_lsoa21.parquet", code="lsoa21cd")
    >>> areas.size, areas.codes[0]
    (130, 'E01000842')
    """
    return areas_from_frame(
        read_area_file(path, layer=layer), code=code, name=name, population=population, crs=crs
    )


def areas_from_frame(
    frame: gpd.GeoDataFrame,
    *,
    code: str | None = None,
    name: str | None = None,
    population: str | Mapping[str, str] | None = None,
    crs: str | None = None,
) -> Areas:
    """Make areas from a GeoDataFrame; parameters and errors as in `areas_from_file`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> wards = gpd.GeoDataFrame({"ward_code": ["E02", "E01"], "people": [900, 1200]},
    ...     geometry=shapely.box([100, 0], 0, [200, 100], 100), crs="EPSG:27700")
    >>> areas = areas_from_frame(wards, population="people")
    >>> areas.codes.tolist(), areas.population["people"].tolist()
    (['E01', 'E02'], [1200.0, 900.0])
    >>> str(areas.notes[0])
    'The column “ward_code” was taken as the code of each area.'
    """
    frame, shape_notes = _polygons_only(_with_crs(frame, crs))
    code_column, name_column, column_notes = find_columns(frame, code, name)
    codes = read_codes(frame, code_column)
    order = np.argsort(sort_keys(codes), kind="stable")
    frame, codes = frame.iloc[order].reset_index(drop=True), codes[order]
    people = None if population is None else read_populations(frame, population, codes)
    frame, crs_notes = _in_metres(frame)
    areas = Areas(
        codes=codes,
        names=codes if name_column is None else read_texts(frame[name_column], codes),
        geometry=frame.geometry,
        crs=_crs_code(frame.crs),
        population=people,
        notes=(*column_notes, *shape_notes, *crs_notes),
    )
    return areas if areas.fit_together else replace(areas, notes=(*areas.notes, _LOOSE))


_LOOSE = message(
    "The boundaries of neighbouring areas do not fit together exactly; areas at most "
    "{metres} m apart are taken as neighbours.",
    metres=int(LOOSE_TOLERANCE_M),
)


def _with_crs(frame: gpd.GeoDataFrame, crs: str | None) -> gpd.GeoDataFrame:
    if frame.crs is None and crs is None:
        raise InvalidAreas(
            message(
                "Areas need a coordinate reference system, but the file names none; "
                "give one, such as crs='EPSG:4326'."
            )
        )
    if frame.crs is None:
        return frame.set_crs(read_crs(str(crs)))
    if crs is not None and read_crs(crs) != frame.crs:
        raise InvalidAreas(
            message(
                "The areas are in {said} as the file says, but {crs} was given; "
                "leave it out, or correct the file.",
                said=_crs_code(frame.crs),
                crs=crs,
            )
        )
    return frame


def _polygons_only(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Message]]:
    shapes = np.asarray(frame.geometry.to_numpy(), dtype=object)
    shaped = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    kinds = shapely.get_type_id(shapes)
    wrong = np.flatnonzero(shaped & ~np.isin(kinds, (3, 6)))
    if wrong.size:
        raise InvalidAreas(
            message(
                "Areas are polygons, but {found} of {total} shapes are not; the first "
                "is a {shape} in row {row}.",
                found=wrong.size,
                total=len(shapes),
                shape=shapes[wrong[0]].geom_type,
                row=wrong[0],
            )
        )
    broken = shaped & ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    shaped &= ~shapely.is_empty(shapes)
    if not shaped.any():
        raise InvalidAreas(
            message(
                "At least one polygon is needed, but none of {count} rows has any.",
                count=len(shapes),
            )
        )
    notes = _notes(repaired=int(broken.sum()), left_out=int((~shaped).sum()))
    return frame.set_geometry(shapes, crs=frame.crs)[shaped].reset_index(drop=True), notes


def _notes(*, repaired: int, left_out: int) -> list[Message]:
    notes: list[Message] = []
    if repaired:
        notes.append(
            plural_message(
                "The outline of {count} area was invalid and has been repaired.",
                "The outlines of {count} areas were invalid and have been repaired.",
                repaired,
            )
        )
    if left_out:
        notes.append(
            plural_message(
                "{count} area has no outline and is left out.",
                "{count} areas have no outline and are left out.",
                left_out,
            )
        )
    return notes


def _in_metres(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Message]]:
    system = frame.crs
    if system.is_projected and system.axis_info[0].unit_name == "metre":
        return frame, []
    inside = shapely.get_coordinates(shapely.point_on_surface(frame.geometry.to_crs(4326)))
    choice = choose_crs(inside[:, 0], inside[:, 1])
    note = message("The areas were moved to {name}, in metres.", name=choice.name)
    return frame.to_crs(choice.crs), [note]


def _crs_code(system: Any) -> str:
    authority = system.to_authority()
    return ":".join(authority) if authority else str(system.to_wkt())
