"""Difference in differences: R fixest, four sums by hand, bad input, and what is said beside it."""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.estimates.effects import CountDifference, LogRatio
from forestall.evaluation.panels import (
    Measure,
    Model,
    estimate_difference_in_differences,
    panel_from_frame,
)

FOLDER = Path(os.environ.get("FORESTALL_DATA", "")) / "evaluation"
needs_data = pytest.mark.skipif(
    not (FOLDER / "r_reference.json").is_file(),
    reason="FORESTALL_DATA names no folder with evaluation/r_reference.json",
)
CONTROLS = ["prisoners", "density", "income", "population", "afam", "cauc", "male"]


def guns(outcome, measure, **more):
    rows = pd.read_csv(FOLDER / "guns_shall_issue_state_panel.csv")
    rows["law"] = (rows["law"] == "yes").astype(int)
    rows["log"] = np.log(rows["violent"])
    return panel_from_frame(
        rows, outcome=outcome, place="state", period="year", treated="law", measure=measure, **more
    )


@needs_data
def test_least_squares_equal_fixest():
    expected = json.loads((FOLDER / "r_reference.json").read_text())[
        "guns_twfe_logviolent_CRV1_state"
    ]
    found = estimate_difference_in_differences(guns("log", Measure.LOGARITHMS, covariates=CONTROLS))
    np.testing.assert_allclose(found.coefficients["coefficient"], expected["b"], rtol=1e-8)
    np.testing.assert_allclose(found.coefficients["standard_error"], expected["se"], rtol=1e-8)
    assert found.effect.sample.observations == expected["nobs"]
    assert found.effect.degrees_of_freedom == 50


@needs_data
def test_poisson_equals_fixest():
    expected = json.loads((FOLDER / "r_reference.json").read_text())["guns_poisson_rate_CRV1_state"]
    found = estimate_difference_in_differences(
        guns("violent", Measure.RATES, per=100_000, weights="population")
    )
    assert found.effect.effect.number == pytest.approx(expected["b"], abs=1e-10)
    assert found.effect.standard_error == pytest.approx(expected["se"], rel=1e-7)
    assert found.averted is None


def panel(counts, *, since=3, treated="ab", **more):
    """Return a panel of a, b, c, d in five years; counts are rows of places."""
    rows = [
        (place, year, counts[position][year - 1])
        for position, place in enumerate("abcdefgh"[: len(counts)])
        for year in range(1, len(counts[0]) + 1)
    ]
    frame = pd.DataFrame(rows, columns=["place", "year", "thefts"])
    frame["since"] = frame["place"].isin(list(treated)) * since
    return panel_from_frame(
        frame.assign(**more.pop("columns", {})),
        outcome="thefts",
        period="year",
        since="since",
        **more,
    )


counts = st.lists(st.lists(st.integers(1, 60), min_size=5, max_size=5), min_size=4, max_size=6)


@given(counts)
@settings(max_examples=15, deadline=None)
def test_one_start_gives_the_ratio_of_four_sums(given_counts):
    matrix = np.array(given_counts, dtype=float)
    found = estimate_difference_in_differences(panel(given_counts))
    treated = np.arange(len(matrix)) < 2
    sums = [
        matrix[side][:, when].sum()
        for side in (treated, ~treated)
        for when in (slice(2, 5), slice(0, 2))
    ]
    assert found.effect.effect.ratio == pytest.approx(
        (sums[0] / sums[1]) / (sums[2] / sums[3]), rel=1e-6
    )
    assert found.averted is not None
    assert found.averted.effect.incidents == pytest.approx(
        sums[0] - sums[0] / found.effect.effect.ratio, rel=1e-6, abs=1e-6
    )


def test_least_squares_of_counts_by_hand():
    found = estimate_difference_in_differences(
        panel([[10, 10, 4, 4], [12, 12, 6, 6], [9, 9, 8, 8], [5, 5, 6, 6]]),
        model=Model.LEAST_SQUARES,
    )
    assert isinstance(found.effect.effect, CountDifference)
    assert found.effect.effect.incidents == pytest.approx(-6.0)
    assert "place and period" in str(found.effect.estimand)


@given(st.floats(0.2, 5))
@settings(max_examples=8, deadline=None)
def test_a_common_exposure_changes_nothing(times):
    matrix = [[10, 11, 4, 5], [12, 9, 6, 6], [9, 9, 8, 7], [5, 6, 6, 6]]
    plain = estimate_difference_in_differences(panel(matrix))
    exposed = estimate_difference_in_differences(
        panel(matrix, columns={"days": times}, exposure="days")
    )
    assert exposed.effect.effect.number == pytest.approx(plain.effect.effect.number, abs=1e-8)


