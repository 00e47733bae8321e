"""What another city evaluated itself and exported is no evaluation of the city that adds it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forestall.errors import InvalidBundle
from forestall.evidence.added_records import add_record_to_folder
from forestall.evidence.collected import collect_evidence
from forestall.evidence.library import packaged_evidence
from forestall.evidence.local_evaluations import read_local_effects
from forestall.evidence.sources import add_to_folder, export_evidence, read_evidence_folder
from forestall.evidence.sources.elsewhere import as_of_elsewhere, is_of_elsewhere
from forestall.evidence.studies import StudyEffect
from forestall.exchange.opening import provenance_of
from forestall.publication import publish_evaluation
from forestall.publication.evaluation_example import example_evaluation
from tests.cli.in_process import said
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


@pytest.fixture
def given(evaluation, tmp_path):
    """The evaluation in the library of another city, as a bundle brought it."""
    key, shared, library = (tmp_path / one for one in ("key.pem", "shared", "library"))
    words = ["--kind", "evaluation", "--name", "gates", "--version", "1", "--licence", "CC-BY-4.0"]
    said("bundle", "key", "-o", key)
    said(
        "bundle",
        "pack",
        evaluation,
        *words,
        "--publisher",
        "Alder",
        "--key",
        key,
        "-o",
        shared,
        "--title",
        "Gates",
    )
    said("bundle", "open", next(shared.glob("*.zip")), "--library", library)
    return next(library.rglob("evaluation.json"))


def test_an_evaluation_of_a_bundle_enters_the_synthesis_with_its_provenance(given, tmp_path):
    answer = said("evidence", "add", given, "--to", tmp_path / "ours")

    assert "an evaluation of another city" in answer
    (held,) = own_of(collect_evidence([tmp_path / "ours"]).evidence.effects)
    assert is_of_elsewhere(held)
    assert not held.is_local
    (told,) = (tmp_path / "ours").rglob("provenance.json")
    assert b"Alder" in told.read_bytes()


def test_what_a_city_evaluated_itself_stays_its_own_when_a_bundle_brings_it_back(
    given, evaluation, tmp_path
):
    add_record_to_folder(tmp_path / "ours", evaluation)

    add_record_to_folder(tmp_path / "ours", given, provenance=provenance_of(given))

    (held,) = own_of(collect_evidence([tmp_path / "ours"]).evidence.effects)
    assert held.is_local


def test_a_provenance_that_was_changed_is_refused(given, tmp_path):
    told = given.parents[1] / "provenance.json"
    told.write_bytes(told.read_bytes()[:-20])

    with pytest.raises(InvalidBundle, match="cannot be read"):
        provenance_of(given)
