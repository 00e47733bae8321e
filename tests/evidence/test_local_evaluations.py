"""A city's own evaluations enter the evidence by themselves; what cannot is left out, and why."""

from __future__ import annotations

import copy
import functools
import json
import math
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.diagnosis import Unanswered
from forestall.errors import InvalidEvidence
from forestall.estimates.effects import LogRatio
from forestall.estimates.records import read_estimate, write_estimate
from forestall.evaluation.place_choice import PlaceChoice
from forestall.evaluation.programmes import evaluation_schema
from forestall.evaluation.specification import Approach, Intervention
from forestall.evidence.library import Evidence
from forestall.evidence.local_evaluations import read_local_effects
from forestall.evidence.metrics import Favours, Metric
from forestall.evidence.vocabulary import Design, Outcome, Problem
from forestall.languages import message
from forestall.publication import publish_evaluation
from forestall.publication.evaluation_example import example_evaluation, example_specification
from tests.house.sources import ROOT

GATES = Intervention(
    what="Gates at the ends of alleys",
    by="The housing department",
    approach=Approach.SITUATIONAL,
    since=(date(2023, 1, 1),),
    evidence_key="alley-gating",
)


def published(folder, **changed):
    """Publish the made-up evaluation, and return its evaluation.json."""
    publish_evaluation(example_evaluation(**changed), out=folder, made_on=date(2026, 1, 5))
    return folder / "evaluation.json"


@functools.cache
def usual():
    with tempfile.TemporaryDirectory() as folder:
        return published(Path(folder) / "report").read_text("utf-8")


def record():
    return json.loads(usual())


def written(folder, content):
    file = folder / "evaluation.json"
    file.write_text(json.dumps(content), "utf-8")
    return file


def first_estimate(content):
    return content["outcomes"][0]["estimates"][0]["estimate"]


def test_the_planned_ratio_enters_with_its_error_and_marked_as_local(tmp_path):
    file = published(tmp_path / "report")
    told = first_estimate(json.loads(file.read_text("utf-8")))

    found = read_local_effects(tmp_path)

    (effect,) = found.effects
    assert effect.metric is Metric.RATE_RATIO
    assert effect.effect.number == told["number"]
    assert effect.standard_error == told["standard_error"]
    # 168 of 240 in the treated places, 598 of 610 in the others; days before and after differ.
    by_hand = (168 / 240) / (598 / 610)
    assert effect.effect.published == pytest.approx(by_hand, rel=1e-3)
    assert (effect.favours, effect.desirable) == (Favours.BELOW, True)
    assert effect.is_local
    assert not effect.is_law_enforcement
    assert (effect.outcome, effect.outcome_words) == (Outcome.CRIME, "Burglary")
    assert effect.design is Design.CONTROLLED
    assert effect.problems == (Problem.BURGLARY, Problem.COMMERCIAL_BURGLARY)
    assert effect.year == 2024
    assert effect.intervention == "Gates at the ends of 40 alleys, with keys for all who live there"


def test_the_source_names_the_file_without_its_machine(tmp_path):
    published(tmp_path / "hill" / "report")

    (effect,) = read_local_effects(tmp_path).effects

    assert effect.source.address.startswith("hill/report/evaluation.json (SHA-256 ")
    assert str(tmp_path) not in repr(effect)


def test_the_key_of_the_intervention_is_given_or_in_the_record(tmp_path):
    file = published(tmp_path / "report", intervention=GATES)
    jsonschema.validate(json.loads(file.read_text("utf-8")), evaluation_schema())

    (own,) = read_local_effects(file).effects
    (given_key,) = read_local_effects(file, intervention="street-lighting").effects

    assert own.intervention == "alley-gating"
    assert given_key.intervention == "street-lighting"
    with pytest.raises(ValueError, match="is no key"):
        read_local_effects(file, intervention="Street lighting")


def test_local_effects_join_the_evidence_and_only_once(tmp_path):
    local = read_local_effects(published(tmp_path / "report", intervention=GATES)).effects

    together = Evidence(reviews=(), effects=()).and_effects(local)

    assert together.effects_of("alley-gating") == local
    with pytest.raises(InvalidEvidence, match="a key of its own"):
        together.and_effects(local)


def test_the_same_evaluation_counts_once_in_whatever_layout(tmp_path):
    published(tmp_path / "a")
    (tmp_path / "b").mkdir()
    again = record()
    again["language"], again["caveats"] = "fr", ["En français."]
    written(tmp_path / "b", again)

    found = read_local_effects(tmp_path)

    assert len(found.effects) == 1
    assert [one.file for one in found.left_out if not one.outcome] == ["b/evaluation.json"]
    assert "the same evaluation as a/evaluation.json" in str(found.left_out[-1].reason)


