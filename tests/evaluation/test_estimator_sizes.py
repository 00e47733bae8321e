"""What the page says of every estimator is what the script finds, and the script asks the same."""

import re

import numpy as np
import pandas as pd
import pytest

from forestall.evaluation import (
    BeforeAfter,
    Cells,
    Change,
    PlaceChoice,
    VarianceSource,
    assess_count_change,
    compare_before_after,
    estimate_extra_variance,
    estimate_interrupted_series,
    estimate_total_net_effect,
    permute_places,
)
from forestall.evaluation.at_variance import headline
from forestall.evaluation.panels import (
    Model,
    Panel,
    estimate_difference_in_differences,
    estimate_staggered_adoption,
)
from forestall.records import Counts, periods_between
from scripts import estimator_panels, estimator_starts, estimator_verdicts
from scripts.estimator_worlds import AFTER, BEFORE, LATER, MONTHS, WORLDS, draw_study
from scripts.make_estimator_sizes import PAGE, TABLES, sizes, with_table

WORLD = {world.name: world for world in WORLDS}
PLAIN = WORLD["months vary, 0.10"]


def study():
    return draw_study(PLAIN, np.random.default_rng(7), ratio=0.8)


def counted(before, after, size=1.0):
    return BeforeAfter(
        before=int(before), after=int(after), before_days=BEFORE, after_days=AFTER, size=size
    )


def cells_of(city):
    t0, t1, c0, c1 = estimator_verdicts._cells(city)
    d0, d1, e0, e1 = estimator_verdicts._cells(city, city.around)
    return Cells(
        treated=counted(t0, t1, 5),
        comparison=counted(c0, c1, 45),
        buffer=counted(d0, d1, 5),
        buffer_comparison=counted(e0, e1, 45),
    )


def repeated_of(city):
    rows = [
        (name, month, "after" if month >= BEFORE else "before", city.counts[arm, month].sum())
        for name, arm in (("treated", city.treated), ("comparison", ~city.treated))
        for month in range(MONTHS)
    ]
    return pd.DataFrame(rows, columns=["place", "period", "when", "incidents"])


def months_of(city):
    months = periods_between("2020-01-01", "2022-12-31", unit="month")
    incidents = city.counts[city.treated].sum(axis=0).astype(int)
    return Counts.from_frame(
        pd.DataFrame({"period": months.starts, "incidents": incidents}), periods=months
    )


@pytest.mark.parametrize(("kind", "measure"), [("WDD", "differences"), ("RIRR", "ratios")])
def test_four_cells_are_those_of_the_public_function(kind, measure):
    city = study()
    cells = cells_of(city)
    without_buffer = Cells(treated=cells.treated, comparison=cells.comparison)
    found = compare_before_after(
        without_buffer, outcome="theft", repeated=estimate_extra_variance(repeated_of(city))
    )

    every = getattr(found, measure)
    named = {
        "chance": next(at for at in every if at.variance.source is VarianceSource.CHANCE),
        "2 times": next(at for at in every if at.variance.factor == 2),
        "estimated": headline(every),
    }
    for name, at in named.items():
        told = estimator_verdicts.FOUR_CELLS[f"{kind}, {name}"](city)
        assert told.number == pytest.approx(at.estimate.effect.number)
        assert told.p_value == pytest.approx(at.estimate.p_value)


def test_the_treated_places_alone_are_those_of_the_public_function():
    city = study()

    told = estimator_verdicts.treated_alone(city)
    found = assess_count_change(cells_of(city).treated, outcome="theft").estimate

    assert told.p_value == pytest.approx(found.p_value)
    assert told.holds == found.interval(0.95).holds(city.true_difference)


def test_the_series_is_that_of_the_public_function():
    city = study()

    told = estimator_verdicts.interrupted_series(city)
    found = estimate_interrupted_series(
        months_of(city),
        outcome="theft",
        since="2022-01-01",
        change=Change.LEVEL,
        exposure=np.ones(MONTHS),
    ).effect

    assert told.number == pytest.approx(found.effect.number, abs=1e-6)
    assert told.p_value == pytest.approx(found.p_value, abs=1e-6)


def test_displacement_is_that_of_the_public_function():
    city = study()

    told = estimator_verdicts.displacement(city)
    found = estimate_total_net_effect(
        cells_of(city), outcome="theft", repeated=estimate_extra_variance(repeated_of(city))
    )

    assert told.p_value == pytest.approx(headline(found.around).estimate.p_value)
    limits = headline(found.total).estimate.interval(0.95)
    assert told.holds == limits.holds(city.true_difference)


def test_the_permutation_is_that_of_the_public_function():
    city = draw_study(WORLD["2 of 8 places treated, years 0.02"], np.random.default_rng(3))
    before, after = (city.counts[:, when].sum(axis=1).astype(int) for when in (~LATER, LATER))
    places = pd.DataFrame(
        {"place": range(8), "treated": city.treated, "before": before, "after": after}
    )

    told = estimator_verdicts.permutation(city)
    found = permute_places(places, outcome="theft", chosen=PlaceChoice.RANDOM, seed=1).direct

    assert told.number == pytest.approx(found.effect.number)
    assert told.p_value == pytest.approx(found.p_value)


def panel_of(counts, treated):
    return Panel(
        places=tuple(f"P{number:02d}" for number in range(len(counts))),
        periods=pd.RangeIndex(counts.shape[1]),
        outcome=counts,
        treated=treated,
        outcome_name="theft",
    )


