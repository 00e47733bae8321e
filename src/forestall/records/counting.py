"""This file knows how incidents are counted: one scan where they live, by one expression."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from forestall.errors import CannotAnswer, InvalidPlaces, InvalidRecords
from forestall.query import PERIOD_UNITS, fetch, period_start
from forestall.records.areas import Areas
from forestall.records.counts import Counts, group_columns, keys_of
from forestall.records.lattices import Grid
from forestall.records.periods import WHOLE_MONTHS, Periods, period_of, periods_between
from forestall.records.places import Located
from forestall.records.projection import read_crs

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa
    from numpy.typing import NDArray

    from forestall.records.incidents import Incidents
    from forestall.records.places import Places

GROUP_COLUMNS = ("offence", "iccs", "area", "district", "context", "time_precision")
_NO_KEY = np.iinfo(np.int64).min
_BITS = 63


def count_incidents(
    incidents: Incidents,
    *,
    places: Places | None = None,
    period: str | None = None,
    by: str | Iterable[str] = (),
) -> Counts:
    """Count incidents by place, period and group in one scan where they live.

    An incident is counted in the period in which it started. A point on the edge between two
    cells belongs to the one east or north of it; a point on the boundary of areas to the first
    area in order, and such points are counted in ``on_boundary``. Incidents that lie in no
    place are counted in ``outside``.

    Parameters
    ----------
    incidents
        Incidents, filtered as wanted.
    places
        A grid or areas; areas are moved to the projection of the incidents.
    period
        ``day``, ``week`` (from Monday), ``month``, ``quarter`` or ``year``.
    by
        One or several of ``offence``, ``iccs``, ``area``, ``district``, ``context`` and
        ``time_precision``.

    Raises
    ------
    CannotAnswer
        If days or weeks are asked for and incidents are known to the month only.
    InvalidPlaces
        If a grid is in another projection than the incidents.
    InvalidRecords
        If ``by`` names another column.

    Examples
    --------
    >>> from forestall.records import Incidents, square_grid
    >>> frame = pd.DataFrame({"x": [449_050, 449_060, 449_250], "y": 520_050,
    ...     "at": pd.to_datetime(["2024-01-03", "2024-02-04", "2024-02-05"])})
    >>> thefts = Incidents.from_frame(frame, x="x", y="y", crs="EPSG:27700", starts_at="at")
    >>> grid = square_grid(
    ...     origin=(449_000, 520_000), cell_m=100, columns=3, rows=1, crs="EPSG:27700")
    >>> count_incidents(thefts, places=grid, period="month").table
       place     period  incidents
    0      0 2024-01-01          1
    1      0 2024-02-01          1
    2      2 2024-02-01          1
    """
    groups = _checked_groups(by)
    _check_period(period)
    places = _in_projection_of(incidents, places)
    rows = fetch(counting_expression(incidents.table, places=places, period=period, by=groups))
    if period not in (None, *WHOLE_MONTHS):
        _check_days_known(rows, str(period))
    periods = None if period is None else _periods(incidents, rows, period)
    located = _locate(rows, places)
    table, apart = _tables(rows, located, places, periods, groups)
    return Counts(
        table=table,
        apart=apart,
        places=places,
        periods=periods,
        by=groups,
        offences=_offences(incidents),
        manifest=incidents.manifest,
    )


def counting_expression(
    table: Any, *, places: Places | None, period: str | None, by: tuple[str, ...]
) -> Any:
    """Return the one Ibis expression that counts: the same on DuckDB, PostgreSQL and Spark.

    One row per group: ``cell`` (a key of the grid) or ``x`` and ``y`` (points to be looked up in
    areas), ``period``, the columns of ``by``, ``incidents``, and for days and weeks ``coarse``,
    the number of incidents known to the month only.
    """
    keys: dict[str, Any] = {}
    if isinstance(places, Grid):
        keys["cell"] = places.key(table.x, table.y)
    elif places is not None:
        keys |= {"x": table.x, "y": table.y}
    if period is not None:
        keys["period"] = period_start(table.starts_at, unit=period)
    keys |= {column: table[column] for column in by}
    numbers = {"incidents": table.count()}
    if period not in (None, *WHOLE_MONTHS):
        numbers["coarse"] = table.count(where=table.time_precision == "month")
    if not keys:
        return table.aggregate(**numbers)
    return table.group_by(**keys).aggregate(**numbers)


def _checked_groups(by: str | Iterable[str]) -> tuple[str, ...]:
    groups = group_columns(by)
    for column in groups:
        if column not in GROUP_COLUMNS:
            raise InvalidRecords(
                f"Incidents are counted by {', '.join(GROUP_COLUMNS)}, "
                f"but “{column}” was asked for."
            )
    return groups


def _check_period(period: str | None) -> None:
    if period is not None and period not in PERIOD_UNITS:
        raise InvalidRecords(
            f"A period is one of {', '.join(PERIOD_UNITS)}, but “{period}” was asked for."
        )


def _in_projection_of(incidents: Incidents, places: Places | None) -> Places | None:
    if places is None or read_crs(places.crs) == read_crs(incidents.crs):
        return places
    if isinstance(places, Areas):
        return places.to_crs(incidents.crs)
    raise InvalidPlaces(
        f"A grid is laid in the projection of the incidents, {incidents.crs}, "
        f"but this one is in {places.crs}."
    )


def _check_days_known(rows: pa.Table, period: str) -> None:
    coarse = int(pc.sum(rows["coarse"]).as_py() or 0)
    if coarse:
        total = int(pc.sum(rows["incidents"]).as_py())
        raise CannotAnswer(
            f"Counting by {period} needs the day of every incident, but {coarse:,} of {total:,} "
            f"are known to the month only; count by month, quarter or year."
        )


def _periods(incidents: Incidents, rows: pa.Table, period: str) -> Periods:
    first, last = (pd.Timestamp(day) for day in incidents.coverage)
    seen = pc.min_max(rows["period"]).as_py()
    # A start outside the declared coverage must not lose its incident.
    if seen["min"] is not None and pd.Timestamp(seen["min"]) < period_of(first, unit=period):
        first = pd.Timestamp(seen["min"])
    if seen["max"] is not None and pd.Timestamp(seen["max"]) > last:
        last = pd.Timestamp(seen["max"])
    manifest = incidents.manifest
    missing = () if manifest is None else manifest.months_missing
    return periods_between(first, last, unit=period, months_missing=missing)


def _locate(rows: pa.Table, places: Places | None) -> Located:
    if places is None:
        nowhere = np.zeros(rows.num_rows, dtype=np.int64)
        return Located(position=nowhere, on_boundary=np.zeros(rows.num_rows, dtype=bool))
    if isinstance(places, Grid):
        keys = pc.fill_null(rows["cell"], _NO_KEY).to_numpy()
        position = places.positions_of_keys(keys)
        return Located(position=position, on_boundary=np.zeros(position.size, dtype=bool))
    points = np.column_stack([rows["x"].to_numpy(), rows["y"].to_numpy()])
    return places.locate(points[:, 0], points[:, 1])


def _tables(
    rows: pa.Table,
    located: Located,
    places: Places | None,
    periods: Periods | None,
    by: tuple[str, ...],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sort and add up: the table of counts, and what is apart from it."""
    incidents = rows["incidents"].to_numpy()
    columns: dict[str, tuple[NDArray[np.int64], Any]] = {}
    if periods is not None:
        columns["period"] = (periods.positions(rows["period"].to_numpy()), periods.starts)
    columns |= {column: _coded(rows[column]) for column in by}
    apart = _sums(columns, {
        "outside": np.where(located.position < 0, incidents, 0),
        "on_boundary": np.where(located.on_boundary, incidents, 0),
    }, (located.position < 0) | located.on_boundary)  # fmt: skip
    if places is not None:
        columns = {"place": (located.position, places.codes), **columns}
    table = _sums(columns, {"incidents": incidents}, located.position >= 0)
    assert tuple(table.columns[:-1]) == keys_of(places, periods, by)
    return table, apart


