"""Groups, moderators, checks and natural terms: by hand, published, by property."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall._stats.mantel_haenszel import common_odds
from forestall._stats.small_studies import Missing
from forestall.evidence.metrics import Favours
from forestall.evidence.studies import IncidentCounts, PeopleCounts
from forestall.evidence.synthesis import (
    Model,
    accumulate_by_year,
    assess_small_studies,
    compare_subgroups,
    explain_by_moderators,
    in_natural_terms,
    leave_one_out,
    measure_influence,
    pool_odds_ratios,
    pool_rate_ratios,
    synthesise_effects,
)
from forestall.evidence.synthesis.example import made_up_effects
from tests.evidence.made_effects import an_effect, packaged, raudenbush, some_effects


def test_scared_straight_is_as_published():
    """Petrosino and others (2013): 1.68 (1.20 to 2.36)."""
    found = pool_odds_ratios(packaged("scared-straight-2013"))

    low, high = found.average.limits()
    shown = [round(one.published, 2) for one in (found.average.effect, low, high)]
    assert shown == [1.68, 1.20, 2.36]
    assert found.average.effect.published == pytest.approx(1.682, abs=5e-4)
    assert found.summary().startswith(
        "On average the outcome (people who offended again) was worse"
    )


def test_a_common_odds_ratio_by_hand():
    """Two tables with odds ratios 2 and 2, of 100 people each."""
    tables = np.array([[20, 30, 12.5, 37.5], [40, 20, 20, 20]])

    assert common_odds(tables).log_ratio == pytest.approx(math.log(2))


def test_a_good_outcome_is_turned_before_pooling():
    effects = packaged("scared-straight-2013")
    good = [
        replace(
            one,
            favours=Favours.ABOVE,
            counts=PeopleCounts(
                treated_events=one.counts.treated - one.counts.treated_events,
                treated=one.counts.treated,
                compared_events=one.counts.compared - one.counts.compared_events,
                compared=one.counts.compared,
            ),
        ).with_effect_of_counts()
        for one in effects
    ]

    bad = pool_odds_ratios(effects).average.effect.number
    assert pool_odds_ratios(good).average.effect.number == pytest.approx(bad)


def test_studies_without_events_are_said():
    nobody = PeopleCounts(treated_events=0, treated=9, compared_events=0, compared=8)
    empty = an_effect("empty", metric="OR", counts=nobody, outcome_words="x")

    found = pool_odds_ratios([*packaged("scared-straight-2013"), empty])

    assert found.q_freedom == 6
    assert any("In 1 study nobody or everybody" in str(one) for one in found.caveats)


def counted(dispersion=1.0):
    found = []
    for one in made_up_effects():
        assert isinstance(one.counts, IncidentCounts)
        counts = replace(one.counts, dispersion=dispersion)
        found.append(replace(one, counts=counts).with_effect_of_counts())
    return found


def test_ratios_of_counts_stand_side_by_side_at_three_variances():
    found = pool_rate_ratios(counted())

    assert list(found.table["phi"]) == [1, 2, 4]
    assert list(found.table["told"]) == [False, True, False]
    again = synthesise_effects(counted(2.0))
    assert found.told.average.effect.number == pytest.approx(again.average.effect.number)
    assert "6 studies are supposed to vary 2 times as much" in found.summary()


def test_a_variance_that_is_known_is_kept():
    effects = counted(3.0)

    found = pool_rate_ratios(effects)

    assert found.assumed == 0
    assert found.table["effect"].nunique() == 1
    assert "supposed" not in found.summary()


def test_errors_of_chance_alone_are_said():
    assert any("chance alone" in str(one) for one in synthesise_effects(counted()).caveats)
    assert not any("chance alone" in str(one) for one in synthesise_effects(counted(2)).caveats)


def test_ratios_become_incidents_by_hand():
    effects = some_effects([math.log(0.8)] * 2, [0.01, 0.01])

    told = in_natural_terms(synthesise_effects(effects, model=Model.FIXED), expected=200)

    assert told.with_measure == pytest.approx(160)
    assert told.low == pytest.approx(160 * math.exp(-1.959964 * math.sqrt(0.005)), abs=1e-3)
    assert told.new_low is None
    assert told.summary() == (
        "Of 200 incidents expected (burglary), about 160 (139 to 184) would happen with the "
        "measure."
    )


def test_odds_become_people_by_hand():
    """Risk one half and an odds ratio of 3: odds 3, risk three quarters."""
    effects = some_effects([math.log(3)] * 3, [0.01] * 3, metric="OR")

    told = in_natural_terms(synthesise_effects(effects), comparison_risk=0.5)

    assert [told.without, told.with_measure] == pytest.approx([50, 75])
    assert told.summary().startswith("On average the outcome (burglary) was worse")
    assert (
        "about 50 would have the outcome (burglary) without the measure, and 75" in told.summary()
    )
    assert told.summary().endswith(
        "It is supposed that 50 % would have it anyway.".replace(" %", "\xa0%")
    )


def test_risks_ratios_and_points_by_hand():
    for metric, number, expected in (("RR", math.log(0.8), 40), ("% points", -10, 40)):
        effects = some_effects([number] * 3, [0.001] * 3, metric=metric)
        told = in_natural_terms(synthesise_effects(effects), comparison_risk=0.5)
        assert told.with_measure == pytest.approx(expected), metric


def test_nobody_is_counted_twice():
    effects = some_effects([math.log(4), math.log(5)], [0.5] * 2, metric="RR")

    assert in_natural_terms(synthesise_effects(effects), comparison_risk=0.5).high == 100


def test_a_difference_goes_by_the_published_formula_and_says_so():
    """Chinn: d of −0.5 is an odds ratio of exp(−0.5 π / √3) = 0.4038."""
    effects = some_effects([-0.5] * 3, [0.01] * 3, metric="d")

    told = in_natural_terms(synthesise_effects(effects), comparison_risk=0.5)

    odds = math.exp(-0.5 * math.pi / math.sqrt(3))
    assert told.with_measure == pytest.approx(100 * odds / (1 + odds))
    assert "logistic" in str(told.caveats[0])


def test_the_comparison_risk_is_the_median_of_the_studies():
    effects = packaged("scared-straight-2013")
    risks = [one.counts.compared_events / one.counts.compared for one in effects]

    told = in_natural_terms(synthesise_effects(effects))

    assert told.without == pytest.approx(100 * np.median(risks))
    assert "median of the comparison groups of 7 studies" in told.summary()


def test_a_good_outcome_is_told_as_a_good_outcome():
    effects = some_effects([1.0, 1.1, 1.2], [0.01] * 3, metric="OR", favours=Favours.ABOVE)

    told = in_natural_terms(synthesise_effects(effects), comparison_risk=0.5)

    odds = math.exp(1.1)
    assert told.with_measure == pytest.approx(100 * odds / (1 + odds))
    assert told.low < told.with_measure < told.high
    assert told.new_low is not None
    assert told.new_low <= told.low


@given(st.floats(0.05, 0.95), st.lists(st.floats(-1, 1), min_size=3, max_size=8))
@settings(max_examples=30, deadline=None)
def test_numbers_of_people_keep_their_order(risk, values):
    found = synthesise_effects(some_effects(values, [0.05] * len(values), metric="OR"))
    told = in_natural_terms(found, comparison_risk=risk)

    assert told.new_low is not None
    assert told.new_high is not None
    order = [told.new_low, told.low, told.with_measure, told.high, told.new_high]
    assert order == sorted(order)
    assert (told.with_measure <= told.without + 1e-9) == (found.average.effect.number <= 1e-9)


def test_groups_by_hand():
    """Two groups of equal studies: each average is its studies', the difference is sure."""
    effects = [
        an_effect(f"{group}{n}", number + n / 1000, 0.01, moderators={"homes": group})
        for group, number in (("flats", 0.0), ("houses", -1.0))
        for n in range(4)
    ]

    found = compare_subgroups(effects, by="homes")

    assert list(np.log(found.table["effect"])) == pytest.approx([0.0015, -0.9985])
    assert found.p_value is not None
    assert found.p_value < 1e-9
    assert "The groups differ by more than chance" in found.summary()
    assert found.summary().startswith("On average the outcome was worse with the measure in flats")


