"""Staggered adoption: every value of R did, cases by hand, and where two-way models fail."""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import CannotAnswer
from forestall.evaluation.panels import (
    ComparedWith,
    Measure,
    Model,
    estimate_difference_in_differences,
    estimate_staggered_adoption,
    panel_from_frame,
)
from forestall.evaluation.panels.group_times import fit_group_times

FOLDER = Path(os.environ.get("FORESTALL_DATA", "")) / "evaluation"
needs_data = pytest.mark.skipif(
    not (FOLDER / "r_reference.json").is_file(),
    reason="FORESTALL_DATA names no folder with evaluation/r_reference.json",
)


@pytest.fixture(scope="module")
def reference():
    return json.loads((FOLDER / "r_reference.json").read_text())["mpdta_cs"]


def counties(**more):
    rows = pd.read_csv(FOLDER / "mpdta_county_teen_employment.csv")
    return panel_from_frame(
        rows,
        outcome="lemp",
        place="countyreal",
        period="year",
        since="first.treat",
        measure=Measure.LOGARITHMS,
        **more,
    )


@pytest.fixture(scope="module")
def found():
    return estimate_staggered_adoption(counties())


@needs_data
def test_groups_in_periods_equal_r(found, reference):
    expected = reference["mpdta_cs"]
    assert found.table["group"].tolist() == expected["g"]
    assert found.table["period"].tolist() == [2004, 2005, 2006, 2007] * 3
    np.testing.assert_allclose(found.table["effect"], expected["att"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.table["standard_error"], expected["se"], rtol=1e-9, atol=1e-12)


@needs_data
def test_the_average_equals_r(found, reference):
    expected = reference["mpdta_cs_simple"]
    assert found.effect.effect.number == pytest.approx(expected["att"], rel=1e-9)
    assert found.effect.standard_error == pytest.approx(expected["se"], rel=1e-9)


@needs_data
@pytest.mark.parametrize(
    ("table", "average", "name"),
    [
        ("by_time", "time", "mpdta_cs_dynamic"),
        ("by_group", "group", "mpdta_cs_group"),
        ("by_period", "period", "mpdta_cs_calendar"),
    ],
)
def test_averages_of_averages_equal_r(found, reference, table, average, name):
    expected, rows = reference[name], getattr(found, table)
    assert rows.iloc[:, 0].tolist() == expected["egt"]
    np.testing.assert_allclose(rows["effect"], expected["att_egt"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(rows["standard_error"], expected["se_egt"], rtol=1e-9, atol=1e-12)
    assert found.averages[average].effect.number == pytest.approx(expected["att"], rel=1e-9)
    # Where it averages groups, R did takes the first group for all in one term; the next test
    # shows that its error follows from that.
    close = 3e-3 if average == "group" else 1e-9
    assert found.averages[average].standard_error == pytest.approx(expected["se"], rel=close)


@needs_data
def test_the_one_error_that_differs_from_r_is_explained(reference):
    panel = counties()
    cells = fit_group_times(panel, compared_with=ComparedWith.NEVER_TREATED)
    after = cells.since >= 0
    groups = sorted(set(cells.group[after].tolist()))
    chosen = [after & (cells.group == group) for group in groups]
    numbers = np.array([cells.effects[one].mean() for one in chosen])
    influence = np.stack([cells.influence[:, one].mean(axis=1) for one in chosen], axis=1)
    shares = np.array([(cells.groups == group).mean() for group in groups])
    first = (cells.groups == groups[0]).astype(float)[:, None] - shares
    moved = first / shares.sum() - first.sum(axis=1, keepdims=True) * shares / shares.sum() ** 2
    whole = influence @ (shares / shares.sum()) + moved @ numbers / cells.groups.size
    error = np.sqrt(np.square(whole).sum())
    assert error == pytest.approx(reference["mpdta_cs_group"]["se"], rel=1e-9)


@needs_data
def test_covariates_and_not_yet_treated_equal_r(reference):
    expected = reference["mpdta_cs_x_nyt"]
    found = estimate_staggered_adoption(
        counties(covariates=["lpop"]), compared_with=ComparedWith.NOT_YET_TREATED
    )
    np.testing.assert_allclose(found.table["effect"], expected["att"], rtol=1e-7)
    np.testing.assert_allclose(found.table["standard_error"], expected["se"], rtol=1e-6)
    assert found.effect.effect.number == pytest.approx(expected["simple"], rel=1e-7)
    assert found.effect.standard_error == pytest.approx(expected["simple_se"], rel=1e-6)


@needs_data
def test_the_band_holds_more_than_the_intervals(found):
    rows = found.by_time
    assert (rows["low_band"] < rows["low_95"]).all()
    assert (rows["high_band"] > rows["high_95"]).all()


def frame(effect, *, places=24, years=8, seed=1, spread=0.0):
    """Return places of which a third starts in year 4, a third in year 6, a third never."""
    generator = np.random.default_rng(seed)
    rows = []
    for place in range(places):
        start = (4, 6, 0)[place % 3]
        for year in range(1, years + 1):
            since = year - start if start and year >= start else None
            gone = 0 if since is None else effect(start, since)
            noise = generator.normal(0, spread) if spread else 0
            rows.append((f"p{place:02d}", year, start, 50 + place + 2 * year + gone + noise))
    return pd.DataFrame(rows, columns=["place", "year", "since", "thefts"])


def read(rows, **more):
    return panel_from_frame(
        rows, outcome="thefts", period="year", since="since", **{"measure": Measure.RATES, **more}
    )


def test_growing_effects_by_hand():
    """The effect is -1 in the first year and one more each year: -1 ... -5 and -1 ... -3."""
    found = estimate_staggered_adoption(read(frame(lambda _, since: -1.0 - since)))
    assert found.effect.effect.number == pytest.approx(-(15 + 6) / 8)
    after = found.by_time[found.by_time["since"] >= 0]
    np.testing.assert_allclose(after["effect"], [-1, -2, -3, -4, -5])
    assert found.by_group["effect"].tolist() == pytest.approx([-3, -2])
    assert found.by_time.loc[found.by_time["since"] < 0, "effect"].abs().max() < 1e-9


def test_a_two_way_model_misses_growing_effects():
    panel = read(frame(lambda _, since: -2.0 - 3 * since))
    true = estimate_staggered_adoption(panel).effect.effect.number
    two_way = estimate_difference_in_differences(panel, model=Model.LEAST_SQUARES)
    assert abs(two_way.effect.effect.number - true) > 1


@given(st.floats(-20, 20), st.floats(-5, 5))
@settings(max_examples=8, deadline=None)
def test_what_all_share_drops_out(level, slope):
    rows = frame(lambda _, since: -1.0 - since, spread=2.0)
    moved = rows.assign(thefts=rows["thefts"] + level + slope * rows["year"])
    first, again = (estimate_staggered_adoption(read(one)) for one in (rows, moved))
    assert again.effect.effect.number == pytest.approx(first.effect.effect.number, abs=1e-7)
    assert again.effect.standard_error == pytest.approx(first.effect.standard_error, rel=1e-6)


def test_counts_are_told_as_a_ratio_and_a_total():
    rows = frame(lambda _, since: -10.0)
    found = estimate_staggered_adoption(read(rows, measure=Measure.COUNTS))
    treated = rows[(rows["since"] > 0) & (rows["year"] >= rows["since"])]
    assert found.averted is not None
    assert found.averted.effect.incidents == pytest.approx(-10 * len(treated))
    counted = treated["thefts"].sum()
    assert found.ratio is not None
    assert found.ratio.effect.ratio == pytest.approx(counted / (counted + 10 * len(treated)))
    assert "fewer incidents" in found.summary()


def test_clusters_widen_the_error():
    rows = frame(lambda _, since: -5.0, spread=3.0)
    rows["thefts"] += rows.groupby([rows["place"].str[1:].astype(int) // 6, "year"])[
        "thefts"
    ].transform(lambda some: 5 * np.sin(some.iloc[0] * 9))
    # Places of one start in fours, so that each cluster has one start.
    number = rows["place"].str[1:].astype(int)
    rows["beat"] = (number % 3).astype(str) + (number // 12).astype(str)
    plain = estimate_staggered_adoption(read(rows))
    clustered = estimate_staggered_adoption(read(rows, groups="beat"))
    assert clustered.effect.effect.number == pytest.approx(plain.effect.effect.number)
    assert clustered.effect.degrees_of_freedom == 5
    assert any("there are 6" in str(one) for one in clustered.caveats)


def test_who_is_left_out_is_told():
    rows = frame(lambda _, since: -5.0)
    rows = rows[~((rows["place"] == "p02") & (rows["year"] == 3))]
    rows.loc[rows["place"] == "p00", "since"] = 1
    found = estimate_staggered_adoption(read(rows))
    assert (found.always_treated, found.left_out) == (("p00",), ("p02",))
    told = " ".join(str(one) for one in found.caveats)
    assert "from the first period on" in told
    assert "lacks a period" in told


def test_what_cannot_be_answered_is_said():
    rows = frame(lambda _, since: -5.0)
    with pytest.raises(CannotAnswer, match="after the first period"):
        estimate_staggered_adoption(read(rows.assign(since=0)))
    with pytest.raises(CannotAnswer, match="but there are 0"):
        estimate_staggered_adoption(read(rows[rows["since"] > 0]))
    with pytest.raises(CannotAnswer, match="without weights and exposure"):
        estimate_staggered_adoption(read(rows.assign(homes=2.0), exposure="homes"))
    ended = rows.assign(on=((rows["since"] > 0) & (rows["year"] == 4)).astype(int))
    with pytest.raises(CannotAnswer, match="ended in some places"):
        estimate_staggered_adoption(
            panel_from_frame(
                ended, outcome="thefts", period="year", treated="on", measure=Measure.RATES
            )
        )


def test_without_never_treated_those_not_yet_treated_serve():
    rows = frame(lambda _, since: -5.0)
    found = estimate_staggered_adoption(
        read(rows[rows["since"] > 0]), compared_with=ComparedWith.NOT_YET_TREATED
    )
    assert found.effect.effect.number == pytest.approx(-5)
    assert found.by_period["period"].tolist() == [4, 5]


def test_a_chart_is_drawn():
    assert estimate_staggered_adoption(read(frame(lambda _, since: -5.0))).plot().to_dict()


@pytest.mark.parametrize("compared_with", list(ComparedWith))
def test_effects_equal_a_second_implementation(compared_with):
    library = pytest.importorskip("diff_diff")
    rows = frame(lambda _, since: -2.0 - since, spread=3.0)
    found = estimate_staggered_adoption(read(rows), compared_with=compared_with)
    other = library.CallawaySantAnna(
        control_group=compared_with.name.lower(), cband=False, rank_deficient_action="silent"
    ).fit(rows, outcome="thefts", unit="place", time="year", first_treat="since")
    for _, row in found.table.iterrows():
        theirs = other.group_time_effects[(row["group"], row["period"])]
        assert row["effect"] == pytest.approx(theirs["effect"], abs=1e-10)
        assert row["standard_error"] == pytest.approx(theirs["se"], abs=1e-10)
    assert found.effect.effect.number == pytest.approx(other.overall_att, abs=1e-10)
    assert found.effect.standard_error == pytest.approx(other.overall_se, abs=1e-10)
