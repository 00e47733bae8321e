"""Matched places reach their totals, equal a second solver, and are ranked among placebo areas."""

from dataclasses import replace
from math import comb
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from forestall._stats.calibration import calibrate
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation import (
    Equality,
    ErrorKind,
    Measure,
    Panel,
    estimate_with_matched_places,
    match_comparison_places,
)
from forestall.evaluation.synthetic.example import example_panel


def panel_of(outcome, *, treated, first, **more):
    outcome = np.asarray(outcome, dtype=float)
    count, width = outcome.shape
    return Panel(
        places=tuple(f"P{number:02d}" for number in range(count)),
        periods=pd.date_range("2022-01-01", periods=width, freq="MS"),
        outcome=outcome,
        treated=(np.arange(count) < treated)[:, None] & (np.arange(width) >= first),
        outcome_name="Theft",
        **more,
    )


def two_kinds_of_places():
    """Two treated places with 1 and 3 in each period; 10 comparison places with 1, 20 with 3."""
    before = np.r_[1, 3, np.full(10, 1), np.full(20, 3)]
    after = np.r_[1, 1, np.full(10, 1), np.full(20, 4)]
    return panel_of(np.column_stack([before] * 6 + [after] * 4), treated=2, first=6)


def test_weights_and_effect_by_hand():
    matched = match_comparison_places(two_kinds_of_places())

    weights = matched.weights["weight"].to_numpy()
    assert weights == pytest.approx(np.r_[np.full(10, 1 / 10), np.full(20, 1 / 20)])
    assert matched.effective_places == pytest.approx(4 / (10 / 100 + 20 / 400))
    assert matched.largest_share == pytest.approx(0.05)
    assert matched.table["treated"].tolist() == [4] * 6
    assert matched.table["unweighted"].tolist() == pytest.approx([2 * 70 / 30] * 6)

    found = estimate_with_matched_places(matched, draws=99, seed=1)

    assert found.effect.effect.ratio == pytest.approx(8 / 20)
    assert found.difference.effect.number == pytest.approx(-12)
    assert found.effect.sample.treated_places == 2
    assert found.effect.sample.comparison_places == 30
    assert found.effect.error_kind is ErrorKind.PERMUTATION


@pytest.mark.parametrize("give", [0.0, 0.05])
def test_weights_equal_those_of_the_primal_problem(give):
    generator = np.random.default_rng(3)
    columns = generator.poisson(3, (25, 4)).astype(float)
    aims = np.array([[11.0, 8.0, 10.0, 9.0]])
    spread = columns.std(axis=0)

    def loss(weights):
        shares = np.maximum(weights, 1e-12) / 3
        slack = (shares @ columns - aims[0] / 3) / spread
        return (shares * np.log(shares)).sum() + ((slack**2).sum() / (2 * give) if give else 0)

    limits: list[Any] = [{"type": "eq", "fun": lambda weights: weights.sum() - 3}]
    if not give:
        limits.append({"type": "eq", "fun": lambda weights: weights @ columns - aims[0]})
    solved = minimize(
        loss,
        np.full(25, 3 / 25),
        bounds=[(0, None)] * 25,
        constraints=limits,
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 2000},
    )

    found = calibrate(columns, aims, size=3.0, open_to=np.ones((1, 25), dtype=bool), give=give)

    assert found.solved[0]
    assert found.weights[0] == pytest.approx(solved.x, abs=2e-4)
    assert loss(found.weights[0]) <= loss(solved.x) + 1e-9


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    places=st.integers(15, 120),
    periods=st.integers(1, 8),
    treated=st.integers(1, 8),
)
def test_totals_are_equal_and_weights_are_above_zero(seed, places, periods, treated):
    generator = np.random.default_rng(seed)
    columns = generator.poisson(generator.gamma(1, 3, (places, 1)), (places, periods)).astype(float)
    aims = treated * (generator.dirichlet(np.ones(places)) @ columns)[None]

    found = calibrate(columns, aims, size=float(treated), open_to=np.ones((1, places), dtype=bool))

    assert found.solved[0]
    weights = found.weights[0]
    assert weights @ columns == pytest.approx(aims[0], abs=1e-8)
    assert weights.sum() == pytest.approx(treated)
    assert (weights >= 0).all()
    # At the optimum log weights are a plane over the columns.
    design = np.column_stack([np.ones(places), columns])[weights > 0]
    logs = np.log(weights[weights > 0])
    fitted = design @ np.linalg.lstsq(design, logs, rcond=None)[0]
    assert logs == pytest.approx(fitted, abs=1e-5)


