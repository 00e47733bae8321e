"""Agreement of two appraisers: kappa, its error, the paradox, and what is to be settled."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from forestall._stats.kappa import gwet_ac1, jackknife_error, kappa
from forestall.errors import CannotAnswer
from forestall.evidence.appraisal import (
    ANSWER_SCALE,
    EMMIE_SCALE,
    RISK_SCALE,
    Order,
    RatingScale,
    compare_appraisers,
    example_bias_form,
    judge_risk_of_bias,
    risks_side_by_side,
)

# Fleiss, Cohen & Everitt (1969), three diagnoses; Fleiss (1981), table 13.1; the answers of 91
# couples in Agresti (2002), as in R's vcd; Feinstein & Cicchetti (1990) in Gwet (2008).
DIAGNOSES = np.array([[106.0, 10, 4], [22, 28, 10], [2, 12, 6]])
PSYCHIATRISTS = np.array([[75.0, 1, 4], [5, 4, 1], [0, 0, 10]])
COUPLES = np.array([[7.0, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
PARADOX = np.array([[118.0, 5], [2, 0]])
YES_NO = RatingScale(values=("yes", "no"), order=Order.NOMINAL)


def ratings(first, second, item="effect"):
    studies = [f"s{number}" for number in range(len(first))]
    return pd.DataFrame(
        {"study": studies, "item": item, "first": list(first), "second": list(second)}
    )


def spread_out(counts, scale):
    pairs = [
        (scale.values[row], scale.values[column])
        for row, column in np.ndindex(counts.shape)
        for _ in range(int(counts[row, column]))
    ]
    return ratings([one for one, _ in pairs], [two for _, two in pairs])


def any_counts(size=3):
    cells = st.lists(st.integers(0, 12), min_size=size**2, max_size=size**2)
    return cells.filter(any).map(lambda found: np.array(found, dtype=float).reshape(size, size))


def test_kappa_by_hand():
    # 20 + 15 of 50 agree: 0.7. By chance 0.5 x 0.6 + 0.5 x 0.4 = 0.5. (0.7 - 0.5) / 0.5 = 0.4.
    found = kappa(np.array([[20.0, 5], [10, 15]]), weights="none")

    assert found.value == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("counts", "weights", "value", "error"),
    [
        (DIAGNOSES, "none", 0.429, 0.002885**0.5),
        (PSYCHIATRISTS, "none", 0.676, 0.0877),
        (COUPLES, "none", 0.1293, 0.06860),
        (COUPLES, "linear", 0.2374, 0.07832),
    ],
)
def test_published_values_come_out(counts, weights, value, error):
    found = kappa(counts, weights=weights)

    assert found.value == pytest.approx(value, abs=6e-4)
    assert found.error == pytest.approx(error, abs=6e-5)


def test_the_published_paradox_comes_out():
    assert kappa(PARADOX, weights="none").value == pytest.approx(-0.0234, abs=5e-5)
    assert gwet_ac1(PARADOX).value == pytest.approx(0.9408, abs=5e-5)


@pytest.mark.parametrize("counts", [DIAGNOSES, PSYCHIATRISTS, COUPLES, PARADOX])
@pytest.mark.parametrize(
    ("weights", "theirs"), [("none", None), ("linear",) * 2, ("quadratic",) * 2]
)
def test_a_second_implementation_finds_the_same(counts, weights, theirs):
    expected = cohens_kappa(counts, wt=theirs)

    found = kappa(counts, weights=weights)

    assert found.value == pytest.approx(expected.kappa, abs=1e-12)
    assert found.error == pytest.approx(expected.std_kappa, abs=1e-9)


def test_a_third_implementation_finds_the_same_from_single_ratings():
    rated = spread_out(COUPLES, RISK_SCALE)

    found = compare_appraisers(rated, scale=RISK_SCALE).table.iloc[0]

    for column, weights in (("kappa", None), ("linear", "linear"), ("quadratic", "quadratic")):
        expected = cohen_kappa_score(
            rated["first"], rated["second"], labels=list(RISK_SCALE.values), weights=weights
        )
        assert found[column] == pytest.approx(expected)


@pytest.mark.parametrize("counts", [DIAGNOSES, PSYCHIATRISTS, COUPLES])
@pytest.mark.parametrize(
    "measure",
    [
        lambda counts: kappa(counts, weights="none"),
        lambda counts: kappa(counts, weights="linear"),
        lambda counts: kappa(counts, weights="quadratic"),
        gwet_ac1,
    ],
)
def test_the_error_is_close_to_leaving_out_each_rating_in_turn(counts, measure):
    left_out = []
    for row, column in np.ndindex(counts.shape):
        without = counts.copy()
        without[row, column] -= 1
        left_out += [measure(without).value] * int(counts[row, column])

    assert measure(counts).error == pytest.approx(jackknife_error(np.array(left_out)), rel=0.04)


def test_the_error_is_close_to_drawing_ratings_again():
    lots = np.random.default_rng(7)
    shares = (COUPLES / COUPLES.sum()).ravel()
    drawn = lots.multinomial(int(COUPLES.sum()), shares, size=3000).reshape(-1, 4, 4)

    spread = np.std([kappa(one.astype(float), weights="linear").value for one in drawn])

    assert kappa(COUPLES, weights="linear").error == pytest.approx(spread, rel=0.06)


@given(any_counts(), st.sampled_from(["none", "linear", "quadratic"]))
def test_kappa_lies_between_minus_1_and_1_and_is_symmetrical(counts, weights):
    found, turned = kappa(counts, weights=weights), kappa(counts.T, weights=weights)

    assert np.isnan(found.value) or -1 - 1e-9 <= found.value <= 1 + 1e-9
    assert found.value == pytest.approx(turned.value, nan_ok=True)
    assert found.error == pytest.approx(turned.error, nan_ok=True, abs=1e-7)


@given(any_counts())
def test_ac1_lies_between_minus_1_and_1_and_is_symmetrical(counts):
    found, turned = gwet_ac1(counts), gwet_ac1(counts.T)

    assert -1 - 1e-9 <= found.value <= 1 + 1e-9
    assert found.value == pytest.approx(turned.value)


@given(any_counts(2))
def test_weights_change_nothing_with_two_answers(counts):
    plain = kappa(counts, weights="none")

    for weights in ("linear", "quadratic"):
        assert kappa(counts, weights=weights) == pytest.approx(plain, nan_ok=True)


def test_a_near_answer_counts_in_part_where_answers_are_ordered():
    near = compare_appraisers(ratings("01234", "01233"), scale=EMMIE_SCALE).table.iloc[0]

    assert near["kappa"] < near["linear"] < near["quadratic"] < 1


def test_answers_without_order_have_no_weighted_kappa():
    found = compare_appraisers(
        ratings(["yes", "no", "no"], ["yes", "no", "probably no"]), scale=ANSWER_SCALE
    )

    assert found.table[["linear", "quadratic"]].isna().all(axis=None)
    assert found.disagreements["apart"].isna().all()


def test_what_is_to_be_settled_starts_with_the_farthest_apart():
    found = compare_appraisers(ratings("0124", "0130"), scale=EMMIE_SCALE)

    assert list(found.disagreements["apart"]) == [4, 1]
    assert list(found.disagreements["study"]) == ["s3", "s2"]
    assert "2 are to be settled" in found.summary()


def test_kappa_is_empty_where_all_answers_are_the_same():
    found = compare_appraisers(ratings(["yes"] * 3, ["yes"] * 3), scale=YES_NO)

    assert found.table["kappa"].isna().all()
    assert found.table.iloc[0]["share"] == 1
    assert found.summary() == "Both appraisers gave the same answer 3 times."
    assert "is not defined" in " ".join(map(str, found.caveats))


def test_the_paradox_is_told():
    found = compare_appraisers(spread_out(PARADOX, YES_NO), scale=YES_NO)

    assert "kappa is low (−0.02) though they agree (AC1 0.94)" in str(found.caveats[-1])


def test_ratings_of_one_appraiser_only_are_left_out_and_counted():
    rated = ratings(["yes", "no", None], ["yes", "no", "no"])

    found = compare_appraisers(rated, scale=YES_NO)

    assert found.table.iloc[0]["pairs"] == 2
    assert "1 rating was given by one appraiser only" in str(found.caveats[1])


def test_all_items_together_take_their_error_from_studies():
    items = [ratings(["yes", "no"] * 10, ["yes", "no"] * 8 + ["no", "yes"] * 2, i) for i in "abc"]

    table = compare_appraisers(pd.concat(items, ignore_index=True), scale=YES_NO).table

    assert list(table["item"]) == ["a", "b", "c", "all items"]
    one, together = table.iloc[0], table.iloc[-1]
    assert together["kappa"] == pytest.approx(one["kappa"])
    # The three items say the same of each study, so they know no more than one of them.
    assert together["error"] == pytest.approx(one["error"], rel=0.1)


def test_judgements_of_two_appraisers_are_laid_side_by_side():
    judged = judge_risk_of_bias(example_bias_form())

    found = compare_appraisers(risks_side_by_side([judged], [judged]), scale=RISK_SCALE)

    assert len(found.table) == len(judged.domains) + 2
    assert found.disagreements.empty


def test_a_result_judged_twice_by_one_appraiser_is_refused():
    judged = judge_risk_of_bias(example_bias_form())

    with pytest.raises(ValueError, match="stands twice"):
        risks_side_by_side([judged, judged], [judged])


def test_the_chart_shows_items_that_have_a_kappa():
    rated = pd.concat(
        [ratings(["yes", "no"], ["yes", "no"], "a"), ratings(["yes"], ["yes"], "b")],
        ignore_index=True,
    )

    chart = compare_appraisers(rated, scale=YES_NO).plot().to_dict()

    labels = {row.get("item") for rows in chart["datasets"].values() for row in rows}
    assert labels - {None} == {"a", "all items"}


def test_nothing_rated_by_both_has_no_agreement():
    with pytest.raises(CannotAnswer, match="none has both"):
        compare_appraisers(ratings(["yes"], [None]), scale=YES_NO)


@pytest.mark.parametrize(
    ("rated", "said"),
    [
        (ratings(["yes"], ["maybe"]), "“maybe” is no value of the scale yes, no"),
        (ratings(["yes"], ["no"]).drop(columns="item"), "need the column “item”"),
        (pd.concat([ratings(["yes"], ["no"])] * 2), "s0 has two ratings of “effect”"),
    ],
)
def test_ratings_that_cannot_be_used_are_refused(rated, said):
    with pytest.raises(ValueError, match=said):
        compare_appraisers(rated, scale=YES_NO)


def test_a_scale_needs_two_values():
    with pytest.raises(ValueError, match="two values or more"):
        RatingScale(values=("yes", "yes"), order=Order.NOMINAL)
