"""Many write at once, and processes are killed: nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile

import pytest

from forestall.web.operations.archives import read_manifest
from tests.web.storm.served import ROOT, SETTINGS, crowd, make_storm, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals"),
]


def write(number, step):
    return "POST", f"/storm/write/client-{number}-step-{step}/"


def kept(home):
    """Return how many revisions there are, after the file was checked."""
    with sqlite3.connect(home / "workspace.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (count,) = database.execute("SELECT count(*) FROM plans_planrevision").fetchone()
    database.close()
    return count


def entries_beside(home):
    """Return how many entries of the log are about something else than a revision."""
    with sqlite3.connect(home / "workspace.sqlite3") as database:
        sql = "SELECT (SELECT count(*) FROM audit_auditentry) - count(*) FROM plans_planrevision"
        (count,) = database.execute(sql).fetchone()
    database.close()
    return count


def forestall(*words):
    """Run a command beside the workspace that is served."""
    done = subprocess.run(
        [sys.executable, "-m", "forestall", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": SETTINGS},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("storm") / "home") as running:
        yield running


def test_twenty_writers_lose_nothing(served):
    writers, before = crowd(served.port, 20), kept(served.home)
    archive = served.home / "during.zip"
    backup = threading.Thread(target=forestall, args=["backup", archive, "--home", served.home])
    backup.start()

    storm = make_storm(writers, seconds=5, next_step=write)
    backup.join()

    assert storm.failures == 0, storm.statuses
    assert storm.acknowledged > 20
    assert kept(served.home) - before == storm.acknowledged
    with zipfile.ZipFile(archive) as opened:
        rows = read_manifest(opened).rows
    assert before <= rows["plans.planrevision"] <= kept(served.home)
    # Each revision is written with its entry in the log; a backup holds both or neither.
    assert rows["audit.auditentry"] - rows["plans.planrevision"] == entries_beside(served.home)
    forestall("workspace", "check", "--home", served.home)


def test_what_is_killed_comes_back_and_loses_nothing(served):
    before = kept(served.home)
    person, *writers = crowd(served.port, 9)
    _, number = person.ask("POST", "/storm/begin/")
    wait_for(person, number, lambda job: job["step"] >= 2)
    served.kill("django work")
    threading.Timer(1.0, served.kill, ["answering"]).start()

    storm = make_storm(writers, seconds=8, next_step=write)

    job = wait_for(person, number, lambda job: job["state"] == "done")
    person.close()
    assert (job["attempt"], job["result"]) == (2, {"steps": 8})
    assert served.stop() == 0
    assert storm.acknowledged > 8
    # A write that was under way may be kept although its answer never came.
    made = kept(served.home) - before
    assert storm.acknowledged <= made <= storm.acknowledged + storm.broken
    forestall("workspace", "check", "--home", served.home)
    said = (served.home / "output.txt").read_text()
    assert "The worker ended unexpectedly; it was started again." in said
    assert "The server ended unexpectedly; it was started again." in said


def wait_for(person, number, is_so):
    """Ask how far a job is until it is so, and return what was said."""
    latest = time.monotonic() + 40
    while time.monotonic() < latest:
        try:
            status, body = person.ask("GET", f"/storm/look/{number.decode()}/")
        except OSError:
            status = 0
        if status == 200 and is_so(job := json.loads(body)):
            return job
        time.sleep(0.1)
    raise AssertionError("The job did not come so far.")
