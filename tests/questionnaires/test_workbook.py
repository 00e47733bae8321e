"""A reply goes into a workbook and comes back whole, also after somebody typed into it."""

from __future__ import annotations

import contextlib
import json
import os
import zipfile
from datetime import date, datetime, time
from functools import partial
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from forestall.errors import InvalidQuestionnaire
from forestall.languages import available_languages, use_language
from forestall.questionnaires import read_definition
from forestall.questionnaires.replies import Answer, Reply, Source
from forestall.questionnaires.vocabulary import AnswerState, AnswerType, Choice, SourceKind
from forestall.questionnaires.workbook import reply_from_workbook, reply_to_workbook
from forestall.questionnaires.workbook.carried import (
    carried_beside,
    carried_with,
    seen_in_cells,
    with_carried,
)
from forestall.questionnaires.workbook.metering import weight_of
from tests.questionnaires.replies import HARD, replies

ASKED = read_definition("2006-20")
MANY = int(os.environ.get("FORESTALL_REPLIES", "60"))
SMALL = replace(ASKED, groups=(replace(ASKED.groups[-1], items=ASKED.groups[-1].items[-6:]),))
EMPTY = Reply(questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31))
SECRET = Answer(state=AnswerState.DRAFTED, choice=Choice.NO, text="told", confidential=True)


def typed(book: bytes, cells: dict[tuple[str, str, str], object]) -> bytes:
    """Return a workbook in which somebody typed: from sheet, item and column to what."""
    opened = load_workbook(BytesIO(book))
    for (sheet, item, column), value in cells.items():
        page = opened[sheet]
        names = {cell.value: cell.column for cell in page[1]}
        row = next((cell.row for cell in page["A"] if cell.value == item), 3)
        page.cell(row, names[column]).value = value
    into = BytesIO()
    opened.save(into)
    return into.getvalue()


def there_and_back(reply, asked=ASKED):
    return reply_from_workbook(reply_to_workbook(asked, reply), asked)


@given(replies(ASKED))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_of_a_reply_is_lost(reply):
    assert there_and_back(reply) == reply


# FORESTALL_REPLIES=10000 tries as many; that takes a quarter of an hour.
@given(replies(SMALL, most=4))
@settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_of_many_small_replies_is_lost(reply):
    assert there_and_back(reply, SMALL) == reply


@pytest.mark.parametrize("text", HARD)
def test_a_text_that_spreadsheets_change_stays(text):
    reply = replace(EMPTY, answers={"Q1": Answer(text=text, follow_up=text)}, office=text)

    assert there_and_back(reply) == reply


def test_a_text_is_never_a_formula():
    reply = replace(EMPTY, answers={"Q1": Answer(text="=HYPERLINK(1)")})
    book = load_workbook(BytesIO(reply_to_workbook(ASKED, reply)))

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}

    assert "f" not in kinds


@pytest.mark.parametrize("tag", available_languages())
def test_choices_are_understood_in_the_language_of_the_workbook(tag):
    chosen = [one.key for one in ASKED.items if one.type is AnswerType.CHOICE]
    answers = {
        key: Answer(state=AnswerState.DRAFTED, choice=choice)
        for key, choice in zip(chosen, Choice, strict=False)
    }
    with use_language(tag):
        book = reply_to_workbook(ASKED, replace(EMPTY, answers=answers))

    assert reply_from_workbook(book, ASKED).answers == answers
    rtl = load_workbook(BytesIO(book))["section 1"].sheet_view.rightToLeft
    assert bool(rtl) is (tag == "ar")


