"""This file knows the archive of a workspace: its members, their checksums, and whether they hold.

A zip file: ``manifest.json``, ``rows/<model>.jsonl`` with one row a line, and ``files/…`` as users
uploaded them, and keys only where they were asked for. It is the same for every database.
"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from forestall.errors import InvalidBackup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MANIFEST = "manifest.json"
KEY = "secret.key"
# Where keys lie with which something is signed: a folder, in a backup with its key only.
KEYS = "keys"
FORMAT = 1
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 50_000_000


class Member(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of the archive: how long it is, and its SHA-256."""

    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an archive holds.

    Attributes
    ----------
    version
        Version of Forestall that made it.
    tables
        The last migration of each app: the form of the rows.
    rows
        How many rows of each model there are.
    members
        Every file of the archive but this one.
    """

    format: int
    version: str
    made_at: str
    tables: dict[str, str]
    rows: dict[str, int]
    members: dict[str, Member]


class ArchiveWriter:
    """Writes members into an archive and keeps their checksums."""

    def __init__(self, target: zipfile.ZipFile) -> None:
        self._target = target
        self.members: dict[str, Member] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Add a member, piece by piece."""
        digest, length = hashlib.sha256(), 0
        with self._target.open(name, "w", force_zip64=True) as stream:
            for chunk in chunks:
                stream.write(chunk)
                digest.update(chunk)
                length += len(chunk)
        self.members[name] = Member(bytes=length, sha256=digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest, as the last member."""
        self._target.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))


def chunks_of(path: Path) -> Iterator[bytes]:
    """Yield the pieces of a file."""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return what an archive holds, after every member was compared with its checksum.

    Raises
    ------
    InvalidBackup
        If the archive is none of ours, is damaged, or has a member that would leave its folder.
    """
    manifest = _manifest(archive)
    if manifest.format != FORMAT:
        raise InvalidBackup(
            f"This backup has the form {manifest.format}, but {FORMAT} is needed; restore it with "
            f"Forestall {manifest.version}."
        )
    names = [info.filename for info in archive.infolist() if info.filename != MANIFEST]
    if len(names) != len(set(names)) or set(names) != set(manifest.members):
        raise InvalidBackup("The backup is damaged: its list of files is not that of its contents.")
    for name in names:
        _check_name(name)
        if _measured(archive, name) != manifest.members[name]:
            raise InvalidBackup(f"The backup is damaged: “{name}” is not as it was written.")
    return manifest


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
            raise InvalidBackup("The backup is damaged: its list of files is too long.")
        return msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except (KeyError, zipfile.BadZipFile, msgspec.DecodeError):
        raise InvalidBackup(
            "A backup made by forestall backup is needed, but this file has no list of what it "
            "holds, or a damaged one."
        ) from None


def _measured(archive: zipfile.ZipFile, name: str) -> Member:
    digest, length = hashlib.sha256(), 0
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                length += len(chunk)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
        return Member(bytes=-1, sha256="")
    return Member(bytes=length, sha256=digest.hexdigest())


def _check_name(name: str) -> None:
    """Refuse a member that would be written anywhere but into its folder."""
    path = PurePosixPath(name)
    known = name == KEY or path.parts[:1] in (("rows",), ("files",), (KEYS,))
    strange = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name
    if not known or strange or path.as_posix() != name:
        raise InvalidBackup("The backup holds a file that is none of a workspace; it is refused.")