def test_a_real_match_equals_its_totals_to_eight_digits():
    panel = example_panel(treated=8, places=200)

    matched = match_comparison_places(panel, periods_together=3)

    assert matched.table["slack"].abs().max() < 1e-8
    assert matched.table["total"].tolist()[:2] == ["2021-01-01", "2021-04-01"]
    assert matched.table["treated"].iloc[0] == panel.outcome[:8, :3].sum()


def test_a_period_without_incidents_takes_places_without_incidents():
    generator = np.random.default_rng(4)
    outcome = generator.poisson(1.0, (300, 10)).astype(float)
    outcome[:2] = [[1, 0, 0, 2, 1, 1, 0, 1, 3, 3], [1, 2, 0, 0, 1, 1, 2, 1, 3, 3]]

    matched = match_comparison_places(panel_of(outcome, treated=2, first=8), periods_together=1)

    heavy = matched.weights["weight"].to_numpy() > 0
    assert not outcome[2:][heavy, 2].any()
    assert matched.table["weighted"].iloc[2] == 0


def test_covariates_and_exposure_are_totals_too():
    panel = example_panel(treated=6, places=120)
    generator = np.random.default_rng(1)
    people = np.repeat(generator.integers(100, 900, (120, 1)), 36, axis=1).astype(float)
    shops = np.repeat(generator.integers(0, 9, (120, 1)), 36, axis=1).astype(float)

    matched = match_comparison_places(
        replace(panel, exposure=people, covariates={"shops": shops}), periods_together=6
    )

    rows = matched.table.set_index("total")
    assert rows.loc["exposure", "weighted"] == pytest.approx(people[:6, 0].sum())
    assert rows.loc["shops", "weighted"] == pytest.approx(shops[:6, 0].sum())
    gap = (6 * people[6:, 0].mean() - people[:6, 0].sum()) / (6 * people[6:, 0].std())
    assert rows.loc["exposure", "difference_before"] == pytest.approx(gap)
    assert rows.loc["exposure", "difference_after"] == pytest.approx(0, abs=1e-9)

    lost = shops.copy()
    lost[7] = np.nan
    with pytest.raises(InvalidRecords, match="shops of place P07"):
        match_comparison_places(replace(panel, covariates={"shops": lost}), periods_together=6)


def out_of_reach():
    generator = np.random.default_rng(8)
    outcome = generator.poisson(5.0, (40, 12)).astype(float)
    outcome[0] = 30
    return panel_of(outcome, treated=1, first=9)


def nearly_in_reach():
    """Its second period has a little more than any other place has."""
    generator = np.random.default_rng(8)
    outcome = generator.poisson(5.0, (200, 10)).astype(float)
    outcome[:, 1] = 4 * (np.arange(200) % 10)
    outcome[0] = 5
    outcome[0, 1] = 37
    return panel_of(outcome, treated=1, first=8)


def test_totals_out_of_reach_are_refused_with_the_farthest():
    with pytest.raises(CannotAnswer, match="No weights make the totals equal"):
        match_comparison_places(out_of_reach())
    with pytest.raises(CannotAnswer, match="No weights bring the totals near"):
        match_comparison_places(out_of_reach(), equality=Equality.NEAR)


def test_nearly_equal_totals_show_their_slack():
    panel = nearly_in_reach()
    with pytest.raises(CannotAnswer, match=r"use equality=Equality\.NEAR"):
        match_comparison_places(panel)

    matched = match_comparison_places(panel, equality=Equality.NEAR)

    assert 0 < matched.largest_slack <= 0.25
    assert matched.table["slack"].abs().max() > 0.01
    assert matched.weights["weight"].sum() == pytest.approx(1)
    assert f"{matched.largest_slack:.2f} standard deviations" in matched.summary()


