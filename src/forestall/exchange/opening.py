"""This file knows how a bundle comes into a library: whole, with its provenance, or not at all.

A library is a folder: ``known-keys.json``, and for each publisher, bundle and version a folder with
the manifest, its signature, the files and ``provenance.json``. A version is written beside its
place and put there in one step, so that a computer that fails leaves nothing half.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - the records are built from their types
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from forestall import __version__
from forestall.errors import InvalidBundle, InvalidOutput, OlderBundle
from forestall.exchange.packing import FOLDER, MANIFEST, SIGNATURE
from forestall.exchange.trust import Trust, read_known_keys, remember_key, trust_in
from forestall.languages import OwnWords, message
from forestall.whole_files import take_lock, to_disk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.exchange.manifest import Manifest
    from forestall.exchange.verifying import Bundle

PROVENANCE = "provenance.json"
_ASIDE = ".opening-"


class Provenance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where something that was imported is from; kept beside it.

    Attributes
    ----------
    source
        The name of the file, or the web address that it was fetched from.
    bundle_sha256
        Of the whole bundle.
    trust
        What was known of the key when it came.
    imported, read_by
        When, and by which version of this program.
    """

    source: str
    bundle_sha256: str
    publisher: str
    public_key: str
    key: str
    version: int
    licence: str
    trust: Trust
    imported: datetime
    read_by: str
    format: int = 1


