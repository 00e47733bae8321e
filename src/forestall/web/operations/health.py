"""This file knows whether the workspace works: database, worker, disk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from forestall import __version__
from forestall.languages import message
from forestall.web.operations.leases import last_beat

if TYPE_CHECKING:
    from datetime import datetime

    from forestall.languages import Message

LEAST_FREE_MB = 200
LATEST_BEAT = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Health:
    """What works; says nothing that a stranger could use.

    Attributes
    ----------
    database, worker, disk
        Whether each works.
    free_mb
        What is left on the disk, in MB (10^6 bytes).
    """

    database: bool
    worker: bool
    disk: bool
    free_mb: int
    version: str = __version__

    @property
    def is_well(self) -> bool:
        """Return whether all of it works."""
        return self.database and self.worker and self.disk

    def sentences(self) -> list[tuple[bool, Message]]:
        """Return one sentence for each part, and whether it is a good one."""
        return [
            (self.database, _DATABASE[self.database]),
            (self.worker, _WORKER[self.worker]),
            (self.disk, _DISK[self.disk].filled(free=self.free_mb)),
        ]


_DATABASE = {
    True: message("The database answers."),
    False: message("The database does not answer."),
}
_WORKER = {
    True: message("Work in the background goes on."),
    False: message("Nobody does the work in the background; imports and diagnoses wait."),
}
_DISK = {
    True: message("The disk has room: {free} MB."),
    False: message("The disk is nearly full: {free} MB are left."),
}


def measure_health() -> Health:
    """Return what works now."""
    try:
        beat, database = last_beat(), True
    except DatabaseError:
        beat, database = None, False
    free_mb = shutil.disk_usage(settings.HOME).free // 1_000_000
    return Health(
        database=database, worker=_is_recent(beat), disk=free_mb >= LEAST_FREE_MB, free_mb=free_mb
    )


def _is_recent(beat: datetime | None) -> bool:
    return beat is not None and timezone.now() - beat < LATEST_BEAT
