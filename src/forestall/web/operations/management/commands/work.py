"""This file knows the process that does jobs: with beats, reminders, and a tidy disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django_tasks_db.management.commands import db_worker

from forestall.web.operations.administrators import public_address
from forestall.web.operations.leases import Beats, beat, put_back
from forestall.web.operations.orphans import end_with_parent
from forestall.web.operations.reminding import Reminding
from forestall.web.operations.tidying import Tidying

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(db_worker.Command):
    """Does jobs until it is stopped; first puts back what it did when it last died."""

    help = "Do what waits in the queue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask the queue five times a second."""
        super().add_arguments(parser)
        parser.set_defaults(interval=0.2, startup_delay=False)

    def handle(self, *, worker_id: str, **options: Any) -> None:
        """Beat while the worker of the library works."""
        end_with_parent()
        put_back(worker_id)
        beat(worker_id)
        beats = Beats(worker_id)
        beats.start()
        reminding = Reminding(address=public_address(settings.CONFIGURATION))
        reminding.start()
        tidying = Tidying()
        tidying.start()
        try:
            super().handle(worker_id=worker_id, **options)
        finally:
            tidying.stop()
            reminding.stop()
            beats.stop()
