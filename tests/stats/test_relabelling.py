"""Random labelling, against labels and ratios done one by one."""

import numpy as np
import pytest

from forestall._stats.binning import nearest_centres
from forestall._stats.kernels import Kernel, exact_density
from forestall._stats.relabelling import Smoothing, relabel, surfaces_apart


@pytest.mark.parametrize("edge", ["none", "uniform", "jones_diggle"])
def test_counts_equal_those_of_ratios_worked_out_one_by_one(edge):
    generator = np.random.default_rng(5)
    x, y = generator.integers(0, 12, (2, 60)) + 0.5
    first = np.arange(60) < 25
    shape, kernel = (12, 12), Kernel("gaussian", 1.5)
    inside = np.ones(shape, dtype=bool)
    at_y, at_x = (axis.ravel() + 0.5 for axis in np.mgrid[:12, :12])

    def log_ratio(labels):
        mass = np.ones(60)
        if edge == "jones_diggle":
            mass = exact_density(at_x, at_y, at_x=x, at_y=y, kernel=kernel)
        weights = kernel.at(np.square(at_x[:, None] - x) + np.square(at_y[:, None] - y)) / mass
        return np.log(weights[:, labels].sum(axis=1) / weights[:, ~labels].sum(axis=1))

    found = relabel(
        nearest_centres(x, y, origin=(0, 0), cell=1, shape=shape),
        first,
        smoothing=Smoothing(kernel, inside, edge),
        shown=inside,
        permutations=40,
        seed=8,
    )

    again = np.random.default_rng(8)
    chance = np.stack([log_ratio(again.permutation(first)) for _ in range(40)])
    observed = log_ratio(first)
    assert found.at_least.ravel().tolist() == (1 + (chance >= observed).sum(axis=0)).tolist()
    assert found.at_most.ravel().tolist() == (1 + (chance <= observed).sum(axis=0)).tolist()


def test_distance_of_surfaces_done_by_hand():
    first, both = np.array([[3.0, 1.0]]), np.array([[4.0, 4.0]])

    apart = surfaces_apart(first, both, 0.5, np.array([[True, True]]))

    assert apart == pytest.approx(np.square([0.75 - 0.5, 0.25 - 0.5]).mean())
    assert surfaces_apart(both / 4, both, 0.25, np.array([[True, True]])) == pytest.approx(0)


def test_ties_count_as_extreme():
    same = np.full(10, 1.5)

    found = relabel(
        nearest_centres(same, same, origin=(0, 0), cell=1, shape=(3, 3)),
        np.arange(10) < 4,
        smoothing=Smoothing(Kernel("gaussian", 1.0), np.ones((3, 3), dtype=bool), "none"),
        shown=np.ones((3, 3), dtype=bool),
        permutations=19,
        seed=1,
    )

    assert (found.at_least == 20).all()
    assert (found.at_most == 20).all()
    assert found.as_far == 20
