"""The commands on the workspace, in this process and on the database of the tests."""

from __future__ import annotations

import pytest

from forestall.cli.application import run_command
from forestall.errors import InvalidConfiguration
from forestall.web.audit.models import AuditEntry
from forestall.web.operations import starting


@pytest.fixture
def home(tmp_path, monkeypatch, db):
    """A folder of a workspace; the tables are there already."""
    monkeypatch.setattr(starting, "prepare_workspace", lambda: None)
    monkeypatch.setenv("FORESTALL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def forestall(*words):
    """Run a command in this process, to its end."""
    with pytest.raises(SystemExit) as end:
        run_command([str(word) for word in words])
    assert end.value.code == 0


def test_who_is_locked_out_gets_a_link(home, client, capsys):
    forestall("workspace", "link", "--home", home, "--port", "9000")

    said = capsys.readouterr().out
    assert said.startswith("http://127.0.0.1:9000/invited/")
    assert client.get(said.strip().removeprefix("http://127.0.0.1:9000")).status_code == 200


def test_a_workspace_that_is_whole_is_said_to_be(home, capsys):
    forestall("workspace", "link", "--home", home)
    forestall("workspace", "check", "--home", home)

    assert "The audit log holds 1 entries, and none was changed." in capsys.readouterr().out


def test_an_entry_that_was_changed_is_named(home):
    forestall("workspace", "link", "--home", home)
    AuditEntry.objects.update(actor="member-9")

    with pytest.raises(InvalidConfiguration, match="entry 1"):
        run_command(["workspace", "check", "--home", str(home)])


def test_a_home_that_cannot_be_written_to_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("FORESTALL_HOME", "")
    (tmp_path / "file").write_text("")

    with pytest.raises(InvalidConfiguration, match="--home"):
        run_command(["serve", "--home", str(tmp_path / "file" / "home"), "--port", "0"])
