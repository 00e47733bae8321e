import math
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from forestall.errors import CannotAnswer, InvalidRecords
from forestall.evaluation import (
    PlaceChoice,
    Span,
    assess_displacement,
    assess_displacement_by_kind,
    cells_with_surroundings,
    compare_before_after,
    permute_places,
)


def table(*rows, columns=("group", "ring")):
    """Rows of what they are, then before and after."""
    keys = len(columns)
    return pd.DataFrame(
        [
            (*row[:keys], when, row[keys + late])
            for row in rows
            for late, when in enumerate(("before", "after"))
        ],
        columns=[*columns, "when", "incidents"],
    )


def with_distances(counts, width=100.0):
    outer = counts["ring"] * width
    return counts.assign(outer_m=outer, inner_m=(outer - width).clip(lower=0))


def test_each_ring_is_set_against_the_comparison():
    counts = table(("treated", 0, 100, 60), ("treated", 1, 50, 60), ("comparison", 0, 200, 220))

    found = assess_displacement(counts, outcome="theft")

    rows = found.table.set_index("ring")
    assert rows.loc[0, "expected"] == pytest.approx(110)
    assert rows.loc[1, "difference"] == pytest.approx(60 - 55)
    assert rows.loc[1, "ratio"] == pytest.approx(60 / 55)
    chance = found.profile[1][0].estimate
    assert chance.standard_error == pytest.approx(math.sqrt(1 / 50 + 1 / 60 + 1 / 200 + 1 / 220))
    assert found.net.estimate.effect.incidents == pytest.approx(120 - 165)
    assert found.trend is None


def test_areas_are_the_sizes_and_the_days_are_kept():
    counts = table(("treated", 0, 100, 60), ("treated", 1, 50, 60), ("comparison", 0, 200, 220))
    areas = {("treated", 0): 0.5, ("treated", 1): 1.5, ("comparison", 0): 1.0}
    counts["area_km2"] = [areas[pair] for pair in zip(counts["group"], counts["ring"], strict=True)]
    spans = [
        Span(first=date(2023, 1, 1), last=date(2023, 12, 31)),
        Span(first=date(2024, 1, 1), last=date(2024, 12, 30)),
    ]

    cells = cells_with_surroundings(counts)
    found = assess_displacement(counts, outcome="theft", before=spans[0], after=spans[1])

    assert [group.size for group in cells.groups] == [0.5, 1.0, 1.5]
    difference = compare_before_after(cells, outcome="theft").difference
    assert difference.effect.incidents == pytest.approx(-40 - 20 / 2)
    assert [found.net.estimate.sample.before, found.net.estimate.sample.after] == spans


def test_a_ring_of_the_comparison_is_used_where_it_has_incidents():
    counts = table(
        ("treated", 0, 100, 60),
        ("treated", 1, 50, 60),
        ("treated", 2, 50, 60),
        ("comparison", 0, 200, 220),
        ("comparison", 1, 40, 80),
        ("comparison", 2, 0, 0),
    )

    rows = assess_displacement(counts, outcome="theft").table.set_index("ring")

    assert rows.loc[1, "expected"] == pytest.approx(100)
    assert rows.loc[2, "expected"] == pytest.approx(55)


@pytest.mark.parametrize(
    ("around", "words"),
    [
        ((300, 420), "may have moved"),
        ((300, 190), "may have spread"),
        ((300, 315), "cannot be told"),
    ],
)
def test_what_happened_around_is_said(around, words):
    counts = table(("treated", 0, 300, 150), ("treated", 1, *around), ("comparison", 0, 2000, 2000))

    found = assess_displacement(counts, outcome="theft")

    assert words in str(found.around_in_words())
    assert words in found.summary()


