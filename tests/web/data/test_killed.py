"""Work whose process is killed or stopped: the store is as before, and the work goes on."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from forestall.errors import Cancelled
from forestall.languages import message
from forestall.records import import_incidents, open_incidents
from forestall.records.progress import Progress
from forestall.web.data import jobs
from forestall.web.data.folders import import_folder, store_folder
from forestall.web.data.importing import Teller
from forestall.web.data.models import FileImport
from forestall.web.data.services import begin_diagnosis, stop_work
from forestall.web.operations import tasks
from forestall.web.operations.models import Job
from forestall.web.organisations.roles import Role
from tests.web.data.conftest import JANUARY, STREET, upload


@pytest.fixture
def queue(settings):
    """The queue of the database; nobody works on it unless the test does."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def do_next(worker="second"):
    """Do the next task as the worker of the library does."""
    one = DBTaskResult.objects.ready().get_locked()
    assert one is not None
    one.claim(worker)
    one.task.call(type("Context", (), {"task_result": one.task_result})(), *one.args_kwargs["args"])
    one.set_successful(None)


def waiting(client, store):
    """Bring a file whose import waits in the queue."""
    upload(client, store, ("street.csv", STREET))
    return FileImport.objects.select_related("job").get()


def test_an_import_in_the_queue_says_so_and_shows_its_progress(queue, signed_in, store):
    client = signed_in(Role.ANALYST)
    one = waiting(client, store)

    page = client.get(f"/data/imports/{one.pk}/").text
    part = client.get(f"/data/imports/{one.pk}/", headers={"HX-Request": "true"})

    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "waits its turn" in page
    assert "<html" not in part.text
    do_next()
    after = client.get(f"/data/imports/{one.pk}/", headers={"HX-Request": "true"})
    assert after.headers["HX-Refresh"] == "true"
    assert "refresh" not in client.get(f"/data/imports/{one.pk}/").text


def test_an_import_that_was_stopped_leaves_the_store_and_can_be_tried_again(
    queue, signed_in, store, people
):
    client = signed_in(Role.ANALYST)
    one = waiting(client, store)

    client.post(f"/data/imports/{one.pk}/stop/")

    page = client.get(f"/data/imports/{one.pk}/").text
    assert "stopped" in page
    assert not store_folder(store).exists()
    client.post(f"/data/imports/{one.pk}/again/")
    do_next()
    do_next()
    assert "3 kept" in client.get(f"/data/imports/{one.pk}/").text


def test_an_import_that_died_after_its_last_step_is_told_as_if_it_had_not(
    queue, signed_in, store, monkeypatch
):
    client = signed_in(Role.ANALYST)
    one = waiting(client, store)
    assert one.job is not None
    first = tasks._begin(one.job.pk, "first")
    import_incidents(
        [import_folder(one) / "street.csv"], store=store_folder(store)
    )  # the worker died here
    assert first is not None
    Job.objects.filter(pk=first.pk).update(state="queued", worker="")

    do_next()

    page = client.get(f"/data/imports/{one.pk}/").text
    assert "4 rows were read: 3 kept and 1 rejected." in page
    assert open_incidents(store_folder(store)).count_rows() == 3


def test_a_diagnosis_that_was_stopped_has_no_report(queue, signed_in, full_store, people):
    one = begin_diagnosis(
        store=full_store,
        areas=None,
        options={"languages": ["en"], "formats": [], "threshold": 5},
        by=people[Role.ANALYST],
    )

    stop_work(one=one, by=people[Role.ANALYST])
    do_next()

    one.refresh_from_db()
    assert one.shown_state == "cancelled"
    assert one.first_day is None
    client = signed_in(Role.READER)
    assert client.get(f"/diagnoses/{one.pk}/report/").status_code == 404
    assert "There is no report" in client.get(f"/diagnoses/{one.pk}/").text


class _Told:
    """A job that was cancelled."""

    step, steps = 0, 0

    def report(self, *given):
        raise Cancelled("The job was cancelled.")


def test_a_cancelled_import_stops_at_the_next_step():
    progress = Progress(doing=message("Reading"), rows_done=1, rows_total=2, seconds_left=None)

    stopped: Any = _Told()

    with pytest.raises(Cancelled):
        Teller(stopped).tell(progress)


def test_a_cancelled_job_never_becomes_a_failed_import(signed_in, store, monkeypatch):
    def cancelled(one, job):
        raise Cancelled("The job was cancelled.")

    monkeypatch.setattr(jobs, "read_files", cancelled)
    upload(signed_in(Role.ANALYST), store, ("street.csv", STREET))

    assert FileImport.objects.get().state == "waiting"


_SLOW_IMPORT = """
import sys, time
from forestall.records import import_incidents

def tell(progress):
    if "Writing" in str(progress.doing):
        print("in the middle", flush=True)
        time.sleep(60)

import_incidents([sys.argv[1]], store=sys.argv[2], progress=tell)
"""


def test_an_import_killed_in_its_middle_leaves_the_store_as_it_was(queue, signed_in, store):
    client = signed_in(Role.ANALYST)
    upload(client, store, ("street.csv", STREET))
    do_next()
    folder = store_folder(store)
    before = (folder / "manifest.json").read_bytes()
    upload(client, store, (JANUARY.name, JANUARY.read_bytes()))
    with subprocess.Popen(
        [sys.executable, "-c", _SLOW_IMPORT, str(JANUARY), str(folder)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
        process.kill()

    assert (folder / "manifest.json").read_bytes() == before
    assert open_incidents(folder).count_rows() == 3
    do_next()
    assert open_incidents(folder).count_rows() > 7_000
    assert not list(folder.glob(".importing-*"))
