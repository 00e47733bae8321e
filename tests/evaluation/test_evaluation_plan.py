"""What a scheme could tell: by the formulae, by a city's own counts, and what could be instead."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall._stats.detectable import variance_of_series, variance_of_wedge, wedge_starts
from forestall._stats.regression import fit_quasi_poisson, season_columns
from forestall.errors import CannotAnswer
from forestall.evaluation import Design, Scheme, plan_evaluation, scheme_from_history

HUNDRED = Scheme(
    monthly_incidents=100,
    treated_places=1,
    comparison_places=1,
    months_before=1,
    months_after=1,
    dispersion=1,
)
TOWN = Scheme(
    monthly_incidents=6, treated_places=10, comparison_places=20, months_before=36, months_after=24
)


def history(*, places=40, months=72, mean=6.0, alpha=0.0, seed=1):
    rng = np.random.default_rng(seed)
    levels = mean * rng.uniform(0.5, 1.5, (places, 1)) * np.ones(months)
    if alpha:
        levels = levels * rng.gamma(1 / alpha, alpha, levels.shape)
    counts = rng.poisson(levels)
    return pd.DataFrame(
        {
            "place": np.repeat([f"P{n:02d}" for n in range(places)], months),
            "period": np.tile(pd.date_range("2018-01-01", periods=months, freq="MS"), places),
            "incidents": counts.ravel(),
        }
    )


@pytest.mark.parametrize(("dispersion", "detectable"), [(1, 0.43), (2, 0.55)])
def test_four_cells_of_a_hundred(dispersion, detectable):
    scheme = replace(HUNDRED, dispersion=dispersion)

    assert scheme.detectable(Design.FOUR_CELLS, power=0.8, level=0.95) == pytest.approx(
        detectable, abs=0.005
    )


def test_two_rates_agree_with_statsmodels():
    rates = pytest.importorskip("statsmodels.stats.rates")
    scheme = replace(HUNDRED, treated_places=4, months_before=6, months_after=6)

    # Its defaults (value=0, one-sided) take the logarithm of zero; the null is a ratio of 1.
    theirs = rates.power_poisson_ratio_2indep(
        rate1=0.9 * 100, rate2=100, nobs1=24, nobs_ratio=1, value=1, alternative="two-sided",
        method_var="alt", return_results=False,
    )  # fmt: skip

    assert scheme.power(Design.BEFORE_AFTER, fall=0.1, level=0.95) == pytest.approx(
        theirs, abs=0.02
    )


def test_the_variance_of_a_series_is_that_of_its_regression():
    months = np.arange(60)
    design = np.column_stack(
        [np.ones(60), months >= 48, months, season_columns(months % 12 + 1)]
    ).astype(float)

    fit = fit_quasi_poisson(design, np.full(60, 50.0) + 1e-9 * months)

    assert variance_of_series(50, before=48, after=12, dispersion=3) == pytest.approx(
        3 * fit.unscaled_covariance[1, 1], rel=1e-6
    )


def test_the_variance_of_a_wedge_is_that_of_its_regression():
    starts = wedge_starts(places=6, steps=3, before=4, after=6)
    there = (np.arange(10) >= starts[:, None]).astype(float)
    place, month = np.indices(there.shape)
    design = np.column_stack(
        [np.eye(6)[place.ravel()], np.eye(10)[month.ravel()][:, 1:], there.ravel()]
    )

    fit = fit_quasi_poisson(design, np.full(60, 5.0))

    assert variance_of_wedge(5, starts=starts, months=10, dispersion=2) == pytest.approx(
        2 * fit.unscaled_covariance[-1, -1]
    )


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.2, 40), st.integers(2, 12), st.integers(2, 12), st.integers(24, 60),
    st.integers(6, 60), st.floats(1, 4),
)  # fmt: skip
def test_more_of_anything_never_finds_less(rate, treated, rest, before, after, dispersion):
    scheme = Scheme(
        monthly_incidents=rate, treated_places=treated, comparison_places=rest,
        months_before=before, months_after=after, dispersion=dispersion,
    )  # fmt: skip
    for design in Design:
        here = scheme.detectable(design, power=0.8, level=0.95)
        for more in (
            {"monthly_incidents": 2 * rate},
            {"months_after": after + 12, "months_before": before + 12},
            {"treated_places": 2 * treated, "comparison_places": 2 * rest},
            {"dispersion": 1.0},
        ):
            better = replace(scheme, **more).detectable(design, power=0.8, level=0.95)
            assert np.isnan(here) or better <= here + 1e-12


def test_what_is_needed_is_just_enough():
    plan = plan_evaluation(replace(TOWN, months_after=6), expected_fall=0.15)

    for _, row in plan.table.iterrows():
        design = Design(row["design"])
        if not np.isnan(row["months_needed"]) and row["months_needed"] > 6:
            months = int(row["months_needed"])
            enough = replace(TOWN, months_after=months, months_before=max(36, months))
            short = replace(TOWN, months_after=months - 1, months_before=max(36, months - 1))
            assert enough.power(design, fall=0.15, level=0.95) >= 0.8
            assert not short.power(design, fall=0.15, level=0.95) >= 0.8


def test_a_scheme_that_can_be_told_says_by_what():
    plan = plan_evaluation(TOWN, expected_fall=0.3)

    assert plan.can_be_told
    assert "a trial of places by lot" in plan.summary()


def test_a_scheme_that_cannot_be_told_says_what_could():
    plan = plan_evaluation(
        Scheme(monthly_incidents=6, treated_places=3, comparison_places=6), expected_fall=0.2
    )
    said = plan.summary()

    assert not plan.can_be_told
    assert "cannot be told with the power asked by any design" in said
    assert "months after, and as many before, a comparison of four counts could tell" in said
    assert "treated places, and others in proportion" in said
    assert "With an outcome recorded" in said


def test_where_nothing_helps_it_is_said():
    plan = plan_evaluation(
        Scheme(monthly_incidents=0.001, treated_places=1),
        expected_fall=0.05,
        designs=[Design.PANEL],
    )

    assert "Comparison places" in plan.summary()


def test_designs_that_cannot_be_are_not_judged():
    table = plan_evaluation(Scheme(monthly_incidents=50, treated_places=1)).table
    possible = table.set_index("design")["possible"]

    assert possible["before and after"]
    assert not possible[["four cells", "panel of places", "cluster trial", "stepped wedge"]].any()
    assert not possible["interrupted series"]


def test_the_scheme_of_a_history():
    rows = history(alpha=0.2)

    scheme = scheme_from_history(rows, treated_places=5, comparison_places=10)

    assert scheme.monthly_incidents == pytest.approx(rows["incidents"].mean())
    # Variance of one month: mean + 0.2 × mean².
    assert scheme.dispersion == pytest.approx(1 + 0.2 * 6, rel=0.2)
    assert scheme.place_spread < 0.1


def test_places_that_change_of_their_own_accord_are_seen():
    rows = history(mean=30, seed=4)
    late = rows["period"] >= "2021-01-01"
    own = rows["place"].map(dict(zip(rows["place"].unique(), [0.5, 1.5] * 20, strict=True)))
    rows["incidents"] = np.where(late, rows["incidents"] * own, rows["incidents"]).astype(int)

    assert (
        scheme_from_history(rows, treated_places=5, months_before=36, months_after=36).place_spread
        > 0.3
    )


def test_real_place_months_give_what_the_formulae_give_where_these_hold():
    scheme = replace(TOWN, dispersion=1.0)

    plan = plan_evaluation(
        scheme, expected_fall=0.12, history=history(), draws=150, seed=2,
        designs=[Design.FOUR_CELLS, Design.PANEL],
    )  # fmt: skip

    assert plan.table["simulated_power"].to_numpy() == pytest.approx(
        plan.table["power"].to_numpy(), abs=0.12
    )
    assert (plan.table["simulated_size"] < 0.12).all()


def test_every_design_can_be_simulated():
    plan = plan_evaluation(TOWN, expected_fall=0.9, history=history(), draws=5)

    assert (plan.table["simulated_power"] == 1).all()
    pd.testing.assert_frame_equal(
        plan.table, plan_evaluation(TOWN, expected_fall=0.9, history=history(), draws=5).table
    )


def test_a_short_history_is_refused():
    with pytest.raises(CannotAnswer, match="30 places and 60 months, but the history has 9 and 72"):
        plan_evaluation(TOWN, history=history(places=9))


def test_an_empty_history_is_refused():
    with pytest.raises(CannotAnswer, match="needs incidents"):
        scheme_from_history(history().assign(incidents=0), treated_places=2)


@pytest.mark.parametrize(
    "wrong",
    [{"monthly_incidents": 0}, {"treated_places": 0}, {"months_after": 0}, {"dispersion": 0.5}],
)
def test_a_scheme_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match=r"scheme|dispersion"):
        replace(TOWN, **wrong)


def test_a_plan_can_be_drawn():
    assert plan_evaluation(TOWN).plot().to_dict()


def test_the_time_before_alone_does_not_count_as_telling():
    # The four counts miss it; the two of the treated places alone would find it.
    scheme = Scheme(monthly_incidents=20, treated_places=3, comparison_places=3)

    plan = plan_evaluation(scheme, expected_fall=0.2)

    assert plan.row(Design.BEFORE_AFTER)["answers"]
    assert not plan.can_be_told
    assert "cannot say where it comes from" in plan.summary()


def test_counts_that_find_less_than_the_formulae_are_believed():
    scheme = replace(TOWN, dispersion=1.0)

    plan = plan_evaluation(
        scheme, expected_fall=0.15, history=history(alpha=0.5), draws=60, designs=[Design.PANEL]
    )

    assert any("believe the counts" in str(said) for said in plan.caveats)


@pytest.mark.parametrize(
    ("treated", "comparison", "possible"),
    [(3, 3, False), (4, 4, True), (2, 6, True), (2, 4, False)],
)
def test_a_trial_is_possible_where_some_lot_could_give_five_percent(treated, comparison, possible):
    scheme = Scheme(monthly_incidents=9, treated_places=treated, comparison_places=comparison)

    assert scheme.is_possible(Design.TRIAL) is possible
