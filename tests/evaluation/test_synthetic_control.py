"""A synthetic control equals other solvers, ranks by placebos, and refuses poor fits."""

import math
from dataclasses import replace
from typing import Any

import diff_diff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from forestall._stats.placebo import LEVELS, rank_among_placebos
from forestall._stats.simplex import simplex_weights
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation import (
    ErrorKind,
    Measure,
    RateDifference,
    Side,
    estimate_synthetic_control,
    estimate_synthetic_difference_in_differences,
)
from forestall.evaluation.synthetic.example import example_panel
from forestall.evaluation.synthetic.expected_effects import errors_with_effect
from forestall.evaluation.synthetic.mixtures import gaps_of_all, read_series, weigh_donors
from forestall.evaluation.synthetic.roles import find_roles


def by_hand():
    """Place 0 is half of place 1 and half of place 2 before, and has a third less after."""
    first = np.array([10, 20, 30, 20, 10, 40, 20, 20])
    second = np.array([30, 40, 10, 20, 50, 20, 40, 40])
    own = (first + second) // 2
    own[6:] = 20
    others = [np.full(8, 90 + 10 * number) for number in range(3)]
    outcome = np.array([own, first, second, *others], dtype=float)
    panel = example_panel(places=6)
    return replace(
        panel,
        outcome=outcome,
        treated=(np.arange(6) == 0)[:, None] & (np.arange(8) >= 6),
        periods=panel.periods[:8],
    )


def test_the_mixture_and_the_effect_by_hand():
    found = estimate_synthetic_control(by_hand())

    assert found.donors["place"].tolist() == ["P01", "P02"]
    assert found.donors["weight"].tolist() == pytest.approx([0.5, 0.5])
    assert found.effect.effect.ratio == pytest.approx(40 / 60)
    assert found.difference.effect.number == pytest.approx(-20)
    assert str(found.difference.effect.in_words()) == "20 fewer incidents"
    assert found.fit.error == pytest.approx(0, abs=1e-9)
    assert found.table["expected"].tolist()[-2:] == pytest.approx([30, 30])
    assert found.effect.side is Side.BOTH
    assert found.effect.sample.treated_places == 1
    assert found.effect.sample.comparison_places == 5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_weights_equal_those_of_another_solver(seed):
    panel = example_panel(places=16, seed=seed)
    series = read_series(find_roles(panel, leave_out=(), least_comparison=5))
    own, donors = series.outcomes[0, :24], series.outcomes[1:, :24].T

    def loss(weights):
        return ((own - donors @ weights) ** 2).sum() / 1000

    limits: Any = {"type": "eq", "fun": lambda weights: weights.sum() - 1}
    solved = minimize(
        loss,
        np.full(15, 1 / 15),
        bounds=[(0, 1)] * 15,
        constraints=limits,
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 1000},
    )

    for weights in (weigh_donors(series), simplex_weights(own, donors)):
        assert weights == pytest.approx(solved.x, abs=1e-4)
        assert loss(weights) <= solved.fun + 1e-9


def test_placebos_equal_those_of_diff_diff():
    panel = example_panel(places=20)
    rows = panel.frame()
    method = diff_diff.SyntheticControl(v_method="custom", custom_v=np.ones(24), standardize="none")
    theirs = method.fit(rows, "outcome", "treated", "place", "period")
    table = theirs.in_space_placebo().sort_values("unit")

    ours = estimate_synthetic_control(panel)

    assert ours.placebos["mspe_before"].to_numpy() == pytest.approx(table["pre_mspe"], rel=1e-6)
    assert ours.placebos["mspe_after"].to_numpy() == pytest.approx(table["post_mspe"], rel=1e-5)
    assert ours.mspe_ratio_p_value == pytest.approx(theirs.placebo_p_value)
    assert ours.difference.effect.number == pytest.approx(12 * theirs.att)


