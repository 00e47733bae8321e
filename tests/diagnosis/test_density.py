"""Smooth surfaces of incidents."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forestall._stats.kernels import Kernel, exact_density
from forestall.diagnosis import estimate_density
from forestall.errors import CannotAnswer, InvalidPlaces
from forestall.records import (
    Counts,
    Incidents,
    areas_from_file,
    count_incidents,
    hex_grid,
    square_grid,
)
from tests.peers.r import run_r
from tests.records.made_incidents import incidents_at

CRS = "EPSG:27700"
EDGES = ["none", "uniform", "jones_diggle"]


def grid_of(columns, rows, *, cell_m=100, origin=(0, 0)):
    return square_grid(origin=origin, cell_m=cell_m, columns=columns, rows=rows, crs=CRS)


def some_points(seed=0, count=40, side=2000):
    return np.random.default_rng(seed).uniform(0, side, (count, 2))


def points_of(incidents):
    frame = incidents.to_pandas()
    return frame["x"].to_numpy(), frame["y"].to_numpy()


@pytest.fixture(scope="module")
def thefts(chicago):
    """5,948 thefts with block points, not snapped."""
    return chicago.filter(offences="THEFT")


@pytest.fixture(scope="module")
def burglaries(cleveland):
    """2,264 burglaries at snapped points, many at the same one."""
    return cleveland.filter(offences="Burglary")


def test_one_incident_done_by_hand():
    density = estimate_density(
        incidents_at([(550, 450)]), bandwidth_m=200, window=grid_of(11, 9), edge="none"
    )

    at = density.table.set_index(["x", "y"])["density_per_km2"]
    peak = 1e6 / (2 * np.pi * 200**2)
    assert at[550, 450] == pytest.approx(peak)
    assert at[750, 450] == pytest.approx(peak * np.exp(-0.5))
    assert at[650, 550] == pytest.approx(peak * np.exp(-0.25))
    assert density.surface[4, 5] == at[550, 450]


def test_a_quartic_kernel_done_by_hand():
    density = estimate_density(
        incidents_at([(550, 450)]), bandwidth_m=800, kernel="quartic", window=grid_of(11, 9)
    )

    at = density.table.set_index(["x", "y"])["density_per_km2"]
    peak = 1e6 * 3 / (np.pi * 800**2)
    assert at[550, 450] == pytest.approx(peak, rel=2e-3)
    assert at[950, 450] == pytest.approx(peak * (1 - 0.25) ** 2, rel=2e-3)


@pytest.mark.parametrize("kernel", ["gaussian", "quartic"])
@pytest.mark.parametrize("data", ["thefts", "burglaries"])
def test_densities_equal_exact_sums_on_two_data_sets(data, kernel, request):
    incidents = request.getfixturevalue(data)
    bandwidth = {"gaussian": 1000, "quartic": 2800}[kernel]

    density = estimate_density(incidents, bandwidth_m=bandwidth, cell_m=100, kernel=kernel)

    chosen = density.table.iloc[::97]
    exact = 1e6 * exact_density(
        *points_of(incidents),
        at_x=chosen["x"].to_numpy(),
        at_y=chosen["y"].to_numpy(),
        kernel=Kernel(kernel, bandwidth),
    )
    # Binning adds a sixth of a squared cell to the variance: about 0.2 % at the highest peaks.
    assert chosen["density_per_km2"].to_numpy() == pytest.approx(exact, abs=3e-3 * exact.max())


@pytest.mark.parametrize("data", ["thefts", "burglaries"])
def test_densities_equal_scikit_learn(data, request):
    from sklearn.neighbors import KernelDensity

    incidents = request.getfixturevalue(data)
    points = np.column_stack(points_of(incidents))
    peer = KernelDensity(bandwidth=800, kernel="gaussian", rtol=1e-9).fit(points)

    density = estimate_density(incidents, bandwidth_m=800, cell_m=80)

    chosen = density.table.iloc[::301]
    wanted = 1e6 * len(points) * np.exp(peer.score_samples(chosen[["x", "y"]].to_numpy()))
    assert chosen["density_per_km2"].to_numpy() == pytest.approx(wanted, abs=3e-3 * wanted.max())


@pytest.mark.parametrize("data", ["thefts", "burglaries"])
def test_densities_equal_kdepy_on_its_grid(data, request):
    from KDEpy import FFTKDE

    incidents = request.getfixturevalue(data)
    density = estimate_density(incidents, bandwidth_m=500, cell_m=100)
    x, y = (np.unique(density.table[axis]) for axis in ("x", "y"))
    # KDEpy wants all points inside its grid, so it gets two cells more on each side.
    wide, tall = (
        np.concatenate([axis[0] - [200, 100], axis, axis[-1] + [100, 200]]) for axis in (x, y)
    )
    grid = np.stack(np.meshgrid(wide, tall, indexing="ij"), axis=-1).reshape(-1, 2)

    # KDEpy cuts its kernel off where the value falls below 1e-4, whatever the unit; in metres
    # that would be within one bandwidth, so it gets bandwidths as the unit.
    peer = FFTKDE(bw=1, kernel="gaussian").fit(np.column_stack(points_of(incidents)) / 500)
    wanted = peer.evaluate(grid / 500).reshape(len(wide), len(tall))[2:-2, 2:-2].T
    wanted = wanted * 1e6 / 500**2 * density.events

    assert density.surface == pytest.approx(wanted, abs=1e-3 * wanted.max())


@pytest.fixture(scope="module", params=["thefts", "burglaries"])
def counts_and_spatstat(request):
    """Counts on a rectangle of squares, and spatstat's surface for each kernel and edge."""
    incidents = request.getfixturevalue(request.param)
    near = square_grid(incidents, cell_m=250)
    whole = square_grid(
        origin=near.origin, cell_m=250, columns=near.columns, rows=near.rows, crs=near.crs
    )
    counts = count_incidents(incidents, places=whole)
    # spatstat puts each point into the nearest pixel, so it gets points on the centres.
    x, y = np.repeat(whole.centres, counts.per_place(), axis=0).T
    (west, south), shape = whole.origin, (whole.rows, whole.columns)
    peer = run_r(
        """
        points <- suppressWarnings(ppp(x, y, window = owin(sides[1:2], sides[3:4])))
        surface <- function(kernel, edge) as.vector(t(density(points, sigma = 1000,
            kernel = kernel, edge = edge != "none", diggle = edge == "jones_diggle",
            dimyx = shape)$v))
        result <- list()
        for (kernel in c("gaussian", "quartic")) for (edge in c("none", "uniform", "jones_diggle"))
            result[[paste(kernel, edge)]] <- surface(kernel, edge)
        """,
        packages=("spatstat.geom", "spatstat.explore"),
        x=x,
        y=y,
        sides=[west, west + 250 * shape[1], south, south + 250 * shape[0]],
        shape=shape,
    )
    return counts, {name: np.array(values).reshape(shape) * 1e6 for name, values in peer.items()}


