"""This file knows which names of the query layer the stages may use.

Tables live where they are: in Parquet files read by DuckDB, in PostgreSQL or in Spark. Stages
build Ibis expressions from the safe forms here, because the raw ones give different answers on
different engines (`forestall.query.expressions` says which).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.query.connection import connect, fetch, fetch_value, memory_table, open_parquet
    from forestall.query.expressions import (
        PERIOD_UNITS,
        cell_index,
        cell_key,
        days_between,
        hex_key,
        key_parts,
        period_start,
        round_half_up,
        safe_div,
        seconds_between,
    )

# Where each name is; a file is read when a name of it is asked for, because some need seconds.
_PLACES = {
    "connect": "connection",
    "fetch": "connection",
    "fetch_value": "connection",
    "memory_table": "connection",
    "open_parquet": "connection",
    "PERIOD_UNITS": "expressions",
    "cell_index": "expressions",
    "cell_key": "expressions",
    "days_between": "expressions",
    "hex_key": "expressions",
    "key_parts": "expressions",
    "period_start": "expressions",
    "round_half_up": "expressions",
    "safe_div": "expressions",
    "seconds_between": "expressions",
}


if not TYPE_CHECKING:  # so that a wrong name is still an error of types

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PLACES})


__all__ = [
    "PERIOD_UNITS",
    "cell_index",
    "cell_key",
    "connect",
    "days_between",
    "fetch",
    "fetch_value",
    "hex_key",
    "key_parts",
    "memory_table",
    "open_parquet",
    "period_start",
    "round_half_up",
    "safe_div",
    "seconds_between",
]
