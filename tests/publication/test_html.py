"""A page is one file that needs nothing, and text never becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from forestall.disclosure import protect_table
from forestall.publication import write_html
from forestall.publication.blocks import (
    BarTable,
    Box,
    BoxKind,
    Column,
    CrossTable,
    Document,
    Item,
    Items,
    Link,
    Paragraph,
    Section,
    Strong,
    Sure,
    Table,
    Unit,
)
from forestall.publication.html.sheet import sheet_for
from forestall.results import Certainty

NASTY = '<script>alert("&")</script>'


def page_of(*blocks, title="Recorded crime"):
    section = Section(id="brief", heading="In brief", blocks=tuple(blocks))
    return write_html(
        Document(
            title=title,
            kicker="Safety diagnosis",
            lead="What was recorded.",
            made_line=("Made today",),
            sections=(section,),
        )
    )


def safe_kinds():
    table = pd.DataFrame({"offence": [NASTY, "Theft", "Arson"], "incidents": [40, 20, 3]})
    table["share"] = table["incidents"] / 63
    return protect_table(table, rule="threshold-5", rows="offence", shares=["share"])


COLUMNS = (
    Column(name="offence", head="Kind", unit=Unit.WORDS),
    Column(name="incidents", head="Crimes"),
    Column(name="share", head="Share", unit=Unit.SHARE, decimals=1),
)


def test_text_is_escaped_wherever_it_comes_from():
    page = page_of(
        Paragraph((NASTY, Strong(NASTY), Link(NASTY, "#x"))),
        Items((Item(NASTY, NASTY),)),
        Box(kind=BoxKind.CARE, title=NASTY, sentences=(NASTY,), command=NASTY),
        BarTable(title=NASTY, safe=safe_kinds(), columns=COLUMNS),
        title=NASTY,
    )

    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 10


def test_a_hidden_number_is_marked_and_explained_and_not_in_the_page():
    page = page_of(Table(title="Kinds", safe=safe_kinds(), columns=COLUMNS, total="All"))

    assert ">&lt;5</abbr>" in page
    assert "[c]" in page
    assert "means fewer than 5" in page
    assert 'class="n" data-label="Crimes">3<' not in page


def test_a_bar_is_as_long_as_its_share_of_the_largest_number():
    table = pd.DataFrame({"offence": ["Theft", "Arson"], "incidents": [40, 10]})
    safe = protect_table(table, rule="threshold-5", rows="offence")

    page = page_of(BarTable(title="Kinds", safe=safe, columns=COLUMNS[:2], total="All"))

    assert re.findall(r'<rect width="([\d.]+)"', page) == ["100.0", "25.0"]
    assert "<tfoot" in page


def test_totals_that_are_not_published_have_no_row_and_no_column():
    table = pd.DataFrame(
        {
            "offence": ["A", "A", "B", "B"],
            "month": [1, 2, 1, 2],
            "incidents": [3, 20, 30, 40],
        }
    )
    safe = protect_table(table, rule="threshold-5", rows="offence", columns="month", margins=())

    page = page_of(
        CrossTable(
            title="By month",
            safe=safe,
            row_head="Kind",
            row_words={},
            column_words={1: "Jan", 2: "Feb"},
            total_row="All",
            total_column="All",
        )
    )

    assert "<tfoot" not in page
    assert ">All<" not in page
    assert ">Jan<" in page


@pytest.mark.parametrize("certainty", list(Certainty))
def test_every_certainty_has_a_chip(certainty):
    assert f">{certainty.value}</span>" in page_of(Paragraph((Sure(certainty),)))


def test_a_page_has_no_script_no_inline_style_and_loads_nothing():
    page = page_of(Paragraph(("a",)), BarTable(title="Kinds", safe=safe_kinds(), columns=COLUMNS))

    assert "<script" not in page
    assert " style=" not in page
    assert "@import" not in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert "url(" not in re.sub(r"url\(#", "", page)


class Balance(HTMLParser):
    """Check that tags close in the order they open."""

    EMPTY = frozenset({"meta", "link", "col", "path", "rect", "circle", "br", "hr", "img"})

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_tags_are_balanced():
    parser = Balance()
    parser.feed(page_of(BarTable(title="Kinds", safe=safe_kinds(), columns=COLUMNS)))

    assert parser.open == []


def test_the_sheet_keeps_what_is_used_and_drops_the_rest():
    sheet = sheet_for('<p class="care">a</p>')

    assert ".care" in sheet
    assert ".gantt" not in sheet
    assert "prefers-color-scheme:dark" in sheet
    assert sheet.count("{") == sheet.count("}")
