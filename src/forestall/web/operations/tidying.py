"""This file knows when files that nobody needs are removed: the process that does jobs looks."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from django.db import close_old_connections, connection

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY_SECONDS = 6 * 3600.0
PATIENCE_SECONDS = 10.0
_TIDIERS: list[Callable[[], object]] = []
_log = logging.getLogger("forestall.publishing")


def tidier(clean: Callable[[], object]) -> Callable[[], object]:
    """Register what removes files of no use; apps do so in their file ``jobs``."""
    _TIDIERS.append(clean)
    return clean


class Tidying(threading.Thread):
    """Removes what is of no use, now and every six hours, until it is stopped."""

    def __init__(self, *, seconds: float = EVERY_SECONDS) -> None:
        super().__init__(name="tidying", daemon=True)
        self.seconds = seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        """Look until stopped; a disk or a database that is away is no reason to end."""
        while True:
            for clean in _TIDIERS:
                _tidy(clean)
            connection.close()
            if self._stopped.wait(self.seconds):
                return

    def stop(self) -> None:
        """End; what is left over is removed after the next start."""
        self._stopped.set()
        self.join(PATIENCE_SECONDS)


def _tidy(clean: Callable[[], object]) -> None:
    """Let one app tidy; whatever fails in it, the others are not kept from theirs."""
    close_old_connections()
    try:
        clean()
    except Exception as failure:  # noqa: BLE001 -- what ends consent must not wait for a disk
        at = f"{clean.__module__}.{clean.__name__}"
        _log.warning("nothing tidied", extra={"error": type(failure).__name__, "at": at})
