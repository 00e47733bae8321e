"""One effect stands for each study, and what that means is told."""

from dataclasses import replace

import pytest

from forestall.errors import CannotSynthesise
from forestall.evidence.metrics import Favours, OddsRatio
from forestall.evidence.studies import Source, StudyEffect
from forestall.evidence.synthesis import (
    OnePerStudy,
    measure_influence,
    one_effect_per_study,
    synthesise_effects,
)
from forestall.evidence.vocabulary import Design, Outcome


def effect(key, study, number, error, **more):
    return StudyEffect(
        key=key,
        study=study,
        intervention="x",
        outcome=Outcome.CRIME,
        outcome_words="arrests",
        effect=OddsRatio(number),
        standard_error=error,
        favours=Favours.BELOW,
        direction="below 1 = fewer",
        source=Source(address="own table", quotation=""),
        **more,
    )


NESTED = (
    effect("a1", "A (2001)", -0.2, 0.4, design=Design.RANDOMISED, moderators={"age": "young"}),
    effect("a2", "A (2001)", -0.6, 0.2, design=Design.CONTROLLED, moderators={"age": "young"}),
    effect("b", "B (2002)", -0.1, 0.1),
    effect("c", "C (2003)", 0.3, 0.3),
)


@pytest.mark.parametrize(
    ("take", "number", "error"),
    [
        (OnePerStudy.FIRST, -0.2, 0.4),
        (OnePerStudy.LARGEST, -0.6, 0.2),
        (OnePerStudy.AVERAGE, -0.4, 0.3),
    ],
)
def test_one_effect_stands_for_each_study(take, number, error):
    kept = one_effect_per_study(NESTED, take=take)

    assert [one.study for one in kept] == ["A (2001)", "B (2002)", "C (2003)"]
    assert kept[0].effect.number == pytest.approx(number)
    assert kept[0].standard_error == pytest.approx(error)
    assert kept[1:] == NESTED[2:]


def test_an_average_within_a_study_keeps_only_what_its_effects_share():
    other = replace(NESTED[1], moderators={"age": "adult"}, outcome_words="convictions")

    averaged, *_ = one_effect_per_study((NESTED[0], other, *NESTED[2:]), take=OnePerStudy.AVERAGE)

    assert averaged.design is Design.MIXED
    assert averaged.moderators == {}
    assert averaged.outcome_words == "arrests; convictions"


def test_effects_on_both_sides_are_turned_before_they_are_averaged():
    good = replace(NESTED[1], effect=OddsRatio(0.6), favours=Favours.ABOVE)

    averaged, *_ = one_effect_per_study((NESTED[0], good, *NESTED[2:]), take=OnePerStudy.AVERAGE)

    assert averaged.favourable.number == pytest.approx(-0.4)


def test_what_needs_independent_effects_can_then_be_asked():
    with pytest.raises(CannotSynthesise, match="--one-per-study"):
        measure_influence(synthesise_effects(NESTED))

    kept = one_effect_per_study(NESTED, take=OnePerStudy.LARGEST)
    assert len(measure_influence(synthesise_effects(kept)).table) == 3


def test_effects_that_cannot_be_averaged_are_refused():
    with pytest.raises(CannotSynthesise, match="one study only"):
        one_effect_per_study(NESTED[:2], take=OnePerStudy.AVERAGE)
