"""Two waves of a survey: differences by hand, as others compute them, and refused where unlike."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import CannotAnswer, InvalidMoney, InvalidRecords
from forestall.estimates.records import read_estimate, write_estimate
from forestall.evaluation import (
    ErrorKind,
    Found,
    NotFound,
    Overlap,
    RateDifference,
    ScoreDifference,
    ShareDifference,
    UnintendedEffect,
    compare_surveys_before_after,
    unintended_effects,
)
from forestall.evaluation.costs import PricedOutcome
from forestall.evaluation.costs.example import example_of_gates
from forestall.surveys import CSEW_5, NCVS_10, Better, Topic
from tests.evaluation.made_surveys import clustered, four_sides, trust, unsafe, wave_of, yes_no

NAME = "Feeling unsafe after dark"
FOUR = {
    ("north", 0): (160, 240), ("north", 1): (100, 300),
    ("south", 0): (150, 250), ("south", 1): (140, 260),
}  # fmt: skip


def told(found, item=NAME):
    return found.table.set_index("item").loc[item]


def said(found):
    return " ".join(str(caveat) for caveat in found.caveats)


def north_and_south(**more):
    before, after = (wave_of(one, area="area") for one in four_sides(FOUR))
    return compare_surveys_before_after(
        before, after, overlap=Overlap.NOTHING, treated=["north"], comparison=["south"], **more
    )


def test_two_simple_samples_by_hand():
    before, after = wave_of(yes_no(160, 240)), wave_of(yes_no(112, 288))

    found = compare_surveys_before_after(before, after, overlap=Overlap.NOTHING)

    row = told(found)
    assert row["difference"] == pytest.approx(-0.12)
    assert row["standard_error"] == pytest.approx(np.sqrt(0.4 * 0.6 / 399 + 0.28 * 0.72 / 399))
    parts = np.array([0.4 * 0.6, 0.28 * 0.72])
    welch = 399 * parts.sum() ** 2 / (parts**2).sum()
    assert row["degrees_of_freedom"] == pytest.approx(welch)
    assert found.effects[NAME].effect == ShareDifference(row["difference"])
    assert found.effects[NAME].error_kind is ErrorKind.LINEARISED
    assert "There is no comparison" in said(found)


def test_a_difference_of_differences_by_hand():
    found = north_and_south()

    row = told(found)
    shares = {"treated": (0.4, 0.25), "comparison": (0.375, 0.35)}
    for role, pair in shares.items():
        assert row[f"{role}_before"] == pytest.approx(pair[0])
        assert row[f"{role}_after"] == pytest.approx(pair[1])
    assert row["difference"] == pytest.approx(-0.125)
    parts = [p * (1 - p) / 399 for pair in shares.values() for p in pair]
    assert row["standard_error"] == pytest.approx(np.sqrt(sum(parts)))
    sample = found.effects[NAME].sample
    assert (sample.treated_places, sample.comparison_places, sample.observations) == (1, 1, 1600)


def test_the_same_people_are_the_paired_difference():
    rng = np.random.default_rng(3)
    first = pd.DataFrame({"person": range(200), "trust": rng.integers(1, 6, 200)})
    second = first.assign(trust=np.clip(first["trust"] + rng.integers(-1, 3, 200), 1, 5))
    before, after = (wave_of(one, trust(), respondent="person") for one in (first, second))

    found = compare_surveys_before_after(before, after, overlap=Overlap.PEOPLE)

    change = second["trust"] - first["trust"]
    row = told(found, "Trust in the police")
    assert row["difference"] == pytest.approx(change.mean())
    assert row["standard_error"] == pytest.approx(change.std(ddof=1) / np.sqrt(200))
    assert row["degrees_of_freedom"] == 199
    effect = found.effects["Trust in the police"].effect
    assert effect == ScoreDifference(effect.points, scale="Trust in the police, 1 to 5")


def test_who_did_not_answer_again_stays_in_and_is_named():
    people = pd.DataFrame({"person": range(200), "unsafe": [1, 0] * 100})
    before = wave_of(people, respondent="person")
    after = wave_of(people.iloc[:150].reset_index(drop=True), respondent="person")

    found = compare_surveys_before_after(before, after, overlap=Overlap.PEOPLE)

    assert "50 people of the first wave did not answer again" in said(found)
    assert told(found)["answers"] == 350


def test_statsmodels_is_a_second_opinion_on_shared_clusters():
    api = pytest.importorskip("statsmodels.api")
    rng = np.random.default_rng(4)
    waves = [clustered(rng, clusters=12, people=40, spread=0.1) for _ in range(2)]
    # Treated and comparison people live in the same streets, so that one stratum remains.
    waves = [one.assign(area=np.where(np.arange(480) % 3 == 0, "a", "b")) for one in waves]
    before, after = (wave_of(one, clusters="street", area="area") for one in waves)

    found = compare_surveys_before_after(
        before, after, overlap=Overlap.CLUSTERS, treated=["a"], comparison=["b"]
    )

    both = pd.concat([one.assign(late=late) for late, one in enumerate(waves)])
    treated = (both["area"] == "a").astype(float)
    design = np.column_stack([np.ones(960), treated, both["late"], treated * both["late"]])
    fit = api.WLS(both["unsafe"], design, weights=both["weight"]).fit(
        cov_type="cluster", cov_kwds={"groups": both["street"], "use_correction": False}
    )
    row = told(found)
    assert row["difference"] == pytest.approx(fit.params.iloc[3], abs=1e-12)
    assert row["standard_error"] == pytest.approx(fit.bse.iloc[3] * np.sqrt(12 / 11), abs=1e-12)
    assert row["degrees_of_freedom"] == 11


def test_the_few_treated_clusters_speak_for_themselves():
    rng = np.random.default_rng(5)
    waves = [clustered(rng, clusters=24, people=20, spread=0.15) for _ in range(2)]
    waves = [one.assign(area=np.where(one["street"] < 4, "a", "b")) for one in waves]
    before, after = (wave_of(one, clusters="street", area="area") for one in waves)

    found = compare_surveys_before_after(
        before, after, overlap=Overlap.NOTHING, treated=["a"], comparison=["b"]
    )

    assert "few clusters (degrees of freedom: " in said(found)
    parts, freedoms = [], []
    for one in waves:
        for area in ("a", "b"):
            side = one[one["area"] == area]
            level = np.average(side["unsafe"], weights=side["weight"])
            errors = side["weight"] * (side["unsafe"] - level) / side["weight"].sum()
            totals = errors.groupby(side["street"]).sum()
            parts.append(totals.var(ddof=1) * len(totals))
            freedoms.append(len(totals) - 1)
    assert freedoms == [3, 19, 3, 19]
    assert told(found)["standard_error"] == pytest.approx(np.sqrt(sum(parts)))
    welch = sum(parts) ** 2 / sum(np.square(parts) / freedoms)
    assert told(found)["degrees_of_freedom"] == pytest.approx(welch)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_other_way_round_has_the_other_sign(seed):
    rng = np.random.default_rng(seed)
    waves = [
        wave_of(clustered(rng, clusters=8, people=10, spread=0.1), clusters="street")
        for _ in range(2)
    ]

    there = told(compare_surveys_before_after(*waves, overlap=Overlap.NOTHING))
    back = told(compare_surveys_before_after(*waves[::-1], overlap=Overlap.NOTHING))

    assert there["difference"] == pytest.approx(-back["difference"])
    assert there["standard_error"] == pytest.approx(back["standard_error"])
    assert there["low_95"] == pytest.approx(-back["high_95"])


@pytest.mark.parametrize(
    ("topic", "better", "lower", "higher"),
    [
        (Topic.FEAR, Better.LOWER, "safer", "less safe"),
        (Topic.FEAR, Better.HIGHER, "less safe", "safer"),
        (Topic.TRUST, Better.HIGHER, "less trust", "more trust"),
        (Topic.STIGMA, Better.LOWER, "less stigma", "more stigma"),
        (Topic.VICTIMIZATION, Better.LOWER, "less victimization", "more victimization"),
    ],
)
def test_the_sentence_says_which_way_is_better(topic, better, lower, higher):
    item = unsafe(topic=topic, better=better, recall_months=12)
    much, little = (wave_of(yes_no(yes, 400 - yes), item) for yes in (200, 80))

    fell = compare_surveys_before_after(much, little, overlap=Overlap.NOTHING)
    rose = compare_surveys_before_after(little, much, overlap=Overlap.NOTHING)

    assert fell.summary().endswith(f"Compared with the time before: {lower}.")
    assert rose.summary().endswith(f"Compared with the time before: {higher}.")


def test_nothing_is_said_to_be_better_that_cannot_be_told_from_chance():
    found = compare_surveys_before_after(
        wave_of(yes_no(160, 240)), wave_of(yes_no(150, 250)), overlap=Overlap.NOTHING
    )

    assert told(found)["turned"] == "cannot be told"
    assert found.summary().endswith("That is not sure enough to say which way it turned.")


def test_a_comparison_is_named_in_the_sentence():
    assert (
        north_and_south()
        .summary()
        .endswith("Compared with what the comparison areas led to expect: safer.")
    )


def test_several_items_are_judged_together():
    items = (unsafe(), trust())
    first, second = (
        wave_of(yes_no(yes, 400 - yes, trust=[3, 4, 2, 5] * 100), *items) for yes in (160, 130)
    )

    found = compare_surveys_before_after(first, second, overlap=Overlap.NOTHING)

    row = told(found)
    assert row["p_value"] < 0.05 < row["p_holm"]
    assert row["p_holm"] == pytest.approx(2 * row["p_value"])
    assert "Allowing for all items at once, 0 of 2 differ beyond chance" in found.summary()
    assert "2 items are compared at once" in said(found)


def test_incidents_are_per_thousand_people():
    item = unsafe(
        name="Thefts", column="thefts", topic=Topic.VICTIMIZATION, counted=(), recall_months=12,
        series_rule=CSEW_5,
    )  # fmt: skip
    first, second = (
        wave_of(pd.DataFrame({"thefts": thefts}), item)
        for thefts in ([0, 0, 0, 2] * 100, [0, 0, 0, 1] * 100)
    )

    found = compare_surveys_before_after(first, second, overlap=Overlap.NOTHING)

    assert found.effects["Thefts"].effect == RateDifference(-250.0, per=1000)
    assert "250.0 fewer incidents per 1,000" in found.summary()


def test_what_changed_between_the_waves_is_said():
    before = wave_of(yes_no(160, 240), mode="telephone", response_rate=0.6)
    after = wave_of(yes_no(12, 40), unsafe(wording="Is it safe?"), mode="post", response_rate=0.45)

    found = compare_surveys_before_after(before, after, overlap=Overlap.NOTHING)

    words = said(found).replace("\N{NO-BREAK SPACE}", " ")
    assert "The wording changed between the waves" in words
    assert "asked by telephone before and by post after" in words
    assert "60 % took part before and 45 % after" in words
    assert "has 52 answers" in words
    silent = wave_of(yes_no(160, 240), response_rate=None)
    unknown = compare_surveys_before_after(silent, before, overlap=Overlap.NOTHING)
    assert "How many of those drawn took part is not stated" in said(unknown)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"recall_months": 12}, "asks about now before and 12 months after"),
        ({"highest": 4}, "The scale of"),
        ({"counted": (0,)}, "The answers that count of"),
        ({"series_rule": NCVS_10}, "The rule for series of"),
        ({"better": Better.HIGHER}, "The direction of"),
        ({"name": "Another"}, "the second has no such item"),
    ],
)
def test_waves_that_did_not_ask_the_same_are_refused(change, match):
    with pytest.raises(InvalidRecords, match=match):
        compare_surveys_before_after(
            wave_of(yes_no(160, 240)), wave_of(yes_no(100, 300), unsafe(**change)),
            overlap=Overlap.NOTHING,
        )  # fmt: skip


def test_what_waves_have_in_common_is_checked():
    people = pd.DataFrame({"person": range(100), "unsafe": [1, 0] * 50})
    one = wave_of(people, respondent="person")
    other = wave_of(people.assign(person=people["person"] + 500), respondent="person")

    with pytest.raises(InvalidRecords, match="100 people answered in both waves"):
        compare_surveys_before_after(one, one, overlap=Overlap.NOTHING)
    with pytest.raises(InvalidRecords, match="no person stands in both"):
        compare_surveys_before_after(one, other, overlap=Overlap.PEOPLE)
    with pytest.raises(InvalidRecords, match="no cluster stands in both"):
        compare_surveys_before_after(one, other, overlap=Overlap.CLUSTERS)


def test_clusters_of_one_name_are_mentioned():
    rng = np.random.default_rng(6)
    waves = [
        wave_of(clustered(rng, clusters=10, people=20, spread=0.1), clusters="street")
        for _ in range(2)
    ]

    assert "Clusters of the same names" in said(
        compare_surveys_before_after(*waves, overlap=Overlap.NOTHING)
    )


def test_people_who_moved_to_another_cluster_are_refused():
    people = pd.DataFrame(
        {"person": range(100), "unsafe": [1, 0] * 50, "street": np.arange(100) % 10}
    )
    one = wave_of(people, clusters="street", respondent="person")
    moved = people.assign(street=(people["street"] + (people["person"] == 3)) % 10)
    other = wave_of(moved, clusters="street", respondent="person")

    with pytest.raises(InvalidRecords, match="stays in a stratum and cluster of the sample, but 1"):
        compare_surveys_before_after(one, other, overlap=Overlap.PEOPLE)


def test_too_few_answers_are_refused():
    enough, few = wave_of(yes_no(160, 240)), wave_of(yes_no(9, 20))

    with pytest.raises(CannotAnswer, match=r"needs 30 answers .* but one has 29"):
        compare_surveys_before_after(enough, few, overlap=Overlap.NOTHING)
    with pytest.raises(CannotAnswer, match="are alike"):
        compare_surveys_before_after(
            wave_of(yes_no(0, 90)), wave_of(yes_no(0, 90)), overlap=Overlap.NOTHING
        )


def test_areas_that_are_not_there_are_refused():
    before, after = (wave_of(one, area="area") for one in four_sides(FOUR))

    for areas, match in (
        ({"treated": ["west"]}, "“west” is not"),
        ({"treated": ["north"], "comparison": ["north"]}, "named as both"),
    ):
        with pytest.raises(InvalidRecords, match=match):
            compare_surveys_before_after(before, after, overlap=Overlap.NOTHING, **areas)


def test_answers_have_no_price():
    gates = example_of_gates()["outcomes"]
    found = north_and_south().effects[NAME]

    with pytest.raises(InvalidMoney, match="Answers to a survey have no price"):
        PricedOutcome(
            estimate=found, unit_cost=gates.unit_cost, persistence=gates.persistence,
            counted_by=gates.counted_by, gains=gates.gains,
        )  # fmt: skip


@pytest.mark.parametrize("item", [unsafe(), trust()], ids=["share", "score"])
def test_the_record_is_written_and_read_again(item):
    first, second = (
        wave_of(yes_no(yes, 400 - yes, trust=[3, 4, 2, level] * 100), item)
        for yes, level in ((160, 5), (120, 4))
    )
    found = compare_surveys_before_after(first, second, overlap=Overlap.NOTHING)
    effect = found.effects[item.name]

    written = write_estimate(effect)

    assert written["direction"] == "below 0 is lower than expected without the measure"
    assert read_estimate(written).effect == effect.effect


def test_scales_are_kept_apart():
    share, score = ShareDifference(0.1), ScoreDifference(0.1, scale="Trust, 1 to 5")

    with pytest.raises(TypeError):
        _ = share < score  # type: ignore[operator]
    with pytest.raises(TypeError):
        _ = share + score  # type: ignore[operator]
    with pytest.raises(ValueError, match="name of its scale"):
        ScoreDifference(0.1, scale=" ")


def test_findings_fill_the_register_of_unintended_effects():
    found = north_and_south()
    effect = found.effects[NAME]

    register = unintended_effects(
        {
            UnintendedEffect.FEAR: NotFound(how=found.summary(), estimate=effect),
            UnintendedEffect.TRUST: Found(what="Less trust", how="Survey", estimate=effect),
        }
    )

    assert len(register.of_state(Found)) == len(register.of_state(NotFound)) == 1


def test_the_picture_can_be_drawn():
    assert north_and_south().plot().to_dict()["layer"]
