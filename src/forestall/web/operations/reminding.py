"""This file knows when people are reminded: the process that does jobs looks every hour."""

from __future__ import annotations

import logging
import threading
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from forestall.web.operations.administrators import public_address

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Protocol

    from forestall.web.configuration import Configuration

    class Reminder(Protocol):
        """What is sent every hour if it is due."""

        def __call__(self, *, today: date, address: str) -> int:
            """Send what is due on the day, and return how many mails that were."""


EVERY_SECONDS = 3600.0
# As long as one mail may take; see the time limit of mail in the configuration.
PATIENCE_SECONDS = 10.0
_REMINDERS: list[Reminder] = []
_log = logging.getLogger("forestall.reminders")


def reminder(send: Reminder) -> Reminder:
    """Register what is sent every hour if it is due; apps do so in their file ``jobs``."""
    _REMINDERS.append(send)
    return send


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
                _send_all(today=self.today(), address=self.address)
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
    return _send_all(today=timezone.localdate(), address=public_address(configuration))


def _send_all(*, today: date, address: str) -> int:
    return sum(send(today=today, address=address) for send in _REMINDERS)
