"""This file knows which files are taken in, under which name, and which are refused at once.

What a reader would find out later anyway is left to it. Refused here is what would cost much to
open: archives that unpack to far more than they weigh, and large files that are read as a whole.
"""

from __future__ import annotations

import gzip
import re
import shutil
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from django.conf import settings

from forestall.errors import InvalidFile
from forestall.languages import Message, message
from forestall.web.data.arriving import BLOCK, RESERVE_BYTES, no_room, too_large

if TYPE_CHECKING:
    from collections.abc import Collection

TEXT = (".csv", ".tsv", ".txt")
GEOGRAPHIC = (".geojson", ".json", ".gpkg")
INCIDENTS = (*TEXT, ".parquet", ".geoparquet", *GEOGRAPHIC, ".zip", ".gz")
AREAS = (".geojson", ".json", ".gpkg", ".parquet", ".geoparquet")
_SHEETS = (".xlsx", ".xls", ".xlsm", ".ods")
# GDAL reads these as a whole into memory.
MOST_GEOGRAPHIC_BYTES = 200_000_000
MOST_AREA_BYTES = 50_000_000
_MOST_MEMBERS = 10_000
# Tables of text shrink to a tenth, seldom to a fiftieth.
_MOST_RATIO = 200
_SMALL_BYTES = 10_000_000
_LONGEST = 80
_BEGINS = {
    ".parquet": b"PAR1",
    ".geoparquet": b"PAR1",
    ".gpkg": b"SQLite format 3\x00",
    ".zip": b"PK",
    ".gz": b"\x1f\x8b",
}


def safe_name(given: str, *, taken: Collection[str] = ()) -> str:
    """Return a name for a file that is a name and nothing else.

    Examples
    --------
    >>> safe_name("../../etc/passwd"), safe_name("<svg onload=x>.csv"), safe_name(".hidden")
    ('passwd', 'svg onload_x_.csv', 'hidden')
    >>> safe_name("may.csv", taken=["may.csv"])
    'may-2.csv'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    plain = re.sub(r"_+", "_", re.sub(r"[^\w .()-]", "_", last)).strip(" ._-")
    path = PurePath(plain or "file")
    ends = "".join(path.suffixes[-2:]) if path.suffix.lower() == ".gz" else path.suffix
    ends = ends[:20]
    stem = plain.removesuffix(ends)[:_LONGEST].rstrip() or "file"
    name, number = f"{stem}{ends}", 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}{ends}"
    return name


def check_kind(name: str, *, kinds: tuple[str, ...] = INCIDENTS) -> None:
    """Make sure that a file is of a kind that is read.

    Raises
    ------
    InvalidFile
        If it is a spreadsheet, with what to do, or of a kind that nobody reads here.
    """
    suffix = Path(name).suffix.lower()
    if suffix in _SHEETS:
        raise InvalidFile(
            message("“{name}” is a spreadsheet; save its sheet as CSV and bring that.", name=name)
        )
    if suffix not in kinds:
        raise InvalidFile(
            message(
                "“{name}” is of a kind that is not read here; bring one of {kinds}.",
                name=name,
                kinds=", ".join(kinds),
            )
        )


def check_content(path: Path, name: str) -> None:
    """Make sure that a file is not empty, is what its name says, and can be opened safely.

    Raises
    ------
    InvalidFile
        With the first of these that is not so.
    """
    if path.stat().st_size == 0:
        raise InvalidFile(message("“{name}” is empty.", name=name))
    suffix = Path(name).suffix.lower()
    with path.open("rb") as stream:
        head = stream.read(16)
    if suffix in _BEGINS and not head.startswith(_BEGINS[suffix]):
        raise InvalidFile(
            message("“{name}” is not what the end of its name says; get it again.", name=name)
        )
    if suffix in GEOGRAPHIC and path.stat().st_size > MOST_GEOGRAPHIC_BYTES:
        raise InvalidFile(
            message(
                "“{name}” is read as a whole and may have {most} MB at most; bring CSV or Parquet.",
                name=name,
                most=MOST_GEOGRAPHIC_BYTES // 1_000_000,
            )
        )
    if suffix == ".zip":
        _check_archive(path, name)


def check_unpacked(path: Path, name: str) -> None:
    """Unpack a gzip file to nowhere, to make sure that it is no larger than is taken in.

    It takes as long as unpacking, so it is for the work in the background.

    Raises
    ------
    InvalidFile
        If it is too large when it is unpacked.
    """
    if Path(name).suffix.lower() != ".gz":
        return
    packed, unpacked = path.stat().st_size, 0
    try:
        with gzip.open(path) as stream:
            while block := stream.read1(BLOCK):
                unpacked += len(block)
                _check_size(unpacked, packed, name)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return  # the reader says what is wrong, or reads what did arrive


def _check_archive(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise InvalidFile(
            message("“{name}” cannot be unpacked; get the archive again.", name=name)
        ) from None
    if len(members) > _MOST_MEMBERS:
        raise InvalidFile(_bomb(name))
    # What a member claims is what is unpacked of it at most.
    _check_size(sum(one.file_size for one in members), path.stat().st_size, name)


def _check_size(unpacked: int, packed: int, name: str) -> None:
    if unpacked > _SMALL_BYTES and unpacked > packed * _MOST_RATIO:
        raise InvalidFile(_bomb(name))
    if unpacked > settings.MOST_UPLOAD_BYTES:
        raise InvalidFile(too_large())
    if unpacked > shutil.disk_usage(settings.MEDIA_ROOT).free - RESERVE_BYTES:
        raise InvalidFile(no_room())


def _bomb(name: str) -> Message:
    return message("“{name}” unpacks to far more than a table would; it was refused.", name=name)
