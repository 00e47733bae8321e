import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation import (
    BeforeAfter,
    Cells,
    ErrorKind,
    ExtraVariance,
    HarmDifference,
    PlaceChoice,
    VarianceSource,
    assess_count_change,
    compare_before_after,
    compare_harm_before_after,
    estimate_extra_variance,
)


def error_of(estimate) -> float:
    assert estimate.standard_error is not None
    return float(estimate.standard_error)


def four(treated, comparison, **lengths):
    return Cells(
        treated=BeforeAfter(before=treated[0], after=treated[1], **lengths),
        comparison=BeforeAfter(before=comparison[0], after=comparison[1], **lengths),
    )


def published():
    """Wheeler & Ratcliffe (2018), with surroundings."""
    return Cells(
        treated=BeforeAfter(before=207, after=110),
        comparison=BeforeAfter(before=308, after=318),
        buffer=BeforeAfter(before=178, after=157),
        buffer_comparison=BeforeAfter(before=150, after=140),
    )


def said(caveats, words):
    return any(words in str(one) for one in caveats)


def test_the_published_example():
    chance = compare_before_after(published(), outcome="burglary").differences[0].estimate

    low, high = chance.limits(0.95)
    assert chance.effect.incidents == -118
    assert error_of(chance) == pytest.approx(39.6, abs=0.05)
    assert chance.effect.number / error_of(chance) == pytest.approx(-2.98, abs=0.005)
    assert (round(low.number), round(high.number)) == (-196, -40)


def test_both_levels_of_interval_are_named():
    table = compare_before_after(published(), outcome="burglary").table

    row = table.iloc[0]
    half = 1.6448536 * row["standard_error"]
    assert row["low_90"] == pytest.approx(-118 - half)
    assert row["low_95"] < row["low_90"] < row["high_90"] < row["high_95"]


def test_three_variances_stand_side_by_side_and_chance_alone_is_not_told():
    found = compare_before_after(published(), outcome="burglary")

    assert found.table["phi"].tolist() == [1, 2, 4] * 2
    assert error_of(found.ratio) == pytest.approx(math.sqrt(2) * error_of(found.ratios[0].estimate))
    assert found.ratio.error_kind is ErrorKind.QUASI_POISSON
    assert "is not known; 2.0 times is assumed" in found.summary()


def test_an_estimated_variance_is_told_and_brings_its_degrees_of_freedom():
    repeated = ExtraVariance(factor=3.1, source=VarianceSource.ESTIMATED, degrees_of_freedom=10)

    found = compare_before_after(published(), outcome="burglary", repeated=repeated)

    assert found.table["phi"].tolist() == [1, 3.1, 2, 4] * 2
    assert found.ratio.degrees_of_freedom == 10
    interval = found.ratio.interval(0.95)
    assert (interval.high - interval.low) / 2 == pytest.approx(
        2.2281 * error_of(found.ratio), rel=1e-4
    )


def test_with_100_incidents_in_each_cell_43_or_55_in_a_hundred_can_be_seen():
    found = compare_before_after(four((100, 100), (100, 100)), outcome="theft")

    seen = [round(at.detectable, 2) for at in found.ratios]
    assert seen[:2] == [0.43, 0.55]
    assert "only if it is of 55 % or more" in found.summary().replace("\xa0", " ")


def test_a_clear_change_needs_no_such_sentence():
    found = compare_before_after(four((900, 300), (900, 910)), outcome="theft")

    assert "four times in five" not in found.summary()


def test_a_zero_is_raised_by_half_an_incident_for_the_ratio_and_said():
    found = compare_before_after(four((12, 0), (20, 21)), outcome="theft")

    assert found.ratio.effect.ratio == pytest.approx((0.5 / 12.5) / (21.5 / 20.5))
    assert found.difference.effect.number == -13
    assert said(found.caveats, "One of the four counts is zero")
    assert not said(found.caveats, "below five")


def test_unequal_periods_and_sizes_are_brought_to_those_after_of_the_treated():
    cells = Cells(
        treated=BeforeAfter(before=80, after=30, before_days=730, after_days=365, size=2),
        comparison=BeforeAfter(before=400, after=210, before_days=730, after_days=365, size=10),
    )

    found = compare_before_after(cells, outcome="theft")

    assert found.difference.effect.number == pytest.approx((30 - 40) - (42 - 40))
    variance = 30 + 80 / 4 + 210 / 25 + 400 / 100
    assert error_of(found.differences[0].estimate) == pytest.approx(math.sqrt(variance))
    assert found.ratio.effect.ratio == pytest.approx((30 / 40) / (210 / 200))
    assert said(found.caveats, "not equally long")
    assert not said(found.caveats, "times as many incidents as the other")


def test_a_comparison_of_another_size_is_said():
    found = compare_before_after(four((50, 40), (500, 600)), outcome="theft")

    assert said(found.caveats, "10.0 times as many incidents as the other")


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (PlaceChoice.RECENT_COUNTS, "fall by themselves"),
        (PlaceChoice.UNKNOWN, "is not stated"),
        (PlaceChoice.ALL, "lies elsewhere"),
        (PlaceChoice.RANDOM, None),
    ],
)
def test_the_choice_of_places_decides_the_warning(chosen, words):
    found = compare_before_after(published(), outcome="burglary", chosen=chosen)

    every = ("fall by themselves", "is not stated", "lies elsewhere")
    warned = any(said(found.caveats, one) for one in every)
    assert warned == (words is not None)
    assert words is None or said(found.caveats, words)


