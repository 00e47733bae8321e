"""This file knows where the stored publication of an evaluation lies that somebody brought.

It lies among the files of the workspace, so that a backup holds it. Its folder has a random name:
nothing that somebody typed becomes part of a path.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings

from forestall.publication.stored import STORED

MOST_BYTES = 50_000_000


def received_folder() -> Path:
    """Return the folder in which each stored publication has one."""
    return Path(settings.MEDIA_ROOT) / "publishing"


def keep_stored(content: bytes) -> Path:
    """Write a stored publication into a new folder, and return the folder."""
    folder = received_folder() / secrets.token_hex(8)
    folder.mkdir(parents=True)
    (folder / STORED).write_bytes(content)
    return folder
