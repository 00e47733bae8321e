"""Lines for orientation come from any file of shapes, or a sentence says why not."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from forestall.errors import InvalidLines
from forestall.records.line_files import MINOR, read_lines

CRS = "EPSG:27700"
WINDOW = (450_000.0, 520_000.0, 454_000.0, 524_000.0)
WAY = shapely.LineString([(449_000, 522_000), (453_000, 522_000)])


def file_of(path, *shapes, crs=CRS, **columns):
    frame = gpd.GeoDataFrame(columns or {"n": range(len(shapes))}, geometry=list(shapes), crs=crs)
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path)
    return path


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.parquet", "a.shp"])
def test_every_kind_of_file_gives_lines_cut_at_the_window(tmp_path, name):
    path = file_of(tmp_path / name, WAY)

    found = read_lines(path, crs=CRS, window=WINDOW)

    assert [shape.wkt for shape in found.shapes] == ["LINESTRING (450000 522000, 453000 522000)"]


def test_another_projection_is_converted(tmp_path):
    frame = gpd.GeoDataFrame(geometry=[WAY], crs=CRS).to_crs("EPSG:4326")
    frame.to_file(tmp_path / "a.geojson")

    found = read_lines(tmp_path / "a.geojson", crs=CRS, window=WINDOW)

    assert shapely.hausdorff_distance(found.shapes[0], shapely.clip_by_rect(WAY, *WINDOW)) < 0.5


def test_polygons_count_as_their_boundaries(tmp_path):
    path = file_of(tmp_path / "a.gpkg", shapely.box(451_000, 521_000, 452_000, 522_000))

    found = read_lines(path, crs=CRS, window=WINDOW)

    assert float(shapely.length(found.shapes).sum()) == pytest.approx(4000)


def test_main_roads_are_told_from_others_by_their_class(tmp_path):
    ways = [shapely.affinity.translate(WAY, 0, 10 * k) for k in range(4)]
    path = file_of(
        tmp_path / "a.gpkg",
        *ways,
        highway=["residential", "primary_link", "motorway", "footway"],
    )

    found = read_lines(path, crs=CRS, window=WINDOW)

    assert found.rank.tolist() == [MINOR, 2, 0, MINOR]


def test_without_classes_all_lines_are_alike(tmp_path):
    found = read_lines(file_of(tmp_path / "a.gpkg", WAY), crs=CRS, window=WINDOW)

    assert np.all(found.rank == MINOR)


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidLines, match="there is none at"):
        read_lines(tmp_path / "a.gpkg", crs=CRS, window=WINDOW)


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.parquet", "a.shp", "a.txt"])
def test_what_is_no_file_of_shapes_is_refused(tmp_path, name):
    (tmp_path / name).write_text("nothing of the kind")

    with pytest.raises(InvalidLines, match=rf"“{name}” should be a Geo"):
        read_lines(tmp_path / name, crs=CRS, window=WINDOW)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_file_without_a_reference_system_is_refused(tmp_path):
    for path in (tmp_path / "a.shp", tmp_path / "a.parquet"):
        file_of(path, WAY, crs=None)
        with pytest.raises(InvalidLines, match="in which reference system"):
            read_lines(path, crs=CRS, window=WINDOW)


def test_a_file_of_another_place_is_refused(tmp_path):
    far = shapely.affinity.translate(WAY, 0, 90_000)

    for name in ("a.gpkg", "a.parquet"):
        with pytest.raises(InvalidLines, match="lies near the incidents"):
            read_lines(file_of(tmp_path / name, far), crs=CRS, window=WINDOW)


def test_points_and_empty_files_are_refused(tmp_path):
    with pytest.raises(InvalidLines, match="points are not drawn"):
        read_lines(
            file_of(tmp_path / "a.gpkg", shapely.Point(451_000, 521_000)), crs=CRS, window=WINDOW
        )
    with pytest.raises(InvalidLines, match="lies near the incidents"):
        read_lines(file_of(tmp_path / "b.gpkg"), crs=CRS, window=WINDOW)


def test_a_table_without_shapes_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("name\nHigh Street\n")

    with pytest.raises(InvalidLines, match=r"a\.csv"):
        read_lines(tmp_path / "a.csv", crs=CRS, window=WINDOW)