def test_a_trend_with_distance_is_that_of_a_weighted_line():
    counts = with_distances(
        table(
            ("treated", 0, 900, 400),
            ("treated", 1, 800, 480),
            ("treated", 2, 900, 720),
            ("treated", 3, 1000, 980),
            ("comparison", 0, 3000, 3300),
        )
    )

    found = assess_displacement(counts, outcome="theft")

    logs = np.log([480 / 800, 720 / 900, 980 / 1000])
    weights = 1 / np.array([1 / 800 + 1 / 480, 1 / 900 + 1 / 720, 1 / 1000 + 1 / 980])
    assert found.trend is not None
    slope = np.polyfit([0.5, 1.5, 2.5], logs, 1, w=np.sqrt(weights))[0]
    assert found.trend.effect.log == pytest.approx(slope)
    assert "the more incidents" in found.summary()


@pytest.mark.parametrize(
    ("rows", "error", "words"),
    [
        ([("treated", 0, 5, 4), ("comparison", 0, 5, 4)], CannotAnswer, "at least one ring"),
        ([("treated", 1, 5, 4), ("comparison", 0, 5, 4)], CannotAnswer, "treated places"),
        ([("treated", 0, 5, 4), ("treated", 1, 5, 4)], CannotAnswer, "comparison places"),
        ([("buffer", 0, 5, 4)], InvalidRecords, "treated or comparison"),
        ([("treated", -1, 5, 4)], InvalidRecords, "“ring” holds whole numbers"),
        ([("treated", 0, 5, 4.5)], InvalidRecords, "“incidents” holds whole numbers"),
    ],
)
def test_bad_tables_get_one_clear_sentence(rows, error, words):
    with pytest.raises(error, match=words):
        assess_displacement(table(*rows), outcome="theft")


def test_a_missing_column_is_named():
    with pytest.raises(InvalidRecords, match="no “ring”"):
        assess_displacement(table(("treated", 5, 4), columns=("group",)), outcome="theft")


KINDS = ("Burglary", "Theft")


def error_of(estimate) -> float:
    assert estimate.standard_error is not None
    return float(estimate.standard_error)


def kinds(burglary, theft, *, ring=0):
    columns = ("group", "ring", "kind")
    return table(
        ("treated", ring, "Burglary", *burglary),
        ("treated", ring, "Theft", *theft),
        ("comparison", ring, "Burglary", 800, 800),
        ("comparison", ring, "Theft", 800, 800),
        columns=columns,
    )


def test_a_rise_of_another_kind_is_named():
    found = assess_displacement_by_kind(
        kinds((200, 100), (200, 340)), outcome="crime", aimed_at=["Burglary"]
    )

    rows = found.table.set_index("kind")
    assert found.summary() == "More than expected, as if moved: Theft."
    assert rows.loc["Theft", "ratio"] == pytest.approx(1.7)
    assert np.isnan(rows["p_holm"].to_numpy(dtype=float)).tolist() == [True, False]


