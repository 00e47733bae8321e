"""Drawings stand alone: classes become what the style sheet would do to them on light paper."""

from __future__ import annotations

import re
import struct
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.languages import use_language
from forestall.publication.blocks import Chart, Findings, HeatTable, Map, Multiples
from forestall.publication.cells import CellKind, heat_rows
from forestall.publication.drawing.png import png_of, pngs_of
from forestall.publication.drawing.standalone import (
    _SHAPES,
    _TEXTS,
    stand_alone,
    standalone_svg,
)
from forestall.publication.drawing.svg import Drawing
from forestall.publication.figures import (
    chart_figure,
    heat_colour,
    heat_legend,
    interval_figure,
    map_figure,
    map_legend,
)
from forestall.publication.palette import palette
from tests.publication.builders import blocks_of, example_document

SHEET = re.sub(
    r"/\*.*?\*/",
    "",
    files("forestall.publication.html").joinpath("sheets/style.css").read_text("utf-8"),
    flags=re.S,
)


def rule_of_the_sheet(name):
    """Return what the sheet says of a class of drawings, its first colours resolved."""
    found = re.search(rf"(?:^|[}}\s])(?:svg |svg text|\.map )?\.{name} \{{([^}}]*)\}}", SHEET)
    assert found, name
    pairs = (pair.partition(":") for pair in found[1].split(";") if pair.strip())
    return {key.strip(): value.strip() for key, _, value in pairs}


@pytest.mark.parametrize("name", sorted(_SHAPES))
def test_each_class_of_shapes_looks_as_in_the_sheet(name):
    sheet = rule_of_the_sheet("legend .key-box" if name == "key-box" else name)
    if name == "pin":
        assert "r: 12px" in SHEET
        sheet["r"] = "12"
    if name == "hatch":
        assert ".hatch { stroke-width: .9; }" in SHEET
        sheet["stroke-width"] = "0.9"

    for key, value in _SHAPES[name].items():
        expected = re.sub(r"^\.", "0.", sheet[key]).removesuffix("px")
        assert expected == (f"var(--{value[1:]})" if value.startswith("@") else value), key


def test_the_palette_is_the_light_one():
    assert palette()["ink"] == "#17252d"
    assert {value[1:] for rule in (*_SHAPES.values(), *_TEXTS.values()) for value in rule.values()
            if value.startswith("@")} <= set(palette())  # fmt: skip


def test_a_class_without_a_rule_is_found_out():
    drawing = Drawing(10, 10)
    drawing.line(0, 0, 1, 1, "unheard")

    with pytest.raises(AssertionError, match="unheard"):
        standalone_svg(drawing.svg(alt=""))


def test_what_only_a_page_needs_is_gone():
    drawing = Drawing(10, 10)
    drawing.text(5, 5, "a", "mid halo")

    alone = standalone_svg(drawing.svg(alt="words", css_class="wide"), families=("Some Sans",))

    assert not re.search("class|aria|role", alone)
    assert 'text-anchor="middle"' in alone
    assert 'paint-order="stroke"' in alone
    assert 'font-family="Some Sans"' in alone


def test_an_outline_keeps_its_width_in_a_scaled_map():
    svg = (
        '<svg viewBox="0 0 99 99"><g transform="translate(3 3) scale(20)">'
        '<path class="hot" d="M0 0h1"/><path class="m1" d="M0 0h1"/></g></svg>'
    )

    assert 'stroke-width="0.1"' in stand_alone(svg).shapes


def test_a_letter_in_a_pin_stands_in_its_middle():
    svg = '<svg viewBox="0 0 99 99"><text class="key" x="5" y="40" dy=".36em">A</text></svg>'

    word = stand_alone(svg).words[0]

    assert (word.x, word.y, word.anchor, word.weight) == (5, 45.76, "middle", 700)


@given(st.text())
def test_words_from_data_survive_or_are_marked(words):
    drawing = Drawing(10, 10)
    drawing.text(5, 5, words)

    found = stand_alone(drawing.svg(alt=words)).words[0].text

    assert len(found) == len(words.replace("\r\n", "\n"))


def every_figure(document):
    for block in blocks_of(document):
        if isinstance(block, Chart):
            yield chart_figure(block)
        elif isinstance(block, Multiples):
            yield from (chart_figure(chart) for chart in block.charts)
        elif isinstance(block, Map):
            yield map_figure(block)
        elif isinstance(block, Findings):
            yield from (interval_figure(one.interval) for one in block.findings if one.interval)


def test_every_picture_of_a_report_stands_alone_and_tells_what_it_shows():
    figures = list(every_figure(example_document()))

    assert len(figures) > 4
    for figure in figures:
        assert figure.alt
        assert "class=" not in figure.alone.shapes
        assert "var(" not in standalone_svg(figure.svg)


def test_every_map_and_table_of_hours_comes_with_a_legend():
    blocks = blocks_of(example_document())
    maps = [block for block in blocks if isinstance(block, Map)]
    hours = [block for block in blocks if isinstance(block, HeatTable)]

    assert maps
    for block in maps:
        assert all(entry.words for entry in map_legend(block))
    for week in hours:
        rows = heat_rows(week)
        entries = heat_legend(week, any_hidden=rows.any_hidden)
        assert len(entries) == len(week.legend) + rows.any_hidden
        assert {heat_colour(cell.level) for row in rows.rows for cell in row.cells} <= {
            *palette().values()
        }


def test_a_png_has_the_width_asked_for_and_the_same_bytes_again():
    drawing = Drawing(340, 50)
    drawing.text(170, 30, "± 12 ● 上海 القاهرة", "mid tk")
    svg = drawing.svg(alt="")

    first, other = pngs_of([(svg, 680), (svg, 340)])

    assert struct.unpack(">II", first[16:24]) == (680, 100)
    assert struct.unpack(">II", other[16:24]) == (340, 50)
    assert png_of(svg, width_px=680) == first


def test_words_run_from_right_to_left_where_their_language_does():
    def drawn():
        drawing = Drawing(200, 40)
        drawing.text(10, 20, "ألف 12 (a)")
        return png_of(drawing.svg(alt=""), width_px=200)

    english = drawn()
    with use_language("ar"):
        arabic = drawn()

    assert english != arabic


def test_no_drawings_make_no_pictures():
    assert pngs_of([]) == []


def test_kinds_of_cells_are_named():
    assert [kind.value for kind in CellKind] == ["number", "hidden", "words"]
