"""A questionnaire is a form that ODK accepts, and comes back whole, also after a change."""

from __future__ import annotations

import os
import re
from functools import cache
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from forestall.errors import InvalidQuestionnaire
from forestall.questionnaires import read_definition, read_definitions
from forestall.questionnaires.records import Column, Condition, Group, Item
from forestall.questionnaires.vocabulary import AnswerType, CellType, Choice
from forestall.questionnaires.xlsform import questionnaire_from_xlsform, questionnaire_to_xlsform
from forestall.questionnaires.xlsform.building import form_of
from tests.questionnaires.any_definitions import definitions

MANY = int(os.environ.get("FORESTALL_REPLIES", "15"))
ASKED = read_definition("2006-20")
SMALL = replace(ASKED, groups=(replace(ASKED.groups[0], items=ASKED.groups[0].items[:6]),),
                contradictions=())  # fmt: skip
KEYS = [one.key for one in read_definitions()]


@cache
def form(key):
    return questionnaire_to_xlsform(read_definition(key))


def changed(book, **cells):
    """Return a form of SMALL in which somebody changed cells of one row: from column to text."""
    opened = load_workbook(BytesIO(book))
    sheet = opened["survey"]
    names = {cell.value: cell.column for cell in sheet[1]}
    row = next(cell.row for cell in sheet["B"] if cell.value == cells["name"])
    for column, value in cells.items():
        sheet.cell(row, names[column.replace("__", "::")]).value = value
    into = BytesIO()
    opened.save(into)
    return into.getvalue()


def item(found, key):
    return {one.key: one for one in found.questionnaire.items}[key]


@pytest.mark.parametrize("key", KEYS)
def test_the_packaged_questionnaires_come_back_whole(key):
    found = questionnaire_from_xlsform(form(key))

    assert found.questionnaire == read_definition(key)
    assert found.caveats == ()


@pytest.mark.parametrize("key", KEYS)
def test_odk_accepts_the_forms_without_a_warning(key, tmp_path):
    file = tmp_path / "form.xlsx"
    file.write_bytes(form(key))

    made = convert(file)

    assert made.warnings == []
    asked = read_definition(key)
    assert re.findall(r'<data id="([^"]+)" version="([^"]+)"', made.xform) == [
        (key, str(asked.version))
    ]
    assert set(re.findall(r'translation lang="[^"]*\(([a-z]+)\)"', made.xform)) == set(
        asked.languages
    )


@given(definitions())
@settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_of_a_questionnaire_is_lost(asked):
    assert questionnaire_from_xlsform(questionnaire_to_xlsform(asked)).questionnaire == asked


def test_a_day_that_is_called_as_the_row_above_stays_a_day():
    def table(key, parent, column):
        return Item(
            key=key,
            type=AnswerType.TABLE,
            prompt={"en": "Which?"},
            label=key,
            parent=parent,
            columns=(Column(key=column, title={"en": "When"}, type=CellType.DATE),),
        )

    items = (table("Q1", "", "day"), table("Q2", "Q1", "_parent_index"))
    group = Group(key="I", title={"en": "All"}, items=items)
    asked = replace(
        SMALL, languages=("en",), title={"en": "A"}, about={"en": "A"}, groups=(group,), marks=(),
        addressed_to={}, incomplete={}, contradictions=(), steps=(),
    )  # fmt: skip

    assert questionnaire_from_xlsform(questionnaire_to_xlsform(asked)).questionnaire == asked


def test_conditions_and_follow_ups_stand_in_the_form_as_odk_reads_them(tmp_path):
    file = tmp_path / "form.xlsx"
    file.write_bytes(form("2006-20"))
    xform = convert(file).xform

    relevant = dict(re.findall(r'<bind nodeset="[^"]*/(\w+)"[^>]* relevant="([^"]*)"', xform))

    section = " /data/section_1"
    assert relevant["Q2_a_leg"] == f"{section}/Q2_a  = 'yes'"
    shared = f"{section}/Q2_b  = 'yes' or {section}/Q2_c  = 'yes'"
    assert relevant["Q2_b_follow_up"] == shared
    assert "Q2_c_follow_up" not in xform
    # Only this level offers no partial answer and asks for nothing more.
    assert form_of(ASKED).follow_ups.keys() >= {"Q4(a)"}
    assert "Q4(b)" not in form_of(ASKED).follow_ups
    assert re.search(r"select_one\s|ref=\"/data/section_1/Q4_b\"", xform)


def test_no_cell_of_a_form_is_a_formula():
    group = replace(SMALL.groups[0], title=dict.fromkeys(SMALL.languages, "=HYPERLINK(1)"))
    book = load_workbook(BytesIO(questionnaire_to_xlsform(replace(SMALL, groups=(group,)))))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert "f" not in {cell.data_type for cell in cells}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith("="))


def test_words_and_conditions_that_somebody_changed_count():
    book = questionnaire_to_xlsform(SMALL)
    no = "${Q1} = 'no' or selected(${Q2_a}, 'yes')"

    worded = questionnaire_from_xlsform(
        changed(book, name="Q1", **{"label__English (en)": "1 New"})
    )
    asked = questionnaire_from_xlsform(changed(book, name="Q2_a_leg", relevant=no))

    assert item(worded, "Q1").prompt["en"] == "New"
    assert item(asked, "Q2(a).leg").asked_if == (
        Condition(item="Q1", choices=(Choice.NO,)),
        Condition(item="Q2(a)", choices=(Choice.YES,)),
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"name": "Q2_a_leg", "relevant": "${Q1} != 'no'"}, "compares choices"),
        ({"name": "Q2_a_leg", "relevant": "${Q9} = 'no'"}, "compares choices"),
        ({"name": "Q2_a_follow_up", "relevant": "true()"}, "when a follow-up is asked"),
        ({"name": "section_1", "relevant": "${Q1} = 'no'"}, "a section has no condition"),
        ({"name": "Q1", "forestall_paragraphs": "[1"}, "not what was written there"),
        ({"name": "Q1", "forestall_level": "village"}, "not what was written there"),
        ({"name": "Q1", "label__Français (fr)": None}, "missing in the language fr"),
        ({"name": "Q1", "label__Français (fr)": "=1+1"}, "a formula"),
    ],
)
def test_a_change_that_cannot_be_is_said_with_row_and_column(cells, said):
    book = changed(questionnaire_to_xlsform(SMALL), **cells)
    column = next(one for one in cells if one != "name").replace("__", "::")

    with pytest.raises(InvalidQuestionnaire, match=said) as refused:
        questionnaire_from_xlsform(book)

    assert str(refused.value).startswith("Sheet “survey”, row ")
    assert f"column “{column}”" in str(refused.value)
    assert "village" not in str(refused.value)
