"""This file knows how the files of one import become one table of checked rows."""

from __future__ import annotations

import glob
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import duckdb

from forestall.errors import InvalidFile, UnknownSource
from forestall.languages import message
from forestall.records.inputs import TableFile, checksum
from forestall.records.personal import find_personal_columns
from forestall.records.readers.recipe import Columns, literal
from forestall.records.staging import (
    Staged,
    StagedFile,
    stage_parquet,
    stage_salvaged,
    stage_text,
)
from forestall.records.text_files import Scan, TextTable, open_text, scan_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from forestall.records.progress import Reporter
    from forestall.records.readers.recipe import Recipe

_MOST_FILES = 400
_READING = message("Reading")


@dataclass(frozen=True, kw_only=True)
class OpenedTable:
    """A table with its columns and the recipe for them; ``text`` only for text files."""

    table: TableFile
    recipe: Recipe
    text: TextTable | None


@dataclass(frozen=True, kw_only=True)
class ReadTables:
    """All tables of an import after reading, in the order of the view ``staged``."""

    opened: tuple[OpenedTable, ...]
    files: tuple[StagedFile, ...]
    # By table: the batch in which its rows are, and the checksum of its origin.
    batches: tuple[int, ...]
    checksums: tuple[str, ...]


@dataclass
class _Reading:
    connection: Any
    working: Path
    today: date
    dropped: frozenset[str]
    reporter: Reporter
    relations: list[str] = field(default_factory=list)
    files: list[StagedFile] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)

    def add(self, staged: Staged, *, only: int | None = None, without: Sequence[int] = ()) -> None:
        """Add what was staged; its tables follow those that were added before."""
        chosen = f"WHERE file NOT IN ({', '.join(map(str, without))})" if without else ""
        first = len(self.files) if only is None else only
        batch = len(self.relations)
        self.relations.append(
            f"SELECT {batch} AS batch, * REPLACE (file + {first} AS file) "
            f"FROM {staged.relation} {chosen}"
        )
        if only is None:
            self.files += staged.files
            self.batches += [batch] * len(staged.files)
        else:
            self.files[only] = staged.files[0]
            self.batches[only] = batch


def open_table(
    connection: Any,
    table: TableFile,
    *,
    working: Path,
    make_recipe: Callable[[Columns], Recipe | None],
    encoding: str | None = None,
    separator: str | None = None,
) -> OpenedTable | None:
    """Read the columns of a table and find the recipe for them; None when it is not wanted.

    Raises
    ------
    UnknownSource
        If a file that was named has the columns of no known publisher.
    InvalidFile
        If it cannot be read.
    """
    text = None
    if table.kind == "text":
        text = open_text(
            table.path, name=table.name, working=working, encoding=encoding, separator=separator
        )
        columns = text.columns
    else:
        columns = parquet_columns(connection, table)
    recipe = make_recipe(columns)
    if recipe is None:
        if table.optional:
            return None
        raise UnknownSource(
            message(
                "The columns of “{name}” are of no known publisher; run forestall "
                "describe “{name}” for a mapping to complete, and give it with "
                "--mapping.",
                name=table.name,
            )
        )
    return OpenedTable(table=table, recipe=recipe, text=text)


def read_tables(
    connection: Any,
    opened: Sequence[OpenedTable],
    *,
    working: Path,
    today: date,
    dropped: frozenset[str],
    reporter: Reporter,
) -> ReadTables:
    """Read all tables into the view ``staged``, every row of them once."""
    reading = _Reading(connection, working, today, dropped, reporter)
    total = sum(_rows_expected(one) for one in opened)
    done = 0
    ordered: list[OpenedTable] = []
    with ThreadPoolExecutor(max_workers=1) as reader:
        scans = [reader.submit(_scan, one) for one in opened]
        for batch, scanned in _batched(opened, scans):
            rows = sum(_rows_expected(one) for one in batch)
            with reporter.watching(connection, _READING, before=done, rows=rows, total=total):
                _read_batch(reading, batch, scanned)
            ordered += batch
            done += rows
        checksums = tuple(scan.result().sha256 for scan in scans)
    connection.execute(
        f"CREATE OR REPLACE VIEW staged AS {' UNION ALL BY NAME '.join(reading.relations)}"
    )
    return ReadTables(
        opened=tuple(ordered),
        files=tuple(reading.files),
        batches=tuple(reading.batches),
        checksums=checksums,
    )