def test_the_p_value_is_the_rank_of_the_standardised_gap():
    found = estimate_synthetic_control(example_panel())

    sizes = found.placebos["standard_gap"].abs()
    assert found.effect.p_value == (sizes >= sizes.iloc[0]).mean()
    assert found.effect.p_value is not None
    assert found.effect.p_value >= 1 / 40


@settings(max_examples=60, deadline=None)
@given(
    own=st.floats(-6, 6),
    placebos=st.lists(st.floats(-3, 3), min_size=5, max_size=120).filter(np.any),
)
def test_an_interval_leaves_out_zero_if_and_only_if_the_p_value_is_small(own, placebos):
    found = rank_among_placebos(own, np.array(placebos))

    assert 1 / (len(placebos) + 1) <= found.p_value <= 1
    assert list(found.halves) == sorted(found.halves)
    for level, half, by_rank in zip(LEVELS, found.halves, found.by_rank, strict=True):
        if by_rank and abs(abs(own) - half) > 1e-6:
            assert (abs(own) > half) == (found.p_value <= 1 - level + 1e-9)


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(1, 12)), seed=st.integers(0, 50))
def test_the_order_of_places_does_not_matter(order, seed):
    panel = example_panel(places=12, seed=seed)
    rows = [0, *order]
    mixed = replace(
        panel, outcome=panel.outcome[rows], places=tuple(panel.places[row] for row in rows)
    )

    first, second = estimate_synthetic_control(panel), estimate_synthetic_control(mixed)

    assert first.effect.effect.number == pytest.approx(second.effect.effect.number, abs=1e-6)
    assert first.effect.p_value == second.effect.p_value


def test_exposure_puts_places_of_unequal_size_on_one_scale():
    panel = by_hand()
    exposure = np.ones((6, 8))
    exposure[1] = 3
    larger = panel.outcome.copy()
    larger[1] *= 3

    found = estimate_synthetic_control(replace(panel, outcome=larger, exposure=exposure))

    assert found.effect.effect.ratio == pytest.approx(40 / 60)
    assert found.difference.effect.number == pytest.approx(-20)


def test_rates_give_a_difference_of_rates():
    panel = replace(example_panel(), measure=Measure.RATES, per=1000.0)

    found = estimate_synthetic_control(panel)

    assert isinstance(found.difference.effect, RateDifference)
    assert found.difference.effect.number == pytest.approx(found.table["gap"][24:].mean())
    assert found.effect.sample.incidents is None


def test_checks_find_nothing_where_nothing_was_done():
    found = estimate_synthetic_control(example_panel())

    assert len(found.dates_before) == 5
    assert found.dates_before["period"].max() <= pd.Timestamp("2022-10-01")
    assert set(found.without_each_donor["place"]) == set(found.donors["place"])
    assert found.without_each_donor["ratio"].between(0.5, 0.9).all()


def test_what_weakens_the_effect_is_said():
    few = estimate_synthetic_control(example_panel(places=12))
    said = " ".join(str(one) for one in few.caveats)

    assert "no p-value can be below 0.083" in said
    assert "19 comparison places are needed" in said

    panel = example_panel()
    low = replace(panel, outcome=np.random.default_rng(1).poisson(1.0, (40, 36)).astype(float))
    said = " ".join(str(one) for one in estimate_synthetic_control(low).caveats)
    assert "Fewer than 50 incidents" in said
    assert "count in longer periods" in said
    assert "can follow chance" in said


def test_a_place_outside_what_mixtures_reach_is_refused():
    panel = example_panel()
    outcome = panel.outcome.copy()
    outcome[0] += 40

    with pytest.raises(CannotAnswer, match="No mixture of the comparison places"):
        estimate_synthetic_control(replace(panel, outcome=outcome))


