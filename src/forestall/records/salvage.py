"""This file knows how to save the good rows of a text file with broken ones, line by line.

DuckDB reads whole files at once; after a stray quote it may swallow the lines that follow. When
the rows that it counts are not the lines of the file, the file is read here: slowly, and so that
a broken record costs only itself.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from forestall.records.text_files import TextTable

_LONGEST_LINE = 1 << 20
_MOST_LINES = 200


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A record that is none: its first line in the file (the header is line 1), and why."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Salvaged:
    """What became of a text file: rows written, and records that could not be read."""

    rows: int
    bad: tuple[BadRow, ...]


def salvage(table: TextTable, *, into: Path, quoted_newlines: bool) -> Salvaged:
    """Write the good records of a text file as a clean CSV with the line number in front.

    Parameters
    ----------
    table
        The file.
    into
        Where to write: comma-separated, without a header, UTF-8.
    quoted_newlines
        Whether one record may have several lines (inside quotes). Otherwise a record is a line.
    """
    bad: list[BadRow] = []
    rows = 0
    with table.path.open("rb") as stream, into.open("w", encoding="utf-8", newline="") as clean:
        stream.seek(table.skip)
        writer = csv.writer(clean, lineterminator="\n")
        lines = _lines(stream)
        next(lines, None)
        for line, record in _records(lines, table, quoted_newlines=quoted_newlines):
            read = _read_record(record, table)
            if isinstance(read, str):
                bad.append(BadRow(line=line, reason=read, text=_as_text(record)))
            else:
                writer.writerow([line, *read])
                rows += 1
    return Salvaged(rows=rows, bad=tuple(bad))


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(_LONGEST_LINE):
        if not line.endswith(b"\n") and len(line) == _LONGEST_LINE:
            while (rest := stream.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
        yield line


def _records(
    lines: Iterator[bytes], table: TextTable, *, quoted_newlines: bool
) -> Iterator[tuple[int, bytes]]:
    ahead: list[tuple[int, bytes]] = []
    numbered = enumerate(lines, start=2)
    while True:
        first = ahead.pop(0) if ahead else next(numbered, None)
        if first is None:
            return
        number, record = first
        if not record.strip(b"\r\n"):
            continue
        if quoted_newlines and record.count(b'"') % 2:
            more = _rest_of(record, ahead, numbered, table)
            record = b"".join([record, *(text for _, text in ahead[:more])])
            del ahead[:more]
        yield number, record.rstrip(b"\r\n")


def _rest_of(
    record: bytes,
    ahead: list[tuple[int, bytes]],
    numbered: Iterator[tuple[int, bytes]],
    table: TextTable,
) -> int:
    # The lines that close the quotes and make a whole record; none if no such lines follow.
    joined = record
    for more in range(1, _MOST_LINES):
        if len(ahead) < more:
            following = next(numbered, None)
            if following is None:
                return 0
            ahead.append(following)
        joined += ahead[more - 1][1]
        if len(joined) > _LONGEST_LINE:
            return 0
        if joined.count(b'"') % 2 == 0:
            whole = not isinstance(_read_record(joined.rstrip(b"\r\n"), table), str)
            return more if whole else 0
    return 0


def _read_record(record: bytes, table: TextTable) -> list[str] | str:
    if b"\x00" in record or len(record) >= _LONGEST_LINE:
        return "broken_row"
    try:
        text = record.decode("utf-8")
    except UnicodeDecodeError:
        return "wrong_encoding"
    try:
        parsed = list(
            csv.reader(text.splitlines(keepends=True), delimiter=table.separator, strict=True)
        )
    except csv.Error:
        return "broken_row"
    if len(parsed) != 1:
        return "broken_row"
    width = len(table.columns.names)
    if len(parsed[0]) < width:
        return "short_row"
    return parsed[0] if len(parsed[0]) == width else "broken_row"


def _as_text(record: bytes) -> str:
    return record[:2_000].decode("utf-8", errors="replace").replace("\x00", "\ufffd")
