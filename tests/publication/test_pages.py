"""The folder of pages: every link leads somewhere, long tables go on, nothing is run or inlined."""

from __future__ import annotations

import re
from dataclasses import replace
from posixpath import normpath

import pandas as pd
import pytest

from forestall.disclosure import protect_table
from forestall.publication import write_html, write_pages
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Column,
    CrossTable,
    Details,
    Document,
    Heading,
    Link,
    Paragraph,
    Section,
    Table,
    Unit,
)
from forestall.publication.example import example_report
from forestall.publication.interactive import interactive_pictures
from forestall.publication.pages.long_tables import ROWS_A_PAGE
from forestall.publication.wholly_hidden import wholly_hidden

COLUMNS = (
    Column(name="place", head="Place", unit=Unit.WORDS),
    Column(name="incidents", head="Recorded"),
)


def safe_places(count, *, each=20):
    table = pd.DataFrame({"place": [f"P{k:05d}" for k in range(count)], "incidents": each})
    return protect_table(table, rule="threshold-5", rows="place")


def document_of(*sections):
    return Document(
        title="Recorded crime",
        kicker="Safety diagnosis",
        lead="What was recorded.",
        made_line=("Made today ·", Link("How this was made", "#made")),
        sections=sections,
        downloads=(Link("tables (CSV)", "tables/"),),
    )


def section(name, *blocks):
    return Section(id=name, heading=name.title(), question=f"What of {name}?", blocks=blocks)


@pytest.fixture(scope="module")
def town():
    return example_report()


@pytest.fixture(scope="module")
def pages(town):
    return {name: content.decode() for name, content in write_pages(town).items()}


def links_of(html):
    return re.findall(r'href="([^"]+)"', html)


def test_every_section_has_a_page_and_the_first_is_the_summary(town, pages):
    names = [f"{one.id}.html" for one in town.sections[1:]]

    assert list(pages) == ["index.html", *names, "style.css"]


def test_every_link_leads_to_a_page_and_a_place_in_it_or_out_of_the_folder(pages):
    for name, html in pages.items():
        for link in links_of(html):
            file, _, anchor = link.partition("#")
            if link.startswith(("../", "data:")):
                continue
            assert (file or name) in pages, f"{name} leads to {link}"
            if anchor:
                assert f'id="{anchor}"' in pages[file or name], f"{name} leads to {link}"


def test_links_of_the_one_page_become_those_of_the_right_file():
    report = document_of(
        section("brief", Paragraph((Link("Hours", "#hours"), Link("In brief", "#brief")))),
        section("when", Details("More", (Heading("Hours", "hours"),))),
        section("made", Paragraph((Link("Hours", "#hours"), Link("data", "tables/a.csv")))),
    )

    pages = write_pages(report)

    assert b'<a href="when.html#hours">Hours</a> <a href="#brief">' in pages["index.html"]
    assert b'<a href="../tables/a.csv">data</a>' in pages["made.html"]
    assert b'<a href="made.html">How this was made</a>' in pages["index.html"]


def test_pages_lead_to_the_one_before_and_the_one_after(pages):
    assert re.search(r'rel="prev" href="index.html"', pages["what.html"])
    assert re.search(r'rel="next" href="when.html"', pages["what.html"])
    assert 'rel="next"' not in pages["made.html"]


def test_the_page_that_is_read_is_marked_in_the_contents(pages):
    for name, html in pages.items():
        if name.endswith(".html"):
            marked = set(re.findall(r'href="([^"]+)" aria-current="page"', html))
            own = "#brief" if name == "index.html" else f"#{name.removesuffix('.html')}"
            assert marked == {own}


def test_the_summary_has_the_downloads_and_leads_to_the_whole():
    report = document_of(section("brief"), section("when"))

    summary = write_pages(report, whole="../index.html")["index.html"].decode()

    assert '<a href="../tables/">tables (CSV)</a>' in summary
    assert '<a href="../index.html">All on one page</a>' in summary
    assert "All on one page" not in write_pages(report)["index.html"].decode()


def test_the_summary_has_contents_with_a_sentence_each(pages):
    assert re.search(
        r'<a href="when.html">2. When</a><span>Did the numbers change\?</span>', pages["index.html"]
    )


def test_other_languages_are_named_by_themselves(town):
    html = write_pages(town, languages={"ar": "../ar/pages/index.html"})["index.html"].decode()

    assert '<a href="../ar/pages/index.html" lang="ar" dir="rtl" hreflang="ar">العربية</a>' in html
    assert "Languages" not in write_pages(town)["index.html"].decode()


def test_pages_run_nothing_and_carry_no_style(pages):
    for name, html in pages.items():
        if name.endswith(".html"):
            assert "<script" not in html
            assert "style=" not in html
            assert "<style" not in html
            assert html.index("Content-Security-Policy") < html.index("stylesheet")
            assert "default-src 'none'" in html.replace("&#39;", "'")


def test_the_sheet_holds_only_what_the_folder_uses(pages):
    assert ".gantt" not in pages["style.css"]
    assert ".pager" in pages["style.css"]
    assert "@media print{" in pages["style.css"]


