"""This file knows when people are reminded: the process that does jobs looks every hour."""

from __future__ import annotations

import logging
import threading
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from forestall.web.directory.services import forget_ended
from forestall.web.operations.administrators import public_address
from forestall.web.plans.reminders import send_digests

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from forestall.web.configuration import Configuration

EVERY_SECONDS = 3600.0
# As long as one mail may take; see the time limit of mail in the configuration.
PATIENCE_SECONDS = 10.0
_log = logging.getLogger("forestall.reminders")


class Reminding(threading.Thread):
    """Sends the digests that are due, now and every hour, until it is stopped.

    Parameters
    ----------
    address
        Of the workspace, for the link in the mail; "" for none.
    """

    def __init__(
        self,
        *,
        address: str = "",
        seconds: float = EVERY_SECONDS,
        today: Callable[[], date] = timezone.localdate,
    ) -> None:
        super().__init__(name="reminding", daemon=True)
        self.address, self.seconds, self.today = address, seconds, today
        self._stopped = threading.Event()

    def run(self) -> None:
        """Look until stopped; a mail server that is away for a while is no reason to end."""
        while True:
            close_old_connections()
            try:
                forget_ended(today=self.today())
                send_digests(today=self.today(), address=self.address)
            except (DatabaseError, SMTPException, OSError) as failure:
                _log.warning("no digests", extra={"error": type(failure).__name__})
            connection.close()
            if self._stopped.wait(self.seconds):
                return

    def stop(self) -> None:
        """End after the mail that is being sent; the others follow after the next start."""
        self._stopped.set()
        self.join(PATIENCE_SECONDS)


def send_due(configuration: Configuration) -> int:
    """Send the digests that are due today, and return how many that were."""
    return send_digests(today=timezone.localdate(), address=public_address(configuration))
