"""Estimates of several methods side by side: order, one scale, what is refused and told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import CannotAnswer
from forestall.estimates.effects import ScoreDifference, ShareDifference
from forestall.evaluation import (
    CountDifference,
    Engine,
    ErrorKind,
    Estimate,
    HarmDifference,
    LogRatio,
    RateDifference,
    Sample,
    compare_specifications,
)
from forestall.languages import message

RATIO = message("incidents with the measure over those expected")


def estimate(effect, *, error=0.1, outcome="theft", estimand=RATIO, places=12):
    return Estimate(
        estimand=estimand,
        outcome=outcome,
        effect=effect,
        standard_error=error,
        error_kind=ErrorKind.CLUSTER,
        p_value=0.01,
        sample=Sample(treated_places=4, comparison_places=places - 4, observations=places * 24),
        engine=Engine(method="four cells", software="forestall", version="0"),
    )


def ratio(number, **more):
    return estimate(LogRatio.from_ratio(number), **more)


def test_estimates_stand_in_the_order_of_their_size():
    found = compare_specifications({"b": ratio(0.9), "a": ratio(0.7), "c": ratio(1.1)})

    assert found.table["name"].tolist() == ["a", "b", "c"]
    assert found.table["effect"].tolist() == pytest.approx([0.7, 0.9, 1.1])
    assert (found.table["low_95"] < found.table["effect"]).all()
    assert (found.fewer, found.apart) == (2, 1)
    assert found.summary().replace("\xa0", " ") == (
        "3 estimates run from 30 % fewer incidents to 10 % more incidents; below no change: 2, "
        "above: 1; 95 % intervals that leave out no change: 1."
    )
    assert "depends on the method" in str(found.caveats[0])


def test_no_p_value_and_no_star_is_shown():
    found = compare_specifications({"a": ratio(0.5), "b": ratio(0.6)})

    assert not [name for name in found.table.columns if name.startswith("p_")]
    assert "*" not in found.summary()


@given(st.lists(st.floats(0.2, 5), min_size=2, max_size=6, unique=True))
def test_each_estimate_is_on_one_side(ratios):
    found = compare_specifications(
        {f"method {place}": ratio(number) for place, number in enumerate(ratios)}
    )

    assert found.fewer == sum(number < 1 for number in ratios)
    assert found.table["effect"].is_monotonic_increasing
    assert len(found.table) == len(ratios)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (estimate(CountDifference(-8)), "“a” is given in a ratio and “b” in incidents"),
        (estimate(HarmDifference(-8)), "points of harm"),
        (ratio(0.8, outcome="robbery"), "one outcome, but there are “theft” and “robbery”"),
    ],
)
def test_what_is_not_alike_is_refused(other, sentence):
    with pytest.raises(CannotAnswer, match=sentence):
        compare_specifications({"a": ratio(0.8), "b": other})


def test_rates_of_different_populations_are_refused():
    with pytest.raises(CannotAnswer, match="incidents per 1,000 and “b” in incidents per 100,000"):
        compare_specifications(
            {
                "a": estimate(RateDifference(-1, per=1000)),
                "b": estimate(RateDifference(-100, per=100_000)),
            }
        )


def test_points_of_other_scales_are_refused():
    with pytest.raises(CannotAnswer, match="points of “trust” and “b” in points of “fear”"):
        compare_specifications(
            {
                "a": estimate(ScoreDifference(-0.2, scale="trust")),
                "b": estimate(ScoreDifference(-0.2, scale="fear")),
            }
        )


def test_shares_of_people_are_lower_or_higher():
    found = compare_specifications(
        {"a": estimate(ShareDifference(-0.1)), "b": estimate(ShareDifference(0.05))}
    )
    assert "lower | higher" in str(found.plot().to_dict())


def test_totals_and_averages_are_not_laid_side_by_side_unasked():
    total = estimate(CountDifference(-480), estimand=message("incidents in all places and months"))
    average = estimate(CountDifference(-2), estimand=message("incidents a place and month"))
    with pytest.raises(CannotAnswer, match="other places or times"):
        compare_specifications({"a": total, "b": average})

    found = compare_specifications({"a": total, "b": total}, question="")
    asked = compare_specifications({"a": total, "b": average}, question="thefts in 2023")

    assert len(found.table) == len(asked.table) == 2


def test_one_estimate_is_no_comparison():
    with pytest.raises(CannotAnswer, match="two estimates or more, but there are 1"):
        compare_specifications({"a": ratio(0.8)})


def test_other_samples_and_questions_are_told():
    found = compare_specifications(
        {"a": ratio(0.8), "b": ratio(0.9, places=20, estimand=message("something else"))}
    )
    told = " ".join(str(one) for one in found.caveats)

    assert "Not all of them use the same places" in told
    assert "differ in part" in told


def test_choices_are_shown_beside_their_estimate():
    named = {
        "a": {"comparison": "all places", "levels": "place and month"},
        "b": {"comparison": "near places", "levels": "place and month"},
    }
    found = compare_specifications({"a": ratio(0.8), "b": ratio(0.5)}, choices=named)

    assert found.choices == ("comparison", "levels")
    assert found.table["comparison"].tolist() == ["near places", "all places"]
    drawn = found.plot().to_dict()
    assert "near places · place and month" in str(drawn)


def test_choices_of_other_kinds_are_a_mistake():
    with pytest.raises(ValueError, match="same kinds of choice"):
        compare_specifications({"a": ratio(0.8), "b": ratio(0.5)}, choices={"a": {"x": "1"}})


def test_differences_are_drawn_around_nothing():
    found = compare_specifications(
        {"a": estimate(CountDifference(-8), error=3), "b": estimate(CountDifference(4), error=3)}
    )
    assert found.plot().to_dict()["layer"]
