"""The gap map is computed: what nobody measured stays visible, and nothing is typed in."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.evidence.gaps import COLUMNS, Gap, map_gaps
from forestall.evidence.library import Evidence, packaged_evidence
from forestall.evidence.vocabulary import Outcome

EVIDENCE = packaged_evidence()


def cells_of(found):
    return {(one.intervention.key, one.outcome): one for one in found.cells}


def only(*keys):
    return Evidence(reviews=tuple(one for one in EVIDENCE.reviews if one.key in keys), effects=())


def test_one_recent_review_one_old_one_and_one_study_by_hand():
    """Seen from 2024: lighting reviewed in 2022, watch in 2008, greening in one trial of 2018."""
    evidence = only("lighting-2022", "neighbourhood-watch-2008", "vacant-land-crime-2018")
    found = map_gaps(evidence, outcomes=[Outcome.CRIME, Outcome.STIGMA], as_of=2024)
    gaps = {(key, outcome.value): one.gap for (key, outcome), one in cells_of(found).items()}
    assert gaps == {
        ("street-lighting", "crime"): Gap.NONE,
        ("street-lighting", "stigma"): Gap.ABSOLUTE,
        ("neighbourhood-watch", "crime"): Gap.SYNTHESIS,
        ("neighbourhood-watch", "stigma"): Gap.ABSOLUTE,
        ("greening-vacant-land", "crime"): Gap.SYNTHESIS,
        ("greening-vacant-land", "stigma"): Gap.ABSOLUTE,
    }
    assert found.recent_since == 2014


def test_a_restated_review_closes_no_gap():
    one = only("lighting-2002")
    assert cells_of(map_gaps(one, as_of=2003))["street-lighting", Outcome.CRIME].gap is (
        Gap.SYNTHESIS
    )


def test_a_side_effect_that_a_text_reports_is_evidence_on_displacement():
    found = cells_of(map_gaps())["alley-gating", Outcome.DISPLACEMENT]
    assert found.texts >= 1
    assert found.gap is not Gap.ABSOLUTE


def test_columns_that_nobody_measured_are_said_aloud():
    found = map_gaps()
    assert {Outcome.STIGMA, Outcome.EQUITY} <= set(found.empty_outcomes)
    assert "stigma" in found.summary()
    assert len(found.cells) == len(found.rows) * len(COLUMNS)


def test_law_enforcement_stands_last_and_marked():
    marks = [intervention.is_law_enforcement for intervention, _ in map_gaps().rows]
    assert marks == sorted(marks)
    assert any(marks)


def test_a_citys_own_evaluation_is_counted_as_local():
    own = replace(
        EVIDENCE.effects[0], key="own", intervention="alley-gating", is_local=True, review=""
    )
    found = cells_of(map_gaps(EVIDENCE.and_effects([own])))["alley-gating", Outcome.CRIME]
    assert found.local == 1


@settings(deadline=None, max_examples=25)
@given(st.sets(st.sampled_from([one.key for one in EVIDENCE.reviews])))
def test_more_texts_never_open_a_gap(keys):
    some, all_of_it = cells_of(map_gaps(only(*keys), as_of=2024)), cells_of(map_gaps(as_of=2024))
    order = [Gap.ABSOLUTE, Gap.SYNTHESIS, Gap.NONE]
    for cell, one in some.items():
        assert order.index(one.gap) <= order.index(all_of_it[cell].gap)


def test_a_map_without_outcomes_is_refused():
    with pytest.raises(ValueError, match="needs an outcome"):
        map_gaps(outcomes=[])
    with pytest.raises(ValueError, match="one year"):
        map_gaps(recent_years=0)


def test_the_map_can_be_drawn_and_explains_itself():
    found = map_gaps()
    assert found.plot().to_dict()
    assert found.caveats
    assert set(found.table["gap"]) <= {gap.value for gap in Gap}
