"""Files of publications that nobody needs are removed, and never any other."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.utils import timezone

from forestall.web.operations.journal import JsonLines
from forestall.web.operations.models import Job, JobState
from forestall.web.organisations.roles import Role
from forestall.web.publishing import cleaning
from forestall.web.publishing.cleaning import clean_releases
from forestall.web.publishing.models import Release, releases_folder
from forestall.web.publishing.received import keep_stored
from forestall.web.publishing.services import prepare_plan, release_publication

State = Release.State
OLD = 31 * 86_400


@pytest.fixture(autouse=True)
def files(settings, home):
    settings.MEDIA_ROOT = home / "files"


@pytest.fixture
def release(draft, people):
    """A publication with two files, in any state."""
    one = Release.objects.create(
        jurisdiction=draft.jurisdiction,
        kind=Release.Kind.PLAN,
        title="Plan",
        plan=draft,
        revision=draft.revisions.get(),
        languages=["en"],
        prepared_by=people[Role.COORDINATOR],
    )
    for folder in (one.content, one.preview):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("<p>Plan</p>")
    return one


def put(release, state, *, job=None):
    Release.objects.filter(pk=release.pk).update(state=state)
    if job is not None:
        ended = timezone.now() if job in (JobState.FAILED, JobState.CANCELLED) else None
        made = Job.objects.create(
            kind="x", jurisdiction=release.jurisdiction, state=job, ended_at=ended
        )
        Release.objects.filter(pk=release.pk).update(job=made)


def let_time_pass():
    """Make every mark older than the time of grace."""
    for mark in releases_folder().parent.rglob(cleaning._MARK):
        os.utime(mark, (time.time() - OLD, time.time() - OLD))


@pytest.mark.parametrize(
    ("state", "job"),
    [
        (State.WITHDRAWN, None),
        (State.SUPERSEDED, None),
        (State.PREPARING, JobState.FAILED),
        (State.PREPARING, JobState.CANCELLED),
    ],
)
def test_what_nobody_reads_goes_after_the_time_of_grace(release, state, job):
    put(release, state, job=job)

    assert clean_releases() == 0
    assert release.preview.is_dir()
    let_time_pass()
    assert clean_releases() == 1
    assert not release.content.parent.exists()
    assert clean_releases() == 0


@pytest.mark.parametrize(
    ("state", "job"),
    [
        (State.RELEASED, None),
        (State.READY, None),
        (State.PREPARING, None),
        (State.PREPARING, JobState.QUEUED),
        (State.PREPARING, JobState.RUNNING),
    ],
)
def test_what_is_public_awaited_or_being_made_stays_for_ever(release, state, job):
    put(release, state, job=job)

    for _ in range(2):
        assert clean_releases(grace_days=0) == 0
    assert (release.content / "index.html").is_file()
    assert (release.preview / "index.html").is_file()


def test_what_is_needed_again_loses_its_mark(release):
    put(release, State.SUPERSEDED)
    clean_releases()
    let_time_pass()
    put(release, State.READY)

    assert clean_releases() == 0
    put(release, State.SUPERSEDED)
    assert clean_releases() == 0
    assert release.content.is_dir()


def test_a_publication_that_became_needed_between_look_and_removal_stays(release, monkeypatch):
    put(release, State.SUPERSEDED)
    clean_releases()
    let_time_pass()
    usual, asked = cleaning._is_needed, []

    def changed_meanwhile(folder):
        asked.append(folder)
        return usual(folder) if len(asked) == 1 else True

    monkeypatch.setattr(cleaning, "_is_needed", changed_meanwhile)

    assert clean_releases() == 0
    assert release.content.is_dir()


def test_folders_that_are_no_publication_are_left_alone(release, home):
    mine = home / "releases" / "my notes"
    mine.mkdir()
    (home / "releases" / "77").mkdir()
    (home / "releases" / "78").symlink_to(mine)

    clean_releases()
    let_time_pass()

    assert clean_releases() == 1  # 77 is that of no publication
    assert mine.is_dir()
    assert (home / "releases" / "78").is_symlink()


def test_what_was_brought_goes_with_its_publication(release):
    kept, lost = keep_stored(b"{}"), keep_stored(b"{}")
    Release.objects.filter(pk=release.pk).update(
        kind="evaluation",
        plan=None,
        revision=None,
        state=State.READY,
        source=f"files/publishing/{kept.name}",
    )
    clean_releases()
    let_time_pass()

    assert clean_releases() == 1
    assert kept.is_dir()
    assert not lost.exists()


def test_the_site_reads_the_same_after_cleaning(released, draft, people, home):
    later = prepare_plan(plan=draft, languages=["en"], formats=[], by=people[Role.COORDINATOR])
    release_publication(release=later, by=people[Role.PUBLISHER])
    site = home / "public" / "port-alder"
    before = {one: one.read_bytes() for one in sorted(site.resolve().rglob("*")) if one.is_file()}
    clean_releases()
    let_time_pass()

    assert clean_releases() == 1

    assert before == {one: one.read_bytes() for one in before}
    assert not released.content.exists()
    assert later.content.is_dir()


def test_the_page_of_a_cleaned_publication_offers_no_preview(client, release, people):
    put(release, State.SUPERSEDED)
    client.force_login(people[Role.READER])
    assert "as it was prepared" in client.get(release.get_absolute_url()).text
    clean_releases()
    let_time_pass()
    clean_releases()

    assert "as it was prepared" not in client.get(release.get_absolute_url()).text


def test_how_many_is_in_the_log(release, caplog):
    put(release, State.SUPERSEDED)
    clean_releases()
    let_time_pass()
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record):
            heard.append(JsonLines().format(record))

    ear = Ear()
    logging.getLogger("forestall").addHandler(ear)
    try:
        clean_releases()
    finally:
        logging.getLogger("forestall").removeHandler(ear)

    (line,) = map(json.loads, heard)
    assert (line["event"], line["removed"]) == ("files of publications removed", 1)


_WORKSPACE = """
import os, shutil, sys, time
from pathlib import Path
from forestall.web.operations.starting import prepare_workspace, start_django

