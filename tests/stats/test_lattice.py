"""Gi* on grids and graphs against first principles and PySAL esda."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_array

from forestall._stats.lattice import (
    box_sums,
    graph_gi_star,
    grid_gi_star,
    normal_p_values,
    window_sums,
)

grids = arrays(
    np.int64, st.tuples(st.integers(2, 8), st.integers(2, 8)), elements=st.integers(0, 9)
)


def gi_star_by_hand(counts, at_risk):
    """Follow Ord & Getis (1995) cell by cell."""
    rows, columns = counts.shape
    studied = counts[at_risk].astype(float)
    n, mean = studied.size, studied.mean()
    s = np.sqrt((studied**2).sum() / n - mean**2)
    scores = np.full(counts.shape, np.nan)
    for row, column in np.argwhere(at_risk):
        window = [
            (r, c)
            for r in range(max(row - 1, 0), min(row + 2, rows))
            for c in range(max(column - 1, 0), min(column + 2, columns))
            if at_risk[r, c]
        ]
        k, total = len(window), sum(counts[cell] for cell in window)
        spread = s * np.sqrt((n * k - k**2) / (n - 1))
        scores[row, column] = (total - k * mean) / spread if spread > 0 else 0.0
    return scores


def queen_graph(at_risk):
    """Return the queen neighbours of cells at risk, without the cells themselves."""
    cells = [tuple(cell) for cell in np.argwhere(at_risk)]
    position = {cell: number for number, cell in enumerate(cells)}
    pairs = [
        (number, position[row + up, column + aside])
        for (row, column), number in position.items()
        for up in (-1, 0, 1)
        for aside in (-1, 0, 1)
        if (up or aside) and (row + up, column + aside) in position
    ]
    first, second = np.array(pairs).reshape(-1, 2).T
    return csr_array((np.ones(len(pairs)), (first, second)), shape=(len(cells),) * 2)


@given(grids)
def test_box_sums_are_sums_of_windows(counts):
    padded = np.pad(counts, 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3))

    assert (box_sums(counts) == windows.sum(axis=(2, 3))).all()


@given(grids, st.integers(0, 4), st.integers(0, 10))
def test_window_sums_are_sums_of_windows(counts, tall, seed):
    wide = np.random.default_rng(seed).integers(0, 11, tall + 1)
    half_widths = {step: int(wide[abs(step)]) for step in range(-tall, tall + 1)}
    rows, columns = counts.shape
    by_hand = [
        [
            sum(
                counts[row + step, max(column - half, 0) : column + half + 1].sum()
                for step, half in half_widths.items()
                if 0 <= row + step < rows
            )
            for column in range(columns)
        ]
        for row in range(rows)
    ]

    assert window_sums(counts, half_widths).tolist() == by_hand
    assert (window_sums(counts, {-1: 1, 0: 1, 1: 1}) == box_sums(counts)).all()


@given(grids, st.integers(0, 10_000))
def test_scores_follow_the_definition_with_and_without_a_mask(counts, seed):
    at_risk = np.random.default_rng(seed).random(counts.shape) < 0.7
    at_risk[:2, 0] = True

    masked, members = grid_gi_star(counts.astype(float), at_risk=at_risk)
    whole, _ = grid_gi_star(counts.astype(float))

    assert masked == pytest.approx(gi_star_by_hand(counts, at_risk), abs=1e-9, nan_ok=True)
    assert whole == pytest.approx(gi_star_by_hand(counts, np.ones_like(at_risk)), abs=1e-9)
    assert (members[~at_risk] == 0).all()


@given(grids, st.integers(0, 10_000))
def test_the_graph_gives_what_the_grid_gives(counts, seed):
    at_risk = np.random.default_rng(seed).random(counts.shape) < 0.8
    at_risk[:2, 0] = True

    grid, members = grid_gi_star(counts.astype(float), at_risk=at_risk)
    graph, graph_members = graph_gi_star(counts[at_risk].astype(float), queen_graph(at_risk))

    assert graph == pytest.approx(grid[at_risk], abs=1e-9)
    assert (graph_members == members[at_risk]).all()


@given(grids, st.integers(2, 50), st.integers(0, 50))
def test_scores_do_not_depend_on_scale_and_level(counts, factor, more):
    plain, _ = grid_gi_star(counts.astype(float))
    other, _ = grid_gi_star((factor * counts + more).astype(float))

    assert other == pytest.approx(plain, abs=1e-6)


def test_equal_counts_never_stand_out():
    scores, members = grid_gi_star(np.full((4, 5), 3.0))

    assert (scores == 0).all()
    assert members[0].tolist() == [4, 6, 6, 6, 4]


# Study areas in several parts are meant; esda copies the weights, and the copy warns again.
@pytest.mark.filterwarnings("ignore:The weights matrix is not fully connected")
@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000))
def test_scores_equal_esda(seed):
    from esda.getisord import G_Local
    from libpysal.weights import W

    generator = np.random.default_rng(seed)
    at_risk = generator.random((15, 12)) < 0.8
    counts = generator.negative_binomial(1, 0.2, (15, 12)).astype(float)
    graph = queen_graph(at_risk)
    keep = np.flatnonzero(np.diff(graph.indptr) > 0)
    graph, observed = graph[keep][:, keep], counts[at_risk][keep]
    weights = W(
        {i: list(graph.indices[graph.indptr[i] : graph.indptr[i + 1]]) for i in range(len(keep))},
        silence_warnings=True,
    )

    ours, _ = graph_gi_star(observed, graph)
    theirs = G_Local(observed, weights, transform="B", permutations=0, star=True)

    assert ours == pytest.approx(theirs.Zs, abs=1e-9)
    assert normal_p_values(ours, alternative="two-sided") == pytest.approx(
        2 * np.asarray(theirs.p_norm), abs=1e-9
    )


def test_sides_of_a_p_value():
    scores = np.array([1.959963985])

    assert normal_p_values(scores, alternative="two-sided")[0] == pytest.approx(0.05)
    assert normal_p_values(scores, alternative="greater")[0] == pytest.approx(0.025)
    assert normal_p_values(scores, alternative="less")[0] == pytest.approx(0.975)
    with pytest.raises(ValueError, match="two-sided, greater or less"):
        normal_p_values(scores, alternative="both")


@pytest.mark.slow
def test_under_chance_few_places_look_special():
    generator = np.random.default_rng(21)
    rates = []
    for _ in range(200):
        scores, _ = grid_gi_star(generator.poisson(5, (40, 40)).astype(float))
        rates.append((normal_p_values(scores, alternative="two-sided") < 0.05).mean())

    assert 0.045 < np.mean(rates) < 0.055
