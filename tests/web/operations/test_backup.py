"""A backup brings everything back, and a damaged one changes nothing."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from hashlib import sha256

import pytest
from django.core.management import call_command

from forestall.errors import InvalidBackup
from forestall.web.audit.models import AuditEntry
from forestall.web.audit.services import first_broken
from forestall.web.operations.archives import MANIFEST
from forestall.web.operations.backup import back_up
from forestall.web.operations.models import Job, JobState
from forestall.web.operations.restoring import restore
from forestall.web.organisations.roles import Role
from forestall.web.people.models import Person
from forestall.web.plans.models import Plan


@pytest.fixture
def home(tmp_path, settings):
    """A folder with one file of a user in it."""
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files" / "maps").mkdir(parents=True)
    (tmp_path / "files" / "maps" / "gates.txt").write_text("Gates", encoding="utf-8")
    return tmp_path


def empty(home):
    """Take everything away, as on a new machine."""
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(home / "files")


def changed(archive, target, change):
    """Write an archive anew, with its members changed, and the checksums if the manifest is."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        members = {info.filename: old.read(info) for info in old.infolist()}
        change(members)
        for name, content in members.items():
            new.writestr(name, content)


def resign(members):
    manifest = json.loads(members[MANIFEST])
    manifest["members"] = {
        name: {"bytes": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in members.items()
        if name != MANIFEST
    }
    members[MANIFEST] = json.dumps(manifest).encode()


@pytest.mark.django_db(transaction=True)
def test_keys_of_bundles_are_in_a_backup_with_its_key_only(home, settings):
    settings.HOME = home
    (home / "keys").mkdir()
    (home / "keys" / "a.pem").write_bytes(b"secret")

    without = back_up(home / "without.zip", with_key=False)
    back_up(home / "with.zip", with_key=True)
    shutil.rmtree(home / "keys")
    empty(home)
    restore(home / "with.zip", home=home)

    assert not [name for name in without.members if "keys" in name]
    assert (home / "keys" / "a.pem").read_bytes() == b"secret"
    assert stat.S_IMODE((home / "keys" / "a.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700


@pytest.mark.django_db(transaction=True)
def test_everything_comes_back_as_it_was(home, plan, people, client):
    job = Job.objects.create(
        kind="read", jurisdiction=plan.jurisdiction, state=JobState.RUNNING, worker="gone"
    )
    document = plan.document

    made = back_up(home / "city.zip", with_key=False)
    empty(home)
    restore(home / "city.zip", home=home)

    assert Plan.objects.get().document == document
    assert made.rows["people.person"] == Person.objects.count() == len(people)
    assert AuditEntry.objects.exists()
    assert first_broken() is None
    assert (home / "files" / "maps" / "gates.txt").read_text(encoding="utf-8") == "Gates"
    assert Job.objects.get(pk=job.pk).state != JobState.RUNNING
    client.force_login(people[Role.READER])
    assert plan.title in client.get("/plans/").text
    assert Person.objects.create_user("next@example.org").pk > max(
        one.pk for one in people.values()
    )


def test_a_workspace_in_use_is_not_overwritten(home, plan):
    back_up(home / "city.zip", with_key=False)

    with pytest.raises(InvalidBackup, match="in use"):
        restore(home / "city.zip", home=home)


def test_a_backup_never_replaces_a_file(home, db):
    (home / "city.zip").write_text("mine")

    with pytest.raises(InvalidBackup, match="needs a new file"):
        back_up(home / "city.zip", with_key=False)
    with pytest.raises(InvalidBackup, match="cannot be written"):
        back_up(home / "nowhere" / "city.zip", with_key=False)

    assert (home / "city.zip").read_text() == "mine"
    assert not list(home.glob(".*"))


def test_the_key_is_there_only_when_asked_for(home, db, settings):
    back_up(home / "without.zip", with_key=False)
    back_up(home / "with.zip", with_key=True)

    assert settings.SECRET_KEY.encode() not in everything_in(home / "without.zip")
    assert settings.SECRET_KEY.encode() in everything_in(home / "with.zip")
    assert (home / "with.zip").stat().st_mode & 0o077 == 0
    shutil.rmtree(home / "files")
    restore(home / "with.zip", home=home)
    assert (home / "secret.key").read_text() == settings.SECRET_KEY


def everything_in(archive):
    with zipfile.ZipFile(archive) as opened:
        return b"".join(opened.read(name) for name in opened.namelist())


def drop_a_file(members):
    del members["files/maps/gates.txt"]


def change_a_row(members):
    name = "rows/auth.group.jsonl"
    members[name] = b'{"model":"auth.group","pk":1,"fields":{"name":"x","permissions":[]}}\n'


def add_a_file(members):
    members["files/more.txt"] = b"more"


def climb_out(members):
    members["files/../../out.txt"] = b"out"
    resign(members)


def go_elsewhere(members):
    members["settings.py"] = b"out"
    resign(members)


def write_a_drive(members):
    members["files/C:\\out.txt"] = b"out"
    resign(members)


def put_a_row_elsewhere(members):
    row = b'{"model":"people.person","pk":7,"fields":{"email":"x@example.org","password":"x"}}\n'
    members["rows/auth.group.jsonl"] = row
    resign(members)


def break_a_row(members):
    members["rows/auth.group.jsonl"] = b"{\n"
    resign(members)


def break_the_list(members):
    members[MANIFEST] = b"{"


def be_older(members):
    manifest = json.loads(members[MANIFEST])
    manifest["tables"]["plans"] = "0000_before"
    members[MANIFEST] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (drop_a_file, "list of files"),
        (add_a_file, "list of files"),
        (change_a_row, "not as it was written"),
        (climb_out, "refused"),
        (go_elsewhere, "refused"),
        (write_a_drive, "refused"),
        (put_a_row_elsewhere, "wrong place"),
        (break_a_row, "do not fit together"),
        (break_the_list, "list of what it holds"),
        (be_older, "another version"),
    ],
)
def test_a_damaged_or_hostile_archive_changes_nothing(home, db, change, said):
    back_up(home / "city.zip", with_key=False)
    changed(home / "city.zip", home / "changed.zip", change)
    shutil.rmtree(home / "files")

    with pytest.raises(InvalidBackup, match=said):
        restore(home / "changed.zip", home=home)

    assert not Person.objects.exists()
    assert sorted(path.name for path in home.iterdir()) == ["changed.zip", "city.zip"]
    assert not (home.parent / "out.txt").exists()


def test_half_an_archive_is_refused(home, db):
    back_up(home / "city.zip", with_key=False)
    whole = (home / "city.zip").read_bytes()
    (home / "half.zip").write_bytes(whole[: len(whole) // 2])

    with pytest.raises(InvalidBackup, match="is none"):
        restore(home / "half.zip", home=home)
