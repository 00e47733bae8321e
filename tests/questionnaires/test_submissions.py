"""A reply goes as a submission into tools like ODK, and comes back whole, also after a change."""

from __future__ import annotations

import contextlib
import os
import re
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from forestall.errors import InvalidQuestionnaire
from forestall.questionnaires import read_definition
from forestall.questionnaires.replies import Answer, Attachment, Confirmation, Reply, Source
from forestall.questionnaires.vocabulary import AnswerState, AnswerType, Choice, SourceKind
from forestall.questionnaires.workbook.carried import carried_beside
from forestall.questionnaires.xlsform import (
    questionnaire_to_xlsform,
    replies_from_sheets,
    replies_to_sheets,
    reply_from_submission,
    reply_to_submission,
)
from forestall.questionnaires.xlsform.building import fields_of
from forestall.questionnaires.xlsform.hidden import as_sent, hidden_in
from forestall.questionnaires.xlsform.submission import Submissions
from tests.questionnaires.replies import HARD, replies

ASKED = read_definition("2006-20")
TABLES = read_definition("1995-9")
MANY = int(os.environ.get("FORESTALL_REPLIES", "40"))
DAY = date(2026, 1, 31)
EMPTY = Reply(questionnaire="2006-20", version=1, country="XX", on=DAY)
FULL = replace(
    EMPTY,
    answers={
        "Q2(a)": Answer(
            state=AnswerState.DRAFTED,
            choice=Choice.YES,
            follow_up="National plan",
            follow_up_day=date(2025, 3, 1),
            language="fr",
            confidential=True,
            sources=(
                Source(kind=SourceKind.PLAN, name="one", dated=DAY),
                Source(kind=SourceKind.SURVEY, name="two", reference="p. 3"),
            ),
            attachments=(Attachment(name="a.pdf", sha256="0" * 64),),
            confirmed=Confirmation(by="Ministry", on=DAY),
        ),
        "Q3": Answer(state=AnswerState.OPEN, text="=1+1"),
        "Q25": Answer(state=AnswerState.DRAFTED, choice=Choice.YES),
        "Q26(a)": Answer(state=AnswerState.DRAFTED, marks=("need", "can-provide")),
        "Q26(b)": Answer(state=AnswerState.DRAFTED),
    },
)
REPLIES = st.one_of(replies(ASKED, most=5), replies(TABLES, most=5))


def definition_of(reply):
    return ASKED if reply.questionnaire == ASKED.key else TABLES


def sheets_changed(change, reply=FULL):
    """Return related sheets in which somebody changed something."""
    book = load_workbook(BytesIO(replies_to_sheets(ASKED, [reply])))
    change(book)
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def cell(book, sheet, column, row=2):
    page = book[sheet]
    at = next(one.column for one in page[1] if one.value == column)
    return page.cell(row, at)


# FORESTALL_REPLIES=10000 tries as many, here and below; that takes about an hour.
@given(REPLIES)
@settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_of_a_reply_is_lost_in_a_submission(reply):
    asked = definition_of(reply)

    assert reply_from_submission(reply_to_submission(asked, reply), asked) == reply


