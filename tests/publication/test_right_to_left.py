"""A page in Arabic: numbers are set off by elements, drawings run from left to right."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from forestall.disclosure import rule_named
from forestall.languages import use_language
from forestall.publication import Setting, build_report, protect_diagnosis, write_html
from forestall.publication.drawing.svg import Drawing, text_width
from forestall.publication.example import example_diagnosis
from forestall.publication.html.isolates import isolate_numbers

MARKS = re.compile("[\u2066-\u2069]")
SENTENCES = {
    "In brief": "باختصار",
    "each month": "كل شهر",
    "more →": "\u2066أكثر →\u2069",
    "← fewer": "أقل ←",
    "{number} m": "{number} م",
    "burglary": "السطو",
    "all recorded crime": "جميع الجرائم المسجَّلة",
    "Half of {kind} was in {half} of {places} {squares} ({share}).": (
        "نصف {kind} في {half} من {squares} البالغ عددها {places} ({share})."
    ),
}


@pytest.fixture
def arabic(tmp_path, monkeypatch):
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    lines = [f'msgid "{text}"\nmsgstr "{said}"\n' for text, said in SENTENCES.items()]
    (folder / "forestall.po").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("FORESTALL_LOCALES", str(tmp_path))
    with use_language("ar"):
        yield


class Reader(HTMLParser):
    """Collect the marks in texts outside of drawings, and the elements inside of them."""

    def __init__(self):
        super().__init__()
        self.path: list[str] = []
        self.marked: list[str] = []
        self.misplaced: list[str] = []
        self.drawings: list[dict[str, str | None]] = []

    def handle_starttag(self, tag, attributes):
        if tag == "bdi" and {"svg", "title"} & set(self.path):
            self.misplaced.append("/".join(self.path))
        if any("<" in (value or "") for _, value in attributes):
            self.misplaced.append(tag)
        if tag == "svg":
            self.drawings.append(dict(attributes))
        self.path.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.path.pop()

    def handle_endtag(self, tag):
        while tag in self.path and self.path.pop() != tag:
            pass

    def handle_data(self, text):
        if not {"svg", "title"} & set(self.path) and MARKS.search(text):
            self.marked.append(text)


def page():
    town = example_diagnosis(months=30)
    setting = Setting(
        diagnosis=town,
        safe=protect_diagnosis(town, rule=rule_named("threshold-5")),
        place="Hill Town",
        made_on=date(2026, 1, 5),
        command="forestall diagnose town.csv -o report",
    )
    return write_html(build_report(setting))


def test_the_page_is_from_right_to_left_and_its_numbers_are_set_off(arabic):
    written = page()
    reader = Reader()
    reader.feed(written)

    assert '<html lang="ar" dir="rtl">' in written
    assert written.count("<bdi ") == written.count("</bdi>") > 100
    assert reader.marked == []
    assert reader.misplaced == []
    assert (
        '<bdi dir="ltr">5</bdi> كانون\N{NO-BREAK SPACE}الثاني/يناير <bdi dir="ltr">2026' in written
    )
    assert re.search(
        r"نصف جميع الجرائم المسجَّلة في <bdi dir=\"ltr\">\d+</bdi> من .* \(<bdi dir=\"ltr\">\d+</bdi>"
        "\N{NO-BREAK SPACE}في\N{NO-BREAK SPACE}المائة\\)",
        written,
    )


def test_drawings_with_words_run_from_left_to_right(arabic):
    reader = Reader()
    reader.feed(page())

    charts = [one for one in reader.drawings if one.get("role") == "img" and "width" in one]
    assert len(charts) > 3
    assert all(one["direction"] == "ltr" for one in charts)


def test_an_english_drawing_needs_no_direction():
    assert "direction" not in Drawing(10, 10).svg(alt="A")


def test_words_of_a_drawing_keep_their_own_direction_and_numbers_that_of_the_drawing(arabic):
    drawing = Drawing(200, 50)
    drawing.text(0, 10, "كل شهر")
    drawing.text(0, 20, "100")

    assert drawing.parts == [
        '<text x="0" y="10">\u2067كل شهر\u2069</text>',
        '<text x="0" y="20">100</text>',
    ]


def test_arrows_stand_on_the_outer_side_whatever_the_translation_does(arabic):
    written = page()

    assert ">← \u2067أقل\u2069</text>" in written
    assert ">\u2067أكثر\u2069 →</text>" in written


def test_marks_take_no_room_in_a_drawing(arabic):
    assert text_width("\u206612\u2069") == text_width("12")
    assert text_width("日") > text_width("m")


def test_what_holds_no_mark_stays_as_it_is():
    assert isolate_numbers("<p>5</p>") == "<p>5</p>"
