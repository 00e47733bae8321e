"""The command line is quick to help, short in its answers, and silent about data when it fails."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from forestall import __version__, cli
from forestall.cli import application
from forestall.cli.progress import progress_line
from forestall.errors import InvalidFile
from forestall.languages import message
from forestall.records.progress import Progress

SLOW = {"ibis", "pandas", "altair", "duckdb", "geopandas", "numpy", "scipy", "pyarrow", "shapely"}


def forestall(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "forestall", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def imported_by(*words):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "forestall", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    names = re.findall(r"\|\s+([\w.]+)$", done.stderr, flags=re.MULTILINE)
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("diagnose", "--help")])
def test_help_imports_nothing_slow(words):
    assert not imported_by(*words) & SLOW


def test_help_names_the_commands():
    done = forestall("--help")

    assert done.returncode == 0
    for command in ("diagnose", "import", "describe"):
        assert command in done.stdout


def test_the_version_is_that_of_the_package():
    assert forestall("--version").stdout.strip() == __version__


def test_an_error_is_one_line_and_no_traceback(tmp_path):
    done = forestall("diagnose", tmp_path / "nothing.csv", "-o", tmp_path / "report")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "nothing.csv" in done.stderr
    assert not (tmp_path / "report").exists()


def test_the_traceback_is_there_for_those_who_ask(tmp_path):
    done = forestall(
        "diagnose", tmp_path / "nothing.csv", "-o", tmp_path / "report", FORESTALL_DEBUG="1"
    )

    assert "Traceback" in done.stderr


def fail_with(failure):
    def app(words, **settings):
        raise failure

    return app


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["bogus"], "Unknown command"),
        (["diagnose"], "--out"),
        (["diagnose", "x.csv", "-o", "y", "--cell-m", "wide"], "--cell-m"),
    ],
)
def test_a_wrong_word_is_told_in_one_line(words, sentence):
    done = forestall(*words)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_unexpected_failure_tells_its_kind_and_no_data(monkeypatch, capsys):
    monkeypatch.setattr(application, "app", fail_with(ZeroDivisionError("12 Church Street")))
    monkeypatch.setattr("sys.argv", ["forestall", "diagnose"])
    monkeypatch.delenv("FORESTALL_DEBUG", raising=False)

    with pytest.raises(SystemExit) as ended:
        cli.main()

    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert "ZeroDivisionError" in told
    assert "Church" not in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("failure", "code"), [(KeyboardInterrupt(), 130), (InvalidFile("No file."), 1)]
)
def test_each_end_has_its_exit_code(monkeypatch, capsys, failure, code):
    monkeypatch.setattr(application, "app", fail_with(failure))
    monkeypatch.setattr("sys.argv", ["forestall", "diagnose"])
    monkeypatch.delenv("FORESTALL_DEBUG", raising=False)

    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert ended.value.code == code
    assert "Traceback" not in capsys.readouterr().err


def test_progress_says_rows_share_and_time_left():
    line = progress_line(
        Progress(doing=message("Reading"), rows_done=2500, rows_total=10_000, seconds_left=7.4)
    )

    assert line.replace("\xa0", " ") == "Reading: 2,500 rows (25 %), about 7 s left"


def test_progress_of_unknown_length_says_what_is_done():
    line = progress_line(
        Progress(doing=message("Reading"), rows_done=0, rows_total=None, seconds_left=None)
    )

    assert line == "Reading …"