@given(st.lists(replies(TABLES, most=4), min_size=1, max_size=20))
@settings(max_examples=max(MANY // 10, 3), deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_of_many_replies_is_lost_in_related_sheets(many):
    assert replies_from_sheets(replies_to_sheets(TABLES, many), TABLES) == tuple(many)


def test_hard_texts_stay_in_both_and_are_never_formulas():
    hard = (*HARD, "\u2028", "𝄞" * 19_000, " \n ")
    many = [
        replace(EMPTY, office=text, answers={"Q3": Answer(text=text), "Q1": Answer(text=text)})
        for text in hard
    ]
    sheets = replies_to_sheets(ASKED, many)

    assert replies_from_sheets(sheets, ASKED) == tuple(many)
    assert [reply_from_submission(reply_to_submission(ASKED, one), ASKED) for one in many] == many
    kinds = {
        one.data_type for page in load_workbook(BytesIO(sheets)) for row in page for one in row
    }
    assert "f" not in kinds


def test_a_sign_that_cannot_be_written_is_refused():
    reply = replace(EMPTY, office="a\ufffeb")

    for write in (
        lambda: reply_to_submission(ASKED, reply),
        lambda: replies_to_sheets(ASKED, [reply]),
    ):
        with pytest.raises(InvalidQuestionnaire, match="cannot be written"):
            write()


def test_an_answer_as_asked_stands_in_the_fields_alone():
    assert b"forestall_carried" not in reply_to_submission(ASKED, FULL)
    book = load_workbook(BytesIO(replies_to_sheets(ASKED, [FULL, FULL])))

    assert book["forestall_carried"].max_row == 1
    assert [row[-3:] for row in book["forestall_sources"].values] == [
        ("_index", "_parent_table_name", "_parent_index"),
        (1, "forestall_details", 1),
        (2, "forestall_details", 1),
        (3, "forestall_details", 4),
        (4, "forestall_details", 4),
    ]
    assert cell(book, "2006-20", "Q26_a").value == "need can-provide"


def test_a_submission_has_the_fields_of_the_form_that_odk_makes(tmp_path):
    (tmp_path / "form.xlsx").write_bytes(questionnaire_to_xlsform(TABLES))
    xform = etree.fromstring(convert(tmp_path / "form.xlsx").xform.encode())
    instance = next(one for one in xform.iter("{*}data"))
    rows = {one.key: one.columns for one in TABLES.items if one.type is AnswerType.TABLE}
    texts = {one.key: Answer(text="x") for one in TABLES.items if one.type is AnswerType.TEXT}
    tables = {key: Answer(rows=({columns[0].key: "x"},)) for key, columns in rows.items()}
    reply = replace(FULL, questionnaire="1995-9", answers={**texts, **tables})

    sent = etree.fromstring(reply_to_submission(TABLES, reply))

    assert _paths(sent) <= _paths(instance)
    assert len(_paths(sent)) > 20
    assert sent.get("id") == instance.get("id")
    assert re.fullmatch("uuid:[0-9a-f-]{36}", sent.findtext("meta/instanceID"))


def _paths(root):
    """Return where each element stands below the root, without numbers and namespaces."""
    tree = root.getroottree()
    found = {tuple(tree.getelementpath(one).split("/")) for one in root.iter("*")}
    top = len(tree.getelementpath(root).split("/")) if root.getparent() is not None else 0
    clean = (re.sub(r"\[\d+\]|\{[^}]*\}", "", "|".join(one[top:])) for one in found)
    return {one for one in clean if one not in ("", ".")}


def test_what_somebody_typed_counts_and_the_rest_comes_back():
    hard = replace(EMPTY, answers={"Q3": Answer(text="a\rb", language="fr"), "gone": Answer()})

    def change(book):
        cell(book, "2006-20", "Q1").value = "yes"
        cell(book, "2006-20", "Q2_a_follow_up_day").value = date(2020, 5, 3)

    found = replies_from_sheets(sheets_changed(change, hard), ASKED)[0].answers

    assert found["Q3"] == hard.answers["Q3"]
    assert found["gone"] == Answer()
    assert found["Q1"] == Answer(state=AnswerState.DRAFTED, choice=Choice.YES)
    assert found["Q2(a)"].follow_up_day == date(2020, 5, 3)


def test_an_export_of_kobotoolbox_is_read():
    def change(book):
        book["2006-20"].title = "City survey"
        for name in ("_index", "_uuid", "start", "__version__"):
            if name not in [one.value for one in book["City survey"][1]]:
                book["City survey"].cell(1, book["City survey"].max_column + 1).value = name
        cell(book, "City survey", "__version__").value = "vK3y"
        cell(book, "City survey", "Q1").value = "yes"
        for one in book["City survey"][1]:
            if one.value == "Q1":
                one.value = "section_1/Q1"
            if one.value == "forestall_questionnaire":
                one.value = "section_14/Q26_a/need"
        del book["forestall_files"]

    found = replies_from_sheets(sheets_changed(change), ASKED)[0]

    assert found.answers["Q1"].choice is Choice.YES
    assert found.answers["Q2(a)"].sources == FULL.answers["Q2(a)"].sources


def _drop_column(book):
    cell(book, "forestall_details", "forestall_confidential", 1).value = None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book: _set(book, "2006-20", "Q1", "maybe"), "none of its choices"),
        (lambda book: _set(book, "2006-20", "Q26_a", "x"), "none of its boxes"),
        (lambda book: _set(book, "2006-20", "forestall_on", "soon"), "a day such as"),
        (lambda book: _set(book, "2006-20", "forestall_on", None), "the day as of which"),
        (lambda book: _set(book, "2006-20", "__version__", "2"), "version 1, is needed"),
        (lambda book: _set(book, "2006-20", "Q1", "=1+1"), "a formula"),
        (lambda book: _set(book, "forestall_sources", "_parent_index", 9), "has no such row"),
        (lambda book: _set(book, "forestall_details", "_index", 2), "stands there twice"),
        (lambda book: _set(book, "forestall_details", "forestall_item", "Q9_z"), "no question"),
        (lambda book: _set(book, "forestall_details", "forestall_item", "Q3"), "named twice"),
        (lambda book: _set(book, "forestall_details", "forestall_confidential", "ja"), "its list"),
        (lambda book: _set(book, "forestall_details", "forestall_confirmed_on", None), "confirmed"),
        (lambda book: book.remove(book["forestall_details"]), "lacks the sheet"),
        (_drop_column, "needs the column “forestall_confidential” once"),
    ],
)
def test_a_cell_that_cannot_be_is_said_with_its_place(change, said):
    with pytest.raises(InvalidQuestionnaire, match=said) as refused:
        replies_from_sheets(sheets_changed(change), ASKED)

    assert "maybe" not in str(refused.value)


def _set(book, sheet, column, value):
    cell(book, sheet, column).value = value


