"""Moran's I and its moments against every arrangement there is."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall._stats.autocorrelation import (
    global_moran,
    local_moran,
    moran_product,
    standardised_rates,
    weight_sums,
)
from forestall._stats.lattice import gi_scores

VALUES = np.array([5.0, 0.0, 1.0, 1.0, 9.0, 2.0])
# A path 0-1-2-3, with 4 beside 1 and 2, and 5 alone.
PAIRS = [(0, 1), (1, 2), (2, 3), (1, 4), (2, 4)]
GRAPH = np.zeros((6, 6))
for first, second in PAIRS:
    GRAPH[first, second] = GRAPH[second, first] = 1
MEMBERS = GRAPH.sum(axis=1).astype(int)


def weighted(weights):
    return GRAPH if weights == "binary" else GRAPH / np.maximum(MEMBERS, 1)[:, None]


def moran_by_hand(values, matrix):
    own = values - values.mean()
    return len(values) / matrix.sum() * (own @ matrix @ own) / (own @ own)


@pytest.mark.parametrize("weights", ["binary", "row"])
def test_global_moments_are_those_of_all_arrangements(weights):
    every = [moran_by_hand(np.array(one), weighted(weights)) for one in permutations(VALUES)]

    found = global_moran(VALUES, MEMBERS, lambda x: GRAPH @ x, weights=weights)

    assert found.value == pytest.approx(moran_by_hand(VALUES, weighted(weights)))
    assert found.expected == pytest.approx(np.mean(every))
    assert found.variance_randomisation == pytest.approx(np.var(every))


@pytest.mark.parametrize("weights", ["binary", "row"])
def test_local_moments_are_those_of_all_arrangements_of_the_others(weights):
    found = local_moran(VALUES, GRAPH @ VALUES, MEMBERS, weights=weights)

    own = VALUES - VALUES.mean()
    for place in range(5):
        others = np.delete(np.arange(6), place)
        beside = weighted(weights)[place, others]
        every = [
            own[place] * (beside @ own[list(one)]) / np.mean(own**2) for one in permutations(others)
        ]
        assert found.expected[place] == pytest.approx(np.mean(every))
        assert found.variance[place] == pytest.approx(np.var(every))
        z = (found.value[place] - np.mean(every)) / np.std(every)
        assert found.z[place] == pytest.approx(z)


def test_gi_is_set_against_all_arrangements_of_the_others():
    scores = gi_scores(GRAPH @ VALUES, MEMBERS, VALUES)

    for place in range(5):
        others = np.delete(VALUES, place)
        beside = np.delete(GRAPH[place], place)
        every = [beside @ np.array(one) for one in permutations(others)]
        z = (GRAPH[place] @ VALUES - np.mean(every)) / np.std(every)
        assert scores[place] == pytest.approx(z)
    assert np.isnan(scores[5])


def test_a_place_at_the_mean_is_like_nobody():
    values = np.array([2.0, 0.0, 4.0, 2.0])
    graph = np.array([[0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 1, 0]])

    found = local_moran(values, graph @ values, graph.sum(axis=1), weights="row")

    assert found.value[[0, 3]].tolist() == found.z[[0, 3]].tolist() == [0.0, 0.0]
    assert found.neighbours_side.tolist() == [0.0] * 4


def test_where_the_others_are_equal_nothing_stands_out():
    values = np.array([1e6 + 0.1, 0.1, 0.1, 0.1, 0.1])

    assert gi_scores(np.full(5, 0.2), np.full(5, 2), values)[0] == 0.0


@given(st.integers(0, 10_000))
def test_weight_sums_follow_their_definition(seed):
    generator = np.random.default_rng(seed)
    graph = np.triu(generator.random((7, 7)) < 0.5, 1).astype(float)
    graph += graph.T
    members = graph.sum(axis=1).astype(int)
    for weights in ("binary", "row"):
        matrix = graph if weights == "binary" else graph / np.maximum(members, 1)[:, None]

        s0, s1, s2 = weight_sums(members, lambda x: graph @ x, weights=weights)

        assert s0 == pytest.approx(matrix.sum())
        assert s1 == pytest.approx(np.square(matrix + matrix.T).sum() / 2)
        assert s2 == pytest.approx(np.square(matrix.sum(axis=0) + matrix.sum(axis=1)).sum())


def test_a_product_by_hand():
    product = moran_product(np.array([1.0, -1.0, 0.0]), np.array([1, 2, 1]), _beside, weights="row")

    assert product == -1.0 + -1.0 * 0.5 * 1.0


def _beside(values):
    return np.array([values[1], values[0] + values[2], values[1]])


def test_rates_are_put_on_one_scale_as_esda_does():
    from esda.smoothing import assuncao_rate

    generator = np.random.default_rng(2)
    people = generator.integers(200, 20_000, 60).astype(float)
    for events in (generator.poisson(people * 0.01), generator.poisson(people * 0.0001)):
        assert standardised_rates(events, people) == pytest.approx(
            assuncao_rate(events, people), abs=1e-9
        )
