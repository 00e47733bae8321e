"""This file knows when files that nobody needs are removed: the process that does jobs looks."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, close_old_connections, connection

from forestall.web.publishing.cleaning import clean_releases

EVERY_SECONDS = 6 * 3600.0
PATIENCE_SECONDS = 10.0
_log = logging.getLogger("forestall.publishing")


class Tidying(threading.Thread):
    """Removes what is of no use, now and every six hours, until it is stopped."""

    def __init__(self, *, seconds: float = EVERY_SECONDS) -> None:
        super().__init__(name="tidying", daemon=True)
        self.seconds = seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        """Look until stopped; a disk or a database that is away is no reason to end."""
        while True:
            close_old_connections()
            try:
                clean_releases()
            except (DatabaseError, OSError) as failure:
                _log.warning("nothing tidied", extra={"error": type(failure).__name__})
            connection.close()
            if self._stopped.wait(self.seconds):
                return

    def stop(self) -> None:
        """End; what is left over is removed after the next start."""
        self._stopped.set()
        self.join(PATIENCE_SECONDS)