def test_differences_in_differences_are_those_of_the_public_function():
    pytest.importorskip("pyfixest")
    city = study()
    panel = panel_of(city.counts, city.treated[:, None] & LATER)

    for told, model in (
        (estimator_panels.poisson_by_place(city), Model.POISSON),
        (estimator_panels.least_squares_by_place(city), Model.LEAST_SQUARES),
    ):
        found = estimate_difference_in_differences(panel, model=model).effect
        assert told.number == pytest.approx(found.effect.number, abs=1e-7)
        assert told.p_value == pytest.approx(found.p_value, abs=1e-6)


def test_one_start_after_callaway_and_santanna_is_that_of_the_public_function():
    pytest.importorskip("diff_diff")
    city = study()
    quarters = estimator_panels.in_quarters(city.counts)
    there = city.treated[:, None] & (np.arange(quarters.shape[1]) >= BEFORE // 3)

    told = estimator_panels.callaway_santanna(city)
    found = estimate_staggered_adoption(panel_of(quarters, there)).effect

    assert told.number == pytest.approx(found.effect.number)
    assert told.p_value == pytest.approx(found.p_value, abs=1e-6)


def test_several_starts_are_those_of_the_public_function():
    pytest.importorskip("diff_diff")
    city = estimator_starts.draw_starts(estimator_starts.COURSES[2], np.random.default_rng(5))

    told = estimator_starts.callaway_santanna(city)
    found = estimate_staggered_adoption(panel_of(city.counts, estimator_starts.THERE)).effect

    assert told.number == pytest.approx(found.effect.number)
    assert told.p_value == pytest.approx(found.p_value, abs=1e-6)


@pytest.mark.filterwarnings("ignore::Warning")
def test_two_way_effects_with_several_starts_are_those_of_pyfixest():
    pyfixest = pytest.importorskip("pyfixest")
    city = estimator_starts.draw_starts(estimator_starts.COURSES[1], np.random.default_rng(2))
    places, width = city.counts.shape
    rows = pd.DataFrame(
        {
            "place": np.repeat(range(places), width),
            "quarter": np.tile(range(width), places),
            "incidents": city.counts.ravel(),
            "there": estimator_starts.THERE.ravel().astype(int),
        }
    )

    for told, model in (
        (estimator_starts.two_way_least_squares(city), pyfixest.feols),
        (estimator_starts.two_way_poisson(city), pyfixest.fepois),
    ):
        found = model("incidents ~ there | place + quarter", rows, vcov={"CRV1": "place"})
        assert told.number == pytest.approx(float(found.coef()["there"]), abs=1e-5)
        assert told.p_value == pytest.approx(float(found.pvalue()["there"]), abs=0.02)


def test_a_true_effect_is_a_fifth_fewer_in_the_treated_places():
    city = study()

    assert np.exp(city.log_ratio) == pytest.approx(0.8)
    without = city.expected[np.ix_(city.treated, LATER)].sum()
    assert city.true_difference == pytest.approx(-0.2 * without)


def test_places_chosen_for_many_incidents_had_most_in_the_year_before():
    city = draw_study(WORLD["chosen for many incidents, years 0.02"], np.random.default_rng(4))

    recent = city.counts[:, BEFORE - 12 : BEFORE].sum(axis=1)
    assert recent[city.treated].min() >= recent[~city.treated].max()
    assert city.treated[city.strata == 0].sum() == 5


def rows_of_the_page(name):
    text = PAGE.read_text("utf-8").partition(f"<!-- {name} -->")[2]
    lines = text.partition("<!-- end of")[0].strip().splitlines()
    head, _, *rows = [[one.strip() for one in line.strip("| ").split(" | ")] for line in lines]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


@pytest.mark.parametrize("name", TABLES)
def test_the_page_has_a_cell_for_every_world_and_estimator(name):
    rows = rows_of_the_page(name)

    assert list(rows) == list(WORLD)
    assert all(list(row) == list(TABLES[name][0]) for row in rows.values())


def test_a_table_goes_between_its_marks():
    text = "a\n<!-- x -->\nold\n<!-- end of x -->\nb\n"

    written = with_table(text, "x", iter(["new"]))

    assert written == "a\n<!-- x -->\nnew\n<!-- end of x -->\nb\n"
    with pytest.raises(ValueError, match="marks"):
        with_table(text, "y", iter(["new"]))


# Three standard errors of a share near a half in 400 draws, and of the page's own in 1,500.
ASKED_AGAIN, SLACK = 400, 0.085


@pytest.mark.long
@pytest.mark.parametrize("world", list(WORLD))
@pytest.mark.parametrize("name", ["four-cells", "others", "panels"])
def test_the_page_shows_what_the_script_finds(name, world):
    again = sizes(WORLD[world], TABLES[name][0], draws=ASKED_AGAIN, seed=9)

    for estimator, shown in rows_of_the_page(name)[world].items():
        told = re.findall(r"[\d.]+", shown)
        if told:
            assert again[estimator].found == pytest.approx(float(told[0]), abs=SLACK)
            assert again[estimator].holds == pytest.approx(float(told[1]), abs=SLACK)


@pytest.mark.long
def test_a_mixture_keeps_its_size_by_chance_alone():
    found = sizes(WORLD["chance alone"], TABLES["mixtures"][0], draws=60, seed=9)

    assert all(one.found <= 0.15 for one in found.values())
    assert all(one.holds >= 0.85 for one in found.values())


@pytest.mark.long
def test_two_way_effects_miss_an_effect_that_grows():
    growing = estimator_starts.COURSES[2]

    two_way, _ = estimator_starts.share_of_truth(growing, "two-way, least squares", draws=300)
    after, _ = estimator_starts.share_of_truth(growing, "Callaway-Sant'Anna", draws=100)

    assert two_way < 0.88
    assert after > 0.9