def _read_batch(
    reading: _Reading, batch: Sequence[OpenedTable], scans: Sequence[Future[Scan]]
) -> None:
    first = len(reading.files)
    recipe = batch[0].recipe
    into = f"staged_{len(reading.relations)}"
    settings: dict[str, Any] = {"dropped": reading.dropped, "today": reading.today}
    texts = [one.text for one in batch if one.text is not None]
    if not texts:
        path = batch[0].table.path
        reading.add(stage_parquet(reading.connection, path, recipe, into=into, **settings))
        return
    staged = _stage_quickly(reading.connection, texts, recipe, into=into, **settings)
    counted = [-1 if scan.result().has_zeros else scan.result().rows for scan in scans]
    if staged is None:
        lost = list(range(len(texts)))
        empty = StagedFile(rows=0, first_row=0, bad=())
        reading.files += [empty] * len(texts)
        reading.batches += [-1] * len(texts)
    else:
        lost = [n for n, file in enumerate(staged.files) if file.rows_read != counted[n]]
        reading.add(staged, without=lost)
    for n in lost:
        into = f"staged_{len(reading.relations)}"
        saved = stage_salvaged(
            reading.connection,
            texts[n],
            recipe,
            into=into,
            working=reading.working,
            **settings,
        )
        reading.add(saved, only=first + n)


def _stage_quickly(
    connection: Any, texts: Sequence[TextTable], recipe: Recipe, **settings: Any
) -> Staged | None:
    try:
        return stage_text(connection, texts, recipe, **settings)
    except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.InternalException):
        return None


def _batched(
    opened: Sequence[OpenedTable], scans: Sequence[Future[Scan]]
) -> Iterator[tuple[list[OpenedTable], list[Future[Scan]]]]:
    batch: list[OpenedTable] = []
    futures: list[Future[Scan]] = []
    for one, scan in zip(opened, scans, strict=True):
        if batch and (len(batch) >= _MOST_FILES or not _same_form(batch[0], one)):
            yield batch, futures
            batch, futures = [], []
        batch.append(one)
        futures.append(scan)
    if batch:
        yield batch, futures


def _same_form(first: OpenedTable, second: OpenedTable) -> bool:
    if first.text is None or second.text is None:
        return False
    return replace(first.text, path=second.text.path) == second.text


def _scan(opened: OpenedTable) -> Scan:
    if opened.text is None:
        return Scan(sha256=checksum(opened.table.origin.path), rows=-1)
    return scan_bytes(opened.text.path, digest_of=opened.table.origin.path)


def _rows_expected(opened: OpenedTable) -> int:
    # About as many bytes as a row of a street-level CSV has; only the progress bar depends on it.
    return max(1, opened.table.path.stat().st_size // (200 if opened.text else 40))


def parquet_columns(connection: Any, table: TableFile) -> Columns:
    """Return the columns of a Parquet file.

    Raises
    ------
    InvalidFile
        If it cannot be read.
    """
    file = literal(glob.escape(str(table.path)))
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({file})").fetchall()
    except duckdb.Error:
        raise InvalidFile(
            message("“{name}” cannot be read as Parquet; get it again.", name=table.name)
        ) from None
    return Columns(
        names=tuple(row[0] for row in described), types=tuple(row[1] for row in described)
    )


def personal_columns(opened: Sequence[OpenedTable]) -> dict[str, str]:
    """Return the columns of all tables that identify persons, each with the first file."""
    found: dict[str, str] = {}
    for one in opened:
        for name in find_personal_columns(one.recipe.columns.names):
            found.setdefault(name, one.table.name)
    return found
