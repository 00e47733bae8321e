"""Gi*, Gi, local and global Moran against PySAL esda and R spdep, on three real data sets."""

import numpy as np
import pytest
from scipy.stats import norm

from forestall.diagnosis import (
    assess_autocorrelation,
    find_clusters_and_outliers,
    find_hotspots,
)
from forestall.records import count_incidents, find_neighbours, square_grid
from tests.peers.r import run_r

# Study areas in several parts are meant; esda copies the weights, and the copy warns again.
pytestmark = pytest.mark.filterwarnings("ignore:The weights matrix is not fully connected")

BANDS = {"camden": 900, "chicago": 9_000, "cleveland": 2_100}


@pytest.fixture(params=BANDS)
def real(request):
    """Counts of a real data set with its distance band in metres."""
    if request.param == "cleveland":
        incidents = request.getfixturevalue("cleveland").filter(offences=["Burglary"])
        counts = count_incidents(incidents, places=square_grid(incidents, cell_m=1000))
    else:
        counts = request.getfixturevalue(f"{request.param}_counts")
    return counts, BANDS[request.param]


@pytest.fixture(params=["queen", "distance"])
def asked(request, real):
    """Counts, how neighbours are asked for, and the graph they form."""
    counts, distance_m = real
    how = {} if request.param == "queen" else {"distance_m": distance_m}
    return counts, how, find_neighbours(counts.places, **how)


def weights_of(graph):
    from libpysal.weights import W

    return W(
        {
            number: graph.indices[graph.indptr[number] : graph.indptr[number + 1]].tolist()
            for number in range(graph.shape[0])
        },
        silence_warnings=True,
    )


@pytest.mark.parametrize("statistic", ["gi_star", "gi"])
def test_gi_equals_esda(asked, statistic):
    from esda.getisord import G_Local

    counts, how, graph = asked
    star = statistic == "gi_star"

    ours = find_hotspots(counts, statistic=statistic, **how).table

    theirs = G_Local(
        counts.per_place().astype(float),
        weights_of(graph),
        transform="B",
        permutations=0,
        star=star,
    )
    assert ours["z"].to_numpy() == pytest.approx(theirs.Zs, abs=1e-9)
    assert ours["p_value"].to_numpy() == pytest.approx(2 * theirs.p_norm, abs=1e-9)


@pytest.mark.parametrize("weights", ["row", "binary"])
def test_local_moran_equals_esda(asked, weights):
    from esda.moran import Moran_Local

    counts, how, graph = asked
    n = counts.places.size
    transformation = "r" if weights == "row" else "b"

    ours = find_clusters_and_outliers(counts, weights=weights, permutations=0, **how).table

    theirs = Moran_Local(
        counts.per_place().astype(float),
        weights_of(graph),
        transformation=transformation,
        permutations=0,
    )
    # esda divides by n - 1 in I, and by n in its conditional moments.
    own_i = theirs.Is * n / (n - 1)
    assert ours["local_i"].to_numpy() == pytest.approx(own_i, abs=1e-9)
    assert ours["expected_i"].to_numpy() == pytest.approx(theirs.EIc, abs=1e-9)
    z = (own_i - theirs.EIc) / np.sqrt(theirs.VIc)
    assert ours["z"].to_numpy() == pytest.approx(z, abs=1e-9)
    names = np.array(["", "high-high", "low-high", "low-low", "high-low"])
    assert ours["quadrant"].tolist() == names[theirs.q].tolist()


@pytest.mark.parametrize("weights", ["row", "binary"])
def test_global_moran_equals_esda(asked, weights):
    from esda.moran import Moran

    counts, how, graph = asked
    transformation = "r" if weights == "row" else "b"

    ours = assess_autocorrelation(counts, weights=weights, permutations=0, **how)

    theirs = Moran(
        counts.per_place().astype(float),
        weights_of(graph),
        transformation=transformation,
        permutations=0,
    )
    table = ours.table.set_index("assumption")
    assert ours.moran_i == pytest.approx(theirs.I, abs=1e-9)
    assert ours.expected == pytest.approx(theirs.EI, abs=1e-12)
    for assumption, variance, p_value in (
        ("randomisation", theirs.VI_rand, theirs.p_rand),
        ("normality", theirs.VI_norm, theirs.p_norm),
    ):
        assert table.loc[assumption, "variance"] == pytest.approx(variance, abs=1e-9)
        assert table.loc[assumption, "p_value"] == pytest.approx(p_value, abs=1e-9)