@settings(deadline=None)
@given(st.lists(st.integers(1, 300), min_size=4, max_size=4), st.integers(2, 5))
def test_a_larger_variance_never_narrows_an_interval(counts, times):
    found = compare_before_after(four(counts[:2], counts[2:]), outcome="theft")

    widths = [error_of(at.estimate) for at in found.ratios]
    assert widths == sorted(widths)
    tenfold = four([times * n for n in counts[:2]], [times * n for n in counts[2:]])
    more = compare_before_after(tenfold, outcome="theft")
    assert more.ratio.effect.log == pytest.approx(found.ratio.effect.log, abs=1e-9)
    assert error_of(more.ratio) < error_of(found.ratio)


@pytest.mark.parametrize("counts", [((0, 0), (5, 4)), ((5, 4), (0, 0))])
def test_groups_without_any_incident_cannot_be_compared(counts):
    with pytest.raises(CannotAnswer, match="but there are none"):
        compare_before_after(four(*counts), outcome="theft")


@pytest.mark.parametrize("wrong", [-1, 2.5, math.nan, math.inf])
def test_counts_are_whole_numbers(wrong):
    with pytest.raises(InvalidRecords, match="whole numbers from 0"):
        BeforeAfter(before=wrong, after=3)


def test_lengths_are_above_zero():
    with pytest.raises(InvalidRecords, match="above 0"):
        BeforeAfter(before=1, after=3, before_days=0)


def test_harm_is_weighed_by_kind_with_squared_weights_in_the_variance():
    cells = {"Theft": four((90, 60), (80, 85)), "Robbery": four((12, 9), (10, 11))}

    found = compare_harm_before_after(cells, harm={"Theft": 2, "Robbery": 365}, outcome="harm")

    assert isinstance(found.difference.effect, HarmDifference)
    assert found.difference.effect.points == 2 * -35 + 365 * -4
    variance = 4 * (90 + 60 + 80 + 85) + 365**2 * (12 + 9 + 10 + 11)
    assert error_of(found.differences[0].estimate) == pytest.approx(math.sqrt(variance))
    assert "points of harm" in found.summary()


def test_a_kind_without_a_weight_is_refused():
    with pytest.raises(InvalidRecords, match="“Robbery” has none"):
        compare_harm_before_after({"Robbery": four((1, 2), (3, 4))}, harm={}, outcome="harm")


def test_extra_variance_is_found_where_there_is_some():
    generator = np.random.default_rng(11)
    rows = []
    for place in ("treated", "comparison"):
        means = 30 * generator.gamma(4, 1 / 4, 48)
        rows += [
            {
                "place": place,
                "period": month,
                "when": "before" if month < 24 else "after",
                "incidents": count,
            }
            for month, count in enumerate(generator.poisson(means))
        ]

    found = estimate_extra_variance(pd.DataFrame(rows))

    # A gamma of shape 4 adds 30 / 4 = 7.5 to the factor.
    assert 5 < found.factor < 13
    assert found.degrees_of_freedom == 46


def test_extra_variance_is_never_below_that_of_chance():
    months = pd.DataFrame(
        {
            "place": ["a"] * 8 + ["b"] * 8,
            "period": list(range(8)) * 2,
            "when": (["before"] * 4 + ["after"] * 4) * 2,
            "incidents": [10] * 16,
        }
    )

    found = estimate_extra_variance(months)

    assert found.factor == 1
    assert found.unclipped == 0


def test_too_few_periods_give_no_variance():
    months = pd.DataFrame(
        {"place": ["a", "b"] * 2, "period": [0, 0, 1, 1], "when": "before", "incidents": 3}
    )

    with pytest.raises(CannotAnswer, match="leave 1"):
        estimate_extra_variance(months)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"when": "during"}, "before or after"),
        ({"incidents": -1}, "whole numbers"),
    ],
)
def test_repeated_counts_are_checked(change, words):
    months = pd.DataFrame({"place": ["a"], "period": [0], "when": "before", "incidents": 3})

    with pytest.raises(InvalidRecords, match=words):
        estimate_extra_variance(months.assign(**change))
    with pytest.raises(InvalidRecords, match="no “when”"):
        estimate_extra_variance(months.drop(columns="when"))


def test_a_change_by_itself_says_what_could_be_seen():
    found = assess_count_change(BeforeAfter(before=20, after=17), outcome="theft")

    assert found.estimate.effect.incidents == -3
    assert "four times in five" in found.summary()
    tiny = assess_count_change(BeforeAfter(before=2, after=1), outcome="theft")
    assert "even their end" in tiny.summary()


def test_no_incident_at_all_cannot_be_assessed():
    with pytest.raises(CannotAnswer, match="No incident"):
        assess_count_change(BeforeAfter(before=0, after=0), outcome="theft")


def test_results_can_be_drawn():
    found = compare_before_after(published(), outcome="burglary")
    harm = compare_harm_before_after({"Theft": published()}, harm={"Theft": 2}, outcome="harm")

    for result in (found, found.treated_alone, harm):
        assert result.plot().to_dict()["config"]
