"""Work in the background: it is done, told, cancelled, and put back where its process died."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forestall.errors import Cancelled, InvalidFile, NotAllowed
from forestall.languages import message
from forestall.web.audit.models import AuditEntry
from forestall.web.operations import tasks
from forestall.web.operations.leases import SILENT, beat, last_beat, put_back, put_back_silent
from forestall.web.operations.models import Job, JobState, Worker
from forestall.web.operations.tasks import cancel_job, do_job, job, start_job
from forestall.web.organisations.roles import Role
from tests.web.conftest import member


@pytest.fixture
def work(monkeypatch):
    """Register functions for one test only."""
    monkeypatch.setattr(tasks, "_FUNCTIONS", {})
    return job


@pytest.fixture
def queue(settings):
    """The queue of the database; nobody works on it unless the test does."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def do_next(worker="first"):
    """Do the next task as the worker of the library does."""
    one = DBTaskResult.objects.ready().get()
    one.claim(worker)
    one.task.call(type("Context", (), {"task_result": one.task_result})(), *one.args_kwargs["args"])
    one.set_successful(None)


def claim_and_die(worker):
    """Begin the next task and leave it, as a process does that is killed."""
    one = DBTaskResult.objects.ready().get()
    one.claim(worker)
    return tasks._begin(one.args_kwargs["args"][0], worker)


def test_a_job_is_done_and_keeps_its_result(work, city, people):
    @work("count")
    def count(job, *, rows):
        job.report(1, 2, message("{rows} rows are read.", rows=rows))
        return {"kept": rows}

    done = start_job(kind="count", jurisdiction=city, by=people[Role.ANALYST], rows=1200)

    assert done.state == JobState.DONE
    assert done.result == {"kept": 1200}
    assert (done.step, done.steps, str(done.words)) == (1, 2, "1,200 rows are read.")
    assert [entry.verb for entry in AuditEntry.objects.all()][-2:] == ["start job", "end job"]


def test_a_failure_that_a_person_can_put_right_is_told(work, city, people):
    @work("read")
    def read(job):
        raise InvalidFile(message("The file {name} is empty.", name="a{b}.csv"))

    failed = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])

    assert failed.state == JobState.FAILED
    assert str(failed.words) == "The file a{b}.csv is empty."


def test_a_sentence_that_holds_braces_is_told_as_it_is(work, city, people):
    @work("read")
    def read(job):
        raise InvalidFile("Row {3} is empty.")

    failed = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])

    assert str(failed.words) == "Row {3} is empty."


def test_an_unexpected_failure_tells_and_logs_no_value(work, city, people, caplog):
    @work("read")
    def read(job):
        raise KeyError("Ana Example, 3 High Street")

    failed = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])

    assert failed.state == JobState.FAILED
    assert "Ana" not in str(failed.words) + caplog.text + str(caplog.records[-1].__dict__)
    assert caplog.records[-1].error == "KeyError"


def test_the_same_work_is_not_begun_twice(work, queue, city, people):
    work("read")(lambda job, *, name: None)

    first = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST], name="a")
    same = start_job(kind="read", jurisdiction=city, by=people[Role.COORDINATOR], name="a")
    other = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST], name="b")

    assert first == same
    assert first != other


def test_a_job_that_is_cancelled_stops_at_its_next_report(work, queue, city, people):
    after = []

    @work("read")
    def read(job):
        cancel_job(job=Job.objects.get(pk=job.pk), by=people[Role.ANALYST])
        job.report(1, 2, message("The file is read."))
        after.append(job)

    started = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])
    do_next()

    started.refresh_from_db()
    assert started.state == JobState.CANCELLED
    assert not after


def test_a_job_that_waits_is_cancelled_and_never_begun(work, queue, city, people):
    begun: list[Job] = []
    work("read")(begun.append)
    waiting = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])

    cancel_job(job=waiting, by=people[Role.ADMINISTRATOR])
    do_next()

    assert waiting.state == JobState.CANCELLED
    assert not begun


def test_only_who_started_it_or_an_administrator_can_cancel(work, queue, city, people):
    work("read")(lambda job: None)
    waiting = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])

    with pytest.raises(NotAllowed, match="administrator"):
        cancel_job(job=waiting, by=people[Role.READER])


def test_a_job_whose_process_died_is_done_by_the_next(work, queue, city, people):
    work("read")(lambda job: {"attempt": job.attempt})
    started = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])
    beat("first")
    left = claim_and_die("first")

    assert put_back("first") == 1
    do_next("second")

    started.refresh_from_db()
    assert (started.state, started.result) == (JobState.DONE, {"attempt": 2})
    with pytest.raises(Cancelled):
        left.report(1, 1, message("The file is read."))


def test_work_that_ends_late_is_kept_if_nobody_began_it_again(work, queue, city, people):
    @work("read")
    def read(job):
        put_back("first")
        return {"attempt": job.attempt}

    started = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])
    beat("first")
    do_next("first")
    do_next("second")

    started.refresh_from_db()
    assert (started.state, started.result) == (JobState.DONE, {"attempt": 1})


def test_work_that_ends_late_changes_nothing_if_another_process_has_it(work, queue, city, people):
    @work("read")
    def read(job):
        if job.attempt == 1:
            put_back("first")
            do_next("second")
        return {"attempt": job.attempt}

    started = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])
    beat("first")
    do_next("first")

    started.refresh_from_db()
    assert (started.state, started.result) == (JobState.DONE, {"attempt": 2})


def test_a_process_that_is_silent_for_a_minute_loses_its_jobs(work, queue, city, people):
    work("read")(lambda job: None)
    started = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])
    beat("first")
    claim_and_die("first")

    assert put_back_silent() == 0
    Worker.objects.update(beat_at=timezone.now() - SILENT - timedelta(seconds=1))
    assert put_back_silent() == 1

    started.refresh_from_db()
    assert started.state == JobState.QUEUED


def test_a_job_that_kills_its_process_is_given_up(work, queue, city, people):
    work("read")(lambda job: None)
    started = start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])

    for worker in ("first", "second", "third"):
        claim_and_die(worker)
        put_back(worker)

    started.refresh_from_db()
    assert started.state == JobState.FAILED
    assert "three times" in str(started.words)
    assert not DBTaskResult.objects.exclude(status=TaskResultStatus.FAILED).exists()


def test_a_job_is_invisible_to_another_city(work, city, people, elsewhere):
    work("read")(lambda job: None)
    start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST])

    assert Job.objects.visible_to(people[Role.READER]).count() == 1
    assert not Job.objects.visible_to(member(elsewhere, Role.ADMINISTRATOR)).exists()


def test_an_unknown_kind_or_an_argument_that_is_no_json_is_refused(work, city, people):
    with pytest.raises(ValueError, match="registered"):
        start_job(kind="nothing", jurisdiction=city, by=people[Role.ANALYST])
    work("read")(lambda job, *, by_what: None)
    with pytest.raises(TypeError):
        start_job(kind="read", jurisdiction=city, by=people[Role.ANALYST], by_what=object())
    with pytest.raises(ValueError, match="already"):
        work("read")(lambda job: None)


def test_nobody_ever_worked_in_a_new_workspace(db):
    assert last_beat() is None
    assert do_job.name == "do_job"