class Arrival(StrEnum):
    """What opening a bundle did."""

    NEW = "new"
    NEWER = "newer"
    THERE = "there"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A bundle in a library: its folder, what was known of its key, and what opening it did."""

    folder: Path
    trust: Trust
    arrival: Arrival


def open_bundle(bundle: Bundle, library: Path, *, source: str, now: datetime) -> Opened:
    """Put a bundle into a library.

    Parameters
    ----------
    source
        The name of its file or its web address, for the provenance.
    now
        With its time zone.

    Raises
    ------
    ChangedKey
        If its publisher is known with another key.
    OlderBundle
        If a later version is there.
    InvalidBundle
        If the same version is there with other contents, or another program opens bundles.
    InvalidOutput
        If the library cannot be written to.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.exchange.example import example_bundle
    >>> from forestall.exchange.verifying import bundle_from
    >>> whole, now = bundle_from(example_bundle()), datetime(2026, 3, 2, tzinfo=UTC)
    >>> with TemporaryDirectory() as folder:
    ...     for _ in range(2):
    ...         done = open_bundle(whole, Path(folder), source="alder.bundle.zip", now=now)
    ...         print(done.arrival.value, done.trust.value)
    new first-use
    there known
    """
    try:
        library.mkdir(parents=True, exist_ok=True)
        with _alone_in(library):
            return _opened(bundle, library, source, now)
    except OSError as wrong:
        reason = (wrong.strerror or "it is no folder").lower()
        raise InvalidOutput(
            message("{name} cannot be written: {reason}.", name=library.name, reason=reason)
        ) from None


def older_than(manifest: Manifest, newest: int) -> OlderBundle:
    """Return what is said where a later version than that of a bundle is here."""
    return OlderBundle(
        message(
            "“{title}” is here in version {newest}; this bundle holds the older version "
            "{version}, so nothing was changed.",
            title=OwnWords(manifest.title),
            newest=newest,
            version=manifest.version,
        )
    )


def with_other_contents(manifest: Manifest) -> InvalidBundle:
    """Return what is said where the version of a bundle is here with other contents."""
    return InvalidBundle(
        message(
            "Version {version} of “{title}” is here already with other contents; a publisher "
            "gives each change a number of its own.",
            version=manifest.version,
            title=OwnWords(manifest.title),
        )
    )


def newest_version(library: Path, *, public_key: str, key: str) -> int:
    """Return the highest version of a bundle that is in a library; 0 for none."""
    folder = _folder_of(library, public_key, key)
    if not folder.is_dir():
        return 0
    found = (re.fullmatch(r"v(\d+)", one.name) for one in folder.iterdir())
    return max((int(one[1]) for one in found if one), default=0)


def imported(library: Path) -> tuple[Provenance, ...]:
    """Return the provenance of everything in a library, by publisher, key and version.

    Raises
    ------
    InvalidBundle
        If one cannot be read.
    """
    found = []
    for file in library.glob(f"*/*/v*/{PROVENANCE}"):
        try:
            found.append(msgspec.json.decode(file.read_bytes(), type=Provenance))
        except (OSError, msgspec.DecodeError):
            raise InvalidBundle(
                message("The provenance of {name} cannot be read.", name=file.parent.parent.name)
            ) from None
    return tuple(sorted(found, key=lambda one: (one.publisher, one.key, one.version)))


def provenance_of(file: Path) -> bytes | None:
    """Return the provenance of a file in a library, as it is written; None for other files.

    Raises
    ------
    InvalidBundle
        If it cannot be read.
    """
    places = [one / PROVENANCE for one in file.resolve().parents[:5]]
    told = next((one for one in places if one.is_file()), None)
    if told is None:
        return None
    content = told.read_bytes()
    try:
        msgspec.json.decode(content, type=Provenance)
    except msgspec.DecodeError:
        raise InvalidBundle(
            message("The provenance of {name} cannot be read.", name=file.name)
        ) from None
    return content


def _opened(bundle: Bundle, library: Path, source: str, now: datetime) -> Opened:
    manifest, known = bundle.manifest, read_known_keys(library)
    trust = trust_in(manifest, known)
    newest = newest_version(library, public_key=manifest.public_key, key=manifest.key)
    folder = _folder_of(library, manifest.public_key, manifest.key) / f"v{manifest.version}"
    if folder.exists():
        _check_same(bundle, folder)
        arrival = Arrival.THERE
    elif manifest.version < newest:
        raise older_than(manifest, newest)
    else:
        arrival = Arrival.NEWER if newest else Arrival.NEW
        _write(bundle, library, folder, _provenance(bundle, source, trust, now))
    if trust is Trust.FIRST_USE:
        remember_key(manifest, known, folder=library, on=now.date())
    return Opened(folder=folder, trust=trust, arrival=arrival)


def _folder_of(library: Path, public_key: str, key: str) -> Path:
    return library / f"publisher-{public_key[:32]}" / key


def _check_same(bundle: Bundle, folder: Path) -> None:
    if (folder / MANIFEST).read_bytes() != bundle.written:
        raise with_other_contents(bundle.manifest)


def _provenance(bundle: Bundle, source: str, trust: Trust, now: datetime) -> Provenance:
    manifest: Manifest = bundle.manifest
    return Provenance(
        source=source,
        bundle_sha256=bundle.sha256,
        publisher=manifest.publisher,
        public_key=manifest.public_key,
        key=manifest.key,
        version=manifest.version,
        licence=manifest.licence,
        trust=trust,
        imported=now,
        read_by=f"forestall {__version__}",
    )


def _write(bundle: Bundle, library: Path, folder: Path, provenance: Provenance) -> None:
    for left in library.glob(f"{_ASIDE}*"):  # of an opening that was killed
        shutil.rmtree(left, ignore_errors=True)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=library))
    try:
        told = msgspec.json.format(msgspec.json.encode(provenance), indent=2) + b"\n"
        contents = {MANIFEST: bundle.written, SIGNATURE: bundle.signature, PROVENANCE: told}
        contents |= {FOLDER + path: content for path, content in bundle.files.items()}
        for name, content in contents.items():
            _write_lasting(aside / name, content)
        aside.chmod(0o755)
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside.rename(folder)
        to_disk(folder.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write_lasting(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _alone_in(library: Path) -> Iterator[None]:
    """Keep out other programs that open bundles into the same library."""
    with (library / ".lock").open("a") as stream:
        if not take_lock(stream.fileno()):
            raise InvalidBundle(
                message("Another program opens bundles into this library; wait for it.")
            )
        yield
