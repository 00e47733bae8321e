"""Maps of gaps and forest plots say what is known, and show where nobody looked."""

from __future__ import annotations

import itertools
import json
import math
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forestall.languages import available_languages, message, use_language
from forestall.publication import write_html
from forestall.publication.blocks import Chart, WordTable
from forestall.publication.docx import write_docx
from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.drawing.grid_heads import place_heads
from forestall.publication.drawing.png import png_of
from forestall.publication.drawing.svg import text_width
from forestall.publication.evidence_pictures import (
    ForestAxis,
    ForestRow,
    ForestRows,
    Found,
    GapGrid,
    GridCell,
    GridRow,
    Mark,
    forest_parts,
    forest_window,
    grid_key,
)
from forestall.publication.explore import write_explore
from forestall.publication.interactive import interactive_pictures
from forestall.publication.palette import palette
from forestall.publication.pdf import write_pdf
from forestall.publication.stored.codec import decode, encode
from tests.publication.builders import document_of
from tests.publication.test_drawing_texts import boxes_of

COLUMNS = ("crime", "victimization", "fear of crime", "harm", "cost", "displacement", "stigma")
EMPTY = GridCell(is_synthesis_gap=False)
MEASURES = ("Street lighting", "Alley gates", "Mentoring of young people at risk", "Patrols")


def cell(**more):
    given = {"texts": 2, "certainty": 3, "found": Found.BETTER, "is_synthesis_gap": False}
    return GridCell(**given | more)


def row_of(*cells, words="Street lighting", law=False, group=""):
    filled = (*cells, *[EMPTY] * (len(COLUMNS) - len(cells)))
    return GridRow(words=words, cells=filled, is_law_enforcement=law, group=group)


def grid_of(*rows, key=None):
    return GapGrid(columns=COLUMNS, rows=rows, key=key)


def large_grid(rows=20, *, group="Situational prevention", key=None):
    return grid_of(
        *(
            row_of(
                *(
                    cell(
                        texts=1 + (k + c) % 6, certainty=(k * c) % 5, found=list(Found)[(k + c) % 5]
                    )
                    for c in range(k % 5)
                ),
                words=f"{MEASURES[k % 4]} {k}",
                law=k % 4 == 3,
                group=group,
            )
            for k in range(rows)
        ),
        key=key,
    )


def study(number, low, high, **more):
    given = {"words": "Dudley 1999", "shown": "0.80 (0.60 to 1.10)", "mark": Mark.STUDY}
    return ForestRow(**given | {"number": number, "low": low, "high": high} | more)


def forest_of(*rows, axis=ForestAxis.RATIO, **more):
    given = {
        "low_words": message("better with the measure"),
        "high_words": message("worse with the measure"),
        "axis_words": "Odds ratio",
        "rows_head": "Study",
        "shown_head": "Ratio (95 % interval)",
        "has_key": False,
    }
    return ForestRows(axis=axis, rows=rows, **given | more)


def large_forest(rows=60):
    studies = [
        study(
            0.5 + k / rows, 0.3 + k / rows, 0.9 + 2 * k / rows, words=f"Study {k}", weight=1 / rows
        )
        for k in range(rows - 3)
    ]
    return forest_of(
        *studies,
        study(0.9, 0.5, 1.6, mark=Mark.LOCAL, words="Evaluation of the city"),
        study(0.8, 0.7, 0.9, mark=Mark.POOLED, words="All together"),
        study(None, 0.4, 1.5, mark=Mark.PREDICTION, words="In a new place", shown="0.4 to 1.5"),
        has_key=True,
    )


def paths(svg, css_class):
    return "".join(re.findall(rf'<path class="{css_class}" d="([^"]*)"', svg))


# Maps of gaps


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


# Forest plots


def test_the_axis_of_ratios_is_logarithmic():
    svg = draw(forest_of(study(1.0, 0.5, 2.0), study(1.0, 0.25, 4.0)), width=WIDE, alt="x")

    (a, b), (c, d) = [
        (float(start), float(end))
        for start, end in re.findall(r'class="s1 fine" d="M([\d.]+) [\d.]+H([\d.]+)"', svg)
    ]
    middle = float(re.search(r'class="nil" d="M([\d.]+) ', svg)[1])
    assert math.isclose(middle - a, b - middle, abs_tol=0.2)
    assert math.isclose(middle - c, 2 * (middle - a), abs_tol=0.3)
    assert math.isclose(d - middle, 2 * (b - middle), abs_tol=0.3)