home = Path(sys.argv[1])
start_django(home)
from forestall.web.publishing import cleaning

if sys.argv[2] == "begin":
    prepare_workspace()
    for number in ("1", "2"):
        for name in ("a", "b"):
            (home / "releases" / number / name).mkdir(parents=True)
    cleaning.clean_releases()

    def slowly(folder, **more):
        (folder / "a").rmdir()
        print("in the middle", flush=True)
        time.sleep(60)

    shutil.rmtree = slowly
cleaning.clean_releases(grace_days=0)
print(sorted(one.name for one in (home / "releases").iterdir()))
"""


def test_a_removal_killed_in_its_middle_is_ended_by_the_next(tmp_path):
    """A process of its own, with a database of its own, is killed by SIGKILL."""
    environ = {name: text for name, text in os.environ.items() if name != "DATABASE_URL"}
    environ["DJANGO_SETTINGS_MODULE"] = "forestall.web.settings"
    command = [sys.executable, "-c", _WORKSPACE, str(tmp_path)]
    with subprocess.Popen([*command, "begin"], stdout=subprocess.PIPE, env=environ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
        process.kill()
    left = sorted(one.name[:9] for one in (tmp_path / "releases").iterdir())
    assert left == [".leaving-", "2"]

    ended = subprocess.run([*command, "again"], capture_output=True, env=environ, check=True)

    assert ended.stdout.splitlines()[-1] == b"[]"


@pytest.mark.parametrize("step", ["mark", "rename", "rmtree"])
def test_whoever_is_cut_off_at_any_step_harms_nothing(release, prepared, monkeypatch, step):
    put(release, State.WITHDRAWN)
    needed = sorted(prepared.content.rglob("*"))
    if step != "mark":
        clean_releases()
        let_time_pass()

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    where = {"mark": (Path, "touch"), "rename": (Path, "rename"), "rmtree": (shutil, "rmtree")}
    with monkeypatch.context() as patch:
        patch.setattr(*where[step], killed)
        with pytest.raises(KeyboardInterrupt):
            clean_releases()

    clean_releases()
    let_time_pass()
    clean_releases()
    assert not release.content.exists()
    assert sorted(prepared.content.rglob("*")) == needed
