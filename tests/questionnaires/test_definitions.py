"""This file knows that every packaged definition is whole in six languages, and says it itself."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec import Struct

from forestall.errors import InvalidQuestionnaire
from forestall.questionnaires import AnswerType, Basis, Level, read_definition, read_definitions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.questionnaires import Questionnaire

DEFINITIONS = read_definitions()
TAGS = ("en", "fr", "es", "ar", "ru", "zh")
_SCRIPTS = {"ar": "[\u0600-\u06ff]", "ru": "[\u0400-\u04ff]", "zh": "[\u4e00-\u9fff]"}
_SAME_WORD = {"Date", "Action"}


def _texts(record: Struct) -> Iterator[dict[str, str]]:
    for name in type(record).__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, dict) and value:
            yield value
        elif isinstance(value, Struct):
            yield from _texts(value)
        elif isinstance(value, tuple):
            for one in value:
                if isinstance(one, Struct):
                    yield from _texts(one)


each_definition = pytest.mark.parametrize("asked", DEFINITIONS, ids=lambda one: one.key)


def test_four_instruments_are_packaged():
    assert [one.key for one in DEFINITIONS] == ["1995-9", "1997-28", "1997-34", "2006-20"]


@each_definition
def test_every_text_is_there_in_six_languages(asked: Questionnaire):
    assert asked.languages == TAGS
    for texts in _texts(asked):
        assert tuple(texts) == TAGS
        assert all(text == text.strip() and text for text in texts.values())


@each_definition
def test_no_text_is_left_in_english(asked: Questionnaire):
    for texts in _texts(asked):
        others = [texts[tag] for tag in TAGS if tag != "en"]
        assert texts["en"] not in others or texts["en"] in _SAME_WORD
        for tag, script in _SCRIPTS.items():
            assert re.search(script, texts[tag]), texts[tag]


@each_definition
def test_numbers_of_paragraphs_are_the_same_in_every_language(asked: Questionnaire):
    for texts in _texts(asked):
        for tag in TAGS:
            found = re.findall(r"\d+(?:/\d+)?(?:\([a-z]+\))*", texts[tag])
            assert sorted(found) == sorted(re.findall(r"\d+(?:/\d+)?(?:\([a-z]+\))*", texts["en"]))


@each_definition
def test_marks_stand_as_each_language_sets_them(asked: Questionnaire):
    for texts in _texts(asked):
        assert not re.search(r"[^\u00a0][?:;!»]|«[^\u00a0]", texts["fr"]), texts["fr"]
        assert "'" not in texts["fr"]
        assert texts["es"].count("¿") == texts["es"].count("?")
        assert not re.search("[?,;]", texts["ar"]), texts["ar"]
        assert not re.search("[?,;:]", texts["zh"]), texts["zh"]


@each_definition
def test_a_question_is_a_question_in_every_language(asked: Questionnaire):
    for item in asked.items:
        if item.prompt["en"].endswith("?"):
            ends = {tag: text[-1] for tag, text in item.prompt.items()}
            assert ends == {"en": "?", "fr": "?", "es": "?", "ar": "؟", "ru": "?", "zh": "？"}


@each_definition
def test_it_says_that_it_is_no_scorecard(asked: Questionnaire):
    assert "not meant as a scorecard of states" in asked.about["en"]


@each_definition
def test_items_name_their_paragraphs_or_are_questions_of_experience(asked: Questionnaire):
    without = {item.key for item in asked.items if not item.paragraphs}

    assert without <= {"Q26(m)", "Q27", "Q28"}
    for item in asked.items:
        for one in item.paragraphs:
            assert re.fullmatch(r"(2002/13|51/60|1997/34|1997/28|1995/9):\d+(\([a-z]+\))*", one)


def test_1997_34_asks_the_items_that_its_source_holds_and_says_where_that_ends():
    file = Path(__file__).parent / "instrument_1997_34.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    asked = read_definition("1997-34")

    assert [item.key for item in asked.items] == [row["item_id"] for row in rows]
    for item, row in zip(asked.items, rows, strict=True):
        assert item.prompt["en"] == row["prompt"]
        assert (item.type is AnswerType.TABLE) == row["answer_type"].endswith("table")
        related = ";".join(one.removeprefix("51/60:") for one in item.paragraphs[1:])
        assert related == row["related_articles"]
    assert "ends within item (f)" in asked.incomplete["en"]
    assert "breaks off" in asked.items[-1].note["en"]


def test_1997_28_asks_for_five_elements_tracing_and_offices():
    asked = read_definition("1997-28")

    answered = [item.key for item in asked.items if item.type is not AnswerType.HEADING]
    assert answered == ["5(a)", "5(b)", "5(c)", "5(d)", "5(e)", "9", "2"]
    offices = asked.item("2")
    assert offices is not None
    assert [one.key for one in offices.columns] == ["office", "task", "address"]


def test_1995_9_follows_the_paragraphs_on_plan_and_levels():
    asked = read_definition("1995-9")

    own = [item.key for item in asked.items if item.basis is Basis.JUDGEMENT]
    assert own == ["title", "place", "starts", "ends", "assistance"]
    assert sum(item.parent == "3(b)" for item in asked.items) == 4
    assert sum(item.parent == "3(c)" for item in asked.items) == 7
    assert sum(item.parent == "3(d)" for item in asked.items) == 4
    central = [item for item in asked.items if item.key.startswith("4")]
    assert {item.level for item in central} == {Level.NATIONAL}


def test_an_unknown_questionnaire_or_version_is_told_what_there_is():
    with pytest.raises(InvalidQuestionnaire, match="1995-9, 1997-28, 1997-34, and 2006-20"):
        read_definition("2006-21")
    with pytest.raises(InvalidQuestionnaire, match=r"no version 9; there are: 1\."):
        read_definition("2006-20", version=9)
