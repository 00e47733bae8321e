"""Places are drawn by lot, reproducibly, and trials are analysed as they were drawn."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation import (
    Balance,
    Blocked,
    ErrorKind,
    MatchedPairs,
    Simple,
    SteppedWedge,
    analyse_trial,
    randomise_places,
)
from forestall.evaluation.matched_pairs import pair_alike
from forestall.evaluation.place_months import read_place_months
from forestall.evaluation.trial_reading import read_parallel, read_wedge

WEDGE = SteppedWedge(starts=(date(2025, 3, 1), date(2025, 5, 1), date(2025, 7, 1)))


def places(number=24):
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "place": [f"P{n:03d}" for n in range(number)],
            "borough": [("north", "south", "west")[n % 3] for n in range(number)],
            "homes": rng.integers(100, 900, number),
            "incidents": rng.poisson(20, number),
        }
    )


def outcomes_of(trial, *, start="2025-07-01", months=12, ratio=1.0, mean=8.0, seed=2, wedge=False):
    rng = np.random.default_rng(seed)
    rows = []
    for entry in trial.table.itertuples():
        level = mean * rng.uniform(0.5, 1.5)
        for month in pd.date_range("2025-01-01", periods=months, freq="MS"):
            since = entry.start if wedge else pd.Timestamp(start)
            there = (wedge or entry.arm == "treated") and month >= since
            rows.append((entry.place, month, rng.poisson(level * (ratio if there else 1))))
    return pd.DataFrame(rows, columns=["place", "period", "incidents"])


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(24)), st.integers(0, 10**9))
def test_the_order_of_the_rows_does_not_matter(order, seed):
    wards = places()
    for design in (Simple(), Blocked(by=("borough",)), MatchedPairs(on=("homes",)), WEDGE):
        one = randomise_places(wards, design=design, seed=seed)
        two = randomise_places(wards.iloc[list(order)], design=design, seed=seed)

        pd.testing.assert_frame_equal(one.table, two.table)
        assert one.fingerprint == two.fingerprint


def test_the_draw_stays_the_same_for_ever():
    drawn = randomise_places(places(8), design=Simple(), seed=2026)

    assert drawn.table.loc[drawn.table["arm"] == "treated", "place"].tolist() == FOR_EVER
    assert randomise_places(places(8), design=Simple(), seed=2027).fingerprint != drawn.fingerprint


FOR_EVER = ["P002", "P004", "P006", "P007"]


def test_blocks_are_shared_out():
    drawn = randomise_places(places(), design=Blocked(by=("borough",)), seed=1)

    assert (drawn.table.groupby("stratum")["arm"].value_counts() == 4).all()


@pytest.mark.parametrize(("share", "treated"), [(0.25, 2), (0.5, 4), (0.3, 2), (0.3125, 2)])
def test_a_share_of_a_block_is_rounded(share, treated):
    design = Blocked(by=("borough",), treated_share=share)

    drawn = randomise_places(places(), design=design, seed=1)

    assert (drawn.table["arm"] == "treated").groupby(drawn.table["stratum"]).sum().eq(treated).all()


def test_pairs_are_alike_and_one_of_each_is_treated():
    drawn = randomise_places(places(25), design=MatchedPairs(on=("homes", "incidents")), seed=1)
    table = drawn.table

    assert (table["arm"] == "left out").sum() == 1
    assert any("One place is left out" in str(said) for said in drawn.caveats)
    inside = table[table["arm"] != "left out"]
    assert inside.groupby("stratum")["arm"].nunique().eq(2).all()
    assert drawn.balance_table["difference"].abs().max() < 0.3


def test_exchanging_partners_brings_pairs_closer():
    # Closest first would pair 1.0 with 1.1 and leave 0 with 2.2.
    values = np.array([[0.0], [1.0], [1.1], [2.2]])

    assert pair_alike(values).tolist() == [0, 0, 1, 1]


def test_every_step_of_a_wedge_has_as_many_places_as_can_be():
    sizes = randomise_places(places(23), design=WEDGE, seed=3).table["arm"].value_counts()

    assert sorted(sizes) == [7, 8, 8]


def test_the_lot_treats_every_place_as_often():
    treated = np.zeros(12)
    for seed in range(600):
        drawn = randomise_places(places(12), design=Simple(treated=3), seed=seed)
        treated += (drawn.table["arm"] == "treated").to_numpy()

    # 150 of 600 expected, standard deviation 10.6.
    assert np.abs(treated - 150).max() < 45


def test_balance_holds_and_the_tries_are_told():
    balance = Balance(on=("homes", "incidents"), largest_difference=0.1)

    drawn = randomise_places(places(), design=Simple(), seed=5, balance=balance)

    assert drawn.balance_table["difference"].abs().max() <= 0.1
    assert drawn.tries > 1


def test_a_balance_that_cannot_be_is_refused():
    unlike = places(8).assign(homes=[0, 0, 0, 0, 0, 0, 0, 1000])

    with pytest.raises(CannotAnswer, match="allow a larger difference"):
        randomise_places(
            unlike, design=Simple(), seed=1,
            balance=Balance(on=("homes",), largest_difference=0.01, most_tries=50),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "design", "told"),
    [
        (lambda t: t.drop(columns="place"), Simple(), "needs the column “place”"),
        (lambda t: t, Blocked(by=("ward",)), "needs the column “ward”"),
        (lambda t: t.assign(place="A"), Simple(), "23 rows stand again; the first is row 1"),
        (lambda t: t.assign(homes=np.nan), MatchedPairs(on=("homes",)), "24 rows lack some"),
        (lambda t: t, MatchedPairs(on=("borough",)), "should hold numbers"),
        (lambda t: t.iloc[:3], Simple(), "needs 4 places, but there are 3"),
        (lambda t: t, Simple(treated=24), "but 24 were asked"),
    ],
)
def test_bad_lists_of_places_get_one_sentence(spoil, design, told):
    with pytest.raises((CannotAnswer, InvalidRecords), match=told):
        randomise_places(spoil(places()), design=design, seed=1)


@pytest.mark.parametrize(
    "design", [Simple(), Blocked(by=("borough",)), MatchedPairs(on=("homes",))]
)
def test_a_real_effect_is_found_and_held(design):
    trial = randomise_places(places(), design=design, seed=11)

    found = analyse_trial(
        trial, outcomes_of(trial, ratio=0.6), outcome="x", start="2025-07-01", draws=999
    )

    low, high = found.effect.limits(0.95)
    assert low.ratio < 0.6 < high.ratio < 0.8
    assert found.effect.error_kind is ErrorKind.PERMUTATION
    assert found.effect.effect == found.by_place.effect
    assert found.table["p_value"].iloc[0] <= 0.005


def test_a_wedge_finds_its_effect():
    trial = randomise_places(places(), design=WEDGE, seed=12)

    found = analyse_trial(trial, outcomes_of(trial, ratio=0.6, wedge=True), outcome="x", draws=499)

    low, high = found.effect.limits(0.95)
    assert low.ratio < 0.6 < high.ratio < 0.85
    assert found.lots == 500


def test_lots_are_drawn_as_the_design_drew():
    trial = randomise_places(places(), design=MatchedPairs(on=("homes",)), seed=13)
    matrix = read_place_months(outcomes_of(trial))

    reading = read_parallel(trial, matrix, start=pd.Timestamp("2025-07-01"), draws=9_999, seed=1)

    assert reading.exact
    assert reading.lots == 2**12
    assert reading.freedom == 11


def test_all_lots_of_a_small_wedge_are_listed():
    trial = randomise_places(places(6), design=WEDGE, seed=14)

    reading = read_wedge(
        trial, read_place_months(outcomes_of(trial, wedge=True)), draws=999, seed=1
    )

    assert (reading.lots, reading.exact) == (90, True)


def test_balanced_draws_are_held_against_balanced_lots():
    balance = Balance(on=("homes",), largest_difference=0.1)
    trial = randomise_places(places(10), design=Simple(), seed=15, balance=balance)

    found = analyse_trial(trial, outcomes_of(trial), outcome="x", start="2025-07-01", draws=999)

    assert found.exact
    assert 10 < found.lots < 252


def test_lost_places_are_told_and_take_their_partner_along():
    trial = randomise_places(places(), design=MatchedPairs(on=("homes",)), seed=16)
    outcomes = outcomes_of(trial)
    lost = trial.table["place"].iloc[0]

    found = analyse_trial(
        trial, outcomes[outcomes["place"] != lost], outcome="x", start="2025-07-01", draws=99
    )

    assert found.attrition["analysed"].tolist() == [11, 11]
    assert any(str(said).startswith("2 places that were drawn") for said in found.caveats)


def test_what_was_received_is_told_and_changes_nothing():
    trial = randomise_places(places(), design=Simple(), seed=17)
    outcomes = outcomes_of(trial)
    treated = trial.table.loc[trial.table["arm"] == "treated", "place"].tolist()
    rest = trial.table.loc[trial.table["arm"] == "comparison", "place"].tolist()

    plain, told = (
        analyse_trial(trial, outcomes, outcome="x", start="2025-07-01", draws=99, received=received)
        for received in (None, [*treated[2:], rest[0]])
    )

    assert plain.effect.effect == told.effect.effect
    assert plain.effect.p_value == told.effect.p_value
    said = " ".join(map(str, told.caveats))
    assert "2 places did not get the measure" in said
    assert "1 place got the measure against the lot" in said


def test_without_months_before_levels_are_compared():
    trial = randomise_places(places(), design=Simple(), seed=18)

    found = analyse_trial(trial, outcomes_of(trial), outcome="x", start="2025-01-01", draws=99)

    assert any("no months before" in str(said) for said in found.caveats)
    sums = outcomes_of(trial).merge(trial.table[["place", "arm"]]).groupby("arm")["incidents"]
    assert found.effect.effect.ratio == pytest.approx(
        sums.sum()["treated"] / sums.sum()["comparison"]
    )


def test_few_places_are_told():
    trial = randomise_places(places(4), design=Simple(), seed=19)

    found = analyse_trial(trial, outcomes_of(trial), outcome="x", start="2025-07-01")

    assert any("Only 6 lots could have been drawn" in str(said) for said in found.caveats)
    assert found.effect.certainty.value != "clear"


@pytest.mark.parametrize(
    ("spoil", "start", "told"),
    [
        (lambda t: t, None, "needs the day on which the measure began"),
        (lambda t: t.drop(columns="period"), "2025-07-01", "“period” is missing"),
        (lambda t: t.assign(incidents=-1), "2025-07-01", "whole numbers from 0"),
        (lambda t: pd.concat([t, t]), "2025-07-01", "288 rows stand again"),
        (lambda t: t.assign(incidents=0), "2025-07-01", "one arm has none"),
        (lambda t: t, "2026-07-01", "no month after the start"),
        (lambda t: t[t["place"] < "P002"], "2025-07-01", "every month counted, but there are 2"),
    ],
)
def test_bad_outcomes_get_one_sentence(spoil, start, told):
    trial = randomise_places(places(), design=Simple(), seed=20)

    with pytest.raises((CannotAnswer, InvalidRecords), match=told):
        analyse_trial(trial, spoil(outcomes_of(trial)), outcome="x", start=start, draws=99)


def test_the_same_seed_gives_the_same_result_and_can_be_drawn():
    trial = randomise_places(places(), design=Simple(), seed=21)
    one, two = (
        analyse_trial(trial, outcomes_of(trial), outcome="x", start="2025-07-01", draws=199)
        for _ in range(2)
    )

    pd.testing.assert_frame_equal(one.table, two.table)
    assert one.plot().to_dict() == two.plot().to_dict()
    assert trial.plot().to_dict()
    assert "drawn by lot (seed 21)" in trial.summary()


def test_beside_a_null_result_stands_what_could_have_been_seen():
    trial = randomise_places(places(), design=Simple(), seed=3)
    pairs = randomise_places(places(8), design=MatchedPairs(on=("homes",)), seed=3)

    nothing = analyse_trial(trial, outcomes_of(trial), outcome="theft", start="2025-07-01")
    hopeless = analyse_trial(pairs, outcomes_of(pairs), outcome="theft", start="2025-07-01")

    assert "finds a fall four times in five" in nothing.summary()
    # Of 16 lots none can be told from chance, whatever the fall.
    assert "finds a fall" not in hopeless.summary()
    assert "16 lots are too few for a 95 % interval" in hopeless.summary()
    assert any("has no end" in str(caveat) for caveat in hopeless.effect.caveats)
    assert not any("has no end" in str(caveat) for caveat in nothing.caveats)


def test_the_smallest_p_value_of_equal_arms_counts_the_mirror_images():
    pairs = randomise_places(places(8), design=MatchedPairs(on=("homes",)), seed=3)
    unequal = randomise_places(places(8), design=Simple(treated=2), seed=3)

    mirrored = analyse_trial(pairs, outcomes_of(pairs), outcome="theft", start="2025-07-01")
    single = analyse_trial(unequal, outcomes_of(unequal), outcome="theft", start="2025-07-01")

    assert mirrored.least_p_value == pytest.approx(2 / 16)
    assert any("below 0.125" in str(caveat) for caveat in mirrored.caveats)
    assert single.least_p_value == pytest.approx(1 / 28)
