"""This file knows where tables live: DuckDB over Parquet files, one connection for the process."""

from __future__ import annotations

import glob
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from forestall.errors import InvalidFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

MEMORY_LIMIT = "1.2GB"


@cache
def connect(*, memory_limit: str = MEMORY_LIMIT, threads: int | None = None) -> Any:
    """Return the DuckDB connection of this process.

    The same settings give the same connection. Nothing is written to disk, except that a query
    larger than the memory limit spills into the folder for temporary files.

    Parameters
    ----------
    memory_limit
        What DuckDB may hold in memory, such as ``1.2GB``.
    threads
        How many threads it may use; all processors when not given.

    Examples
    --------
    >>> connect() is connect()
    True
    """
    spill = Path(tempfile.gettempdir()) / f"forestall-{os.getpid()}"
    return ibis.duckdb.connect(
        memory_limit=memory_limit,
        threads=threads or os.cpu_count() or 1,
        temp_directory=str(spill),
    )


def open_parquet(files: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> Any:
    """Open Parquet files as one lazy table.

    Parameters
    ----------
    files
        One file, several files, or a folder; a folder's ``name=value`` subfolders become
        columns, and a filter on such a column reads only the subfolders it needs.

    Raises
    ------
    InvalidFile
        If there is no Parquet file.

    Examples
    --------
    >>> open_parquet("no-such-folder")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidFile: A Parquet file is needed, but there is none at “no-such-folder”.
    """
    given = [files] if isinstance(files, str | os.PathLike) else list(files)
    found = [path for one in given for path in _parquet_files(Path(one))]
    if not found:
        places = ", ".join(f"“{Path(one)}”" for one in given) or "the empty list"
        raise InvalidFile(f"A Parquet file is needed, but there is none at {places}.")
    # DuckDB reads [, * and ? in a file name as a pattern unless they are escaped.
    paths = [glob.escape(str(path)) for path in found]
    return connect().read_parquet(
        paths, hive_partitioning=any(Path(one).is_dir() for one in given), union_by_name=True
    )


def memory_table(columns: Mapping[str, Any] | pd.DataFrame | pa.Table) -> Any:
    """Make a lazy table of columns in memory; missing values of a DataFrame become null.

    Examples
    --------
    >>> fetch_value(memory_table({"x": [1.0, None]}).count())
    2
    """
    import pandas as pd

    # Not by ibis.memtable(frame), which asks pandas 3 for an option that it warns about.
    if isinstance(columns, pa.Table):
        return ibis.memtable(columns)
    if isinstance(columns, pd.DataFrame):
        return ibis.memtable(pa.Table.from_pandas(columns, preserve_index=False))
    return ibis.memtable(pa.table(dict(columns)))


def fetch(table: Any) -> pa.Table:
    """Run a query where its table lives and return the rows.

    Strings and times stay in Arrow's memory: no Python object is made for a value. Use this
    and `fetch_value`, not ``execute``, whose way to pandas 3 warns and is slow.

    Examples
    --------
    >>> fetch(memory_table({"incidents": [3, 4]})).to_pydict()
    {'incidents': [3, 4]}
    """
    return table.to_pyarrow()


def fetch_value(value: Any) -> Any:
    """Run a query of one value, such as a count, and return it as a Python value.

    Examples
    --------
    >>> fetch_value(memory_table({"incidents": [3, 4]}).incidents.sum())
    7
    """
    return value.to_pyarrow().as_py()


def _parquet_files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(path.rglob("*.parquet"))
    return [path] if path.is_file() else []
