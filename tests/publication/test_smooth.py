"""The smooth map is made of published numbers and of nothing else."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forestall.disclosure import Margin, protect_table
from forestall.publication.drawing.maps import draw_legend, draw_smooth_map
from forestall.publication.pictures import MapWords
from forestall.publication.smooth import PARTS, SmoothMap
from forestall.records import SquareGrid, square_grid

COLUMNS, ROWS = 12, 9
GRID = square_grid(origin=(0, 0), cell_m=500, columns=COLUMNS, rows=ROWS, crs="EPSG:27700")
WORDS = MapWords(classes=("5–9", "10 or more"), empty="fewer than 5", hidden="")


def smooth(numbers):
    """Protect numbers by square and make the map of them."""
    table = pd.DataFrame({"place": GRID.codes, "incidents": numbers})
    safe = protect_table(
        table[table["incidents"] > 0], rule="threshold-5", rows="place", margins=[Margin.TOTAL]
    )
    picture = SmoothMap(safe=safe, places=GRID, hidden_as=2, words=WORDS, breaks=(5, 10))
    return safe, picture


def test_the_surface_holds_what_was_recorded():
    numbers = np.zeros(COLUMNS * ROWS, dtype=int)
    numbers[4 * COLUMNS + 6] = 90

    _, picture = smooth(numbers)

    part_km2 = (GRID.cell_m / PARTS / 1000) ** 2
    assert picture.density.sum() * part_km2 == pytest.approx(90, rel=0.01)
    highest = picture.parts.centres[picture.density.argmax()]
    assert highest.tolist() == GRID.centres[4 * COLUMNS + 6].tolist()
    # A Gaussian of 750 m: 90 / (2 pi 0.75²) at its middle.
    assert picture.density.max() == pytest.approx(90 / (2 * np.pi * 0.75**2), rel=0.02)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_towns_that_are_published_alike_have_the_same_surface(seed):
    generator = np.random.default_rng(seed)
    numbers = generator.poisson(generator.choice([0.2, 3, 30], COLUMNS * ROWS))
    small = np.flatnonzero((numbers > 0) & (numbers < 5))
    other = numbers.copy()
    other[small] = generator.permutation(numbers[small])
    first, second = smooth(numbers), smooth(other)

    assume(first[0].frame.astype(str).equals(second[0].frame.astype(str)))

    assert np.array_equal(first[1].density, second[1].density)


def test_squares_that_are_not_studied_are_not_drawn():
    studied = np.ones((ROWS, COLUMNS), dtype=bool)
    studied[0, 0] = False
    grid = SquareGrid(
        origin=(0, 0), cell_m=500, columns=COLUMNS, rows=ROWS, crs="EPSG:27700", at_risk=studied
    )
    numbers = pd.DataFrame({"place": grid.codes, "incidents": 20})
    safe = protect_table(numbers, rule="threshold-5", rows="place")

    picture = SmoothMap(safe=safe, places=grid, hidden_as=2, words=WORDS, breaks=(5, 10))

    assert picture.parts.size == (COLUMNS * ROWS - 1) * PARTS**2
    assert len(picture.density) == picture.parts.size


def test_the_drawing_says_what_it_shows_and_carries_no_colours():
    numbers = np.full(COLUMNS * ROWS, 12)

    _, picture = smooth(numbers)
    drawing = draw_smooth_map(picture, alt="Map of a town.") + draw_legend(picture)

    assert 'aria-label="Map of a town."' in drawing
    assert 'class="m2"' in drawing
    assert "style=" not in drawing
    assert "fewer than 5" in drawing


def test_classes_begin_at_their_breaks():
    numbers = np.full(COLUMNS * ROWS, 12)

    _, picture = smooth(numbers)
    picture = replace(picture, breaks=(5, int(picture.density.max()) + 1))

    assert set(picture.classes.tolist()) == {1}
