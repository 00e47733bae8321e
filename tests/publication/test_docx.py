"""A Word file has the structure that people edit by and screen readers read by."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from itertools import pairwise

import pytest

from forestall.languages import use_language
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Details,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    KeyNumber,
    KeyNumbers,
    Link,
    Paragraph,
    Strong,
    Sure,
    Table,
    WordTable,
)
from forestall.publication.docx import write_docx
from forestall.results import Certainty
from tests.publication.builders import example_document
from tests.publication.word_files import (
    KINDS,
    all_of,
    document_of,
    parts_of,
    read,
    safe_kinds,
    value,
    word_of,
    words_in,
    written,
)

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@pytest.fixture(scope="module")
def report():
    return read(example_document())


def styles_in_order(word):
    return [paragraph.style.name for paragraph in word.paragraphs]


def test_title_lead_and_sections_are_headings_of_word_in_their_order(report):
    document = example_document()
    styles = styles_in_order(report)
    headings = [p.text for p in report.paragraphs if p.style.name == "Heading 1"]

    assert styles[:3] == ["Kicker", "Title", "Subtitle"]
    assert headings == [
        f"{s.number}. {s.heading}" if str(s.number) else str(s.heading) for s in document.sections
    ]
    levels = [int(name[-1]) for name in styles if re.fullmatch(r"Heading \d", name)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_picture_has_words_or_is_marked_as_decoration(report):
    pictures = list(report.element.body.iter(DRAWING))

    told = [p for p in pictures if p.get("descr")]
    silent = [p for p in pictures if not p.get("descr")]
    assert len(told) >= 5
    assert silent
    assert all(len(p.get("descr")) > 20 for p in told)
    assert all(next(p.iter(DECORATIVE)).get("val") == "1" for p in silent)
    assert len({p.get("id") for p in pictures}) == len(pictures)


def test_contents_are_written_out_and_lead_to_the_sections(report):
    entries = [
        paragraph
        for paragraph in all_of(report.element.body, "p")
        if any(value(style) == "TOC1" for style in all_of(paragraph, "pStyle"))
    ]
    headings = [p.text for p in report.paragraphs if p.style.name == "Heading 1"]

    assert [words_in(entry) for entry in entries] == headings
    instructions = "".join(i.text for i in all_of(report.element.body, "instrText"))
    assert 'TOC \\o "1-1"' in instructions
    assert all(len(all_of(entry, "hyperlink")) == 1 for entry in entries)


def test_every_link_inside_leads_to_a_place_that_is_there(report):
    places = [value(mark, "name") for mark in all_of(report.element.body, "bookmarkStart")]
    links = all_of(report.element.body, "hyperlink")
    led = {value(link, "anchor") for link in links if value(link, "anchor")}

    assert len(led) > 10
    assert led <= set(places)
    assert len(set(places)) == len(places)
    fields = all_of(report.element.body, "fldChar")
    kinds = [value(field, "fldCharType") for field in fields]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")


def test_links_outside_are_relations_and_nothing_else_is_followed():
    word = word_of(
        Paragraph(
            (
                Link("site", "https://example.org/a b"),
                Link("script", "javascript:alert(1)"),
                Link("broken", "http://[1"),
                Link("nowhere", "#nowhere"),
                Link("all months", "tables/months.csv"),
            )
        )
    )

    outside = [r.target_ref for r in word.part.rels.values() if r.is_external]
    assert outside == ["https://example.org/a%20b"]
    assert "all months (tables/months.csv)" in word.paragraphs[-1].text


def test_captions_are_numbered_by_fields_each_kind_for_itself(report):
    captions = [p.text for p in report.paragraphs if p.style.name == "Caption"]
    tables = [int(found[1]) for c in captions if (found := re.match(r"Table (\d+)\. \S", c))]
    figures = [int(found[1]) for c in captions if (found := re.match(r"Figure (\d+)\. \S", c))]

    assert len(tables) + len(figures) == len(captions)
    assert tables == list(range(1, len(tables) + 1))
    assert figures == list(range(1, len(figures) + 1))
    instructions = [i.text for i in all_of(report.element.body, "instrText")]
    assert sum("SEQ Table" in text for text in instructions) == len(tables)


def test_pages_are_a4_with_a_running_title_and_their_number(report):
    section = report.sections[0]

    assert (section.page_width.mm, section.page_height.mm) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )
    assert section.header.paragraphs[0].text == report.core_properties.title
    assert section.first_page_header.paragraphs[0].text == ""
    for foot in (section.footer, section.first_page_footer):
        assert foot.paragraphs[0].text == "Page 1 of 1"
        fields = [i.text.strip() for i in all_of(foot._element, "instrText")]
        assert fields == ["PAGE", "NUMPAGES"]


def test_the_same_document_gives_the_same_bytes_without_a_clock():
    first, second = written(example_document()), written(example_document())

    assert first == second
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert read(example_document()).core_properties.created is None


@pytest.mark.parametrize(
    ("tag", "val", "east", "bidi"),
    [
        ("en", "en-GB", "zh-CN", "ar-SA"),
        ("ru", "ru-RU", "zh-CN", "ar-SA"),
        ("zh", "en-GB", "zh-CN", "ar-SA"),
        ("ar", "en-GB", "zh-CN", "ar-SA"),
    ],
)
def test_the_language_is_told_for_every_kind_of_script(tag, val, east, bidi):
    data = written(document_of(Paragraph(("a",))), language=tag)
    word = read(document_of(Paragraph(("a",))), language=tag)

    told = all_of(parts_of(data)["word/styles.xml"], "lang")[0]
    assert (value(told), value(told, "eastAsia"), value(told, "bidi")) == (val, east, bidi)
    assert word.core_properties.language == tag
    assert word.core_properties.title == "Recorded crime"


def test_boxes_keep_their_content_together_and_say_what_they_are():
    items = (Item("Points are moved.", "Moved points."),)
    word = word_of(
        *(
            Box(kind=kind, title=kind.value, sentences=("One.",), items=items, command="a \\\n  b")
            for kind in BoxKind
        ),
        Box(kind=BoxKind.NOTE),
    )

    assert [t.rows[0].cells[0].paragraphs[0].text for t in word.tables] == [
        kind.value for kind in BoxKind
    ]
    paragraphs = word.tables[0].rows[0].cells[0].paragraphs
    assert [p.style.name for p in paragraphs] == ["Box Title", "Normal", "List Bullet", "Code"]
    assert paragraphs[2].text == "Moved points. Points are moved."
    assert paragraphs[3].text == "a \\\n  b"


def test_what_opens_on_a_screen_is_open_on_paper():
    inside = Facts((Fact("File", code="abc"), Fact("Rows", "40,898")))
    word = word_of(Details("Files that were read", (inside,)))

    assert word.paragraphs[-2].text == "Files that were read"
    assert word.tables[0].rows[0].cells[1].text == "abc"


def test_a_picture_named_like_what_opens_is_named_once():
    table = Table(title="All areas", safe=safe_kinds(), columns=KINDS)
    word = word_of(Details("All areas", (table,)))

    assert sum("All areas" in p.text for p in word.paragraphs) == 1


def test_findings_lists_chips_and_numbers_have_styles_of_their_own(report):
    styles = set(styles_in_order(report))
    words = word_of(
        Paragraph((Strong("Bold."), Sure(Certainty.CHANCE))),
        Items((Item("one", "Lead"),)),
        KeyNumbers(tuple(KeyNumber(str(n), "what") for n in range(5))),
        WordTable(heads=("A", "B"), rows=(("x", Strong("7")),), number_columns=(1,)),
    )

    assert {"Finding", "Finding More", "Source Line", "List Bullet", "Caption"} <= styles
    runs = words.paragraphs[-4].runs
    assert [r.style.name for r in runs if r.text.strip()] == ["Strong", "Sure Chance"]
    assert [len(row.cells) for row in words.tables[0].rows] == [3, 3]
    assert words.tables[1].rows[1].cells[1].paragraphs[0].style.name == "Cell Number"


def test_nothing_of_the_file_is_in_the_package_but_its_parts():
    with zipfile.ZipFile(BytesIO(written(example_document()))) as package:
        names = package.namelist()

    assert not [n for n in names if not re.match(r"(\[Content|_rels|docProps|word)", n)]
    assert len([n for n in names if n.endswith(".png")]) < 60


def test_headings_inside_a_section_are_targets():
    word = word_of(Heading("Areas", "standing-out"), Paragraph((Link("see", "#standing-out"),)))

    assert [p.text for p in word.paragraphs if p.style.name == "Heading 2"] == ["Areas"]
    assert value(all_of(word.element.body, "hyperlink")[-1], "anchor") == "standing_out"


def test_a_report_is_written_in_every_language_from_the_same_document():
    document = example_document()

    titles = set()
    for tag in ("en", "fr", "es", "ar", "zh", "ru"):
        with use_language(tag):
            titles.add(len(parts_of(write_docx(document))))
    assert len(titles) == 1
