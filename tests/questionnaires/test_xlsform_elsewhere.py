"""A form made elsewhere is read as far as it has a counterpart, and refused with row and column."""

from __future__ import annotations

import contextlib
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pyxform.xls2xform import convert

from forestall.errors import InvalidQuestionnaire
from forestall.questionnaires import Reply
from forestall.questionnaires.records import Column, Condition
from forestall.questionnaires.replies import Answer
from forestall.questionnaires.vocabulary import AnswerState, AnswerType, CellType, Choice
from forestall.questionnaires.workbook import opening
from forestall.questionnaires.xlsform import (
    questionnaire_from_xlsform,
    questionnaire_to_xlsform,
    replies_from_sheets,
    replies_to_sheets,
    reply_from_submission,
    reply_to_submission,
)

DAY = date(2026, 1, 31)
EN, FR, HINT = "label::English (en)", "label::Français (fr)", "hint::English (en)"
SURVEY = [
    ["type", "name", EN, FR, HINT, "hint::Français (fr)", "required", "relevant", "$kuid"],
    ["start", "start"],
    ["note", "intro", "Welcome", "Bienvenue"],
    ["begin_group", "prevention", "Prevention", "Prévention"],
    ["select_one yn", "has_plan", "A plan?", "Un plan ?", "Any.", "Tout.", "true", None, "a1"],
    ["text", "plan_name", "Its name", "Son nom", None, None, None, "${has_plan} = 'oui'"],
    ["date", "plan_day", "Its day", "Sa date", None, None, None, "selected(${has_plan}, 'oui')"],
    ["begin group", "money", "Money", "Argent", None, None, None, "${has_plan}='oui' or "
     "(${has_plan} = 'partly')"],
    ["integer", "budget", "Budget", "Budget"],
    ["end group"],
    ["select_multiple who", "partners", "Partners", "Partenaires"],
    ["end_group"],
    ["begin_repeat", "project", "Project", "Projet"],
    ["text", "title", "Title", "Titre"],
    ["date", "begun", "Begun", "Commencé"],
    ["begin repeat", "site", "Site", "Site"],
    ["text", "place", "Place", "Lieu"],
    ["end repeat"],
    ["end_repeat"],
]  # fmt: skip
CHOICES = [
    ["list_name", "name", EN, FR],
    ["yn", "oui", "Yes", "Oui"],
    ["yn", "partly", "In part", "En partie"],
    ["yn", "0", "No", "Non"],
    ["who", "police", "Police", "Police"],
    ["who", "Civil_Society", "Civil society", "Société civile"],
]
SETTINGS = [
    ["form_title", "form_id", "version", "default_language"],
    ["City survey", "aBc_1", 20260131, "Français (fr)"],
]


def written(survey=SURVEY, choices=CHOICES, settings=SETTINGS):
    book = Workbook()
    book.remove(book.active)
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def read(*sheets):
    return questionnaire_from_xlsform(written(*sheets), dated=DAY)


def with_row(*row, at=5):
    """Return the survey with one more row, after the question whether there is a plan."""
    return [*SURVEY[:at], list(row), *SURVEY[at:]]


ASKED = read().questionnaire


def test_the_form_is_one_that_odk_accepts(tmp_path):
    (tmp_path / "form.xlsx").write_bytes(written())

    assert convert(tmp_path / "form.xlsx").xform


def test_what_the_form_asks_is_asked():
    assert (ASKED.key, ASKED.version, ASKED.languages) == ("abc-1", 20260131, ("en", "fr"))
    assert [one.key for one in ASKED.groups] == ["questions", "prevention", "questions-2"]
    assert {one.key: one.type.value for one in ASKED.items} == {
        "intro": "heading", "has-plan": "choice", "plan-name": "text", "plan-day": "date",
        "money": "heading", "budget": "text", "partners": "marks", "project": "table",
        "site": "table",
    }  # fmt: skip
    assert ASKED.item("has-plan").choices == (Choice.YES, Choice.PARTLY, Choice.NO)
    assert ASKED.item("has-plan").note == {"en": "Any.", "fr": "Tout."}
    yes = Condition(item="has-plan", choices=(Choice.YES,))
    assert ASKED.item("plan-name").asked_if == ASKED.item("plan-day").asked_if == (yes,)
    assert ASKED.item("money").asked_if[0].choices == (Choice.YES, Choice.PARTLY)
    assert ASKED.item("budget").parent == "money"
    assert [(one.key, one.title["fr"]) for one in ASKED.marks] == [
        ("police", "Police"), ("civil-society", "Société civile"),
    ]  # fmt: skip