# spatstat does not scale the kernel to sum to 1 over the pixels, as is done here.
@pytest.mark.parametrize(
    ("kernel", "bandwidth", "tolerance"),
    [("gaussian", 1000, 1e-7), ("quartic", 1000 * np.sqrt(8), 1e-3)],
)
@pytest.mark.parametrize("edge", EDGES)
def test_densities_equal_spatstat_with_every_edge_correction(
    counts_and_spatstat, edge, kernel, bandwidth, tolerance
):
    counts, peer = counts_and_spatstat

    density = estimate_density(counts, bandwidth_m=bandwidth, kernel=kernel, edge=edge)

    wanted = peer[f"{kernel} {edge}"]
    assert density.surface == pytest.approx(wanted, abs=tolerance * wanted.max())


@given(st.integers(0, 10_000), st.sampled_from(EDGES), st.sampled_from(["gaussian", "quartic"]))
@settings(max_examples=30, deadline=None)
def test_what_a_density_integrates_to(seed, edge, kernel):
    points = some_points(seed)
    inside = shapely.Polygon([(100, 0), (2000, 300), (1500, 2000), (900, 800), (0, 1900)])

    density = estimate_density(
        incidents_at(points), bandwidth_m=400, cell_m=50, kernel=kernel, edge=edge, window=inside
    )

    held = shapely.intersects_xy(inside, *points.T)
    added = (density.table["density_per_km2"] * density.grid.area_km2).sum()
    assert density.events == held.sum()
    assert density.outside == (~held).sum()
    assert added == pytest.approx(density.integral)
    if edge == "jones_diggle":
        assert density.integral == pytest.approx(density.events, rel=1e-9)
    if edge == "none":
        assert density.integral < density.events


