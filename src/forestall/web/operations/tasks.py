"""This file knows work in the background: how it is registered, started, cancelled and done.

::

    # forestall/web/evidence/jobs.py -- found in every app by the name of its file
    @job("import")
    def import_files(job: Job, *, files: list[str]) -> dict[str, Any]:
        job.report(1, 3, message("The files are read."))
        ...
        return {"kept": 120}

    start_job(kind="import", jurisdiction=city, by=person, files=[...])

A function can be begun more than once, because a process can die in the middle of it: what it
writes must be the same after a second run. It gets numbers and texts, never records, and keeps its
transactions short, because SQLite has one writer.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from forestall.errors import Cancelled, ForestallError, NotAllowed
from forestall.languages import Message, message
from forestall.web.audit.services import record
from forestall.web.operations.models import Job, JobState
from forestall.web.organisations.in_turn import wait_for_turn
from forestall.web.organisations.policies import may
from forestall.web.organisations.roles import Verb

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.web.organisations.models import Jurisdiction
    from forestall.web.people.models import Person

    JobFunction = Callable[..., dict[str, Any] | None]

_FUNCTIONS: dict[str, JobFunction] = {}
_log = logging.getLogger("forestall.jobs")
MOST_ATTEMPTS = 3


def job(kind: str) -> Callable[[JobFunction], JobFunction]:
    """Register the function of a kind of job.

    It is called as ``function(job, **arguments)`` and returns what is kept as JSON in
    ``job.result``, or None. A `ForestallError` ends the job as failed, with its sentence.

    Raises
    ------
    ValueError
        If the kind is registered already.
    """

    def registered(function: JobFunction) -> JobFunction:
        if kind in _FUNCTIONS:
            raise ValueError(f"There is a job “{kind}” already.")
        _FUNCTIONS[kind] = function
        return function

    return registered


def start_job(*, kind: str, jurisdiction: Jurisdiction, by: Person | None, **arguments: Any) -> Job:
    """Put a job into the queue; one that waits or runs with the same arguments is returned.

    Whether the person may is for the service that calls it to check.

    Parameters
    ----------
    arguments
        Numbers, texts, and lists and dictionaries of them.

    Raises
    ------
    ValueError
        If no function is registered for the kind, or an argument is no JSON.
    """
    if kind not in _FUNCTIONS:
        raise ValueError(f"No job “{kind}” is registered.")
    given = json.loads(json.dumps(arguments))
    with transaction.atomic():
        # Two clicks on one button come one after the other.
        wait_for_turn(jurisdiction)
        for same in Job.objects.open().filter(jurisdiction=jurisdiction, kind=kind):
            if same.arguments == given:
                return same
        new = Job.objects.create(kind=kind, jurisdiction=jurisdiction, made_by=by, arguments=given)
        record("start job", by=by, about=f"job {new.pk}", jurisdiction=jurisdiction, kind=kind)
        do_job.enqueue(new.pk)
    new.refresh_from_db()
    return new


@transaction.atomic
def cancel_job(*, job: Job, by: Person) -> Job:
    """Cancel a job; one that runs stops at its next report, one that ended stays as it is.

    Raises
    ------
    NotAllowed
        If the person neither started it nor administers the jurisdiction.
    """
    if by.pk != job.made_by_id and not may(by, Verb.MANAGE_MEMBERS, job.jurisdiction):
        raise NotAllowed(message("Only who started this work, or an administrator, can cancel it."))
    cancelled = (
        Job.objects.filter(pk=job.pk)
        .open()
        .update(state=JobState.CANCELLED, ended_at=timezone.now())
    )
    if cancelled:
        record("cancel job", by=by, about=f"job {job.pk}", jurisdiction=job.jurisdiction)
    job.refresh_from_db()
    return job


@task(takes_context=True)
def do_job(context: Any, number: int) -> None:
    """Do one job, unless it ended or another process does it."""
    worker = (context.task_result.worker_ids or [""])[-1]
    found = _begin(number, worker)
    if found is None:
        return
    try:
        result = _FUNCTIONS[found.kind](found, **found.arguments) or {}
    except Cancelled:
        return
    except ForestallError as reason:
        _end(found, JobState.FAILED, said=sentence_of(reason))
    except Exception as failure:  # noqa: BLE001 -- whatever it is, somebody waits for the job
        _log_failure(found, failure)
        said = message("This should not have happened; nothing was changed. Please try again.")
        _end(found, JobState.FAILED, said=said)
    else:
        _end(found, JobState.DONE, result=result)


@transaction.atomic
def _begin(number: int, worker: str) -> Job | None:
    found = Job.objects.select_for_update().filter(pk=number, state=JobState.QUEUED).first()
    if found is None:
        return None
    if found.attempt >= MOST_ATTEMPTS:
        _end(
            found,
            JobState.FAILED,
            said=message("This work was cut off three times; it is not tried again."),
        )
        return None
    found.state = JobState.RUNNING
    found.worker, found.heartbeat = worker, timezone.now()
    found.attempt += 1
    found.save(update_fields=["state", "worker", "heartbeat", "attempt"])
    return found


def _end(
    found: Job,
    state: JobState,
    *,
    said: Message | None = None,
    result: dict[str, Any] | None = None,
) -> None:
    """Keep the end of a job, unless it was cancelled or taken over meanwhile."""
    kept: dict[str, Any] = {"state": state, "ended_at": timezone.now(), "result": result or {}}
    if said is not None:
        kept.update(said=said.text, said_values=dict(said.values))
    mine = Job.objects.open().filter(pk=found.pk, attempt=found.attempt)
    with transaction.atomic():
        if mine.update(**kept):
            record(
                "end job",
                by=None,
                about=f"job {found.pk}",
                jurisdiction=found.jurisdiction,
                state=state.value,
            )


def sentence_of(reason: ForestallError) -> Message:
    """Return the sentence of a failure so that it can be kept, in English where it must be."""
    said = reason.args[0] if reason.args else ""
    if isinstance(said, Message) and said.plural is None and _is_plain(said):
        return said
    return Message(str(reason).replace("{", "{{").replace("}", "}}"))


def _is_plain(said: Message) -> bool:
    return all(isinstance(one, str | int | float) for one in said.values.values())


def _log_failure(found: Job, failure: Exception) -> None:
    """Log what kind of failure it was and where: its text could hold data."""
    _, _, traceback = sys.exc_info()
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    where = ""
    if traceback is not None:
        code = traceback.tb_frame.f_code
        where = f"{code.co_name}:{traceback.tb_lineno}"
    _log.error(
        "job failed",
        extra={"job": found.pk, "kind": found.kind, "error": type(failure).__name__, "at": where},
    )
