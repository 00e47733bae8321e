"""A map of gaps says what is known, and shows where nobody looked."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.drawing.grid_heads import place_heads
from forestall.publication.drawing.svg import text_width
from forestall.publication.evidence_pictures import (
    Found,
    GapGrid,
)
from tests.publication.made_evidence import (
    COLUMNS,
    cell,
    grid_of,
    large_grid,
    paths,
    row_of,
)


def test_a_box_without_texts_is_as_visible_as_others():
    svg = draw(grid_of(row_of(cell()), row_of()), width=WIDE, alt="x")

    assert paths(svg, "ax").count("z") == 2 * len(COLUMNS)
    assert paths(svg, "m5 ed").count("z") == 1


def test_a_circle_grows_with_the_number_of_texts():
    radii = [
        float(re.findall(r"a([\d.]+) ", paths(svg, "m5 ed"))[0])
        for texts in (1, 2, 4, 5, 99)
        for svg in [draw(grid_of(row_of(cell(texts=texts))), width=WIDE, alt="x")]
    ]

    assert radii == [5, 7.5, 7.5, 10, 10]


def test_each_certainty_and_each_finding_looks_different():
    fills = {draw(grid_of(row_of(cell(certainty=k))), width=WIDE, alt="x") for k in range(5)}
    signs = {draw(grid_of(row_of(cell(found=one))), width=WIDE, alt="x") for one in Found}

    assert len(fills) == 5
    assert len(signs) == 5


def test_what_is_worse_differs_in_shape_colour_and_frame():
    svg = draw(grid_of(row_of(cell(found=Found.WORSE))), width=WIDE, alt="x")

    assert paths(svg, "wf").count("z") == 1
    assert paths(svg, "ws").count("z") == 1
    assert "wf" not in draw(grid_of(row_of(cell())), width=WIDE, alt="x")


def test_without_a_recent_review_the_box_is_dashed():
    svg = draw(grid_of(row_of(cell(is_synthesis_gap=True))), width=WIDE, alt="x")

    assert paths(svg, "ax dash").count("z") == 1


def test_law_enforcement_is_fainter_and_marked():
    plain = draw(grid_of(row_of(cell())), width=WIDE, alt="x")
    marked = draw(grid_of(row_of(cell(), law=True)), width=WIDE, alt="x")

    assert 'class="tl">Street lighting' in plain
    assert re.search(r'<text x="[\d.]+" y="[\d.]+">Street lighting', marked)
    assert paths(marked, "ax").count("z") == paths(plain, "ax").count("z") + 1


def test_a_group_is_named_once_above_its_rows():
    rows = [row_of(group=group) for group in ("Social", "Social", "Situational")]

    svg = draw(grid_of(*rows), width=NARROW, alt="x")

    assert (svg.count(">Social<"), svg.count(">Situational<")) == (1, 1)


def test_a_phone_sees_the_heads_again():
    svg = draw(large_grid(20), width=NARROW, alt="x")

    assert svg.count(">displacement<") == 3
    assert draw(large_grid(20), width=WIDE, alt="x").count(">displacement<") == 1


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (GapGrid(columns=("a", "b"), rows=(row_of(),)), "7 cells for 2 columns"),
        (grid_of(row_of(cell(certainty=5))), "certainty 5"),
        (grid_of(row_of(cell(texts=-1))), "-1 texts"),
        (GapGrid(columns=(), rows=()), "not 0"),
        (GapGrid(columns=("a",) * 11, rows=()), "not 11"),
    ],
)
def test_a_grid_that_does_not_fit_together_is_refused(broken, told):
    with pytest.raises(ValueError, match=told):
        draw(broken, width=WIDE, alt="x")


NAMES = st.text("aimW ", min_size=1, max_size=24)


@given(st.lists(NAMES, min_size=1, max_size=10), st.sampled_from([NARROW, WIDE]))
def test_heads_never_lie_on_each_other(names, width):
    at = [20 + k * (width - 40) / 10 for k in range(len(names))]
    heads = place_heads(names, at, width=width)

    taken = [
        (head.start, head.start + text_width(head.lines), head.level, head.level + len(head.lines))
        for head in heads
    ]
    for one, other in itertools.combinations(taken, 2):
        side_by_side = one[1] <= other[0] or other[1] <= one[0]
        assert side_by_side or one[3] <= other[2] or other[3] <= one[2]