def test_what_is_typed_counts_and_the_rest_comes_back():
    hard = Answer(text="a\r\nb", sources=(Source(kind=SourceKind.PLAN, name="a\rb"),))
    reply = replace(EMPTY, answers={"Q1": hard, "gone": Answer(text="kept")})

    book = typed(
        reply_to_workbook(ASKED, reply),
        {
            ("section 1", "Q1", "choice"): "yes, in part",
            ("section 1", "Q2(a)", "choice"): "no",
            ("section 1", "Q2(a)", "follow_up_day"): datetime(2020, 5, 3),  # noqa: DTZ001
        },
    )
    found = reply_from_workbook(book, ASKED).answers

    assert found["Q1"] == replace(hard, choice=Choice.PARTLY)
    assert found["gone"] == Answer(text="kept")
    assert found["Q2(a)"] == Answer(
        state=AnswerState.DRAFTED, choice=Choice.NO, follow_up_day=date(2020, 5, 3)
    )


@pytest.mark.parametrize("column", ["confidential", "choice", "item"])
def test_a_column_that_is_gone_or_doubled_is_refused(column):
    for name in (None, column):
        book = load_workbook(BytesIO(reply_to_workbook(ASKED, EMPTY)))
        names = book["section 1"][1]
        at = next(cell for cell in names if cell.value == column)
        if name is None:
            at.value = None
        else:
            names[2].value = column if names[2].value != column else names[3].value
        into = BytesIO()
        book.save(into)
        with pytest.raises(InvalidQuestionnaire, match="needs the column"):
            reply_from_workbook(into.getvalue(), ASKED)


def test_columns_that_were_moved_are_found():
    reply = replace(EMPTY, answers={"Q1": Answer(text="told", follow_up="more")})
    book = load_workbook(BytesIO(reply_to_workbook(ASKED, reply)))
    sheet = book["section 1"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(1, sheet.max_row + 1):
        one, other = sheet.cell(row, at["text"]), sheet.cell(row, at["follow_up"])
        one.value, other.value = other.value, one.value
    into = BytesIO()
    book.save(into)

    assert reply_from_workbook(into.getvalue(), ASKED) == reply


@pytest.mark.parametrize("item", ["Q2", "Q99", None])
def test_the_row_of_each_item_is_there_once(item):
    book = typed(reply_to_workbook(ASKED, EMPTY), {("section 1", "Q1", "item"): item})

    with pytest.raises(InvalidQuestionnaire, match=r"once|names no item"):
        reply_from_workbook(book, ASKED)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (datetime(2026, 2, 1, 14, 30), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001
        (time(12, 30), "hh:mm"),
        (0.5, "0%"),
    ],
)
def test_words_that_a_spreadsheet_changed_are_refused(value, form):
    book = load_workbook(BytesIO(reply_to_workbook(ASKED, EMPTY)))
    sheet = book["section 1"]
    at = next(cell.column for cell in sheet[1] if cell.value == "text")
    sheet.cell(3, at).value = value
    sheet.cell(3, at).number_format = form
    into = BytesIO()
    book.save(into)

    with pytest.raises(InvalidQuestionnaire, match="type them as text"):
        reply_from_workbook(into.getvalue(), ASKED)


def test_every_cell_for_an_answer_is_one_of_text():
    book = load_workbook(BytesIO(reply_to_workbook(ASKED, EMPTY)))
    opened = [cell for sheet in book for row in sheet for cell in row if not cell.protection.locked]

    assert opened
    assert {cell.number_format for cell in opened} == {"@"}


def test_a_stray_cell_far_away_costs_nothing():
    book = load_workbook(BytesIO(reply_to_workbook(ASKED, EMPTY)))
    book["section 1"]["XFD900"] = "stray"
    into = BytesIO()
    book.save(into)

    assert reply_from_workbook(into.getvalue(), ASKED) == EMPTY


