"""Inequality of counts over units."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall._stats.concentration import (
    chance_units_holding,
    concentration_curve,
    generalised_gini,
    gini,
    share_of_top,
    simulate_concentration,
    units_holding,
)

count_lists = st.lists(st.integers(0, 50), min_size=1, max_size=60).filter(any)


def gini_by_definition(counts):
    """Mean absolute difference of all pairs by twice the mean."""
    counted = np.asarray(counts, dtype=float)
    return np.abs(counted[:, None] - counted).mean() / (2 * counted.mean())


@given(count_lists)
def test_gini_is_half_the_relative_mean_difference(counts):
    assert gini(counts) == pytest.approx(gini_by_definition(counts), abs=1e-12)


@given(count_lists, st.integers(1, 9))
def test_gini_lies_between_0_and_1_and_ignores_scale_and_order(counts, factor):
    assert 0 <= gini(counts) < 1
    assert gini([factor * count for count in counts]) == pytest.approx(gini(counts))
    assert gini(counts[::-1]) == pytest.approx(gini(counts))


@given(st.integers(1, 80), st.integers(1, 200))
def test_the_generalised_gini_is_zero_when_as_even_as_possible(units, incidents):
    least, more = divmod(incidents, units)
    counts = [least + 1] * more + [least] * (units - more)

    even = generalised_gini(counts)

    assert even == pytest.approx(0, abs=1e-9) if incidents <= units else even < 0.5


@given(count_lists)
def test_the_generalised_gini_follows_its_formula_and_range(counts):
    units, total = len(counts), sum(counts)

    assert generalised_gini(counts) == pytest.approx(
        max(units / total, 1) * (gini_by_definition(counts) - 1) + 1, abs=1e-9
    )
    assert -1e-9 <= generalised_gini(counts) <= gini(counts) + 1e-9


def test_the_published_example_of_too_few_incidents():
    # Bernasco & Steenbeek (2017): 10 incidents on 20 units, one each: the plain coefficient sees
    # 0.5, although no other spread would be more even.
    counts = [1] * 10 + [0] * 10

    assert gini(counts) == pytest.approx(0.5)
    assert generalised_gini(counts) == pytest.approx(0)


@given(count_lists, st.sampled_from([0.25, 0.5, 0.8]))
def test_no_smaller_number_of_units_holds_the_share(counts, share):
    needed = units_holding(counts, share)

    ordered = sorted(counts, reverse=True)
    assert sum(ordered[:needed]) >= share * sum(counts) - 1e-6
    assert sum(ordered[: needed - 1]) < share * sum(counts)


def test_an_exact_half_needs_no_further_unit():
    assert units_holding([5, 3, 2], 0.5) == 1
    assert units_holding([0, 0], 0.5) == 0


def test_the_number_of_top_units_is_rounded_up():
    assert share_of_top([6] + [1] * 149, 0.01) == pytest.approx(7 / 155)


@given(count_lists)
def test_the_curve_rises_ever_slower_to_all(counts):
    units, incidents = concentration_curve(counts)

    assert (units[0], incidents[0], units[-1]) == (0, 0, 1)
    assert incidents[-1] == pytest.approx(1)
    slopes = np.diff(incidents) / np.diff(units)
    assert (np.diff(slopes) <= 1e-9).all()


@given(count_lists)
def test_the_curve_holds_the_gini(counts):
    units, incidents = concentration_curve(counts)

    area = np.trapezoid(incidents, units)
    assert 2 * area - 1 == pytest.approx(gini(counts), abs=1e-9)


@pytest.mark.parametrize(("units", "total"), [(888, 2264), (888, 199), (300, 12_000), (50, 40)])
def test_chance_agrees_with_thrown_incidents(units, total):
    generator = np.random.default_rng(4)
    thrown = generator.multinomial(total, np.full(units, 1 / units), size=400)
    simulated = np.mean([units_holding(counts, 0.5) for counts in thrown])

    assert chance_units_holding(units, total, 0.5) == pytest.approx(simulated, abs=0.5)


def test_nothing_counted_has_no_inequality():
    assert np.isnan(gini([0, 0]))
    assert np.isnan(generalised_gini([0, 0]))
    assert np.isnan(share_of_top([0, 0], 0.1))
    assert chance_units_holding(5, 0, 0.5) == 0


@pytest.mark.parametrize(("units", "total"), [(60, 200), (60, 25)])
def test_simulated_chance_is_that_of_thrown_incidents(units, total):
    samples = 1500
    chance = simulate_concentration(
        units,
        total,
        shares=[0.25, 0.5],
        top=0.05,
        samples=samples,
        generator=np.random.default_rng(7),
    )

    generator = np.random.default_rng(8)
    thrown = [
        np.bincount(generator.integers(0, units, total), minlength=units) for _ in range(samples)
    ]
    for ours, measure in (
        (chance.units_holding[0.25], lambda each: units_holding(each, 0.25)),
        (chance.units_holding[0.5], lambda each: units_holding(each, 0.5)),
        (chance.share_of_top, lambda each: share_of_top(each, 0.05)),
        (chance.generalised_gini, generalised_gini),
    ):
        theirs = np.array([measure(each) for each in thrown])
        error = theirs.std() * np.sqrt(2 / samples)
        assert ours.mean() == pytest.approx(theirs.mean(), abs=5 * error)
        assert ours.std() == pytest.approx(theirs.std(), rel=0.12)


def test_blocks_of_samples_do_not_change_their_number(monkeypatch):
    monkeypatch.setattr("forestall._stats.concentration._NUMBERS_AT_ONCE", 100)

    chance = simulate_concentration(
        30, 90, shares=[0.5], top=0.1, samples=10, generator=np.random.default_rng(9)
    )

    assert chance.units_holding[0.5].shape == chance.share_of_top.shape == (10,)
