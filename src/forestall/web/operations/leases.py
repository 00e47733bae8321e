"""This file knows what becomes of a job whose process died: it is put back into the queue.

A process that does jobs says every few seconds that it is alive. What it did when it fell silent is
put back: at once when it is started again, by the others after a minute.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forestall.languages import message
from forestall.web.operations.models import Job, JobState, Worker
from forestall.web.operations.tasks import MOST_ATTEMPTS, do_job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

BEAT_SECONDS = 5.0
SILENT = timedelta(seconds=60)
_log = logging.getLogger("forestall.jobs")


class Beats(threading.Thread):
    """Says that a process is alive, and puts back what others left, until it is stopped."""

    def __init__(self, worker: str, *, seconds: float = BEAT_SECONDS) -> None:
        super().__init__(name="beats", daemon=True)
        self.worker, self.seconds = worker, seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        """Beat until stopped; a database that is away for a while is no reason to end."""
        while not self._stopped.wait(self.seconds):
            close_old_connections()
            try:
                beat(self.worker)
                put_back_silent()
            except DatabaseError as failure:
                _log.warning("no beat", extra={"error": type(failure).__name__})
        connection.close()

    def stop(self) -> None:
        """End, and say that the process does nothing any more."""
        self._stopped.set()
        self.join(self.seconds)
        Worker.objects.filter(key=self.worker).delete()


def beat(worker: str) -> None:
    """Say that a process is alive, and its jobs with it."""
    now = timezone.now()
    known = Worker.objects.filter(key=worker).update(beat_at=now)
    if not known:
        Worker.objects.create(key=worker, began_at=now, beat_at=now)
    Job.objects.filter(worker=worker, state=JobState.RUNNING).update(heartbeat=now)


def last_beat() -> datetime | None:
    """Return when a process that does jobs was last alive; None if none ever was."""
    return Worker.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()


def put_back_silent() -> int:
    """Put back what processes did that fell silent, and return how many tasks that were."""
    silent = Worker.objects.filter(beat_at__lt=timezone.now() - SILENT)
    return sum(put_back(key) for key in silent.values_list("key", flat=True))


@transaction.atomic
def put_back(worker: str) -> int:
    """Put back what a process did when it died, and return how many tasks that were.

    What was cut off several times is not tried again: it may be what kills the process.
    """
    count = 0
    for one in _begun_by(worker):
        again = one.task_path != do_job.module_path and len(one.worker_ids) < MOST_ATTEMPTS
        one.status = TaskResultStatus.READY if again else TaskResultStatus.FAILED
        one.save(update_fields=["status"])
        count += again
    Worker.objects.filter(key=worker).delete()
    return count + _put_back_jobs(worker)


def _begun_by(worker: str) -> Iterator[DBTaskResult[Any, Any]]:
    running = DBTaskResult.objects.running().select_for_update()
    return (one for one in running if one.worker_ids and one.worker_ids[-1] == worker)


def _put_back_jobs(worker: str) -> int:
    """Give each job a new task: the process may still live, and end the old one late."""
    held = Job.objects.filter(worker=worker, state=JobState.RUNNING)
    given_up = message("This work was cut off three times; it is not tried again.")
    held.filter(attempt__gte=MOST_ATTEMPTS).update(
        state=JobState.FAILED, ended_at=timezone.now(), said=given_up.text, said_values={}
    )
    numbers = list(held.values_list("pk", flat=True))
    held.update(state=JobState.QUEUED, worker="", heartbeat=None)
    for number in numbers:
        do_job.enqueue(number)
    return len(numbers)