def test_panels_that_cannot_serve_are_refused():
    panel = example_panel()
    missing = panel.outcome.copy()
    missing[0, 3] = np.nan

    with pytest.raises(CannotAnswer, match="one place with the measure"):
        estimate_synthetic_control(example_panel(treated=2))
    with pytest.raises(CannotAnswer, match="At least 5 comparison places"):
        estimate_synthetic_control(example_panel(places=5))
    with pytest.raises(CannotAnswer, match="the first is place P00"):
        estimate_synthetic_control(replace(panel, outcome=missing))
    with pytest.raises(CannotAnswer, match="not logarithms"):
        estimate_synthetic_control(replace(panel, measure=Measure.LOGARITHMS))
    with pytest.raises(InvalidRecords, match="the first is nowhere"):
        estimate_synthetic_control(panel, leave_out=["P03", "nowhere"])
    with pytest.raises(InvalidRecords, match="P00 has"):
        estimate_synthetic_control(panel, leave_out=["P00"])
    none = np.where(panel.treated, 0, panel.outcome)
    with pytest.raises(CannotAnswer, match="0 were recorded"):
        estimate_synthetic_control(replace(panel, outcome=none))
    early = replace(panel, treated=(np.arange(40) == 0)[:, None] & (np.arange(36) >= 5))
    with pytest.raises(CannotAnswer, match="At least 6 periods before"):
        estimate_synthetic_control(early)
    staggered = panel.treated.copy()
    staggered[1, 30:] = True
    with pytest.raises(CannotAnswer, match="one start"):
        estimate_synthetic_control(replace(panel, treated=staggered))


def test_places_left_out_and_incomplete_ones_are_told_of():
    panel = example_panel()
    outcome = panel.outcome.copy()
    outcome[5, 3] = np.nan

    found = estimate_synthetic_control(replace(panel, outcome=outcome), leave_out=["P01", "P02"])

    assert not {"P01", "P02", "P05"} & set(found.placebos["place"])
    assert "2 places are left out of the comparison, as asked." in map(str, found.caveats)
    assert "1 comparison place with unknown periods is left out." in map(str, found.caveats)


def test_errors_are_those_of_a_thinned_count():
    generator = np.random.default_rng(5)
    without = generator.poisson(400, 200_000) - generator.poisson(400, 200_000)
    for ratio in (0.4, 1.0, 2.5):
        recorded, expected = (
            generator.poisson(400 * ratio, 200_000),
            generator.poisson(400, 200_000),
        )

        of_log, of_difference = errors_with_effect(400 * ratio, 400.0)

        assert np.log(recorded / expected).std() <= 1.01 * of_log * without.std()
        assert (recorded - expected).std() <= 1.01 * of_difference * without.std()


def ridge_simplex(target, donors, ridge):
    """Weights from 0 that sum to 1, by SciPy's non-negative least squares with a heavy last row."""
    from scipy.optimize import nnls

    heavy = 1e4 * np.sqrt((donors**2).mean())
    rows = np.vstack([donors, ridge * np.eye(donors.shape[1]), heavy * np.ones(donors.shape[1])])
    found, _ = nnls(rows, np.r_[target, np.zeros(donors.shape[1]), heavy], maxiter=10_000)
    return found / found.sum()


def own_differences(outcome, treated, first):
    """Arkhangelsky et al. (2021), equations 4 to 6, with their ridges."""
    inside, outside = outcome[:treated], outcome[treated:]
    after = outcome.shape[1] - first
    spread = np.diff(outside[:, :first], axis=1).std(ddof=1)
    before = outside[:, :first].T
    goal = inside[:, :first].mean(axis=0)
    places = ridge_simplex(
        goal - goal.mean(),
        before - before.mean(axis=0),
        np.sqrt(first) * (treated * after) ** 0.25 * spread,
    )
    earlier, later = outside[:, :first], outside[:, first:].mean(axis=1)
    periods = ridge_simplex(
        later - later.mean(),
        earlier - earlier.mean(axis=0),
        np.sqrt(len(outside)) * 1e-6 * spread,
    )
    changes = outcome[:, first:].mean(axis=1) - outcome[:, :first] @ periods
    return changes[:treated].mean() - places @ changes[treated:]


