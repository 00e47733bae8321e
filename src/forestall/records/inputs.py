"""This file knows how to find the tables in what a user names: files, folders and archives."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidFile
from forestall.languages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLOCK = 1 << 22
MAPPING_NAME = "forestall.toml"
_TEXT = (".csv", ".tsv", ".txt")
_GEOGRAPHIC = (".geojson", ".json", ".gpkg", ".shp")
_HEAD = 1024
# How files begin that are often downloaded or saved under the name of a table.
_NO_TABLES = {
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"<?xml": "XML",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "an archive or a spreadsheet",
    b"\xd0\xcf\x11\xe0": "a spreadsheet",
    b"SQLite format 3": "a database",
}
_TABLES = (*_TEXT, ".parquet", ".geoparquet", *_GEOGRAPHIC)


@dataclass(frozen=True, kw_only=True)
class InputFile:
    """A file as the user named it, or as it was found in a folder that the user named."""

    path: Path
    name: str
    found_in_folder: bool

    @property
    def bytes(self) -> int:
        """Return its size on the disk."""
        return self.path.stat().st_size


@dataclass(frozen=True, kw_only=True)
class TableFile:
    """One table on the disk: an input file, or what was unpacked from it.

    ``kind`` is ``text``, ``parquet`` or ``geographic``; ``cut_off`` tells that the archive ended
    before its time.
    """

    path: Path
    name: str
    kind: str
    origin: InputFile
    optional: bool
    cut_off: bool = False


def find_inputs(paths: Iterable[Path]) -> list[InputFile]:
    """Return the files that are named, and those in folders that are named, in a fixed order.

    Raises
    ------
    InvalidFile
        If a path does not exist, or no file that could hold incidents is found.
    """
    found: list[InputFile] = []
    for path in paths:
        if path.is_dir():
            found += [
                InputFile(path=one, name=one.relative_to(path).as_posix(), found_in_folder=True)
                for one in sorted(path.rglob("*"))
                if one.is_file() and _may_hold_incidents(one.relative_to(path))
            ]
        elif path.is_file():
            found.append(InputFile(path=path, name=path.name, found_in_folder=False))
        else:
            raise InvalidFile(message("There is no file or folder “{path}”.", path=str(path)))
    if not found:
        raise InvalidFile(
            message("Incidents come in CSV, Parquet, GeoJSON or zip files; none was found.")
        )
    return found


def find_mapping(paths: Iterable[Path]) -> Path | None:
    """Return the ``forestall.toml`` of the first folder that has one, or None."""
    found = (path / MAPPING_NAME for path in paths if path.is_dir())
    return next((path for path in found if path.is_file()), None)


def open_tables(given: InputFile, *, working: Path) -> Iterator[TableFile]:
    """Unpack a file into tables; what lies ready on the disk is not copied.

    Raises
    ------
    InvalidFile
        If an archive cannot be unpacked, or nothing is known of this kind of file.
    """
    suffix = given.path.suffix.lower()
    if suffix == ".zip":
        yield from _unzip(given, working)
    elif suffix == ".gz":
        path, cut_off = _gunzip(given, working)
        yield _table(given, path, given.name.removesuffix(given.path.suffix), cut_off=cut_off)
    else:
        yield _table(given, given.path, given.name)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _may_hold_incidents(path: Path) -> bool:
    if any(part.startswith(".") for part in path.parts):
        return False
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if not suffixes or suffixes[-1] == ".txt":
        return False
    return suffixes[-1] in (*_TABLES, ".zip") or suffixes[-2:-1] in ([one] for one in _TEXT)


def _table(
    given: InputFile, path: Path, name: str, *, optional: bool = False, cut_off: bool = False
) -> TableFile:
    suffix = Path(name).suffix.lower()
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith(b"PAR1") or suffix in (".parquet", ".geoparquet"):
        kind = "parquet"
    else:
        kind = "geographic" if suffix in _GEOGRAPHIC else "text"
    if kind == "text":
        _check_text(head, name)
    return TableFile(
        path=path,
        name=name,
        kind=kind,
        origin=given,
        optional=optional or given.found_in_folder,
        cut_off=cut_off,
    )


def _check_text(head: bytes, name: str) -> None:
    """Refuse a page, a picture or an archive under the name of a table."""
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for begins, what in _NO_TABLES.items():
        if plain.startswith(begins.lower()):
            raise InvalidFile(
                message(
                    "Incidents come in CSV, Parquet, GeoJSON or zip files, but “{name}” is "
                    "not a table of text: it is {what}.",
                    name=name,
                    what=what,
                )
            )


def _unzip(given: InputFile, working: Path) -> Iterator[TableFile]:
    try:
        with zipfile.ZipFile(given.path) as archive:
            members = [
                one
                for one in sorted(archive.infolist(), key=lambda member: member.filename)
                if not one.is_dir()
                and Path(one.filename).suffix.lower() in (*_TEXT, ".parquet")
                and _may_hold_incidents(Path(one.filename))
            ]
            for number, member in enumerate(members):
                path = working / f"unpacked-{len(list(working.iterdir()))}-{number}"
                with archive.open(member) as packed, path.open("wb") as plain:
                    shutil.copyfileobj(packed, plain, BLOCK)
                yield _table(given, path, member.filename, optional=len(members) > 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise InvalidFile(
            message("“{name}” cannot be unpacked; get the archive again.", name=given.name)
        ) from None
    if not members:
        raise InvalidFile(message("“{name}” holds no CSV or Parquet file.", name=given.name))


def _gunzip(given: InputFile, working: Path) -> tuple[Path, bool]:
    path = working / f"unpacked-{len(list(working.iterdir()))}"
    try:
        with gzip.open(given.path) as packed, path.open("wb") as plain:
            while block := packed.read1(BLOCK):
                plain.write(block)
    except EOFError:
        return path, True  # an interrupted download: what did arrive is read
    except (gzip.BadGzipFile, zlib.error):
        raise InvalidFile(
            message("“{name}” cannot be unpacked; get the file again.", name=given.name)
        ) from None
    return path, False
