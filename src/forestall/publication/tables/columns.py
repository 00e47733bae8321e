"""This file knows what type each column of a protected table has, and reads it row by row."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from forestall.disclosure import Status
from forestall.disclosure.safe_table import SafeCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from forestall.disclosure import SafeTable

Value = SafeCell | int | float | bool | date | str | None


class ColumnType(StrEnum):
    """What a column holds."""

    COUNT = "count"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    FLAG = "flag"
    TEXT = "text"


def column_types(safe: SafeTable) -> dict[str, ColumnType]:
    """Return the type of each column, by the type of the values and not by their size.

    Examples
    --------
    >>> import pandas as pd
    >>> from forestall.disclosure import protect_table
    >>> table = pd.DataFrame({"period": pd.to_datetime(["2024-01-01"]), "incidents": [40]})
    >>> safe = protect_table(table, rule="threshold-5", rows="period", margins=[])
    >>> [str(kind) for kind in column_types(safe).values()]
    ['day', 'count']
    """
    frame = safe.frame
    return {
        name: ColumnType.COUNT if name == safe.count else _type(frame[name])
        for name in frame.columns
    }


def read_rows(safe: SafeTable) -> Iterator[tuple[Value, ...]]:
    """Yield the values of each row: a count with its status, None for what is missing."""
    frame, threshold = safe.frame, safe.record.rule.threshold
    types = list(column_types(safe).values())
    at = types.index(ColumnType.COUNT)
    for row, status in zip(frame.itertuples(index=False, name=None), safe.status, strict=True):
        values = [_plain(value, kind) for value, kind in zip(row, types, strict=True)]
        number = values[at]
        assert number is None or isinstance(number, int)
        count = SafeCell(number, Status(str(status)), threshold)
        yield (*values[:at], count, *values[at + 1 :])


def _type(column: pd.Series) -> ColumnType:
    from pandas.api import types

    if types.is_bool_dtype(column.dtype):
        return ColumnType.FLAG
    if types.is_integer_dtype(column.dtype):
        return ColumnType.WHOLE
    if types.is_float_dtype(column.dtype):
        return ColumnType.DECIMAL
    known = column.dropna()
    if types.is_datetime64_any_dtype(column.dtype):
        whole = column.dt.tz is None and bool((known == known.dt.normalize()).all())
        return ColumnType.DAY if whole else ColumnType.TEXT
    days = [isinstance(value, date) and not isinstance(value, datetime) for value in known]
    return ColumnType.DAY if days and all(days) else ColumnType.TEXT


def _plain(value: object, kind: ColumnType) -> int | float | bool | date | str | None:
    import pandas as pd

    if value is None or bool(pd.isna(value)):  # type: ignore[call-overload]
        return None
    if kind is ColumnType.DAY:
        assert isinstance(value, date)
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, date):
        return value.isoformat().removesuffix("T00:00:00")
    made: int | float | bool | str = _MADE[kind](value)
    return made


_MADE: dict[ColumnType, Callable[[Any], int | float | bool | str]] = {
    ColumnType.COUNT: int,
    ColumnType.WHOLE: int,
    ColumnType.DECIMAL: float,
    ColumnType.FLAG: bool,
    ColumnType.TEXT: str,
}


def digits_of(value: float) -> str:
    """Return a number with the digits it is published with, no more and no fewer.

    Examples
    --------
    >>> digits_of(0.6774), digits_of(12.0), digits_of(1e-07)
    ('0.6774', '12', '0.0000001')
    """
    return format(Decimal(repr(float(value))).normalize() + 0, "f")


def decimals_of(value: float) -> int:
    """Return how many decimals a number is published with.

    Examples
    --------
    >>> decimals_of(0.6774), decimals_of(12.0), decimals_of(1e-07)
    (4, 0, 7)
    """
    return len(digits_of(value).partition(".")[2])
