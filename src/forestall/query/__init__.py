"""This file knows which names of the query layer the stages may use.

Tables live where they are: in Parquet files read by DuckDB, in PostgreSQL or in Spark. Stages
build Ibis expressions from the safe forms here, because the raw ones give different answers on
different engines (`forestall.query.expressions` says which).
"""

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