def test_a_comparison_that_counts_as_few_places_is_refused():
    """Three places with 80 are matched by the one that has 100; the others have next to none."""
    outcome = np.repeat((np.arange(103) % 5)[:, None], 10, axis=1)
    outcome[:3], outcome[3] = 80, 100

    with pytest.raises(CannotAnswer, match=r"would count as 1\.6 places, but 8 are needed"):
        match_comparison_places(panel_of(outcome, treated=3, first=8))


def test_places_left_out_have_no_weight_and_are_no_placebos():
    panel = example_panel(treated=4, places=80)

    matched = match_comparison_places(panel, leave_out=["P04", "P05"], periods_together=6)

    assert not {"P00", "P04", "P05"} & set(matched.weights["place"])
    assert len(matched.weights) == 74
    assert "2 places are left out of the comparison, as asked." in map(str, matched.caveats)


def test_each_placebo_area_equals_one_matched_alone():
    panel = example_panel(treated=1, places=40, seed=3)
    matched = match_comparison_places(panel, periods_together=12)

    found = estimate_with_matched_places(matched, seed=1)

    before = np.add.reduceat(panel.outcome[1:, :24], [0, 12], axis=1)
    after = panel.outcome[1:, 24:].sum(axis=1)
    ratios, standard = [], []
    for row in range(39):
        others = np.delete(np.arange(39), row)
        alone = calibrate(
            before[others], before[[row]], size=1.0, open_to=np.ones((1, 38), dtype=bool)
        )
        weights = alone.weights[0]
        if not alone.solved[0] or 1 / (weights**2).sum() < 2:
            continue
        root = np.sqrt(weights)
        design = np.column_stack([np.ones(38), before[others]])
        slopes = np.linalg.lstsq(root[:, None] * design, root * after[others], rcond=None)[0]
        left = after[others] - design @ slopes
        error = np.sqrt((weights * (1 + weights) * left**2).sum())
        ratios.append(after[row] / (weights @ after[others]))
        standard.append((after[row] - weights @ after[others]) / error)
    assert len(found.placebos) == comb(39, 1) - found.unmatched
    assert found.placebos["ratio"].to_numpy() == pytest.approx(ratios)
    assert found.placebos["standard_difference"].to_numpy() == pytest.approx(standard, rel=1e-5)


def test_the_p_value_counts_the_treated_places_too():
    matched = match_comparison_places(example_panel(treated=8, places=200), periods_together=3)

    found = estimate_with_matched_places(matched, draws=199, seed=3)
    again = estimate_with_matched_places(matched, draws=199, seed=3)

    own = abs(found.difference.effect.number) / found.linear_error
    farther = (found.placebos["standard_difference"].abs() >= own).sum()
    assert found.effect.p_value == (1 + farther) / (1 + len(found.placebos))
    assert len(found.placebos) + found.unmatched == 199
    assert found.effect == replace(again.effect)
    low, high = found.effect.limits(0.95)
    assert low.ratio < 0.6 < high.ratio
    assert any(f"among {len(found.placebos)} placebo areas" in str(one) for one in found.caveats)


def test_panels_that_cannot_serve_are_refused():
    panel = example_panel(treated=8, places=40)

    with pytest.raises(CannotAnswer, match="rates have no totals"):
        match_comparison_places(replace(panel, measure=Measure.RATES))
    with pytest.raises(CannotAnswer, match="At least 20 comparison places"):
        match_comparison_places(example_panel(treated=8, places=27))
    with pytest.raises(ValueError, match="periods_together"):
        match_comparison_places(panel, periods_together=0)
    with pytest.raises(InvalidRecords, match="the first is nowhere"):
        match_comparison_places(panel, leave_out=["nowhere"])
    crowded = match_comparison_places(example_panel(treated=15, places=40), periods_together=24)
    with pytest.raises(CannotAnswer, match="need at least 30 comparison places"):
        estimate_with_matched_places(crowded, draws=50, seed=1)


def test_charts_and_summaries_are_made():
    matched = match_comparison_places(example_panel(treated=8, places=200), periods_together=3)
    found = estimate_with_matched_places(matched, draws=99, seed=1)

    assert "8 treated places are matched by 192 comparison places" in matched.summary()
    assert "fewer incidents" in found.summary()
    assert matched.plot().to_dict()["layer"]
    assert found.plot().to_dict()["layer"]
