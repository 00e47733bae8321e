"""This file knows how a file of polygons is opened, whatever its format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidAreas
from forestall.languages import message

if TYPE_CHECKING:
    import os

    import geopandas as gpd

_PARQUET = (".parquet", ".geoparquet")


def read_area_file(path: str | os.PathLike[str], *, layer: str | None = None) -> gpd.GeoDataFrame:
    """Read all rows of a GeoPackage, GeoJSON, GeoParquet or shapefile as they are.

    Raises
    ------
    InvalidAreas
        If there is no such file or layer, or the file holds no shapes.

    Examples
    --------
    >>> read_area_file("no-such-file.gpkg")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidAreas: A file of areas is needed, but there is none at “no-such...
    """
    file = Path(path)
    if not file.exists():
        raise InvalidAreas(
            message("A file of areas is needed, but there is none at “{file}”.", file=str(file))
        )
    frame = _read_parquet(file) if file.suffix.lower() in _PARQUET else _read_vector(file, layer)
    if not len(frame):
        raise InvalidAreas(
            message("At least one area is needed, but “{name}” has none.", name=file.name)
        )
    return frame


def _read_parquet(file: Path) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pyarrow as pa

    try:
        return gpd.read_parquet(file)
    except (ValueError, pa.ArrowInvalid, OSError):
        raise InvalidAreas(
            message(
                "“{name}” should be a GeoParquet file with polygons, but it cannot be read as one.",
                name=file.name,
            )
        ) from None


def _read_vector(file: Path, layer: str | None) -> gpd.GeoDataFrame:
    import geopandas as gpd
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

    try:
        frame = gpd.read_file(file, layer=_layer(file, layer))
    except (DataSourceError, DataLayerError, FeatureError, GeometryError):
        raise InvalidAreas(
            message(
                "“{name}” should be a GeoPackage, GeoJSON, GeoParquet or shapefile, "
                "but it cannot be read as one.",
                name=file.name,
            )
        ) from None
    if not isinstance(frame, gpd.GeoDataFrame):
        raise InvalidAreas(
            message(
                "Areas are polygons, but “{name}” holds a table without shapes.", name=file.name
            )
        )
    return frame


def _layer(file: Path, wanted: str | None) -> str:
    """Return the layer that was asked for, or the only one with polygons."""
    import pyogrio

    kinds: dict[str, Any] = {str(name): kind for name, kind in pyogrio.list_layers(file)}
    if wanted is not None:
        if wanted not in kinds:
            raise InvalidAreas(
                message(
                    "“{name}” has the layers {known}, but “{wanted}” was asked for.",
                    name=file.name,
                    known=", ".join(kinds),
                    wanted=wanted,
                )
            )
        return wanted
    shaped = [name for name, kind in kinds.items() if kind and "Polygon" in str(kind)]
    if len(shaped) > 1:
        raise InvalidAreas(
            message(
                "“{name}” has several layers with polygons, {known}; name one with layer=.",
                name=file.name,
                known=", ".join(shaped),
            )
        )
    return shaped[0] if shaped else next(iter(kinds))