def test_a_group_of_one_study_is_shown_as_it_is():
    effects = made_up_effects()

    found = compare_subgroups(effects, by=lambda one: "new" if one.year == 2021 else "old")

    single = found.table[found.table["group"] == "new"].iloc[0]
    assert single["effect"] == pytest.approx(effects[-1].effect.published)
    assert single["studies"] == 1
    assert any("one study only" in str(one) for one in found.caveats)


def test_a_line_by_hand():
    """Effects on a line, equally precise: the slope is the line's, nothing is left over."""
    effects = [
        an_effect(f"k{n}", 0.5 - 0.1 * n, 0.01, moderators={"weeks": str(n)}) for n in range(12)
    ]

    found = explain_by_moderators(effects, moderators=["weeks"])

    assert found.table["coefficient"].tolist() == pytest.approx([0.5, -0.1])
    assert found.explained == 1
    assert found.tau2 == 0
    assert not any("ten studies" in str(one) for one in found.caveats)


def test_few_studies_and_unknown_moderators_are_said():
    effects = packaged("cbt-offenders-2005")

    found = explain_by_moderators(effects[:20], moderators=["age", "program"])

    said = " ".join(map(str, found.caveats))
    assert "ten studies for each" in said
    assert "Nobody drew lots" in said
    groups = found.table.loc[found.table["moderator"] == "program", "reference"]
    assert groups.nunique() == 1


