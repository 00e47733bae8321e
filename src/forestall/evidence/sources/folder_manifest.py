"""This file knows what an evidence folder says of itself: its files, where they came from, sums."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from forestall.errors import InvalidEvidence
from forestall.languages import message

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.json"
_KIND, _VERSION = "forestall-evidence-folder", 1


@dataclass(frozen=True, kw_only=True)
class AddedFile:
    """A file that was added: its name, its checksum, and the keys of the records it holds."""

    name: str
    sha256: str
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FolderManifest:
    """What a folder holds after so many changes.

    ``contents`` has the checksum of each of our own files by its name.
    """

    changes: int = 0
    contents: dict[str, str] = field(default_factory=dict)
    files: tuple[AddedFile, ...] = ()

    def as_json(self) -> str:
        """Return the manifest as the text of its file."""
        said = {"kind": _KIND, "version": _VERSION, **asdict(self)}
        return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def checksum_of(content: bytes) -> str:
    """Return the SHA-256 of what a file holds.

    Examples
    --------
    >>> checksum_of(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def read_folder_manifest(folder: Path) -> FolderManifest | None:
    """Return the manifest of an evidence folder, None if it has none.

    Raises
    ------
    InvalidEvidence
        If there is a file of that name that says another thing.
    """
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return _manifest(said)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InvalidEvidence(
            message(
                "An evidence folder needs a “{manifest}” of its own, but that in “{folder}” is "
                "another or damaged.",
                manifest=MANIFEST,
                folder=str(folder),
            )
        ) from None


def _manifest(said: dict[str, Any]) -> FolderManifest:
    if said["kind"] != _KIND or said["version"] != _VERSION:
        raise ValueError("another kind")
    return FolderManifest(
        changes=int(said["changes"]),
        contents={str(name): str(digest) for name, digest in said["contents"].items()},
        files=tuple(
            AddedFile(
                name=str(one["name"]),
                sha256=str(one["sha256"]),
                keys=tuple(str(key) for key in one["keys"]),
            )
            for one in said["files"]
        ),
    )
