"""How few places hold how much in each period, and whether they are the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.diagnosis import measure_concentration, measure_concentration_over_time
from forestall.errors import CannotAnswer
from forestall.records import Counts, periods_between, square_grid


def by_year(numbers, *, first=2010, unit="year"):
    """Make counts of places in a row from an array of periods × places."""
    numbers = np.asarray(numbers)
    grid = square_grid(
        origin=(0, 0), cell_m=100, columns=numbers.shape[1], rows=1, crs="EPSG:27700"
    )
    last = (
        pd.Timestamp(f"{first}-01-01")
        + {
            "year": pd.DateOffset(years=len(numbers)),
            "month": pd.DateOffset(months=len(numbers)),
        }[unit]
    )
    periods = periods_between(f"{first}-01-01", (last - pd.Timedelta(days=1)).date(), unit=unit)
    frame = pd.DataFrame(
        {
            "place": np.tile(np.arange(numbers.shape[1]), len(numbers)),
            "period": np.repeat(periods.starts, numbers.shape[1]),
            "incidents": numbers.ravel(),
        }
    )
    return Counts.from_frame(frame, places=grid, periods=periods)


def in_words(found):
    return " ".join(map(str, found.caveats)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_case_by_hand():
    # 20 incidents each year; half is 10: place 0 alone, then 0 and 1, then 3 alone.
    found = measure_concentration_over_time(
        by_year([[10, 5, 3, 2], [7, 6, 4, 3], [2, 3, 4, 11]]), samples=99
    )

    pairs = found.pairs
    assert found.table["places_50"].tolist() == [1, 2, 1]
    assert pairs["places_before"].tolist() == [1, 2]
    assert pairs["kept"].tolist() == [0.5, 0]
    assert pairs["entered"].tolist() == [1, 1]
    assert pairs["left"].tolist() == [0, 2]
    assert pairs["kept_if_drawn_anew"].tolist() == [0.25, 0.5]
    assert pairs["rank_correlation"].tolist() == pytest.approx([1, -1])
    assert pairs["tied_before"].tolist() == [0, 0]


def test_places_that_tie_at_the_cut_count_in_part():
    found = measure_concentration_over_time(
        by_year([[6, 2, 2, 2], [6, 2, 2, 2]]), samples=99, share=0.6
    )

    # Two places are needed: the first, and one of three: 1 + 3 (1/3)² of 2.
    assert found.pairs["kept"].tolist() == pytest.approx([2 / 3])
    assert found.pairs["tied_after"].tolist() == [3]
    assert found.pairs["entered"].tolist() == pytest.approx([2 / 3])


@pytest.mark.parametrize("place", ["camden", "chicago"])
def test_each_year_measures_as_alone_on_two_data_sets(place, request):
    counts, *_ = request.getfixturevalue(f"{place}_years")

    found = measure_concentration_over_time(counts, among="all", samples=60, level=0.9)

    for row in found.table.to_dict("records"):
        alone = measure_concentration(counts.select(period=row["period"]), among="all").row()
        for name in (
            "incidents",
            "places",
            "places_with_any",
            "places_25",
            "places_50",
            "places_80",
        ):
            assert row[name] == alone[name]
        for name in ("gini", "gini_generalised", "share_top_5"):
            assert row[name] == pytest.approx(alone[name])
        assert row["chance_places_50"] == pytest.approx(alone["chance_places_50"], abs=1.5)
        assert (
            row["chance_places_50_low"] <= row["chance_places_50"] <= row["chance_places_50_high"]
        )
    assert found.plot().to_dict()["layer"]


def test_camden_keeps_fewer_places_than_if_all_were_stable(camden_years):
    counts, *_ = camden_years

    found = measure_concentration_over_time(counts)

    pairs = found.pairs
    assert len(pairs) == 13
    assert (pairs["kept"] > pairs["kept_if_drawn_anew"]).all()
    assert pairs["kept"].mean() < pairs["kept_if_stable"].mean()
    assert (pairs["kept"] < pairs["kept_if_stable_low"]).sum() >= 4
    assert found.summary().replace("\N{NO-BREAK SPACE}", " ") == (
        "Burglary: each period 50 % was recorded in 29 to 37 of 130 areas; on average 68 % of "
        "these places had been among them the period before. If every place had kept its share "
        "it would be 73 %, if they were drawn anew 25 %."
    )
    assert "2 periods that the records do not cover wholly are left out" in in_words(found)
    assert "located incidents lie in no place" in in_words(found)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000))
def test_other_names_for_places_change_nothing(seed):
    generator = np.random.default_rng(seed)
    numbers = generator.poisson(4, (4, 12)) + 1
    order = generator.permutation(12)

    straight, moved = (
        measure_concentration_over_time(by_year(each), samples=40, level=0.9)
        for each in (numbers, numbers[:, order])
    )

    same = ["places_after", "kept", "entered", "left", "rank_correlation", "kept_if_drawn_anew"]
    pd.testing.assert_frame_equal(straight.pairs[same], moved.pairs[same])


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.integers(2, 5))
def test_more_of_everything_keeps_the_same_places(seed, factor):
    numbers = np.random.default_rng(seed).poisson(4, (3, 12)) + 1

    plain, scaled = (
        measure_concentration_over_time(by_year(each), samples=40, level=0.9)
        for each in (numbers, factor * numbers)
    )

    # Half of an odd number is rounded up, which a multiple of it need not be.
    if (numbers.sum(axis=1) % 2 == 0).all():
        assert plain.pairs["kept"].tolist() == pytest.approx(scaled.pairs["kept"].tolist())


def test_places_without_a_record_can_be_left_out():
    counts = by_year([[5, 4, 0, 0], [5, 4, 0, 0]])

    recorded, everywhere = (
        measure_concentration_over_time(counts, among=among, samples=99)
        for among in ("recorded", "all")
    )

    assert recorded.table["places"].tolist() == [2, 2]
    assert everywhere.table["places"].tolist() == [4, 4]
    assert everywhere.pairs["kept_if_drawn_anew"].tolist() == [0.25]
    assert "2 places (squares of 100 m) with at least one record" in in_words(recorded)
    assert "all 4 places" in in_words(everywhere)


def test_a_year_without_an_incident_keeps_nothing_and_stops_nothing():
    found = measure_concentration_over_time(
        by_year([[5, 4, 1], [0, 0, 0], [5, 4, 1], [5, 4, 1]]), samples=99
    )

    assert found.table["incidents"].tolist() == [10, 0, 10, 10]
    assert found.table["places_50"].tolist() == [1, 0, 1, 1]
    assert found.pairs["kept"].isna().tolist() == [True, True, False]
    assert found.table["chance_places_50"].isna().tolist() == [False, True, False, False]


def test_months_are_said_to_have_seasons():
    found = measure_concentration_over_time(by_year([[5, 4, 1]] * 4, unit="month"), samples=99)

    assert "differ by season and length" in in_words(found)
    assert "differ by season" not in in_words(
        measure_concentration_over_time(by_year([[5, 4, 1]] * 4), samples=99)
    )


def test_the_same_seed_gives_the_same_limits(camden_years):
    counts, *_ = camden_years

    first, again, other = (
        measure_concentration_over_time(counts, samples=60, level=0.9, seed=seed)
        for seed in (1, 1, 2)
    )

    pd.testing.assert_frame_equal(first.pairs, again.pairs)
    pd.testing.assert_frame_equal(first.table, again.table)
    assert not first.pairs["kept_if_stable"].equals(other.pairs["kept_if_stable"])


def test_what_cannot_be_followed_is_refused(squares, months):
    with pytest.raises(CannotAnswer, match="of 1 covered wholly 1 do"):
        measure_concentration_over_time(by_year([[5, 4, 1]]))
    with pytest.raises(CannotAnswer, match="of 2 covered wholly 0 do"):
        measure_concentration_over_time(by_year([[0, 0], [0, 0]]))
    with pytest.raises(CannotAnswer, match="by place and period"):
        measure_concentration_over_time(squares([[1, 2]]))
    with pytest.raises(CannotAnswer, match="by place and period"):
        measure_concentration_over_time(months([1, 2]))
    with pytest.raises(ValueError, match="recorded"):
        measure_concentration_over_time(by_year([[5, 4]] * 2), among="some")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="more than 20 samples"):
        measure_concentration_over_time(by_year([[5, 4]] * 2), samples=20)


def test_kinds_are_set_against_chance_with_limits(cleveland_counts):
    found = measure_concentration(cleveland_counts)

    chance = found.against_chance(samples=60, level=0.9, seed=1)

    assert chance["group"].tolist() == found.table["group"].tolist()
    assert (chance["places_50"] < chance["chance_places_50_low"])[:5].all()
    near = found.table["chance_places_50"] - chance["chance_places_50"]
    assert near.abs().max() < 1.5
    assert (chance["chance_gini_generalised"] > 0.01).all()
    pd.testing.assert_frame_equal(chance, found.against_chance(samples=60, level=0.9, seed=1))


@pytest.mark.slow
def test_stable_places_lie_within_their_limits_as_often_as_said():
    generator = np.random.default_rng(31)
    rates = generator.gamma(1.5, 4, 80) + 0.2
    within, ranks = [], []
    for run in range(80):
        numbers = generator.poisson(np.outer([1, 1.4, 0.7, 1], rates))
        pairs = measure_concentration_over_time(
            by_year(numbers), among="all", samples=199, seed=run
        ).pairs
        within += (
            pairs["kept"]
            .between(pairs["kept_if_stable_low"], pairs["kept_if_stable_high"])
            .tolist()
        )
        ranks += (
            pairs["rank_correlation"]
            .between(pairs["rank_if_stable_low"], pairs["rank_if_stable_high"])
            .tolist()
        )

    for share in (np.mean(within), np.mean(ranks)):
        assert 0.95 - 3 * np.sqrt(0.05 * 0.95 / 240) - 0.01 <= share <= 1


@pytest.mark.slow
def test_even_incidents_lie_within_the_limits_of_chance():
    generator = np.random.default_rng(32)
    within = []
    for run in range(60):
        numbers = generator.multinomial(150, np.full(60, 1 / 60), size=3)
        table = measure_concentration_over_time(by_year(numbers), among="all", seed=run).table
        for name in ("places_50", "share_top_5", "gini_generalised"):
            low, high = table[f"chance_{name}_low"], table[f"chance_{name}_high"]
            within += table[name].between(low, high).tolist()

    assert np.mean(within) >= 0.93


def test_a_period_without_an_incident_is_named_and_counts_for_nothing():
    found = measure_concentration_over_time(by_year([[3, 1], [2, 1], [0, 0], [1, 4]]))

    assert "recorded in 1 to 1 of 2" in found.summary()
    assert "1 period holds no incident in any place" in in_words(found)


def test_periods_that_are_not_in_a_row_cannot_be_compared():
    with pytest.raises(CannotAnswer, match="two periods in a row"):
        measure_concentration_over_time(by_year([[3, 1], [0, 0], [1, 4]]))
