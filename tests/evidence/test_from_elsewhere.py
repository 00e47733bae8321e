"""What another city evaluated itself and exported is no evaluation of the city that adds it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forestall.evidence.added_records import add_record_to_folder
from forestall.evidence.collected import collect_evidence
from forestall.evidence.library import packaged_evidence
from forestall.evidence.local_evaluations import read_local_effects
from forestall.evidence.sources import add_to_folder, export_evidence, read_evidence_folder
from forestall.evidence.sources.elsewhere import as_of_elsewhere, is_of_elsewhere
from forestall.evidence.studies import StudyEffect
from forestall.publication import publish_evaluation
from forestall.publication.evaluation_example import example_evaluation
from tests.evidence.test_local_evaluations import GATES


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    """The record of an evaluation that a city made itself."""
    folder = tmp_path_factory.mktemp("report")
    publish_evaluation(example_evaluation(intervention=GATES), out=folder / "out")
    return folder / "out" / "evaluation.json"


@pytest.fixture
def exported(evaluation, tmp_path):
    """What that city exports: the package, and its own evaluation."""
    add_record_to_folder(tmp_path / "theirs", evaluation)
    known = collect_evidence([tmp_path / "theirs"])
    assert any(one.is_local for one in known.evidence.effects)
    export_evidence(known.evidence, tmp_path / "export", formats=("csv",))
    return next((tmp_path / "export").glob("*effects*.csv"))


def own_of(effects):
    packaged = {one.key for one in packaged_evidence().effects}
    return [one for one in effects if one.key not in packaged]


def test_it_is_from_elsewhere_and_keeps_study_and_source(exported, evaluation, tmp_path):
    theirs = read_local_effects(evaluation.parent).effects[0]

    add_to_folder(tmp_path / "ours", exported)

    (held,) = own_of(collect_evidence([tmp_path / "ours"]).evidence.effects)
    assert not held.is_local
    assert is_of_elsewhere(held)
    assert (held.study, held.source.quotation) == (theirs.study, theirs.source.quotation)
    assert "SHA-256" in held.source.address


def test_the_city_that_made_it_keeps_it_as_local(exported, tmp_path):
    add_to_folder(tmp_path / "theirs", exported)

    found = own_of(collect_evidence([tmp_path / "theirs"]).evidence.effects)

    assert [one.is_local for one in found] == [True]


def test_a_row_of_the_form_stays_local_as_it_was_typed(exported, tmp_path):
    add_to_folder(tmp_path / "ours", exported)
    effect = replace(read_evidence_folder(tmp_path / "ours").effects[0], moderators={})
    typed = replace(effect, key="our-gates", is_local=True)

    assert as_of_elsewhere(typed, in_export=False) == typed
    marked = as_of_elsewhere(typed, in_export=True)
    assert isinstance(marked, StudyEffect)
    assert is_of_elsewhere(marked)
