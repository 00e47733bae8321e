"""Event studies, their comparisons and their trends: by hand, and against other implementations."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import CannotAnswer
from forestall.evaluation.panels import (
    Comparison,
    Measure,
    Model,
    Violation,
    assess_violated_trends,
    decompose_differences,
    estimate_difference_in_differences,
    estimate_event_study,
    panel_from_frame,
)

FOLDER = Path(os.environ.get("FORESTALL_DATA", "")) / "evaluation"
needs_data = pytest.mark.skipif(
    not (FOLDER / "mpdta_county_teen_employment.csv").is_file(),
    reason="FORESTALL_DATA names no folder with evaluation/mpdta_county_teen_employment.csv",
)


def frame(effect, *, starts=(4, 6, 0), places=24, years=8, seed=1, spread=0.0):
    generator = np.random.default_rng(seed)
    rows = []
    for place in range(places):
        start = starts[place % len(starts)]
        for year in range(1, years + 1):
            gone = effect(year - start) if start and year >= start else 0
            noise = generator.normal(0, spread) if spread else 0
            rows.append((f"p{place:02d}", year, start, 50 + place + 2 * year + gone + noise))
    return pd.DataFrame(rows, columns=["place", "year", "since", "thefts"])


def read(rows, **more):
    return panel_from_frame(
        rows, outcome="thefts", period="year", since="since", **{"measure": Measure.RATES, **more}
    )


def test_growing_effects_by_hand():
    found = estimate_event_study(read(frame(lambda since: -1.0 - since)))
    after = found.table[found.table["since"] >= 0]
    np.testing.assert_allclose(after["effect"], [-1, -2, -3, -4, -5], atol=1e-9)
    assert found.effect.effect.number == pytest.approx(-(15 + 6) / 8)
    assert -1 not in found.table["since"].tolist()
    assert after["groups"].tolist() == [2, 2, 2, 1, 1]


@needs_data
def test_the_course_equals_another_implementation():
    library = pytest.importorskip("diff_diff")
    rows = pd.read_csv(FOLDER / "mpdta_county_teen_employment.csv")
    found = estimate_event_study(
        panel_from_frame(
            rows,
            outcome="lemp",
            place="countyreal",
            period="year",
            since="first.treat",
            measure=Measure.LOGARITHMS,
        )
    )
    theirs = library.SunAbraham().fit(
        rows.rename(columns={"first.treat": "first"}),
        outcome="lemp",
        unit="countyreal",
        time="year",
        first_treat="first",
    )
    for _, row in found.table.iterrows():
        other = theirs.event_study_effects[int(row["since"])]
        assert row["effect"] == pytest.approx(other["effect"], abs=1e-9)
        assert row["standard_error"] == pytest.approx(other["se"], rel=2e-3)


def test_the_band_is_wider_and_a_movement_before_is_told():
    rows = frame(lambda since: -4.0, spread=1.0, places=60)
    rows["thefts"] -= 1.5 * rows["year"] * (rows["since"] > 0)
    found = estimate_event_study(read(rows))
    assert (found.table["low_band"] < found.table["low_95"]).all()
    assert found.pre_trend_p_value is not None
    assert found.pre_trend_p_value < 0.001
    assert any("had moved apart" in str(one) for one in found.caveats)


def test_places_always_treated_are_left_out_and_told():
    rows = frame(lambda since: -4.0, spread=1.0)
    rows.loc[rows["place"] == "p00", "since"] = 1
    found = estimate_event_study(read(rows))
    assert found.always_treated == ("p00",)
    assert found.effect.sample.treated_places == 15


@given(st.integers(0, 1000), st.sampled_from([(3, 5, 0), (2, 6, 7, 0), (4, 4, 6)]))
@settings(max_examples=10, deadline=None)
def test_the_comparisons_add_up_to_the_two_way_model(seed, starts):
    panel = read(frame(lambda since: -1.0 - since, starts=starts, spread=2.0, seed=seed))
    found = decompose_differences(panel)
    two_way = estimate_difference_in_differences(panel, model=Model.LEAST_SQUARES)
    assert found.table["weight"].sum() == pytest.approx(1)
    assert found.effect.number == pytest.approx(two_way.effect.effect.number, abs=1e-8)


def test_comparisons_with_treated_places_mislead_and_are_told():
    """Two groups and nobody untreated: half of the comparisons are with treated places."""
    found = decompose_differences(read(frame(lambda since: -3.0 * (1 + since), starts=(3, 6))))
    assert found.weight_of(Comparison.NEVER) == 0
    assert found.weight_of(Comparison.EARLIER) > 0.3
    late = found.table[found.table["comparison"] == Comparison.EARLIER.value]
    # True effects are below 0; against places whose own effect grows they turn round.
    assert (late["effect"] > 0).all()
    assert any("turn it round" in str(one) for one in found.caveats)
    assert "rests on comparisons" in found.summary()
    assert found.plot().to_dict()


def study(effect=-6.0, seed=5):
    return estimate_event_study(
        read(frame(lambda since: effect, places=90, years=9, spread=1.0, seed=seed))
    )


def test_larger_violations_widen_the_interval():
    found = assess_violated_trends(study(), violations=[0.5, 1, 2])
    widths = (found.table["high_95"] - found.table["low_95"]).to_numpy()
    assert found.table["violation"].tolist() == [0, 0.5, 1, 2]
    assert (np.diff(widths) > 0).all()
    assert found.table["tells"].iloc[0]
    assert found.plot().to_dict()


def test_without_an_effect_nothing_is_told():
    found = assess_violated_trends(study(effect=0.0))
    assert found.breakdown == 0
    assert "no effect can be told" in found.summary()


def test_a_bent_line_has_its_own_unit():
    found = assess_violated_trends(study(), kind=Violation.CURVED, violations=[0.05, 20])
    assert found.breakdown == 20
    assert "bend by 20" in found.summary()


def test_what_cannot_be_answered_is_said():
    rows = frame(lambda since: -4.0)
    with pytest.raises(CannotAnswer, match="never had the measure"):
        estimate_event_study(read(rows[rows["since"] > 0]))
    with pytest.raises(CannotAnswer, match="after the first period"):
        estimate_event_study(read(rows.assign(since=rows["since"].where(rows["since"] == 0, 1))))
    with pytest.raises(CannotAnswer, match="without exposure"):
        estimate_event_study(read(rows.assign(homes=3.0), exposure="homes"))
    with pytest.raises(CannotAnswer, match="some are missing"):
        decompose_differences(read(rows.iloc[1:]))
    with pytest.raises(CannotAnswer, match="not to all at once"):
        decompose_differences(read(rows.assign(since=4)))
    with pytest.raises(CannotAnswer, match="two periods or more before"):
        assess_violated_trends(estimate_event_study(read(frame(lambda since: -4.0, starts=(3, 0)))))
