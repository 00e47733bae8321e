"""A record of an effect cannot be made without what makes it usable."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.evidence.metrics import Favours, OddsRatio, RateRatio, RiskRatio
from forestall.evidence.studies import (
    IncidentCounts,
    PeopleCounts,
    Source,
    StudyEffect,
    error_of_interval,
)
from forestall.evidence.vocabulary import Outcome

SOURCE = Source(address="https://example.org/study", quotation="an odds ratio of 0.5")
EFFECT = StudyEffect(
    key="one",
    study="Example (2020)",
    intervention="mentoring",
    outcome=Outcome.CRIME,
    outcome_words="offending again",
    effect=OddsRatio.from_published(0.5),
    standard_error=0.2,
    favours=Favours.BELOW,
    direction="below 1 = less offending",
    source=SOURCE,
)


@pytest.mark.parametrize("missing", ["key", "study", "intervention", "direction"])
def test_a_record_without_what_it_needs_is_refused_by_name(missing):
    with pytest.raises(ValueError, match=missing):
        StudyEffect(**{**vars(EFFECT), missing: "  "})


@pytest.mark.parametrize("error", [0.0, -1.0, float("nan"), float("inf")])
def test_a_standard_error_is_a_number_above_0(error):
    with pytest.raises(ValueError, match="standard error"):
        replace(EFFECT, standard_error=error)


def test_a_figure_without_a_source_is_refused():
    with pytest.raises(ValueError, match="address of its source"):
        Source(address=" ", quotation="0.5")


def test_an_interval_that_does_not_hold_its_estimate_is_refused():
    one = OddsRatio.from_published
    with pytest.raises(ValueError, match="does not hold its own estimate"):
        error_of_interval(one(0.5), one(0.6), one(0.9))
    with pytest.raises(ValueError, match="no width"):
        error_of_interval(one(0.5), one(0.5), one(0.5))


def test_an_odds_ratio_that_is_good_above_1_is_turned_round():
    found = replace(EFFECT, effect=OddsRatio.from_published(1.25), favours=Favours.ABOVE)
    assert found.desirable
    assert found.favourable.published == pytest.approx(0.8)


@pytest.mark.parametrize("kind", [RiskRatio, RateRatio])
def test_a_risk_ratio_of_a_good_outcome_is_not_turned_round(kind):
    """With risks of 0.8 and 0.4 of staying out, the risks of the opposite are 0.2 and 0.6."""
    found = replace(EFFECT, effect=kind.from_published(2.0), favours=Favours.ABOVE)
    with pytest.raises(ValueError, match="cannot be turned round"):
        _ = found.favourable


def test_people_by_hand():
    """10 of 20 against 15 of 20: odds 1 against 3."""
    counts = PeopleCounts(treated_events=10, treated=20, compared_events=15, compared=20)
    found = replace(EFFECT, counts=counts).with_effect_of_counts()
    assert found.effect.published == pytest.approx(1 / 3)
    assert found.variance == pytest.approx(1 / 10 + 1 / 10 + 1 / 15 + 1 / 5)


def test_incidents_by_hand():
    """100 to 80 against 200 to 220: 0.8 over 1.1; twice the variance of chance."""
    counts = IncidentCounts(
        treated_before=100, treated_after=80, compared_before=200, compared_after=220, dispersion=2
    )
    found = replace(EFFECT, counts=counts).with_effect_of_counts()
    assert found.effect.published == pytest.approx(0.8 / 1.1)
    assert found.variance == pytest.approx(2 * (1 / 100 + 1 / 80 + 1 / 200 + 1 / 220))
    assert isinstance(found.effect, RateRatio)


def test_an_empty_cell_gets_a_half_in_all_four():
    counts = IncidentCounts(
        treated_before=10, treated_after=0, compared_before=20, compared_after=20
    )
    assert counts.cells == (0.5, 10.5, 20.5, 20.5)


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="no count"):
        PeopleCounts(treated_events=30, treated=20, compared_events=1, compared=2)
    with pytest.raises(ValueError, match="0 or more"):
        IncidentCounts(treated_before=-1, treated_after=0, compared_before=2, compared_after=2)
    with pytest.raises(ValueError, match="chance or more"):
        IncidentCounts(
            treated_before=1, treated_after=1, compared_before=2, compared_after=2, dispersion=0.5
        )


@given(
    st.tuples(*[st.integers(1, 500)] * 4),
)
def test_swapping_treated_and_compared_turns_the_sign(cells):
    a, b, c, d = cells
    one = PeopleCounts(treated_events=a, treated=a + b, compared_events=c, compared=c + d)
    other = PeopleCounts(treated_events=c, treated=c + d, compared_events=a, compared=a + b)
    assert one.log_odds_ratio == pytest.approx(-other.log_odds_ratio)
    assert one.log_odds_variance == pytest.approx(other.log_odds_variance)