def test_same_document_same_bytes(town):
    assert write_pages(town) == write_pages(town)


# Long tables


def test_a_table_of_ten_thousand_rows_goes_on_over_pages_that_lead_to_each_other():
    safe = safe_places(10_000)
    table = Table(title="Places", safe=safe, columns=COLUMNS, total="All")
    report = document_of(section("brief"), section("where", Details("All", (table,))))

    pages = write_pages(report, tables={"squares": safe})

    long = [name for name in pages if name.startswith("table-")]
    assert len(long) == -(-(10_000 - 200) // ROWS_A_PAGE)
    read, here = [], "where.html"
    while here:
        html = pages[here].decode()
        read += re.findall(r">(P\d{5})<", html)
        assert '"../tables/squares.csv"' in html
        after = re.search(r'href="([^"]+)" rel="next"|rel="next" href="(table[^"]+)"', html)
        here = (after.group(1) or after.group(2)) if after else ""
    assert read == [f"P{k:05d}" for k in range(10_000)]
    assert 'rel="prev" href="where.html"' in pages["table-where-1-2.html"].decode()
    assert "Rows 1 to 200 of 10,000." in pages["where.html"].decode()
    assert "Rows 9,701 to 10,000 of 10,000." in pages[long[-1]].decode()
    assert max(map(len, pages.values())) < 150_000


def test_one_file_shows_the_first_rows_and_says_where_the_rest_is():
    safe = safe_places(201)
    report = document_of(section("where", Table(title="Places", safe=safe, columns=COLUMNS)))

    page = write_html(report, tables={"squares": safe})

    assert len(re.findall(r">P\d{5}<", page)) == 200
    assert 'Rows 1 to 200 of 201. <a href="tables/squares.csv">All rows (CSV)</a>' in page


def test_a_table_of_two_hundred_rows_stays_whole():
    safe = safe_places(200)
    report = document_of(
        section("brief"), section("where", Table(title="P", safe=safe, columns=COLUMNS))
    )

    assert list(write_pages(report)) == ["index.html", "where.html", "style.css"]
    assert "Rows 1 to" not in write_html(report)


def test_rows_by_columns_go_on_too():
    table = pd.DataFrame(
        {
            "place": [f"P{k:05d}" for k in range(300) for _ in range(2)],
            "kind": ["a", "b"] * 300,
            "incidents": 20,
        }
    )
    safe = protect_table(table, rule="threshold-5", rows="place", columns="kind")
    crossed = CrossTable(
        title="Places",
        safe=safe,
        row_head="Place",
        row_words={},
        column_words={},
        total_row="All",
        total_column="All",
    )

    pages = write_pages(document_of(section("brief"), section("where", crossed)))

    assert "P00299" in pages["table-where-1-2.html"].decode()
    assert "P00199" not in pages["table-where-1-2.html"].decode()


# Tables of which everything is hidden


def all_hidden(**more):
    few = pd.DataFrame({"place": ["A", "B", "C"], "incidents": [1, 2, 3], **more})
    return protect_table(few, rule="threshold-5", rows="place", attributes=list(more))


def test_a_table_without_a_number_left_becomes_a_sentence():
    table = Table(title="Places", safe=all_hidden(), columns=COLUMNS)

    page = write_html(document_of(section("where", table)))

    assert "<table" not in page
    assert "None of the 3 numbers of this table can be shown." in page
    assert "smaller than 5" in page
    assert "&lt;5" not in page


def test_a_table_stays_when_something_else_can_be_read_in_it():
    table = Table(
        title="Places",
        safe=all_hidden(people=[100, 200, 300]),
        columns=(*COLUMNS, Column(name="people", head="Residents")),
    )

    assert wholly_hidden(table) == ()
    assert "<table" in write_html(document_of(section("where", table)))


def test_a_table_with_one_number_shown_stays_a_table():
    few = pd.DataFrame({"place": ["A", "B", "C"], "incidents": [1, 2, 30]})
    safe = protect_table(few, rule="threshold-5", rows="place", margins=[])

    assert wholly_hidden(Table(title="Places", safe=safe, columns=COLUMNS)) == ()


def test_what_is_no_table_is_never_hidden():
    assert wholly_hidden(Box(kind=BoxKind.NOTE, title="a")) == ()


# Interactive pictures


def test_pictures_lead_to_interactive_pages_only_where_there_are_some(town):
    without = b"".join(write_pages(town).values())
    found = write_pages(town, explore="../explore/")

    assert b"Open the interactive" not in without
    assert b'href="../explore/map.html">Open the interactive map</a>' in found["where.html"]
    assert b'href="../explore/kinds.html">Open the interactive chart</a>' in found["when.html"]
    assert "Open the interactive" not in write_html(town)
    assert 'href="explore/map.html"' in write_html(town, explore="explore/")


def test_two_pictures_of_one_kind_have_names_of_their_own(town):
    where = next(one for one in town.sections if one.id == "where")
    twice = replace(town, sections=(*town.sections, replace(where, id="again")))

    files = [picture.file for picture in interactive_pictures(twice)]

    assert len(set(files)) == len(files)
    assert "map-2.html" in files
    assert all(normpath(file) == file for file in files)
