"""This file knows protected tables as Parquet files: typed columns that say what they mean."""

from __future__ import annotations

import json
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from forestall.disclosure.safe_table import SafeCell
from forestall.languages import language, say
from forestall.publication.tables.columns import ColumnType, column_types, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from forestall.disclosure import SafeTable
    from forestall.languages import Text
    from forestall.publication.contents import Publication
    from forestall.publication.tables.columns import Value
    from forestall.publication.tables.described import Described

STATUS = "status"
_ROWS_AT_ONCE = 65_536


def write_parquet(
    tables: Mapping[str, SafeTable],
    *,
    codebook: Mapping[str, Described],
    source: Text = "",
) -> dict[str, bytes]:
    """Write each protected table as a Parquet file, by name of file.

    A hidden count is missing, and the column ``status`` says why; so is all that was derived from
    it. Names and codes are those of the CSV files in every language; what they mean is in the
    metadata, in the language in force. The same tables give the same bytes.

    Parameters
    ----------
    codebook
        What each table and its columns mean, by the name of the table.
    source
        Who published the records, kept with each file.

    Raises
    ------
    KeyError
        If a table is not in the codebook.
    ValueError
        If a table has a column with the name of the one that is added.

    Examples
    --------
    >>> import pandas as pd
    >>> import pyarrow.parquet as pq
    >>> from forestall.disclosure import protect_table
    >>> from forestall.publication.tables import Described
    >>> table = pd.DataFrame({"offence": ["Theft", "Arson"], "incidents": [40, 3]})
    >>> safe = protect_table(table, rule="threshold-5", rows="offence", margins=[])
    >>> told = Described(name="Kinds", holds="Kinds of crime in Hill Town")
    >>> files = write_parquet({"kinds": safe}, codebook={"kinds": told})
    >>> pq.read_table(BytesIO(files["kinds.parquet"])).to_pylist()[1]
    {'offence': 'Arson', 'incidents': None, 'status': 'small'}
    """
    return {
        f"{name}.parquet": _file(safe, codebook[name], str(source)) for name, safe in tables.items()
    }


def report_parquet(publication: Publication) -> dict[str, bytes]:
    """Write the tables of a report as Parquet files."""
    from forestall.publication.tables.described import describe_tables

    told = publication.provenance.data
    names = (told.get(name) for name in ("publisher", "licence", "attribution"))
    return write_parquet(
        publication.tables,
        codebook=describe_tables(publication.tables),
        source="; ".join(str(name) for name in names if name),
    )


def _file(safe: SafeTable, described: Described, source: str) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = column_types(safe)
    if STATUS in types:
        raise ValueError(f"A table for Parquet has no column “{STATUS}”, because one is added.")
    schema = _schema(safe, types, described, source)
    stream = BytesIO()
    with pq.ParquetWriter(stream, schema, compression="zstd", version="2.6") as writer:
        for rows in _batches(safe):
            writer.write_batch(
                pa.record_batch(
                    [
                        pa.array(column, kind)
                        for column, kind in zip(rows, schema.types, strict=True)
                    ],
                    schema=schema,
                )
            )
    return stream.getvalue()


def _batches(safe: SafeTable) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the columns of some rows at a time, with the status as the last."""
    rows = map(_with_status, read_rows(safe))
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        yield list(zip(*some, strict=True))


def _with_status(row: Sequence[Value]) -> tuple[Any, ...]:
    count = next(value for value in row if isinstance(value, SafeCell))
    values = (value.number if isinstance(value, SafeCell) else value for value in row)
    return (*values, str(count.status))


def _schema(
    safe: SafeTable, types: Mapping[str, ColumnType], described: Described, source: str
) -> pa.Schema:
    import pyarrow as pa

    arrow = {
        ColumnType.COUNT: pa.int64(),
        ColumnType.WHOLE: pa.int64(),
        ColumnType.DECIMAL: pa.float64(),
        ColumnType.DAY: pa.date32(),
        ColumnType.FLAG: pa.bool_(),
        ColumnType.TEXT: pa.string(),
    }
    fields = [
        pa.field(name, arrow[kind], metadata={"meaning": described.meaning(name)})
        for name, kind in types.items()
    ]
    fields.append(pa.field(STATUS, pa.string(), nullable=False, metadata=_status_means()))
    return pa.schema(fields, metadata={"forestall": _metadata(safe, described, source)})


def _status_means() -> dict[str, str]:
    return {"meaning": say("shown, small, secondary or rounded: what happened to the count")}


def _metadata(safe: SafeTable, described: Described, source: str) -> str:
    told = {
        "holds": str(described.holds),
        "language": language(),
        "rows": safe.rows,
        "columns": safe.columns,
        "count": safe.count,
        "rule": safe.record.rule.name,
        "threshold": safe.record.rule.threshold,
        "protection": [str(sentence) for sentence in safe.record.sentences],
        "source": source,
    }
    return json.dumps(told, ensure_ascii=False)
