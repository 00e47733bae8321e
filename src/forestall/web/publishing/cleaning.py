"""This file knows which files of publications nobody needs any more, and removes them safely.

What is public, waits for a second person or is being made stays. Everything else is marked when it
is first seen, and removed when the mark is older than the time of grace. A folder is given a name
of its own before it is emptied: whoever is cut off in between leaves it to the next who looks.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from forestall.web.operations.models import JobState
from forestall.web.publishing.models import Release, releases_folder
from forestall.web.publishing.received import received_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GRACE_DAYS = 30
_A_DAY = 86_400
_MARK = ".unneeded"
_LEAVING = ".leaving-"
_ENDED = (JobState.FAILED, JobState.CANCELLED)
_log = logging.getLogger("forestall.publishing")


def clean_releases(*, grace_days: float = GRACE_DAYS) -> int:
    """Remove the files of publications that nobody needs any more, and return how many had some.

    Withdrawn and replaced publications, those that could not be made, and folders of none are
    meant. What is in the log of the workspace and in the database stays.

    Parameters
    ----------
    grace_days
        How long files stay after they were first found to be of no use.
    """
    removed = 0
    for folder in _folders():
        if folder.name.startswith(_LEAVING):
            shutil.rmtree(folder, ignore_errors=True)
        elif _is_needed(folder):
            (folder / _MARK).unlink(missing_ok=True)
        elif _marked_for(folder) >= grace_days * _A_DAY:
            removed += _remove(folder)
    if removed:
        _log.info("files of publications removed", extra={"removed": removed})
    return removed


def _folders() -> Iterator[Path]:
    """Yield the folders of publications, and those of what was brought; nothing else."""
    for root in (releases_folder(), received_folder()):
        for one in sorted(root.iterdir()) if root.is_dir() else ():
            ours = one.name.isdecimal() or root == received_folder()
            if one.is_dir() and not one.is_symlink() and (ours or one.name.startswith(_LEAVING)):
                yield one


def _is_needed(folder: Path) -> bool:
    """Return whether a publication that is read, awaited or being made needs the folder."""
    if folder.parent == releases_folder():
        found = Release.objects.filter(pk=int(folder.name))
    else:
        found = Release.objects.filter(
            source=folder.resolve().relative_to(settings.HOME).as_posix()
        )
    return any(not _is_over(one) for one in found.select_related("job"))


def _is_over(release: Release) -> bool:
    """Return whether nobody will read a publication any more, whatever is done."""
    if release.state in (Release.State.WITHDRAWN, Release.State.SUPERSEDED):
        return True
    made_no_more = release.job is not None and release.job.state in _ENDED
    return release.state == Release.State.PREPARING and made_no_more


def _marked_for(folder: Path) -> float:
    """Return for how many seconds a folder has been marked; it is marked when it was not."""
    mark = folder / _MARK
    try:
        return time.time() - mark.stat().st_mtime
    except FileNotFoundError:
        mark.touch()
        return 0.0


def _remove(folder: Path) -> bool:
    """Take a folder away, unless it came to be needed meanwhile."""
    leaving = folder.with_name(f"{_LEAVING}{secrets.token_hex(6)}")
    with transaction.atomic():
        if folder.parent == releases_folder():
            # Who releases holds the same row; one of the two comes first.
            list(Release.objects.select_for_update().filter(pk=int(folder.name)))
        if _is_needed(folder):
            return False
        folder.rename(leaving)
    shutil.rmtree(leaving, ignore_errors=True)
    return True
