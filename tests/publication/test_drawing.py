"""Drawings say what the numbers say, and stay inside their frame."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from forestall.disclosure import protect_table
from forestall.publication.blocks import IntervalBar
from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.drawing.intervals import REACHES, choose_reach, draw_interval
from forestall.publication.drawing.map_pins import Sheet, place_pins
from forestall.publication.drawing.map_shapes import merge_cells, shapes_of
from forestall.publication.drawing.maps import EMPTY, HIDDEN, classes_of_places
from forestall.publication.drawing.svg import Drawing, round_ticks
from forestall.publication.pictures import MapPicture, MapWords, MonthColumns, MonthLine
from forestall.publication.report.where import map_breaks
from forestall.records import areas_from_frame, hex_grid, square_grid
from forestall.results import Certainty


@given(st.floats(min_value=1e-3, max_value=1e9))
def test_ticks_start_at_zero_reach_the_highest_value_and_are_few(highest):
    ticks = round_ticks(highest)

    assert ticks[0] == 0
    assert ticks[-1] >= highest * (1 - 1e-9)
    assert 2 <= len(ticks) <= 6


@given(arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_rectangles_cover_the_cells_of_a_raster_exactly_once(raster):
    covered = np.zeros(raster.shape, dtype=int)
    for x, y, width, height in merge_cells(raster):
        covered[y : y + height, x : x + width] += 1

    assert (covered == raster).all()


@given(st.integers(1, 300_000), st.integers(3, 30))
def test_map_classes_start_at_the_threshold_and_about_double(largest, threshold):
    breaks = map_breaks(largest, threshold)

    assert breaks[0] == threshold
    assert len(breaks) <= 6
    assert all(low < high for low, high in itertools.pairwise(breaks))


def test_the_scale_of_intervals_is_the_shortest_that_holds_them():
    assert choose_reach([-0.12, 0.15]) == 0.15
    assert choose_reach([0.16]) == 0.3
    assert choose_reach([float("inf")]) == REACHES[0]


def test_an_interval_beyond_the_scale_ends_at_its_edge():
    bar = IntervalBar(
        change=0.5, low=-0.1, high=3.0, reach=0.3, caption="", certainty=Certainty.CHANCE
    )

    drawn = draw_interval(bar).svg(alt="a change")

    assert 'd="M123.3 24L310 24"' in drawn


def test_text_in_a_drawing_is_escaped():
    drawing = Drawing(10, 10)
    drawing.text(0, 0, "<b> & more")

    assert "&lt;b&gt; &amp; more" in drawing.svg(alt='a "chart"')
    assert 'aria-label="a &quot;chart&quot;"' in drawing.svg(alt='a "chart"')


def test_a_hidden_month_is_hatched_and_not_drawn_as_zero():
    months = pd.date_range("2024-01-01", periods=4, freq="MS")
    table = pd.DataFrame({"period": months, "incidents": [31, 2, 31, 30]})
    table["per_day"] = table["incidents"] / 31
    safe = protect_table(table, rule="threshold-5", rows="period", derived=["per_day"], margins=())

    drawn = draw(MonthColumns(safe=safe), width=168, alt="months")

    assert drawn.count("<rect") == 3
    assert drawn.count('class="hatch"') == 3


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_line_of_months_is_drawn_from_zero_with_its_average(width):
    months = pd.date_range("2015-01-01", periods=60, freq="MS")
    table = pd.DataFrame({"period": months, "incidents": np.arange(60) + 100})
    table["average_12"] = table["incidents"].rolling(12).mean()
    safe = protect_table(table, rule="threshold-5", rows="period", derived=["average_12"])
    picture = MonthLine(safe=safe, each_words="each month", average_words="12-month average")

    drawn = draw(picture, width=width, alt="line")

    assert ">0</text>" in drawn
    assert ">154</text>" in drawn  # the mean of 148 to 159
    assert 'class="ln s1"' in drawn
    assert 'class="ln thin s0"' in drawn


def map_of(counts, places):
    table = pd.DataFrame({"place": list(counts), "incidents": list(counts.values())})
    safe = protect_table(table, rule="threshold-5", rows="place", margins=())
    words = MapWords(classes=("5–9", "10 or more"), empty="none", hidden="hidden")
    return MapPicture(safe=safe, places=places, breaks=(5, 10), words=words)


def test_hidden_empty_and_counted_places_have_their_own_classes():
    grid = square_grid(origin=(0, 0), cell_m=100, columns=2, rows=2, crs="EPSG:27700")

    classes = classes_of_places(map_of({0: 3, 1: 7, 2: 12}, grid), np.asarray(grid.codes))

    assert classes.tolist() == [HIDDEN, 1, 2, EMPTY]


def test_a_map_has_its_north_at_the_top():
    grid = square_grid(origin=(0, 0), cell_m=100, columns=2, rows=3, crs="EPSG:27700")

    centres = shapes_of(grid).centres

    assert centres[0][1] > centres[4][1]  # row 0 lies in the south
    assert centres[0][0] < centres[1][0]


def path_area(commands):
    """Return the area inside a path of relative steps, by the shoelace rule."""
    total = 0.0
    for ring in commands.split("z"):
        if not ring:
            continue
        numbers = re.findall(r"([Mhvl])([-\d. ]+)", ring)
        points = []
        x = y = 0.0
        for letter, text in numbers:
            values = [float(value) for value in text.split()]
            if letter == "M":
                x, y = values
            else:
                x += values[0] if letter in "hl" else 0
                y += values[-1] if letter in "vl" else 0
            points.append((x, y))
        xs, ys = np.array(points).T
        total += float(np.dot(xs, np.roll(ys, -1)) - np.dot(ys, np.roll(xs, -1))) / 2
    return abs(total)


def test_shapes_of_squares_hexagons_and_areas_cover_their_share_of_the_page():
    import shapely
    from geopandas import GeoDataFrame

    squares = square_grid(origin=(0, 0), cell_m=100, columns=4, rows=4, crs="EPSG:27700")
    hexagons = hex_grid(origin=(0, 0), cell_m=100, columns=4, rows=4, crs="EPSG:27700")
    boxes = GeoDataFrame(
        {"code": ["W", "E"], "geometry": [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]},
        crs="EPSG:27700",
    )
    boxes["geometry"] = boxes.geometry.scale(1000, 1000, origin=(0, 0))
    areas = areas_from_frame(boxes, code="code")

    for places in (squares, hexagons, areas):
        shapes = shapes_of(places)
        every = np.ones(places.size, dtype=bool)
        one = every & (np.arange(places.size) == 0)
        assert path_area(shapes.fill(every)) == pytest.approx(
            path_area(shapes.fill(one)) * places.size, rel=0.02
        )


def test_letters_stay_on_the_page_and_off_each_other():
    middles = np.array([[x, y] for x in range(20, 800, 20) for y in range(20, 500, 20)], float)
    sheet = Sheet(
        middles=middles, weight=np.ones(len(middles)), half_cell=10, width=850, height=520
    )
    areas = {"A": middles[:4], "B": middles[6:9], "C": middles[200:203]}

    pins = place_pins(areas, sheet=sheet)

    assert set(pins) == {"A", "B", "C"}
    assert all(18 <= x <= 832 and 18 <= y <= 502 for x, y in pins.values())
    points = np.array(list(pins.values()))
    gaps = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    assert gaps[~np.eye(3, dtype=bool)].min() > 36
