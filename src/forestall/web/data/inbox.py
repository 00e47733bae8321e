"""This file knows the inbox: a folder of the server from which files are chosen, never typed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings

from forestall.errors import InvalidFile
from forestall.languages import message
from forestall.web.data.received import INCIDENTS

if TYPE_CHECKING:
    from pathlib import Path

_MOST_SHOWN = 500


def inbox_files() -> tuple[str, ...]:
    """Return the files in the inbox that can be imported, as seen from it, in order."""
    root = _root()
    if root is None:
        return ()
    found = (one for one in root.rglob("*") if _is_offered(one, root))
    return tuple(sorted(one.relative_to(root).as_posix() for one in islice(found, _MOST_SHOWN)))


def inbox_file(name: str) -> Path:
    """Return a file of the inbox by its name in the list.

    Raises
    ------
    InvalidFile
        If it is not there, not offered, or a link that leads out of the inbox.
    """
    root = _root()
    path = (root / name) if root is not None else None
    if path is None or root is None or not _is_offered(path, root):
        raise InvalidFile(message("A file that was chosen is no longer in the inbox."))
    return path


def _root() -> Path | None:
    inbox = settings.INBOX
    return inbox.resolve() if inbox is not None and inbox.is_dir() else None


def _is_offered(path: Path, root: Path) -> bool:
    real = path.resolve()
    inside = real.is_relative_to(root)
    if not inside or any(part.startswith(".") for part in real.relative_to(root).parts):
        return False
    return path.suffix.lower() in INCIDENTS and real.is_file()
