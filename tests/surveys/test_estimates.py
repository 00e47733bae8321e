"""Numbers of surveys equal those of R on real samples, and rough ones are not told."""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.surveys import (
    CSEW_5,
    NCVS_10,
    UNCAPPED,
    Better,
    Item,
    Reliability,
    Topic,
    count_victimizations,
    estimate_answers,
    estimate_incidence,
    estimate_prevalence,
    survey_design,
)

DATA = (
    Path(os.environ.get("FORESTALL_DATA", Path(__file__).parents[3] / "shared" / "data"))
    / "surveys"
)
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="the data collection is not here (FORESTALL_DATA)"
)
EVERYTHING = Reliability(least_answers=1, largest_relative_error=np.inf)


def item(**more):
    words = {"name": "Feeling unsafe", "column": "q", "wording": "How safe do you feel?"}
    return Item(**{**words, "topic": Topic.FEAR, "better": Better.LOWER, **more})


def reference(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def told(found):
    return found.table.iloc[0]


@needs_data
def test_a_stratified_sample_with_a_finite_population_equals_r():
    schools = pd.read_csv(DATA / "apistrat.csv")
    schools["award"] = (schools["awards"] == "Yes").astype(float)
    expected = reference("r_survey_reference.json")
    whole = survey_design(schools, weights="pw", strata="stype", population="fpc")
    endless = survey_design(schools, weights="pw", strata="stype")
    score = item(column="api00", lowest=0, highest=1000)

    mean = told(estimate_answers(schools, design=whole, item=score))
    without = told(estimate_answers(schools, design=endless, item=score))
    share = told(estimate_answers(schools, design=whole, item=item(column="award", counted=(1,))))
    by = estimate_answers(schools, design=whole, item=score, by=schools["awards"]).table

    for row, name in ((mean, "strat_mean_api00"), (without, "strat_nofpc_mean")):
        assert row["number"] == pytest.approx(expected[name]["est"], abs=1e-9)
        assert row["standard_error"] == pytest.approx(expected[name]["se"], abs=1e-9)
        assert list(row[["low_95", "high_95"]]) == pytest.approx(expected[name]["ci"][0], abs=1e-8)
        assert row["degrees_of_freedom"] == expected[name]["df"]
    assert share["number"] == pytest.approx(expected["strat_prop_awards"]["est"][1], abs=1e-11)
    assert share["standard_error"] == pytest.approx(
        expected["strat_prop_awards"]["se"][1], abs=1e-11
    )
    assert list(by["number"]) == pytest.approx(expected["strat_by_stype"]["est"], abs=1e-9)
    assert list(by["standard_error"]) == pytest.approx(expected["strat_by_stype"]["se"], abs=1e-9)


@needs_data
def test_clusters_and_domains_of_a_health_survey_equal_r():
    people = pd.read_csv(DATA / "nhanes_2009_2010_cholesterol.csv")
    expected = reference("r_survey_reference.json")
    known = people.dropna(subset=["HI_CHOL"])
    design = survey_design(people, weights="WTMEC2YR", strata="SDMVSTRA", clusters="SDMVPSU")
    high = item(column="HI_CHOL", counted=(1,))
    kinds = people["race"].astype(str) + " " + people["RIAGENDR"].astype(str)
    order = ["1 1", "2 1", "3 1", "4 1", "1 2", "2 2", "3 2", "4 2"]

    found = told(estimate_answers(people, design=design, item=high))
    by = estimate_answers(people, design=design, item=high, by=kinds, reliability=EVERYTHING)

    assert found["number"] == pytest.approx(expected["nhanes_mean"]["est"], abs=1e-11)
    assert found["standard_error"] == pytest.approx(expected["nhanes_mean"]["se"], abs=1e-11)
    assert found["degrees_of_freedom"] == expected["nhanes_mean"]["df"]
    assert found["answers"] == len(known)
    assert expected["nhanes_by"]["k"] == order
    rows = by.table.set_index("group").loc[order]
    assert list(rows["number"]) == pytest.approx(expected["nhanes_by"]["est"], abs=1e-11)
    assert list(rows["standard_error"]) == pytest.approx(expected["nhanes_by"]["se"], abs=1e-11)


def ncvs(kinds):
    homes = pd.read_csv(DATA / "ncvs2021_h1_household.csv.gz")
    reports = pd.read_csv(DATA / "ncvs2021_h1_incident.csv")
    for rows in (homes, reports):
        rows["home"] = rows["YEARQ"].astype(str) + "-" + rows["HID"].astype(int).astype(str)
    reports = reports[(reports["V4022"] != 1) & kinds(reports["V4529"])].copy()
    reports["series"] = ~(
        reports["V4017"].isin((1, 8))
        | reports["V4018"].isin((2, 8))
        | reports["V4019"].isin((1, 8))
    )
    reports["times"] = reports["V4016"].where(reports["V4016"] < 997)
    counted = count_victimizations(
        reports, respondents=homes["home"], respondent="home", times="times", is_series="series",
        rule=NCVS_10, weights="WGTVICCY",
    )  # fmt: skip
    design = survey_design(homes, weights="WGTHHCY", strata="V2117", clusters="V2118")
    return homes, counted, design


@needs_data
def test_the_victimization_survey_equals_r():
    expected = reference("ncvs2021_h1_reference.json")
    homes, property_crime, design = ncvs(lambda kind: kind >= 31)
    _, burglary, _ = ncvs(lambda kind: kind.between(31, 33))

    incidence = estimate_incidence(property_crime, design=design, name="Property crime")
    burglaries = told(estimate_incidence(burglary, design=design, name="Burglary"))
    prevalence = told(estimate_prevalence(property_crime, design=design, name="Homes"))
    regions = estimate_incidence(property_crime, design=design, name="x", by=homes["V2127B"]).table

    once = incidence.other_rules.set_index("rule").loc["each series once"]
    for row, name in (
        (told(incidence), "property_rate_per_1000"),
        (burglaries, "burglary_rate_per_1000"),
        (once, "property_rate_series_as_one"),
    ):
        assert row["number"] == pytest.approx(expected[name]["est"], abs=1e-9)
        assert row["standard_error"] == pytest.approx(expected[name]["se"], abs=1e-9)
        assert row["degrees_of_freedom"] == expected[name]["df"]
        assert row["low_95"] == pytest.approx(expected[name]["ci_low"], abs=1e-8)
        assert row["high_95"] == pytest.approx(expected[name]["ci_high"], abs=1e-8)
    any_crime = expected["property_prevalence_any"]
    assert prevalence["number"] == pytest.approx(any_crime["est"], abs=1e-12)
    assert prevalence["standard_error"] == pytest.approx(any_crime["se"], abs=1e-12)
    by = expected["by_region_V2127B"]
    assert list(regions["group"]) == by["level"]
    assert list(regions["number"]) == pytest.approx(by["est"], abs=1e-9)
    assert list(regions["standard_error"]) == pytest.approx(by["se"], abs=1e-9)


def test_two_clusters_by_hand():
    people = pd.DataFrame({"w": [1.0, 3.0, 2.0, 2.0], "street": list("aabb"), "q": [1, 0, 1, 1]})
    design = survey_design(people, weights="w", clusters="street")

    row = told(
        estimate_answers(people, design=design, item=item(counted=(1,)), reliability=EVERYTHING)
    )

    # 5 of 8; totals of the errors are (0.375 - 3 × 0.625) / 8 and 4 × 0.375 / 8.
    assert row["number"] == 0.625
    assert row["standard_error"] == pytest.approx(2 * 0.1875)
    assert (row["degrees_of_freedom"], row["clusters"]) == (1, 2)


def test_a_simple_sample_is_the_usual_formula_and_the_interval_is_on_the_logit_scale():
    people = pd.DataFrame({"w": 1.0, "q": [1] * 20 + [0] * 80})
    design = survey_design(people, weights="w")

    row = told(estimate_answers(people, design=design, item=item(counted=(1,))))

    assert row["standard_error"] == pytest.approx(np.sqrt(0.2 * 0.8 / 99))
    middle = np.log([row["low_95"] / (1 - row["low_95"]), row["high_95"] / (1 - row["high_95"])])
    assert middle.mean() == pytest.approx(np.log(0.25))


@given(st.lists(st.integers(0, 1), min_size=6, max_size=40), st.floats(0.1, 10))
def test_doubling_the_population_changes_nothing(answers, times):
    people = pd.DataFrame({"w": 1.0, "q": answers, "more": times})
    people["street"] = np.arange(len(people)) % 3
    designs = [survey_design(people, weights=name, clusters="street") for name in ("w", "more")]
    if len(set(answers)) == 1:
        return

    try:
        one, other = (
            told(estimate_answers(people, design=design, item=item(), reliability=EVERYTHING))
            for design in designs
        )
    except CannotAnswer:
        return

    for name in ("number", "standard_error", "low_95", "high_95"):
        assert one[name] == pytest.approx(other[name])


def test_a_group_is_a_domain_and_not_a_smaller_sample():
    people = pd.DataFrame({"w": 1.0, "street": np.repeat(np.arange(10), 20)})
    people["young"] = (np.arange(200) % 20 < 10) & (people["street"] < 8)
    people["q"] = (np.arange(200) * 7 % 5 == 0).astype(float)
    people.loc[people["street"] < 3, "q"] = 1.0
    design = survey_design(people, weights="w", clusters="street")
    young = people[people["young"]].reset_index(drop=True)

    whole = estimate_answers(people, design=design, item=item(counted=(1,)), by=people["young"])
    cut = told(
        estimate_answers(
            young, design=survey_design(young, weights="w", clusters="street"),
            item=item(counted=(1,)),
        )
    )  # fmt: skip

    row = whole.table.set_index("group").loc["True"]
    assert row["number"] == pytest.approx(cut["number"])
    # Ten clusters were drawn, of which eight have such people: 10 / 9 in place of 8 / 7.
    assert row["standard_error"] / cut["standard_error"] == pytest.approx(np.sqrt(70 / 72))
    assert row["degrees_of_freedom"] == 7


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([1, 0] * 20, "too few answers"),
        ([1] * 1 + [0] * 99, "standard error too large"),
        ([0] * 100, "all answers alike"),
    ],
)
def test_a_rough_number_is_not_told(answers, why):
    people = pd.DataFrame({"w": 1.0, "q": [*answers, *[1, 0] * 100]})
    group = ["rough"] * len(answers) + ["well known"] * 200
    design = survey_design(people, weights="w")

    found = estimate_answers(people, design=design, item=item(counted=(1,)), by=group)

    rows = found.table.set_index("group")
    assert rows.loc["rough", "not_told"] == why
    assert rows["number"].isna().to_dict() == {"rough": True, "well known": False}
    assert rows.loc["well known", "not_told"] == ""
    assert "1 group has too few answers" in str(found.caveats[-1])
    with pytest.raises(CannotAnswer, match="too few answers to tell a number"):
        estimate_answers(
            people.iloc[:20], design=survey_design(people.iloc[:20], weights="w"), item=item()
        )


