"""The record of an effect: its words, its scale, and how sure it may sound."""

from __future__ import annotations

import math
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.evaluation import (
    CountDifference,
    Engine,
    ErrorKind,
    Estimate,
    HarmDifference,
    LogRatio,
    RateDifference,
    Sample,
)
from forestall.evaluation.could_be_seen import detectable_by, what_could_be_seen
from forestall.languages import message
from forestall.results import Certainty, Interval


def estimate(effect, *, error=None, own=(), **changes):
    return Estimate(
        estimand=message("made up"),
        outcome="theft",
        effect=effect,
        standard_error=error,
        error_kind=ErrorKind.PUBLISHED,
        own_intervals=tuple(own),
        sample=Sample(treated_places=1, comparison_places=1, observations=4),
        engine=Engine(method="made up", software="none", version="0"),
        **changes,
    )


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (CountDifference(-1.0), "1 fewer incident"),
        (CountDifference(-1.6), "2 fewer incidents"),
        (CountDifference(1.0), "1 more incident"),
        (CountDifference(12.0), "12 more incidents"),
        (CountDifference(-0.4), "0.4 fewer incidents"),
        (CountDifference(0.0), "0 more incidents"),
        (HarmDifference(-1.0), "1 fewer point of harm"),
        (HarmDifference(2.0), "2 more points of harm"),
    ],
)
def test_an_effect_is_told_in_the_words_of_its_number(effect, words):
    assert str(effect.in_words()) == words


def interval(low, high, level):
    return Interval(low=low, high=high, level=level)


@pytest.mark.parametrize(
    ("own", "word"),
    [
        # A 95 % interval alone may not say more than it knows.
        ([interval(-9, -1, 0.95)], Certainty.PROBABLE),
        ([interval(-9, 1, 0.95)], Certainty.CHANCE),
        ([interval(-8, -1, 0.80), interval(-9, 1, 0.95)], Certainty.SIGN),
        ([interval(-9, -2, 0.95), interval(-9.5, -1, 0.99)], Certainty.CLEAR),
        ([interval(-9, -2, 0.95), interval(-9.5, 1, 0.99)], Certainty.PROBABLE),
    ],
)
def test_certainty_rests_on_the_levels_that_there_are(own, word):
    found = estimate(CountDifference(-5.0), own=own)

    assert found.certainty is word
    assert word.value in found.summary()


def test_a_record_without_an_error_needs_its_95_percent_interval():
    with pytest.raises(ValueError, match="95 % interval of its own"):
        estimate(CountDifference(-5.0), own=[interval(-9, -1, 0.90)])
    with pytest.raises(ValueError, match=r"no interval at level 0\.8"):
        estimate(CountDifference(-5.0), own=[interval(-9, -1, 0.95)]).interval(0.8)


@given(
    st.floats(-3, 3).filter(lambda log: abs(log) > 1e-6),
    st.floats(0.01, 2),
)
def test_fewer_levels_never_make_an_effect_sound_surer(log, error):
    order = [Certainty.CHANCE, Certainty.SIGN, Certainty.PROBABLE, Certainty.CLEAR]
    full = estimate(LogRatio(log), error=error)
    alone = estimate(LogRatio(log), own=[full.interval(0.95)])

    if full.certainty is Certainty.LITTLE_CHANGED:
        assert alone.certainty is Certainty.LITTLE_CHANGED
    else:
        assert order.index(alone.certainty) <= order.index(full.certainty)


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
@pytest.mark.parametrize("scale", [CountDifference, HarmDifference, LogRatio, RateDifference])
def test_an_effect_is_a_finite_number(scale, wrong):
    with pytest.raises(ValueError, match="An effect is a number"):
        scale(wrong)


@pytest.mark.parametrize(
    "changes", [{"error": -1.0}, {"error": math.nan}, {"error": 1.0, "p_value": math.nan}]
)
def test_an_error_or_a_p_value_that_is_none_is_refused(changes):
    with pytest.raises(ValueError, match=r"A standard error is|A p-value lies"):
        estimate(CountDifference(-5.0), **changes)


def test_scales_do_not_mix():
    with pytest.raises(TypeError):
        operator.add(CountDifference(-5.0), LogRatio(-0.1))
    with pytest.raises(TypeError):
        operator.lt(CountDifference(-5.0), LogRatio(-0.1))
    assert LogRatio.from_relative_effect_size(1.25).ratio == pytest.approx(0.8)


def test_what_could_be_seen_follows_the_scale_and_the_degrees_of_freedom():
    ratio, count = estimate(LogRatio(0.1), error=0.2), estimate(CountDifference(3.0), error=10.0)
    few = estimate(LogRatio(0.1), error=0.2, degrees_of_freedom=6)

    assert detectable_by(ratio) == pytest.approx(1 - math.exp(-2.8016 * 0.2), abs=1e-4)
    assert detectable_by(count) == pytest.approx(28.016, abs=1e-3)
    # Student's t: 2.447 + 0.906.
    assert detectable_by(few) == pytest.approx(1 - math.exp(-3.3526 * 0.2), abs=1e-4)
    assert "43" in str(what_could_be_seen(ratio))
    assert "28" in str(what_could_be_seen(count))
