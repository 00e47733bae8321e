"""This file knows how an evidence folder lies on the disk and how it changes in one step.

::

    evidence/
    ├── manifest.json      replaced last: the moment a change takes effect
    ├── effects.csv        effects of studies, in our own form
    ├── references.ris     texts without a number yet
    ├── practices/         practices in JSON, kept by others
    ├── evaluations/       reports of evaluations, kept by others
    └── .lock              held by the one who may write

What is new lies in ``.effects-<change>.csv`` until its manifest is in place; then it takes the
name without the number. A reader takes the file with the number of the manifest if it is there.
"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from forestall.errors import InvalidEvidence, NoSpaceLeft
from forestall.evidence.sources.folder_manifest import (
    MANIFEST,
    FolderManifest,
    checksum_of,
    read_folder_manifest,
)
from forestall.languages import message
from forestall.whole_files import to_disk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

EFFECTS, REFERENCES = "effects.csv", "references.ris"
_OURS = (EFFECTS, REFERENCES)
_DRAFT = f".{MANIFEST}"
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
_TRIES = 5


def read_state(folder: Path) -> tuple[FolderManifest, dict[str, bytes]]:
    """Return the manifest of a folder and what its files hold, all of one moment.

    A folder without a manifest has nothing.

    Raises
    ------
    InvalidEvidence
        If a file is not as it was written.
    """
    for _ in range(_TRIES):
        manifest = read_folder_manifest(folder) or FolderManifest()
        contents = {name: _content(folder, name, manifest) for name in manifest.contents}
        if all(checksum_of(contents[name]) == sum_ for name, sum_ in manifest.contents.items()):
            return manifest, contents
        # Another process may have changed the folder in between.
    wrong = next(name for name in manifest.contents if _is_changed(contents, manifest, name))
    raise InvalidEvidence(
        message(
            "“{file}” in “{folder}” is not as it was written; put it back, or add your files to a "
            "new folder.",
            file=wrong,
            folder=str(folder),
        )
    )


def write_state(folder: Path, manifest: FolderManifest, contents: Mapping[str, bytes]) -> None:
    """Make contents and manifest those of a folder in one step; only while its lock is held.

    Raises
    ------
    NoSpaceLeft
        If the disk is full; the folder is as it was.
    """
    number = manifest.changes + 1
    coming = replace(
        manifest,
        changes=number,
        contents={name: checksum_of(content) for name, content in contents.items()},
    )
    with _full_disk_named(folder):
        for name, content in contents.items():
            _write(folder / _pending(name, number), content)
        _write(folder / _DRAFT, coming.as_json().encode("utf-8"))
        to_disk(folder)
        (folder / _DRAFT).replace(folder / MANIFEST)
    # From here on the change holds, whatever happens to the names of the files.
    to_disk(folder)
    finish(folder, coming)


def finish(folder: Path, manifest: FolderManifest) -> None:
    """Give new files their names, and remove the leavings of a change that was killed."""
    for name in manifest.contents:
        pending = folder / _pending(name, manifest.changes)
        if pending.is_file():
            pending.replace(folder / name)
    for name in set(_OURS) - set(manifest.contents):
        (folder / name).unlink(missing_ok=True)
    _remove(folder)
    to_disk(folder)


def prepare_folder(folder: Path) -> None:
    """Make an evidence folder, or check that an existing one can take evidence.

    Raises
    ------
    InvalidEvidence
        If it is a file, cannot be written to, or has files of another origin under our names.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".lock").open("a+b").close()
    except OSError as wrong:
        if wrong.errno in _FULL:
            raise _no_space(folder) from None
        raise InvalidEvidence(
            message(
                "Evidence needs a folder where files can be written, but “{folder}” is none.",
                folder=str(folder),
            )
        ) from None
    taken = [name for name in _OURS if (folder / name).exists()]
    if taken and not (folder / MANIFEST).exists():
        raise InvalidEvidence(
            message(
                "“{folder}” has a file “{file}” that no one added; move it elsewhere and add it.",
                folder=str(folder),
                file=taken[0],
            )
        )


def _content(folder: Path, name: str, manifest: FolderManifest) -> bytes:
    for path in (folder / _pending(name, manifest.changes), folder / name):
        try:
            return path.read_bytes()
        except OSError:
            continue
    return b""


def _is_changed(contents: Mapping[str, bytes], manifest: FolderManifest, name: str) -> bool:
    return checksum_of(contents[name]) != manifest.contents[name]


def _pending(name: str, number: int) -> str:
    stem, _, ending = name.partition(".")
    return f".{stem}-{number}.{ending}"


@contextmanager
def _full_disk_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as wrong:
        _remove(folder)
        if wrong.errno in _FULL:
            raise _no_space(folder) from None
        raise


def _no_space(folder: Path) -> NoSpaceLeft:
    return NoSpaceLeft(
        message(
            "The disk is full, so nothing was added; “{folder}” is as it was.", folder=str(folder)
        )
    )


def _remove(folder: Path) -> None:
    leavings = [*folder.glob(".effects-*.csv"), *folder.glob(".references-*.ris"), folder / _DRAFT]
    for path in leavings:
        path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
