"""Steps in the level of a series."""

import numpy as np
import pytest

from forestall._stats.breaks import find_steps
from forestall._stats.regression import season_columns


def design(months):
    position = np.arange(months)
    return np.column_stack([np.ones(months), season_columns(position % 12 + 1), position / 12])


def correlated_counts(generator, months, *, mean, dispersion, correlation):
    noise = generator.standard_normal(months)
    for month in range(1, months):
        noise[month] = correlation * noise[month - 1] + np.sqrt(1 - correlation**2) * noise[month]
    return np.maximum(np.round(mean + np.sqrt(mean * dispersion) * noise), 0.0)


def test_a_plain_step_is_found_in_its_month():
    counts = np.random.default_rng(3).poisson(100, 72).astype(float)
    counts[40:] = np.random.default_rng(4).poisson(150, 32)

    steps = find_steps(design(72), counts, offset=np.zeros(72))

    assert [step.row for step in steps] == [40]
    assert steps[0].p_value == 0.001


def test_two_steps_come_in_the_order_of_time():
    generator = np.random.default_rng(8)
    counts = generator.poisson(np.repeat([200, 100, 210], 40)).astype(float)

    steps = find_steps(design(120), counts, offset=np.zeros(120))

    assert [step.row for step in steps] == [40, 80]


def test_the_same_seed_gives_the_same_answer():
    counts = np.random.default_rng(1).poisson(30, 60).astype(float)
    kinds = [find_steps(design(60), counts, offset=np.zeros(60), level=1.0) for _ in range(2)]

    assert kinds[0] == kinds[1]
    assert len(kinds[0]) == 4


def test_a_trend_and_a_season_are_no_steps():
    position = np.arange(120)
    mean = 200 * np.exp(-0.05 * position / 12 + 0.2 * np.sin(2 * np.pi * position / 12))

    assert find_steps(design(120), np.round(mean), offset=np.zeros(120)) == ()


def test_a_short_series_has_no_room_for_a_step():
    assert find_steps(design(11), np.ones(11), offset=np.zeros(11)) == ()


@pytest.mark.slow
@pytest.mark.parametrize(("dispersion", "correlation"), [(1, 0.0), (4, 0.4)])
def test_a_level_series_rarely_shows_a_step(dispersion, correlation):
    generator = np.random.default_rng(77)
    runs, level = 100, 0.05
    found = sum(
        bool(
            find_steps(
                design(60),
                correlated_counts(
                    generator, 60, mean=200, dispersion=dispersion, correlation=correlation
                ),
                offset=np.zeros(60),
                most=1,
                level=level,
                simulations=199,
            )
        )
        for _ in range(runs)
    )

    assert found / runs <= level + 3 * np.sqrt(level * (1 - level) / runs)
