"""Streets and boundaries lie under the map, small whatever their file is, and are credited."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pytest
import shapely

from forestall.publication.base_lines import (
    MOST_STREETS_BYTES,
    BaseFiles,
    BaseLayers,
    read_base_layers,
)
from forestall.publication.drawing.map_shapes import base_path, shapes_of
from forestall.publication.drawing.standalone import standalone_svg
from forestall.publication.example import example_diagnosis
from forestall.publication.pictures import BaseLines
from forestall.publication.publish import publish_diagnosis
from forestall.publication.stored.codec import decode, encode

CRS = "EPSG:27700"


@pytest.fixture(scope="module")
def town():
    return example_diagnosis()


def write(path, shapes, **columns):
    gpd.GeoDataFrame(columns or {"n": range(len(shapes))}, geometry=shapes, crs=CRS).to_file(path)
    return path


def layers_of(town, **files):
    return read_base_layers(BaseFiles(**files), places=town.places, window=None)


def test_a_straight_street_needs_two_points(town, tmp_path):
    x = np.linspace(449_000, 451_000, 500)
    street = shapely.LineString(np.column_stack([x, np.full(500, 520_100.0)]))

    found = layers_of(town, streets=write(tmp_path / "a.gpkg", [street]))

    assert found.streets is not None
    assert [len(path) for path in found.streets.paths] == [4]
    assert [str(line) for line in found.source] == ["Streets: a.gpkg."]


def test_no_point_moves_more_than_half_a_pixel_and_a_step_of_the_grid(town, tmp_path):
    t = np.linspace(0, 6, 4000)
    street = shapely.LineString(
        np.column_stack([450_000 + 900 * np.cos(t), 520_000 + 700 * np.sin(t)])
    )

    found = layers_of(town, streets=write(tmp_path / "a.gpkg", [street]))

    drawn = shapely.LineString(np.reshape(found.streets.paths[0], (-1, 2)))
    pixel = 4_500 / 822  # the town is about so many metres wide
    assert shapely.hausdorff_distance(drawn, street) < 1.5 * pixel
    assert len(found.streets.paths[0]) < 400


def test_a_million_points_stay_within_the_size_and_it_says_so(town, tmp_path):
    chance = np.random.default_rng(3)
    middle = np.array([450_000, 520_000])
    walks = [
        shapely.LineString(np.cumsum(chance.normal(0, 8, (1000, 2)), axis=0) + middle)
        for _ in range(1000)
    ]

    found = layers_of(town, streets=write(tmp_path / "a.gpkg", walks), credit="The city")

    svg = base_path(found.streets, frame=shapes_of(town.places).frame)
    assert MOST_STREETS_BYTES / 4 < len(svg) < 1.4 * MOST_STREETS_BYTES
    assert str(found.source[0]) == "Streets: The city."
    assert re.match(
        r"Of the streets only the [\d,]+ most important or longest are", str(found.source[1])
    )


def test_main_roads_come_first_and_small_ones_stay_away(town, tmp_path):
    ways = [
        shapely.LineString([(449_000, 519_000 + 100 * k), (451_000, 519_000 + 100 * k)])
        for k in range(3)
    ]
    path = write(tmp_path / "a.gpkg", ways, highway=["service", "trunk", "primary"])

    found = layers_of(town, streets=path)

    assert len(found.streets.paths) == 2
    assert str(found.streets.words) == "main street"


def test_a_boundary_that_neighbours_share_is_drawn_once(town, tmp_path):
    wards = [
        shapely.box(448_000 + 1000 * k, 519_000, 449_000 + 1000 * k, 521_000) for k in range(2)
    ]

    found = layers_of(town, boundaries=write(tmp_path / "a.gpkg", wards))

    drawn = sum(
        shapely.LineString(np.reshape(path, (-1, 2))).length for path in found.boundaries.paths
    )
    assert drawn == pytest.approx(2 * 6000 - 2000, rel=0.01)


def test_without_files_nothing_is_drawn(town):
    assert layers_of(town) == BaseLayers()


@pytest.fixture(scope="module")
def report(town, tmp_path_factory):
    folder = tmp_path_factory.mktemp("base")
    streets = write(
        folder / "s.gpkg", [shapely.LineString([(449_000, 520_000), (451_000, 520_500)])]
    )
    wards = write(folder / "w.gpkg", [shapely.box(449_000, 519_000, 451_000, 521_000)])
    return publish_diagnosis(
        town,
        out=folder / "report",
        base=BaseFiles(streets=streets, boundaries=wards, credit="The city"),
        formats=("html", "explore"),
    )


def test_a_report_draws_lines_names_them_and_credits_them(report):
    page = report.page.read_text(encoding="utf-8")

    assert len(re.findall(r'<path class="street" d="M[\d. lhv-]+"/>', page)) == 2
    assert "street</li>" in page
    assert "boundary</li>" in page
    assert "Streets: The city." in page
    assert "Boundaries: The city." in page


def test_lines_lie_over_places_and_under_outlines(report):
    page = report.page.read_text(encoding="utf-8")
    drawing = page[page.index("map-hidden") :]

    assert drawing.index('class="m1"') < drawing.index('class="street"')
    assert drawing.index('class="street"') < drawing.index('class="hot"')


def test_the_interactive_map_has_them_and_can_hide_them(report):
    page = (report.folder / "explore" / "map.html").read_text(encoding="utf-8")

    assert re.search(r'"streets":\[\[-?\d+', page)
    assert 'id="layer-streets" data-layers="streets"' in page


def test_they_are_stored_and_drawn_again(report):
    from forestall.publication import republish

    before = report.page.read_bytes()
    republish(report.folder)

    assert report.page.read_bytes() == before


def test_lines_are_words_and_numbers_only():
    lines = BaseLines(paths=((1.0, 2.0, 3.5, 4.0),), words="street")

    assert decode(encode(lines)) == lines


def test_print_draws_them_in_colours_of_its_own(town):
    svg = standalone_svg(
        '<svg viewBox="0 0 9 9" width="9" height="9"><path class="street" d="M0 0h9"/>'
        '<path class="boundary" d="M0 1h9"/></svg>'
    )

    assert svg.count("stroke=") == 2
    assert "class=" not in svg


def test_the_source_names_method_and_breaks(report):
    page = report.page.read_text(encoding="utf-8")

    assert "Classes: fixed steps, each about double the one before. They begin at 5" in page