def _carrying(text):
    head = b"<forestall_reply><forestall_on>2026-01-31</forestall_on></forestall_reply>"
    return b"<data>" + head + b"<forestall_carried>" + text + b"</forestall_carried></data>"


_SECRET_UNKNOWN = (
    b"<data><forestall_reply><forestall_on>2026-01-31</forestall_on></forestall_reply>"
    b"<forestall_confidential_items>Q1 Q99</forestall_confidential_items></data>"
)


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b"<data", "cannot be read as a submission"),
        (b'<!DOCTYPE d [<!ENTITY a "b">]><data>&a;</data>', "cannot be read as a submission"),
        (b"<data version='2'/>", "version 1"),
        (b"<data><section_1><Q1>yes</Q1><Q1>no</Q1></section_1></data>", "needs one value"),
        (b"<data><section_1><Q1><b/></Q1></section_1></data>", "needs one value"),
        (b"<data><section_1><Q1>maybe</Q1></section_1></data>", "the day as of which"),
        (b"<data><secret/></data>", "no such field"),
        (_carrying(b'{"a": 1}'), "hidden sheet"),
        (_carrying(b"[" * 90_000), "hidden sheet"),
        (_SECRET_UNKNOWN, "names no question"),
    ],
)
def test_a_submission_that_cannot_be_is_refused(xml, said):
    with pytest.raises(InvalidQuestionnaire, match=said):
        reply_from_submission(xml, ASKED)


def test_an_answer_stays_confidential_without_its_details():
    sent = reply_to_submission(ASKED, FULL)
    details = rb"<forestall_details>.*</forestall_details>"

    def empty(book):
        book["forestall_details"].delete_rows(2, 99)
        book["forestall_sources"].delete_rows(2, 99)
        book["forestall_files"].delete_rows(2, 99)

    for found in (
        reply_from_submission(re.sub(details, b"", sent), ASKED),
        *replies_from_sheets(sheets_changed(empty), ASKED),
    ):
        secret = [key for key, one in found.answers.items() if one.confidential]
        assert (found.answers["Q2(a)"].choice, secret) == (Choice.YES, ["Q2(a)"])


_MARK = b"<forestall_confidential>yes</forestall_confidential>"


def test_who_takes_the_mark_away_in_the_details_takes_it_away():
    sent = reply_to_submission(ASKED, FULL)
    emptied = sent.replace(_MARK, b"<forestall_confidential/>")

    def empty(book):
        _set(book, "forestall_details", "forestall_confidential", None)

    for found in (
        reply_from_submission(emptied, ASKED),
        *replies_from_sheets(sheets_changed(empty), ASKED),
    ):
        assert found.answers["Q2(a)"] == replace(FULL.answers["Q2(a)"], confidential=False)


def test_an_answer_stays_confidential_where_a_tool_leaves_the_mark_out():
    sent = reply_to_submission(ASKED, FULL)
    assert sent.count(_MARK) == 1

    assert reply_from_submission(sent.replace(_MARK, b""), ASKED) == FULL


@given(REPLIES, st.data())
@settings(max_examples=max(MANY // 4, 5), deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_is_seen_comes_from_what_another_reply_carries(reply, data):
    asked = definition_of(reply)
    other = data.draw(replies(asked, most=5))
    plain = {
        key: Answer(state=one.state, confidential=one.confidential)
        for key, one in other.answers.items()
    }
    forged = carried_beside(other, seen=replace(other, answers=plain, office="\n", kept=()))
    submissions = Submissions(asked, fields_of(asked), settle=str)
    record = submissions.record_of(reply)
    record.values.pop("forestall_carried", None)
    seen = submissions.reply_of(record, name="x")
    record.values["forestall_carried"] = forged

    found = submissions.record_of(submissions.reply_of(record, name="x"))

    found.values.pop("forestall_carried", None)
    # What the form hides shows nothing, so it can come from there.
    hidden = hidden_in(asked, seen)
    assert as_sent(submissions.reply_of(found, name="x"), hidden) == as_sent(seen, hidden)


def test_a_submission_of_a_tool_is_read():
    sent = b"""<a1B2 xmlns:orx="http://openrosa.org/xforms" id="a1B2" version="vX9"><formhub/>
      <start>now</start><forestall_reply><forestall_country>xa</forestall_country>
      <forestall_on>2026-01-31T00:00:00.000Z</forestall_on></forestall_reply>
      <section_1><Q1>yes</Q1><Q2/></section_1><orx:meta/></a1B2>"""

    found = reply_from_submission(sent, ASKED)

    assert (found.country, found.on) == ("XA", DAY)
    assert found.answers == {"Q1": Answer(state=AnswerState.DRAFTED, choice=Choice.YES)}


@given(st.binary(max_size=30), st.integers(0, 1500))
@settings(max_examples=60, deadline=None)
def test_broken_submissions_are_refused_in_a_sentence(noise, at):
    with contextlib.suppress(InvalidQuestionnaire):
        reply_from_submission(_SENT[:at] + noise + _SENT[at + len(noise) :], ASKED)


_SENT = reply_to_submission(ASKED, FULL)
