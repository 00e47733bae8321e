"""Tables of a Word file fit the page, repeat their heads and hide what must be hidden."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forestall.disclosure import protect_table
from forestall.publication.blocks import BarTable, CrossTable, Table
from forestall.publication.docx import looks
from forestall.publication.docx.number_tables import MOST_ROWS
from tests.publication.builders import example_document
from tests.publication.word_files import (
    KINDS,
    W,
    all_of,
    document_of,
    parts_of,
    read,
    safe_hours,
    safe_kinds,
    value,
    word_of,
    words_in,
    written,
)


@pytest.fixture(scope="module")
def report():
    return read(example_document())


def test_tables_repeat_their_head_and_no_page_cuts_a_row(report):
    tables = [t for t in report.tables if t.style.name == "Report Table"]

    assert len(tables) >= 8
    for table in tables:
        rows = all_of(table._tbl, "tr")
        assert all_of(rows[0], "tblHeader")
        assert not any(all_of(row, "tblHeader") for row in rows[1:])
        assert all(all_of(row, "cantSplit") for row in rows)


def test_every_table_fits_the_page_and_its_cells_have_the_widths_of_the_grid(report):
    for table in report.tables:
        grid = [int(value(column, "w")) for column in all_of(table._tbl, "gridCol")]
        assert sum(grid) <= looks.TEXT_WIDTH
        for row in all_of(table._tbl, "tr"):
            cells = row.findall(f"{W}tc")
            assert [int(value(c.find(f"{W}tcPr/{W}tcW"), "w")) for c in cells] == grid


def test_a_hidden_number_is_on_hatch_explained_below_and_not_in_the_file():
    table = Table(title="Kinds", safe=safe_kinds(), columns=KINDS, total="All")
    data = written(document_of(table))
    body = parts_of(data)["word/document.xml"]

    cells = [words_in(cell) for cell in all_of(body, "tc")]
    hatched = [c for c in all_of(body, "tc") if any("Stripe" in value(s) for s in all_of(c, "shd"))]
    assert [words_in(cell) for cell in hatched] == ["<5", "<5"]
    assert not {"3", "2", "5"} & set(cells)
    assert "fewer than 5" in words_in(all_of(body, "p")[-1])


def test_numbers_stand_at_the_right_and_the_total_under_a_thick_rule():
    word = word_of(Table(title="Kinds", safe=safe_kinds(), columns=KINDS, total="All"))
    table = word.tables[0]

    styles = [cell.paragraphs[0].style.name for cell in table.rows[1].cells]
    assert styles == ["Cell", "Cell Number", "Cell Number"]
    look = all_of(table._tbl, "tblLook")[0]
    assert (value(look, "firstRow"), value(look, "lastRow")) == ("1", "1")
    assert table.rows[-1].cells[0].text == "All"
    without = word_of(Table(title="Kinds", safe=safe_kinds(), columns=KINDS)).tables[0]
    assert value(all_of(without._tbl, "tblLook")[0], "lastRow") == "0"


def test_bars_are_decoration_as_long_as_their_numbers():
    word = word_of(BarTable(title="Kinds", safe=safe_kinds(), columns=KINDS, total="All"))

    rows = word.tables[0].rows
    wide = [
        [int(e.get("cx")) for e in row._tr.iter() if e.tag.endswith("wordprocessingDrawing}extent")]
        for row in rows
    ]
    assert wide[0] == wide[3] == wide[4] == wide[5] == []
    assert wide[1][0] == pytest.approx(2 * wide[2][0], abs=2)


def test_a_table_of_ten_thousand_rows_ends_early_and_says_where_the_rest_is():
    labels = [f"place {number}" for number in range(10_000)]
    counts = [number % 90 + 6 for number in range(10_000)]
    word = word_of(Table(title="Places", safe=safe_kinds(labels, counts), columns=KINDS[:2]))

    shown = [c.text for t in word.tables for r in t.rows for c in r.cells if "place" in c.text]
    assert len(shown) == MOST_ROWS
    assert set(shown) == set(labels[:MOST_ROWS])
    assert "first 400 of 10,000 rows" in word.paragraphs[-1].text


def test_long_narrow_tables_stand_in_panels_that_are_read_downwards():
    labels = [f"p{number}" for number in range(90)]
    table = Table(title="P", safe=safe_kinds(labels, range(10, 100)), columns=KINDS, total="All")
    word = word_of(table)

    panels = [cell.text for cell in word.tables[0].rows[0].cells].count("Kind")
    assert panels == 3
    first = [row.cells[0].text for row in word.tables[0].rows[1:]]
    assert first == labels[: len(first)]
    everything = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert all(label in everything for label in (*labels, "All"))


def months_by_kind(number, largest):
    chance = np.random.default_rng(20020724)
    months = pd.period_range("2023-01", periods=number, freq="M").astype(str)
    rows = [(k, m, int(chance.integers(1, largest))) for k in ("a", "b", "c") for m in months]
    frame = pd.DataFrame(rows, columns=["kind", "month", "incidents"])
    safe = protect_table(frame, rule="threshold-5", rows="kind", columns="month")
    return CrossTable(
        title="Months",
        safe=safe,
        row_head="Kind",
        row_words={},
        column_words={},
        total_row="All",
        total_column="All months",
    )


def test_a_table_too_wide_for_the_page_is_cut_between_columns():
    word = word_of(months_by_kind(36, 30_000))

    tables = [t for t in word.tables if t.style.name == "Report Table"]
    assert len(tables) > 1
    assert all(t.rows[1].cells[0].text == "a" for t in tables)
    heads = [cell.text for t in tables for cell in t.rows[0].cells[1:]]
    assert len(heads) == 37
    assert len(set(heads)) == 37


def test_a_table_with_every_number_hidden_says_why_in_its_place():
    word = word_of(months_by_kind(3, 4))

    assert not [table for table in word.tables if table.style.name == "Report Table"]
    words = [part.text for part in word.paragraphs]
    words += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any("numbers of this table can be shown" in said for said in words)


def test_the_hours_of_the_week_carry_their_numbers():
    block = safe_hours()
    week = word_of(block).tables[-1]

    shown = [cell for row in week.rows[1:] for cell in row.cells[1:]]
    counts = block.safe.frame.set_index(["weekday", "hour"])["incidents"]
    assert [cell.text for cell in shown] == [
        "" if pd.isna(counts[day, hour]) else str(counts[day, hour])
        for day in range(7)
        for hour in range(24)
    ]
    assert sum(not cell.text for cell in shown) > 5
    patterns = [value(all_of(cell._tc, "shd")[0]) for cell in shown]
    assert all(("Stripe" in p) == (not c.text) for p, c in zip(patterns, shown, strict=True))
    fills = {value(all_of(cell._tc, "shd")[0], "fill") for cell in shown if cell.text}
    assert len(fills) == 5
