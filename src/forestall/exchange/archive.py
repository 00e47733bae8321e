"""This file knows how a bundle lies in one ZIP file, byte for byte.

Files are stored as they are, one after the other, with no date, link, comment or compression. The
same files make the same bytes, so what is read can be laid out again and compared: every byte of
a bundle means something, and one that was changed is found. A file that unpacks to more than it is
cannot exist.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from forestall.errors import InvalidBundle
from forestall.exchange.manifest import MOST_BYTES, MOST_FILES
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_FIRST_DAY = 33  # 1 January 1980, where the dates of ZIP begin
_NEEDS, _MADE_BY = 20, 20 | 3 << 8  # version 2.0 of the format, on Unix
_PLAIN_FILE = (0o100644) << 16
_MOST_MEMBERS = MOST_FILES + 2


def laid_out(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the bytes of the ZIP file that holds members in their order.

    Examples
    --------
    >>> import io, zipfile
    >>> made = laid_out([("manifest.json", b"{}")])
    >>> zipfile.ZipFile(io.BytesIO(made)).read("manifest.json")
    b'{}'
    """
    body, directory, count = bytearray(), bytearray(), 0
    for name, content in members:
        path, sizes = name.encode("ascii"), (zlib.crc32(content), len(content), len(content))
        at = len(body)
        body += _LOCAL.pack(b"PK\3\4", _NEEDS, 0, 0, 0, _FIRST_DAY, *sizes, len(path), 0)
        body += path + content
        directory += _CENTRAL.pack(
            b"PK\1\2", _MADE_BY, _NEEDS, 0, 0, 0, _FIRST_DAY, *sizes,
            len(path), 0, 0, 0, 0, _PLAIN_FILE, at,
        )  # fmt: skip
        directory += path
        count += 1
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def members_of(read: bytes) -> dict[str, bytes]:
    """Return the files in the bytes of a bundle, by their names.

    Raises
    ------
    InvalidBundle
        If the bytes are too many, cut short, or laid out in any other way than `laid_out` does.

    Examples
    --------
    >>> members_of(b"PK")
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidBundle: This is no bundle: it is no ZIP file.
    """
    check_size(len(read))
    if not read.startswith(b"PK\3\4"):
        raise InvalidBundle(message("This is no bundle: it is no ZIP file."))
    found: dict[str, bytes] = {}
    at = 0
    while read.startswith(b"PK\3\4", at):
        name, content, at = _member(read, at)
        if name in found:
            raise InvalidBundle(message("The bundle holds a file of the same name twice."))
        found[name] = content
        if len(found) > _MOST_MEMBERS:
            raise InvalidBundle(
                message("The bundle holds more than {most} files.", most=MOST_FILES)
            )
    if laid_out(found.items()) != read:
        raise InvalidBundle(
            message(
                "The bundle is not laid out as bundles are: it was cut short or changed, or holds "
                "links, comments or dates."
            )
        )
    return found


def check_size(bytes_total: int) -> None:
    """Make sure that a bundle of so many bytes is small enough.

    Raises
    ------
    InvalidBundle
        If it is not.

    Examples
    --------
    >>> check_size(MOST_BYTES)
    >>> check_size(MOST_BYTES + 1)
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidBundle: The bundle is larger than 50 MB.
    """
    if bytes_total > MOST_BYTES:
        raise InvalidBundle(
            message("The bundle is larger than {most} MB.", most=MOST_BYTES // 1_000_000)
        )


def _member(read: bytes, at: int) -> tuple[str, bytes, int]:
    if at + _LOCAL.size > len(read):
        raise InvalidBundle(message("The bundle was cut short."))
    _, _, flags, method, _, _, _, packed, size, name_bytes, more = _LOCAL.unpack_from(read, at)
    if flags or method or more or packed != size:
        raise InvalidBundle(
            message("The bundle holds a file that is compressed, encrypted or marked otherwise.")
        )
    begins = at + _LOCAL.size + name_bytes
    if begins + size > len(read):
        raise InvalidBundle(message("The bundle was cut short."))
    try:
        name = read[begins - name_bytes : begins].decode("ascii")
    except UnicodeDecodeError:
        raise InvalidBundle(message("The bundle holds a file whose name is not plain.")) from None
    return name, read[begins : begins + size], begins + size
