"""Hot spots with other neighbours, the neighbours alone, and by permutation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forestall.diagnosis import find_hotspots
from forestall.errors import CannotAnswer
from forestall.records import Counts, find_neighbours, square_grid

SHARED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20
)


def gathered(seed, shape=(9, 11)):
    return np.random.default_rng(seed).negative_binomial(1, 0.3, shape)


def on_grid(numbers, *, at_risk=None, origin=(0, 0), cell_m=100):
    rows, columns = numbers.shape
    mask = np.ones(numbers.shape, dtype=bool) if at_risk is None else at_risk
    grid = square_grid(origin=origin, cell_m=cell_m, columns=columns, rows=rows, crs="EPSG:27700")
    places = type(grid)(
        origin=origin, cell_m=cell_m, columns=columns, rows=rows, crs="EPSG:27700", at_risk=at_risk
    )
    codes = np.flatnonzero(mask)
    frame = pd.DataFrame({"place": codes, "incidents": numbers.ravel()[codes]})
    return Counts.from_frame(frame, places=places)


def test_the_table_of_the_default_is_as_it_was(squares):
    table = find_hotspots(squares(gathered(1))).table

    assert table.columns.tolist() == [
        "place", "x", "y", "incidents", "neighbours", "z", "p_value", "p_bh", "p_holm", "state",
        "area",
    ]  # fmt: skip


def test_weights_of_equal_shares_change_nothing(squares):
    for statistic in ("gi_star", "gi"):
        binary, row = (
            find_hotspots(squares(gathered(2)), statistic=statistic, weights=weights).table
            for weights in ("binary", "row")
        )
        pd.testing.assert_frame_equal(binary, row)


@pytest.mark.parametrize("how", [{}, {"neighbours": "rook"}, {"distance_m": 250}])
def test_squares_without_weights_equal_the_graph(how):
    at_risk = np.random.default_rng(3).random((9, 11)) < 0.7
    counts = on_grid(gathered(3), at_risk=at_risk)
    graph = find_neighbours(counts.places, **how)

    found = find_hotspots(counts, statistic="gi", **how).table

    assert found["neighbours"].tolist() == graph.sum(axis=1).tolist()
    per_place = counts.per_place()
    n = per_place.size
    for place in np.flatnonzero(graph.sum(axis=1)):
        others = np.delete(per_place, place)
        k = graph[[place]].sum()
        above = (graph[[place]] @ per_place)[0] - k * others.mean()
        spread = others.std() * np.sqrt(k * (n - 1 - k) / (n - 2))
        assert found["z"][place] == pytest.approx(above / spread, abs=1e-9)


@SHARED
@given(st.integers(0, 10_000), st.sampled_from(["gi", "gi_star"]))
def test_moving_turning_and_doubling_change_no_score(seed, statistic):
    numbers = gathered(seed)

    plain, moved, turned, doubled = (
        find_hotspots(counts, statistic=statistic).table
        for counts in (
            on_grid(numbers),
            on_grid(numbers, origin=(5_300, -1_200), cell_m=70),
            on_grid(np.rot90(numbers)),
            on_grid(2 * numbers),
        )
    )

    assert moved["z"].tolist() == plain["z"].tolist()
    back = np.rot90(turned["z"].to_numpy().reshape(11, 9), -1)
    assert back.ravel() == pytest.approx(plain["z"], abs=1e-9)
    assert doubled["z"].to_numpy() == pytest.approx(plain["z"], abs=1e-9)


@SHARED
@given(st.integers(0, 10_000))
def test_a_border_not_at_risk_changes_nothing(seed):
    numbers = gathered(seed)
    framed = np.pad(numbers, 2)
    inside = np.pad(np.ones(numbers.shape, dtype=bool), 2)

    for how in ({}, {"distance_m": 220}, {"neighbours": "rook", "permutations": 99}):
        plain = find_hotspots(on_grid(numbers), **how).table
        bordered = find_hotspots(on_grid(framed, at_risk=inside), **how).table
        columns = ["incidents", "neighbours", "z", "p_value", "p_bh", "state"]
        pd.testing.assert_frame_equal(plain[columns], bordered[columns])


def test_permutation_finds_a_planted_lump_and_says_how(squares):
    numbers = np.ones((15, 15), dtype=int)
    numbers[6:9, 6:9] = 20

    found = find_hotspots(squares(numbers), permutations=9_999, seed=4)

    assert found.table["state"][7 * 15 + 7] == "high"
    assert found.areas["area"].tolist() == ["A"]
    assert {"p_value", "p_normal"} <= set(found.table)
    said = " ".join(map(str, found.caveats))
    assert "9,999 permutations (seed 4)" in said
    assert "permutations=9999, seed=4, randomisation='conditional')" in found.made_by


def test_gi_and_gi_star_have_the_same_permutation_p(squares):
    star, alone = (
        find_hotspots(squares(gathered(5)), statistic=statistic, permutations=199).table["p_value"]
        for statistic in ("gi_star", "gi")
    )

    assert star.tolist() == alone.tolist()


def test_by_permutation_the_side_is_that_of_the_neighbours(squares):
    numbers = np.full((12, 12), 10)
    numbers[4:7, 4:7] = 0
    numbers[5, 5] = 300

    by_z = find_hotspots(squares(numbers), adjust="none").table
    shuffled = find_hotspots(squares(numbers), adjust="none", permutations=999).table

    assert by_z["state"][65] == "high"
    assert shuffled["state"][65] == "low"


def test_by_total_shuffles_a_place_counts_for_itself(squares):
    numbers = np.zeros((15, 15), dtype=int)
    numbers[7, 7], numbers[2, 2] = 60, 1

    conditional = find_hotspots(squares(numbers), adjust="none", permutations=999)
    total = find_hotspots(squares(numbers), adjust="none", permutations=999, randomisation="total")

    middle = 7 * 15 + 7
    assert conditional.table["p_value"][middle] == 1.0
    # Nine of 225 places: a sum that holds the busy one is drawn with chance 0.04, twice that.
    assert total.table["p_value"][middle] == pytest.approx(0.08, abs=0.02)
    assert "the numbers of all places are shuffled" in str(total.caveats[-1])
    assert "randomisation='total'" in total.made_by


def test_the_normal_approximation_is_said_to_name_too_many(cleveland_counts):
    burglary = cleveland_counts.select(offence="Burglary")

    normal = find_hotspots(burglary)
    shuffled = find_hotspots(burglary, permutations=99_999, randomisation="total")

    assert (normal.table["state"] == "high").sum() > 3 * (shuffled.table["state"] == "high").sum()
    assert "names too many places" in " ".join(map(str, normal.caveats))


def test_too_few_permutations_are_said_to_be_too_few(squares):
    numbers = gathered(6, (40, 50))

    bh, holm, none, enough = (
        " ".join(map(str, find_hotspots(squares(numbers), **how).caveats))
        for how in (
            {"permutations": 999},
            {"permutations": 999, "adjust": "holm"},
            {"permutations": 999, "adjust": "none"},
            {"permutations": 79_999},
        )
    )

    assert "no p-value is below 0.002" in bh
    assert "unless at least 80 do together. Take at least 79,999 permutations" in bh
    assert "no place can stand out" in holm
    assert "Take at least" not in none + enough


def test_places_without_neighbours_get_no_answer():
    at_risk = np.zeros((7, 7), dtype=bool)
    at_risk[:4, :4] = True
    at_risk[6, 6] = True
    counts = on_grid(gathered(7, (7, 7)) + np.arange(7), at_risk=at_risk)

    analytic = find_hotspots(counts)
    alone = find_hotspots(counts, statistic="gi")
    shuffled = find_hotspots(counts, permutations=99)

    assert analytic.table["p_value"].notna().all()
    said = " ".join(map(str, analytic.caveats))
    assert "1 place has no neighbours and is judged by its own number alone" in said
    for found in (alone, shuffled):
        row = found.table.iloc[-1]
        assert np.isnan(row["p_value"])
        assert np.isnan(row["p_bh"])
        assert row["state"] == "neither"
        assert "1 place has no neighbours" in " ".join(map(str, found.caveats))
        tested = found.table["p_value"].notna().sum()
        assert found.table["p_holm"].min() <= tested * found.table["p_value"].min() + 1e-12


@pytest.mark.parametrize("how", [{}, {"statistic": "gi"}, {"permutations": 99}])
def test_a_distance_that_reaches_nobody_is_refused(squares, how):
    with pytest.raises(CannotAnswer, match="No place has a neighbour"):
        find_hotspots(squares(gathered(8)), distance_m=1, **how)


def test_what_makes_no_sense_is_refused(squares):
    counts = squares(gathered(8))

    with pytest.raises(ValueError, match="gi_star"):
        find_hotspots(counts, statistic="g")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="fall with distance are not offered"):
        find_hotspots(counts, weights="idw")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="whole number from 0"):
        find_hotspots(counts, permutations=-1)
    with pytest.raises(ValueError, match="two-sided"):
        find_hotspots(counts, alternative="both")  # type: ignore[arg-type]
    with pytest.raises(CannotAnswer, match="No place has a neighbour"):
        find_hotspots(counts, statistic="gi", distance_m=40)


def test_a_level_meant_as_a_confidence_is_refused(squares):
    with pytest.raises(ValueError, match="up to"):
        find_hotspots(squares([[1, 2, 3]]), level=0.95)


def test_where_few_was_looked_for_the_summary_counts_the_low_places(squares):
    numbers = np.full((10, 10), 9)
    numbers[:4, :4], numbers[9, 9] = 0, 30

    found = find_hotspots(squares(numbers), alternative="less")

    low = int((found.table["state"] == "low").sum())
    assert low
    assert found.summary().startswith(f"{low} of 100 squares")
    assert "No area" not in found.summary()
