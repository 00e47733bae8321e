"""This file knows that 2006/20 is asked item by item as the instrument has it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from forestall.questionnaires.definitions import read_definition
from forestall.questionnaires.vocabulary import AnswerType, Basis, Choice

if TYPE_CHECKING:
    from forestall.questionnaires.records import FollowUp, Item

_FILE = Path(__file__).parent / "instrument_2006_20.csv"
with _FILE.open(encoding="utf-8", newline="") as _stream:
    ROWS = tuple(csv.DictReader(_stream))
INSTRUMENT = read_definition("2006-20")

_TYPES = {
    "group": AnswerType.HEADING,
    "text": AnswerType.TEXT,
    "table": AnswerType.MARKS,
}
_FOLLOW_UPS = {"text": "text", "text+date": "text-and-date", "table": "table"}


def _named(choices: tuple[Choice, ...]) -> str:
    printed = {Choice.PARTLY: "yes, in part", Choice.NOT_APPLICABLE: "not applicable"}
    return "|".join(printed.get(one, one.value) for one in choices)


def _follow_up_of(follow_up: FollowUp | None) -> tuple[str, str, str]:
    if follow_up is None:
        return "", "", ""
    return _named(follow_up.when), follow_up.type.value, follow_up.prompt["en"]


def _condition_of(item: Item) -> str:
    return " or ".join(f"{one.item}={_named(one.choices)}" for one in item.asked_if)


def test_there_are_28_questions_and_95_items_in_the_printed_order():
    assert [item.key for item in INSTRUMENT.items] == [row["item_id"] for row in ROWS]
    assert len(INSTRUMENT.items) == 95

    numbered = [item for item in INSTRUMENT.items if not item.parent]
    assert [item.label for item in numbered] == [str(number) for number in range(1, 29)]


def test_five_sections_hold_the_items_of_the_print():
    of_groups = [(group.key, item.key) for group in INSTRUMENT.groups for item in group.items]

    assert of_groups == [(row["section"], row["item_id"]) for row in ROWS]


@pytest.mark.parametrize(
    ("item", "row"),
    list(zip(INSTRUMENT.items, ROWS, strict=True)),
    ids=[row["item_id"] for row in ROWS],
)
def test_an_item_is_as_the_instrument_has_it(item: Item, row: dict[str, str]):
    assert item.prompt["en"] == row["prompt"]
    assert item.parent == row["parent"]
    assert item.type is _TYPES.get(row["answer_type"], AnswerType.CHOICE)
    assert item.type is AnswerType.MARKS or _named(item.choices) == row["options"]
    assert (item.level or "") == row["government_level"]
    assert _condition_of(item) == row["condition"]
    when, kind, prompt = _follow_up_of(item.follow_up)
    assert when == row["follow_up_when"]
    assert kind == _FOLLOW_UPS.get(row["follow_up_type"], "")
    assert prompt == row["follow_up_prompt"]
    related = ";".join(one.removeprefix("2002/13:") for one in item.paragraphs)
    assert related == row["related_paragraphs"]
    assert (item.basis is Basis.PRINTED) == row["related_basis"].startswith("printed")
    assert bool(item.note) == bool(row["note"])


def test_boxes_are_counted_as_in_the_source_text():
    chosen = [item.choices for item in INSTRUMENT.items if item.type is AnswerType.CHOICE]

    assert sum(one == (Choice.YES, Choice.NO) for one in chosen) == 50
    assert sum(Choice.PARTLY in one for one in chosen) == 11
    assert sum(Choice.NOT_APPLICABLE in one for one in chosen) == 5
    assert sum(item.type is not AnswerType.HEADING for item in INSTRUMENT.items) == 81


def test_not_applicable_is_offered_at_the_regional_level_only():
    levels = {item.level for item in INSTRUMENT.items if Choice.NOT_APPLICABLE in item.choices}

    assert levels == {"regional"}


def test_two_regional_and_local_policies_share_one_field():
    shared = INSTRUMENT.item("Q2(c)")

    assert shared is not None
    assert shared.follow_up is not None
    assert shared.follow_up.shared_with == "Q2(b)"


def test_assistance_needed_and_offered_are_two_boxes_in_each_of_twelve_rows():
    rows = [item for item in INSTRUMENT.items if item.type is AnswerType.MARKS]

    assert [item.label for item in rows] == [f"26({letter})" for letter in "abcdefghijkl"]
    assert {item.marks for item in rows} == {("need", "can-provide")}


def test_every_printed_reference_stands_beside_the_table():
    printed = [item for item in INSTRUMENT.items if item.basis is Basis.PRINTED]

    assert len(printed) == 12
    assert all(item.type is AnswerType.MARKS and item.paragraphs for item in printed)
