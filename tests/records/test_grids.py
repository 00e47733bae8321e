"""This file knows how grids are laid, which cells are at risk and which touch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.errors import InvalidPlaces
from forestall.query import fetch, memory_table
from forestall.records import HexGrid, SquareGrid, hex_grid, square_grid
from tests.records.made_incidents import incidents_at

BRITISH = "EPSG:27700"
MAKERS = [square_grid, hex_grid]


def test_a_grid_by_hand():
    """Three columns and two rows; a corner belongs to the cell north-east of it."""
    grid = square_grid(origin=(1000, 2000), cell_m=100, columns=3, rows=2, crs=BRITISH)

    found = grid.locate(
        [1000, 1099.9, 1100, 1299, 1300, 999.9], [2000, 2000, 2100, 2199, 2000, 2000]
    )

    assert grid.codes.tolist() == [0, 1, 2, 3, 4, 5]
    assert found.position.tolist() == [0, 0, 4, 5, -1, -1]
    assert not found.on_boundary.any()
    assert grid.centres[4].tolist() == [1150, 2150]
    assert grid.names[4] == "E1100 N2100"
    assert grid.area_km2.tolist() == [0.01] * 6
    assert str(grid.label) == "squares of 100\u00a0m"


def test_squares_from_incidents_start_at_multiples_of_the_cell():
    grid = square_grid(incidents_at([(1_234.0, 9_876.0), (2_900.0, 9_876.0)]), cell_m=500)

    assert grid.origin == (500.0, 9_000.0)
    assert (grid.columns, grid.rows) == (6, 3)
    assert grid.at_risk is not None
    assert grid.at_risk.sum() == 3 * 3 + 3 * 3
    assert "18 squares" in str(grid.notes[0])


def test_one_incident_makes_a_study_area_of_itself_and_what_touches_it():
    point = incidents_at([(1_234.0, 9_876.0)])

    assert square_grid(point, cell_m=500).size == 9
    assert hex_grid(point, cell_m=500).size == 7


points = st.lists(
    st.tuples(st.floats(-20_000, 20_000, width=32), st.floats(-20_000, 20_000, width=32)),
    min_size=1,
    max_size=20,
)


@pytest.mark.parametrize("make", MAKERS)
@settings(deadline=None, max_examples=25)
@given(points=points)
def test_every_incident_and_its_neighbours_are_in_the_study_area(make, points):
    grid = make(incidents_at(points), cell_m=750)

    position = grid.locate(*np.array(points).T).position

    assert (position >= 0).all()
    full = 8 if make is square_grid else 6
    assert (grid.neighbours().sum(axis=1)[position] == full).all()


@pytest.mark.parametrize("make", MAKERS)
@settings(deadline=None, max_examples=25)
@given(points=points)
def test_counting_in_the_database_and_in_memory_find_the_same_cell(make, points):
    grid = make(origin=(-9_000, -8_000), cell_m=750, columns=30, rows=25, crs=BRITISH)
    x, y = np.array(points).T
    table = memory_table({"i": np.arange(x.size), "x": x, "y": y})

    rows = fetch(table.select("i", key=grid.key(table.x, table.y)).order_by("i"))

    there = grid.positions_of_keys(rows["key"].to_numpy())
    assert there.tolist() == grid.locate(x, y).position.tolist()


@pytest.mark.parametrize("make", MAKERS)
def test_neighbours_are_the_cells_that_touch(make):
    """The second implementation draws the cells and lets shapely compare them."""
    at_risk = np.random.default_rng(5).random((6, 7)) < 0.7
    grid = make(origin=(0, 0), cell_m=100, columns=7, rows=6, crs=BRITISH)
    grid = type(grid)(origin=(0, 0), cell_m=100, columns=7, rows=6, crs=BRITISH, at_risk=at_risk)
    cells = grid.to_geodataframe().geometry

    found = grid.neighbours().toarray()

    touching = np.array([[a.distance(b) < 1e-6 for b in cells] for a in cells])
    assert (found == (touching & ~np.eye(grid.size, dtype=bool))).all()
    assert (found == found.T).all()


@pytest.mark.parametrize("make", MAKERS)
def test_drawn_cells_hold_their_centre_and_have_their_area(make):
    grid = make(origin=(300, 400), cell_m=200, columns=5, rows=4, crs=BRITISH)

    drawn = grid.to_geodataframe()

    assert drawn.crs == BRITISH
    assert drawn["place"].tolist() == list(range(20))
    assert grid.locate(*grid.centres.T).position.tolist() == list(range(20))
    assert drawn.area.to_numpy() / 1e6 == pytest.approx(grid.area_km2)
    assert drawn.union_all().area / 1e6 == pytest.approx(grid.area_km2.sum())


def test_a_mask_takes_cells_out_of_the_study_area_but_keeps_codes():
    at_risk = np.array([[True, False, True]])
    grid = SquareGrid(origin=(0, 0), cell_m=10, columns=3, rows=1, crs=BRITISH, at_risk=at_risk)

    assert grid.codes.tolist() == [0, 2]
    assert grid.locate([5, 15, 25], [5, 5, 5]).position.tolist() == [0, -1, 1]
    assert grid.positions([2, 1, 0, 7, -3]).tolist() == [1, -1, 0, -1, -1]
    assert grid.on_lattice([4, 6], elsewhere=-1).tolist() == [[4, -1, 6]]
    assert grid.neighbours().nnz == 0


@pytest.mark.parametrize("y", [10.0, 1_310.0, 2_600.0])
def test_one_hexagon_is_centred_on_zero_of_the_projection(y):
    grid = hex_grid(incidents_at([(10.0, y), (-20.0, 5.0)]), cell_m=500)

    here = grid.locate([-20.0], [5.0]).position

    assert grid.centres[here][0] == pytest.approx([0, 0], abs=1e-6)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("north", [48_000.0, 48_260.0, 48_520.0])
def test_a_larger_grid_around_the_same_point_keeps_its_cell(make, north):
    """Adding an incident far away must not move the cells of the others."""
    near = make(incidents_at([(1_234.0, 49_876.0)]), cell_m=300)
    far = make(incidents_at([(1_234.0, 49_876.0), (-9_999.0, north)]), cell_m=300)

    here = near.locate([1_234.0], [49_876.0]).position
    there = far.locate([1_234.0], [49_876.0]).position

    assert near.centres[here] == pytest.approx(far.centres[there])


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"cell_m": 0}, "more than 0 m wide"),
        ({"cell_m": float("nan")}, "more than 0 m wide"),
        ({"columns": 0}, "at least 1 column"),
        ({"columns": 100_000, "rows": 100_000}, "at most 25,000,000 cells"),
        ({"crs": "EPSG:4326"}, "unit of EPSG:4326 .* is the degree"),
        ({"crs": "EPSG:2263"}, "is the US survey foot"),
        ({"at_risk": np.ones((2, 2), dtype=bool)}, r"shape \(rows, columns\) = \(2, 3\)"),
    ],
)
@pytest.mark.parametrize("kind", [SquareGrid, HexGrid])
def test_a_grid_that_cannot_serve_is_refused(kind, changed, sentence):
    usual = {"origin": (0, 0), "cell_m": 100, "columns": 3, "rows": 2, "crs": BRITISH}

    with pytest.raises(InvalidPlaces, match=sentence):
        kind(**{**usual, **changed})


@pytest.mark.parametrize("make", MAKERS)
def test_no_incident_makes_no_grid(make):
    with pytest.raises(InvalidPlaces, match="no incident has a place"):
        make(incidents_at([]))


@pytest.mark.parametrize("make", MAKERS)
def test_incidents_too_far_apart_for_the_cell_are_refused(make):
    with pytest.raises(InvalidPlaces, match="at most 25,000,000 cells"):
        make(incidents_at([(0, 0), (600_000, 900_000)]), cell_m=20)


@pytest.mark.parametrize("make", MAKERS)
def test_half_a_grid_is_a_mistake_of_the_caller(make):
    with pytest.raises(ValueError, match="needs columns, rows, crs too"):
        make(origin=(0, 0))
    with pytest.raises(ValueError, match="not both"):
        make(incidents_at([(0, 0)]), origin=(0, 0))
