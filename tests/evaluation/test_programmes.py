"""A whole evaluation: counts by hand, a fall that is found, what is missing and why, its record."""

import json
from datetime import date

import geopandas as gpd
import jsonschema  # type: ignore[import-untyped]
import numpy as np
import pandas as pd
import pytest
import shapely

from forestall.diagnosis import Unanswered
from forestall.errors import CannotAnswer, InvalidFile, InvalidSpecification
from forestall.estimates.estimates import Span
from forestall.evaluation.effects_register import Found, NotFound
from forestall.evaluation.effects_to_look_for import UnintendedEffect
from forestall.evaluation.programmes import Method, evaluate_programme
from forestall.evaluation.programmes.power import power_of
from forestall.evaluation.programmes.records import (
    evaluation_record,
    evaluation_schema,
    read_evaluation_record,
)
from forestall.evaluation.specification import read_specification
from forestall.languages import message
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
PLACES
treated = ["c00", "c01", "c02", "c03"]
chosen = "for other reasons"
how = "Residents asked for them."

[dates]
before = [2020-01-01, 2021-12-31]
after = [2022-01-01, 2023-12-31]

[[outcomes]]
name = "Burglary"
offences = ["Burglary"]
primary = true

[[outcomes]]
name = "Theft"
offences = ["Theft"]

[harm]
index = "Made up"
source = "Made up"
points = { Burglary = 400, Theft = 10 }
"""
BY_FILE = 'file = "areas.geojson"\ncode = "code"\nrings_m = [100]'
BY_COLUMN = 'column = "area"'


class Everything:
    """Whoever may be told everything, with all digits."""

    def may_tell(self, name):
        return True

    def why(self, name):
        return message("Nothing is hidden.")

    def number(self, value):
        return value

    def safe_to_say(self, sentences):
        return tuple(sentences)


def city(ratio=0.5, seed=3):
    """Return 30 squares in a row and their incidents; the first four squares have the measure."""
    generator = np.random.default_rng(seed)
    rows = []
    for square in range(30):
        for month in pd.date_range("2019-01-01", "2023-12-01", freq="MS"):
            falls = ratio if square < 4 and month >= pd.Timestamp("2022-01-01") else 1.0
            for kind, mean in (("Burglary", 8 * falls), ("Theft", 6)):
                for _ in range(generator.poisson(mean)):
                    day = month + pd.Timedelta(days=int(generator.integers(month.days_in_month)))
                    rows.append(
                        (200 * square + 100 + generator.uniform(-60, 60), day, kind, square)
                    )
    frame = pd.DataFrame(rows, columns=["x", "at", "kind", "square"])
    frame.loc[len(frame) - 1, "at"] = pd.Timestamp("2023-12-31")
    frame["y"] = 500_000 + generator.uniform(20, 80, len(frame))
    frame["x"] += 400_000
    frame["district"] = "c" + frame["square"].astype(str).str.zfill(2)
    shapes = [
        shapely.box(400_000 + 200 * one, 500_000, 400_200 + 200 * one, 500_100) for one in range(30)
    ]
    areas = gpd.GeoDataFrame(
        {"code": [f"c{one:02d}" for one in range(30)]}, geometry=shapes, crs="EPSG:27700"
    )
    return areas, frame


MAPPING = """
[columns]
offence = "kind"
starts_at = "at"
x = "x"
y = "y"
area = "district"

