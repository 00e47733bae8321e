"""This file knows which bundles of others nobody needs any more, and removes their files.

What waits or is used here stays. The file of one that was declined, replaced or never noted is
marked when it is first seen, and removed when the mark is older than the time of grace; where it
is from stays in the database.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.db import transaction

from forestall.exchange.packing import SUFFIX
from forestall.web.exchange.folders import received_folder
from forestall.web.exchange.models import ReceivedBundle

if TYPE_CHECKING:
    from pathlib import Path

    from forestall.web.exchange.models import ReceivedQuerySet

GRACE_DAYS = 30
_A_DAY = 86_400
_MARK = ".unneeded"
_NEEDED = (ReceivedBundle.State.WAITING, ReceivedBundle.State.ACCEPTED)
_log = logging.getLogger("forestall.exchange")


def clean_received(*, grace_days: float = GRACE_DAYS) -> int:
    """Remove the files of bundles of others that nobody needs any more; return how many.

    Parameters
    ----------
    grace_days
        How long files stay after they were first found to be of no use.
    """
    removed = 0
    for file in sorted(received_folder().glob(f"*{SUFFIX}")):
        mark = file.with_name(f"{file.name}{_MARK}")
        if _rows_of(file).filter(state__in=_NEEDED).exists():
            mark.unlink(missing_ok=True)
        elif _marked_for(mark) >= grace_days * _A_DAY:
            removed += _remove(file, mark)
    if removed:
        _log.info("files of bundles removed", extra={"removed": removed})
    return removed


def _rows_of(file: Path) -> ReceivedQuerySet:
    place, _, sha256 = file.name.removesuffix(SUFFIX).partition("-")
    if not place.isdecimal():
        return ReceivedBundle.objects.none()
    return ReceivedBundle.objects.filter(jurisdiction_id=int(place), sha256=sha256)


def _marked_for(mark: Path) -> float:
    """Return for how many seconds a mark is there; it is made when it was not."""
    try:
        return time.time() - mark.stat().st_mtime
    except FileNotFoundError:
        mark.touch()
        return 0.0


@transaction.atomic
def _remove(file: Path, mark: Path) -> bool:
    """Take a file away, unless it came to be needed meanwhile: who decides holds the same row."""
    rows = list(_rows_of(file).select_for_update())
    if any(one.state in _NEEDED for one in rows):
        return False
    file.unlink(missing_ok=True)
    mark.unlink(missing_ok=True)
    return True
