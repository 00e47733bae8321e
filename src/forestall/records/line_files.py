"""This file knows how lines for orientation, streets and boundaries, are read from a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from forestall.errors import InvalidLines

if TYPE_CHECKING:
    import os

    import geopandas as gpd
    from numpy.typing import NDArray

Window = tuple[float, float, float, float]
_PARQUET = (".parquet", ".geoparquet")
# Names of the column that tells main roads from others, and its words from the widest road on.
_CLASS_COLUMNS = ("highway", "fclass", "road_class", "kind", "class", "type")
_MAIN_ROADS = (
    ("motorway", "highway", "freeway"),
    ("trunk", "major_road"),
    ("primary",),
    ("secondary", "medium_road"),
    ("tertiary",),
)
MINOR = len(_MAIN_ROADS)


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines in metres of a projection, and how main each is: 0 for the widest roads.

    Attributes
    ----------
    shapes
        Line strings.
    rank
        0 to 4 for main roads where the file tells them apart, else `MINOR`.
    """

    shapes: NDArray[Any]
    rank: NDArray[np.int64]


def read_lines(path: str | os.PathLike[str], *, crs: str, window: Window) -> Lines:
    """Read the lines of a GeoPackage, GeoJSON, GeoParquet or shapefile inside a window.

    Polygons count as their boundaries.

    Parameters
    ----------
    crs
        The projection of the result, in metres.
    window
        West, south, east and north in that projection; the rest is cut off.

    Raises
    ------
    InvalidLines
        If there is no such file, it says not where its coordinates lie, holds no lines, or none
        inside the window.

    Examples
    --------
    >>> read_lines("no-such-file.gpkg", crs="EPSG:27700", window=(0, 0, 1, 1))
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidLines: A file of lines is needed, but there is none at “no-such-file...
    """
    file = Path(path)
    if not file.exists():
        raise InvalidLines(f"A file of lines is needed, but there is none at “{file}”.")
    frame = _read(file, crs, window)
    if not len(frame):
        raise InvalidLines(f"Nothing in “{file.name}” lies near the incidents.")
    shapes = np.asarray(frame.geometry.values)
    shapes = np.where(shapely.get_dimensions(shapes) == 2, shapely.boundary(shapes), shapes)
    kept = shapely.get_dimensions(shapes) == 1
    if not kept.any():
        raise InvalidLines(
            f"Lines or polygons are needed, but “{file.name}” holds none; points are not drawn."
        )
    cut = shapely.clip_by_rect(shapes[kept], *window)
    parts, origin = shapely.get_parts(cut, return_index=True)
    lines = (shapely.get_dimensions(parts) == 1) & ~shapely.is_empty(parts)
    if not lines.any():
        raise InvalidLines(f"Nothing in “{file.name}” lies near the incidents.")
    return Lines(parts[lines], _ranks(frame)[kept][origin][lines])


def _read(file: Path, crs: str, window: Window) -> gpd.GeoDataFrame:
    frame = (
        _read_parquet(file) if file.suffix.lower() in _PARQUET else _read_vector(file, crs, window)
    )
    if frame.crs is None:
        raise InvalidLines(
            f"“{file.name}” does not say in which reference system its coordinates are."
        )
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
    return frame.to_crs(crs)


def _read_parquet(file: Path) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pyarrow as pa

    try:
        return gpd.read_parquet(file)
    except (ValueError, pa.ArrowInvalid, OSError):
        raise InvalidLines(
            f"“{file.name}” should be a GeoParquet file, but it cannot be read as one."
        ) from None


def _read_vector(file: Path, crs: str, window: Window) -> gpd.GeoDataFrame:
    """Read only what lies near the window, which spares most of a country's file."""
    import geopandas as gpd
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

    near = gpd.GeoSeries([shapely.box(*window)], crs=crs)
    try:
        names = pyogrio.list_layers(file)
        shaped = [str(name) for name, kind in names if kind is not None]
        layer = shaped[0] if shaped else None
        told = pyogrio.read_info(file, layer=layer)["crs"]
        box = tuple(near.to_crs(told).total_bounds) if told else None
        frame = gpd.read_file(file, layer=layer, bbox=box)
    except (DataSourceError, DataLayerError, FeatureError, GeometryError):
        raise InvalidLines(
            f"“{file.name}” should be a GeoPackage, GeoJSON, GeoParquet or shapefile, but it "
            f"cannot be read as one."
        ) from None
    if not isinstance(frame, gpd.GeoDataFrame):
        raise InvalidLines(f"Lines are needed, but “{file.name}” holds a table without shapes.")
    return frame


def _ranks(frame: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return how main each row is by the first column that tells main roads apart."""
    ranks = {word: rank for rank, words in enumerate(_MAIN_ROADS) for word in words}
    for column in _CLASS_COLUMNS:
        if column not in frame.columns:
            continue
        words = frame[column].astype("string").str.lower().str.removesuffix("_link")
        found = words.map(ranks)
        if found.notna().any():
            return np.asarray(found.fillna(MINOR), dtype=np.int64)
    return np.full(len(frame), MINOR, dtype=np.int64)
