"""A workbook holds the protected tables typed, explained, and nothing that the CSV files lack."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forestall.disclosure import protect_table
from forestall.languages import use_language
from forestall.publication.csv_files import csv_files
from forestall.publication.tables import Described, describe_tables, write_xlsx
from forestall.publication.tables import sheet as sheets
from forestall.publication.tables.columns import column_types, decimals_of, digits_of, read_rows
from forestall.publication.tables.sheet import write_sheet
from forestall.publication.tables.texts import cell_text, tab_name
from forestall.publication.tables.workbook import report_workbook

TOLD = Described(name="Kinds", holds="Kinds of crime in Hill Town")
KINDS = pd.DataFrame({"offence": ["Theft", "Arson", "Fraud"], "incidents": [1240, 3, 60]})


def protected(table=KINDS, **how):
    how = {"rule": "threshold-5", "rows": "offence", "margins": [], **how}
    return protect_table(table, **how)


def opened(safe, told=TOLD, **more):
    book = write_xlsx({"kinds": safe}, codebook={"kinds": told}, title="Hill Town", **more)
    return openpyxl.load_workbook(io.BytesIO(book.data))


def head_row(sheet):
    return int(sheet.auto_filter.ref.split(":")[0].strip("A"))


def values(sheet):
    first = head_row(sheet) + 1
    return [list(row) for row in sheet.iter_rows(min_row=first, values_only=True)]


def test_a_hidden_count_is_a_hatched_text_and_what_is_derived_from_it_is_empty():
    table = KINDS.assign(share=(KINDS["incidents"] / 1303).round(4))

    sheet = opened(protected(table, derived=["share"]))["Kinds"]

    assert values(sheet) == [["Theft", 1240, 0.9517], ["Arson", "<5", None], ["Fraud", 60, 0.046]]
    hidden = sheet.cell(head_row(sheet) + 2, 2)
    assert hidden.fill.patternType == "lightUp"
    assert sheet.cell(head_row(sheet) + 1, 2).number_format == "#,##0"
    assert sheet.cell(head_row(sheet) + 3, 3).number_format == "#,##0.0000"
    top = [sheet.cell(row, 1).value for row in range(1, head_row(sheet))]
    assert top[0] == "Kinds of crime in Hill Town"
    assert any("fewer than 5" in str(note) for note in top)


def test_heads_are_frozen_filtered_and_name_the_column_for_machines():
    told = Described(name="Kinds", holds="Kinds", columns={"incidents": "incidents recorded"})
    sheet = opened(protected(), told)["Kinds"]
    at = head_row(sheet)

    assert sheet.freeze_panes == f"A{at + 1}"
    assert sheet.auto_filter.ref == f"A{at}:B{at + 3}"
    assert sheet.cell(at, 2).value == "incidents recorded\nincidents"


def test_months_are_dates_and_truth_is_truth():
    table = pd.DataFrame(
        {
            "period": pd.to_datetime(["2024-01-01", "2024-02-01"]),
            "incidents": [40, 3],
            "covered": [True, False],
        }
    )
    sheet = opened(protected(table, rows="period", attributes=["covered"]))["Kinds"]

    assert values(sheet) == [
        [pd.Timestamp("2024-01-01"), 40, True],
        [pd.Timestamp("2024-02-01"), "<5", False],
    ]
    assert sheet.cell(head_row(sheet) + 1, 1).number_format == "yyyy-mm"


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "#N/A", "\t=1"])
def test_a_text_that_looks_like_a_formula_is_a_text(text):
    table = KINDS.assign(offence=[text, "Arson", "Fraud"])
    book = write_xlsx(
        {"kinds": protected(table)},
        codebook={"kinds": Described(name=text, holds=text, columns={"offence": text})},
        title=text,
        about=[(text, text)],
    )

    with zipfile.ZipFile(io.BytesIO(book.data)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if "sheet" in name]
    assert not any("<f>" in part or 't="e"' in part for part in parts)
    sheet = openpyxl.load_workbook(io.BytesIO(book.data)).worksheets[2]
    cell = sheet.cell(head_row(sheet) + 1, 1)
    assert (cell.value, cell.data_type) == (text, "s")
    if text[0] in "=+-@":
        assert cell.quotePrefix


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=3, max_size=3, unique=True))
def test_any_text_gives_a_workbook_that_opens(texts):
    table = KINDS.assign(offence=texts)
    told = Described(name=texts[0], holds=texts[1], columns={"offence": texts[2]})

    book = opened(protected(table), told)

    found = [row[0] or "" for row in values(book.worksheets[2])]
    assert found == [cell_text(text) for text in texts]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_tabs_are_short_lawful_and_different(names):
    taken: list[str] = []
    for name in names:
        taken.append(tab_name(name, taken=taken))

    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\\/*?:\[\]]|^'|'$", name)


@settings(max_examples=60, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_a_number_format_shows_all_published_digits_and_no_other(value):
    assert float(digits_of(value)) == value
    assert "e" not in digits_of(value).casefold()
    assert len(digits_of(value).partition(".")[2]) == decimals_of(value)
    assert not digits_of(value).endswith(".0")


def test_a_table_that_is_all_hidden_is_written():
    table = KINDS.assign(incidents=[1, 2, 3])
    sheet = opened(protected(table))["Kinds"]

    assert {row[1] for row in values(sheet)} == {"<5"}


def test_a_table_without_rows_is_written():
    sheet = opened(protected(KINDS.head(0)))["Kinds"]

    assert values(sheet) == []


def test_the_same_tables_give_the_same_bytes(monkeypatch):
    def made():
        return write_xlsx({"kinds": protected()}, codebook={"kinds": TOLD}, title="Hill Town").data

    first = made()
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))

    assert made() == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_more_rows_than_a_sheet_holds_are_left_out_and_said(monkeypatch):
    many = pd.DataFrame({"offence": [f"K{k}" for k in range(50)], "incidents": range(10, 60)})
    monkeypatch.setattr(sheets, "MOST_ROWS", 30)

    book = write_xlsx({"kinds": protected(many)}, codebook={"kinds": TOLD}, title="Hill Town")

    sheet = openpyxl.load_workbook(io.BytesIO(book.data))["Kinds"]
    assert sheet.max_row == 30
    said = f"holds the first {len(values(sheet))} of 50 rows"
    assert [said in str(warning) for warning in book.warnings] == [True]
    assert said in sheet["A2"].value
    assert sheet.auto_filter.ref == f"A{head_row(sheet)}:B30"


def test_a_text_longer_than_a_cell_is_cut_and_said():
    table = KINDS.assign(offence=["x" * 40_000, "Arson", "Fraud"])
    book = write_xlsx({"kinds": protected(table)}, codebook={"kinds": TOLD}, title="Hill Town")

    sheet = openpyxl.load_workbook(io.BytesIO(book.data))["Kinds"]
    assert len(values(sheet)[0][0]) == 32_767
    assert "without their end" in str(book.warnings[0])


def test_a_right_to_left_language_turns_the_sheets():
    with use_language("ar"):
        turned = opened(protected())
    straight = opened(protected())

    assert all(sheet.sheet_view.rightToLeft for sheet in turned.worksheets)
    assert not any(sheet.sheet_view.rightToLeft for sheet in straight.worksheets)
    assert turned.properties.language == "ar"


def test_the_codebook_tells_sheet_column_meaning_type_and_marks():
    sheet = opened(protected())["Codebook"]

    assert list(sheet.iter_rows(values_only=True))[1:] == [
        ("Kinds", "offence", "offence", "text", None),
        (
            "Kinds",
            "incidents",
            "incidents",
            "whole number, protected",
            "<5 where too small, [c] where hidden with it",
        ),
    ]


# The workbook of a report


def plain(value):
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)


def test_a_workbook_holds_what_the_csv_files_hold_and_no_more(publication):
    files = csv_files(publication.tables)
    told = describe_tables(publication.tables)
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(publication).data))
    names = list(publication.tables)

    assert book.sheetnames[:2] == ["About", "Codebook"]
    assert book.sheetnames[2:] == [told[name].name for name in names]
    for name, sheet in zip(names, book.worksheets[2:], strict=True):
        texts = {c for c, kind in column_types(publication.tables[name]).items() if kind == "text"}
        written = list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode())))
        found = values(sheet)
        found += [[None] * len(found[0])] * (len(written) - len(found)) if found else []
        for row, cells in zip(written, found, strict=True):
            for (column, text), value in zip(row.items(), cells, strict=True):
                if column in texts:
                    text = str(told[name].words(column, text))  # noqa: PLW2901
                if text in ("inf", "-inf"):
                    assert value in ("∞", "−∞")
                elif isinstance(value, int | float) and not isinstance(value, bool):
                    assert float(text) == value
                else:
                    assert plain(value) == text


def test_about_tells_source_rule_and_citation(publication):
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(publication).data))
    told = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}

    assert told["Period"] == "1 January 2024 to 31 August 2024"
    assert told["Protection"] == "Numbers below 5 are hidden, with their neighbours where needed."
    assert told["How to cite"].startswith(str(publication.document.title))
    assert "Translation" not in told
    assert book["About"]["A3"].hyperlink is None
    linked = [cell for (cell,) in book["About"].iter_rows(max_col=1) if cell.hyperlink]
    assert [cell.value for cell in linked] == book.sheetnames[1:]


def test_rows_are_read_one_by_one(publication):
    rows = read_rows(publication.tables["squares"])

    assert next(rows)
    assert callable(write_sheet)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice Calc")
@pytest.mark.parametrize("tag", ["en", "ar"])
def test_libreoffice_opens_it(publication, tmp_path, tag):
    with use_language(tag):
        (tmp_path / "tables.xlsx").write_bytes(report_workbook(publication).data)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "tables.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (written,) = tmp_path.glob("*.csv")
    rows = list(csv.reader(io.StringIO(written.read_text(encoding="utf-8"))))
    kinds = publication.tables["offences"]
    shown = [row[1] for row in rows[-len(kinds.row_labels) :]]

    assert [text.replace(",", "") for text in shown] == [
        kinds.cell(label).plain_text for label in kinds.row_labels
    ]


def test_a_title_with_impossible_characters_gives_a_workbook_that_opens():
    book = write_xlsx({"kinds": protected()}, codebook={"kinds": TOLD}, title="Hill\x00 \x1fTown")

    assert openpyxl.load_workbook(io.BytesIO(book.data)).properties.title == "Hill Town"