def test_the_axis_of_differences_is_even():
    rows = (study(0.0, -1.0, 1.0), study(0.5, 0.0, 1.0))
    svg = draw(forest_of(*rows, axis=ForestAxis.DIFFERENCE), width=WIDE, alt="x")

    first, second = re.findall(r'class="s1 fine" d="M([\d.]+) [\d.]+H([\d.]+)"', svg)
    assert math.isclose((float(first[0]) + float(first[1])) / 2, float(second[0]), abs_tol=0.2)


def test_an_area_grows_with_the_weight():
    svg = draw(
        forest_of(study(1.0, 0.5, 2.0, weight=0.1), study(1.0, 0.5, 2.0, weight=0.4)),
        width=WIDE,
        alt="x",
    )

    light, heavy = map(float, re.findall(r'<rect class="f1"[^>]* width="([\d.]+)"', svg))
    assert math.isclose(heavy / light, 2, rel_tol=0.05)


def test_each_mark_has_a_shape_of_its_own():
    shapes = {
        mark: re.sub(
            r"[-\d. ]", "", draw(forest_of(study(1.0, 0.5, 2.0, mark=mark)), width=WIDE, alt="")
        )
        for mark in Mark
    }

    assert len(set(shapes.values())) == len(Mark)


def test_what_goes_on_beyond_the_axis_ends_in_an_arrow():
    wide = draw(forest_of(study(0.8, 0.5, 400.0)), width=WIDE, alt="x")
    usual = draw(forest_of(study(0.8, 0.5, 4.0)), width=WIDE, alt="x")

    assert len(re.findall('class="nil"', wide)) == len(re.findall('class="nil"', usual)) + 1


@given(st.floats(0.01, 50), st.floats(1, 20), st.floats(1, 20), st.sampled_from([NARROW, WIDE]))
def test_no_interval_leaves_the_frame(number, below, above, width):
    svg = draw(forest_of(study(number, number / below, number * above)), width=width, alt="x")

    for start, end in re.findall(r'class="s1 fine" d="M([\d.]+) [\d.]+H([\d.]+)"', svg):
        assert 0 <= float(start) <= float(end) <= width


def test_no_difference_is_always_on_the_axis():
    assert forest_window(forest_of(study(0.5, 0.4, 0.6))) == (0.4, 1.0)
    assert forest_window(forest_of(study(2, 1.5, 3), axis=ForestAxis.DIFFERENCE)) == (0.0, 3.0)


def test_parts_hold_all_rows_on_one_axis():
    whole = large_forest(60)
    parts = forest_parts(whole, rows=25)

    assert [row for part in parts for row in part.rows] == list(whole.rows)
    assert {part.window for part in parts} == {forest_window(whole)}
    assert [part.has_key for part in parts] == [False, False, True]
    with pytest.raises(ValueError, match="not 0"):
        forest_parts(whole, rows=0)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (study(0.5, 0.6, 0.9), "0.6 to 0.9"),
        (study(0.5, 0.9, 0.1), "0.9 to 0.1"),
        (study(0.5, -0.1, 0.9), "above 0"),
        (study(0.5, 0.1, math.inf), "inf"),
    ],
)
def test_an_interval_without_its_estimate_is_refused(row, told):
    with pytest.raises(ValueError, match=told):
        draw(forest_of(row), width=WIDE, alt="x")


# Both

PICTURES = {
    "gaps": lambda: large_grid(12, key=grid_key()),
    "forest": lambda: large_forest(12),
    "narrow forest": lambda: forest_of(study(0.95, 0.9, 0.99)),
}


@pytest.mark.parametrize("tag", available_languages())
@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", PICTURES)
def test_words_stay_in_the_frame_and_off_each_other(name, width, tag):
    picture = PICTURES[name]()
    with use_language(tag):
        svg = draw(picture, width=width, alt="a picture")
    wide, high = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    boxes = boxes_of(svg)

    assert [box for box in boxes if box[1] < -1 or box[3] > wide + 1] == []
    assert [box for box in boxes if box[2] < -1 or box[4] > high + 1] == []
    assert [
        (one[0], other[0])
        for one, other in itertools.combinations(boxes, 2)
        if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] and other[2] < one[4]
    ] == []