def test_leaving_one_out_by_hand():
    found = leave_one_out(synthesise_effects(some_effects([0.0, 0.0, 3.0], [1.0] * 3)))

    assert np.log(found.table["effect"]).tolist() == pytest.approx([1.5, 1.5, 0.0], abs=1e-9)


def test_an_outlier_stands_out():
    effects = some_effects([-0.1, -0.15, -0.12, -0.08, -0.11, 2.0], [0.01] * 6)

    found = measure_influence(synthesise_effects(effects))

    assert found.table["stands_out"].tolist() == [False] * 5 + [True]
    assert "look at how it differs" in found.summary()


def test_expectations_of_teachers_filled():
    """Duval and Tweedie's estimators on Raudenbush's 19 studies; R metafor: 3 and 2 on the left."""
    found = assess_small_studies(synthesise_effects(raudenbush()))

    first, second = found.filled
    assert (first.estimator, first.missing, first.below) == (Missing.L0, 3, True)
    assert first.effect.number == pytest.approx(0.0281983, abs=1e-6)
    assert (second.estimator, second.missing, second.below) == (Missing.R0, 2, True)
    assert second.effect.number == pytest.approx(0.0460477, abs=1e-5)
    assert found.slant.p_value == pytest.approx(0.0383446145, abs=1e-8)
    assert found.table["added"].sum() == 3


def test_a_symmetric_funnel_needs_no_filling():
    numbers = [sign * n / 10 for n in range(1, 8) for sign in (-1, 1)]
    variances = [n / 50 for n in range(1, 8) for _ in range(2)]

    found = assess_small_studies(synthesise_effects(some_effects(numbers, variances)))

    # Ranks of ties fall on one side, which can look like one study.
    assert max(one.missing for one in found.filled) <= 1
    assert found.slant.slope == pytest.approx(0, abs=1e-9)


def test_years_add_up_to_the_whole():
    synthesis = synthesise_effects(made_up_effects())

    found = accumulate_by_year(synthesis)

    assert found.table["studies"].tolist() == [2, 3, 4, 5, 6]
    assert found.table["effect"].iloc[-1] == pytest.approx(synthesis.average.effect.published)


def test_effects_without_a_year_are_left_out_aloud():
    effects = [replace(made_up_effects()[0], year=None, key="z", counts=None, study="Z (n.d.)")]

    found = accumulate_by_year(synthesise_effects([*made_up_effects(), *effects]))

    assert any("1 effect without a year" in str(one) for one in found.caveats)


@pytest.mark.parametrize("counts", [(0, 0, 5, 5), (1, 0, 2, 3)])
def test_empty_cells_do_not_break_the_average(counts):
    t0, t1, c0, c1 = counts
    own = IncidentCounts(treated_before=t0, treated_after=t1, compared_before=c0, compared_after=c1)

    found = pool_rate_ratios([*counted(), an_effect("few", counts=own, outcome_words="x")])

    assert math.isfinite(found.told.average.effect.number)


def test_every_result_can_be_drawn():
    effects = packaged("cbt-offenders-2005")
    synthesis = synthesise_effects(effects)
    results = [
        synthesis,
        leave_one_out(synthesis),
        measure_influence(synthesis),
        accumulate_by_year(synthesis),
        assess_small_studies(synthesis),
        compare_subgroups(effects, by="group"),
        explain_by_moderators(effects, moderators=["age"]),
        pool_odds_ratios(effects),
        pool_rate_ratios(counted()),
    ]

    assert all(result.plot().to_dict()["layer"] for result in results)
    assert all(result.summary().endswith(".") for result in results)
