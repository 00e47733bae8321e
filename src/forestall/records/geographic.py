"""This file knows how points in GeoJSON, GeoPackage and GeoParquet become plain columns."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from forestall.errors import InvalidFile
from forestall.languages import message
from forestall.records.readers.mapped import GEOMETRY_X, GEOMETRY_Y
from forestall.records.readers.recipe import WGS84

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from forestall.records.inputs import TableFile

_BATCH = 65_536


def flatten_geometry(table: TableFile, *, working: Path) -> tuple[TableFile, str] | None:
    """Write the attributes and the points of a geographic file as a plain Parquet file.

    Returns
    -------
    table, crs
        The plain table with ``geometry_x`` and ``geometry_y``, and the CRS of these. None for a
        Parquet file without geometry.

    Raises
    ------
    InvalidFile
        If the file cannot be read, or has geometries that are no points.
    """
    into = working / f"flat-{len(list(working.iterdir()))}.parquet"
    if table.kind == "parquet":
        described = _geoparquet(table)
        if described is None:
            return None
        column, crs = described
        batches: Iterator[pa.RecordBatch] = pq.ParquetFile(table.path).iter_batches(_BATCH)
        _write(batches, column, table, into)
    else:
        crs = _write_by_gdal(table, into)
    return replace(table, path=into, kind="parquet"), crs


def _geoparquet(table: TableFile) -> tuple[str, str] | None:
    try:
        stored = pq.read_schema(table.path).metadata or {}
    except (pa.ArrowException, OSError):
        raise InvalidFile(
            message("“{name}” cannot be read as Parquet; get it again.", name=table.name)
        ) from None
    if b"geo" not in stored:
        return None
    geo = json.loads(stored[b"geo"])
    column = str(geo["primary_column"])
    return column, _crs_name(geo["columns"][column].get("crs", WGS84))


def _write_by_gdal(table: TableFile, into: Path) -> str:
    import pyogrio
    import pyogrio.errors

    try:
        with pyogrio.open_arrow(table.path, batch_size=_BATCH, use_pyarrow=True) as opened:
            described, reader = opened
            column = described["geometry_name"] or "wkb_geometry"
            _write(iter(reader), column, table, into)
            return _crs_name(described["crs"] or WGS84)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pa.ArrowException):
        raise InvalidFile(
            message("“{name}” cannot be read as a file with points.", name=table.name)
        ) from None


def _write(batches: Iterator[pa.RecordBatch], column: str, table: TableFile, into: Path) -> None:
    writer = None
    for batch in batches:
        flat = _flatten(batch, column, table)
        writer = writer or pq.ParquetWriter(into, flat.schema)
        writer.write_table(flat)
    if writer is None:
        raise InvalidFile(message("“{name}” holds no features.", name=table.name))
    writer.close()


def _flatten(batch: pa.RecordBatch, column: str, table: TableFile) -> pa.Table:
    import shapely

    try:
        shapes = shapely.from_wkb(np.asarray(batch.column(column).to_pylist(), dtype=object))
    except shapely.errors.GEOSException:
        raise InvalidFile(
            message("“{name}” has a geometry that cannot be read.", name=table.name)
        ) from None
    kinds = shapely.get_type_id(shapes)
    if np.any((kinds != shapely.GeometryType.POINT) & (kinds != shapely.GeometryType.MISSING)):
        raise InvalidFile(
            message("Incidents are points, but “{name}” has other geometries.", name=table.name)
        )
    flat = pa.Table.from_batches([batch]).drop_columns([column])
    for name, values in ((GEOMETRY_X, shapely.get_x(shapes)), (GEOMETRY_Y, shapely.get_y(shapes))):
        flat = flat.append_column(name, pa.array(values, pa.float64(), from_pandas=True))
    return flat


def _crs_name(given: Any) -> str:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        known = CRS.from_user_input(given)
    except CRSError:
        return WGS84
    authority = known.to_authority()
    if authority is None:
        return str(known.to_wkt())
    return WGS84 if authority[1] == "CRS84" else ":".join(authority)
