"""This file knows which definitions are refused, and that the sentence says where and why."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from forestall.errors import InvalidQuestionnaire
from forestall.questionnaires import (
    AnswerType,
    Choice,
    Column,
    Condition,
    Contradiction,
    FollowUp,
    FollowUpType,
    Item,
    Questionnaire,
    questionnaire_from_json,
    questionnaire_to_json,
)
from tests.questionnaires.any_replies import INSTRUMENT

_WORDS = dict.fromkeys(INSTRUMENT.languages, "Words")
_IF_YES = Condition(item="Q1", choices=(Choice.YES,))


def _with_item(changed: str, /, **fields: Any) -> Questionnaire:
    groups = tuple(
        structs.replace(
            group,
            items=tuple(
                structs.replace(one, **fields) if one.key == changed else one for one in group.items
            ),
        )
        for group in INSTRUMENT.groups
    )
    return structs.replace(INSTRUMENT, groups=groups)


def _follow_up(**fields: Any) -> FollowUp:
    usual = {"when": (Choice.YES,), "type": FollowUpType.TEXT, "prompt": _WORDS}
    return FollowUp(**{**usual, **fields})


def _refusal(asked: Questionnaire) -> str:
    with pytest.raises(InvalidQuestionnaire) as refusal:
        questionnaire_to_json(asked)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (
            Condition(item="Q99", choices=(Choice.YES,)),
            "The condition of Q6 refers to “Q99”, but no earlier item has this key.",
        ),
        (
            Condition(item="Q8", choices=(Choice.YES,)),
            "The condition of Q6 refers to “Q8”, but no earlier item has this key.",
        ),
        (
            Condition(item="Q6", choices=(Choice.YES,)),
            "The condition of Q6 refers to “Q6”, but no earlier item has this key.",
        ),
        (
            Condition(item="Q1", choices=(Choice.PARTLY,)),
            "The condition of Q6 names a choice that Q1 does not offer.",
        ),
        (
            Condition(item="Q3", choices=(Choice.YES,)),
            "The condition of Q6 names a choice that Q3 does not offer.",
        ),
        (Condition(item="Q1", choices=()), "names a choice that Q1 does not offer."),
    ],
)
def test_a_condition_refers_to_a_choice_of_an_earlier_item(condition: Condition, said: str):
    assert said in _refusal(_with_item("Q6", asked_if=(condition,)))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"key": "Q 6"}, "but not “Q 6”."),
        ({"key": "Q3"}, "The item Q3 stands there twice."),
        ({"parent": "Q8"}, "The item Q6 stands under “Q8”, but no earlier item has this key."),
        ({"choices": ()}, "The item Q6 has choices, boxes or columns only where"),
        ({"marks": ("need",)}, "The item Q6 has choices, boxes or columns only where"),
        ({"type": AnswerType.TEXT}, "The item Q6 has choices, boxes or columns only where"),
        ({"choices": (Choice.YES, Choice.YES)}, "The item Q6 offers the same twice."),
        (
            {"type": AnswerType.MARKS, "choices": (), "marks": ("own",)},
            "The item Q6 has a box “own” that the questionnaire does not name.",
        ),
        (
            {
                "type": AnswerType.TABLE,
                "choices": (),
                "columns": (Column(key="a", title=_WORDS), Column(key="a", title=_WORDS)),
            },
            "The table of Q6 has the same column twice.",
        ),
        ({"prompt": {"en": "Only one?"}}, "items[0].prompt is missing in the language fr."),
        ({"prompt": {**_WORDS, "de": "Wort"}}, "has the language de, which"),
        ({"prompt": {**_WORDS, "en": "\x07"}}, "holds a sign that cannot be written."),
        ({"note": {"en": "Only one."}}, "items[0].note is missing in the language fr."),
        ({"follow_up": _follow_up(when=(Choice.PARTLY,))}, "waits for a choice that is not"),
        ({"follow_up": _follow_up(when=())}, "waits for a choice that is not offered."),
        ({"follow_up": _follow_up(shared_with="Q3")}, "shares a field with “Q3”, which has no"),
        ({"follow_up": _follow_up(shared_with="Q8")}, "shares a field with “Q8”, which has no"),
        ({"follow_up": _follow_up(type=FollowUpType.TABLE)}, "names rows and a box where it is"),
        ({"follow_up": _follow_up(items=("Q26(a)",), mark="need")}, "names rows and a box where"),
        (
            {"follow_up": _follow_up(type=FollowUpType.TABLE, items=("Q26(m)",), mark="need")},
            "names rows and a box where it is a table, and only there.",
        ),
    ],
)
def test_an_item_that_cannot_be_is_refused(fields: dict[str, Any], said: str):
    assert said in _refusal(_with_item("Q6", **fields))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"key": "2006/20"}, "The key at key needs small letters, digits and hyphens"),
        ({"version": 0}, "The version of a questionnaire counts from 1."),
        ({"groups": ()}, "The questionnaire has no item."),
        ({"groups": INSTRUMENT.groups[:1] * 2}, "The key “I” stands twice in groups."),
        ({"marks": INSTRUMENT.marks[:1] * 2}, "The key “need” stands twice in marks."),
        ({"languages": ("en", "en")}, "The key “en” stands twice in languages."),
        ({"languages": ("English",)}, "are tags such as “en” and “fr”."),
        ({"contradictions": (Contradiction(all_of=(), why=_WORDS),)}, "names no answer."),
        (
            {
                "contradictions": (
                    Contradiction(
                        all_of=(_IF_YES, Condition(item="Q99", choices=(Choice.NO,))), why=_WORDS
                    ),
                )
            },
            "The condition of contradictions[0] refers to “Q99”",
        ),
    ],
)
def test_a_questionnaire_that_contradicts_itself_is_refused(fields: dict[str, Any], said: str):
    assert said in _refusal(structs.replace(INSTRUMENT, **fields))


def test_a_refusal_names_the_file():
    written = questionnaire_to_json(INSTRUMENT).replace(b'"version": 1,', b'"version": 0,')

    with pytest.raises(InvalidQuestionnaire, match=r"^own\.json cannot be used\. The version"):
        questionnaire_from_json(written, name="own.json")


def test_an_item_of_ones_own_can_be_added():
    own = Item(
        key="own-1",
        type=AnswerType.CHOICE,
        prompt=_WORDS,
        choices=(Choice.YES, Choice.NO),
        asked_if=(_IF_YES,),
    )
    last = INSTRUMENT.groups[-1]
    added = structs.replace(last, items=(*last.items, own))
    asked = structs.replace(INSTRUMENT, groups=(*INSTRUMENT.groups[:-1], added))

    assert questionnaire_from_json(questionnaire_to_json(asked)).item("own-1") == own