def test_who_does_not_answer_stays_in_the_design_and_is_named():
    people = pd.DataFrame({"w": 1.0, "q": [1.0, 0.0, None] * 40})
    design = survey_design(people, weights="w")

    found = estimate_answers(people, design=design, item=item(counted=(1,)))

    assert told(found)["answers"] == 80
    assert told(found)["number"] == 0.5
    assert str(found.caveats[0]) == "40 people gave no answer and are left out."


def test_rules_for_series():
    times, series = np.array([3.0, 8.0, 30.0, 1.0]), np.array([True, True, True, False])

    assert NCVS_10.count(times, series).tolist() == [3, 8, 10, 1]
    assert CSEW_5.count(times, series).tolist() == [3, 5, 5, 1]
    assert UNCAPPED.count(times, series).tolist() == [3, 8, 30, 1]
    with pytest.raises(InvalidRecords, match="needs the number of each series, but 1 have none"):
        UNCAPPED.count(np.array([np.nan]), np.array([True]))


def test_the_effect_of_the_cap_stands_beside():
    homes = pd.DataFrame({"home": range(100), "w": 2.0})
    reports = pd.DataFrame(
        {"home": range(0, 100, 4), "times": [20.0] * 5 + [1.0] * 20, "series": [True] * 25}
    )
    counted = count_victimizations(
        reports, respondents=homes["home"], respondent="home", times="times", is_series="series",
        rule=CSEW_5,
    )  # fmt: skip

    found = estimate_incidence(counted, design=survey_design(homes, weights="w"), name="Theft")

    assert told(found)["number"] == pytest.approx(450)
    assert found.other_rules.set_index("rule")["number"].to_dict() == pytest.approx(
        {"uncapped": 1200, "each series once": 250}
    )
    assert "CSEW-5 (1982-2018)" in str(found.caveats[0])


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"w": [1.0, -1.0, 1.0, 1.0]}, "Weights are numbers from 0, but 1 of 4"),
        ({"street": ["a", None, "b", "b"]}, "Every row needs a value in street, but 1 of 4"),
        ({"street": ["a", "a", "b", "b"], "s": list("xxyy")}, "two clusters or more, but 2"),
        ({"N": [1.0, 1.0, 1.0, 1.0]}, "The population is one number for each stratum"),
    ],
)
def test_a_design_that_cannot_be_used_is_refused(change, match):
    people = pd.DataFrame(
        {"w": 1.0, "street": list("aabb"), "s": list("xxxx"), "N": 9.0} | change, index=range(4)
    )

    with pytest.raises(InvalidRecords, match=match):
        survey_design(people, weights="w", strata="s", clusters="street", population="N")


def test_bad_input_is_refused():
    people = pd.DataFrame({"w": 1.0, "q": [1, 7, 0, 1] * 20})
    design = survey_design(people, weights="w")

    with pytest.raises(InvalidRecords, match="20 of 80 are something else; the first is row 1"):
        estimate_answers(people, design=design, item=item())
    with pytest.raises(InvalidRecords, match="of the same people, but there are 79 and 80"):
        estimate_answers(people.iloc[1:], design=design, item=item())
    with pytest.raises(InvalidRecords, match="needs the column w2"):
        survey_design(people, weights="w2")
    with pytest.raises(InvalidRecords, match="needs the months it asks about"):
        item(topic=Topic.VICTIMIZATION)
    with pytest.raises(InvalidRecords, match="not on the scale"):
        item(counted=(5,))
    with pytest.raises(InvalidRecords, match="1 are not; the first is row 0"):
        count_victimizations(
            pd.DataFrame({"home": [9], "times": [1], "series": [False]}), respondents=[1, 2],
            respondent="home", times="times", is_series="series", rule=NCVS_10,
        )  # fmt: skip
