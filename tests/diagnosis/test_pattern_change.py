"""In which places the share of incidents changed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from forestall.diagnosis import assess_pattern_change
from forestall.errors import CannotAnswer
from forestall.records import Counts, count_incidents, square_grid

QUICK = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20
)


def row(found, place):
    return found.table.set_index("place").loc[place]


def year(counts, number):
    return counts.select(period=pd.Timestamp(f"{number}-01-01"))


def test_the_example_of_the_r_package_comes_out_as_published(squares):
    # README of the R package sppt: six areas, eight base points, nine test points.
    base, test = squares([[2, 2, 2, 1, 0, 1]]), squares([[2, 1, 2, 2, 1, 1]])

    found = assess_pattern_change(base, test, test="resampling", seed=1)

    assert found.table["share_before"].tolist() == [0.25, 0.25, 0.25, 0.125, 0, 0.125]
    assert found.table["low"].tolist() == [0.125, 0, 0.125, 0.125, 0, 0]
    assert found.table["high"].tolist() == [0.25, 0.125, 0.25, 0.25, 0.125, 0.125]
    assert found.table["state"].tolist() == ["similar", "lower", *["similar"] * 4]
    assert found.s_index == found.s_index_robust == pytest.approx(5 / 6)


def test_a_case_by_hand(squares):
    before, after = squares([[30, 70, 0]]), squares([[50, 50, 0]])

    found = assess_pattern_change(before, after, adjust="none")

    # 2 × 2 table 30, 70, 50, 50: chi-square = 200 (30·50 − 50·70)² / (80·120·100·100) = 8.33.
    assert row(found, 0)["p_value"] == pytest.approx(0.00389, abs=1e-5)
    assert row(found, 0)["state"] == "higher"
    assert row(found, 1)["state"] == "lower"
    assert row(found, 0)["difference"] == pytest.approx(0.2)
    assert found.s_index == pytest.approx(1 / 3)
    assert found.s_index_robust == 0
    assert found.share_elsewhere == pytest.approx(0.2)
    assert found.summary().replace("\N{NO-BREAK SPACE}", " ") == (
        "Of 3 squares of 100 m, 1 holds a larger share of what was recorded than before and 1 a "
        "smaller one; 1 cannot be told from before (S-index 0.33)."
    )
    assert str(found.moved_summary()).startswith(
        "Taken together, 20\N{NO-BREAK SPACE}% of the records"
    )


@pytest.mark.parametrize("test", ["chi_square", "chi_square_yates", "fisher", "resampling"])
def test_the_same_pattern_twice_has_index_one(squares, test):
    numbers = np.random.default_rng(2).poisson(20, (5, 6))

    found = assess_pattern_change(squares(numbers), squares(numbers), test=test)

    assert found.s_index == found.s_index_robust == 1
    assert found.share_elsewhere == 0
    assert found.p_value == 1


@QUICK
@given(st.integers(0, 10_000), st.integers(2, 5))
def test_more_of_everything_in_one_period_moves_no_share(squares, seed, factor):
    numbers = np.random.default_rng(seed).poisson(15, (4, 5)) + 1

    found = assess_pattern_change(squares(numbers), squares(factor * numbers))

    assert (found.table["state"] == "similar").all()
    assert found.share_elsewhere == pytest.approx(0, abs=1e-12)


@QUICK
@given(st.integers(0, 10_000))
def test_other_names_for_places_change_nothing_but_their_order(squares, seed):
    generator = np.random.default_rng(seed)
    before, after = generator.poisson(9, 20), generator.poisson(9, 20)
    order = generator.permutation(20)

    straight = assess_pattern_change(squares([before]), squares([after]))
    moved = assess_pattern_change(squares([before[order]]), squares([after[order]]))

    pd.testing.assert_series_equal(
        straight.table.set_index("place")["p_adjusted"].reindex(order).reset_index(drop=True),
        moved.table.set_index("place")["p_adjusted"].reindex(range(20)).reset_index(drop=True),
    )
    assert straight.s_index == moved.s_index


@QUICK
@given(st.integers(0, 10_000))
def test_swapping_the_periods_swaps_higher_and_lower(squares, seed):
    generator = np.random.default_rng(seed)
    before, after = squares([generator.poisson(9, 20)]), squares([generator.poisson(9, 20)])

    there, back = assess_pattern_change(before, after), assess_pattern_change(after, before)

    swapped = back.table["state"].replace({"higher": "lower", "lower": "higher"})
    assert (there.table["state"] == swapped).all()
    assert there.table["p_value"].to_numpy() == pytest.approx(back.table["p_value"].to_numpy())


@QUICK
@given(st.integers(0, 10_000))
def test_a_stricter_adjustment_never_names_more(squares, seed):
    generator = np.random.default_rng(seed)
    before, after = (
        squares([generator.poisson(9, 30)]),
        squares([generator.negative_binomial(2, 0.2, 30)]),
    )

    by, bh, none = (
        set(
            assess_pattern_change(before, after, adjust=adjust).table.query("state != 'similar'")[
                "place"
            ]
        )
        for adjust in ("by", "bh", "none")
    )

    assert by <= bh <= none


def test_base_and_test_of_the_resampling_form_are_not_symmetric(squares):
    before, after = squares([[100, 100, 12]]), squares([[1000, 1000, 200]])

    drawn_after = assess_pattern_change(before, after, test="resampling")
    drawn_before = assess_pattern_change(before, after, test="resampling", resample="before")

    assert row(drawn_after, 2)["state"] == row(drawn_before, 2)["state"] == "higher"
    # Few incidents drawn make wide limits.
    width = {
        found: row(found, 2)["high"] - row(found, 2)["low"] for found in (drawn_after, drawn_before)
    }
    assert width[drawn_before] > 1.5 * width[drawn_after]
    assert "The share before is taken as known" in str(drawn_after.caveats[0])
    assert "The share after is taken as known" in str(drawn_before.caveats[0])


def test_places_empty_both_times_are_left_out_or_kept_by_name(squares):
    before, after = squares([[30, 60, 0, 0]]), squares([[45, 45, 0, 0]])

    out = assess_pattern_change(before, after)
    kept = assess_pattern_change(before, after, empty="keep")

    assert out.table["place"].tolist() == [0, 1]
    assert kept.table["place"].tolist() == [0, 1, 2, 3]
    assert (out.s_index, out.s_index_robust) == (0.5, 0)
    # Four tests instead of two double the adjusted p-values.
    assert row(kept, 0)["p_adjusted"] == pytest.approx(2 * row(out, 0)["p_adjusted"])
    assert "2 places without an incident in both periods were not tested" in " ".join(
        map(str, out.caveats)
    )
    assert "are among the places, as similar" in " ".join(map(str, kept.caveats))


def test_the_same_seed_gives_the_same_samples(squares):
    generator = np.random.default_rng(3)
    before, after = squares([generator.poisson(9, 30)]), squares([generator.poisson(9, 30)])

    first, again, other = (
        assess_pattern_change(before, after, test="resampling", seed=seed) for seed in (1, 1, 2)
    )

    pd.testing.assert_frame_equal(first.table, again.table)
    assert not first.table["low"].equals(other.table["low"])


@pytest.mark.parametrize("place", ["camden", "chicago"])
def test_two_years_follow_first_principles_on_two_data_sets(place, request):
    counts, first, second = request.getfixturevalue(f"{place}_years")
    before, after = year(counts, first), year(counts, second)

    found = assess_pattern_change(before, after, empty="keep")

    a, b = before.per_place(), after.per_place()
    for place_row, x, y in zip(found.table.to_dict("records"), a, b, strict=True):
        if x + y:
            table = [[x, a.sum() - x], [y, b.sum() - y]]
            theirs = chi2_contingency(table, correction=False).pvalue
            assert place_row["p_value"] == pytest.approx(theirs, rel=1e-9)
    assert found.table["share_before"].sum() == pytest.approx(1)
    assert found.table["difference"].sum() == pytest.approx(0, abs=1e-12)
    assert found.plot().to_dict()["layer"]


def test_the_two_forms_tell_of_camden_what_the_page_says(camden_years):
    counts, *_ = camden_years
    before, after = year(counts, 2019), year(counts, 2023)

    tested = assess_pattern_change(before, after)
    resampled = assess_pattern_change(before, after, test="resampling")

    assert tested.table["state"].value_counts().to_dict() == {
        "similar": 125, "higher": 4, "lower": 1,
    }  # fmt: skip
    assert resampled.s_index < 0.4
    assert tested.share_elsewhere > tested.chance_share_elsewhere_high


def test_what_cannot_be_compared_is_refused(squares):
    some, nothing = squares([[1, 2], [3, 4]]), squares([[0, 0], [0, 0]])
    elsewhere = squares([[1, 2, 3]])

    with pytest.raises(CannotAnswer, match="same places"):
        assess_pattern_change(some, elsewhere)
    with pytest.raises(CannotAnswer, match="no place holds any before"):
        assess_pattern_change(nothing, some)
    with pytest.raises(CannotAnswer, match="no place holds any after"):
        assess_pattern_change(some, nothing)
    with pytest.raises(CannotAnswer, match="places="):
        assess_pattern_change(some, Counts.from_frame(pd.DataFrame({"incidents": [4]})))
    with pytest.raises(CannotAnswer, match="sample of 10% of 4 incidents is empty"):
        assess_pattern_change(some, squares([[1, 1], [1, 1]]), test="resampling", share=0.1)


@pytest.mark.parametrize("shift", [4, 5000])
def test_places_with_the_same_codes_elsewhere_are_not_the_same(shift):
    grids = [
        square_grid(origin=(x, 0), cell_m=100, columns=2, rows=1, crs="EPSG:27700")
        for x in (530_000, 530_000 + shift)
    ]
    before, after = (
        Counts.from_frame(pd.DataFrame({"place": [0, 1], "incidents": [5, 6]}), places=grid)
        for grid in grids
    )

    with pytest.raises(CannotAnswer, match="same places"):
        assess_pattern_change(before, after)


@pytest.mark.parametrize(
    ("settings_", "words"),
    [
        ({"test": "g_test"}, "Choose test among"),
        ({"adjust": "holm"}, "Choose adjust among"),
        ({"empty": "drop"}, "Choose empty among"),
        ({"resample": "both"}, "Choose resample among"),
        ({"test": "resampling", "adjust": "bh"}, "no p-values to adjust"),
        ({"level": 1.0}, "between 0 and 1"),
        ({"share": 85}, "between 0 and 1"),
        ({"samples": 20}, "more than 20 samples"),
    ],
)
def test_wrong_settings_are_refused(squares, settings_, words):
    counts = squares([[5, 6], [7, 8]])

    with pytest.raises(ValueError, match=words):
        assess_pattern_change(counts, counts, **settings_)


def test_what_lies_in_no_place_is_counted(cleveland):
    grid = square_grid(
        origin=(440_000, 510_000), cell_m=1000, columns=20, rows=15, crs=cleveland.crs
    )
    counts = count_incidents(cleveland, places=grid, period="month")
    before, after = (
        counts.select(period=pd.Timestamp(f"{month}-01")) for month in ("2018-10", "2019-02")
    )
    assert before.outside + after.outside > 0

    found = assess_pattern_change(before, after)

    assert f"{before.outside + after.outside:,} located incidents lie in no place" in " ".join(
        map(str, found.caveats)
    )


@pytest.mark.slow
@pytest.mark.parametrize(("test", "adjust", "most"), [
    ("chi_square", "none", 0.053),
    ("chi_square_n_minus_1", "none", 0.053),
    ("chi_square_yates", "none", 0.050),
    ("fisher", "none", 0.050),
])  # fmt: skip
@pytest.mark.parametrize("mean", [4, 60])
def test_without_change_places_are_named_at_most_as_often_as_the_level_says(
    squares, test, adjust, most, mean
):
    generator = np.random.default_rng(11)
    rates = generator.gamma(2, mean / 2, 100) + 1

    named = [
        (
            assess_pattern_change(
                squares([generator.poisson(rates)]),
                squares([generator.poisson(1.5 * rates)]),
                test=test,
                adjust=adjust,
                samples=40,
            ).table["state"]
            != "similar"
        ).mean()
        for _ in range(120)
    ]

    assert np.mean(named) < most


@pytest.mark.slow
def test_without_change_an_adjusted_map_rarely_names_any_place(squares):
    generator = np.random.default_rng(12)
    rates = generator.gamma(2, 20, 100) + 1
    runs = 300

    wrong = sum(
        (
            assess_pattern_change(
                squares([generator.poisson(rates)]), squares([generator.poisson(rates)]), samples=40
            ).table["state"]
            != "similar"
        ).any()
        for _ in range(runs)
    )

    assert wrong / runs <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / runs)


@pytest.mark.slow
def test_without_change_the_resampling_form_names_over_half_of_busy_places(squares):
    # The number in the docstring, the caveat and the page. Limit for many incidents, with limits
    # that were known: P(|Z| > 1.96 sqrt(0.15 / 0.85) / sqrt(2)) = 0.56.
    generator = np.random.default_rng(13)
    rates = np.full(100, 200)

    named = [
        (
            assess_pattern_change(
                squares([generator.poisson(rates)]),
                squares([generator.poisson(rates)]),
                test="resampling",
            ).table["state"]
            != "similar"
        ).mean()
        for _ in range(40)
    ]

    assert 0.53 < np.mean(named) < 0.60


@pytest.mark.slow
def test_without_change_the_p_value_of_the_whole_is_uniform(squares):
    generator = np.random.default_rng(14)
    rates = generator.gamma(1, 3, 40) + 0.1
    p_values = np.array(
        [
            assess_pattern_change(
                squares([generator.poisson(rates)]),
                squares([generator.poisson(2 * rates)]),
                samples=99,
                seed=run,
            ).p_value
            for run in range(400)
        ]
    )

    for level in (0.05, 0.2, 0.5):
        share = (p_values <= level).mean()
        assert share <= level + 3 * np.sqrt(level * (1 - level) / 400)
        assert share >= level - 0.02 - 3 * np.sqrt(level * (1 - level) / 400)


def test_a_level_meant_as_a_p_value_is_refused(squares):
    some = squares([[9, 2], [3, 4]])

    with pytest.raises(ValueError, match="confidence"):
        assess_pattern_change(some, some, level=0.05)


@pytest.mark.parametrize("test", ["chi_square", "resampling"])
def test_it_is_told_that_records_are_taken_as_independent(squares, test):
    some = squares([[9, 2], [3, 4]])

    changed = assess_pattern_change(some, some, test=test)

    assert any("independent of the others" in str(each) for each in changed.caveats)