@pytest.mark.slow
def test_the_placebo_of_the_examples_is_left_out(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "forestall", "evaluate", "examples/placebo_evaluation/spec.toml",
         "--store", "examples/camden_burglary", "--out", str(tmp_path / "report")],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip

    found = read_local_effects(tmp_path)

    assert not found.effects
    (left,) = found.left_out
    assert (left.file, left.outcome) == ("report/evaluation.json", "")
    assert str(left.reason) == "It is a placebo: the date is invented, and nothing was done."
    assert found.summary() == "0 effects of local evaluations; left out: 1."


def test_a_placebo_whose_mark_was_taken_away_is_left_out_by_its_title(tmp_path):
    content = record() | {"title": "Placebo: as if gates had come"}

    found = read_local_effects(written(tmp_path, content))

    assert not found.effects
    assert "Its title says that it is a placebo" in str(found.left_out[0].reason)


def test_law_enforcement_is_kept_and_marked(tmp_path):
    patrols = replace(GATES, approach=Approach.LAW_ENFORCEMENT)

    (effect,) = read_local_effects(published(tmp_path / "report", intervention=patrols)).effects

    assert effect.is_law_enforcement


def test_a_hidden_estimate_is_left_out_with_the_reason_of_the_record(tmp_path):
    few = {
        "Burglary": ((6, 2), (610, 598), (180, 171), (205, 201)),
        "Theft": ((310, 322), (800, 815), (260, 270), (290, 300)),
    }
    file = published(tmp_path / "report", kinds=few)
    hidden = json.loads(file.read_text("utf-8"))["outcomes"][0]["estimates"][0]
    assert hidden["estimate"] is None

    found = read_local_effects(file)

    assert not found.effects
    (left,) = [one for one in found.left_out if one.outcome == "Burglary"]
    assert str(left.reason) == f"The record tells no estimate: {hidden['why_not']}"


def test_a_series_stands_in_where_nothing_is_compared(tmp_path):
    evaluation = example_evaluation()
    primary = evaluation.primary
    gone = Unanswered(reason=message("There are no other places."))
    four = replace(primary.specifications[0], found=gone)
    outcomes = (replace(primary, specifications=(four, *primary.specifications[1:])),)
    publish_evaluation(replace(evaluation, outcomes=outcomes), out=tmp_path / "report")

    (effect,) = read_local_effects(tmp_path).effects

    assert effect.design is Design.SERIES
    assert effect.moderators["method"] == "interrupted series"


def test_places_drawn_by_lot_make_a_randomised_design(tmp_path):
    places = replace(example_specification().places, chosen=PlaceChoice.RANDOM)

    (effect,) = read_local_effects(published(tmp_path / "report", places=places)).effects

    assert effect.design is Design.RANDOMISED


def test_points_of_harm_are_named_as_left_out(tmp_path):
    found = read_local_effects(written(tmp_path, record()))

    assert ("harm", True) in [(one.outcome, "no incidents" in str(one.reason)) for one in
                              found.left_out]  # fmt: skip


SCALES = {
    "difference of incidents": ({}, "below 0 is fewer", "expected without the measure"),
    "difference of points of harm": ({}, "below 0 is fewer", "Points of harm"),
    "difference of rates": ({"per": 1000}, "below 0 is fewer", "expected without the measure"),
    "difference of shares": ({}, "below 0 is lower", "shares or scores"),
    "difference of scores": ({"scale_name": "Trust"}, "below 0 is lower", "shares or scores"),
}


@pytest.mark.parametrize(("scale", "more"), SCALES.items(), ids=SCALES)
def test_other_scales_are_left_out_for_no_formula_makes_a_ratio_of_them(scale, more, tmp_path):
    added, direction, reason = more
    content = record()
    first_estimate(content).update(
        added, scale=scale, direction=f"{direction} than expected without the measure"
    )

    found = read_local_effects(written(tmp_path, content))

    assert not found.effects
    assert reason in str(found.left_out[0].reason)


def test_a_permutation_without_an_error_is_left_out(tmp_path):
    content = record()
    told = first_estimate(content)
    told.update(standard_error=None, own_intervals=[told["interval_95"]])
    only_permutation = record()
    estimates = only_permutation["outcomes"][0]["estimates"]
    estimates[0]["method"], estimates[1] = "other choices of places", estimates[2]
    del estimates[1:]

    without = read_local_effects(written(tmp_path, content))
    permuted = read_local_effects(written(tmp_path, only_permutation))

    assert "no standard error above 0" in str(without.left_out[0].reason)
    assert "no standard error of its own" in str(permuted.left_out[0].reason)
    assert without.effects == permuted.effects == ()


def test_several_methods_on_the_same_counts_are_one_effect(tmp_path):
    content = record()
    estimates = content["outcomes"][0]["estimates"]
    assert sum(one["estimate"] is not None for one in estimates) > 1

    assert len(read_local_effects(written(tmp_path, content)).effects) == 1