@given(st.integers(0, 10_000), st.sampled_from(EDGES), st.sampled_from(["gaussian", "quartic"]))
@settings(max_examples=20, deadline=None)
def test_moving_turning_and_doubling(seed, edge, kernel):
    points = some_points(seed)
    choices = {"bandwidth_m": 350, "kernel": kernel, "edge": edge}

    surface = estimate_density(incidents_at(points), window=grid_of(20, 20), **choices).surface
    moved = estimate_density(
        incidents_at(points + np.array([300_000, 400_000])),
        window=grid_of(20, 20, origin=(300_000, 400_000)),
        **choices,
    )
    turned = estimate_density(
        incidents_at(np.column_stack([2000 - points[:, 1], points[:, 0]])),
        window=grid_of(20, 20),
        **choices,
    )
    doubled = estimate_density(
        incidents_at(np.concatenate([points, points])), window=grid_of(20, 20), **choices
    )

    near = {"abs": 1e-9 * surface.max()}
    assert moved.surface == pytest.approx(surface, **near)
    assert np.rot90(turned.surface) == pytest.approx(surface, **near)
    assert doubled.surface == pytest.approx(2 * surface, **near)


@pytest.mark.parametrize("kernel", ["gaussian", "quartic"])
def test_an_empty_border_changes_nothing_without_edge_correction(kernel):
    incidents = incidents_at(some_points())
    choices = {"bandwidth_m": 300, "kernel": kernel, "edge": "none"}

    surface = estimate_density(incidents, window=grid_of(20, 20), **choices).surface
    framed = estimate_density(incidents, window=grid_of(30, 30, origin=(-500, -500)), **choices)

    assert framed.surface[5:25, 5:25] == pytest.approx(surface, abs=1e-9 * surface.max())
    assert framed.integral > estimate_density(
        incidents, window=grid_of(20, 20), **choices
    ).integral  # fmt: skip


def test_an_even_pattern_stays_even_up_to_the_edge_with_the_uniform_correction(squares):
    density = estimate_density(squares(np.full((12, 15), 3)), bandwidth_m=250, edge="uniform")

    assert density.surface == pytest.approx(np.full((12, 15), 300.0))


def test_an_opening_in_the_window_has_no_density():
    ring = shapely.Point(1000, 1000).buffer(900) - shapely.Point(1000, 1000).buffer(400)

    density = estimate_density(
        incidents_at(some_points()), bandwidth_m=200, cell_m=50, window=ring, edge="uniform"
    )

    assert np.isnan(density.surface[18:22, 18:22]).all()
    assert len(density.table) == np.isfinite(density.surface).sum() == density.grid.size
    assert np.isfinite(density.table.to_numpy()).all()


def test_areas_are_a_window_in_whatever_projection():
    areas = areas_from_file("examples/camden_burglary/camden_lsoa21.parquet", code="lsoa21cd")
    here, there = areas.centres, areas.to_crs("EPSG:32630")
    incidents = incidents_at(here)

    density = estimate_density(incidents, bandwidth_m=300, cell_m=100, window=there)

    assert density.events == len(here)
    assert density.grid.size * 0.01 == pytest.approx(areas.area_km2.sum(), rel=0.01)


def test_counts_give_what_points_at_the_centres_give():
    points = np.floor(some_points() / 100) * 100 + 50
    grid = grid_of(20, 20)
    counts = count_incidents(incidents_at(points), places=grid)

    counted = estimate_density(counts, bandwidth_m=300, edge="jones_diggle")
    located = estimate_density(
        incidents_at(points), bandwidth_m=300, edge="jones_diggle", window=grid
    )

    assert counted.surface == pytest.approx(located.surface)
    assert "centre of its square" in " ".join(map(str, counted.caveats))


def test_without_a_window_the_rectangle_around_the_incidents_is_studied():
    density = estimate_density(incidents_at([(120, 340), (700, 900)]), bandwidth_m=200, cell_m=100)

    assert density.grid.origin == (100, 300)
    assert (density.grid.columns, density.grid.rows) == (7, 7)
    assert "rectangle around the incidents" in " ".join(map(str, density.caveats))


def test_arrays_in_memory_become_a_density():
    frame = pd.DataFrame(some_points() + np.array([449_000, 520_000]), columns=["x", "y"])
    incidents = Incidents.from_frame(
        frame.assign(at="2024-01-03"), x="x", y="y", crs=CRS, starts_at="at"
    )

    assert estimate_density(incidents, bandwidth_m=300, cell_m=50).events == 40