def test_a_place_without_incidents_is_told():
    found = estimate_difference_in_differences(
        panel([[10, 11, 4, 5], [12, 9, 6, 6], [9, 9, 8, 7], [5, 6, 6, 6], [0, 0, 0, 0]])
    )
    assert found.left_out == ("e",)
    assert any("1 place says nothing" in str(one) for one in found.caveats)
    assert found.effect.sample.comparison_places == 2


def test_a_movement_before_is_found_and_told():
    """Treated places fall from the first year on, the measure comes in the fourth."""
    generator = np.random.default_rng(3)
    treated = [generator.poisson(400 * np.exp(-0.2 * np.arange(6))) for _ in range(12)]
    others = [generator.poisson(400, 6) for _ in range(18)]
    names = [f"p{place:02d}" for place in range(30)]
    rows = pd.DataFrame(
        [
            (name, year, number)
            for name, series in zip(names, [*treated, *others], strict=True)
            for year, number in enumerate(series)
        ],
        columns=["place", "year", "thefts"],
    )
    rows["since"] = np.where(rows["place"].isin(names[:12]), 4, np.nan)
    found = estimate_difference_in_differences(
        panel_from_frame(rows, outcome="thefts", period="year", since="since")
    )
    assert found.pre_trend_p_value is not None
    assert found.pre_trend_p_value < 0.001
    assert "before the measure came" in found.summary()
    reference = found.table[found.table["last"] == -1].iloc[0]
    assert reference["effect"] == 0
    assert (found.table.loc[found.table["first"] < -1, "effect"] > 0).all()


def test_few_clusters_and_several_starts_are_told():
    frame = pd.DataFrame(
        [(p, y, 10 + y) for p in "abcdef" for y in range(1, 7)], columns=["place", "year", "n"]
    )
    frame["since"] = frame["place"].map({"a": 3, "b": 5}).fillna(0)
    frame["n"] += (frame["place"] == "c") * 3
    found = estimate_difference_in_differences(
        panel_from_frame(frame, outcome="n", period="year", since="since")
    )
    told = " ".join(str(one) for one in found.caveats)
    assert "here 6, of which 2 had the measure" in told
    assert "estimate_staggered_adoption" in told


def test_a_measure_that_ended_has_no_course_in_time():
    frame = pd.DataFrame(
        [(p, y, 10 + y + (p == "a")) for p in "abcd" for y in range(1, 7)],
        columns=["place", "year", "n"],
    )
    frame["on"] = ((frame["place"] == "a") & frame["year"].between(3, 4)).astype(int)
    found = estimate_difference_in_differences(
        panel_from_frame(frame, outcome="n", period="year", treated="on")
    )
    assert found.table.empty
    assert found.pre_trend_p_value is None
    assert any("ended somewhere" in str(one) for one in found.caveats)


@pytest.mark.parametrize(
    ("given_panel", "error", "sentence"),
    [
        (panel([[3, 4, 5]] * 4, treated=""), CannotAnswer, "there are none"),
        (panel([[3, 4, 5]] * 4, treated="abcd"), CannotAnswer, "all got it at once"),
        (panel([[3, 4, 5]] * 4, treated="abcd", since=1), CannotAnswer, "all have it"),
        (
            panel([[3, 4, 0], [3, 4, 0], [3, 4, 5], [2, 4, 5]]),
            CannotAnswer,
            "a ratio cannot be given",
        ),
        (
            panel(
                [[3, 4, 5]] * 4, columns={"income": [np.nan] + [1.0] * 11}, covariates=["income"]
            ),
            InvalidRecords,
            "income is known wherever the outcome is, but 1 of 12 rows",
        ),
    ],
)
def test_what_cannot_be_answered_is_said(given_panel, error, sentence):
    with pytest.raises(error, match=sentence):
        estimate_difference_in_differences(given_panel)


def test_logarithms_have_no_poisson_model():
    with pytest.raises(CannotAnswer, match="these are logarithms"):
        estimate_difference_in_differences(
            panel([[3, 4, 5]] * 4, measure=Measure.LOGARITHMS), model=Model.POISSON
        )


def test_a_chart_is_drawn():
    found = estimate_difference_in_differences(
        panel([[10, 11, 12, 4, 5], [12, 9, 11, 6, 6], [9, 9, 8, 8, 7], [5, 6, 6, 5, 6]], since=4)
    )
    assert isinstance(found.effect.effect, LogRatio)
    assert found.plot().to_dict()
