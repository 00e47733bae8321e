"""This file knows how incidents in a DataFrame become incidents like those of a store."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.types import is_object_dtype, is_string_dtype

import forestall
from forestall import query
from forestall.errors import InvalidRecords
from forestall.languages import message
from forestall.records.incidents import COLUMNS, Incidents
from forestall.records.manifest import Manifest, OffenceClass
from forestall.records.points import is_geographic, is_in_metres
from forestall.records.projection import CrsChoice, area_of_use, choose_crs, project, read_crs
from forestall.records.readers.recipe import LOCATION_PRECISIONS, UNSTATED, WGS84
from forestall.records.summaries import missing_months

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KINDS = {
    "starts_at": pa.timestamp("us"),
    "ends_at": pa.timestamp("us"),
    "x": pa.float64(),
    "y": pa.float64(),
    "longitude": pa.float64(),
    "latitude": pa.float64(),
}


def incidents_from_frame(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    crs: str,
    starts_at: str,
    ends_at: str | None,
    offence: str | None,
    location: str,
) -> Incidents:
    """Make incidents from a DataFrame; `Incidents.from_frame` explains the parameters."""
    _check_location(location)
    _check_columns(
        frame, [x, y, starts_at, *([ends_at] if ends_at else []), *([offence] if offence else [])]
    )
    starts = _times(frame, starts_at, required=True)
    ends = _times(frame, ends_at, required=False) if ends_at else None
    if ends is not None and (ends < starts).any():
        first = int(np.flatnonzero((ends < starts).to_numpy())[0])
        raise InvalidRecords(f"An incident ends before it starts; the first is row {first}.")
    given_x, given_y = _numbers(frame, x), _numbers(frame, y)
    located, choice = _locate(given_x, given_y, crs)
    by_month = _by_month(frame[starts_at])
    if by_month and ends is None:
        ends = (starts + pd.offsets.MonthBegin(1)).astype("datetime64[us]")
    precision = "month" if by_month else _precision(starts)
    labels = _labels(frame, offence)
    columns: dict[str, Any] = {
        **located,
        "starts_at": starts,
        "ends_at": ends,
        "offence": labels,
        "source": "frame",
        "time_precision": precision,
        "location_precision": location,
    }
    table = _arrow_table(columns, len(frame))
    manifest = _manifest(table, choice, starts, labels)
    return Incidents(table=query.memory_table(table), manifest=manifest)


def _check_location(location: str) -> None:
    if location not in LOCATION_PRECISIONS:
        raise ValueError(
            f"A location is one of {', '.join(LOCATION_PRECISIONS)}, not “{location}”."
        )


def _check_columns(frame: Any, wanted: list[str]) -> None:
    if not isinstance(frame, pd.DataFrame):
        raise InvalidRecords(
            f"Incidents are made from a pandas DataFrame, but got {type(frame).__name__}."
        )
    for name in wanted:
        if name not in frame.columns:
            there = ", ".join(map(str, frame.columns))
            raise InvalidRecords(f"The DataFrame has no column “{name}”; it has: {there}.")
    if not len(frame):
        raise InvalidRecords(
            message("Incidents need at least one row, but the DataFrame has none.")
        )


def _times(frame: pd.DataFrame, name: str, *, required: bool) -> pd.Series[Any]:
    given = frame[name]
    if isinstance(given.dtype, pd.DatetimeTZDtype):
        raise InvalidRecords(
            f"Times are local wall-clock times without a zone, but “{name}” has one; convert it "
            f"with .dt.tz_convert(...).dt.tz_localize(None)."
        )
    times = pd.to_datetime(given, errors="coerce", format="ISO8601")
    unread = times.isna() & (given.notna() | required)
    if unread.any():
        first = int(np.flatnonzero(unread.to_numpy())[0])
        raise InvalidRecords(
            f"Every incident needs a time, but {int(unread.sum())} of {len(frame)} in “{name}” "
            f"have none that reads like 2019-01-31 22:15; the first is row {first}."
        )
    return times.astype("datetime64[us]").reset_index(drop=True)


def _by_month(given: pd.Series[Any]) -> bool:
    """Say whether all times are texts like 2024-01, which name a month and no day."""
    if not (is_object_dtype(given.dtype) or is_string_dtype(given.dtype)):
        return False
    return bool(given.astype("string").str.strip().str.fullmatch(r"[0-9]{4}-[0-9]{2}").all())


def _precision(starts: pd.Series[Any]) -> str:
    return "minute" if (starts != starts.dt.normalize()).any() else "day"


def _numbers(frame: pd.DataFrame, name: str) -> NDArray[np.float64]:
    numbers = pd.to_numeric(frame[name], errors="coerce").to_numpy(dtype=float)
    missing = ~np.isfinite(numbers)
    if missing.any():
        raise InvalidRecords(
            f"Every incident needs a point, but {int(missing.sum())} of {len(frame)} have no "
            f"number in “{name}”; the first is row {int(np.flatnonzero(missing)[0])}."
        )
    return numbers


def _locate(
    x: NDArray[np.float64], y: NDArray[np.float64], crs: str
) -> tuple[dict[str, NDArray[np.float64]], CrsChoice]:
    longitude, latitude = (x, y) if crs == WGS84 else project(x, y, crs_from=crs, crs_to=WGS84)
    wrong = ~(np.abs(longitude) <= 180) | ~(np.abs(latitude) <= 90)
    if wrong.any():
        raise InvalidRecords(
            f"Points must lie on the earth, but {int(wrong.sum())} of {x.size} do not when read "
            f"as {crs}; the first is row {int(np.flatnonzero(wrong)[0])}."
        )
    _check_fits(x, y, longitude, latitude, crs)
    if is_in_metres(crs):
        name = str(read_crs(crs).name)
        choice = CrsChoice(
            crs=crs, name=name, reason=message("{name} is used, as in the table.", name=name)
        )
        metres = (x, y)
    else:
        choice = choose_crs(longitude, latitude)
        metres = project(x, y, crs_from=crs, crs_to=choice.crs)
        if not is_geographic(crs):
            longitude, latitude = project(*metres, crs_from=choice.crs, crs_to=WGS84)
    located = {"x": metres[0], "y": metres[1], "longitude": longitude, "latitude": latitude}
    return located, choice


def _check_fits(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    longitude: NDArray[np.float64],
    latitude: NDArray[np.float64],
    crs: str,
) -> None:
    """Refuse coordinates that another projection must have given: no point is where it is used."""
    if is_geographic(crs):
        return
    name = str(read_crs(crs).name)
    broken = (x % 1 != 0).any() or (y % 1 != 0).any()
    if broken and (np.abs(x) <= 180).all() and (np.abs(y) <= 90).all():
        raise InvalidRecords(
            f"Coordinates in {crs} ({name}) are metres, but all {x.size} points look like "
            f"longitude and latitude; these are crs='EPSG:4326'."
        )
    west, south, east, north = area_of_use(crs)
    across = (longitude >= west) & (longitude <= east)
    if west > east:
        across = (longitude >= west) | (longitude <= east)
    if not (across & (latitude >= south) & (latitude <= north)).any():
        raise InvalidRecords(
            f"Points must lie where their projection is used, but none of {x.size} lies in the "
            f"area of use of {crs} ({name}); name the crs of the coordinates."
        )


def _labels(frame: pd.DataFrame, offence: str | None) -> pd.Series[Any]:
    if offence is None:
        return pd.Series([UNSTATED] * len(frame))
    labels = frame[offence].astype("string").fillna(UNSTATED)
    return labels.map(lambda label: re.sub(r"\s+", " ", label).strip()).reset_index(drop=True)


def _arrow_table(columns: dict[str, Any], rows: int) -> pa.Table:
    arrays = []
    for name in COLUMNS:
        given = columns.get(name)
        if given is None or isinstance(given, str):
            given = [given] * rows
        arrays.append(pa.array(given, _KINDS.get(name, pa.string()), from_pandas=True))
    return pa.table(arrays, names=list(COLUMNS))


def _manifest(
    table: Any, choice: CrsChoice, starts: pd.Series[Any], labels: pd.Series[Any]
) -> Manifest:
    precision, location = (str(table[name][0]) for name in ("time_precision", "location_precision"))
    months = tuple(sorted(starts.dt.strftime("%Y-%m").unique()))
    rows, x, y = table.num_rows, table["x"].to_numpy(), table["y"].to_numpy()
    counted = labels.value_counts().sort_index(kind="stable").sort_values(ascending=False)
    return Manifest(
        imports=0,
        parts=(),
        source="frame",
        publisher=None,
        licence=None,
        attribution=None,
        place_name=None,
        files=(),
        rows_read=rows,
        rows_kept=rows,
        rejected={},
        warnings=(),
        crs=choice.crs,
        crs_name=choice.name,
        crs_reason={"text": choice.reason.text, "values": dict(choice.reason.values)},
        timezone=None,
        first_day=starts.min().date().isoformat(),
        last_day=_last_day(starts.max(), precision),
        months=months,
        months_missing=missing_months(months, rows=rows),
        time_precisions={precision: rows},
        location_precisions={location: rows},
        extent=(float(x.min()), float(y.min()), float(x.max()), float(y.max())),
        offences=tuple(
            OffenceClass(label=str(label), iccs=None, basis=None, counts_as_crime=True, rows=int(n))
            for label, n in counted.items()
        ),
        classification="none",
        without_identifier=rows,
        dropped_columns=(),
        created_by=f"forestall {forestall.__version__}",
    )


def _last_day(latest: pd.Timestamp, precision: str) -> str:
    """Return the last day that the records cover: of a month all of it."""
    last = latest + pd.offsets.MonthEnd(0) if precision == "month" else latest
    return last.date().isoformat()
