"""Every packaged row becomes a record with source, quotation and direction, and answers agree."""

from dataclasses import replace

import pytest

from forestall.errors import InvalidEvidence
from forestall.evidence.bodies import body_of, strongest_first
from forestall.evidence.figures import figure_in_words
from forestall.evidence.interventions import interventions
from forestall.evidence.library import packaged_evidence
from forestall.evidence.vocabulary import Finding, Kind, Outcome

EVIDENCE = packaged_evidence()
REVIEWS = {one.key: one for one in EVIDENCE.reviews}


def words(key):
    return str(figure_in_words(REVIEWS[key])).replace("\xa0", " ")


@pytest.mark.parametrize("one", EVIDENCE.reviews, ids=lambda one: one.key)
def test_every_text_has_source_quotation_direction_and_words(one):
    assert one.source.address.startswith("http")
    assert len(one.source.quotation) >= 10
    assert one.direction
    assert str(figure_in_words(one))
    assert one.reading.intervention in {known.key for known in interventions()}


@pytest.mark.parametrize("one", EVIDENCE.effects, ids=lambda one: one.key)
def test_every_effect_has_source_quotation_and_direction_and_follows_from_its_counts(one):
    assert one.source.address.startswith("http")
    assert one.source.quotation
    assert one.direction
    again = one.with_effect_of_counts()
    assert again.effect.number == pytest.approx(one.effect.number, abs=1e-9)
    assert again.standard_error == pytest.approx(one.standard_error, rel=1e-9)


def test_every_intervention_of_the_catalogue_has_a_text_and_back():
    assert set(EVIDENCE.interventions) == {one.key for one in interventions()}


def test_law_enforcement_is_marked_alike_in_catalogue_and_texts():
    marked = {one.key: one.is_law_enforcement for one in interventions()}
    for one in EVIDENCE.reviews:
        assert marked[one.reading.intervention] is one.is_law_enforcement, one.key
    assert sum(one.is_law_enforcement for one in EVIDENCE.reviews) == 24


def test_a_number_that_is_good_above_1_says_so():
    assert words("early-prevention-adult-crime-2011") == (
        "odds 26 % higher, where higher is better (95 % interval: 6 % higher to 50 % higher)"
    )


def test_counts_ranges_and_raw_changes_are_not_told_as_effects():
    assert "does not say how large the effect is" in words("vehicle-immobilisers-2013")
    assert words("cpted-robbery-multi-2000") == "30 % to 84 % lower across results"
    assert "no comparison taken off" in words("lighting-stoke-1999")
    assert words("cctv-2019") == "better with the measure; no number in the text"


def test_a_pooled_text_is_believed_before_a_single_study_and_a_text_before_its_restatement():
    order = [one.key for one in strongest_first(EVIDENCE.reviews_of("street-lighting"))]
    assert order[0] == "lighting-2022"
    assert order.index("lighting-nyc-2019") < order.index("lighting-stoke-1999")


def test_texts_as_strong_as_each_other_that_disagree_are_mixed():
    found = body_of(EVIDENCE, "nurse-home-visiting", Outcome.CRIME)
    assert found.lead is not None
    assert found.lead.reading.kind is Kind.SINGLE_STUDY
    assert found.finding is Finding.MIXED


def test_what_harms_is_found_harmful():
    found = body_of(EVIDENCE, "scared-straight", Outcome.CRIME)
    assert [one.key for one in found.harmful] == ["scared-straight-2013"]
    assert body_of(EVIDENCE, "scared-straight", Outcome.STIGMA).is_empty


def test_two_records_of_one_key_are_refused():
    with pytest.raises(InvalidEvidence, match="two are called “cbt-001”"):
        EVIDENCE.and_effects([EVIDENCE.effects[0]])
    with pytest.raises(InvalidEvidence, match="two are called"):
        EVIDENCE.and_reviews([EVIDENCE.reviews[0]])


def test_a_text_with_a_number_but_no_side_is_refused():
    one = REVIEWS["lighting-2022"]
    with pytest.raises(ValueError, match="on which side it is good"):
        replace(one, reading=replace(one.reading, favours=None))
    with pytest.raises(ValueError, match="what the sign"):
        replace(one, direction="")


def test_a_text_whose_interval_leaves_out_its_estimate_is_refused():
    one = REVIEWS["scared-straight-2013"]
    assert one.interval is not None
    low, high = one.interval
    with pytest.raises(ValueError, match="does not hold its estimate"):
        replace(one, interval=(high, low))
