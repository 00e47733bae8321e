"""A report takes its place in one step and never destroys what is not a report."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from forestall.errors import InvalidOutput, NoSpaceLeft
from forestall.publication.files import check_output, replaced_folder


def write_report(folder, text="new"):
    (folder / "index.html").write_text(text)
    (folder / "diagnosis.json").write_text('{"kind": "forestall-diagnosis"}')
    (folder / "tables").mkdir()
    (folder / "tables" / "a.csv").write_text(text)


def test_a_new_folder_is_made_with_its_parents(tmp_path):
    with replaced_folder(tmp_path / "deep" / "report") as working:
        write_report(working)

    assert (tmp_path / "deep" / "report" / "index.html").read_text() == "new"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["report"]


def test_an_earlier_report_is_replaced_as_a_whole(tmp_path):
    out = tmp_path / "report"
    with replaced_folder(out) as working:
        write_report(working, "old")
        (working / "map.geojson").write_text("old")
    with replaced_folder(out) as working:
        write_report(working)

    assert sorted(path.name for path in out.iterdir()) == ["diagnosis.json", "index.html", "tables"]
    assert (out / "index.html").read_text() == "new"


def test_other_files_beside_an_earlier_report_stay(tmp_path):
    out = tmp_path / "report"
    with replaced_folder(out) as working:
        write_report(working, "old")
        (working / "map.geojson").write_text("old")
    (out / "notes.txt").write_text("mine")
    with replaced_folder(out) as working:
        write_report(working)

    assert (out / "notes.txt").read_text() == "mine"
    assert (out / "index.html").read_text() == "new"
    assert (out / "tables" / "a.csv").read_text() == "new"
    assert not (out / "map.geojson").exists()


def test_a_folder_with_other_files_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(InvalidOutput, match=r"first “thesis\.docx”"):
        check_output(tmp_path)


def test_a_file_is_refused(tmp_path):
    (tmp_path / "report").write_text("a file")

    with pytest.raises(InvalidOutput, match="is a file"):
        check_output(tmp_path / "report")


def test_an_empty_folder_is_taken(tmp_path):
    with replaced_folder(tmp_path) as working:
        write_report(working)

    assert (tmp_path / "index.html").is_file()


def test_a_failure_on_the_way_leaves_the_earlier_report(tmp_path):
    out = tmp_path / "report"
    with replaced_folder(out) as working:
        write_report(working, "old")

    def fail():
        with replaced_folder(out) as working:
            (working / "index.html").write_text("half")
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        fail()

    assert (out / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_full_disk_is_said_in_one_sentence(tmp_path):
    def fill():
        with replaced_folder(tmp_path / "report"):
            raise OSError(28, "No space left on device")

    with pytest.raises(NoSpaceLeft, match="was not written"):
        fill()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EDQUOT])
def test_no_space_leaves_nothing_behind(tmp_path, number):
    def write(working):
        write_report(working)
        raise OSError(number, "no space")

    with (
        pytest.raises(NoSpaceLeft, match=r"disk is full"),
        replaced_folder(tmp_path / "deep" / "report") as working,
    ):
        write(working)

    assert list(tmp_path.iterdir()) == []


def test_a_link_to_the_folder_stays_a_link(tmp_path):
    real, link = tmp_path / "real", tmp_path / "link"
    with replaced_folder(real) as working:
        write_report(working, "old")
    link.symlink_to(real)
    with replaced_folder(link) as working:
        write_report(working)

    assert link.is_symlink()
    assert (real / "index.html").read_text() == "new"


def test_a_way_through_the_folder_itself_finds_it_again(tmp_path):
    out = tmp_path / "report"
    with replaced_folder(out) as working:
        write_report(working, "old")
    with replaced_folder(out / ".." / "report") as working:
        write_report(working)

    assert (out / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_the_folder_that_is_worked_in_is_not_taken_away(tmp_path, monkeypatch):
    out = tmp_path / "report"
    with replaced_folder(out) as working:
        write_report(working, "old")
    monkeypatch.chdir(out)
    for place in (Path(), out):
        with replaced_folder(place) as working:
            write_report(working, "new")

    assert Path("index.html").read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report"]


def test_the_folder_of_all_folders_is_refused():
    with pytest.raises(InvalidOutput, match="holds all others"):
        check_output(Path("/"))


@pytest.mark.parametrize("target", ["elsewhere", "nowhere", "ar"])
def test_a_link_that_leads_out_of_the_report_is_in_the_way(tmp_path, target):
    out = tmp_path / "report"
    with replaced_folder(out) as working:
        write_report(working, "old")
    (tmp_path / "elsewhere").mkdir()
    (out / "ar").symlink_to("ar" if target == "ar" else tmp_path / target)

    with pytest.raises(InvalidOutput, match="place of “ar”"):
        check_output(out, coming=["ar/index.html"])
    assert list((tmp_path / "elsewhere").iterdir()) == []
