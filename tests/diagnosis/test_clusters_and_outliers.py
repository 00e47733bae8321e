"""Places like and unlike their neighbours."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import box

from forestall.diagnosis import find_clusters_and_outliers, find_hotspots
from forestall.errors import CannotAnswer
from forestall.records import Counts, counts_from_geodataframe


def planted():
    """A high corner, a low corner, a lone high square and a lone low one, in a middling town."""
    numbers = np.random.default_rng(2).poisson(20, (20, 20))
    numbers[:5, :5], numbers[15:, 15:] = 60, 0
    numbers[2, 2], numbers[17, 17] = 0, 60
    return numbers


def test_the_four_kinds_are_found_where_they_were_planted(squares):
    found = find_clusters_and_outliers(squares(planted()))

    state = found.table["state"].to_numpy().reshape(20, 20)
    assert state[1, 1] == state[3, 2] == "high-high"
    assert state[18, 18] == state[16, 17] == "low-low"
    assert state[2, 2] == "low-high"
    assert state[17, 17] == "high-low"
    assert "high among low: 1;" in found.summary()
    assert found.plot().to_dict()["layer"]


def test_a_case_by_hand(squares):
    counts = squares([[4, 2, 0]])
    with pytest.raises(CannotAnswer, match="at least 4 places"):
        find_clusters_and_outliers(counts)

    table = find_clusters_and_outliers(squares([[5, 3, 0, 0]]), permutations=0).table

    # Mean 2; differences 3, 1, -2, -2; their squares have mean 4.5.
    assert table["local_i"].tolist() == pytest.approx(
        [3 * 1 / 4.5, 1 * 0.5 / 4.5, -2 * -0.5 / 4.5, 4 / 4.5]
    )
    assert table["expected_i"].tolist() == pytest.approx(
        [-9 / 13.5, -1 / 13.5, -4 / 13.5, -4 / 13.5]
    )
    assert table["quadrant"].tolist() == ["high-high", "high-high", "low-low", "low-low"]


def test_one_side_finds_clusters_and_the_other_outliers(squares):
    greater, less = (
        set(find_clusters_and_outliers(squares(planted()), alternative=side).table["state"])
        for side in ("greater", "less")
    )

    assert greater == {"high-high", "low-low", "neither"}
    assert {"high-low", "low-high"} <= less <= {"high-low", "low-high", "neither"}


def test_p_is_that_of_the_neighbours_sum(squares):
    numbers = np.random.default_rng(4).negative_binomial(1, 0.3, (9, 9))

    moran = find_clusters_and_outliers(squares(numbers), permutations=499, seed=7).table
    gi = find_hotspots(squares(numbers), statistic="gi", permutations=499, seed=7).table

    off_mean = numbers.ravel() != numbers.mean()
    assert moran["p_value"][off_mean].tolist() == gi["p_value"][off_mean].tolist()
    sides = np.sign(numbers.ravel() - numbers.mean())
    assert moran["z"].to_numpy() == pytest.approx(sides * gi["z"], abs=1e-12)


def test_weights_change_the_statistic_only(squares):
    row, binary = (
        find_clusters_and_outliers(squares(planted()), weights=weights, permutations=99).table
        for weights in ("row", "binary")
    )

    assert binary["local_i"].to_numpy() == pytest.approx(row["local_i"] * row["neighbours"])
    rest = [name for name in row if name not in {"local_i", "expected_i"}]
    pd.testing.assert_frame_equal(row[rest], binary[rest])


def test_a_place_at_the_mean_never_stands_out(squares):
    numbers = np.full((5, 5), 2)
    numbers[0, 0], numbers[4, 4] = 1, 3

    table = find_clusters_and_outliers(squares(numbers), adjust="none", permutations=99).table

    at_mean = table["incidents"] == 2
    assert (table.loc[at_mean, "p_value"] == 1).all()
    assert (table.loc[at_mean, "state"] == "neither").all()


def test_a_place_so_high_that_it_lifts_the_mean_gets_no_wrong_name(squares):
    numbers = np.zeros((6, 6), dtype=int)
    numbers[2, 2], numbers[1:4, 1] = 900, 9

    table = find_clusters_and_outliers(
        squares(numbers), adjust="none", level=0.2, permutations=999
    ).table

    # Its neighbours are high among the other places, but below the mean that it lifts itself.
    row = table.iloc[2 * 6 + 2]
    assert (row["quadrant"], row["state"]) == ("high-low", "neither")
    assert row["p_value"] <= 0.2


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15
)
@given(st.integers(0, 10_000))
def test_turning_and_doubling_change_no_score(squares, seed):
    numbers = np.random.default_rng(seed).negative_binomial(1, 0.3, (7, 9))
    numbers[0, 0] += 1

    plain, turned, doubled = (
        find_clusters_and_outliers(squares(made), permutations=0).table
        for made in (numbers, np.rot90(numbers), 2 * numbers)
    )

    assert doubled["z"].to_numpy() == pytest.approx(plain["z"], abs=1e-9)
    assert doubled["local_i"].to_numpy() == pytest.approx(plain["local_i"], abs=1e-9)
    back = np.rot90(turned["local_i"].to_numpy().reshape(9, 7), -1).ravel()
    assert back == pytest.approx(plain["local_i"].to_numpy(), abs=1e-9)


def wards(people, incidents, shape=(8, 8)):
    """Square wards with people and incidents."""
    row, column = np.indices(shape).reshape(2, -1)
    frame = gpd.GeoDataFrame(
        {"ward": np.arange(row.size), "people": people, "burglaries": incidents},
        geometry=box(column * 100, row * 100, column * 100 + 100, row * 100 + 100),
        crs="EPSG:27700",
    )
    return counts_from_geodataframe(frame, incidents="burglaries", code="ward", population="people")


def test_rates_find_what_counts_hide():
    generator = np.random.default_rng(3)
    people = np.full((8, 8), 9_000.0)
    people[:3, :3] = 900
    rate = np.full((8, 8), 0.01)
    rate[:3, :3] = 0.1
    counts = wards(people.ravel(), generator.poisson(people * rate).ravel())

    by_count = find_clusters_and_outliers(counts).table["state"]
    by_rate = find_clusters_and_outliers(counts, population="people").table

    assert not by_count.str.startswith("high-high")[:3].any()
    assert by_rate["state"][[0, 1, 8, 9]].tolist() == ["high-high"] * 4
    assert by_rate["rate"].to_numpy() == pytest.approx(by_rate["incidents"] / by_rate["population"])


def test_rates_by_permutation_agree_with_brute_force():
    generator = np.random.default_rng(5)
    people = generator.integers(500, 5_000, 64).astype(float)
    counts = wards(people, generator.poisson(people * 0.01))

    table = find_clusters_and_outliers(counts, population="people", permutations=19_999).table

    values = table["standardised_rate"].to_numpy()
    for place in (0, 20, 63):
        k, draws = table["neighbours"][place], 20_000
        row, column = divmod(place, 8)
        near = [
            8 * r + c
            for r in range(max(row - 1, 0), min(row + 2, 8))
            for c in range(max(column - 1, 0), min(column + 2, 8))
            if (r, c) != (row, column)
        ]
        others = np.tile(np.delete(values, place), (draws, 1))
        sums = generator.permuted(others, axis=1)[:, :k].sum(axis=1)
        tail = min((sums >= values[near].sum()).mean(), (sums <= values[near].sum()).mean())
        assert table["p_value"][place] / 2 == pytest.approx(
            tail, abs=5 * np.sqrt(2 * tail * (1 - tail) / draws) + 1e-3
        )


def test_areas_without_population_are_left_out_and_counted():
    people = np.full(64, 1_000.0)
    people[[0, 9]] = [np.nan, 0]
    counts = wards(people, np.random.default_rng(1).poisson(10, 64))

    found = find_clusters_and_outliers(counts, population="people", permutations=99)

    assert len(found.table) == 62
    # Ward 1 touches 0, 2, 8, 9 and 10, of which two are left out.
    assert found.table["neighbours"].iloc[0] == 3
    assert "2 places without a known population are left out." in " ".join(map(str, found.caveats))


def test_what_cannot_be_answered_is_refused(squares):
    with pytest.raises(CannotAnswer, match="places="):
        find_clusters_and_outliers(Counts.from_frame(pd.DataFrame({"incidents": [4]})))
    with pytest.raises(CannotAnswer, match="same number"):
        find_clusters_and_outliers(squares(np.ones((4, 4), dtype=int)))
    with pytest.raises(CannotAnswer, match="none has an incident"):
        find_clusters_and_outliers(squares(np.zeros((4, 4), dtype=int)))
    with pytest.raises(CannotAnswer, match="“people” is not known"):
        find_clusters_and_outliers(squares(planted()), population="people")
    with pytest.raises(CannotAnswer, match="No place has a neighbour"):
        find_clusters_and_outliers(squares(planted()), distance_m=50)
    with pytest.raises(ValueError, match="Adjust by"):
        find_clusters_and_outliers(squares(planted()), adjust="fdr")  # type: ignore[arg-type]


@pytest.mark.parametrize("weights", ["row", "binary"])
def test_of_a_place_without_neighbours_nothing_is_said(weights):
    frame = gpd.GeoDataFrame(
        {"area": list("abcde"), "thefts": [9, 1, 2, 4, 30]},
        geometry=[box(100 * i, 0, 100 * i + 100, 100) for i in (0, 1, 2, 3, 50)],
        crs="EPSG:27700",
    )
    counts = counts_from_geodataframe(frame, code="area", incidents="thefts")

    lone = find_clusters_and_outliers(counts, weights=weights, permutations=99).table.loc[4]

    assert lone[["local_i", "expected_i", "z", "p_value", "p_bh"]].isna().all()
    assert lone["quadrant"] == ""
    assert lone["state"] == "neither"


@pytest.mark.parametrize("permutations", [0, 99])
def test_the_normal_approximation_is_told(squares, permutations):
    found = find_clusters_and_outliers(squares(planted()), permutations=permutations)

    told = any("normal approximation" in str(each) for each in found.caveats)
    assert told == (permutations == 0)
