"""What a design admits follows from how places were chosen, when, and what is counted."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forestall.evaluation
from forestall.evaluation import (
    Arrival,
    Concern,
    DesignFacts,
    OtherChange,
    PlaceChoice,
    Reach,
    describe_design,
    design_rules,
)
from forestall.evaluation.design_rules import rules
from forestall.evaluation.synthetic import (
    matched_places,
    roles,
    synthetic_control,
    synthetic_differences,
)

TRIAL_LIKE = DesignFacts(
    chosen=PlaceChoice.RANDOM,
    arrival=Arrival.ONE_DATE,
    treated_places=20,
    comparison_places=60,
    periods_before=36,
    periods_after=24,
    incidents_per_period=10,
    rings=3,
    survey_rounds=2,
)


def concerns(facts):
    return {one.concern for one in describe_design(facts).warnings}


def test_a_large_trial_admits_all_that_takes_many_places_and_one_date_and_warns_of_nothing():
    described = describe_design(TRIAL_LIKE)

    refused = [one.estimator for one in described.estimators if not one.is_admissible]
    assert described.admissible[0] == "analyse_trial"
    assert refused == ["estimate_staggered_adoption", "estimate_synthetic_control"]
    assert not described.warnings
    assert not described.caveats


@pytest.mark.parametrize(
    ("chosen", "concern", "words"),
    [
        (PlaceChoice.RECENT_COUNTS, Concern.REGRESSION_TO_THE_MEAN, "fall by themselves"),
        (PlaceChoice.UNKNOWN, Concern.UNKNOWN_CHOICE, "is not known"),
    ],
)
def test_the_choice_of_places_is_warned_of(chosen, concern, words):
    described = describe_design(replace(TRIAL_LIKE, chosen=chosen))

    assert described.warns_of(concern)
    assert words in str(described.warnings[0].said)
    assert described.warnings[0].remedy is not None
    assert not described.admits("analyse_trial")


def test_places_chosen_for_many_incidents_are_only_permuted_within_strata():
    described = describe_design(replace(TRIAL_LIKE, chosen=PlaceChoice.RECENT_COUNTS))

    assert described.admits("permute_places")
    assert "strata" in str(described.advice("permute_places").reason)


def test_without_comparison_only_the_past_can_be_asked():
    alone = replace(TRIAL_LIKE, chosen=PlaceChoice.ALL, comparison_places=0)

    described = describe_design(alone)

    assert described.admissible == ("estimate_interrupted_series", "assess_count_change")
    assert described.warns_of(Concern.NO_COMPARISON)


def test_several_starts_take_another_estimator_than_two_way_fixed_effects():
    described = describe_design(replace(TRIAL_LIKE, arrival=Arrival.STAGGERED))

    assert described.admits("estimate_staggered_adoption")
    assert not described.admits("estimate_difference_in_differences")
    assert not described.admits("compare_before_after")
    assert described.warns_of(Concern.SEVERAL_STARTS)


def test_all_places_in_steps_are_compared_with_those_still_waiting():
    steps = replace(
        TRIAL_LIKE, chosen=PlaceChoice.ALL, arrival=Arrival.STAGGERED, comparison_places=0
    )

    assert describe_design(steps).admits("estimate_staggered_adoption")


def test_a_measure_that_ended_needs_a_method_that_allows_for_it():
    described = describe_design(replace(TRIAL_LIKE, arrival=Arrival.ENDED))

    assert described.admits("estimate_difference_in_differences")
    assert not described.admits("estimate_synthetic_difference_in_differences")
    assert not described.admits("estimate_event_study")
    assert described.warns_of(Concern.ENDED)


def test_clusters_count_as_they_were_assigned_not_places():
    clustered = replace(TRIAL_LIKE, treated_clusters=2, comparison_clusters=4)

    described = describe_design(clustered)

    assert clustered.choices == 15
    assert not described.admits("analyse_trial")
    assert {Concern.FEW_CLUSTERS, Concern.FEW_TREATED} <= concerns(clustered)
    assert "6 units" in str(described.warnings[0].said)


def test_fewer_clusters_find_only_larger_falls():
    few = replace(TRIAL_LIKE, treated_clusters=4, comparison_clusters=4)

    by_place = describe_design(TRIAL_LIKE).advice("analyse_trial").detectable
    by_cluster = describe_design(few).advice("analyse_trial").detectable

    assert by_place is not None
    assert by_cluster is not None
    assert by_cluster > by_place


def test_a_short_time_before_is_warned_of_and_admits_no_series():
    short = replace(TRIAL_LIKE, periods_before=2)

    described = describe_design(short)

    assert described.warns_of(Concern.SHORT_BEFORE)
    assert not described.admits("estimate_interrupted_series")
    assert "24 months before" in str(described.advice("estimate_interrupted_series").reason)
    assert not described.admits("estimate_event_study")


def test_three_years_before_are_long_enough_for_no_warning_but_not_for_a_series():
    years = replace(TRIAL_LIKE, periods_before=3, periods_after=2, period_months=12)

    described = describe_design(years)

    assert not described.warns_of(Concern.SHORT_BEFORE)
    assert str(described.advice("estimate_interrupted_series").reason) == (
        "It needs counts by month."
    )


def test_low_counts_are_told_with_the_smallest_fall_of_four_cells_by_hand():
    # 100 incidents in each cell and twice the variance of chance: 55 % (methods, section Power).
    thin = replace(
        TRIAL_LIKE,
        chosen=PlaceChoice.CONVENIENCE,
        treated_places=1,
        comparison_places=1,
        periods_before=10,
        periods_after=10,
        incidents_per_period=10,
    )

    described = describe_design(thin)

    assert described.advice("compare_before_after").detectable == pytest.approx(0.547, abs=0.005)
    assert described.warns_of(Concern.LOW_COUNTS)
    assert "55" in next(
        str(one.said) for one in described.warnings if one.concern is Concern.LOW_COUNTS
    )


def test_one_treated_place_is_set_against_a_mixture():
    one = replace(TRIAL_LIKE, chosen=PlaceChoice.CONVENIENCE, treated_places=1)

    assert describe_design(one).admits("estimate_synthetic_control")
    assert not describe_design(replace(one, comparison_places=4)).admits(
        "estimate_synthetic_control"
    )


def test_the_smallest_numbers_of_places_are_those_of_the_methods():
    assert design_rules.LEAST_DONORS == synthetic_control._LEAST_DONORS
    assert design_rules.LEAST_TO_WEIGH == synthetic_differences._LEAST_COMPARISON
    assert design_rules.LEAST_TO_MATCH_FROM == matched_places._LEAST_COMPARISON
    assert design_rules.LEAST_PERIODS_TO_WEIGH == roles._LEAST_BEFORE


def test_a_few_incidents_at_several_starts_are_told_without_a_formula():
    thin = replace(
        TRIAL_LIKE, arrival=Arrival.STAGGERED, treated_places=8, incidents_per_period=0.5
    )

    described = describe_design(thin)

    assert described.table["detectable"].isna().all()
    assert described.warns_of(Concern.LOW_COUNTS)
    assert "96 incidents" in next(
        str(one.said) for one in described.warnings if one.concern is Concern.LOW_COUNTS
    )


def test_a_description_can_be_drawn():
    assert describe_design(TRIAL_LIKE).plot().to_dict()["layer"]


def test_without_a_base_rate_no_fall_is_named():
    unknown = describe_design(replace(TRIAL_LIKE, incidents_per_period=None))

    assert unknown.table["detectable"].isna().all()
    assert not unknown.warns_of(Concern.LOW_COUNTS)


@pytest.mark.parametrize("reach", list(Reach))
def test_what_else_changed_is_named_with_its_day(reach):
    moved = OtherChange(on=date(2022, 5, 1), what="reports go online", reach=reach)

    described = describe_design(replace(TRIAL_LIKE, other_changes=(moved,)))

    [warning] = described.warnings
    assert warning.concern is Concern.OTHER_CHANGES
    assert "1 May 2022" in str(warning.said)
    assert "reports go online" in str(warning.said)


def test_what_is_not_counted_is_said():
    described = describe_design(replace(TRIAL_LIKE, rings=0, survey_rounds=1))

    assert not described.admits("assess_displacement")
    assert concerns(described.facts) == {Concern.SURROUNDINGS, Concern.RECORDS_ALONE}


@pytest.mark.parametrize(
    "wrong",
    [
        {"treated_places": 0},
        {"comparison_places": -1},
        {"periods_after": 0},
        {"periods_before": -1},
        {"period_months": 0},
        {"incidents_per_period": 0},
        {"rings": -1},
        {"dispersion": 0.5},
        {"treated_clusters": 21},
        {"comparison_clusters": 0},
    ],
)
def test_a_design_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\.$"):
        replace(TRIAL_LIKE, **wrong)


def test_an_expected_fall_is_a_share():
    with pytest.raises(ValueError, match="share"):
        describe_design(TRIAL_LIKE, expected_fall=20)


facts_of_any_design = st.builds(
    DesignFacts,
    chosen=st.sampled_from(PlaceChoice),
    arrival=st.sampled_from(Arrival),
    treated_places=st.integers(1, 40),
    comparison_places=st.integers(0, 200),
    periods_before=st.integers(0, 60),
    periods_after=st.integers(1, 60),
    period_months=st.sampled_from([1, 3, 12]),
    incidents_per_period=st.none() | st.floats(0.01, 500),
    rings=st.integers(0, 4),
    survey_rounds=st.integers(0, 3),
)


@given(facts_of_any_design)
def test_every_estimator_has_one_reason_and_the_table_says_the_same(facts):
    described = describe_design(facts)

    assert list(described.table["estimator"]) == [rule.estimator for rule in rules()]
    assert all(str(one.reason).endswith(".") for one in described.estimators)
    assert tuple(described.table.loc[described.table["admissible"], "estimator"]) == (
        described.admissible
    )
    assert described.summary()


@given(facts_of_any_design, st.integers(1, 40))
def test_more_periods_before_never_take_an_estimator_away(facts, more):
    longer = replace(facts, periods_before=facts.periods_before + more)

    assert set(describe_design(facts).admissible) <= set(describe_design(longer).admissible)


@given(facts_of_any_design)
def test_only_a_lot_admits_a_trial(facts):
    assert facts.chosen is PlaceChoice.RANDOM or not describe_design(facts).admits("analyse_trial")


def test_every_estimator_is_a_public_function():
    assert {rule.estimator for rule in rules()} <= set(forestall.evaluation.__all__)
