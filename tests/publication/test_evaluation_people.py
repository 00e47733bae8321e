"""The sections on what people said and who bears it: told where asked, and never a small count."""

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis import Unanswered
from forestall.evaluation.programmes import evaluate_programme
from forestall.evaluation.specification import read_specification
from forestall.publication import publish_evaluation
from forestall.records import load_incidents

SPEC = """
[evaluation]
title = "Gates in Hill Town"
place = "Hill Town"

[intervention]
what = "Gates"
by = "Housing"
approach = "situational"
since = 2022-01-01

[places]
column = "area"
treated = ["c00", "c01", "c02", "c03"]
chosen = "for other reasons"
how = "Residents asked for them."

[[outcomes]]
name = "Burglary"

[groups]
file = "groups.csv"
what = "fifths by deprivation (made up)"

[survey]
overlap = "other people in other clusters"
weights = "weight"
clusters = "street"
area = "area"
treated = ["gated"]
comparison = ["other"]

[survey.before]
file = "before.csv"
days = [2021-10-01, 2021-11-30]
mode = "post"
response_rate = 0.4

[survey.after]
file = "after.csv"
days = [2022-10-01, 2022-11-30]
mode = "post"
response_rate = 0.38

[[survey.items]]
name = "Feeling unsafe after dark"
column = "unsafe"
wording = "How safe do you feel after dark?"
topic = "fear"
better = "lower"
lowest = 1
highest = 4
counted = [3, 4]
"""


def answers(seed, gated):
    """Return 600 answers in 60 streets; the share who feel unsafe in gated streets is given."""
    generator = np.random.default_rng(seed)
    street = np.repeat(np.arange(60), 10)
    area = np.where(street < 30, "gated", "other")
    unsafe = generator.random(600) < np.where(area == "gated", gated, 0.5)
    return pd.DataFrame(
        {
            "street": street,
            "area": area,
            "weight": generator.uniform(0.8, 1.2, 600),
            "unsafe": np.where(unsafe, 4, 1),
        }
    )


def folder_with(path, *, small=False):
    generator = np.random.default_rng(1)
    rows = [
        (f"c{square:02d}", month + pd.Timedelta(days=int(day)))
        for square in range(12)
        for month in pd.date_range("2020-01-01", "2022-12-01", freq="MS")
        for day in generator.integers(
            0, month.days_in_month, generator.poisson(0.15 if small and square == 0 else 9)
        )
    ]
    frame = pd.DataFrame([*rows, ("c05", pd.Timestamp("2022-12-31"))], columns=["area", "at"])
    frame.assign(kind="Burglary", x=400_100.0, y=500_100.0).to_csv(
        path / "incidents.csv", index=False
    )
    (path / "forestall.toml").write_text(
        '[columns]\noffence = "kind"\nstarts_at = "at"\nx = "x"\ny = "y"\narea = "area"\n'
        '[about]\ncrs = "EPSG:27700"\n',
        "utf-8",
    )
    spec = path / "spec"
    spec.mkdir()
    answers(2, 0.5).to_csv(spec / "before.csv", index=False)
    answers(3, 0.01 if small else 0.2).to_csv(spec / "after.csv", index=False)
    groups = pd.DataFrame(
        {
            "place": [f"c{square:02d}" for square in range(12)],
            "group": (["most deprived", "least deprived"]) * 6,
            "residents": 900,
        }
    )
    if small:
        groups["group"] = np.where(groups["place"] == "c00", "most deprived", "least deprived")
    groups.to_csv(spec / "groups.csv", index=False)
    (spec / "spec.toml").write_text(SPEC, "utf-8")
    return spec / "spec.toml"


def published(path, **more):
    spec = read_specification(folder_with(path, **more))
    with load_incidents([path / "incidents.csv"], mapping=path / "forestall.toml") as incidents:
        evaluation = evaluate_programme(spec, incidents)
    made = publish_evaluation(evaluation, out=path / "report", made_on=date(2026, 11, 27))
    words = re.sub(r"<[^>]+>", " ", made.page.read_text("utf-8")).replace("\u00a0", " ")
    return evaluation, re.sub(r"\s+", " ", words)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return published(tmp_path_factory.mktemp("town"))


def test_what_people_said_is_told(report):
    evaluation, page = report
    assert not isinstance(evaluation.survey, Unanswered)
    assert evaluation.survey.effects["Feeling unsafe after dark"].effect.number < -0.1
    assert "led to expect: safer" in page
    assert "How safe do you feel after dark?" in page
    assert "percentage points lower" in page
    assert "Nobody was asked" not in page


def test_fear_that_fell_is_not_a_harm_found(report):
    evaluation, _ = report
    looked = {str(entry.name): type(entry.looked).__name__ for entry in evaluation.register.entries}
    assert looked["fear of crime rose"] == "NotFound"


def test_groups_of_areas_are_compared(report):
    evaluation, page = report
    assert not isinstance(evaluation.groups, Unanswered)
    assert set(evaluation.groups.effects) == {"most deprived", "least deprived"}
    assert "The effect by group of areas" in page
    assert "fifths by deprivation (made up)" in page
    assert "Incidents per 1,000 residents" in page


def test_groups_with_a_small_count_are_not_told(tmp_path):
    evaluation, page = published(tmp_path, small=True)
    assert not isinstance(evaluation.groups, Unanswered)
    counts = evaluation.groups.groups["most deprived"].effect.treated
    assert 0 < min(counts.before, counts.after) < 5
    assert "The effect by group of areas" not in page
    assert "Not looked at by group" in page
    assert "not shown" in page
    assert "percentage points lower" not in page
