"""This file knows how areas are read and in which of them points lie."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

from forestall.errors import InvalidAreas, InvalidPlaces
from forestall.records import areas_from_file, areas_from_frame
from forestall.records.point_in_polygon import locate_points

BRITISH = "EPSG:27700"


def wards(**columns):
    """Two squares of 100 m side by side; the eastern one is first in the file."""
    shapes = box([100, 0], 0, [200, 100], 100)
    given = columns or {"ward_code": ["W2", "W1"], "ward_name": ["East", "West"], "people": [7, 9]}
    return gpd.GeoDataFrame(given, geometry=shapes, crs=BRITISH)


@pytest.mark.parametrize("file", ["wards.gpkg", "wards.geojson", "wards.parquet", "wards.shp"])
def test_every_format_gives_the_same_areas(file, tmp_path):
    path = tmp_path / file
    frame = wards(code=["W2", "W1"], name=["East", "West"], people=[7, 9])
    frame.to_parquet(path) if path.suffix == ".parquet" else frame.to_file(path)

    areas = areas_from_file(path, code="code", name="name", population={"residents": "people"})

    assert areas.codes.tolist() == ["W1", "W2"]
    assert areas.names.tolist() == ["West", "East"]
    assert areas.population is not None
    assert areas.population.loc["W1", "residents"] == 9
    assert areas.area_km2 == pytest.approx([0.01, 0.01], rel=1e-6)
    assert areas.crs == BRITISH
    assert areas.notes == ()


def test_columns_are_guessed_and_the_guess_is_stated():
    areas = areas_from_frame(wards())

    assert areas.codes.tolist() == ["W1", "W2"]
    assert areas.names.tolist() == ["West", "East"]
    assert [str(note) for note in areas.notes] == [
        "The column “ward_code” was taken as the code of each area.",
        "The column “ward_name” was taken as the name of each area.",
    ]


def test_codes_that_are_numbers_are_ordered_as_numbers():
    assert areas_from_frame(wards(number=[10, 9])).codes.tolist() == ["9", "10"]


def test_leading_zeros_of_codes_are_kept():
    assert areas_from_frame(wards(code=["007", "0010"])).codes.tolist() == ["007", "0010"]


def test_areas_in_degrees_are_moved_to_metres():
    degrees = wards().to_crs(4326)

    areas = areas_from_frame(degrees)

    assert areas.crs.startswith("EPSG:")
    assert areas.area_km2 == pytest.approx([0.01, 0.01], rel=0.01)
    assert "in metres" in str(areas.notes[-1])


def test_an_invalid_outline_is_repaired_and_counted():
    bow_tie = Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    frame = gpd.GeoDataFrame({"code": ["A"]}, geometry=[bow_tie], crs=BRITISH)

    areas = areas_from_frame(frame)

    assert areas.geometry.is_valid.all()
    assert areas.area_km2[0] == pytest.approx(0.005)
    assert "The outline of 1 area was invalid" in " ".join(map(str, areas.notes))


def test_an_area_without_an_outline_is_left_out_and_counted():
    frame = wards().set_geometry([None, box(0, 0, 9, 9)], crs=BRITISH)

    areas = areas_from_frame(frame)

    assert areas.codes.tolist() == ["W1"]
    assert "1 area has no outline" in " ".join(map(str, areas.notes))


@pytest.mark.parametrize(
    ("frame", "asked", "sentence"),
    [
        (wards(), {"code": "gss"}, "column “gss”, but the file has: ward_code, ward_name, people"),
        (wards(), {"population": "adults"}, "need the column “adults”"),
        (wards(), {"population": "ward_name"}, "“ward_name” holds text"),
        (wards(code=["A", "A"]), {"code": "code"}, "1 of 2 rows repeat .* the first is “A”"),
        (wards(code=["A", None]), {"code": "code"}, "1 of 2 have none .* the first is row 1"),
        (wards(x=[1.5, 1.5]), {}, "no column has one for every area; there is: x"),
        (wards(code=["A", "B"], n=[5, -1]), {"population": "n"}, "0 or more, but 1 of 2"),
        (wards().set_crs(None, allow_override=True), {}, "but the file names none"),
        (wards(), {"crs": "EPSG:4326"}, "in EPSG:27700 as the file says, but EPSG:4326"),
        (
            wards().set_geometry([shapely.Point(0, 0), box(0, 0, 1, 1)], crs=BRITISH),
            {},
            "1 of 2 shapes are not; the first is a Point in row 0",
        ),
        (wards().set_geometry([None, None], crs=BRITISH), {}, "none of 2 rows has any"),
    ],
)
def test_areas_that_lack_something_say_what(frame, asked, sentence):
    with pytest.raises(InvalidAreas, match=sentence):
        areas_from_frame(frame, **asked)


def test_a_crs_can_be_given_when_the_file_has_none():
    frame = wards().set_crs(None, allow_override=True)

    assert areas_from_frame(frame, crs=BRITISH).crs == BRITISH


def test_files_that_are_no_areas_are_refused(tmp_path):
    (tmp_path / "broken.geojson").write_text("{")
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "plain.parquet")
    pd.DataFrame({"a": [1]}).to_csv(tmp_path / "plain.csv")
    with pytest.raises(InvalidAreas, match="there is none at"):
        areas_from_file(tmp_path / "nowhere.gpkg")
    with pytest.raises(InvalidAreas, match=r"“broken.geojson” should be"):
        areas_from_file(tmp_path / "broken.geojson")
    with pytest.raises(InvalidAreas, match="should be a GeoParquet file"):
        areas_from_file(tmp_path / "plain.parquet")
    with pytest.raises(InvalidAreas, match="a table without shapes"):
        areas_from_file(tmp_path / "plain.csv")


def test_a_file_with_several_layers_needs_one_named(tmp_path):
    path = tmp_path / "two.gpkg"
    wards().to_file(path, layer="wards")
    wards().iloc[:1].to_file(path, layer="boroughs")

    assert areas_from_file(path, layer="boroughs").size == 1
    with pytest.raises(InvalidAreas, match=r"several layers with polygons, .*wards"):
        areas_from_file(path)
    with pytest.raises(InvalidAreas, match="but “lsoa” was asked for"):
        areas_from_file(path, layer="lsoa")


def test_the_layer_with_polygons_is_taken_from_a_file_with_others(tmp_path):
    path = tmp_path / "mixed.gpkg"
    points = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(0, 0)], crs=BRITISH)
    points.to_file(path, layer="stations")
    wards().to_file(path, layer="wards")

    assert areas_from_file(path).size == 2


def test_areas_are_moved_only_to_metres():
    with pytest.raises(InvalidPlaces, match="unit of EPSG:4326"):
        areas_from_frame(wards()).to_crs("EPSG:4326")


def test_neighbours_touch_also_at_a_corner():
    """Four squares in a block and one far away."""
    shapes = box([0, 1, 0, 1, 9], [0, 0, 1, 1, 9], [1, 2, 1, 2, 10], [1, 1, 2, 2, 10])
    frame = gpd.GeoDataFrame({"code": list("ABCDE")}, geometry=shapes, crs=BRITISH)

    areas = areas_from_frame(frame)

    assert areas.fit_together
    assert areas.neighbours().toarray().astype(int).tolist() == [
        [0, 1, 1, 1, 0],
        [1, 0, 1, 1, 0],
        [1, 1, 0, 1, 0],
        [1, 1, 1, 0, 0],
        [0, 0, 0, 0, 0],
    ]


def test_boundaries_that_do_not_fit_are_given_a_tolerance_and_it_is_stated():
    """The second overlaps the first; the third lies 20 m off the second."""
    shapes = box([0, 99, 220], 0, [100, 200, 300], 100)
    frame = gpd.GeoDataFrame({"code": list("ABC")}, geometry=shapes, crs=BRITISH)

    areas = areas_from_frame(frame)

    assert not areas.fit_together
    assert areas.neighbours().sum() == 4
    assert areas.neighbours(tolerance_m=0).sum() == 2
    assert areas.neighbours(tolerance_m=19).sum() == 2
    assert "at most 30 m apart" in str(areas.notes[-1])
    with pytest.raises(ValueError, match="0 m or more"):
        areas.neighbours(tolerance_m=-1)


def test_drawn_areas_carry_code_name_and_population():
    drawn = areas_from_frame(wards(), population="people").to_geodataframe()

    assert drawn["place"].tolist() == ["W1", "W2"]
    assert drawn["people"].tolist() == [9, 7]
    assert drawn.crs == BRITISH


def test_a_point_in_each_area_is_its_centre():
    areas = areas_from_frame(wards())

    assert areas.locate(*areas.centres.T).position.tolist() == [0, 1]
    assert areas.positions(["W2", "nowhere"]).tolist() == [1, -1]


coordinates = st.integers(0, 8).map(float)


@st.composite
def polygons(draw):
    """Return triangles, squares with a hole, and pairs, that may overlap, on few coordinates."""
    made = []
    for _ in range(draw(st.integers(1, 6))):
        x, y = draw(coordinates), draw(coordinates)
        kind = draw(st.sampled_from(["square", "triangle", "hole", "pair"]))
        made.append(
            {
                "square": box(x, y, x + 2, y + 3),
                "triangle": Polygon([(x, y), (x + 3, y), (x, y + 4)]),
                "hole": box(x, y, x + 4, y + 4) - box(x + 1, y + 1, x + 3, y + 3),
                "pair": shapely.MultiPolygon(
                    [box(x, y, x + 1, y + 1), box(x + 5, y, x + 6, y + 1)]
                ),
            }[kind]
        )
    return np.array(made, dtype=object)


@settings(deadline=None, max_examples=150)
@given(polygons(), st.lists(st.tuples(st.integers(-2, 28), st.integers(-2, 28)), max_size=60))
def test_points_lie_where_shapely_finds_them_one_by_one(shapes, points):
    """Half-integer points fall often on edges and corners."""
    x = np.array([east / 2 for east, _ in points], dtype=float)
    y = np.array([north / 2 for _, north in points], dtype=float)

    position, on_boundary = locate_points(shapes, x, y)

    for i, point in enumerate(shapely.points(x, y)):
        covering = [j for j, shape in enumerate(shapes) if shape.covers(point)]
        assert position[i] == (covering[0] if covering else -1)
        assert on_boundary[i] == (bool(covering) and shapes[covering[0]].touches(point))


def test_missing_points_and_no_areas_are_nowhere():
    squares = box([0, 1], 0, [1, 2], 1)

    position, _ = locate_points(squares, np.array([np.nan, 0.5]), np.array([0.5, np.nan]))
    nowhere, _ = locate_points(squares[:0], np.array([0.5]), np.array([0.5]))

    assert position.tolist() == [-1, -1]
    assert nowhere.tolist() == [-1]


def test_areas_much_longer_than_wide_are_located_too():
    strips = box(np.arange(50) * 1e-3, 0, np.arange(1, 51) * 1e-3, 1e6)

    x: Any = np.arange(50) * 1e-3 + 5e-4
    position, _ = locate_points(strips, x, np.linspace(1, 1e6 - 1, 50))

    assert position.tolist() == list(range(50))
