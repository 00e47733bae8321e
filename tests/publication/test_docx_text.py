"""Any text can be written into a Word file, in both directions, and nothing breaks the file."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.publication.blocks import (
    Box,
    BoxKind,
    Fact,
    Facts,
    Finding,
    Findings,
    Heading,
    Item,
    Items,
    KeyNumber,
    KeyNumbers,
    Link,
    Paragraph,
    Source,
    Strong,
    Sure,
    Table,
    WordTable,
)
from forestall.publication.docx.markup import clean
from forestall.publication.docx.stretches import cut_into_stretches
from forestall.publication.docx.widths import ColumnTexts, column_widths, fitting_groups
from forestall.results import Certainty
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

ANY_TEXT = st.text(st.characters(), max_size=40)
BIDI_TEXT = st.text(
    st.sampled_from("aZ 1,.%()-«» \u00a0\u2066\u2067\u2068\u2069\u200e\u200fאبج\u202e")
)
MARKS = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def everywhere(text):
    """Put one text into every kind of block."""
    return document_of(
        Paragraph((text, Strong(text), Link(text, text), Link(text, f"#{text}"))),
        Heading(text, text),
        Items((Item(text, text),)),
        KeyNumbers((KeyNumber(text, text),)),
        Findings((Finding(bold=text, then=text, more=(text,)),)),
        WordTable(heads=(text, text), rows=((text, text),), title=text, number_columns=(1,)),
        Box(kind=BoxKind.CARE, title=text, sentences=(text,), command=text),
        Source((text, text)),
        Facts((Fact(text, text, text),)),
        title=text,
        kicker=text,
        lead=text,
        foot=(text,),
    )


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT, st.sampled_from(["en", "ar"]))
def test_any_text_gives_a_file_that_can_be_read_with_the_same_words(text, language):
    document = everywhere(text)
    word = read(document, language=language)
    shown = clean(text).translate(MARKS).replace("\r\n", "\n").replace("\r", "\n")

    seen = "".join(p.text for p in word.paragraphs if p.style.name == "Title").translate(MARKS)
    assert seen == shown
    assert word.core_properties.title.translate(MARKS).replace("\r\n", "\n") == shown.replace(
        "\r\n", "\n"
    )


@settings(max_examples=300, deadline=None)
@given(BIDI_TEXT, st.sampled_from(["ltr", "rtl"]))
def test_cutting_keeps_every_letter_and_no_two_neighbours_run_alike(text, base):
    parts = cut_into_stretches(text, base)

    joined = "".join(part.text for part in parts)
    assert joined.translate(MARKS) == text.translate(MARKS)
    directions = [part.direction for part in parts]
    assert all(a != b for a, b in pairwise(directions))
    strong = {"L": "ltr", "R": "rtl", "AL": "rtl"}
    for part in parts:
        kinds = {strong.get(unicodedata.bidirectional(letter)) for letter in part.text}
        assert kinds <= {None, part.direction}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("نصف \u206610\u00a0%\u2069 منها", [("rtl", "نصف \u200f"), ("ltr", "\u200e10\u00a0%\u200e"),
                                            ("rtl", "\u200f منها")]),
        ("عدد \u206628,760\u2069 حالة", [("rtl", "عدد "), ("ltr", "28,760"), ("rtl", " حالة")]),
        ("في Leeds (2019)", [("rtl", "في "), ("ltr", "Leeds"), ("rtl", " (2019)")]),
        ("تحت data.police.uk.", [("rtl", "تحت "), ("ltr", "data.police.uk"), ("rtl", ".")]),
        ("2018-10/street.csv", [("rtl", "\u200f"), ("ltr", "\u200e2018-10/street.csv\u200e"),
                                ("rtl", "\u200f")]),
        (" – ", [("rtl", " – ")]),
        ("", []),
    ],
)  # fmt: skip
def test_numbers_and_names_keep_their_direction_in_arabic(text, parts):
    assert [(p.direction, p.text) for p in cut_into_stretches(text, "rtl")] == parts


def test_a_right_to_left_name_in_english_is_told_as_one():
    word = word_of(Paragraph(("In \u05d7\u05d9\u05e4\u05d4, 2019.",)))

    runs = word.paragraphs[-1].runs
    assert [bool(all_of(r._r, "rtl")) for r in runs] == [False, True, False]
    assert word.paragraphs[-1].text == "In \u05d7\u05d9\u05e4\u05d4, 2019."


def test_a_report_in_arabic_is_mirrored_and_its_numbers_are_not():
    document = document_of(
        Paragraph(("السرقة \u206610\u00a0%\u2069", Sure(Certainty.CLEAR))),
        Table(title="أنواع", safe=safe_kinds(), columns=KINDS, total="الكل"),
        KeyNumbers((KeyNumber("\u206610\u00a0%\u2069", "من الجرائم"),)),
        Box(kind=BoxKind.CARE, title="بعناية", command="forestall diagnose"),
    )
    parts = parts_of(written(document, language="ar"))
    body = parts["word/document.xml"]

    assert all(all_of(table, "bidiVisual") for table in all_of(body, "tbl"))
    assert all_of(all_of(body, "sectPr")[-1], "bidi")
    for paragraph in all_of(body, "p"):
        style = next((value(s) for s in all_of(paragraph, "pStyle")), "")
        left_to_right = style in {"CellNumber", "Code"}
        assert bool(all_of(paragraph, "bidi")) != left_to_right, style
    for run in all_of(body, "r"):
        letters = {unicodedata.bidirectional(letter) for letter in words_in(run)}
        assert bool(all_of(run, "rtl")) or not letters & {"R", "AL"}
        assert not all_of(run, "rtl") or not letters & {"L"}
    fonts = all_of(parts["word/styles.xml"], "rFonts")[0]
    assert value(fonts, "cs") == "Tahoma"
    for size in all_of(parts["word/styles.xml"], "sz"):
        assert value(size.getnext()) == value(size)
    for strong in all_of(parts["word/styles.xml"], "b"):
        assert strong.getnext().tag.endswith("bCs")
    assert not [letter for letter in words_in(body) if "\u2066" <= letter <= "\u2069"]


TEXTS = st.lists(st.text(max_size=60), min_size=1, max_size=6).map(tuple)


@settings(deadline=None)
@given(st.lists(st.builds(ColumnTexts, st.text(max_size=30), TEXTS, number=st.booleans()),
                min_size=1, max_size=12))  # fmt: skip
def test_columns_fit_the_page_or_are_cut_into_groups_with_all_of_them(columns):
    groups = fitting_groups(columns, size=9, total=9866)

    shown = sorted(at for group in groups for at in group if at)
    assert shown == list(range(1, len(columns)))
    assert all(group[0] == 0 for group in groups)
    for group in groups:
        widths = column_widths([columns[at] for at in group], size=9, total=9866)
        if len(group) > 2:
            assert widths is not None
        assert widths is None or (sum(widths) <= 9866 and min(widths) > 0)


@pytest.mark.parametrize("text", ["W" * 3000, "字" * 500, "😀" * 50, "a\tb\nc", "&lt;<w:p/>]]>"])
def test_long_words_signs_and_markup_stay_text(text):
    word = read(everywhere(text))

    assert word.paragraphs[1].text == text