def test_what_is_emptied_is_gone():
    reply = replace(EMPTY, answers={"Q1": Answer(text="a\rb", state=AnswerState.DRAFTED)})
    emptied = dict.fromkeys([("section 1", "Q1", "text"), ("section 1", "Q1", "state")])

    assert reply_from_workbook(typed(reply_to_workbook(ASKED, reply), emptied), ASKED) == EMPTY


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        (("section 1", "Q1", "choice"), "maybe", "not in its list"),
        (("section 1", "Q1", "day"), "soon", "needs a day such as 2026-01-31"),
        (("section 1", "Q1", "text"), "=1+1", "holds a formula"),
        (("section 1", "Q1", "confirmed_by"), "Ministry", "needs the day on which"),
        (("sources", "", "item"), "Q99", "names no item"),
    ],
)
def test_a_cell_that_cannot_be_is_said_with_its_place(cell, value, said):
    book = typed(reply_to_workbook(ASKED, EMPTY), {cell: value})

    with pytest.raises(InvalidQuestionnaire, match=said) as refused:
        reply_from_workbook(book, ASKED)

    assert f"{cell[0]}!" in str(refused.value)
    assert "maybe" not in str(refused.value)


def test_another_questionnaire_and_another_file_are_refused():
    other = replace(ASKED, version=2)
    with pytest.raises(InvalidQuestionnaire, match="version 2"):
        reply_from_workbook(reply_to_workbook(ASKED, EMPTY), other)
    into = BytesIO()
    Workbook().save(into)
    with pytest.raises(InvalidQuestionnaire, match="no workbook of a reply"):
        reply_from_workbook(into.getvalue(), ASKED)


def carried_as(text: str) -> bytes:
    book = load_workbook(BytesIO(_BOOK))
    hidden = book["carried"] if "carried" in book.sheetnames else book.create_sheet("carried")
    hidden["A1"] = text
    into = BytesIO()
    book.save(into)
    return into.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "5",
        "{}",
        '{"office": null, "answers": {"Q1": {"secret": true}}, "kept": []}',
        '{"office": null, "answers": {"Q1": {"confidential": "no"}}, "kept": []}',
    ],
    ids=["deep", "number", "empty", "field", "value"],
)
def test_a_hidden_sheet_that_was_changed_is_refused(text):
    with pytest.raises(InvalidQuestionnaire, match=r"hidden sheet that was changed"):
        reply_from_workbook(carried_as(text), ASKED)


def test_only_what_the_cells_do_not_hold_goes_along():
    hard = replace(SECRET, follow_up="a\rb")
    reply = replace(EMPTY, answers={"Q1": hard, "Q2": SECRET, "gone": Answer(text="kept")})

    assert json.loads(carried_with(ASKED, reply)) == {
        "office": None,
        "answers": {"Q1": {"follow_up": "a\rb"}, "gone": {"text": "kept"}},
        "kept": [],
    }


@pytest.mark.parametrize(
    "forged",
    [{"choice": "yes"}, {"text": "other"}, {"choice": None, "text": "to\rld", "marks": []}],
)
def test_a_forged_hidden_sheet_changes_nothing_that_is_seen(forged):
    reply = replace(EMPTY, answers={"Q1": SECRET})
    text = json.dumps({"office": "other", "answers": {"Q1": forged, "Q2": forged}, "kept": []})

    found = with_carried(reply, text, see=partial(seen_in_cells, ASKED), name="reply.xlsx")

    assert seen_in_cells(ASKED, found) == reply


@pytest.mark.parametrize("field", ['"confidential": false', '"state": "open"'])
def test_what_always_stands_in_cells_never_comes_from_the_hidden_sheet(field):
    text = f'{{"office": null, "answers": {{"Q1": {{{field}}}}}, "kept": []}}'
    book = typed(carried_as(text), {("section 1", "Q1", "confidential"): "x"})

    with pytest.raises(InvalidQuestionnaire, match="hidden sheet that was changed"):
        reply_from_workbook(book, ASKED)


