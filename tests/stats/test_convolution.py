"""Kernels, binning and smoothing, against sums that were done without any of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import convolve2d
from shapely import Point, Polygon, contains_xy, get_coordinates

from forestall._stats.binning import cells_inside, nearest_centres
from forestall._stats.convolution import LatticeKernel, edge_mass
from forestall._stats.kernels import Kernel, exact_density
from forestall._stats.surfaces import smooth_surface

KERNELS = [Kernel("gaussian", 1.5), Kernel("gaussian", 6.0), Kernel("quartic", 4.7)]


def centres(shape):
    rows, columns = np.mgrid[: shape[0], : shape[1]] + 0.5
    return columns.ravel(), rows.ravel()


@pytest.mark.parametrize("kernel", KERNELS, ids=str)
def test_a_kernel_integrates_to_one_and_has_the_spread_and_area_it_says(kernel):
    step = kernel.bandwidth / 100
    across = np.arange(-8 * kernel.bandwidth, 8 * kernel.bandwidth, step) + step / 2
    values = kernel.at(np.add.outer(across**2, across**2)) * step**2

    assert values.sum() == pytest.approx(1, abs=1e-6)
    assert (values * across**2).sum() == pytest.approx(kernel.spread**2, rel=1e-4)
    assert step**2 / (values**2).sum() == pytest.approx(kernel.effective_area, rel=1e-4)


@pytest.mark.parametrize("kernel", KERNELS, ids=str)
@pytest.mark.parametrize("shape", [(9, 31), (40, 26), (1, 5)])
def test_smoothing_equals_direct_convolution(kernel, shape):
    weights = np.random.default_rng(1).poisson(0.3, shape).astype(float)
    reach = int(np.ceil(kernel.reach))
    steps = np.arange(-reach, reach + 1)
    kernel_cells = kernel.at(np.add.outer(steps**2, steps**2).astype(float))
    wanted = convolve2d(weights, kernel_cells / kernel_cells.sum())[reach:-reach, reach:-reach]

    smoothed = LatticeKernel(kernel, shape).smooth(weights)

    assert smoothed == pytest.approx(wanted, abs=1e-10 * wanted.max())
    assert (smoothed >= 0).all()


@pytest.mark.parametrize("kernel", KERNELS, ids=str)
def test_several_arrays_at_once_are_smoothed_as_one_by_one(kernel):
    weights = np.random.default_rng(2).random((3, 12, 17))
    lattice = LatticeKernel(kernel, (12, 17))

    together = lattice.smooth(weights)

    assert together == pytest.approx(np.stack([lattice.smooth(one) for one in weights]), abs=1e-12)


@given(st.integers(0, 10_000), st.floats(1.5, 8), st.sampled_from(["gaussian", "quartic"]))
@settings(max_examples=25, deadline=None)
def test_binning_errs_by_no_more_than_its_bound(seed, bandwidth, name):
    kernel = Kernel(name, bandwidth * (3 if name == "quartic" else 1))
    x, y = np.random.default_rng(seed).uniform(0, 20, (2, 1))
    shape = (20, 20)
    binned = nearest_centres(x, y, origin=(0, 0), cell=1, shape=shape).add_up()
    at_x, at_y = centres(shape)

    rough = smooth_surface(binned, kernel=kernel, inside=np.ones(shape, dtype=bool), edge="none")

    exact = exact_density(x, y, at_x=at_x, at_y=at_y, kernel=kernel).reshape(shape)
    error = np.abs(rough - exact).max() / kernel.peak
    assert error <= kernel.binning_bound(1.0) + 1e-3  # the scaling of a quartic kernel


def test_binning_done_by_hand():
    x, y = np.array([1.0, 0.25]), np.array([1.75, 0.5])

    weights = nearest_centres(x, y, origin=(0, 0), cell=1, shape=(2, 2)).add_up()

    assert weights.tolist() == [
        [0, 0, 0, 0],
        [0.25, 0.75, 0, 0],
        [0, 0.375, 0.375, 0],
        [0, 0.125, 0.125, 0],
    ]


def test_looking_up_is_the_transpose_of_adding_up():
    generator = np.random.default_rng(3)
    x, y = generator.uniform(0, 7, (2, 30))
    found = nearest_centres(x, y, origin=(0, 0), cell=1, shape=(7, 7))
    amounts, values = generator.random(30), generator.random((9, 9))

    assert (found.add_up(amounts) * values).sum() == pytest.approx(
        (amounts * found.look_up(values)).sum()
    )


def test_cells_inside_are_those_that_shapely_finds():
    hole = Point(9.3, 11.1).buffer(3.3)
    shape = Polygon([(1.2, 2.1), (19.7, 3.3), (15.1, 18.9), (12.2, 6.4), (3.7, 19.2)]) - hole
    rings = [get_coordinates(ring) for part in [shape] for ring in (part.exterior, *part.interiors)]
    x, y = centres((20, 21))

    inside = cells_inside(rings, origin=(0, 0), cell=1, shape=(20, 21))

    assert inside.ravel().tolist() == contains_xy(shape, x, y).tolist()


def test_cells_of_a_shape_that_reaches_beyond_the_grid():
    square = np.array([[-5.0, -5], [9, -5], [9, 1.6], [-5, 1.6], [-5, -5]])

    inside = cells_inside([square], origin=(0, 0), cell=1, shape=(4, 3))

    assert inside.tolist() == [[True] * 3, [True] * 3, [False] * 3, [False] * 3]


@pytest.mark.parametrize("kernel", KERNELS, ids=str)
def test_edge_mass_is_one_inside_and_a_quarter_at_a_corner(kernel):
    inside = np.zeros((181, 181), dtype=bool)
    inside[:120, :120] = True

    mass = edge_mass(kernel, inside)

    assert mass[60, 60] == pytest.approx(1, abs=1e-9)
    # The four quarters of the plane around the corner make a whole, and lie alike.
    assert mass[119:121, 119:121].mean() == pytest.approx(0.25, abs=1e-9)
    assert mass[119, 119] > mass[119, 120] > mass[120, 120]


def test_edge_mass_of_a_rectangle_is_that_of_the_general_way():
    kernel, inside = Kernel("gaussian", 3.0), np.zeros((30, 40), dtype=bool)
    inside[4:20, 7:33] = True
    lattice = LatticeKernel(kernel, inside.shape)

    assert lattice.mass_inside(inside) == pytest.approx(
        lattice.smooth(inside.astype(float)), abs=1e-12
    )


def test_edge_mass_is_kept_and_cannot_be_written_to():
    inside = np.ones((8, 8), dtype=bool)

    mass = edge_mass(Kernel("quartic", 3.0), inside)

    assert edge_mass(Kernel("quartic", 3.0), inside.copy()) is mass
    with pytest.raises(ValueError, match="read-only"):
        mass[0, 0] = 1
