"""This file knows subscriptions: folders and web addresses whose new bundles are brought in.

An index says which bundles there are. It is not signed and nothing in it is believed: it only
saves fetching what is here already. Each bundle is looked at like one that came by hand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 -- named in records and signatures
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin

import msgspec
from msgspec import Struct

from forestall.errors import ForestallError, InvalidBundle, InvalidFile, OlderBundle
from forestall.exchange.fetching import check_address, fetch
from forestall.exchange.manifest import MOST_BYTES, is_plain_path
from forestall.exchange.opening import Arrival, Opened, newest_version, open_bundle
from forestall.exchange.packing import SUFFIX
from forestall.exchange.verifying import bundle_from, read_bundle
from forestall.languages import Message, message
from forestall.records.strict_json import json_object
from forestall.whole_files import write_whole

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable

INDEX, SUBSCRIPTIONS = "index.json", "subscriptions.json"
_MOST_BUNDLES = 5000
_MOST_OF_INDEX = 5_000_000


class IndexEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bundle of an index: the name of its file beside the index, and what it holds."""

    name: str
    sha256: str
    size: int
    public_key: str
    key: str
    version: int


class Withdrawn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bundle that its publisher took back: which version, on which day, and why."""

    public_key: str
    key: str
    version: int
    on: date
    reason: str


class Index(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The bundles of a folder, and those that were taken back; nothing of it is signed."""

    bundles: tuple[IndexEntry, ...]
    withdrawn: tuple[Withdrawn, ...] = ()
    format: int = 1


class Subscriptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Folders and web addresses from which a library brings in bundles."""

    sources: tuple[str, ...] = ()
    format: int = 1


class Fetching(Protocol):
    """How the bytes at a web address are fetched: `fetch`, or `fetch_public`."""

    def __call__(self, address: str, *, most_bytes: int) -> bytes:
        """Return the bytes at an address."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A bundle that was not brought in, and why."""

    name: str
    said: Message


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What one subscription brought: what came in, how many were here, what was refused."""

    opened: tuple[tuple[str, Opened], ...]
    here: int
    refused: tuple[Refused, ...]


def write_index(folder: Path, *, withdrawn: Iterable[Withdrawn] = ()) -> Index:
    """Write the index of the bundles in a folder, to be served beside them.

    Parameters
    ----------
    withdrawn
        What was taken back, so that those who subscribe learn of it.

    Raises
    ------
    InvalidBundle
        If a bundle of the folder is not whole.
    InvalidOutput
        If the index cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from forestall.exchange.example import example_bundle
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "alder-v1.bundle.zip").write_bytes(example_bundle())
    ...     [one.version for one in write_index(Path(folder)).bundles]
    [1]
    """
    entries = []
    for file in _bundles_in(folder):
        found = read_bundle(file)
        entries.append(
            IndexEntry(
                name=file.name,
                sha256=found.sha256,
                size=file.stat().st_size,
                public_key=found.manifest.public_key,
                key=found.manifest.key,
                version=found.manifest.version,
            )
        )
    index = Index(bundles=tuple(entries), withdrawn=tuple(withdrawn))
    write_whole(folder / INDEX, msgspec.json.format(msgspec.json.encode(index), indent=2) + b"\n")
    return index


def bring_in(
    source: str, library: Path, *, now: datetime, trusting: ssl.SSLContext | None = None
) -> Brought:
    """Bring the new and newer bundles of a folder or a web address into a library.

    A bundle that is not whole, or that the library refuses, is named with the reason, and the
    others come in. Older versions count as here.

    Parameters
    ----------
    source
        A folder, or the address of an index that begins with https://.
    trusting
        As in `fetch`.

    Raises
    ------
    InvalidBundle
        If the folder or the index cannot be read.
    """
    if "://" not in source:
        named = {file.name: file for file in bundles_in(Path(source))}
        return _brought(
            named, lambda name: _bytes_of(named[name]), library, now, source_of=lambda name: name
        )
    fetching = partial(fetch, trusting=trusting)
    index = read_index(source, fetching=fetching)
    wanted, here = [], 0
    for one in index.bundles:
        is_new = one.version > newest_version(library, public_key=one.public_key, key=one.key)
        wanted += [one] if is_new else []
        here += not is_new
    # Earlier versions first, so that a later one does not make them older.
    announced = {one.name: one for one in sorted(wanted, key=lambda one: (one.key, one.version))}

    found = _brought(
        announced,
        lambda name: fetch_announced(source, announced[name], fetching=fetching),
        library,
        now,
        source_of=lambda name: urljoin(source, name),
    )
    return Brought(opened=found.opened, here=found.here + here, refused=found.refused)


def read_index(address: str, *, fetching: Fetching = fetch) -> Index:
    """Return what the index at a web address announces; nothing of it is believed.

    Raises
    ------
    InvalidBundle
        If it cannot be fetched, or is no index.
    """
    return _index_from(fetching(address, most_bytes=_MOST_OF_INDEX))


def fetch_announced(address: str, one: IndexEntry, *, fetching: Fetching = fetch) -> bytes:
    """Return the bytes of a bundle that the index at a web address announces.

    Raises
    ------
    InvalidBundle
        If it cannot be fetched, or is another file than the one that is announced.
    """
    read = fetching(urljoin(address, one.name), most_bytes=min(one.size, MOST_BYTES))
    if hashlib.sha256(read).hexdigest() != one.sha256:
        raise InvalidBundle(message("It is not the file that the index announces."))
    return read


def bundles_in(folder: Path) -> list[Path]:
    """Return the bundles of a folder: by key and version, those that cannot be read first.

    Raises
    ------
    InvalidBundle
        If there is no such folder.
    """
    if not folder.is_dir():
        raise InvalidBundle(message("There is no folder “{name}”.", name=folder.name))
    return sorted(_bundles_in(folder), key=_in_order)


def read_subscriptions(library: Path) -> tuple[str, ...]:
    """Return the folders and addresses that a library subscribes to.

    Raises
    ------
    InvalidBundle
        If their file cannot be read.
    """
    file = library / SUBSCRIPTIONS
    if not file.exists():
        return ()
    try:
        return msgspec.json.decode(file.read_bytes(), type=Subscriptions).sources
    except (OSError, msgspec.DecodeError):
        raise InvalidBundle(message("{name} cannot be read.", name=file.name)) from None


def subscribe(source: str, library: Path) -> None:
    """Add a folder or a web address to those that a library subscribes to.

    Raises
    ------
    InvalidBundle
        If it is neither.
    InvalidOutput
        If it cannot be written down.
    """
    if "://" in source:
        check_address(source)
    else:
        source = str(Path(source).resolve())
    known = read_subscriptions(library)
    if source in known:
        return
    library.mkdir(parents=True, exist_ok=True)
    written = msgspec.json.encode(Subscriptions(sources=(*known, source)))
    write_whole(library / SUBSCRIPTIONS, msgspec.json.format(written, indent=2) + b"\n")


def _brought(
    names: Iterable[str],
    read: Callable[[str], bytes],
    library: Path,
    now: datetime,
    *,
    source_of: Callable[[str], str],
) -> Brought:
    opened, refused, here = [], [], 0
    for name in names:
        try:
            done = open_bundle(bundle_from(read(name)), library, source=source_of(name), now=now)
        except OlderBundle:
            here += 1
        except ForestallError as wrong:
            refused.append(Refused(name=name, said=message("{why}", why=wrong.args[0])))
        else:
            here += done.arrival is Arrival.THERE
            opened += [(name, done)] if done.arrival is not Arrival.THERE else []
    return Brought(opened=tuple(opened), here=here, refused=tuple(refused))


def _bundles_in(folder: Path) -> list[Path]:
    return sorted(one for one in folder.glob(f"*{SUFFIX}") if one.is_file())[:_MOST_BUNDLES]


def _in_order(file: Path) -> tuple[str, int]:
    """Return by what a bundle is sorted: as text, version 10 would come before version 2."""
    try:
        manifest = read_bundle(file).manifest
    except InvalidBundle:
        return "", 0
    return manifest.key, manifest.version


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as wrong:
        reason = (wrong.strerror or "no such file").lower()
        raise InvalidBundle(
            message("{name} cannot be read: {reason}.", name=file.name, reason=reason)
        ) from None


def _index_from(read: bytes) -> Index:
    try:
        index = msgspec.convert(json_object(read, name=INDEX), Index)
    except InvalidFile as wrong:
        raise InvalidBundle(*wrong.args) from None
    except msgspec.ValidationError:
        raise InvalidBundle(message("{name} is no index of bundles.", name=INDEX)) from None
    plain = all(
        is_plain_path(one.name)
        and "/" not in one.name
        and is_plain_path(one.key)
        and is_plain_path(one.public_key)
        and 0 < one.size <= MOST_BYTES
        for one in index.bundles
    )
    told = len(index.bundles) + len(index.withdrawn)
    if not plain or told > _MOST_BUNDLES:
        raise InvalidBundle(message("{name} names a bundle that cannot lie beside it.", name=INDEX))
    return index
