"""This file knows how a table is written in a text file: encoding, separator, header, lines."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import InvalidFile
from forestall.languages import message
from forestall.records.inputs import BLOCK
from forestall.records.readers.recipe import Columns

if TYPE_CHECKING:
    from pathlib import Path

SEPARATORS = (",", ";", "\t", "|")
_HEAD = 1 << 18
_TAIL = 1 << 12
_BUFFER = 1 << 18
_NEWLINE = ord("\n")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, kw_only=True)
class TextTable:
    """A table in a text file in UTF-8 with one header line.

    ``skip`` is the number of bytes before the header (a byte order mark).
    """

    path: Path
    columns: Columns
    separator: str
    newline: str
    skip: int


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What one reading of a file's bytes tells.

    ``rows`` is right if each record has one line; ``has_zeros`` tells of binary zeros, which no
    text has.
    """

    sha256: str
    rows: int
    has_zeros: bool = False


def open_text(
    path: Path, *, name: str, working: Path, encoding: str | None = None, separator: str | None
) -> TextTable:
    """Read the header of a text file; a file in another encoding is rewritten in UTF-8 first.

    Raises
    ------
    InvalidFile
        If the file is empty, no text, or has no usable header.
    """
    head = _head(path)
    if not head.strip(b"\x00\r\n \xef\xbb\xbf\xff\xfe"):
        raise InvalidFile(message("“{name}” is empty.", name=name))
    marked = next((code for mark, code in _MARKS if head.startswith(mark)), None)
    code = encoding or marked or _unmarked_utf16(head) or "utf-8"
    old_newlines = b"\n" not in head and b"\r" in head
    if codecs.lookup(code).name not in ("utf-8", "ascii") or old_newlines:
        path = _rewrite(path, name=name, working=working, encoding=code)
        head = _head(path)
    skip = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    line = head[skip:].split(b"\n", 1)[0]
    header = line.rstrip(b"\r")
    if b"\x00" in header:
        raise InvalidFile(
            message("“{name}” is no text: its first line holds binary zeros.", name=name)
        )
    try:
        text = header.decode("utf-8")
    except UnicodeDecodeError:
        raise InvalidFile(
            message(
                "The header of “{name}” is not UTF-8; say its encoding in a mapping, "
                'such as encoding = "latin-1" under [file].',
                name=name,
            )
        ) from None
    chosen = separator or max(SEPARATORS, key=text.count)
    names = _names(text, chosen)
    return TextTable(
        path=path,
        columns=Columns(names=names, types=("VARCHAR",) * len(names)),
        separator=chosen,
        newline="\r\n" if line.endswith(b"\r") else "\n",
        skip=skip,
    )


def scan_bytes(path: Path, *, digest_of: Path | None = None) -> Scan:
    """Read a file once for its checksum and the number of lines after the header.

    Empty lines at the end do not count; others do. ``digest_of`` names the file to take the
    checksum of when it is not the same (an archive).
    """
    digest, lines, has_zeros = hashlib.sha256(), 0, False
    # A small buffer that is used again stays in the processor's cache.
    buffer = bytearray(_BUFFER)
    content, numbers = memoryview(buffer), np.frombuffer(buffer, np.uint8)
    kept = b""
    with path.open("rb", buffering=0) as stream:
        while size := stream.readinto(buffer):
            digest.update(content[:size])
            has_zeros = has_zeros or buffer.find(0, 0, size) >= 0
            lines += int(np.count_nonzero(numbers[:size] == _NEWLINE))
            kept = (kept + bytes(content[max(0, size - _TAIL) : size]))[-_TAIL:]
    ending = kept[len(kept.rstrip(b"\r\n")) :]
    rows = lines - ending.count(b"\n")
    if digest_of is not None and digest_of != path:
        from forestall.records.inputs import checksum

        return Scan(sha256=checksum(digest_of), rows=rows, has_zeros=has_zeros)
    return Scan(sha256=digest.hexdigest(), rows=rows, has_zeros=has_zeros)


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEAD)


def _unmarked_utf16(head: bytes) -> str | None:
    sample = head[:2000]
    if len(sample) < 4 or sample.count(b"\x00") < len(sample) // 3:
        return None
    return "utf-16-le" if sample[1:2] == b"\x00" else "utf-16-be"


def _rewrite(path: Path, *, name: str, working: Path, encoding: str) -> Path:
    rewritten = working / f"rewritten-{len(list(working.iterdir()))}"
    decoder = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder(encoding)("replace"), translate=True
    )
    with path.open("rb") as stream, rewritten.open("wb") as plain:
        while block := stream.read(BLOCK):
            plain.write(_bytes_of(decoder.decode(block)))
        plain.write(_bytes_of(decoder.decode(b"", final=True)))
    if not rewritten.stat().st_size:
        raise InvalidFile(message("“{name}” is empty.", name=name))
    return rewritten


def _bytes_of(text: str) -> bytes:
    # What could not be decoded stays undecodable, so that its row is rejected for that reason.
    return text.encode().replace("\ufffd".encode(), b"\xff")


def _names(header: str, separator: str) -> tuple[str, ...]:
    names = next(csv.reader([header], delimiter=separator), [])
    return tuple(name.strip() for name in names)
