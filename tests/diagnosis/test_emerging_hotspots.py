"""How places stood out over the periods."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forestall._stats.hotspot_patterns import PATTERNS
from forestall._stats.lattice import graph_gi_star, normal_p_values
from forestall.diagnosis import classify_hotspots, find_hotspots
from forestall.errors import CannotAnswer
from forestall.records import Counts, periods_between, square_grid

COLUMNS, ROWS = 9, 8
QUICK = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15
)


def cube_of(numbers, *, columns=COLUMNS, rows=ROWS, unit="week"):
    """Make counts from an array of places × steps."""
    grid = square_grid(origin=(0, 0), cell_m=100, columns=columns, rows=rows, crs="EPSG:27700")
    steps = numbers.shape[1]
    length = {"week": pd.DateOffset(weeks=steps), "month": pd.DateOffset(months=steps)}[unit]
    last = pd.Timestamp("2024-01-01") + length - pd.Timedelta(days=1)
    periods = periods_between("2024-01-01", last.date(), unit=unit)
    frame = pd.DataFrame(
        {
            "place": np.repeat(np.arange(len(numbers)), steps),
            "period": np.tile(periods.starts, len(numbers)),
            "incidents": numbers.ravel(),
        }
    )
    return Counts.from_frame(frame, places=grid, periods=periods)


def quiet(steps=20, mean=4, seed=1):
    return np.random.default_rng(seed).poisson(mean, (COLUMNS * ROWS, steps))


def in_words(found):
    return " ".join(map(str, found.caveats)).replace("\N{NO-BREAK SPACE}", " ")


MIDDLE = 40


def at_the_middle(found):
    row = found.table.loc[MIDDLE]
    return row["pattern"], row["direction"]


AROUND = [MIDDLE + up + aside for up in (-9, 0, 9) for aside in (-1, 0, 1)]


@pytest.mark.parametrize(
    ("busy", "pattern"),
    [
        ([19], "new"),
        (range(14, 20), "consecutive"),
        (range(20), "persistent"),
        ([3, 4, 9, 10, 19], "sporadic"),
        (range(19), "historical"),
    ],
)
def test_a_planted_history_is_found(busy, pattern):
    numbers = quiet()
    numbers[np.ix_(AROUND, list(busy))] += 12

    found = classify_hotspots(
        cube_of(numbers), reference="single_step", adjust="none", level=1e-4, trend_level=1e-6
    )

    assert at_the_middle(found) == (pattern, "high")
    assert found.number(pattern) >= 1


@pytest.mark.parametrize(("sign", "pattern"), [(1, "intensifying"), (-1, "diminishing")])
def test_a_planted_trend_is_found(sign, pattern):
    numbers = quiet()
    numbers[AROUND] += 3 + np.arange(20)[::sign]

    found = classify_hotspots(cube_of(numbers), reference="neighbourhood_step")

    assert at_the_middle(found) == (pattern, "high")
    assert np.sign(found.table["trend_s"].to_numpy()[MIDDLE]) == sign


def test_a_place_that_turned_from_few_to_many_oscillates():
    numbers = quiet(mean=30)
    numbers[AROUND, 2:6] = 0
    numbers[np.ix_(AROUND, [8, 15, 19])] += 60

    found = classify_hotspots(cube_of(numbers), reference="single_step", level=1e-4, adjust="none")

    assert at_the_middle(found) == ("oscillating", "high")


@pytest.mark.parametrize("reference", ["cube", "neighbourhood_step", "single_step"])
def test_each_place_has_one_pattern_and_the_states_tell_it(reference):
    numbers = quiet()
    numbers[:20] *= 3

    found = classify_hotspots(cube_of(numbers), reference=reference)

    table = found.table
    assert set(table["pattern"]) <= set(PATTERNS)
    assert ((table["pattern"] == "none") == (table["direction"] == "")).all()
    assert (table["steps_high"] == (found.states == 1).sum(axis=1)).all()
    assert (table["last"].map({"high": 1, "low": -1, "neither": 0}) == found.states[:, -1]).all()
    now = table["last"] != "neither"
    assert (table.loc[now, "direction"] == table.loc[now, "last"]).all()
    assert found.scores.shape == found.states.shape == (72, 20)


def test_a_single_step_is_the_map_of_hot_spots_of_that_step():
    counts = cube_of(quiet(mean=6))

    found = classify_hotspots(counts, reference="single_step")

    for step in (0, 7, 19):
        alone = find_hotspots(counts.select(period=found.starts[step]))
        assert found.scores[:, step] == pytest.approx(alone.table["z"].to_numpy(), abs=1e-9)


def test_a_rise_everywhere_shows_against_the_cube_only():
    numbers = quiet(mean=20)
    numbers[:, 15:] *= 2

    cube, step = (
        classify_hotspots(cube_of(numbers), reference=reference)
        for reference in ("cube", "neighbourhood_step")
    )

    assert (cube.table["last"] == "high").mean() > 0.9
    assert (step.table["last"] == "high").mean() < 0.1


def test_the_false_discovery_rate_is_over_all_places_and_steps():
    from statsmodels.stats.multitest import multipletests

    numbers = quiet(seed=5)
    numbers[MIDDLE, 5:] += 9

    found = classify_hotspots(cube_of(numbers), adjust="bh", level=0.1)

    p_values = normal_p_values(found.scores, alternative="two-sided")
    rejected = multipletests(p_values.ravel(), alpha=0.1, method="fdr_bh")[0]
    assert (found.states.ravel() != 0).tolist() == rejected.tolist()


@QUICK
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_patterns_do_not_depend_on_scale(seed, factor):
    numbers = quiet(steps=12, seed=seed)
    numbers[:9] += 4

    plain, scaled = (classify_hotspots(cube_of(each)) for each in (numbers, factor * numbers))

    assert (plain.table["pattern"] == scaled.table["pattern"]).all()
    assert scaled.scores == pytest.approx(plain.scores, abs=1e-8)


@QUICK
@given(st.integers(0, 10_000))
def test_patterns_turn_with_the_map(seed):
    numbers = quiet(steps=12, seed=seed)
    numbers[:9] += 4
    turned = np.rot90(numbers.reshape(ROWS, COLUMNS, 12)).reshape(-1, 12)

    straight = classify_hotspots(cube_of(numbers))
    other = classify_hotspots(cube_of(turned, columns=ROWS, rows=COLUMNS))

    back = np.rot90(straight.table["pattern"].to_numpy().reshape(ROWS, COLUMNS)).ravel()
    assert other.table["pattern"].tolist() == back.tolist()


@QUICK
@given(st.integers(0, 10_000))
def test_time_backwards_turns_every_trend(seed):
    numbers = quiet(steps=14, seed=seed)

    forwards, backwards = (
        classify_hotspots(cube_of(each), reference="single_step")
        for each in (numbers, numbers[:, ::-1])
    )

    assert (forwards.table["trend_s"] == -backwards.table["trend_s"]).all()


@pytest.mark.parametrize("place", ["camden", "chicago"])
@pytest.mark.parametrize("reference", ["cube", "single_step"])
def test_scores_equal_esda_on_two_data_sets(place, reference, request):
    counts = request.getfixturevalue(f"{place}_months")

    found = classify_hotspots(counts, reference=reference)

    months = found.scores.shape[1]
    wanted = esda_scores(counts, found, reference)
    assert found.scores == pytest.approx(wanted, abs=1e-8)
    assert months == {"camden": 171, "chicago": 32}[place]


def esda_scores(counts, found, reference):
    from esda.getisord import G_Local
    from libpysal.weights import W

    graph = counts.places.neighbours()
    cube = np.column_stack([counts.select(period=each).per_place() for each in found.starts])
    if reference == "single_step":
        weights = W(
            {
                i: graph.indices[graph.indptr[i] : graph.indptr[i + 1]].tolist()
                for i in range(graph.shape[0])
            },
            silence_warnings=True,
        )
        steps = [
            G_Local(cube[:, t].astype(float), weights, transform="B", permutations=0, star=True).Zs
            for t in (0, 11, cube.shape[1] - 1)
        ]
        full = found.scores.copy()
        full[:, [0, 11, -1]] = np.column_stack(steps)
        return full
    # Esda has no time: a bin is a neighbour of its own place and its neighbours, now and before.
    window = cube[:, :5].astype(float)
    places = len(cube)
    neighbours = {}
    for t in range(5):
        for i in range(places):
            near = [i, *graph.indices[graph.indptr[i] : graph.indptr[i + 1]].tolist()]
            near_bins = [s * places + j for s in (t - 1, t) if s >= 0 for j in near]
            neighbours[t * places + i] = [each for each in near_bins if each != t * places + i]
    theirs = G_Local(
        window.T.ravel(),
        W(neighbours, silence_warnings=True),
        transform="B",
        permutations=0,
        star=True,
    )
    # Ours compares with the whole cube, theirs with five months: the sums are the same.
    mean, spread = window.mean(), window.std()
    members = np.array([len(neighbours[b]) + 1 for b in range(5 * places)])
    bins = window.size
    sums = np.asarray(theirs.Zs) * spread * np.sqrt(members * (bins - members) / (bins - 1))
    sums += members * mean
    n, m, s = cube.size, cube.mean(), cube.std()
    scores = (sums - members * m) / (s * np.sqrt(members * (n - members) / (n - 1)))
    full = found.scores.copy()
    full[:, :5] = scores.reshape(5, places).T
    return full


def test_hexagons_and_areas_have_histories_too(camden_months):
    found = classify_hotspots(camden_months, reference="neighbourhood_step")

    assert len(found.table) == 130
    assert found.plot().to_dict()["layer"]
    assert "Of 130 areas, 7 stand out with many incidents in the last step" in found.summary()


def test_periods_not_covered_wholly_are_left_out(camden_years):
    counts, *_ = camden_years

    found = classify_hotspots(counts)

    assert found.scores.shape[1] == 14
    assert found.starts[0] == pd.Timestamp("2011-01-01")
    assert "2 periods that the records do not cover wholly are left out" in in_words(found)
    assert "695 located incidents lie in no place" in in_words(found)


def test_what_was_compared_is_said():
    cube, step = (
        classify_hotspots(cube_of(quiet(steps=12), unit="month"), reference=reference)
        for reference in ("cube", "single_step")
    )

    assert "compared with all places in all steps" in in_words(cube)
    assert "in 1 step before it" in in_words(cube)
    assert "false discovery rate 5 % over all places and 12 steps" in in_words(cube)
    assert "Months differ in length" in in_words(cube)
    assert "Months differ in length" not in in_words(step)
    assert "named too easily" in in_words(cube)
    assert "named too easily" not in in_words(step)
    assert step.steps_before == 0


def test_few_incidents_are_said_to_be_few():
    few = classify_hotspots(cube_of(quiet(mean=0.1)))

    assert "hardly any with few" in in_words(few)
    assert "hardly any with few" not in in_words(classify_hotspots(cube_of(quiet(mean=5))))


def test_short_series_and_missing_places_are_refused(months, squares, cleveland_counts):
    with pytest.raises(CannotAnswer, match="of 5 only 5 are"):
        classify_hotspots(cleveland_counts)
    with pytest.raises(CannotAnswer, match="at least 10 periods"):
        classify_hotspots(cube_of(quiet(steps=9)))
    with pytest.raises(CannotAnswer, match="by place and period"):
        classify_hotspots(months([3] * 12))
    with pytest.raises(CannotAnswer, match="by place and period"):
        classify_hotspots(squares([[1, 2], [3, 4]]))
    with pytest.raises(CannotAnswer, match="same counts"):
        classify_hotspots(cube_of(np.full((72, 12), 3)))


@pytest.mark.parametrize(
    ("settings_", "words"),
    [
        ({"reference": "year"}, "reference is one of"),
        ({"adjust": "holm"}, "Adjust by"),
        ({"level": 0.0}, "up to 0.5"),
        ({"level": 0.95}, "up to 0.5"),
        ({"trend_level": 1.5}, "up to 0.5"),
        ({"steps_before": -1}, "0 or more"),
        ({"reference": "single_step", "steps_before": 1}, "no step before"),
    ],
)
def test_wrong_settings_are_refused(settings_, words):
    with pytest.raises(ValueError, match=words):
        classify_hotspots(cube_of(quiet(steps=12)), **settings_)


@pytest.mark.slow
@pytest.mark.parametrize(("reference", "steps_before", "least", "most"), [
    ("single_step", 0, 0.040, 0.056),
    ("cube", 0, 0.040, 0.056),
    ("cube", 1, 0.13, 0.17),
    ("neighbourhood_step", 1, 0.13, 0.17),
    ("cube", 2, 0.22, 0.28),
])  # fmt: skip
def test_trends_named_without_a_trend_are_as_many_as_the_caveat_says(
    reference, steps_before, least, most
):
    generator = np.random.default_rng(21)
    named = [
        (
            classify_hotspots(
                cube_of(generator.poisson(5, (900, 36)), columns=30, rows=30),
                reference=reference,
                steps_before=steps_before,
            ).table["trend_p"]
            <= 0.05
        ).mean()
        for _ in range(12)
    ]

    assert least < np.mean(named) < most


@pytest.mark.slow
def test_without_a_pattern_hardly_any_place_has_one():
    generator = np.random.default_rng(22)
    runs, level = 60, 0.05

    some = sum(
        (
            classify_hotspots(
                cube_of(generator.poisson(20, (72, 12))), reference=reference
            ).states.any()
        )
        for reference in ("cube", "neighbourhood_step", "single_step")
        for _ in range(runs)
    ) / (3 * runs)

    # Bins share neighbours, and sums of counts lean to the right.
    assert some <= 2 * level + 3 * np.sqrt(level / (3 * runs))


def test_the_graph_form_and_the_history_agree_on_one_step():
    numbers = quiet()
    counts = cube_of(numbers)

    found = classify_hotspots(counts, reference="single_step")

    alone, _ = graph_gi_star(numbers[:, 3].astype(float), counts.places.neighbours())
    assert found.scores[:, 3] == pytest.approx(alone, abs=1e-9)


@pytest.mark.parametrize("reference", ["single_step", "neighbourhood_step"])
def test_a_map_that_only_grows_has_no_trend(reference):
    # The scores of all steps are equal, whatever rounding leaves.
    numbers = np.multiply.outer(quiet(1)[:, 0], [1, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37])

    found = classify_hotspots(cube_of(numbers), reference=reference, steps_before=0)

    assert (found.table["trend_s"] == 0).all()


@pytest.mark.parametrize(("level", "written"), [(0.001, "0.1 %"), (0.025, "2.5 %"), (0.05, "5 %")])
def test_levels_are_written_in_full(level, written):
    history = classify_hotspots(cube_of(quiet()), level=level)
    once = find_hotspots(cube_of(quiet()), level=level)

    assert f"false discovery rate {written} over" in in_words(history)
    assert f"false discovery rate {written})" in in_words(once)
