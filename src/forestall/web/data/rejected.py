"""This file knows the rejected rows of an import: where they stood, and why they were not used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forestall.records.manifest import read_manifest
from forestall.records.store import rejected_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = ("file", "line", "reason", "record")


@dataclass(frozen=True, kw_only=True)
class RejectedRow:
    """Where a row stood and why it was rejected; nothing of what is in it."""

    file: str
    line: int
    reason: str


def first_rejected(store: Path, *, number: int, most: int) -> list[RejectedRow]:
    """Return where the first rejected rows of one import stood."""
    rows = rejected_rows(store, number=number)
    return [
        RejectedRow(file=row[0], line=row[1], reason=row[2])
        for row, _ in zip(rows, range(most), strict=False)
    ]


def count_rejected(store: Path, *, number: int) -> dict[str, int]:
    """Return how many rows of one import were rejected for each reason."""
    counted: dict[str, int] = {}
    for _, _, reason, _ in rejected_rows(store, number=number):
        counted[reason] = counted.get(reason, 0) + 1
    return counted


def rejected_rows(store: Path, *, number: int) -> Iterator[tuple[Any, ...]]:
    """Yield file, line, reason and content of the rejected rows of one import, piece by piece."""
    import pyarrow.parquet as pq

    manifest = read_manifest(store)
    if manifest is None:
        return
    path = rejected_file(store, manifest)
    if not path.is_file():
        return
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=["import", *COLUMNS], batch_size=5_000):
            for row in batch.to_pylist():
                if row["import"] == number:
                    yield tuple(row[name] for name in COLUMNS)