@pytest.mark.parametrize(("treated", "seed"), [(1, 1), (3, 2), (5, 3)])
def test_synthetic_differences_equal_a_second_implementation(treated, seed):
    panel = example_panel(treated=treated, seed=seed)

    found = estimate_synthetic_difference_in_differences(panel, draws=60, seed=1)

    own = own_differences(panel.outcome, treated, 24) * treated * 12
    error = found.difference.standard_error
    assert error is not None
    # The engine stops when steps grow small; a hundredth of the error is left.
    assert found.difference.effect.number == pytest.approx(own, abs=0.02 * error)


def test_placebo_errors_of_synthetic_differences_equal_a_second_implementation():
    panel = example_panel(treated=3, seed=2)
    generator = np.random.default_rng(9)
    others = panel.outcome[3:]
    drawn = [own_differences(generator.permutation(others), 3, 24) * 36 for _ in range(300)]

    found = estimate_synthetic_difference_in_differences(panel, draws=300, seed=1)

    assert found.difference.standard_error == pytest.approx(np.std(drawn), rel=0.2)
    assert found.effect.degrees_of_freedom == 36


def test_synthetic_differences_add_up():
    found = estimate_synthetic_difference_in_differences(
        example_panel(treated=3), error=ErrorKind.JACKKNIFE, seed=1
    )

    after = found.table[found.table["after"]]
    gap = 3 * (after["recorded"] - after["expected"]).sum()
    assert found.difference.effect.number == pytest.approx(gap, rel=1e-4)
    ratio = after["recorded"].sum() / after["expected"].sum()
    assert found.effect.effect.number == pytest.approx(math.log(ratio), rel=1e-4)
    assert found.effect.error_kind is ErrorKind.JACKKNIFE
    assert found.effect.degrees_of_freedom == 2
    assert found.donors["weight"].sum() == pytest.approx(1)


def test_synthetic_differences_refuse_what_they_cannot_tell():
    panel = example_panel()

    with pytest.raises(CannotAnswer, match="at least 2 places"):
        estimate_synthetic_difference_in_differences(panel, error=ErrorKind.JACKKNIFE, seed=1)
    with pytest.raises(CannotAnswer, match="no exposure"):
        estimate_synthetic_difference_in_differences(
            replace(panel, exposure=np.ones((40, 36))), seed=1
        )
    with pytest.raises(CannotAnswer, match="more comparison places than"):
        estimate_synthetic_difference_in_differences(example_panel(treated=21), seed=1)
    with pytest.raises(CannotAnswer, match="not logarithms"):
        estimate_synthetic_difference_in_differences(
            replace(panel, measure=Measure.LOGARITHMS), seed=1
        )
    with pytest.raises(ValueError, match="ErrorKind"):
        estimate_synthetic_difference_in_differences(panel, error=ErrorKind.POISSON, seed=1)


def test_a_poor_fit_of_synthetic_differences_is_said():
    panel = example_panel(places=60)
    outcome = panel.outcome.copy()
    outcome[0] = np.where(np.arange(36) % 2, 60, 10)

    found = estimate_synthetic_difference_in_differences(
        replace(panel, outcome=outcome), draws=60, seed=1
    )

    assert any("follow the treated ones poorly" in str(one) for one in found.caveats)


def test_charts_and_summaries_are_made():
    panel = example_panel(treated=1)
    for found in (
        estimate_synthetic_control(panel),
        estimate_synthetic_difference_in_differences(panel, draws=20, seed=1),
    ):
        assert "fewer incidents" in found.summary()
        assert found.plot().to_dict()["layer"]
    numbered = replace(panel, periods=pd.Index(range(36)))
    found = estimate_synthetic_control(numbered)
    assert found.plot().to_dict()["layer"]
    assert found.effect.sample.before is None


def test_gaps_are_of_every_place_in_turn():
    series = read_series(find_roles(by_hand(), leave_out=(), least_comparison=5))

    gaps = gaps_of_all(series)

    assert gaps.gaps[0, 6:] == pytest.approx([-10, -10])
    # By chance alone one period of place 0 is off by the root of its mean; it fits better.
    assert gaps.scale[0] == pytest.approx(np.sqrt((series.outcomes[0, :6].sum() + 1) / 6))