def test_caveats_name_what_was_chosen_and_left_out():
    density = estimate_density(
        incidents_at([(50, 50), (5_000, 50)]), bandwidth_m=1_000, window=grid_of(10, 10)
    )

    said = " ".join(map(str, density.caveats)).replace("\N{NO-BREAK SPACE}", " ")
    assert "standard deviation of 1,000 m was evaluated at the centres of 100 squares" in said
    assert "at most 0.2 % of its peak" in said
    assert "1 incident lies outside the study area" in said
    assert "densities near it are too low" in said
    assert "of the incidents' weight fell outside" in said
    assert "little more than the average" in said
    assert "publisher moves points" in said  # the made-up store says so


def test_the_picture_has_a_few_thousand_squares(thefts):
    density = estimate_density(thefts, bandwidth_m=800, cell_m=100)

    drawn = density.plot().to_dict()

    assert 1_000 < len(next(iter(drawn["datasets"].values()))) <= 4_500
    assert density.surface.size > 100_000


REFUSED = [
    ({"bandwidth_m": 90}, CannotAnswer, "at least 100 m"),
    ({"bandwidth_m": 190, "kernel": "quartic"}, CannotAnswer, "at least 200 m"),
    ({"bandwidth_m": 0}, ValueError, "more than 0 m"),
    ({"bandwidth_m": "800"}, ValueError, "a number of more than 0 m, but '800' was given"),
    ({"bandwidth_m": float("nan")}, ValueError, "more than 0 m"),
    ({"kernel": "cone"}, ValueError, "A kernel is one of"),
    ({"edge": "diggle"}, ValueError, "edge correction"),
    ({"cell_m": None}, ValueError, "how wide the cells are"),
    ({"cell_m": 0}, InvalidPlaces, "more than 0 m wide"),
    ({"cell_m": float("nan")}, InvalidPlaces, "more than 0 m wide"),
    ({"cell_m": 0.1}, InvalidPlaces, "at most 25,000,000 cells"),
    ({"window": shapely.box(9_000, 9_000, 9_900, 9_900)}, CannotAnswer, "none of 40 lies there"),
    ({"window": shapely.box(10, 10, 20, 20)}, InvalidPlaces, "has its centre in the study area"),
    ({"window": shapely.Point(1, 1)}, InvalidPlaces, "valid polygon"),
    ({"window": "camden"}, InvalidPlaces, "got str"),
    ({"window": grid_of(9, 9, cell_m=50)}, ValueError, "50 m wide, but cell_m=100"),
]


@pytest.mark.parametrize(("changed", "error", "words"), REFUSED)
def test_what_cannot_be_done_is_refused(changed, error, words):
    choices = {"bandwidth_m": 300, "cell_m": 100, **changed}

    with pytest.raises(error, match=words):
        estimate_density(incidents_at(some_points()), **choices)


def test_counts_by_other_places_and_grids_elsewhere_are_refused():
    incidents = incidents_at(some_points() + np.array([449_000, 520_000]))
    hexagons = count_incidents(incidents, places=hex_grid(incidents, cell_m=500))
    elsewhere = square_grid(origin=(0, 0), cell_m=100, columns=9, rows=9, crs="EPSG:32630")

    with pytest.raises(CannotAnswer, match="counted by squares"):
        estimate_density(hexagons, bandwidth_m=900)
    with pytest.raises(CannotAnswer, match="counted by squares"):
        estimate_density(Counts.from_frame(pd.DataFrame({"incidents": [3]})), bandwidth_m=900)
    with pytest.raises(InvalidPlaces, match="in the projection of the incidents"):
        estimate_density(incidents, bandwidth_m=900, window=elsewhere)


@pytest.mark.slow
@given(seed=st.integers(0, 1_000_000))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_points_densities_are_numbers_from_zero(seed):
    generator = np.random.default_rng(seed)
    points = generator.choice(some_points(seed, 5, side=1000), int(generator.integers(1, 30)))
    edge, kernel = generator.choice(EDGES), generator.choice(["gaussian", "quartic"])

    surface = estimate_density(
        incidents_at(points), bandwidth_m=150, cell_m=30, kernel=kernel, edge=edge
    ).surface

    assert np.isfinite(surface).all()
    assert (surface >= 0).all()


@pytest.mark.parametrize("edge", EDGES)
def test_the_average_is_that_of_the_surface_and_never_above_its_peak(edge):
    density = estimate_density(incidents_at([(50, 50)]), bandwidth_m=200, cell_m=100, edge=edge)

    mean = density.table["density_per_km2"].mean()
    peak = density.table["density_per_km2"].max()
    assert f"is {mean:.1f} per km² on average and at most {peak:.1f} per km²" in density.summary()
