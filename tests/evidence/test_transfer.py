"""Whether something fits here is argued claim by claim, and never scored."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import CannotAnswer, UnknownIntervention
from forestall.evidence.claims import Ground, Standing
from forestall.evidence.interventions import Condition, Partner, Role, interventions
from forestall.evidence.profiles import ProblemProfile
from forestall.evidence.transfer import assess_transfer
from forestall.evidence.vocabulary import Population, Problem, Setting

MEASURES = [
    one for one in interventions() if one.role is Role.MEASURE and not one.is_law_enforcement
]


def test_gates_on_alleys_by_hand():
    profile = ProblemProfile(
        problem=Problem.BURGLARY,
        settings=(Setting.TERRACED_HOUSING,),
        conditions={Condition.REAR_ALLEYS: True, Condition.RESIDENTS_AGREE: False},
        partners=frozenset({Partner.MUNICIPALITY}),
    )
    found = assess_transfer("alley-gating", profile)
    stands = {(one.ground, one.standing) for one in found.claims}
    assert (Ground.PROBLEM, Standing.KNOWN) in stands
    assert (Ground.SETTING, Standing.KNOWN) in stands
    assert (Ground.NEED, Standing.CONTRADICTED) in stands
    assert (Ground.PARTNER, Standing.CONTRADICTED) in stands
    assert found.is_ruled_out
    assert not found.to_pilot
    assert found.claims[0].standing is Standing.CONTRADICTED


def test_what_is_not_known_becomes_a_question():
    found = assess_transfer("alley-gating", ProblemProfile(problem=Problem.BURGLARY))
    asked = {str(one) for one in found.to_find_out}
    assert str(Condition.REAR_ALLEYS.question) in asked
    assert found.to_pilot
    assert any("displacement" in str(one) for one in found.to_measure)


def test_a_group_on_which_it_did_not_help_contradicts():
    profile = ProblemProfile(problem=Problem.REOFFENDING, populations=(Population.WOMEN,))
    claims = assess_transfer("recovery-homes", profile).claims
    found = [one for one in claims if one.ground is Ground.POPULATION]
    assert [one.standing for one in found] == [Standing.CONTRADICTED]


@pytest.mark.parametrize("key", ["hot-spots-policing", "focused-deterrence", "second-responders"])
def test_law_enforcement_is_not_argued_for(key):
    with pytest.raises(CannotAnswer, match="law enforcement"):
        assess_transfer(key, ProblemProfile(problem=Problem.ALL_CRIME))


def test_a_circumstance_is_no_measure():
    with pytest.raises(CannotAnswer, match="no measure"):
        assess_transfer("mental-health", ProblemProfile(problem=Problem.REOFFENDING))


def test_an_unknown_measure_is_refused_with_the_nearest():
    with pytest.raises(UnknownIntervention, match="alley-gating"):
        assess_transfer("alley-gates", ProblemProfile(problem=Problem.BURGLARY))


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(MEASURES),
    st.sampled_from(list(Problem)),
    st.dictionaries(st.sampled_from(list(Condition)), st.booleans()),
)
def test_only_a_need_that_is_answered_no_rules_out(measure, problem, conditions):
    found = assess_transfer(measure.key, ProblemProfile(problem=problem, conditions=conditions))
    assert found.is_ruled_out is any(conditions.get(need) is False for need in measure.needs)
    assert len(found.table) == len(found.claims)
    assert not {"score", "points", "rank"} & set(found.table.columns)


def test_the_argument_can_be_drawn_and_summed_up_in_words():
    found = assess_transfer("mentoring", ProblemProfile(problem=Problem.YOUTH_OFFENDING))
    assert found.plot().to_dict()
    assert "unknown" in found.summary()
