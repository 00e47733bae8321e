"""Neighbours by touching, by a shared side and by distance, against PySAL and first principles."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from forestall.errors import InvalidPlaces
from forestall.records import (
    areas_from_file,
    areas_from_frame,
    find_neighbours,
    hex_grid,
    square_grid,
)
from forestall.records.grids import HexGrid, SquareGrid
from forestall.records.neighbours import square_window

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def camden():
    return areas_from_file(EXAMPLES / "camden_burglary/camden_lsoa21.parquet", code="lsoa21cd")


@pytest.fixture(scope="module")
def chicago():
    return areas_from_file(
        EXAMPLES / "chicago/chicago_community_areas.geojson", code="community_area"
    )


def pairs_of(matrix):
    first, second = matrix.tocoo().coords
    return set(zip(first.tolist(), second.tolist(), strict=True))


def pairs_of_weights(weights):
    return {(one, other) for one, those in weights.neighbors.items() for other in those}


def parcels():
    """Return eighty irregular areas that fit together exactly, and four squares at a corner."""
    import geopandas as gpd

    points = shapely.multipoints(np.random.default_rng(8).uniform(0, 5_000, (80, 2)))
    cells = [*shapely.get_parts(shapely.voronoi_polygons(points))]
    corner = [
        *box([9e4, 9.1e4, 9e4, 9.1e4], [0, 0, 1e3, 1e3], [9.1e4, 9.2e4] * 2, [1e3] * 2 + [2e3] * 2)
    ]
    shapes = gpd.GeoSeries(cells + corner, crs="EPSG:27700")
    return areas_from_frame(
        gpd.GeoDataFrame({"code": np.arange(len(shapes))}, geometry=shapes), code="code"
    )


@pytest.mark.parametrize("kind", ["queen", "rook"])
def test_areas_that_touch_equal_those_of_libpysal(kind):
    from libpysal.weights import Queen, Rook

    areas = parcels()
    theirs = (Queen if kind == "queen" else Rook).from_dataframe(
        areas.to_geodataframe(), use_index=False, silence_warnings=True
    )

    assert areas.fit_together
    assert pairs_of(find_neighbours(areas, neighbours=kind)) == pairs_of_weights(theirs)


def test_areas_simplified_one_by_one_lose_no_neighbour_of_libpysal(camden, chicago):
    from libpysal.weights import Queen

    for areas in (camden, chicago):
        theirs = Queen.from_dataframe(
            areas.to_geodataframe(), use_index=False, silence_warnings=True
        )
        assert pairs_of_weights(theirs) < pairs_of(find_neighbours(areas))


def test_a_distance_band_equals_that_of_libpysal(camden, chicago):
    from libpysal.weights import DistanceBand

    for areas, distance_m in ((camden, 900), (chicago, 6_000)):
        theirs = DistanceBand(areas.centres, distance_m, binary=True, silence_warnings=True)
        ours = find_neighbours(areas, distance_m=distance_m)
        assert pairs_of(ours) == pairs_of_weights(theirs)
        assert pairs_of(ours) == pairs_of(ours.T)


@given(
    st.sampled_from([SquareGrid, HexGrid]),
    st.sampled_from([100, 250.0, 0.1]),
    st.sampled_from([0.5, 1, 2**0.5, 3**0.5, 2, 7**0.5, 3.2, 40]),
    st.integers(0, 1000),
)
def test_a_distance_band_of_cells_is_found_by_arithmetic(kind, cell_m, widths, seed):
    at_risk = np.random.default_rng(seed).random((7, 9)) < 0.8
    at_risk[0, 0] = True
    grid = kind(
        origin=(3.7, -1.1), cell_m=cell_m, columns=9, rows=7, crs="EPSG:27700", at_risk=at_risk
    )

    ours = find_neighbours(grid, distance_m=widths * cell_m)

    apart = np.linalg.norm(grid.centres[:, None] - grid.centres[None], axis=2)
    beside = (apart <= widths * cell_m * (1 + 1e-6)) & (apart > 0)
    assert (ours.toarray() == beside).all()


def test_squares_share_sides_with_four_and_hexagons_with_six():
    squares = square_grid(origin=(0, 0), cell_m=100, columns=5, rows=5, crs="EPSG:27700")
    hexagons = hex_grid(origin=(0, 0), cell_m=100, columns=5, rows=5, crs="EPSG:27700")

    four = find_neighbours(squares, neighbours="rook")
    queen, rook = (find_neighbours(hexagons, neighbours=kind) for kind in ("queen", "rook"))

    assert four[[12]].indices.tolist() == [7, 11, 13, 17]
    assert pairs_of(queen) == pairs_of(rook) == pairs_of(hexagons.neighbours())
    assert pairs_of(find_neighbours(squares)) == pairs_of(squares.neighbours())


def test_a_corner_is_no_side():
    import geopandas as gpd

    shapes = box([0, 100, 0, 100], [0, 0, 100, 100], [100, 200, 100, 200], [100, 100, 200, 200])
    areas = areas_from_frame(
        gpd.GeoDataFrame({"code": list("ABCD")}, geometry=shapes, crs="EPSG:27700")
    )

    assert find_neighbours(areas).sum() == 12
    assert find_neighbours(areas, neighbours="rook").sum() == 8


def test_no_neighbour_within_a_short_distance():
    grid = square_grid(origin=(0, 0), cell_m=100, columns=5, rows=5, crs="EPSG:27700")

    assert find_neighbours(grid, distance_m=99).nnz == 0
    assert square_window(grid, neighbours="queen", distance_m=99) == {0: 0}


def test_what_makes_no_sense_is_refused(camden):
    grid = square_grid(origin=(0, 0), cell_m=100, columns=2000, rows=2000, crs="EPSG:27700")

    with pytest.raises(ValueError, match="queen"):
        find_neighbours(grid, neighbours="bishop")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not by both"):
        find_neighbours(grid, neighbours="rook", distance_m=200)
    for distance_m in (0, -1, np.inf, np.nan):
        with pytest.raises(ValueError, match="more than 0 m"):
            find_neighbours(grid, distance_m=distance_m)
    with pytest.raises(InvalidPlaces, match="too many pairs"):
        find_neighbours(grid, distance_m=1_000)


def test_rook_needs_boundaries_that_fit_together():
    import geopandas as gpd

    shapes = box([0, 101], 0, [100, 200], 100)
    apart = gpd.GeoDataFrame({"code": ["A", "B"]}, geometry=[*shapes], crs="EPSG:27700")
    overlapping = apart.set_geometry([box(0, 0, 100, 100), box(99, 0, 200, 100)], crs="EPSG:27700")

    assert find_neighbours(areas_from_frame(apart), neighbours="rook").nnz == 0
    with pytest.raises(InvalidPlaces, match="do not fit together"):
        find_neighbours(areas_from_frame(overlapping), neighbours="rook")
