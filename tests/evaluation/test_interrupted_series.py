"""An interrupted series equals R, finds what was put in, and refuses what it cannot tell."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall._stats.negative_binomial import fit_negative_binomial
from forestall._stats.regression import season_columns
from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation import Change, ErrorKind, estimate_interrupted_series
from forestall.evaluation.interrupted_checks import NEGATIVE_BINOMIAL, POISSON_INSTEAD
from forestall.records import Counts, periods_between

SEATBELTS = Path(__file__).parent / "seatbelts" / "drivers_killed.csv"
# Computed with R: glm, sandwich::NeweyWest (12 lags, not prewhitened, not adjusted), MASS::glm.nb.
ORDER = [
    "level", "change of level 1", "trend", "season sine 1", "season cosine 1", "season sine 2",
    "season cosine 2",
]  # fmt: skip
R_COEFFICIENTS = [
    -4.41996320588, -0.137624779776, -0.00374918381835, -0.134131699746, 0.215470183942,
    -0.105312319384, 0.00395884157264,
]  # fmt: skip
R_POISSON = [
    0.0135670226889, 0.0259520392235, 0.00014116677517, 0.00928125667253, 0.00928908002519,
    0.00927493980487, 0.00923009049275,
]  # fmt: skip
R_QUASI = [
    0.0192940305796, 0.0369070981793, 0.000200757096042, 0.0131991266001, 0.0132102524019,
    0.0131901432114, 0.0131263617894,
]  # fmt: skip
R_DISPERSION = 2.02244547753
R_NEWEY_WEST = [
    0.0302256996776, 0.0388385822909, 0.000290547455045, 0.0126223959122, 0.017199518746,
    0.015759473589, 0.00966169587268,
]  # fmt: skip
R_THETA = 129.66631283827
R_NEGATIVE_BINOMIAL = [
    -4.42147896721, -0.141966238051, -0.00372510023233, -0.134478650501, 0.215327230146,
    -0.103080483827, 0.0033291813121,
]  # fmt: skip
R_NEGATIVE_BINOMIAL_ERRORS = [
    0.0192351538162, 0.0351957545165, 0.000198284427652, 0.0129283643499, 0.01292973742,
    0.0129254638813, 0.0128978260279,
]  # fmt: skip


def counts_of(numbers, *, first="2015-01-01", months_missing=()):
    starts = pd.date_range(first, periods=len(numbers), freq="MS")
    last = starts[-1] + pd.offsets.MonthEnd(0)
    periods = periods_between(first, str(last.date()), unit="month", months_missing=months_missing)
    rows = pd.DataFrame({"period": starts, "incidents": numbers})
    return Counts.from_frame(rows[rows["incidents"] > 0], periods=periods)


def seatbelts():
    rows = pd.read_csv(SEATBELTS, parse_dates=["month"])
    return counts_of(rows["drivers_killed"].to_numpy(), first="1969-01-01"), rows


def drivers(**more):
    counts, rows = seatbelts()
    return estimate_interrupted_series(
        counts,
        outcome="Drivers killed",
        since="1983-01-31",
        change=Change.LEVEL,
        exposure=rows["kms"],
        months_alike=12,
        **more,
    )


def test_the_seat_belt_series_equals_r():
    terms = drivers().terms.set_index("term").loc[ORDER]

    assert terms["coefficient"].to_numpy() == pytest.approx(R_COEFFICIENTS, abs=1e-9)
    assert terms["se_poisson"].to_numpy() == pytest.approx(R_POISSON, abs=1e-9)
    assert terms["se_quasi_poisson"].to_numpy() == pytest.approx(R_QUASI, abs=1e-9)
    # R was asked for no adjustment for few months; ours is wider by 192 / 185.
    unadjusted = terms["se_newey_west"].to_numpy() * np.sqrt(185 / 192)
    assert unadjusted == pytest.approx(R_NEWEY_WEST, abs=1e-9)


def test_the_dispersion_of_the_seat_belt_series_equals_r():
    assert drivers().dispersion == pytest.approx(R_DISPERSION, abs=1e-7)


def negative_binomial_of_seatbelts():
    _, rows = seatbelts()
    law = (rows["month"] >= "1983-02-01").astype(float)
    season = season_columns(rows["month"].dt.month.to_numpy() - 1)
    design = np.column_stack([np.ones(192), law, np.arange(1, 193), season])
    killed = rows["drivers_killed"].to_numpy(dtype=float)
    return design, killed, np.log(rows["kms"].to_numpy(dtype=float))


def test_the_negative_binomial_equals_r():
    design, killed, offset = negative_binomial_of_seatbelts()

    fit = fit_negative_binomial(design, killed, offset=offset)

    assert fit is not None
    assert fit.theta == pytest.approx(R_THETA, rel=1e-9)
    assert fit.coefficients == pytest.approx(R_NEGATIVE_BINOMIAL, abs=1e-9)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(R_NEGATIVE_BINOMIAL_ERRORS, abs=1e-9)


def test_statsmodels_is_a_second_opinion_on_all_of_it():
    api = pytest.importorskip("statsmodels.api")
    design, killed, offset = negative_binomial_of_seatbelts()
    terms = drivers().terms.set_index("term").loc[ORDER]

    poisson = api.GLM(killed, design, family=api.families.Poisson(), offset=offset)
    robust = poisson.fit(tol=1e-14, cov_type="HAC", cov_kwds={"maxlags": 12})
    negative = api.NegativeBinomial(killed, design, offset=offset).fit(
        start_params=[*R_NEGATIVE_BINOMIAL, 1 / R_THETA], disp=0, maxiter=200
    )

    assert terms["coefficient"].to_numpy() == pytest.approx(robust.params, abs=1e-7)
    unadjusted = terms["se_newey_west"].to_numpy() * np.sqrt(185 / 192)
    assert unadjusted == pytest.approx(robust.bse, abs=1e-7)
    # The joint Hessian counts the doubt about theta too, so that its errors are a little larger.
    assert negative.bse[:-1] == pytest.approx(R_NEGATIVE_BINOMIAL_ERRORS, rel=0.011)


def test_the_effect_of_seat_belts():
    found = drivers()

    assert found.effect.effect.number == pytest.approx(-0.137624779776, abs=1e-9)
    assert found.effect.standard_error == pytest.approx(0.0388385822909 * np.sqrt(192 / 185))
    assert found.effect.error_kind is ErrorKind.NEWEY_WEST
    # With a change of level alone, what is expected is what was recorded over the ratio.
    recorded = found.table.loc[found.table["after"], "incidents"].sum()
    expected = recorded / np.exp(found.effect.effect.number)
    assert found.averted.effect.incidents == pytest.approx(recorded - expected)
    assert "13 % fewer" in found.summary().replace("\N{NO-BREAK SPACE}", " ")


def test_the_delta_method_agrees_with_draws_of_the_coefficients():
    counts, rows = seatbelts()
    found = estimate_interrupted_series(
        counts, outcome="x", since="1983-02-01", exposure=rows["kms"]
    )
    terms = found.terms
    rng = np.random.default_rng(5)
    names = list(terms["term"])
    design = np.column_stack(
        [
            np.ones(192), rows["month"] >= "1983-02-01",
            np.maximum(np.arange(192) - 169, 0) * (rows["month"] >= "1983-02-01"),
            np.arange(1, 193), season_columns(rows["month"].dt.month.to_numpy() - 1),
        ]
    ).astype(float)  # fmt: skip
    kms = rows["kms"].to_numpy(dtype=float)
    mean = kms * np.exp(design @ terms["coefficient"].to_numpy())
    scores = design * (rows["drivers_killed"].to_numpy() - mean)[:, None]
    bread = np.linalg.inv((design * mean[:, None]).T @ design)
    middle = scores.T @ scores
    for lag in range(1, 13):
        joint = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / 13) * (joint + joint.T)
    alike = bread @ middle @ bread * 192 / (192 - len(names))
    quasi = bread * found.dispersion
    after = design[:, 1] > 0
    without = design.copy()
    without[:, 1:3] = 0

    def averted(coefficients):
        return (kms * (np.exp(design @ coefficients) - np.exp(without @ coefficients)))[after].sum()

    spreads = []
    for covariance in (quasi, alike):
        drawn = rng.multivariate_normal(terms["coefficient"].to_numpy(), covariance, 4000)
        spreads.append(np.std([averted(one) for one in drawn]))
    assert found.averted.standard_error == pytest.approx(max(spreads), rel=0.05)


def made_up(*, months=84, start=48, ratio=1.0, mean=60.0, seed=1, slope=0.0):
    rng = np.random.default_rng(seed)
    month = np.arange(months)
    since = np.maximum(month - start, 0)
    level = np.where(month >= start, np.log(ratio) + slope * since, 0)
    return rng.poisson(mean * np.exp(0.2 * np.sin(2 * np.pi * month / 12) + level))


def test_a_change_that_was_put_in_is_found():
    found = estimate_interrupted_series(
        counts_of(made_up(ratio=0.6)), outcome="x", since="2019-01-01", change=Change.LEVEL
    )

    low, high = found.effect.limits(0.95)
    assert low.ratio < 0.6 < high.ratio < 0.75
    assert found.effect.certainty.value == "clear"


def test_the_slope_is_a_year_s():
    numbers = np.round(6000 * np.exp(-0.01 * np.maximum(np.arange(84) - 48, 0))).astype(int)

    found = estimate_interrupted_series(
        counts_of(numbers), outcome="x", since="2019-01-01", exposure=np.ones(84)
    )

    assert found.slope is not None
    assert found.slope.effect.ratio == pytest.approx(np.exp(-0.12), abs=1e-3)
    assert found.level.effect.ratio == pytest.approx(1, abs=1e-3)
    assert found.averted.effect.incidents == pytest.approx(numbers[48:].sum() - 36 * 6000, rel=1e-2)


def test_two_stages_are_one_effect_with_two_changes():
    numbers = np.repeat([1000, 800, 600], [48, 18, 18])

    found = estimate_interrupted_series(
        counts_of(numbers), outcome="x", since=["2019-01-01", "2020-07-01"], change=Change.LEVEL,
        exposure=np.ones(84),
    )  # fmt: skip

    assert found.averted.effect.incidents == pytest.approx(-18 * 200 - 18 * 400, abs=1)
    assert {"change of level 1", "change of level 2"} <= set(found.terms["term"])


def test_another_change_stays_in_what_was_expected():
    numbers = np.repeat([1000, 500], [48, 36])
    numbers[24:] *= 2

    found = estimate_interrupted_series(
        counts_of(numbers), outcome="x", since="2019-01-01", change=Change.LEVEL,
        other_changes=["2017-01-01"], exposure=np.ones(84),
    )  # fmt: skip

    assert found.effect.effect.ratio == pytest.approx(0.5, abs=0.01)
    assert found.averted.effect.incidents == pytest.approx(-36 * 1000, rel=0.02)


def test_a_lag_and_months_of_settling_are_left_to_the_time_before_and_out():
    numbers = np.repeat([1000, 3000, 500], [51, 3, 30])

    found = estimate_interrupted_series(
        counts_of(numbers), outcome="x", since="2019-01-01", change=Change.LEVEL, lag_months=3,
        settling_months=3, exposure=np.ones(84),
    )  # fmt: skip

    assert found.effect.effect.ratio == pytest.approx(0.5, abs=0.01)
    assert int((~found.table["used"]).sum()) == 3
    assert any("3 months while the measure" in str(said) for said in found.caveats)


def test_missing_months_are_no_zeros():
    numbers = made_up(mean=400)
    gone = ["2016-05", "2020-02"]
    whole = estimate_interrupted_series(
        counts_of(numbers), outcome="x", since="2019-01-01", change=Change.LEVEL
    )
    numbers[[16, 61]] = 0

    found = estimate_interrupted_series(
        counts_of(numbers, months_missing=gone), outcome="x", since="2019-01-01",
        change=Change.LEVEL,
    )  # fmt: skip

    assert found.effect.effect.number == pytest.approx(whole.effect.effect.number, abs=0.02)
    assert found.table["incidents"].isna().sum() == 2
    assert any(str(said).startswith("2 months are not") for said in found.caveats)


def test_counts_that_vary_less_than_chance_fall_back_to_poisson_and_say_so():
    found = estimate_interrupted_series(
        counts_of([50, 51] * 42), outcome="x", since="2019-01-01", change=Change.LEVEL
    )

    assert POISSON_INSTEAD in set(found.other_models["model"])
    assert any("no negative binomial model fits" in str(said) for said in found.caveats)


def test_other_models_stand_beside():
    models = set(drivers().other_models["model"])

    assert NEGATIVE_BINOMIAL in models
    assert {"season of 1 waves", "effect 3 months later"} <= models


def test_a_break_before_the_measure_shows_at_placebo_dates():
    numbers = made_up(mean=200, seed=2)
    numbers[20:48] = numbers[20:48] * 2

    found = estimate_interrupted_series(
        counts_of(numbers), outcome="x", since="2019-01-01", change=Change.LEVEL
    )

    assert found.placebo_share > 0.3
    assert any("do not trust it alone" in str(said) for said in found.caveats)


@pytest.mark.parametrize(
    ("months", "since", "more", "told"),
    [
        (40, "2016-06-01", {}, "needs 24 months before the measure, but there are 17"),
        (40, "2015-09-01", {"harmonics": 0}, "needs 12 months before the measure, but there are 8"),
        (40, "2017-12-01", {}, "needs 12 months after the measure, but there are 5"),
        (40, "2017-12-01", {"change": Change.LEVEL}, "needs 6 months after the measure"),
        (40, "2030-12-01", {"change": Change.LEVEL}, "but there are 0"),
    ],
)
def test_a_short_series_is_refused_with_what_is_needed(months, since, more, told):
    with pytest.raises(CannotAnswer, match=told):
        estimate_interrupted_series(counts_of([20] * months), outcome="x", since=since, **more)


def test_a_thin_series_is_refused():
    with pytest.raises(CannotAnswer, match="needs 50 incidents, but there are 42"):
        estimate_interrupted_series(
            counts_of([1, 0] * 42), outcome="x", since="2019-01-01", change=Change.LEVEL
        )


def test_nothing_after_the_measure_cannot_be_told_apart():
    with pytest.raises(CannotAnswer, match="cannot tell level, trend"):
        estimate_interrupted_series(
            counts_of([9] * 48 + [0] * 35 + [1]), outcome="x", since="2019-01-01",
            change=Change.LEVEL_AND_SLOPE,
        )  # fmt: skip


def test_a_wrong_exposure_is_refused():
    with pytest.raises(InvalidRecords, match="the first is 2015-02"):
        estimate_interrupted_series(
            counts_of([9] * 84), outcome="x", since="2019-01-01", exposure=[1, 0, *[1] * 82]
        )
    with pytest.raises(InvalidRecords, match="one number for each of 84 months"):
        estimate_interrupted_series(
            counts_of([9] * 84), outcome="x", since="2019-01-01", exposure=[1, 2]
        )


@settings(max_examples=15, deadline=None)
@given(times=st.integers(2, 50))
def test_ten_times_the_exposure_changes_nothing(times):
    numbers = made_up(seed=3)
    one, many = (
        estimate_interrupted_series(
            counts_of(numbers), outcome="x", since="2019-01-01", exposure=np.full(84, scale)
        )
        for scale in (1, times)
    )

    assert one.effect.effect.number == pytest.approx(many.effect.effect.number, abs=1e-8)
    assert one.averted.effect.incidents == pytest.approx(many.averted.effect.incidents, abs=1e-4)


def test_the_same_series_gives_the_same_result_and_can_be_drawn():
    one, two = drivers(), drivers()

    pd.testing.assert_frame_equal(one.table, two.table)
    assert one.plot().to_dict() == two.plot().to_dict()


def test_beside_a_null_result_stands_what_could_have_been_seen():
    nothing = estimate_interrupted_series(
        counts_of([20, 22, 18, 21, 19, 20] * 12), outcome="x", since="2019-01-01"
    )
    clear = estimate_interrupted_series(
        counts_of([200, 220, 180, 210, 190, 200] * 8 + [100] * 24), outcome="x", since="2019-01-01"
    )

    assert "finds a fall four times in five" in nothing.summary()
    assert "finds a fall" not in clear.summary()
