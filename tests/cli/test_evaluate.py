"""``forestall plan-evaluation`` and ``forestall evaluate``: from a file to a report, end to end."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from forestall.evaluation.programmes import evaluation_schema, read_evaluation_record
from tests.house.sources import ROOT

CAMDEN = str(ROOT / "examples" / "camden_burglary")
PLACEBO = ROOT / "examples" / "placebo_evaluation" / "spec.toml"


def run(*words, folder):
    return subprocess.run(
        [sys.executable, "-m", "forestall", *map(str, words)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory):
    """Plan, name the plan in the specification, evaluate, and give the folder."""
    folder = tmp_path_factory.mktemp("placebo")
    shutil.copy(PLACEBO, folder / "spec.toml")
    text = (folder / "spec.toml").read_text("utf-8")
    areas = Path(CAMDEN) / "camden_lsoa21.parquet"
    text = text.replace("../camden_burglary/camden_lsoa21.parquet", str(areas))
    (folder / "spec.toml").write_text(text, "utf-8")
    planned = run("plan-evaluation", "spec.toml", "--store", CAMDEN, "-o", "plan", folder=folder)
    assert planned.returncode == 0, planned.stderr
    plan = json.loads((folder / "plan" / "plan.json").read_text("utf-8"))
    assert plan["sha256"] in planned.stdout
    text += f'\n[plan]\nfile = "plan/plan.json"\nsha256 = "{plan["sha256"]}"\n'
    (folder / "spec.toml").write_text(text, "utf-8")
    made = run(
        "evaluate", "spec.toml", "--store", CAMDEN, "-o", "report", "--format", "pdf",
        "--language", "en,ar", folder=folder,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return folder, made.stdout


def test_a_report_in_two_languages_and_for_print(evaluated):
    folder, said = evaluated
    assert "Placebo" in said
    assert (folder / "report" / "report.pdf").stat().st_size > 50_000
    assert 'dir="rtl"' in (folder / "report" / "ar" / "index.html").read_text("utf-8")
    assert str(folder) not in (folder / "report" / "index.html").read_text("utf-8")


def test_the_record_is_whole_and_says_that_the_plan_was_late(evaluated):
    folder, _ = evaluated
    file = folder / "report" / "evaluation.json"
    record = json.loads(file.read_text("utf-8"))
    jsonschema.validate(record, evaluation_schema())
    read = read_evaluation_record(file)
    assert read.is_placebo
    assert {"four counts", "interrupted series", "panel of places"} <= {
        method for _, method in read.estimates
    }
    assert record["plan"]["is_late"]
    assert record["plan"]["changes"] == []


def test_a_report_is_published_again_without_computing(evaluated):
    folder, _ = evaluated
    before = (folder / "report" / "evaluation.json").read_bytes()
    again = run("publish", "report", "--format", "xlsx", folder=folder)
    assert again.returncode == 0, again.stderr
    assert (folder / "report" / "tables.xlsx").is_file()
    assert (folder / "report" / "evaluation.json").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("evaluate", "none.toml", "--store", CAMDEN, "-o", "x"), "none.toml cannot be read"),
        (("evaluate", "spec.toml", "--store", "nowhere", "-o", "x"), "nowhere"),
        (("plan-evaluation", "spec.toml", "-o", "full"), "full"),
        (("evaluate", "spec.toml", "-o", "x"), "--store"),
    ],
)
def test_a_failure_is_one_line_and_leaves_nothing(tmp_path, words, sentence):
    shutil.copy(PLACEBO, tmp_path / "spec.toml")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine", "utf-8")
    failed = run(*words, folder=tmp_path)
    assert failed.returncode == 1
    assert sentence in failed.stderr
    assert len(failed.stderr.strip().splitlines()) == 1
    assert "Traceback" not in failed.stderr
    assert not (tmp_path / "x").exists()
    assert (tmp_path / "full" / "letter.txt").read_text("utf-8") == "mine"
