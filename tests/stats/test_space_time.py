"""Gi* over space and time against its definition, one bin after the other, and PySAL esda."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array, kron

from forestall._stats.lattice import graph_gi_star
from forestall._stats.space_time import space_time_gi_star

PLACES, STEPS = 12, 8


def ring_and_chords(seed):
    """Return a connected graph with places of two to five neighbours."""
    generator = np.random.default_rng(seed)
    dense = np.zeros((PLACES, PLACES))
    for place in range(PLACES):
        dense[place, (place + 1) % PLACES] = 1
    chords = generator.integers(0, PLACES, (6, 2))
    dense[chords[:, 0], chords[:, 1]] = 1
    dense = np.maximum(dense, dense.T)
    np.fill_diagonal(dense, 0)
    return csr_array(dense)


def by_definition(counts, graph, steps_before, reference):
    """Follow Ord & Getis (1995) bin by bin."""
    dense = graph.toarray() + np.eye(PLACES)
    scores = np.zeros(counts.shape)
    for step in range(counts.shape[1]):
        window = range(max(0, step - steps_before), step + 1)
        compared = counts if reference == "cube" else counts[:, list(window)]
        n, mean = compared.size, compared.mean()
        s = np.sqrt((compared**2).mean() - mean**2)
        for place in range(PLACES):
            members = [(other, t) for t in window for other in np.flatnonzero(dense[place])]
            k, total = len(members), sum(counts[bin_] for bin_ in members)
            spread = s * np.sqrt((n * k - k**2) / (n - 1))
            scores[place, step] = (total - k * mean) / spread if spread > 0 else 0
    return scores


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(0, 3), st.sampled_from(["cube", "step"]))
def test_scores_follow_the_definition(seed, steps_before, reference):
    counts = np.random.default_rng(seed).poisson(3, (PLACES, STEPS)).astype(float)
    graph = ring_and_chords(seed)

    scores = space_time_gi_star(
        counts, graph, steps_before=steps_before, whole_cube=reference == "cube"
    )

    wanted = by_definition(counts, graph, steps_before, reference)
    assert scores == pytest.approx(wanted, abs=1e-9)


def test_a_step_by_itself_is_the_map_of_that_step():
    counts = np.random.default_rng(1).poisson(3, (PLACES, STEPS)).astype(float)
    graph = ring_and_chords(1)

    scores = space_time_gi_star(counts, graph, steps_before=0, whole_cube=False)

    for step in range(STEPS):
        alone, _ = graph_gi_star(counts[:, step], graph)
        assert scores[:, step] == pytest.approx(alone, abs=1e-9)


def test_the_whole_cube_is_gi_star_on_the_graph_of_all_bins_as_in_esda():
    from esda.getisord import G_Local
    from libpysal.weights import W

    counts = np.random.default_rng(2).poisson(3, (PLACES, STEPS)).astype(float)
    spatial = ring_and_chords(2) + csr_array(np.eye(PLACES))
    # A step sees itself and the one before; so the graph is not symmetric.
    steps = csr_array(np.eye(STEPS) + np.eye(STEPS, k=-1))
    graph = csr_array(kron(steps, spatial))
    neighbours = {
        place: [
            int(other)
            for other in graph.indices[graph.indptr[place] : graph.indptr[place + 1]]
            if other != place
        ]
        for place in range(graph.shape[0])
    }

    ours = space_time_gi_star(counts, ring_and_chords(2), steps_before=1, whole_cube=True)

    theirs = G_Local(counts.T.ravel(), W(neighbours), transform="B", permutations=0, star=True)
    assert ours.T.ravel() == pytest.approx(theirs.Zs, abs=1e-9)


def test_equal_counts_and_sums_of_everything_never_stand_out():
    graph = csr_array(np.ones((3, 3)) - np.eye(3))

    assert (
        space_time_gi_star(np.full((3, 4), 2.0), graph, steps_before=1, whole_cube=True) == 0
    ).all()
    all_of_it = space_time_gi_star(
        np.arange(12.0).reshape(3, 4), graph, steps_before=1, whole_cube=False
    )
    assert (all_of_it == 0).all()