def test_what_the_measure_aims_at_is_no_side_effect():
    found = assess_displacement_by_kind(
        kinds((200, 100), (200, 205)), outcome="crime", aimed_at=["Burglary"]
    )

    assert found.summary().startswith("No change of another kind can be told from chance; a fall")
    error = error_of(found.estimates["Theft", "treated"][1].estimate)
    reach = -math.expm1(-(stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * error)
    assert found.table.set_index("kind").loc["Theft", "detectable"] == pytest.approx(reach)
    assert f"{reach:.0%}" in found.summary().replace("\xa0", "")


def test_the_fall_that_could_go_unseen_allows_for_all_kinds_looked_at():
    found = assess_displacement_by_kind(kinds((200, 190), (200, 205)), outcome="crime")

    error = max(error_of(found.estimates[kind, "treated"][1].estimate) for kind in KINDS)
    reach = -math.expm1(-(stats.norm.ppf(1 - 0.025 / 2) + stats.norm.ppf(0.8)) * error)
    assert f"{reach:.0%}" in found.summary().replace("\xa0", "")


def test_where_no_other_kind_was_looked_at_nothing_is_said_of_chance():
    found = assess_displacement_by_kind(
        kinds((200, 100), (200, 205)), outcome="crime", aimed_at=KINDS
    )

    assert found.summary() == "No other kind of incident was looked at."


def test_rings_that_borrow_the_comparison_places_are_named():
    counts = table(
        ("treated", 0, 100, 60),
        ("treated", 1, 50, 60),
        ("treated", 2, 50, 60),
        ("comparison", 0, 200, 220),
        ("comparison", 1, 40, 80),
        ("comparison", 2, 0, 0),
    )

    found = assess_displacement(counts, outcome="theft")
    without = assess_displacement(counts[counts["ring"] < 2], outcome="theft")
    by_kind = assess_displacement_by_kind(
        pd.concat([kinds((200, 100), (200, 205)), counts.assign(kind="Theft")]), outcome="crime"
    )

    assert any("comparison places themselves" in str(caveat) for caveat in found.caveats)
    assert not any("comparison places themselves" in str(caveat) for caveat in without.caveats)
    assert any("comparison places themselves" in str(caveat) for caveat in by_kind.caveats)


def test_times_of_unequal_length_are_brought_to_the_time_after():
    counts = table(("treated", 0, 100, 60), ("treated", 1, 50, 30), ("comparison", 0, 200, 110))
    counts["days"] = counts["when"].map({"before": 730, "after": 365})

    cells = cells_with_surroundings(counts)

    found = compare_before_after(replace(cells, buffer=None), outcome="theft").differences[0]
    assert found.estimate.effect.incidents == pytest.approx((60 - 50) - (110 - 100))
    assert found.estimate.standard_error == pytest.approx(math.sqrt(60 + 25 + 110 + 50))
    with pytest.raises(InvalidRecords, match="one length"):
        cells_with_surroundings(counts.assign(days=[1, 2, 3, 4, 5, 6]))


def test_kinds_around_the_places_stand_in_rows_of_their_own():
    counts = pd.concat([kinds((200, 100), (200, 205)), kinds((200, 190), (200, 205), ring=1)])

    found = assess_displacement_by_kind(counts, outcome="crime", aimed_at=["Burglary"])

    assert found.table["where"].tolist() == ["treated", "around"] * 2
    assert set(found.estimates) == {
        (kind, where) for kind in ("Burglary", "Theft") for where in ("treated", "around")
    }


def test_kinds_are_checked():
    with pytest.raises(InvalidRecords, match="“Arson” is not there"):
        assess_displacement_by_kind(kinds((9, 9), (9, 9)), outcome="crime", aimed_at=["Arson"])
    with pytest.raises(CannotAnswer, match="No kind"):
        assess_displacement_by_kind(kinds((0, 0), (0, 0)), outcome="crime")


def places(seed=4, fall=0.5, number=12):
    generator = np.random.default_rng(seed)
    treated = np.arange(number) < number // 2
    return pd.DataFrame(
        {
            "place": np.arange(number),
            "treated": treated,
            "before": generator.poisson(60, number),
            "after": generator.poisson(np.where(treated, 60 * fall, 60)),
            "before_around": generator.poisson(40, number),
            "after_around": generator.poisson(40, number),
        }
    )


def test_all_choices_are_used_where_there_are_few():
    found = permute_places(places(), outcome="theft", chosen=PlaceChoice.RANDOM, seed=1)

    assert found.table["assignments"].tolist() == [924] * 3
    assert found.table["exact"].all()
    assert found.direct.p_value == pytest.approx(2 / 924, abs=3 / 924)
    rows = found.table.set_index("measure")
    assert rows["p_value"].to_numpy()[1] > 0.05
    assert rows["effect"].to_numpy()[2] < 0
    assert "of 924 choices of places" in found.summary()


def test_by_hand_the_p_value_is_the_share_as_far_from_no_effect():
    rows = places(number=6)

    found = permute_places(rows, outcome="theft", chosen=PlaceChoice.RANDOM, seed=1)

    from itertools import combinations

    def log_ratio(chosen):
        inside = rows["place"].isin(chosen)
        sums = [
            rows.loc[mask, when].sum() for mask in (inside, ~inside) for when in ("before", "after")
        ]
        return math.log(sums[1] / sums[0] / (sums[3] / sums[2]))

    observed = abs(log_ratio((0, 1, 2)))
    far = [abs(log_ratio(chosen)) >= observed - 1e-9 for chosen in combinations(range(6), 3)]
    assert found.direct.p_value == pytest.approx(np.mean(far))


def test_an_interval_is_never_surer_than_the_p_value():
    found = permute_places(places(number=6), outcome="theft", chosen=PlaceChoice.RANDOM, seed=1)

    # Of 20 choices, two are as far: no interval at 95 % may leave out no effect.
    assert found.direct.p_value == pytest.approx(0.1)
    assert found.direct.interval(0.95).holds(0)
    assert not found.direct.interval(0.80).holds(0)


def test_draws_are_reproducible_and_never_give_zero():
    rows = places(number=40, fall=0.2)

    one, other = (
        permute_places(rows, outcome="theft", chosen=PlaceChoice.RANDOM, permutations=999, seed=7)
        for _ in range(2)
    )

    assert one.table.equals(other.table)
    assert one.direct.p_value == pytest.approx(1 / 1000)
    assert not one.table["exact"].any()


def test_only_places_of_one_stratum_change_roles():
    rows = places(number=12).assign(stratum=[0, 1, 2, 3, 4, 5] * 2)

    found = permute_places(rows, outcome="theft", chosen=PlaceChoice.RANDOM, seed=1)

    assert found.table["assignments"].tolist() == [2**6] * 3


def test_how_places_were_chosen_decides_what_is_allowed():
    rows = places()

    with pytest.raises(CannotAnswer, match="needs strata"):
        permute_places(rows, outcome="theft", chosen=PlaceChoice.RECENT_COUNTS, seed=1)
    paired = permute_places(
        rows.assign(stratum=[0, 1, 2, 3, 4, 5] * 2),
        outcome="theft",
        chosen=PlaceChoice.RECENT_COUNTS,
        seed=1,
    )
    assert any("not chosen by lot" in str(caveat) for caveat in paired.caveats)
    random = permute_places(rows, outcome="theft", chosen=PlaceChoice.RANDOM, seed=1)
    assert not any("not chosen by lot" in str(caveat) for caveat in random.caveats)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (
            lambda rows: rows.head(4).assign(treated=[True, False, False, False]),
            CannotAnswer,
            "there are 4",
        ),
        (lambda rows: rows.assign(place=0), InvalidRecords, "has several"),
        (lambda rows: rows.assign(before=-1), InvalidRecords, "whole numbers"),
        (lambda rows: rows.assign(treated="yes"), InvalidRecords, "true or false"),
        (lambda rows: rows.drop(columns="after"), InvalidRecords, "no “after”"),
    ],
)
def test_bad_places_get_one_clear_sentence(change, error, words):
    with pytest.raises(error, match=words):
        permute_places(change(places()), outcome="theft", chosen=PlaceChoice.RANDOM, seed=1)


def test_results_can_be_drawn():
    counts = with_distances(
        table(("treated", 0, 100, 60), ("treated", 1, 50, 60), ("comparison", 0, 200, 220))
    )

    for result in (
        assess_displacement(counts, outcome="theft"),
        assess_displacement(counts.drop(columns="inner_m"), outcome="theft"),
        assess_displacement_by_kind(kinds((9, 9), (9, 9)), outcome="crime"),
        permute_places(places(), outcome="theft", chosen=PlaceChoice.RANDOM, seed=1),
    ):
        assert result.plot().to_dict()["config"]
