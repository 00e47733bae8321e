"""Maps of gaps and forest plots stand in every format, in every language, and on their page."""

from __future__ import annotations

import itertools
import json
import math
import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from forestall.languages import available_languages, use_language
from forestall.publication import write_html
from forestall.publication.docx import write_docx
from forestall.publication.drawing import NARROW, WIDE, draw
from forestall.publication.drawing.png import png_of
from forestall.publication.evidence_pictures import (
    grid_key,
)
from forestall.publication.explore import write_explore
from forestall.publication.interactive import interactive_pictures
from forestall.publication.palette import palette
from forestall.publication.pdf import write_pdf
from forestall.publication.stored.codec import decode, encode
from tests.publication.builders import document_of
from tests.publication.made_evidence import (
    cell,
    chart_of,
    forest_of,
    grid_of,
    large_forest,
    large_grid,
    paths,
    row_of,
    study,
)
from tests.publication.test_drawing_texts import boxes_of

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
        return float(re.findall(r"^M([\d.]+)", paths(svg, "m5 ed"))[0])

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
    assert unescape(page).count("default-src 'none'; script-src 'self'") == 1
    assert not re.search(r"https?://(?!www\.w3\.org)", pages["gaps.js"].decode())
    assert "<svg" in page
