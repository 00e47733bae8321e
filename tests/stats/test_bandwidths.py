"""Scores of bandwidths, against sums over all pairs."""

import numpy as np
import pytest

from forestall._stats.bandwidths import (
    distinct_locations,
    score_bandwidth,
    scott_bandwidth,
    tried_bandwidths,
)


@pytest.fixture(scope="module")
def points():
    """Two heaps, a scatter, a hundred points twice and one far away."""
    generator = np.random.default_rng(4)
    near = generator.normal(0, 300, (500, 2))
    far = generator.uniform(-3000, 3000, (300, 2))
    return np.concatenate([near, near[:100], far, [[9_000, 9_000]]])


def pairs(points, bandwidth):
    squared = np.square(points[:, None] - points).sum(axis=2)
    kernel = np.exp(-squared / (2 * bandwidth**2)) / (2 * np.pi * bandwidth**2)
    together = squared == 0
    return squared, np.where(together, 0, kernel).sum(axis=1) / (len(points) - together.sum(axis=1))


def places_of(points):
    return distinct_locations(points[:, 0], points[:, 1], np.ones(len(points)))


@pytest.mark.parametrize("bandwidth", [60.0, 150, 400, 1500])
def test_cross_validation_equals_the_sum_over_pairs(points, bandwidth):
    squared, left_out = pairs(points, bandwidth)
    square = np.exp(-squared / (4 * bandwidth**2)).sum() / (4 * np.pi * bandwidth**2)
    wanted = square / len(points) ** 2 - 2 * left_out.mean()

    found = score_bandwidth(places_of(points), bandwidth, rule="cross_validation")

    assert found == pytest.approx(wanted, rel=1e-3)


@pytest.mark.parametrize("bandwidth", [60.0, 150, 400, 1500])
def test_likelihood_equals_the_sum_over_pairs(points, bandwidth):
    _, left_out = pairs(points, bandwidth)
    share = 1 / len(points)
    area = np.prod(np.ptp(points, axis=0))
    wanted = -np.log((1 - share) * left_out + share / area).mean()

    found = score_bandwidth(places_of(points), bandwidth, rule="likelihood")

    assert found == pytest.approx(wanted, rel=1e-4)


def test_records_at_one_place_are_left_out_together():
    heaps = np.repeat([[0.0, 0], [300, 100], [200, 700]], [50, 30, 20], axis=0)
    _, left_out = pairs(heaps, 150.0)
    share, area = 1 / 100, 300 * 700

    found = score_bandwidth(places_of(heaps), 150.0, rule="likelihood")

    wanted = -np.log((1 - share) * left_out + share / area).mean()
    assert found == pytest.approx(wanted, rel=2e-3)


@pytest.mark.filterwarnings("ignore:After 0.17:FutureWarning")
@pytest.mark.parametrize("bandwidth", [150.0, 400, 1500])
def test_cross_validation_equals_statsmodels_where_no_points_coincide(points, bandwidth):
    from statsmodels.nonparametric.kernel_density import KDEMultivariate

    apart = np.unique(points, axis=0)
    peer = KDEMultivariate(apart, var_type="cc", bw=[bandwidth, bandwidth])

    found = score_bandwidth(places_of(apart), bandwidth, rule="cross_validation")

    assert found == pytest.approx(peer.imse(np.array([bandwidth, bandwidth])), rel=1e-3)


def test_scott_is_the_standard_deviation_times_a_power():
    points = np.array([[0.0, 0], [2, 0], [0, 4], [2, 4]])

    assert scott_bandwidth(places_of(points)) == pytest.approx(
        np.sqrt((4 / 3 + 16 / 3) / 2) * 4 ** (-1 / 6)
    )


@pytest.mark.parametrize("across", [0.0, 0.001, 1.0])
def test_points_on_a_line_have_bandwidths_to_try(across):
    x = np.linspace(0, 1000, 50)

    tried = tried_bandwidths(distinct_locations(x, x * across, np.ones(50)))

    assert tried[0] == 500
    assert len(tried) > 10
    assert (np.diff(tried) < 0).all()
