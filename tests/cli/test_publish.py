"""A finished report is written in more languages by one line; a failure leaves it as it was."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from forestall.publication import publish_diagnosis
from forestall.publication.example import example_diagnosis

ROOT = Path(__file__).parent.parent.parent
# What a diagnosis needs, and what writes a report once more does not.
OF_THE_DIAGNOSIS = {"ibis", "duckdb", "sqlglot", "scipy", "numba", "altair", "vl_convert"}


@pytest.fixture(scope="module")
def first_report(tmp_path_factory):
    out = tmp_path_factory.mktemp("first") / "report"
    publish_diagnosis(example_diagnosis(), out=out, place="Hill Town", made_on=date(2026, 1, 5))
    return out


@pytest.fixture
def report(first_report, tmp_path):
    return Path(shutil.copytree(first_report, tmp_path / "report"))


def forestall(*words, **more):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "forestall", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        **more,
    )


def files_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_terminal_says_what_was_written(report):
    done = forestall("publish", report, "--language", "ar,fr")

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        f"Written in {report}:",
        "  index.html",
        "  ar/index.html",
        "  ar/diagnosis.json",
        "  fr/index.html",
        "  fr/diagnosis.json",
    ]


def test_formats_and_languages_may_be_given_several_times(report):
    done = forestall(
        *("publish", report, "--format", "html", "--format", "html"),
        *("--language", "ar", "--language", "zh"),
    )

    assert done.returncode == 0, done.stderr
    assert (report / "zh" / "index.html").is_file()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--format", "odt"], "A report is written as html"),
        (["--language", "xx"], "no catalogue for the language “xx”"),
        (["--language", "../x"], "A language is named by its tag"),
        (["--formats", "html"], "--formats"),
    ],
)
def test_what_is_not_known_is_told_in_one_line(report, words, sentence):
    before = files_of(report)

    done = forestall("publish", report, *words)

    assert done.returncode == 1
    assert done.stdout == ""
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert files_of(report) == before


def test_a_folder_that_is_no_report_is_told_in_one_line(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")

    for folder in (tmp_path, tmp_path / "nothing", tmp_path / "thesis.docx"):
        done = forestall("publish", folder)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "report" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_an_edited_publication_is_told_in_one_line(report):
    path = report / "publication.json"
    path.write_text(path.read_text()[:-200])

    done = forestall("publish", report, "--language", "ar")

    assert done.returncode == 1
    assert "publication.json was cut short or edited" in done.stderr
    assert done.stderr.count("\n") == 1


def small_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))


def test_a_full_disk_is_told_in_one_line_and_the_report_stays(report):
    before = files_of(report)

    done = forestall("publish", report, "--language", "ar", preexec_fn=small_files)

    assert done.returncode == 1
    assert "The disk is full" in done.stderr
    assert files_of(report) == before
    assert [path.name for path in report.parent.iterdir()] == ["report"]


KILLED = """
import os, signal, sys
from forestall.publication import editions, files
{where}
editions.republish(sys.argv[1], languages=["ar", "fr"])
"""
KILLED_WHILE_WRITING = """
wrote = editions._Work._edition
def stop(self, key, working):
    made = wrote(self, key, working)
    os.kill(os.getpid(), signal.SIGKILL) if key == ("ar", "html") else None
    return made
editions._Work._edition = stop
"""
KILLED_WHILE_MOVING = """
from pathlib import Path
moved = Path.rename
def stop(self, target):
    moved(self, target)
    os.kill(os.getpid(), signal.SIGKILL)
Path.rename = stop
"""


@pytest.mark.parametrize("where", [KILLED_WHILE_WRITING, KILLED_WHILE_MOVING])
def test_a_killed_command_leaves_the_earlier_report_whole(report, where):
    before = files_of(report)

    code = KILLED.format(where=where)
    done = subprocess.run([sys.executable, "-c", code, report], check=False, cwd=ROOT)

    assert done.returncode == -signal.SIGKILL
    again = forestall("publish", report, "--language", "xx")
    assert again.returncode == 1
    assert files_of(report) == before
    assert forestall("publish", report, "--language", "ar").returncode == 0
    assert (report / "ar" / "index.html").is_file()


@pytest.mark.skipif(os.geteuid() == 0, reason="The administrator may write everywhere.")
def test_a_folder_that_cannot_be_written_is_told_in_one_line(report):
    report.parent.chmod(0o555)
    try:
        done = forestall("publish", report, "--language", "ar")
    finally:
        report.parent.chmod(0o755)

    assert done.returncode == 1
    assert "no permission" in done.stderr


def test_nothing_of_the_diagnosis_is_loaded(report):
    words = ["-X", "importtime", "-m", "forestall", "publish", str(report), "--format", "html"]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)
    loaded = set(re.findall(r"\|\s+([\w.]+)$", done.stderr, flags=re.MULTILINE))

    assert not {name.split(".")[0] for name in loaded} & OF_THE_DIAGNOSIS
    assert "forestall.publication.stored.codec" in loaded
    assert not {name for name in loaded if name.startswith("forestall.diagnosis")}


def test_a_diagnosis_can_be_written_in_several_languages(tmp_path):
    out = tmp_path / "report"

    done = forestall(
        *("diagnose", "examples/nyc_vehicle_theft", "-o", out, "--language", "fr,ar"),
        *("--format", "html"),
    )

    assert done.returncode == 0, done.stderr
    assert json.loads((out / "diagnosis.json").read_text())["language"] == "fr"
    assert json.loads((out / "ar" / "diagnosis.json").read_text())["language"] == "ar"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["--format", "odt"], "A report is written as"), (["--language", "en,xx"], "“xx”")],
)
def test_a_diagnosis_refuses_what_is_not_known_before_any_work(tmp_path, words, sentence):
    done = forestall("diagnose", "examples/nyc_vehicle_theft", "-o", tmp_path / "report", *words)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert list(tmp_path.iterdir()) == []
