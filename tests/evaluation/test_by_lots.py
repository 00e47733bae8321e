"""Panels held against other lots: by hand, against brute force, and what is refused or told."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall._stats.panel_scores import CountedOutcomes, Lots, MeasuredOutcomes, PanelScores
from forestall._stats.place_ratios import ratio_of_places_and_months
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation import (
    CountDifference,
    ErrorKind,
    LogRatio,
    Measure,
    Model,
    Panel,
    PlaceChoice,
    Side,
    assess_panel_by_lots,
    estimate_difference_in_differences,
)

STARTS = [3] * 4 + [0] * 6
LOT: dict[str, Any] = {"chosen": PlaceChoice.RANDOM, "seed": 1}


def panel(outcome, starts, **more):
    """Return a panel of a, b, c, ... with its outcomes and first treated periods (0 is never)."""
    outcome = np.asarray(outcome, dtype=float)
    first = np.array([start or 99 for start in starts])
    return Panel(
        places=tuple("abcdefghijklmnopqrst"[: len(outcome)]),
        periods=pd.Index(range(1, outcome.shape[1] + 1)),
        outcome=outcome,
        treated=np.arange(1, outcome.shape[1] + 1) >= first[:, None],
        outcome_name="theft",
        **more,
    )


def draw(places=10, periods=6, seed=5, mean=8):
    return np.random.default_rng(seed).poisson(mean, (places, periods)).astype(float)


def test_the_largest_fall_of_all_choices_by_hand():
    """Four of eight places fall to half, the others do not move: two of 70 lots are as far."""
    outcome = [[10, 10, 5, 5], [12, 12, 6, 6], [9, 9, 4, 5], [11, 11, 6, 5], *[[8, 9, 8, 9]] * 4]
    found = assess_panel_by_lots(panel(outcome, [3] * 4 + [0] * 4), **LOT)

    assert (found.lots, found.exact) == (70, True)
    assert found.effect.p_value == pytest.approx(2 / 70)
    assert found.effect.side is Side.BOTH
    assert found.effect.error_kind is ErrorKind.PERMUTATION
    assert found.effect.effect.ratio == pytest.approx(0.5)
    assert "2 of 70 lots, the real one included" in found.summary()
    assert found.statistic < 0
    assert found.table["lots"].sum() == 70


def by_brute_force(outcome, there, weights):
    """Return the studentised score of one lot by regressions on indicators."""
    places, periods = outcome.shape
    levels = np.concatenate(
        [np.kron(np.eye(places), np.ones((periods, 1))), np.tile(np.eye(periods), (places, 1))],
        axis=1,
    )
    root = np.sqrt(weights.ravel())
    projection = root[:, None] * levels
    projection = projection @ np.linalg.pinv(projection)
    left = (np.eye(len(root)) - projection) @ (root * outcome.ravel())
    free = (np.eye(len(root)) - projection) @ (root * there.ravel())
    of_places = (left * free).reshape(places, periods).sum(axis=1)
    return of_places.sum() / np.sqrt(np.square(of_places).sum())


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_every_lot_has_the_score_of_its_own_regression(seed):
    outcome = np.random.default_rng(seed).normal(5, 2, (6, 5))
    starts = np.array([2, 3, 5, 5, 5, 3])
    courses = np.arange(5) >= np.array([2, 3, 5])[:, None]
    numbers = np.searchsorted([2, 3, 5], starts)
    orders = np.array([numbers, numbers[::-1], np.roll(numbers, 1)])
    lots = Lots(courses=courses, drawn=orders, units=np.arange(6))
    scores = PanelScores(MeasuredOutcomes(outcome, np.ones((6, 5)), courses[numbers]), lots)

    expected = [by_brute_force(outcome, courses[row], np.ones((6, 5))) for row in orders]

    np.testing.assert_allclose(scores.at(0.0), expected, rtol=1e-9)


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_counts_have_the_score_of_their_weighted_regression(seed):
    counts = np.random.default_rng(seed).poisson(6, (6, 4)).astype(float) + 1
    there = np.arange(4) >= np.array([2, 3, 4, 4, 4, 2])[:, None]
    courses, numbers = np.unique(there, axis=0, return_inverse=True)
    numbers = numbers.reshape(-1)
    orders = np.array([numbers, numbers[::-1]])
    scores = PanelScores(
        CountedOutcomes(counts, np.ones((6, 4)), there),
        Lots(courses=courses, drawn=orders, units=np.arange(6)),
    )

    mean = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    expected = [by_brute_force(counts / mean, courses[row], mean) for row in orders]

    np.testing.assert_allclose(scores.at(0.0), expected, rtol=1e-8)


def test_two_courses_and_several_are_reckoned_alike():
    counts = draw()
    there = np.arange(6) >= np.array([3] * 4 + [6] * 6)[:, None]
    courses = np.array([there[9], there[0]])
    drawn = np.array([[1] * 4 + [0] * 6, [0] * 6 + [1] * 4, [1, 0] * 4 + [0, 0]])
    outcomes = CountedOutcomes(counts, np.ones_like(counts), there)
    # A third course that nobody has takes the longer way.
    third = np.concatenate([courses, np.ones((1, 6), dtype=bool)])

    quick = PanelScores(outcomes, Lots(courses, drawn, np.arange(10)))
    slow = PanelScores(outcomes, Lots(third, drawn, np.arange(10)))

    for effect in (0.0, -0.4):
        np.testing.assert_allclose(quick.at(effect), slow.at(effect), rtol=1e-10)


@pytest.mark.parametrize("starts", [STARTS, [3, 3, 4, 5] + [0] * 6])
@pytest.mark.parametrize("model", list(Model))
def test_the_effect_is_that_of_the_difference_in_differences(starts, model):
    exposure = np.random.default_rng(2).uniform(1, 2, (10, 6))
    given_panel = panel(draw(), starts, exposure=exposure, weights=exposure[::-1])

    found = assess_panel_by_lots(given_panel, model=model, draws=199, **LOT)
    plain = estimate_difference_in_differences(given_panel, model=model)

    assert type(found.effect.effect) is type(plain.effect.effect)
    assert found.effect.effect.number == pytest.approx(plain.effect.effect.number, rel=1e-6)
    assert str(found.effect.estimand) == str(plain.effect.estimand)


@pytest.mark.parametrize("model", list(Model))
def test_a_missing_number_is_unknown_and_told(model):
    outcome = draw()
    outcome[7, 2] = np.nan
    given_panel = panel(outcome, STARTS)

    found = assess_panel_by_lots(given_panel, model=model, draws=199, **LOT)
    plain = estimate_difference_in_differences(given_panel, model=model)

    assert found.effect.effect.number == pytest.approx(plain.effect.effect.number, rel=1e-6)
    assert found.effect.sample.observations == 59
    assert any("are not known" in str(one) for one in found.caveats)


@given(st.integers(0, 10_000), st.sampled_from(list(Model)))
@settings(max_examples=12, deadline=None)
def test_the_interval_holds_what_the_test_does_not_turn_down(seed, model):
    found = assess_panel_by_lots(
        panel(draw(seed=seed), [3] * 5 + [0] * 5), model=model, draws=999, **LOT
    )
    inside = found.effect.interval(0.95).holds(0)
    assert found.effect.p_value is not None

    assert inside == (found.effect.p_value > 0.05)
    wide = [found.effect.interval(level) for level in (0.80, 0.95, 0.99)]
    assert wide[0].low >= wide[1].low >= wide[2].low
    assert wide[0].high <= wide[1].high <= wide[2].high


def test_a_measure_that_took_no_effect_leaves_scores_the_same():
    """A common shock and levels of places change no score."""
    counts = draw()
    there = np.arange(6) >= np.array([3] * 4 + [6] * 6)[:, None]
    drawn = np.array([[1] * 4 + [0] * 6, [0] * 6 + [1] * 4])
    lots = Lots(there[[9, 0]], drawn, np.arange(10))
    weights = np.ones_like(counts)
    plain = PanelScores(MeasuredOutcomes(counts, weights, there), lots).at(0.0)
    shocked = counts + np.array([0, 0, 9, 9, 1, 1]) + np.arange(10)[:, None]

    moved = PanelScores(MeasuredOutcomes(shocked, weights, there), lots).at(0.0)

    np.testing.assert_allclose(moved, plain, rtol=1e-9)


def test_units_of_assignment_stay_together():
    outcome = draw(places=16)
    groups = tuple(np.repeat(list("ABCDEFGH"), 2))
    together = panel(outcome, [3] * 8 + [0] * 8, groups=groups)

    assert assess_panel_by_lots(together, **LOT).lots == 70
    with pytest.raises(InvalidRecords, match="first unit is D"):
        assess_panel_by_lots(panel(outcome, [3] * 7 + [0] * 9, groups=groups), **LOT)


def test_pairs_change_roles_among_themselves_only():
    starts = [3, 0] * 5
    strata = {place: str(number // 2) for number, place in enumerate("abcdefghij")}

    found = assess_panel_by_lots(panel(draw(), starts), strata=strata, **LOT)

    assert (found.lots, found.exact) == (32, True)


def test_starts_are_kept():
    """Two places start in year 3 and one in year 5, whoever they are: 6! / (2! 1! 3!) lots."""
    found = assess_panel_by_lots(panel(draw(places=6), [3, 3, 5, 0, 0, 0]), **LOT)

    assert (found.lots, found.exact) == (60, True)


def test_the_p_value_counts_the_drawn_lot():
    outcome = draw(places=20)
    outcome[:10, 3:] = 1
    found = assess_panel_by_lots(panel(outcome, [4] * 10 + [0] * 10), draws=99, **LOT)

    assert not found.exact
    assert found.lots == 100
    assert found.effect.p_value == pytest.approx(1 / 100)


def test_a_seed_gives_the_same_answer():
    one, two = (
        assess_panel_by_lots(panel(draw(places=20), [3] * 9 + [0] * 11), draws=199, **LOT)
        for _ in range(2)
    )
    assert one.effect == two.effect


def test_what_was_not_by_lot_is_told():
    found = assess_panel_by_lots(panel(draw(), STARTS), chosen=PlaceChoice.CONVENIENCE, seed=1)
    assert "not chosen by lot" in str(found.caveats[0])


def test_too_few_lots_for_a_limit_are_told():
    found = assess_panel_by_lots(panel(draw(places=7), [3] * 3 + [0] * 4), **LOT)

    assert found.lots == 35
    assert any("too few lots for some" in str(one) for one in found.caveats)
    assert found.effect.interval(0.99).low == pytest.approx(-np.log(1000))


@pytest.mark.parametrize(
    ("given_panel", "more", "error", "sentence"),
    [
        (panel(draw(places=5), [3, 3, 0, 0, 0]), {}, CannotAnswer, "at least 20 possible"),
        (panel(draw(), [0] * 10), {}, CannotAnswer, "there are none"),
        (panel(draw(), [3] * 10), {}, CannotAnswer, "all got it at once"),
        (panel(draw(), STARTS), {"strata": {"a": "1"}}, InvalidRecords, "first is b"),
        (
            panel(draw(), STARTS, covariates={"homes": np.ones((10, 6))}),
            {},
            CannotAnswer,
            "without covariates",
        ),
        (
            panel(draw(), STARTS),
            {"chosen": PlaceChoice.RECENT_COUNTS},
            CannotAnswer,
            "needs strata",
        ),
        (
            panel(
                np.where(np.add.outer(np.arange(10) < 4, (np.arange(6) > 1) * 1) < 2, draw(), 0),
                STARTS,
            ),
            {},
            CannotAnswer,
            "a ratio cannot be given",
        ),
    ],
)
def test_what_cannot_be_answered_is_said(given_panel, more, error, sentence):
    with pytest.raises(error, match=sentence):
        assess_panel_by_lots(given_panel, **(LOT | more))


def test_scales_follow_the_model():
    given_panel = panel(draw(), STARTS)
    ratio = assess_panel_by_lots(given_panel, draws=99, **LOT)
    number = assess_panel_by_lots(given_panel, draws=99, model=Model.LEAST_SQUARES, **LOT)
    logarithm = assess_panel_by_lots(
        replace(given_panel, outcome=np.log(given_panel.outcome + 1), measure=Measure.LOGARITHMS),
        draws=99,
        **LOT,
    )

    assert isinstance(ratio.effect.effect, LogRatio)
    assert isinstance(number.effect.effect, CountDifference)
    assert "place and period" in str(number.effect.estimand)
    assert isinstance(logarithm.effect.effect, LogRatio)
    assert logarithm.model is Model.LEAST_SQUARES


def test_a_ratio_with_exposure_satisfies_its_own_equations():
    generator = np.random.default_rng(8)
    counts = generator.poisson(9, (6, 5)).astype(float)
    exposure = generator.uniform(1, 3, (6, 5))
    exposure[5, 1] = counts[5, 1] = 0
    there = np.arange(5) >= np.array([2, 3, 5, 5, 5, 5])[:, None]
    ratio = ratio_of_places_and_months(counts, there, exposure)
    assert ratio is not None
    times = exposure * np.where(there, np.exp(ratio.log), 1)
    places, periods = np.ones(6), np.ones(5)
    for _ in range(500):
        places = counts.sum(axis=1) / (times @ periods)
        periods = counts.sum(axis=0) / (places @ times)

    mean = places[:, None] * times * periods

    assert mean[there].sum() == pytest.approx(counts[there].sum(), rel=1e-8)


def test_a_chart_is_drawn():
    found = assess_panel_by_lots(panel(draw(), STARTS), **LOT)
    assert found.plot().to_dict()


def test_all_lots_together_have_the_right_size():
    """Over every lot that could have been drawn, the p-value is at most 5 % in 5 % of them."""
    outcome = draw(places=8, seed=11)
    p_values = []
    for chosen in itertools.combinations(range(8), 4):
        starts = [3 if place in chosen else 0 for place in range(8)]
        p_values.append(assess_panel_by_lots(panel(outcome, starts), **LOT).effect.p_value)

    for alpha in (0.05, 0.2, 0.5):
        assert np.mean(np.array(p_values) <= alpha) <= alpha
