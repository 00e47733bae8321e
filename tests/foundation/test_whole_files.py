"""A file is written as a whole or not at all."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import InvalidOutput
from forestall.whole_files import replace_whole, take_lock, to_disk, write_whole


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_the_later_content_stands_alone(tmp_path_factory, first, second):
    file = tmp_path_factory.mktemp("whole") / "plan.json"

    write_whole(file, first)
    write_whole(file, second)

    assert file.read_bytes() == second
    assert [one.name for one in file.parent.iterdir()] == ["plan.json"]


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_disk_that_fails_at_any_step_leaves_the_earlier_file(tmp_path, monkeypatch, step):
    file = write_whole(tmp_path / "plan.json", b"earlier")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, full)
    with pytest.raises(InvalidOutput, match=r"^plan\.json cannot be written: no space left"):
        write_whole(file, b"later")
    with pytest.raises(OSError, match="No space left"):
        replace_whole(file, b"later")

    assert file.read_bytes() == b"earlier"
    assert [one.name for one in tmp_path.iterdir()] == ["plan.json"]


def test_a_file_with_the_longest_name_can_be_written(tmp_path):
    assert write_whole(tmp_path / ("a" * 255), b"here").read_bytes() == b"here"


def test_others_can_read_what_was_written(tmp_path):
    assert write_whole(tmp_path / "plan.json", b"here").stat().st_mode & 0o777 == 0o644


def test_a_file_and_its_folder_are_brought_to_the_disk(tmp_path, monkeypatch):
    brought: list[int] = []
    file = tmp_path / "plan.json"
    file.write_bytes(b"here")
    monkeypatch.setattr(os, "fsync", brought.append)

    for path in (file, tmp_path, tmp_path / "none"):
        to_disk(path)

    assert len(brought) == 2


def test_a_file_is_locked_by_one_at_a_time(tmp_path):
    file = tmp_path / ".lock"

    with file.open("ab") as first, file.open("ab") as second:
        assert take_lock(first.fileno())
        assert not take_lock(second.fileno())
        first.close()
        assert take_lock(second.fileno())
