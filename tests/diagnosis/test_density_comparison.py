"""Where two patterns of incidents differ."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from forestall.diagnosis import compare_densities, estimate_density
from forestall.errors import CannotAnswer, InvalidPlaces
from forestall.records import Counts, count_incidents, square_grid
from tests.peers.r import run_r
from tests.records.made_incidents import incidents_at

WINDOW = square_grid(origin=(0, 0), cell_m=100, columns=20, rows=20, crs="EPSG:27700")
PAIRS = [("chicago", "THEFT", "BURGLARY"), ("cleveland", "Shoplifting", "Burglary")]


def even(seed, count=300):
    return np.random.default_rng(seed).uniform(0, 2000, (count, 2))


def heaped(seed, count=300):
    generator = np.random.default_rng(seed)
    return np.concatenate(
        [generator.uniform(0, 2000, (count // 2, 2)), generator.normal(500, 150, (count // 2, 2))]
    ).clip(0, 1999)


def compared(first, second, **more):
    choices = {"bandwidth_m": 250, "seed": 3, "window": WINDOW, **more}
    return compare_densities(incidents_at(first), incidents_at(second), **choices)


def test_a_heap_in_the_first_group_is_found():
    found = compared(heaped(1), even(2))

    states = found.table.set_index(["x", "y"])["state"]
    assert states[550, 550] == "higher"
    assert found.overall_p_value == 0.01
    assert "differ by more than chance" in found.summary()
    assert found.table.set_index(["x", "y"])["ratio"][550, 550] > 2


def test_two_even_patterns_cannot_be_told_apart():
    found = compared(even(1), even(2))

    assert found.overall_p_value > 0.05
    assert "cannot be told apart" in found.summary()


def test_the_ratio_is_that_of_two_densities_over_their_totals():
    first, second = heaped(1), even(2, 100)
    found = compared(first, second, edge="jones_diggle", least_incidents=0)
    one, other = (
        estimate_density(
            incidents_at(points), bandwidth_m=250, window=WINDOW, edge="jones_diggle"
        ).table["density_per_km2"]
        for points in (first, second)
    )

    assert found.table["first_per_km2"].to_numpy() == pytest.approx(one.to_numpy())
    assert found.table["ratio"].to_numpy() == pytest.approx((one / 300 / (other / 100)).to_numpy())


def test_swapping_the_groups_turns_the_ratio_round():
    there, back = compared(heaped(1), even(2)), compared(even(2), heaped(1))

    assert there.table["log_ratio"].to_numpy() == pytest.approx(
        -back.table["log_ratio"].to_numpy(), nan_ok=True
    )
    assert (there.first_events, there.second_events) == (back.second_events, back.first_events)


def test_without_and_with_the_uniform_correction_the_ratio_is_the_same():
    plain, uniform = (compared(heaped(1), even(2), edge=edge) for edge in ("none", "uniform"))

    assert plain.table["ratio"].to_numpy() == pytest.approx(uniform.table["ratio"], nan_ok=True)
    assert (
        plain.table["p_value"].dropna().tolist()[:50]
        == (uniform.table.loc[plain.table["p_value"].notna(), "p_value"].tolist()[:50])
    )


def test_one_direction_finds_one_direction():
    greater = compared(heaped(1), even(2), alternative="greater").table
    less = compared(heaped(1), even(2), alternative="less").table

    assert "lower" not in set(greater["state"])
    assert "higher" not in set(less["state"])
    low, high = less["p_value"].dropna(), greater["p_value"].dropna()
    both = compared(heaped(1), even(2)).table["p_value"].dropna()
    assert both.to_numpy() == pytest.approx(np.minimum(2 * np.minimum(low, high), 1))


def test_the_order_of_rows_changes_nothing_and_the_seed_decides():
    first, second = heaped(1), even(2)

    one, turned = compared(first, second), compared(first[::-1], second[::-1])
    other = compared(first, second, seed=4)

    pd.testing.assert_frame_equal(one.table, turned.table)
    assert (one.table["p_value"] != other.table["p_value"]).any()


def test_counts_give_what_points_at_the_centres_give():
    first, second = (np.floor(points / 100) * 100 + 50 for points in (heaped(1), even(2)))
    counts = [count_incidents(incidents_at(points), places=WINDOW) for points in (first, second)]

    counted = compare_densities(*counts, bandwidth_m=250, seed=3)

    pd.testing.assert_frame_equal(counted.table, compared(first, second).table)


def test_nothing_is_said_where_there_is_too_little():
    found = compared(even(1, 40), even(2, 40), least_incidents=12)

    few = found.table["state"] == "too few"
    assert few.any()
    assert not few.all()
    together = found.table["first_per_km2"] + found.table["second_per_km2"]
    assert (few == (together < found.floor_per_km2)).all()
    assert found.floor_per_km2 == pytest.approx(12 / (4 * np.pi * 0.25**2))
    assert found.table.loc[few, ["ratio", "log_ratio", "p_value"]].isna().all(axis=None)
    assert "Nothing is said on" in " ".join(map(str, found.caveats))


def test_a_place_with_the_first_group_only_has_an_infinite_ratio():
    found = compared(
        heaped(1), even(2) / 4 + 1490, kernel="quartic", bandwidth_m=300, least_incidents=1
    )

    row = found.table.set_index(["x", "y"]).loc[(550, 550)]
    assert np.isinf(row["ratio"])
    assert row["state"] == "higher"
    assert found.plot().to_dict()["layer"]


def test_without_permutations_nothing_is_set_against_chance():
    found = compared(heaped(1), even(2), permutations=0)

    assert found.overall_p_value is None
    assert found.table["p_value"].isna().all()
    assert set(found.table["state"]) <= {"neither", "too few"}
    assert "not set against chance" in found.summary()
    assert "not set against chance" in " ".join(map(str, found.caveats))


def test_caveats_name_the_scheme_the_seed_and_how_many_were_tried():
    said = " ".join(map(str, compared(heaped(1), even(2), permutations=19, level=0.01).caveats))

    assert "19 random labellings of all incidents (seed 3)" in said
    assert "p-values are not adjusted" in said
    assert "So few labellings cannot give a p-value below 0.100" in said
    assert "independent of the others" in said


REFUSED = [
    ({"permutations": -1}, ValueError, "0 or more"),
    ({"level": 0.95}, ValueError, "up to 0.5"),
    ({"alternative": "both"}, ValueError, "two-sided, greater or less"),
    ({"bandwidth_m": 50}, CannotAnswer, "at least 100 m"),
    ({"least_incidents": 1e6}, CannotAnswer, "nowhere as dense"),
]


@pytest.mark.parametrize(("changed", "error", "words"), REFUSED)
def test_what_cannot_be_done_is_refused(changed, error, words):
    with pytest.raises(error, match=words):
        compared(heaped(1), even(2), **changed)


def test_groups_that_do_not_fit_together_are_refused():
    points, counts = incidents_at(even(1)), count_incidents(incidents_at(even(1)), places=WINDOW)
    elsewhere = Counts.from_frame(
        pd.DataFrame({"place": [0]}),
        places=square_grid(origin=(0, 0), cell_m=50, columns=9, rows=9, crs="EPSG:27700"),
    )
    choices: Any = {"bandwidth_m": 250, "cell_m": 100, "seed": 1}

    with pytest.raises(InvalidPlaces, match="by the same squares"):
        compare_densities(points, counts, **choices)
    with pytest.raises(InvalidPlaces, match="by the same squares"):
        compare_densities(counts, elsewhere, **choices)
    with pytest.raises(CannotAnswer, match="first has 0"):
        compare_densities(
            incidents_at(even(1) + 9000), incidents_at(even(1)), window=WINDOW,
            bandwidth_m=250, seed=1,
        )  # fmt: skip


@pytest.mark.parametrize(("data", "first", "second"), PAIRS)
def test_the_ratio_equals_the_relative_risk_of_spatstat(data, first, second, request):
    incidents = request.getfixturevalue(data)
    near = square_grid(incidents, cell_m=250)
    whole = square_grid(
        origin=near.origin, cell_m=250, columns=near.columns, rows=near.rows, crs=near.crs
    )
    counts = [
        count_incidents(incidents.filter(offences=one), places=whole) for one in (first, second)
    ]
    at = [np.repeat(whole.centres, one.per_place(), axis=0) for one in counts]
    (west, south), shape = whole.origin, (whole.rows, whole.columns)

    found = compare_densities(
        *counts, bandwidth_m=1000, edge="uniform", permutations=0, seed=1
    ).table

    peer = run_r(
        """
        group <- factor(rep(c("first", "second"), sizes))
        points <- suppressWarnings(
            ppp(x, y, window = owin(sides[1:2], sides[3:4]), marks = group))
        risk <- relrisk(points, sigma = 1000, relative = TRUE, control = "second", dimyx = shape)
        surface <- if (is.im(risk)) risk else risk$first
        give(ratio = as.vector(t(surface$v)))
        """,
        packages=("spatstat.geom", "spatstat.explore"),
        x=np.concatenate(at)[:, 0],
        y=np.concatenate(at)[:, 1],
        sizes=[len(one) for one in at],
        sides=[west, west + 250 * shape[1], south, south + 250 * shape[0]],
        shape=shape,
    )["ratio"]
    shown = (found["ratio"] > 0) & np.isfinite(found["ratio"])
    wanted = np.array(peer)[shown] * len(at[1]) / len(at[0])
    assert shown.sum() > 500
    assert found.loc[shown, "ratio"].to_numpy() == pytest.approx(wanted, rel=1e-5)


@pytest.mark.slow
def test_p_values_are_right_when_nothing_differs():
    window = square_grid(origin=(0, 0), cell_m=200, columns=10, rows=10, crs="EPSG:27700")
    generator = np.random.default_rng(12)
    runs, cell, overall = 300, [], []
    for run in range(runs):
        points = heaped(run, 60)
        generator.shuffle(points)
        found = compared(
            points[:25], points[25:], window=window, permutations=19, seed=run, least_incidents=0
        )
        cell.append((found.table["p_value"] <= 0.1).mean())
        overall.append(found.overall_p_value)

    chance = 3 * np.sqrt(0.1 * 0.9 / runs)
    assert np.mean(cell) == pytest.approx(0.1, abs=chance)
    assert np.mean(np.array(overall) <= 0.1) == pytest.approx(0.1, abs=chance)
    assert np.mean(np.array(overall) <= 0.5) == pytest.approx(0.5, abs=3 * np.sqrt(0.25 / runs))


@pytest.mark.parametrize(
    ("alternative", "said", "unsaid"),
    [
        ("greater", "less dense was not looked for", "0 %"),
        ("less", "denser was not looked for", "0 %"),
        ("two-sided", "it is less dense", "not looked for"),
    ],
)
def test_the_summary_claims_nothing_of_a_side_that_was_not_looked_for(alternative, said, unsaid):
    summary = compared(heaped(1), even(2), alternative=alternative).summary()

    assert said in summary
    assert unsaid not in summary.replace("\N{NO-BREAK SPACE}", " ").replace("0 % of", "")