@given(replies(SMALL, most=4), replies(SMALL, most=4))
@settings(max_examples=max(MANY // 4, 5), deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_is_seen_comes_from_another_reply(reply, other):
    see = partial(seen_in_cells, SMALL)
    plain = {
        key: Answer(state=one.state, confidential=one.confidential)
        for key, one in other.answers.items()
    }
    forged = carried_beside(other, seen=replace(other, answers=plain, office="\n", kept=()))

    found = with_carried(see(reply), forged, see=see, name="reply.xlsx")

    assert see(found) == see(reply)


def changed_part(part: str, before: str, more: str) -> bytes:
    """Return the workbook of an empty reply, with more in a part of its archive."""
    into, place = BytesIO(), before.encode()
    with zipfile.ZipFile(BytesIO(_BOOK)) as old, zipfile.ZipFile(into, "w", 8) as book:
        assert place in old.read(part)
        for one in old.namelist():
            text = old.read(one)
            new = text.replace(place, more.encode() + place, 1) if one == part else text
            book.writestr(one, new)
    return into.getvalue()


_SHEET = "xl/worksheets/sheet3.xml"
_MERGED = '<mergeCells><mergeCell ref="A1:XFD9000"/></mergeCells>'
_LINKS = '<hyperlinks><hyperlink ref="A:Z"/></hyperlinks>'
_SHARED = '<c><f t="shared" si="0">{}</f></c>'


@pytest.mark.parametrize(
    ("part", "before", "more"),
    [
        (_SHEET, "</row>", "<c/>" * 120_000),
        (_SHEET, "<dataValidations", _MERGED),
        (_SHEET, "<pageMargins", _LINKS),
        (_SHEET, "</sheetData>", '<x sqref="' + "A1 " * 12_000 + '"/>'),
        (_SHEET, "</row>", _SHARED.format("A1+" * 900 + "1") + _SHARED.format("") * 900),
        (_SHEET, "<worksheet", "<!DOCTYPE worksheet>"),
        ("xl/workbook.xml", "</sheets>", '<sheet name="x" sheetId="9" r:id="rId3"/>' * 300),
        ("docProps/app.xml", "</Properties>", " " * 30_000_000),
    ],
    ids=["cells", "merged", "links", "ranges", "formulas", "type", "sheets", "size"],
)
def test_a_small_file_that_takes_long_to_read_is_refused(part, before, more):
    book = changed_part(part, before, more)

    assert len(book) < 200_000
    with pytest.raises(InvalidQuestionnaire, match="cannot be read as a workbook"):
        reply_from_workbook(book, ASKED)


@pytest.mark.parametrize("coding", ["cp037", "utf-32-be"])
def test_a_part_that_only_another_parser_understands_is_too_heavy(coding):
    part = '<?xml version="1.0" encoding="x"?><a/>'.encode(coding)

    assert weight_of(BytesIO(part), most=1000) > 1000


def test_cells_far_below_make_no_cells_between_them():
    book = load_workbook(BytesIO(_BOOK))
    book["sources"]["A5000"] = "Q1"
    book["carried"]["B1048576"] = "stray"
    into = BytesIO()
    book.save(into)

    found = reply_from_workbook(into.getvalue(), ASKED)

    assert found.answers["Q1"].sources == (Source(kind=SourceKind.DOCUMENT, name=""),)


def test_the_largest_reply_can_be_read():
    longest = Answer(text="ж" * 20_000, follow_up="ж" * 20_000, state=AnswerState.DRAFTED)
    reply = replace(EMPTY, answers={one.key: longest for one in ASKED.items})

    assert there_and_back(reply) == reply


@pytest.mark.parametrize("name", ["reply", "section 1", "sources"])
def test_a_chart_in_place_of_a_sheet_is_refused(name):
    book = load_workbook(BytesIO(_BOOK))
    del book[name]
    book.create_chartsheet(name).add_chart(BarChart())
    into = BytesIO()
    book.save(into)

    with pytest.raises(InvalidQuestionnaire, match=r"lacks the sheet|no workbook of a reply"):
        reply_from_workbook(into.getvalue(), ASKED)


@given(st.binary(max_size=200), st.integers(0, 3000))
@settings(max_examples=60, deadline=None)
def test_broken_files_are_refused_in_a_sentence(noise, at):
    book = _BOOK[:at] + noise + _BOOK[at + len(noise) :]
    with contextlib.suppress(InvalidQuestionnaire):
        reply_from_workbook(book, ASKED)


_BOOK = reply_to_workbook(ASKED, EMPTY)