def test_arabic_reads_from_the_right_but_numbers_run_on():
    lit = grid_of(row_of(cell()))
    usual, forest = draw(lit, width=WIDE, alt="x"), large_forest(5)
    with use_language("ar"):
        turned, other = draw(lit, width=WIDE, alt="x"), draw(forest, width=WIDE, alt="x")

    def circle(svg):
        return float(re.match(r"M([\d.]+)", paths(svg, "m5 ed"))[1])

    assert math.isclose(circle(usual) + circle(turned), WIDE, abs_tol=0.2)
    assert 'direction="ltr"' in turned
    ticks = re.findall(r'<text x="([\d.]+)" y="[\d.]+" class="mid">[^\d<]*([\d.]+)', other)
    assert [float(x) for x, _ in ticks] == sorted(float(x) for x, _ in ticks)
    assert [float(tick) for _, tick in ticks] == sorted(float(tick) for _, tick in ticks)


def test_marks_stand_out_from_the_paper():
    def light(name):
        digits = palette()[name].removeprefix("#")
        digits = digits if len(digits) == 6 else "".join(one * 2 for one in digits)
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for name in ("edge", "care", "ink", "series-1", "series-rest"):
        # The bar of a prediction is wide, and its ends are printed.
        least = 2.9 if name == "series-rest" else 3
        assert 1.05 / (light(name) + 0.05) >= least, name


def chart_of(picture, title="Nobody looked at stigma"):
    rows = tuple((str(row.words), "2") for row in picture.rows)
    return Chart(
        title=title,
        subtitle="Packaged reviews",
        alt="Map of gaps of measures. Nobody looked at stigma; table below.",
        picture=picture,
        behind=WordTable(heads=("Measure", "Texts"), rows=rows, number_columns=(1,)),
        behind_words="As a table",
    )


@pytest.mark.parametrize("picture", [large_grid(4, key=grid_key()), large_forest(5)])
def test_a_stored_picture_is_the_same_when_it_is_read_again(picture):
    parts = encode(chart_of(picture))
    again = decode(type(parts)(**json.loads(json.dumps(parts.__dict__))))

    assert again == chart_of(picture)
    assert draw(again.picture, width=WIDE, alt="") == draw(picture, width=WIDE, alt="")


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_every_writer_shows_both(tag):
    document = document_of(chart_of(large_grid(20, key=grid_key())), chart_of(large_forest(20)))
    with use_language(tag):
        page = write_html(document)
        assert write_pdf(document, made_on=date(2026, 1, 5)).data[:5] == b"%PDF-"
        assert write_docx(document)[:2] == b"PK"
        png = png_of(draw(large_grid(3), width=WIDE, alt=""), width_px=WIDE)

    assert png[:4] == b"\x89PNG"
    assert page.count("Nobody looked at stigma; table below.") == 4
    assert "As a table" in page


def test_a_page_with_twenty_rows_is_light():
    page = write_html(document_of(chart_of(large_grid(20, key=grid_key()))))

    assert len(page.encode()) < 60_000
    assert "style=" not in page
    assert "<script" not in page


# The interactive page


def gap_document():
    named = [
        replace(large_grid(3, group=group), key=grid_key()) for group in ("Social", "Situational")
    ]
    return document_of(*(chart_of(grid, title=str(grid.rows[0].group)) for grid in named))


def test_all_groups_stand_on_one_interactive_page():
    document = gap_document()
    (found,) = interactive_pictures(document)
    page = write_html(document, explore="explore/")

    assert found.file == "gaps.html"
    assert [chart.title for chart in (found.block, *found.parts)] == ["Social", "Situational"]
    assert page.count('href="explore/gaps.html"') == 2


def test_the_page_brings_its_script_and_nothing_else():
    told = ("</script><b>Review & Co",)
    nasty = grid_of(row_of(cell(told=told), words="</script>Lamps"))
    pages = write_explore(document_of(chart_of(nasty)))
    page = pages["gaps.html"].decode()
    (text,) = re.findall(r'id="explore-data">(.*?)</script>', page, re.S)
    (row,) = json.loads(text)["rows"]

    assert set(pages) == {"gaps.html", "gaps.js", "style.css"}
    assert row["name"] == "</script>Lamps"
    assert row["cells"][0]["told"] == list(told)
    assert row["cells"][0]["said"] == ("2 texts; better with the measure; moderate certainty")
    assert row["cells"][1:] == [None] * 6
    assert "default-src 'none'; script-src 'self'" in page
    assert not re.search(r"https?://(?!www\.w3\.org)", pages["gaps.js"].decode())
    assert "<svg" in page
