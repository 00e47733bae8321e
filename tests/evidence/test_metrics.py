"""Metrics keep apart what must not be mixed, and conversions keep what they assume."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.evidence.conversions import (
    CannotConvert,
    convert_effect,
    hedges_correction,
    risk_ratio_at,
)
from forestall.evidence.metrics import (
    Metric,
    OddsRatio,
    StandardisedDifference,
    effect_size,
    metric_named,
)

RATIOS = [Metric.ODDS_RATIO, Metric.RISK_RATIO, Metric.RATE_RATIO]
BOTH_WAYS = [
    (Metric.ODDS_RATIO, Metric.MEAN_DIFFERENCE),
    (Metric.MEAN_DIFFERENCE, Metric.CORRELATION),
    (Metric.PERCENT_CHANGE, Metric.RATE_RATIO),
    (Metric.ODDS_CHANGE, Metric.ODDS_RATIO),
]


@pytest.mark.parametrize("metric", RATIOS)
@given(ratio=st.floats(0.01, 100))
def test_a_ratio_is_printed_as_it_was_read(metric, ratio):
    assert effect_size(metric, ratio).published == pytest.approx(ratio)


@pytest.mark.parametrize("metric", RATIOS)
@pytest.mark.parametrize("value", [0.0, -0.5])
def test_a_ratio_of_nothing_or_less_is_refused(metric, value):
    with pytest.raises(ValueError, match="above 0"):
        effect_size(metric, value)


@pytest.mark.parametrize(
    ("metric", "value"), [("r", 1.0), ("r", -1.2), ("% change", -100), ("d", math.inf)]
)
def test_a_value_that_the_metric_cannot_have_is_refused(metric, value):
    with pytest.raises(ValueError, match=r"lies between|by 100 %|is a number"):
        effect_size(metric, value)


def test_a_share_of_studies_is_no_effect_size():
    for name in ("% of studies with a significant relationship", "murders per month", "HR"):
        with pytest.raises(ValueError, match="Metric"):
            metric_named(name)


@pytest.mark.parametrize(("one", "other"), BOTH_WAYS)
@given(number=st.floats(-2, 2), error=st.floats(0.01, 1))
def test_there_and_back_gives_the_same_effect_and_error(one, other, number, error):
    first = type(effect_size(one, 1 if one in RATIOS else 0))(number)
    there = convert_effect(first, other, standard_error=error)
    back = convert_effect(there.effect, one, standard_error=there.standard_error)
    assert back.effect.number == pytest.approx(number, abs=1e-9)
    assert back.standard_error == pytest.approx(error, rel=1e-9)
    assert back.effect.metric is one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Metric.ODDS_RATIO, Metric.RISK_RATIO),
        (Metric.ODDS_RATIO, Metric.RATE_RATIO),
        (Metric.PERCENT_CHANGE, Metric.ODDS_RATIO),
        (Metric.POINTS, Metric.ODDS_RATIO),
    ],
)
def test_what_no_formula_links_is_not_converted(one, other):
    with pytest.raises(CannotConvert, match="No published formula"):
        convert_effect(effect_size(one, 0.5), other)


def test_chinns_factor_by_hand():
    """An odds ratio of e is a difference of the root of 3 over pi."""
    found = convert_effect(OddsRatio(1.0), Metric.MEAN_DIFFERENCE, standard_error=0.5)
    assert found.effect.published == pytest.approx(math.sqrt(3) / math.pi)
    assert found.standard_error == pytest.approx(0.5 * math.sqrt(3) / math.pi)
    assert "logistic" in str(found.assumption)


@given(odds_ratio=st.floats(0.05, 20), risk=st.floats(0.01, 0.99))
def test_a_risk_ratio_gives_the_odds_it_came_from(odds_ratio, risk):
    found = risk_ratio_at(OddsRatio.from_published(odds_ratio), comparison_risk=risk)
    treated = found.effect.published * risk
    assert treated / (1 - treated) / (risk / (1 - risk)) == pytest.approx(odds_ratio)


@pytest.mark.parametrize("risk", [0, 1, -0.1, 2])
def test_a_risk_outside_0_and_1_is_refused(risk):
    with pytest.raises(ValueError, match="between 0 and 1"):
        risk_ratio_at(OddsRatio(0.1), comparison_risk=risk)


def test_the_small_sample_correction_by_hand():
    """With 12 people: 1 - 3 / (4 x 10 - 1) = 0.923077."""
    found = hedges_correction(StandardisedDifference(1.0), people=12)
    assert found.published == pytest.approx(0.9230769)
    with pytest.raises(ValueError, match="three people"):
        hedges_correction(StandardisedDifference(1.0), people=2)
