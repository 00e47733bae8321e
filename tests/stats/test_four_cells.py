import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall._stats.four_cells import (
    difference_of_differences,
    log_ratio_of_ratios,
    pearson_dispersion,
    total_net_difference,
    weighted_slope,
    without_zeros,
)

FOUR = st.lists(st.integers(1, 500), min_size=4, max_size=4)


def test_a_count_twice_as_long_is_halved_and_its_variance_quartered():
    counts = [40, 30, 20, 20]

    found = difference_of_differences(counts, counts, [2, 1, 1, 1])

    assert found.number == (30 - 20) - (20 - 20)
    assert found.variance == 40 / 4 + 30 + 20 + 20


@settings(deadline=None)
@given(FOUR)
def test_treated_and_comparison_swapped_turn_both_signs(counts):
    swapped = [*counts[2:], *counts[:2]]

    for measure in (difference_of_differences, log_ratio_of_ratios):
        there, back = (measure(four, four, np.ones(4)) for four in (counts, swapped))
        assert there.number == pytest.approx(-back.number)
        assert there.variance == pytest.approx(back.variance)


@settings(deadline=None)
@given(FOUR, st.floats(0.1, 10))
def test_a_ratio_does_not_depend_on_the_length_of_equal_periods(counts, length):
    plain = log_ratio_of_ratios(counts, counts, np.ones(4))
    longer = log_ratio_of_ratios(counts, counts, np.full(4, length))

    assert plain.number == pytest.approx(longer.number, abs=1e-9)


def test_only_the_four_that_hold_a_zero_are_raised():
    assert without_zeros([[1, 2, 3, 0], [1, 2, 3, 4]]).tolist() == [
        [1.5, 2.5, 3.5, 0.5],
        [1, 2, 3, 4],
    ]


def test_the_variance_of_a_net_effect_is_that_of_simulated_counts():
    generator = np.random.default_rng(3)
    means = [300.0, 240.0, 400.0, 440.0]
    counts = generator.poisson(means, size=(40_000, 4))

    found = total_net_difference(counts[:, :2], counts[:, 2:])
    expected = total_net_difference(means[:2], means[2:])

    assert found.number.mean() == pytest.approx(240 - 330, abs=2)
    assert found.number.var() == pytest.approx(float(expected.variance), rel=0.03)


def test_the_error_of_a_slope_leaves_out_what_all_rings_share():
    generator = np.random.default_rng(2)
    means = np.array([[300, 300], [250, 250], [400, 400]])
    rings = generator.poisson(means, size=(20_000, 3, 2))
    comparison = generator.poisson([90, 90], size=(20_000, 1, 2))

    changes = np.log(rings[..., 1] / rings[..., 0]) - np.log(
        comparison[..., 1] / comparison[..., 0]
    )
    found = weighted_slope([0.5, 1.5, 2.5], changes, (1 / rings).sum(axis=-1))

    assert found.number.std() == pytest.approx(np.sqrt(found.variance).mean(), rel=0.03)


def test_dispersion_is_that_of_a_quasi_poisson_model():
    """The model is place × (before, after) and one effect a period, fitted by statsmodels."""
    import statsmodels.api as sm

    generator = np.random.default_rng(5)
    counts = generator.poisson(np.outer([20, 30, 55], generator.uniform(0.5, 2, 10)))
    before, after = counts[:, :6], counts[:, 6:]

    place, period = (grid.ravel() for grid in np.indices(counts.shape))
    level = 2 * place + (period >= 6)
    design = np.column_stack(
        [level == one for one in range(6)]
        + [period == one for one in range(10) if one not in (0, 6)]
    )
    model = sm.GLM(counts.ravel(), design.astype(float), family=sm.families.Poisson()).fit()
    found = pearson_dispersion(before, after)

    assert found.degrees_of_freedom == model.df_resid == 2 * 5 + 2 * 3
    assert found.factor == pytest.approx(model.pearson_chi2 / model.df_resid, rel=1e-6)


def test_a_trend_that_all_places_share_is_no_dispersion():
    months = np.array([10, 20, 40, 80])

    found = pearson_dispersion(np.array([months, 3 * months]), np.array([months, 2 * months]))

    assert found.factor == pytest.approx(0, abs=1e-12)


def test_places_and_periods_without_incidents_say_nothing():
    table = [[5, 9, 4], [6, 8, 5]]

    found = pearson_dispersion(table, np.zeros((2, 3)))
    padded = pearson_dispersion([[5, 9, 0, 4], [6, 8, 0, 5], [0, 0, 0, 0]], np.zeros((2, 3)))

    assert found == padded