def _coded(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], Any]:
    """Return the rank of each value and the values in order, the missing one last."""
    coded = column.dictionary_encode().unify_dictionaries().combine_chunks()
    values = coded.dictionary
    order = pc.array_sort_indices(values).to_numpy()
    rank = np.empty(len(values) + 1, dtype=np.int64)
    rank[order] = np.arange(len(values))
    rank[-1] = len(values)
    indices = pc.fill_null(coded.indices, len(values)).to_numpy().astype(np.int64, copy=False)
    in_order = [*values.take(order).to_pylist(), None]
    return rank[indices], pd.array(in_order, dtype="str")


def _sums(
    columns: dict[str, tuple[NDArray[np.int64], Any]],
    numbers: dict[str, NDArray[np.int64]],
    kept: NDArray[np.bool_],
) -> pd.DataFrame:
    """Add up numbers over equal codes; one row per combination that occurs, sorted."""
    if not columns:
        return pd.DataFrame({name: [int(each[kept].sum())] for name, each in numbers.items()})
    rows = slice(None) if kept.all() else kept
    # Codes side by side in the bits of one number: quick to sort, and quick to take apart.
    widths = {name: len(values).bit_length() for name, (_, values) in columns.items()}
    assert sum(widths.values()) < _BITS
    key = np.zeros(int(kept.sum()), dtype=np.int64)
    for name, (codes, _) in columns.items():
        key = (key << widths[name]) | codes[rows]
    order = np.argsort(key)
    key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    rest = key[first]
    made = {}
    for name, (_, values) in reversed(columns.items()):
        made[name] = values.take(rest & ((1 << widths[name]) - 1))
        rest >>= widths[name]
    sums = {name: _added(each[rows][order], first) for name, each in numbers.items()}
    return pd.DataFrame({**{name: made[name] for name in columns}, **sums}, copy=False)


def _added(numbers: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.int64]:
    if first.size == numbers.size:
        return numbers
    return np.add.reduceat(numbers, first)


def _offences(incidents: Incidents) -> tuple[tuple[str, bool], ...]:
    if incidents.manifest is None:
        return ()
    wanted = incidents.offences
    return tuple(
        (entry.label, entry.counts_as_crime)
        for entry in incidents.manifest.offences
        if wanted is None or entry.label in wanted
    )