[about]
crs = "EPSG:27700"
"""


@pytest.fixture(scope="module")
def hill_town(tmp_path_factory):
    areas, frame = city()
    folder = tmp_path_factory.mktemp("hill-town")
    frame.to_csv(folder / "incidents.csv", index=False)
    (folder / "forestall.toml").write_text(MAPPING, "utf-8")
    with load_incidents([folder]) as incidents:
        yield incidents, areas, frame


def loaded(folder, frame):
    frame.to_csv(folder / "incidents.csv", index=False)
    (folder / "forestall.toml").write_text(MAPPING, "utf-8")
    return load_incidents([folder])


def specification(folder, places, text=SPEC, areas=None):
    if areas is not None:
        areas.to_crs(4326).to_file(folder / "areas.geojson", driver="GeoJSON")
    (folder / "spec.toml").write_text(text.replace("PLACES", places), "utf-8")
    return read_specification(folder / "spec.toml")


@pytest.fixture(scope="module")
def evaluation(hill_town, tmp_path_factory):
    incidents, areas, _ = hill_town
    spec = specification(tmp_path_factory.mktemp("spec"), BY_FILE, areas=areas)
    return evaluate_programme(spec, incidents)


def test_the_four_counts_are_those_of_the_file(evaluation, hill_town):
    frame = hill_town[2]
    burglaries = frame[(frame["kind"] == "Burglary") & (frame["at"] >= "2020-01-01")]
    after = burglaries["at"] >= "2022-01-01"
    treated = burglaries["square"] < 4
    # The fifth square touches the ring of 100 m and is neither treated nor compared with.
    compared = burglaries["square"] > 4
    cells = evaluation.primary.cells
    assert cells.treated.before == (treated & ~after).sum()
    assert cells.treated.after == (treated & after).sum()
    assert cells.comparison.before == (compared & ~after).sum()
    assert cells.comparison.after == (compared & after).sum()
    assert (evaluation.treated_places, evaluation.comparison_places) == (4, 25)
    assert evaluation.near_places == 1


def test_a_fall_of_half_is_found_in_every_way(evaluation):
    assert evaluation.headline is not None
    low, high = evaluation.headline.limits(0.95)
    assert low.ratio < 0.5 < high.ratio
    known = {
        one.method: one.found
        for one in evaluation.primary.specifications
        if not isinstance(one.found, Unanswered)
    }
    assert set(known) == set(Method) - {Method.SYNTHETIC_CONTROL}
    for found in known.values():
        assert found.effect.ratio == pytest.approx(0.5, abs=0.12)
    synthetic = evaluation.primary.others[Method.SYNTHETIC_CONTROL]
    assert "several" in str(synthetic)


def test_outcomes_beside_the_primary_are_exploratory(evaluation):
    first, second = evaluation.outcomes
    assert first.outcome.name == "Burglary"
    assert not isinstance(second.comparison, Unanswered)
    assert second.p_holm is not None
    assert second.p_holm >= second.comparison.ratio.p_value
    assert any("exploratory" in str(one) for one in evaluation.caveats)


def test_the_register_is_filled_by_what_was_counted(evaluation):
    looked = {entry.effect: entry.looked for entry in evaluation.register.entries}
    assert isinstance(looked[UnintendedEffect.MOVED_NEARBY], Found | NotFound)
    assert isinstance(looked[UnintendedEffect.MOVED_TO_OTHER_KINDS], Found | NotFound)
    assert isinstance(looked[UnintendedEffect.SERIOUSNESS], NotFound)
    assert not isinstance(evaluation.harm, Unanswered)
    assert evaluation.harm.difference.effect.number < 0


def test_what_would_change_the_verdict_is_said(evaluation):
    told = " ".join(str(one) for one in evaluation.would_change)
    assert "times the variance of chance" in told
    assert "other way" not in told
    assert any("No plan was registered" in str(one) for one in evaluation.caveats)
    assert "No costs were given." in str(evaluation.costs)


def test_districts_serve_without_outlines(hill_town, tmp_path):
    incidents = hill_town[0]
    found = evaluate_programme(specification(tmp_path, BY_COLUMN), incidents)
    assert found.comparison_places == 26
    assert "No rings" in str(found.primary.displacement)
    assert found.headline is not None
    assert found.headline.effect.ratio == pytest.approx(0.5, abs=0.08)


def test_days_of_months_counted_in_part_are_in_no_label_and_no_ring(hill_town, tmp_path):
    text = SPEC.replace("2020-01-01, 2021-12-31", "2020-01-15, 2021-12-14")
    spec = specification(tmp_path, BY_FILE, text, areas=hill_town[1])

    found = evaluate_programme(spec, hill_town[0])

    cells, rings = found.primary.cells, found.primary.ring_counts
    whole = Span(first=date(2020, 2, 1), last=date(2021, 11, 30))
    assert cells.before == found.spec.times.before == whole
    assert rings is not None
    inside = rings[(rings["ring"] == 0) & (rings["when"] == "before")]
    of_group = inside.groupby("group")["incidents"].sum()
    assert of_group["treated"] == cells.treated.before
    assert of_group["comparison"] == cells.comparison.before


@pytest.mark.parametrize(("months", "is_said"), [(0, False), (3, True)])
def test_months_of_settling_among_those_after_are_said(hill_town, tmp_path, months, is_said):
    since = f"since = 2022-01-01\nsettling_months = {months}"
    text = SPEC.replace("since = 2022-01-01", since)

    found = evaluate_programme(specification(tmp_path, BY_COLUMN, text), hill_town[0])

    said = [one for one in found.caveats if "not yet fully in place" in str(one)]
    assert bool(said) is is_said
    assert all("April" in str(one) for one in said)


@pytest.mark.parametrize(
    ("old", "new", "error", "sentence"),
    [
        ('"c03"', '"c99"', InvalidSpecification, "no such place in .*; there is: c00, c01, c02"),
        ("2023-12-31", "2024-06-30", CannotAnswer, "whole months are covered from"),
        ("2020-01-01", "2018-01-01", CannotAnswer, "whole months are covered from"),
    ],
)
def test_what_the_incidents_do_not_hold_is_said(hill_town, tmp_path, old, new, error, sentence):
    spec = specification(tmp_path, BY_COLUMN, SPEC.replace(old, new))
    with pytest.raises(error, match=sentence):
        evaluate_programme(spec, hill_town[0])


def test_a_column_without_any_place_is_said(hill_town, tmp_path):
    spec = specification(tmp_path, 'column = "district"')
    with pytest.raises(InvalidSpecification, match="say nothing in the column district"):
        evaluate_programme(spec, hill_town[0])


def test_groups_in_another_encoding_are_told_apart_from_no_table(tmp_path):
    (tmp_path / "groups.csv").write_bytes(b"place,group\nc01,Pr\xe9s\n")
    text = SPEC + '\n[groups]\nwhat = "Fifths"\nfile = "groups.csv"\n'
    with pytest.raises(InvalidSpecification, match=r"groups\.csv is not written in UTF-8"):
        specification(tmp_path, BY_COLUMN, text)


def test_power_looks_at_the_time_before_alone(hill_town, tmp_path):
    spec = specification(tmp_path, BY_COLUMN)
    incidents, _, frame = hill_town
    power = power_of(spec, incidents)
    before = frame[(frame["at"] < "2022-01-01") & (frame["kind"] == "Burglary")]
    assert power.scheme.monthly_incidents == pytest.approx(len(before) / 30 / 36, rel=1e-9)
    with pytest.raises(CannotAnswer, match="incidents before the measure"):
        power_of(spec, incidents.filter(since="2022-02-01"))


def test_power_is_not_told_of_so_few_incidents_that_it_tells_their_number(hill_town, tmp_path):
    spec = specification(tmp_path, BY_COLUMN)
    frame = hill_town[2]
    burglaries = frame[(frame["kind"] == "Burglary") & (frame["at"] < "2022-01-01")]
    few_rows = frame.drop(index=burglaries.index[4:])
    with (
        loaded(tmp_path, few_rows) as few,
        pytest.raises(CannotAnswer, match="10 or more incidents before"),
    ):
        power_of(spec, few)


def test_the_record_fits_its_schema_and_reads_back(evaluation, tmp_path):
    record = evaluation_record(evaluation, Everything())
    jsonschema.validate(record, evaluation_schema())
    file = tmp_path / "evaluation.json"
    file.write_text(json.dumps(record, allow_nan=False), "utf-8")
    read = read_evaluation_record(file)
    assert not read.is_placebo
    planned = read.estimates["Burglary", "four counts"]
    assert planned.effect == evaluation.headline.effect
    assert planned.interval(0.95) == evaluation.headline.interval(0.95)
    assert planned.sample.before == Span(first=date(2020, 1, 1), last=date(2021, 12, 31))


def test_what_may_not_be_told_is_not_in_the_record(evaluation):
    class Nothing(Everything):
        def may_tell(self, name):
            return False

    record = evaluation_record(evaluation, Nothing())
    jsonschema.validate(record, evaluation_schema())
    told = [one["estimate"] for outcome in record["outcomes"] for one in outcome["estimates"]]
    assert set(told) == {None}
    assert record["harm"]["why_not"] == "Nothing is hidden."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense", "is no JSON"),
        ("[]", "is no record of an evaluation"),
        ('{"kind": "forestall-evaluation", "format": 9}', "has the format 9"),
        ('{"kind": "forestall-evaluation", "format": 1}', "cut short or edited"),
        (
            '{"kind": "forestall-evaluation", "format": 1, "is_placebo": false, "outcomes": '
            '[{"name": "x", "estimates": [{"method": "y", "estimate": {}}]}]}',
            "An estimate needs",
        ),
    ],
)
def test_a_broken_record_is_refused(tmp_path, text, sentence):
    file = tmp_path / "evaluation.json"
    file.write_text(text, "utf-8")
    with pytest.raises(InvalidFile, match=sentence):
        read_evaluation_record(file)
