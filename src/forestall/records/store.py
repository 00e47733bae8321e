"""This file knows how an incident store lies on the disk and how it changes in one step.

::

    store/
    ├── manifest.json                        replaced last: the moment an import takes effect
    ├── incidents/year=2019/0001-0.parquet   never changed once written
    ├── rejected.parquet                     rows that could not be used, each with its reason
    ├── .lock                                held by the one import that may write
    └── .importing-<pid>/                    work of an import that has not finished

A file that the manifest does not name is no part of the store; the next import removes it. The
manifest is replaced by one rename, so that a reader sees the state before or after an import.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import time
from typing import TYPE_CHECKING, Literal

from forestall.errors import InvalidStore, NoSpaceLeft, StoreBusy
from forestall.languages import Message, message
from forestall.records.manifest import MANIFEST_NAME, Manifest, read_manifest
from forestall.whole_files import take_lock, to_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

INCIDENTS = "incidents"
REJECTED = "rejected.parquet"
LOCK = ".lock"
WORKING = ".importing-"
_PENDING_REJECTED = ".rejected-{}.parquet"
_OURS = {INCIDENTS, REJECTED, LOCK}
_PAUSE_SECONDS = 0.1
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST)
_FULL = ("No space left", "File too large", "Disk quota", "disk is full", "max_temp_directory_size")

WhenBusy = Literal["wait", "refuse"]


def open_manifest(store: Path) -> Manifest:
    """Return the manifest of a store.

    Raises
    ------
    InvalidStore
        If the folder is not a store, or a file that its manifest names is missing.
    """
    manifest = read_manifest(store)
    if manifest is None:
        raise InvalidStore(
            message(
                "An incident store is a folder with a {manifest_name}, but “{store}” "
                "has none; make one with forestall import.",
                manifest_name=MANIFEST_NAME,
                store=str(store),
            )
        )
    for part in manifest.parts:
        if not (store / part).is_file():
            raise InvalidStore(
                message(
                    "The store “{store}” is damaged: its file {part} is missing.",
                    store=str(store),
                    part=part,
                )
            )
    return manifest


def rejected_file(store: Path, manifest: Manifest) -> Path:
    """Return the file with the rejected rows that belong to a manifest."""
    pending = store / _PENDING_REJECTED.format(manifest.imports)
    return pending if pending.is_file() else store / REJECTED


@contextlib.contextmanager
def locked(
    store: Path, *, when_busy: WhenBusy, notify: Callable[[Message], None]
) -> Iterator[None]:
    """Hold the right to write to a store until the block ends.

    Raises
    ------
    StoreBusy
        If another import holds it and ``when_busy`` is ``"refuse"``.
    """
    with (store / LOCK).open("a+b") as handle:
        told = False
        while not take_lock(handle.fileno()):
            if when_busy == "refuse":
                raise StoreBusy(
                    message(
                        "Another import is writing to “{store}”; try again later.", store=str(store)
                    )
                )
            if not told:
                notify(message("Another import is writing to the store; waiting for it to end."))
                told = True
            time.sleep(_PAUSE_SECONDS)
        yield


@contextlib.contextmanager
def working_folder(store: Path) -> Iterator[Path]:
    """Make a folder inside the store for unfinished work, and remove it whatever happens."""
    folder = store / f"{WORKING}{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def full_disk_named(store: Path) -> Iterator[None]:
    """Turn what DuckDB and the system say about a full disk into one sentence.

    Raises
    ------
    NoSpaceLeft
        If the disk, the quota or the largest file size is used up.
    """
    import duckdb

    try:
        yield
    except (OSError, duckdb.Error) as wrong:
        check_disk(wrong, store=store)
        raise


def check_disk(wrong: Exception, *, store: Path | None = None) -> None:
    """Name an error that came of a full disk as what it is; do nothing for others.

    Raises
    ------
    NoSpaceLeft
        If the words of the error say so.
    """
    if any(words in str(wrong) for words in _FULL):
        which = f"the store “{store}”" if store is not None else "the store"
        raise NoSpaceLeft(
            message("The disk is full; {which} is as it was before this import.", which=which)
        ) from None


def prepare_store(store: Path) -> None:
    """Make the folder of a store, or check that an existing folder can be one.

    Raises
    ------
    InvalidStore
        If the path is a file, a folder with other things in it, or where nothing can be written.
    """
    with _closed_named(store):
        if store.exists() and not store.is_dir():
            raise InvalidStore(
                message("An incident store is a folder, but “{store}” is a file.", store=str(store))
            )
        store.mkdir(parents=True, exist_ok=True)
        _check_empty(store)
        (store / LOCK).open("a+b").close()


def _check_empty(store: Path) -> None:
    if (store / MANIFEST_NAME).exists():
        return
    for entry in sorted(store.iterdir()):
        if entry.name not in _OURS and not entry.name.startswith((WORKING, ".rejected-")):
            raise InvalidStore(
                message(
                    "A new incident store needs an empty folder, but “{store}” holds “{name}”.",
                    store=store,
                    name=entry.name,
                )
            )


@contextlib.contextmanager
def _closed_named(store: Path) -> Iterator[None]:
    """Turn what the system says of a folder that cannot be written to into one sentence."""
    try:
        yield
    except OSError as wrong:
        if wrong.errno not in _CLOSED:
            raise
        raise InvalidStore(
            message(
                "An incident store needs a folder where files can be written, but "
                "“{store}” cannot be made or written to.",
                store=str(store),
            )
        ) from None


def recover(store: Path) -> None:
    """Finish a committed import and remove the leavings of one that was killed.

    Only while the lock is held.
    """
    manifest = read_manifest(store)
    number = manifest.imports if manifest else 0
    pending = store / _PENDING_REJECTED.format(number)
    if pending.is_file():
        pending.replace(store / REJECTED)
    for leaving in [*store.glob(f"{WORKING}*"), *store.glob(".rejected-*"), *store.glob(".manif*")]:
        shutil.rmtree(leaving) if leaving.is_dir() else leaving.unlink()
    named = set(manifest.parts) if manifest else set()
    for part in store.glob(f"{INCIDENTS}/*/*"):
        if part.relative_to(store).as_posix() not in named:
            part.unlink()


def commit(store: Path, *, manifest: Manifest, parts: dict[str, Path], rejected: Path) -> None:
    """Make finished files part of the store in one step.

    Parameters
    ----------
    store
        The folder of the store, whose lock is held.
    manifest
        Names every part of the store, old and new.
    parts
        The new parts: where each belongs in the store, and where it lies now.
    rejected
        All rejected rows of the store, old and new.
    """
    for name, written in parts.items():
        (store / name).parent.mkdir(parents=True, exist_ok=True)
        to_disk(written)
        written.replace(store / name)
    pending = store / _PENDING_REJECTED.format(manifest.imports)
    to_disk(rejected)
    rejected.replace(pending)
    draft = store / f".{MANIFEST_NAME}"
    draft.write_text(manifest.to_json(), encoding="utf-8")
    to_disk(draft)
    for folder in {(store / name).parent for name in parts} | {store / INCIDENTS, store}:
        to_disk(folder)
    draft.replace(store / MANIFEST_NAME)
    to_disk(store)
    pending.replace(store / REJECTED)
    to_disk(store)
