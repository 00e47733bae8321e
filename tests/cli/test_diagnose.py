"""One line makes a report of the bundled example."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from forestall.cli.command_lines import _without_folder
from forestall.cli.diagnose import AreaChoice, _area_choice
from forestall.errors import InvalidMapping

ROOT = Path(__file__).parent.parent.parent
CLEVELAND = ROOT / "examples" / "cleveland"


def diagnose(*words):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "forestall", "diagnose", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


@pytest.fixture(scope="module")
def cleveland(tmp_path_factory):
    out = tmp_path_factory.mktemp("cleveland") / "report"
    done = diagnose("examples/cleveland", "-o", out)
    assert done.returncode == 0, done.stderr
    return done, out


def test_the_terminal_says_what_was_read_found_and_written(cleveland):
    done, out = cleveland
    told = done.stdout.replace("\xa0", " ")

    assert "40,898 rows were read: 40,898 kept and 0 rejected." in told
    assert "28,760 crimes were recorded in Cleveland" in told
    assert "Half of all recorded crime was in 88 of 888 squares" in told
    assert f"The report is {out / 'index.html'}" in told
    assert done.stderr == ""


def test_the_page_is_light_and_whole(cleveland):
    page = (cleveland[1] / "index.html").read_bytes()

    assert len(page) < 300_000
    first_screen = page[: page.index(b'<section id="what"')]
    assert len(first_screen) < 60_000
    assert b"28,760" in first_screen


def test_the_report_does_not_name_folders_of_the_machine(cleveland):
    _, out = cleveland

    for path in (out / "index.html", out / "diagnosis.json"):
        assert str(out.parent) not in path.read_text()


def test_the_findings_of_the_page_are_those_of_the_numbers(cleveland):
    done, out = cleveland
    numbers = json.loads((out / "diagnosis.json").read_text())

    assert 5 <= len(numbers["findings"]) <= 7
    for finding in numbers["findings"]:
        assert finding["finding"] in done.stdout


def test_offence_days_and_place_can_be_chosen(tmp_path):
    done = diagnose(
        *("examples/cleveland", "-o", tmp_path / "report", "--offence", "Burglary"),
        *("--since", "2018-11-01", "--until", "2019-01-31", "--place", "Tees Valley"),
    )

    assert done.returncode == 0, done.stderr
    title = json.loads((tmp_path / "report" / "diagnosis.json").read_text())["title"]
    assert (
        title.replace("\xa0", " ")
        == "Recorded burglary in Tees Valley, November 2018 to January 2019"
    )


def test_a_store_can_be_kept_and_diagnosed_again(tmp_path):
    first = diagnose(CLEVELAND, "-o", tmp_path / "a", "--store", tmp_path / "store")
    second = diagnose(tmp_path / "store", "-o", tmp_path / "b")

    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert (tmp_path / "a" / "tables" / "offences.csv").read_bytes() == (
        tmp_path / "b" / "tables" / "offences.csv"
    ).read_bytes()


def test_a_folder_that_holds_something_else_is_refused_before_any_work(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")

    done = diagnose("examples/cleveland", "-o", tmp_path)

    assert done.returncode == 1
    assert "thesis.docx" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_areas_of_the_folder_are_used_when_none_are_given():
    chosen = _area_choice(
        (ROOT / "examples" / "camden_burglary",),
        file=None,
        code=None,
        name=None,
        population="people",
    )

    assert chosen == AreaChoice(
        file=ROOT / "examples" / "camden_burglary" / "camden_lsoa21.parquet",
        code="lsoa21cd",
        name="lsoa21nm",
        population="people",
    )


def test_columns_of_areas_need_areas(tmp_path):
    with pytest.raises(InvalidMapping, match="--areas"):
        _area_choice((tmp_path,), file=None, code="code", name=None, population=None)


def test_a_command_is_printed_without_folders_of_the_machine(tmp_path):
    assert _without_folder(str(tmp_path / "records.csv")) == "records.csv"
    assert _without_folder("examples/cleveland") == "examples/cleveland"
