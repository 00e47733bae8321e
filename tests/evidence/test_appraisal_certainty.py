"""Certainty of a body of evidence: a start, steps with reasons, ceilings, and nothing silent."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forestall.evidence.appraisal import (
    BiasRisk,
    BodyFacts,
    Ceiling,
    Concern,
    EffectLimits,
    EffectScale,
    EvidenceCertainty,
    Strength,
    Trait,
    judge_certainty,
)
from forestall.evidence.vocabulary import Design, Kind

RATIO = EffectScale.RATIO
VERY_LOW, LOW, MODERATE, HIGH = EvidenceCertainty


def limits(low, high, scale=RATIO):
    return EffectLimits(low=low, high=high, scale=scale)


TRIALS = BodyFacts(
    design=Design.RANDOMISED,
    kind=Kind.META_ANALYSIS,
    studies=20,
    interval=limits(0.6, 0.8),
    prediction=limits(0.5, 0.95),
    egger_p=0.5,
    bias_risks=(BiasRisk.LOW,) * 20,
)
COMPARED = replace(TRIALS, design=Design.CONTROLLED)


def level(facts, **changes):
    return judge_certainty(replace(facts, **changes)).level


def steps(facts, **changes):
    found = judge_certainty(replace(facts, **changes)).reasons
    return [(one.about, one.steps) for one in found]


def test_trials_that_nothing_is_held_against_are_high():
    judged = judge_certainty(TRIALS)

    assert judged.level is judged.start is HIGH
    assert not judged.reasons
    assert not judged.not_known
    assert str(judged.start_why) == "Drawn by lot, so certainty starts high."


@pytest.mark.parametrize("design", [one for one in Design if one is not Design.RANDOMISED])
def test_all_others_start_low(design):
    assert judge_certainty(replace(TRIALS, design=design)).start is LOW


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"interval": limits(0.8, 1.1)}, []),
        ({"interval": limits(0.7, 1.1)}, [(Concern.IMPRECISION, -1)]),
        ({"interval": limits(0.9, 1.4)}, [(Concern.IMPRECISION, -1)]),
        ({"interval": limits(0.7, 1.4)}, [(Concern.IMPRECISION, -2)]),
        ({"interval": None}, [(Concern.IMPRECISION, -1)]),
        (
            {"interval": limits(-0.3, 0.3, EffectScale.STANDARDISED)},
            [(Concern.IMPRECISION, -2)],
        ),
        (
            {"interval": limits(-9, 9, EffectScale.OTHER_DIFFERENCE)},
            [(Concern.IMPRECISION, -1)],
        ),
        ({"prediction": limits(0.4, 1.2)}, [(Concern.INCONSISTENCY, -1)]),
        ({"prediction": None, "i_squared": 0.75}, [(Concern.INCONSISTENCY, -1)]),
        ({"prediction": None, "i_squared": 0.74}, []),
        ({"i_squared": 0.9}, []),
        ({"egger_p": 0.09}, [(Concern.PUBLICATION_BIAS, -1)]),
        ({"egger_p": 0.09, "studies": 9}, []),
        ({"traits": frozenset({Trait.NOT_NET})}, [(Concern.RISK_OF_BIAS, -1)]),
        ({"traits": frozenset({Trait.NOT_CRIME})}, [(Concern.INDIRECTNESS, -1)]),
        ({"bias_risks": (BiasRisk.HIGH, BiasRisk.LOW)}, []),
        (
            {"bias_risks": (BiasRisk.HIGH, BiasRisk.CRITICAL, BiasRisk.LOW)},
            [(Concern.RISK_OF_BIAS, -1)],
        ),
        (
            {"bias_risks": (BiasRisk.CRITICAL, BiasRisk.CRITICAL, BiasRisk.LOW)},
            [(Concern.RISK_OF_BIAS, -2)],
        ),
    ],
)
def test_each_step_follows_its_rule(changes, expected):
    assert [one for one in steps(TRIALS, **changes) if one[1]] == expected
    assert level(TRIALS, **changes) == HIGH + sum(number for _, number in expected)


def test_studies_that_differ_in_size_only_are_named_without_a_step():
    (named,) = judge_certainty(replace(TRIALS, i_squared=0.9)).reasons

    assert named.steps == 0
    assert "not in its direction" in str(named.why)


def test_two_steps_are_the_most_for_one_reason():
    found = steps(
        TRIALS,
        interval=limits(0.5, 2),
        prediction=None,
        grave_concerns=frozenset({Concern.IMPRECISION}),
    )

    assert found == [(Concern.IMPRECISION, -2), (Concern.IMPRECISION, 0)]


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (limits(0.3, 0.45), [(Strength.LARGE_EFFECT, 1)]),
        (limits(2.1, 3), [(Strength.LARGE_EFFECT, 1)]),
        (limits(0.05, 0.19), [(Strength.LARGE_EFFECT, 2)]),
        (limits(0.3, 0.55), []),
        (limits(0.2, 0.4, EffectScale.ODDS_RATIO), []),
        (limits(0.1, 0.2, EffectScale.ODDS_RATIO), [(Strength.LARGE_EFFECT, 1)]),
        (limits(-5, -3, EffectScale.STANDARDISED), []),
    ],
)
def test_a_large_effect_without_lot_goes_up(interval, expected):
    assert steps(COMPARED, interval=interval, prediction=None) == expected


def test_lots_and_evidence_with_a_fault_never_go_up():
    large = limits(0.05, 0.15)
    fault = frozenset({Concern.INDIRECTNESS})

    assert level(TRIALS, interval=large) is HIGH
    assert level(COMPARED, interval=large, prediction=None) is HIGH
    assert level(COMPARED, interval=large, prediction=None, concerns=fault) is VERY_LOW
    assert level(COMPARED, traits=frozenset({Trait.DOSE})) is MODERATE


@pytest.mark.parametrize(
    ("changes", "ceiling"),
    [
        ({"kind": Kind.VOTE_COUNT}, Ceiling.VOTE_COUNT),
        ({"kind": Kind.ASSOCIATION}, Ceiling.ASSOCIATION),
        ({"design": Design.ASSOCIATION}, Ceiling.ASSOCIATION),
        ({"traits": frozenset({Trait.ASSOCIATION})}, Ceiling.ASSOCIATION),
        ({"traits": frozenset({Trait.DIRECTION_UNKNOWN})}, Ceiling.DIRECTION),
        ({"studies": 0}, Ceiling.NO_STUDY),
    ],
)
def test_what_tells_no_effect_is_very_low_and_says_why(changes, ceiling):
    judged = judge_certainty(replace(TRIALS, **changes))

    assert judged.level is VERY_LOW
    assert ceiling in [one.about for one in judged.reasons]


def test_one_study_is_moderate_at_most_if_drawn_by_lot_and_precise():
    one = {"kind": Kind.SINGLE_STUDY, "studies": 1, "prediction": None}

    assert level(TRIALS, **one) is MODERATE
    assert level(TRIALS, **one, interval=None) is LOW
    assert level(COMPARED, **one, interval=limits(0.05, 0.1)) is LOW
    assert level(TRIALS, studies=1, prediction=None) is MODERATE


def test_a_raw_before_and_after_is_very_low():
    raw = BodyFacts(design=Design.BEFORE_AFTER, kind=Kind.SINGLE_STUDY, studies=1)

    judged = judge_certainty(raw)

    assert judged.level is VERY_LOW
    assert judged.concerns == {Concern.RISK_OF_BIAS, Concern.IMPRECISION}
    assert "nobody knows what would have happened anyway" in str(judged.text())


def any_limits(scale):
    low, high = (0.05, 20) if scale.null else (-3, 3)
    ends = st.floats(low, high)
    return st.tuples(ends, ends).map(lambda two: limits(min(two), max(two), scale))


@st.composite
def any_facts(draw):
    scale = draw(st.sampled_from(EffectScale))
    return BodyFacts(
        design=draw(st.sampled_from(Design)),
        kind=draw(st.sampled_from(Kind)),
        studies=draw(st.none() | st.integers(0, 40)),
        interval=draw(st.none() | any_limits(scale)),
        prediction=draw(st.none() | any_limits(scale)),
        i_squared=draw(st.none() | st.floats(0, 1)),
        egger_p=draw(st.none() | st.floats(0, 1)),
        bias_risks=draw(st.none() | st.lists(st.sampled_from(BiasRisk)).map(tuple)),
        concerns=draw(st.frozensets(st.sampled_from(Concern))),
        grave_concerns=draw(st.frozensets(st.sampled_from(Concern))),
        traits=draw(st.frozensets(st.sampled_from(Trait))),
    )


@given(any_facts(), st.sampled_from(Concern))
def test_a_concern_never_raises_certainty(facts, concern):
    more = judge_certainty(replace(facts, concerns=facts.concerns | {concern}))
    graver = judge_certainty(replace(facts, grave_concerns=facts.grave_concerns | {concern}))

    assert graver.level <= more.level <= judge_certainty(facts).level


@given(any_facts(), st.sampled_from(sorted(set(Trait) - {Trait.DOSE})))
def test_a_fault_never_raises_certainty(facts, trait):
    assert (
        judge_certainty(replace(facts, traits=facts.traits | {trait})).level
        <= judge_certainty(facts).level
    )


@given(any_facts())
def test_the_level_is_the_start_plus_the_steps(facts):
    judged = judge_certainty(facts)
    reached = judged.start + sum(one.steps for one in judged.reasons)

    assert judged.level == min(max(reached, VERY_LOW), HIGH)
    assert all(str(one.why) for one in judged.reasons)
    if judged.level < judged.start:
        assert any(one.steps < 0 for one in judged.reasons)


@given(any_facts())
def test_one_study_without_lot_is_never_above_low(facts):
    assume(facts.design is not Design.RANDOMISED)

    assert judge_certainty(replace(facts, kind=Kind.SINGLE_STUDY)).level <= LOW


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: limits(2, 1), "from low to high"),
        (lambda: limits(float("nan"), 1), "from low to high"),
        (lambda: limits(-0.1, 1), "never below 0"),
        (lambda: replace(TRIALS, studies=-1), "0 or more"),
        (lambda: replace(TRIALS, i_squared=75), "i_squared lies from 0 to 1"),
        (lambda: replace(TRIALS, egger_p=-0.1), "egger_p lies from 0 to 1"),
    ],
)
def test_facts_that_cannot_be_are_refused(make, said):
    with pytest.raises(ValueError, match=said):
        make()