def test_all_outcomes_enter_as_effects_of_one_study(tmp_path):
    content = record()
    second = copy.deepcopy(content["outcomes"][0]) | {"name": "Arson", "offences": []}
    content["outcomes"].append(second | {"is_primary": False})

    first, other = read_local_effects(written(tmp_path, content)).effects

    assert first.study == other.study
    assert first.key != other.key
    assert other.problems == ()


@pytest.mark.parametrize(
    ("name", "offences", "problems"),
    [
        ("Thefts of cars", ["Theft of vehicles"], (Problem.VEHICLE_THEFT,)),
        ("ROBBERY", [], (Problem.ROBBERY, Problem.COMMERCIAL_ROBBERY)),
        ("Anti-social behaviour", [], (Problem.DISORDER,)),
        ("Mixed", ["Theft", "Something else"], ()),
        ("Vandalism", ["Theft", "Larceny"], (Problem.THEFT,)),
    ],
)
def test_the_problem_follows_a_table_and_is_never_guessed(name, offences, problems, tmp_path):
    content = record()
    content["outcomes"][0].update(name=name, offences=offences)

    (effect,) = read_local_effects(written(tmp_path, content)).effects

    assert effect.problems == problems


def edited(**changes):
    def edit(content):
        first_estimate(content).update(changes)

    return edit


EDITS = {
    "number": (edited(number=-0.9), "one of the numbers was changed"),
    "error": (edited(standard_error=0.01), "one of the numbers was changed"),
    "freedom": (edited(degrees_of_freedom=-3), "one of the numbers was changed"),
    "sign": (edited(direction="above 0 is fewer"), "does not say that below 0 is fewer"),
    "scale": (edited(scale="odds"), "the estimate was cut short or edited"),
    "placebo": (lambda content: content.pop("is_placebo"), "is_placebo is missing"),
    "placebo in words": (lambda content: content.update(is_placebo="no"), "is_placebo is missing"),
    "outcomes": (lambda content: content.update(outcomes=[]), "outcomes is missing"),
    "kind": (lambda content: content.update(kind="x"), "is no record of an evaluation"),
    "format": (lambda content: content.update(format=2), "another format than 1"),
    "key": (lambda c: c["intervention"].update(evidence_key="A B"), "intervention evidence_key"),
    "days": (lambda content: content.update(after=["2024", "x"]), "after is missing"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "said"), EDITS.values(), ids=EDITS)
def test_a_file_that_was_tampered_with_is_refused_in_one_sentence(edit, said, tmp_path):
    content = record()
    edit(content)

    with pytest.raises(InvalidEvidence) as refusal:
        read_local_effects(written(tmp_path, content))

    assert said in str(refusal.value)
    assert str(refusal.value).startswith("evaluation.json")
    assert "\n" not in str(refusal.value)


def test_a_file_cut_short_and_an_empty_folder_are_refused(tmp_path):
    with pytest.raises(InvalidEvidence, match=r"holds no evaluation.json"):
        read_local_effects(tmp_path)
    (tmp_path / "evaluation.json").write_text(usual()[:5000], "utf-8")

    with pytest.raises(InvalidEvidence, match=r"^evaluation.json is no JSON"):
        read_local_effects(tmp_path)


def places_of(content, way=()):
    """Yield the way to every value of a record."""
    inside = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in inside:
        yield (*way, key)
        if isinstance(value, dict | list):
            yield from places_of(value, (*way, key))


@settings(deadline=None)
@given(st.data())
def test_whatever_is_changed_is_read_or_refused_and_never_breaks(chance):
    content = record()
    *way, last = chance.draw(st.sampled_from(list(places_of(content))))
    inside = content
    for key in way:
        inside = inside[key]
    inside[last] = chance.draw(
        st.sampled_from([None, True, -1, 10**9, "x", "", [], {}, [None], {"a": 1}, 1e308])
    )

    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder), content)
        with suppress(InvalidEvidence):
            read_local_effects(file)


@settings(deadline=None)
@given(number=st.floats(-2, 2), error=st.floats(0.01, 1), freedom=st.none() | st.floats(3, 200))
def test_an_effect_is_what_was_estimated(number, error, freedom):
    content = record()
    estimate = replace(
        read_estimate(first_estimate(content)),
        effect=LogRatio(number), standard_error=error, degrees_of_freedom=freedom,
    )  # fmt: skip
    told = write_estimate(
        estimate, number=lambda given: None if given is None else float(f"{given:.4g}")
    )
    content["outcomes"][0]["estimates"][0]["estimate"] = told

    with tempfile.TemporaryDirectory() as folder:
        (effect,) = read_local_effects(written(Path(folder), content)).effects

    assert effect.effect.published == pytest.approx(math.exp(number), rel=2e-3)
    assert effect.standard_error == pytest.approx(error, rel=1e-3)
