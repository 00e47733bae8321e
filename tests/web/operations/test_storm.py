"""Many write at once, and processes are killed: nothing that was acknowledged is lost."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from urllib.parse import urlsplit

import pytest

from forestall.web.operations.archives import read_manifest
from tests.web.storm.served import ROOT, SETTINGS, crowd, make_storm, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals"),
]


# The server on which the tests run, if they run on one.
SERVER = os.environ.get("DATABASE_URL", "")
PAGES = ("/", "/plans/", "/plans/1/", "/follow-up/", "/account/profile/")


def write(number, step):
    return "POST", f"/storm/write/client-{number}-step-{step}/"


def read_and_write(number, step):
    if (step + number) % 10 == 9:
        return write(number, step)
    return "GET", PAGES[(step + number) % len(PAGES)]


@contextlib.contextmanager
def opened(served):
    """Ask the database of a workspace beside it."""
    if served.database:
        import psycopg

        with psycopg.connect(served.database) as database:
            yield database
        return
    with contextlib.closing(sqlite3.connect(served.home / "workspace.sqlite3")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        yield database


def kept(served):
    """Return how many revisions there are, after the file was checked."""
    with opened(served) as database:
        return database.execute("SELECT count(*) FROM plans_planrevision").fetchone()[0]


def entries_beside(served):
    """Return how many entries of the log are about something else than a revision."""
    sql = "SELECT (SELECT count(*) FROM audit_auditentry) - count(*) FROM plans_planrevision"
    with opened(served) as database:
        return database.execute(sql).fetchone()[0]


def forestall(served, *words):
    """Run a command beside the workspace that is served."""
    more = {"DATABASE_URL": served.database, "DJANGO_SETTINGS_MODULE": SETTINGS}
    done = subprocess.run(
        [sys.executable, "-m", "forestall", *map(str, words), "--home", str(served.home)],
        cwd=ROOT,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@contextlib.contextmanager
def own_database():
    """Make a database on the server of the tests, if there is one, and give its address."""
    if not SERVER:
        yield ""
        return
    import psycopg

    name = f"storm_{secrets.token_hex(6)}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    home = tmp_path_factory.mktemp("storm") / "home"
    with own_database() as database, serving(home, database) as running:
        yield running


@pytest.mark.both_databases
def test_twenty_writers_lose_nothing(served):
    writers, before = crowd(served.port, 20), kept(served)
    archive = served.home / "during.zip"
    backup = threading.Thread(target=forestall, args=[served, "backup", archive])
    backup.start()

    storm = make_storm(writers, seconds=5, next_step=write)
    backup.join()

    assert storm.failures == 0, storm.statuses
    assert storm.acknowledged > 20
    assert kept(served) - before == storm.acknowledged
    with zipfile.ZipFile(archive) as opened:
        rows = read_manifest(opened).rows
    assert before <= rows["plans.planrevision"] <= kept(served)
    # Each revision is written with its entry in the log; a backup holds both or neither.
    assert rows["audit.auditentry"] - rows["plans.planrevision"] == entries_beside(served)
    forestall(served, "workspace", "check")


def test_fifty_people_at_work_see_no_failure_and_lose_nothing(served):
    """Show the benchmark in short; how fast it is depends on who else uses the machine."""
    people, before = crowd(served.port, 50), kept(served)

    storm = make_storm(people, seconds=4, next_step=read_and_write, pause_seconds=0.5)

    assert storm.failures == 0, storm.statuses
    assert storm.acknowledged > 5
    assert kept(served) - before == storm.acknowledged


@pytest.mark.both_databases
def test_what_one_process_wrote_every_process_shows(served):
    person, *others = crowd(served.port, 9)
    assert person.ask("POST", "/storm/fill/2/")[0] == 200
    for one in others:  # each process has read the plans
        assert one.ask("GET", "/")[0] == 200

    for day in ("2001-01-01", "2002-02-02"):
        status, _ = person.ask("POST", f"/storm/owe/{day}/")
        assert status == 200
        shown = [one.ask("GET", "/follow-up/")[1].decode() for one in others]
        assert all(day[:4] in page for page in shown)

    for one in (person, *others):
        one.close()


def test_what_is_killed_comes_back_and_loses_nothing(served):
    before = kept(served)
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
    made = kept(served) - before
    assert storm.acknowledged <= made <= storm.acknowledged + storm.broken
    forestall(served, "workspace", "check")
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