def test_a_repeat_within_a_repeat_is_a_table_that_names_the_row_above():
    project, site = ASKED.item("project"), ASKED.item("site")

    assert [(one.key, one.type) for one in project.columns] == [
        ("title", CellType.TEXT), ("begun", CellType.DATE),
    ]  # fmt: skip
    assert (site.parent, site.type) == ("project", AnswerType.TABLE)
    assert [one.key for one in site.columns] == ["_parent_index", "place"]
    assert isinstance(site.columns[0], Column)


def test_what_is_read_otherwise_is_told():
    told = [str(one) for one in read().caveats]

    assert told == [
        "Sheet “survey”, row 2, column “type”: nobody is asked for this, so it is left out.",
        "Sheet “survey”, row 5, column “required”: a questionnaire has no such rule, so it is "
        "left out.",
        "Sheet “survey”, row 9, column “type”: a number is read as a text.",
    ]


def test_the_questionnaire_goes_on_as_a_form_and_its_replies_as_submissions():
    again = questionnaire_from_xlsform(questionnaire_to_xlsform(ASKED))
    reply = Reply(
        questionnaire="abc-1",
        version=20260131,
        country="XA",
        on=DAY,
        answers={
            "project": Answer(
                state=AnswerState.DRAFTED, rows=({"title": "A"}, {"begun": "2025-01-01"}, {})
            ),
            "site": Answer(
                state=AnswerState.DRAFTED,
                rows=tuple({"_parent_index": at, "place": at} for at in "113"),
            ),
        },
    )

    assert again.questionnaire == ASKED
    xml = reply_to_submission(ASKED, reply)
    assert xml.count(b"<project>") == 3
    assert b"</project><project><site><parent_index>3<" in xml
    assert b"forestall_carried" not in xml
    assert reply_from_submission(xml, ASKED) == reply
    assert replies_from_sheets(replies_to_sheets(ASKED, [reply, reply]), ASKED) == (reply, reply)


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (("geopoint", "where", "Where?", "Où ?"), "type", "nothing like “geopoint”"),
        (("select_one nowhere", "q", "Q", "Q"), "type", "no list of this name"),
        (("select_one who", "q", "Q", "Q"), "name", "the choices of a questionnaire are"),
        (("text", "q", "Q"), FR, "missing in the language fr"),
        (("text", "q"), "label", "needs words"),
        (("text", None, "Q", "Q"), "name", "needs a name"),
        ((None, "q", "Q", "Q"), "type", "needs a type"),
        (("text", "是", "Q", "Q"), "name", "Latin letters"),
        (("end repeat",), "type", "ends nothing"),
        (("begin group", "g", "G", "G"), "type", "has no end"),
        (("text", "q", "Q", "Q", None, None, None, "${budget} > 3"), "relevant", "compares"),
        (("text", "q", "Q", "Q", None, None, None, "not(${a} = 'b')"), "relevant", "compares"),
        (("text", "q", "=1+1", "Q"), EN, "a formula"),
    ],
)
def test_what_has_no_counterpart_is_said_with_row_and_column(row, column, said):
    with pytest.raises(InvalidQuestionnaire, match=said) as refused:
        read(with_row(*row))

    assert f"column “{column}”" in str(refused.value)
    assert str(refused.value).startswith(("Sheet “survey”, row ", "Sheet “choices”, row 5"))


def test_a_form_needs_its_day_its_sheet_and_languages_with_tags():
    with pytest.raises(InvalidQuestionnaire, match="of which day"):
        questionnaire_from_xlsform(written())
    with pytest.raises(InvalidQuestionnaire, match="lacks the sheet “survey”"):
        questionnaire_from_xlsform(replies_to_sheets(ASKED, []), dated=DAY)
    with pytest.raises(InvalidQuestionnaire, match="“Klingonish” without its tag"):
        read([["type", "name", "label::Klingonish"], ["text", "q", "Q"]])
    plain = [["type", "name", "label"], ["text", "q", "Q"]]
    assert read(plain, CHOICES, [["form_title"], ["T"]]).questionnaire.languages == ("en",)


def test_groups_without_end_and_workbooks_that_swell_are_refused(monkeypatch):
    deep = [*SURVEY[:1], *(["begin group", f"g{at}", "G", "G"] for at in range(60))]
    with pytest.raises(InvalidQuestionnaire, match="too deeply"):
        read(deep)
    monkeypatch.setattr(opening, "MOST_UNPACKED", 5_000)
    with pytest.raises(InvalidQuestionnaire, match="cannot be read as a workbook"):
        read()


@given(st.binary(max_size=100), st.integers(0, 6000))
@settings(max_examples=40, deadline=None)
def test_broken_files_are_refused_in_a_sentence(noise, at):
    with contextlib.suppress(InvalidQuestionnaire):
        questionnaire_from_xlsform(_BOOK[:at] + noise + _BOOK[at + len(noise) :], dated=DAY)


_BOOK = written()
