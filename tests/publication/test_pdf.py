"""The PDF says what the document says, is tagged, keeps to its standards, and never fails."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate

from forestall.publication.blocks import (
    Box,
    BoxKind,
    Chart,
    Details,
    Fact,
    Facts,
    Heading,
    Item,
    Items,
    KeyNumber,
    KeyNumbers,
    Link,
    Map,
    Paragraph,
    Source,
    Strong,
    Sure,
    WordTable,
)
from forestall.publication.pdf import STANDARD, write_pdf, writing
from forestall.publication.pdf.content import document_data
from forestall.publication.pdf.tables import MOST_ROWS
from forestall.results import Certainty
from tests.publication.builders import (
    blocks_of,
    cross_of,
    document_of,
    example_document,
    table_of,
)
from tests.publication.pdf_reading import (
    DAY,
    alternative_texts,
    bookmarks,
    needs_poppler,
    opened,
    poppler,
    printed,
    tags_of,
    told,
)


@pytest.fixture(scope="module")
def report():
    return write_pdf(example_document(), made_on=DAY)


def test_a_report_keeps_to_both_standards_and_says_so_itself(report):
    with opened(report) as document, document.open_metadata() as metadata:
        assert (report.standard, report.warnings) == (STANDARD, ())
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo.Title) == str(example_document().title)
        assert str(document.docinfo.CreationDate).startswith("D:20261127")


def test_a_second_checker_finds_nothing(report, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(report.data)

    assert [finding.message for finding in validate(path).findings] == []


def test_every_section_is_a_heading_and_a_bookmark_and_is_in_the_contents(report):
    sections = example_document().sections
    names = [f"{s.number}. {s.heading}" if s.number else str(s.heading) for s in sections]

    assert [title for title, _ in bookmarks(report)] == names
    assert tags_of(report)["H1"] == len(sections)
    assert tags_of(report)["TOCI"] == len(sections)


def test_every_picture_has_its_words(report):
    blocks = list(blocks_of(example_document()))
    expected = {str(block.alt) for block in blocks if isinstance(block, Chart | Map)}

    assert expected
    assert expected <= set(alternative_texts(report))


def test_every_table_has_heads(report):
    tags = tags_of(report)

    assert tags["Table"] >= 5
    assert tags["THead"] == tags["Table"]


@needs_poppler
def test_every_font_is_embedded(report):
    lines = poppler("pdffonts", report).splitlines()[2:]

    assert lines
    assert all(re.search(r"yes yes yes", line) for line in lines)


@needs_poppler
def test_every_page_tells_the_title_the_day_and_its_number(report):
    pages = poppler("pdftotext", report, "-layout").split("\f")[:-1]

    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Made on 27 November 2026" in page
        assert "Recorded crime in Hill Town" in page


@needs_poppler
def test_what_opens_on_request_on_a_page_is_open_on_paper():
    details = Details("All areas", (Paragraph(("Hidden on a page.",)),))

    assert "All areas Hidden on a page." in told(printed(details))


def test_the_same_document_gives_the_same_bytes(report):
    assert write_pdf(example_document(), made_on=DAY).data == report.data


@needs_poppler
def test_text_from_data_is_set_as_it_is_and_never_read_as_markup():
    wild = r'#panic("x") *a* _b_ $c$ @d \ ] [ <e> `f` #import "/etc/passwd" // g /* h */ = i ~ #{'
    text = told(printed(Paragraph((wild,)), table_of({wild: 12}), title=wild))

    assert text.count(wild.replace("<e>", "<e>")) >= 2


@given(
    st.text(max_size=60), st.text(alphabet="ab #*_$\\]@<>`'\"/=~{}()\n\t\u202e\u2066", max_size=40)
)
@settings(max_examples=25, deadline=None)
def test_any_text_anywhere_is_printed(text, marks):
    words = text + marks
    document = document_of(
        Paragraph((words, Strong(words), Link(words, "#what"), Link(words, words))),
        Heading(words, id="here"),
        Items((Item(words, lead=words),)),
        KeyNumbers((KeyNumber(words, words),)),
        Box(kind=BoxKind.CARE, title=words, sentences=(words,), command=words),
        Facts((Fact(words, text=words, code=words),)),
        WordTable(heads=(words, words), rows=((words, Sure(Certainty.SIGN)),)),
        Source((words,)),
        table_of({f"{words}a": 12, f"{words}b": 9}, title=words),
        title=words,
    )

    made = write_pdf(document, made_on=DAY)

    assert made.data.startswith(b"%PDF-")
    assert bool(made.standard) != bool(made.warnings)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("囍 Street", "囍 (U+56CD)"),
        ("龘 Street", "龘 (U+9F98)"),
        ("Party 😀", "😀 (U+1F600)"),
        ("ถนน", "ถ (U+0E16)"),
        ("Private \ue000", "U+E000"),
    ],
)
def test_a_rare_character_costs_the_standard_and_is_named_with_its_place(name, named):
    made = printed(table_of({name: 12, "Mill Lane": 9}))

    assert made.standard == ""
    assert made.data.startswith(b"%PDF-")
    assert tags_of(made)["Table"] == 1
    (warning,) = made.warnings
    assert named in str(warning)
    assert "“1. What was recorded”" in str(warning)


def test_of_many_rare_characters_a_few_are_named():
    made = printed(Paragraph(("龘囍鬱靐齉龗灪",)))

    assert "7 characters" in str(made.warnings[0])


@pytest.mark.parametrize(
    "name", ["Łódź", "Αθήνα", "Київ", "القاهرة", "上海市", "Nguyễn", "თბილისი"]
)
def test_names_in_many_scripts_keep_the_standard(name):
    assert printed(table_of({name: 12, "Mill Lane": 9})).standard == STANDARD


def test_a_font_of_the_user_brings_the_character_back(tmp_path, monkeypatch):
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for point in ((0, 0), (0, 500), (500, 500)):
        (pen.moveTo if point == (0, 0) else pen.lineTo)(point)
    pen.closePath()
    shape = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "rare"])
    font.setupCharacterMap({ord("龘"): "rare"})
    font.setupGlyf({".notdef": shape, "rare": shape})
    font.setupHorizontalMetrics({".notdef": (600, 0), "rare": (600, 0)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Rare", "styleName": "Regular", "psName": "Rare"})
    font.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.save(tmp_path / "rare.ttf")
    monkeypatch.setenv("FORESTALL_FONT_DIR", str(tmp_path))

    assert printed(table_of({"龘 Street": 12, "Mill Lane": 9})).standard == STANDARD


def test_a_picture_that_cannot_be_drawn_is_told_in_words(monkeypatch):
    def broken(document, **more):
        data = document_data(document, **more)
        next(_drawings(data))["shapes"] = "no svg"
        return data

    monkeypatch.setattr(writing, "document_data", broken)
    made = write_pdf(example_document(), made_on=DAY)

    assert made.standard == ""
    assert "picture" in str(made.warnings[0])
    assert made.data.startswith(b"%PDF-")


def _drawings(part):
    if isinstance(part, dict):
        if "shapes" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list | tuple):
        for one in part:
            yield from _drawings(one)


@needs_poppler
def test_of_a_very_long_table_the_first_rows_are_printed_and_the_rest_is_pointed_to():
    counts = {f"District {number}": 10 + number % 7 for number in range(10_000)}
    made = printed(table_of(counts))
    text = told(made)

    assert made.standard == STANDARD
    assert f"The first {MOST_ROWS} of 10,000 rows are printed" in text
    assert "District 399" in text
    assert "District 400" not in text
    with opened(made) as document:
        assert len(document.pages) < 12


def test_a_table_in_which_everything_is_hidden_is_told_in_its_place():
    made = printed(table_of({"Mill Lane": 2, "Hill Road": 3}), cross_of(["A", "B"], ["x", "y"], 2))

    assert made.standard == STANDARD
    assert tags_of(made)["Table"] == 0


@needs_poppler
def test_a_table_of_many_columns_loses_none():
    columns = [f"Kind number {number}" for number in range(60)]
    made = printed(cross_of(["Mill Lane", "Hill Road"], columns, 1234))
    with opened(made) as document:
        boxes = [[float(edge) for edge in page.MediaBox] for page in document.pages]
    heads = poppler("pdftotext", made, "-bbox")

    assert any(box[2] > box[3] for box in boxes)
    assert told(made).count("1,234") == 120
    edges = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', heads)]
    assert max(edges) < 842 - 40


def test_links_lead_inside_and_outside_and_files_are_named():
    made = printed(
        Paragraph(
            (
                Link("here", "#what"),
                Link("nowhere", "#gone"),
                Link("the site", "https://example.org/a?b=c#d"),
                Link("all months", "tables/months.csv"),
            )
        )
    )
    with opened(made) as document:
        actions = [
            str(link.A.URI)
            for page in document.pages
            for link in page.get("/Annots", [])
            if "/A" in link and "/URI" in link.A
        ]

    assert made.standard == STANDARD
    assert actions == ["https://example.org/a?b=c#d"]


@needs_poppler
def test_paper_shows_the_address_and_the_file_behind_a_link():
    text = told(
        printed(Paragraph((Link("the site", "https://example.org/"), Link("all", "tables/a.csv"))))
    )

    assert "the site (https://example.org/)" in text
    assert "all (tables/a.csv)" in text


def test_a_document_without_any_words_is_still_a_document():
    made = write_pdf(document_of(title=""), made_on=DAY)

    assert made.standard == STANDARD


@needs_poppler
def test_a_long_name_breaks_on_paper_and_gains_no_character():
    name = "burglary_and_theft_2010-12_2025-02_all_districts.parquet"
    code = "c7110793f15da43c06894e738ddd0aaeafd51fe7ff18ad1eb23ad53ce1318983"
    made = printed(Facts((Fact(name, code=code),)))

    assert name in told(made).replace(" ", "")
    assert code in told(made).replace(" ", "")