SPDEP = """
neighbours <- apply(graph, 1, function(row) which(row > 0), simplify = FALSE)
class(neighbours) <- "nb"
attr(neighbours, "region.id") <- as.character(seq_along(neighbours))
binary <- nb2listw(neighbours, style = "B")
row <- nb2listw(neighbours, style = "W")
local <- localmoran(x, row, conditional = TRUE)
whole <- moran.test(x, row)
normal <- moran.test(x, binary, randomisation = FALSE, alternative = "two.sided")
give(gi = as.vector(localG(x, binary)), gi_row = as.vector(localG(x, row)),
  gi_star = as.vector(localG(x, nb2listw(include.self(neighbours), style = "B"))),
  gi_star_row = as.vector(localG(x, nb2listw(include.self(neighbours), style = "W"))),
  i = local[, 1], expected = local[, 2], z = local[, 4], p = local[, 5],
  quadrant = as.character(attr(local, "quadr")$pysal),
  whole = c(whole$estimate, whole$p.value), normal = c(normal$estimate, normal$p.value))
"""


def test_all_three_equal_spdep(asked):
    counts, how, graph = asked
    theirs = run_r(
        SPDEP, packages=("spdep",), x=counts.per_place(), graph=graph.toarray().astype(int)
    )

    for statistic in ("gi", "gi_star"):
        for weights in ("binary", "row"):
            found = find_hotspots(counts, statistic=statistic, weights=weights, **how).table["z"]
            spdep = theirs[statistic if weights == "binary" else f"{statistic}_row"]
            assert found.to_numpy() == pytest.approx(spdep, abs=1e-9)

    local = find_clusters_and_outliers(counts, permutations=0, **how).table
    assert local["local_i"].to_numpy() == pytest.approx(theirs["i"], abs=1e-9)
    assert local["expected_i"].to_numpy() == pytest.approx(theirs["expected"], abs=1e-9)
    assert local["z"].to_numpy() == pytest.approx(theirs["z"], abs=1e-9)
    assert local["p_value"].to_numpy() == pytest.approx(theirs["p"], abs=1e-9)
    assert local["quadrant"].tolist() == [name.lower() for name in theirs["quadrant"]]

    row = assess_autocorrelation(counts, alternative="greater", permutations=0, **how)
    binary = assess_autocorrelation(counts, weights="binary", permutations=0, **how)
    for ours, assumption, values in (
        (row, "randomisation", theirs["whole"]),
        (binary, "normality", theirs["normal"]),
    ):
        row_of = ours.table.set_index("assumption").loc[assumption]
        answer = [ours.moran_i, *row_of[["expected", "variance", "p_value"]]]
        assert answer == pytest.approx(values, abs=1e-9)


def test_esda_takes_row_weights_for_single_neighbours(chicago_counts):
    """Say so when PySAL changes it; the page on hot spots tells of it."""
    from esda.getisord import G_Local

    graph = find_neighbours(chicago_counts.places)
    values = chicago_counts.per_place().astype(float)
    binary, row = (
        G_Local(values, weights_of(graph), transform=kind, permutations=0, star=False).Zs
        for kind in ("B", "R")
    )

    assert row == pytest.approx(binary / _inflated(graph, values.size), abs=1e-9)


def _inflated(graph, n):
    k = np.diff(graph.indptr)
    return np.sqrt(k * (n - 2) / (n - 1 - k))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:The alternative hypothesis:DeprecationWarning")
def test_permutations_agree_with_those_of_esda(camden_counts):
    from esda.moran import Moran_Local

    graph, draws = find_neighbours(camden_counts.places), 9_999
    theirs = Moran_Local(
        camden_counts.per_place().astype(float), weights_of(graph), permutations=draws, seed=5
    )

    ours = find_clusters_and_outliers(camden_counts, permutations=draws, seed=3).table

    folded = np.minimum(ours["p_value"] / 2, 0.5)
    error = np.sqrt(2 * np.maximum(folded * (1 - folded), 1 / draws) / draws)
    assert (np.abs(folded - np.minimum(theirs.p_sim, 0.5)) <= 4.5 * error + 1 / draws).all()
    same = norm.sf(np.abs(ours["z"])) - ours["p_normal"] / 2
    assert np.abs(same).max() < 1e-12
