"""Places that stand out with their neighbours."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forestall.diagnosis import find_hotspots
from forestall.diagnosis.hotspot_areas import area_letter, areas_table
from forestall.errors import CannotAnswer
from forestall.records import Counts, count_incidents, hex_grid, square_grid

# Squares and crimes of the areas A to H: design/report.html.
PUBLISHED = [
    (59, 7102), (32, 3434), (24, 2816), (7, 607), (3, 287), (2, 211), (1, 80), (1, 66),
]  # fmt: skip


def esda_scores(counts, graph):
    from esda.getisord import G_Local
    from libpysal.weights import W

    neighbours = {
        number: graph.indices[graph.indptr[number] : graph.indptr[number + 1]].tolist()
        for number in range(graph.shape[0])
    }
    found = G_Local(counts.astype(float), W(neighbours), transform="B", permutations=0, star=True)
    return found.Zs, 2 * np.asarray(found.p_norm)


def test_cleveland_has_the_eight_areas_of_the_design(cleveland_counts):
    found = find_hotspots(cleveland_counts.crimes())

    assert found.areas[["squares", "incidents"]].apply(tuple, axis=1).tolist() == PUBLISHED
    assert "".join(found.areas["area"]) == "ABCDEFGH"
    assert len(found.table) == 1829
    assert found.summary().replace("\N{NO-BREAK SPACE}", " ") == (
        "8 areas stand out beyond chance; together they hold 51 % of what was recorded."
    )


@pytest.mark.parametrize("place", ["cleveland", "chicago"])
@pytest.mark.parametrize("make_grid", [square_grid, hex_grid])
def test_scores_equal_esda_on_two_data_sets(place, make_grid, request):
    incidents = request.getfixturevalue(place)
    grid = make_grid(incidents, cell_m=1000)
    counts = count_incidents(incidents, places=grid, by="offence").crimes()

    found = find_hotspots(counts)

    scores, p_values = esda_scores(counts.per_place(), grid.neighbours())
    assert found.table["z"].to_numpy() == pytest.approx(scores, abs=1e-9)
    assert found.table["p_value"].to_numpy() == pytest.approx(p_values, abs=1e-9)


def test_a_lump_in_the_middle_is_one_area(squares):
    numbers = np.ones((15, 15), dtype=int)
    numbers[7, 7] = 60

    found = find_hotspots(squares(numbers), adjust="holm")

    high = found.table[found.table["state"] == "high"]
    assert len(high) == 9
    assert set(high["area"]) == {"A"}
    assert list(found.areas.loc[0, ["squares", "incidents"]]) == [9, 68]
    assert (found.areas.loc[0, "x"], found.areas.loc[0, "y"]) == (750, 750)
    assert high["neighbours"].tolist() == [9] * 9


def test_letters_go_by_count_of_incidents(squares):
    numbers = np.zeros((30, 30), dtype=int)
    numbers[4:6, 4:6], numbers[20:22, 20:22] = 50, 80

    areas = find_hotspots(squares(numbers)).areas

    assert areas["incidents"].tolist() == [320, 200]
    assert areas["x"].tolist() == [2100, 500]
    assert [area_letter(position) for position in (0, 25, 26, 52)] == ["A", "Z", "AA", "BA"]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(st.integers(0, 10_000), st.integers(2, 9))
def test_adjusting_never_finds_more_and_scale_changes_nothing(squares, seed, factor):
    numbers = np.random.default_rng(seed).negative_binomial(1, 0.3, (9, 11))

    plain, bh, holm = (
        set(
            find_hotspots(squares(numbers), adjust=adjust).table.query("state != 'neither'")[
                "place"
            ]
        )
        for adjust in ("none", "bh", "holm")
    )
    scaled = find_hotspots(squares(factor * numbers))

    assert holm <= bh <= plain
    assert (scaled.table["state"] == find_hotspots(squares(numbers)).table["state"]).all()


def test_one_side_finds_one_side(squares):
    numbers = np.random.default_rng(3).poisson(20, (20, 20))
    numbers[:6, :6] = 2
    numbers[14:, 14:] = 60

    greater = find_hotspots(squares(numbers), alternative="greater").table["state"]
    less = find_hotspots(squares(numbers), alternative="less").table["state"]

    assert set(greater) == {"high", "neither"}
    assert set(less) == {"low", "neither"}


def test_few_incidents_are_said_to_be_few(squares):
    numbers = np.zeros((10, 10), dtype=int)
    numbers[[1, 4, 8], [2, 7, 3]] = 1

    found = find_hotspots(squares(numbers))

    assert found.areas.empty
    assert "only very strong patterns" in found.summary()
    assert found.plot().to_dict()["layer"]


def test_equal_places_and_missing_places_are_refused(squares):
    with pytest.raises(CannotAnswer, match="same count"):
        find_hotspots(squares(np.ones((4, 4), dtype=int)))
    with pytest.raises(CannotAnswer, match="places="):
        find_hotspots(Counts.from_frame(pd.DataFrame({"incidents": [4]})))
    with pytest.raises(ValueError, match="Adjust by"):
        find_hotspots(squares([[1, 2], [3, 4]]), adjust="fdr")  # type: ignore[arg-type]


@pytest.mark.slow
def test_without_a_pattern_few_maps_show_a_high_place(squares):
    generator = np.random.default_rng(6)
    runs, level = 150, 0.05
    found = sum(
        find_hotspots(squares(generator.poisson(10, (25, 25))), adjust="holm", level=level)
        .table["state"]
        .ne("neither")
        .any()
        for _ in range(runs)
    )

    assert found / runs <= level + 3 * np.sqrt(level * (1 - level) / runs)


def test_an_area_that_holds_nearly_everything_asks_for_smaller_squares(squares):
    numbers = np.zeros((12, 12), dtype=int)
    numbers[4:7, 4:7] = 40
    scattered = np.ones((12, 12), dtype=int)
    scattered[0:2, 0:2] = 15

    large = find_hotspots(squares(numbers))
    small = find_hotspots(squares(scattered))

    assert "smaller squares would tell more; try --cell-m" in " ".join(map(str, large.caveats))
    assert not small.areas.empty
    assert "smaller squares" not in " ".join(map(str, small.caveats))


def test_an_area_of_places_without_a_record_has_a_middle():
    table = pd.DataFrame(
        {"place": [1, 2, 3], "x": [0.0, 100.0, 900.0], "y": 50.0, "incidents": [0, 0, 7],
         "area": ["B", "B", "A"]}
    )  # fmt: skip

    areas = areas_table(table)

    assert areas["area"].tolist() == ["A", "B"]
    assert areas["x"].tolist() == [900.0, 50.0]
    assert areas["incidents"].tolist() == [7, 0]
