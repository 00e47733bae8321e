"""This file knows that a reply goes to the next version of its questionnaire without a loss."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from forestall.errors import InvalidQuestionnaire
from forestall.questionnaires import (
    Choice,
    Questionnaire,
    Reply,
    Step,
    StepKind,
    compare_replies,
    migrate_reply,
    migrate_to_newest,
    questionnaire_from_json,
    questionnaire_to_json,
)
from tests.questionnaires.any_replies import INSTRUMENT, KEYS, any_replies, drafted, reply


def _second(*steps: Step, without: frozenset[str] = frozenset()) -> Questionnaire:
    groups = tuple(
        structs.replace(group, items=tuple(one for one in group.items if one.key not in without))
        for group in INSTRUMENT.groups
    )
    return structs.replace(INSTRUMENT, version=2, groups=groups, steps=steps)


def _step(kind: StepKind, items: str, into: str = "") -> Step:
    said = dict.fromkeys(INSTRUMENT.languages, "It was changed.")
    return Step(kind=kind, items=tuple(items.split()), into=tuple(into.split()), why=said)


@st.composite
def any_steps(draw: st.DrawFn) -> tuple[Step, ...]:
    keys = draw(st.permutations([*KEYS, "Q77"]))
    targets = draw(st.permutations(KEYS))
    counts = {
        StepKind.RENAMED: (1, 1),
        StepKind.SPLIT: (1, 2),
        StepKind.MERGED: (2, 1),
        StepKind.REMOVED: (1, 0),
    }
    steps, at, to = [], 0, 0
    for kind in draw(st.lists(st.sampled_from(StepKind), max_size=20)):
        taken, given_ = counts[kind]
        items, into = keys[at : at + taken], targets[to : to + given_]
        steps.append(Step(kind=kind, items=tuple(items), into=tuple(into)))
        at, to = at + taken, to + given_
    return tuple(steps)


@given(any_replies, any_steps())
def test_no_answer_is_lost(given_reply: Reply, steps: tuple[Step, ...]):
    moved = migrate_reply(given_reply, to=_second(*steps))

    before = [*given_reply.answers.values(), *(one.answer for one in given_reply.kept)]
    after = [*moved.answers.values(), *(one.answer for one in moved.kept)]
    assert Counter(map(repr, before)) == Counter(map(repr, after))
    assert moved.version == 2


def test_an_answer_gives_way_to_one_that_was_renamed_onto_its_item():
    answered = reply({"Q8": drafted(Choice.NO), "Q6": drafted(Choice.YES)})

    moved = migrate_reply(answered, to=_second(_step(StepKind.RENAMED, "Q6", "Q8")))

    assert moved.answers == {"Q8": drafted(Choice.YES)}
    assert [(one.item, one.answer) for one in moved.kept] == [("Q8", drafted(Choice.NO))]


@given(any_replies)
def test_without_steps_answers_stay_where_they_are(given_reply: Reply):
    moved = migrate_reply(given_reply, to=_second())

    known = {key: one for key, one in given_reply.answers.items() if key in KEYS}
    assert moved.answers == known


def test_a_renamed_item_takes_its_answer_along():
    steps = (_step(StepKind.RENAMED, "Q6", "Q8"), _step(StepKind.RENAMED, "Q8", "Q6"))
    yes, no = drafted(Choice.YES), drafted(Choice.NO)

    moved = migrate_reply(reply({"Q6": yes, "Q8": no}), to=_second(*steps))

    assert moved.answers == {"Q8": yes, "Q6": no}
    assert moved.kept == ()


def test_what_was_split_merged_or_removed_is_kept_and_named():
    steps = (
        _step(StepKind.SPLIT, "Q3", "Q6 Q8"),
        _step(StepKind.MERGED, "Q10 Q11", "Q13"),
        _step(StepKind.REMOVED, "Q15"),
    )
    answered = reply({key: drafted(text=key) for key in ("Q3", "Q10", "Q15", "Q27")})

    moved = migrate_reply(answered, to=_second(*steps))

    assert set(moved.answers) == {"Q27"}
    assert [(one.item, one.into, one.version) for one in moved.kept] == [
        ("Q3", ("Q6", "Q8"), 1),
        ("Q10", ("Q13",), 1),
        ("Q15", (), 1),
    ]
    assert {one.why["en"] for one in moved.kept} == {"It was changed."}


def test_an_item_that_vanished_without_a_step_keeps_its_answer_too():
    moved = migrate_reply(reply({"Q28": drafted(text="x")}), to=_second(without=frozenset({"Q28"})))

    assert moved.answers == {}
    assert [one.item for one in moved.kept] == ["Q28"]


def test_a_kept_answer_stands_beside_the_question_that_came_of_it():
    second = _second(_step(StepKind.SPLIT, "Q3", "Q14 Q24"))
    before = migrate_reply(reply({"Q3": drafted(text="Old")}), to=second)
    now = reply({}, version=2, on=date(2027, 1, 31))

    found = compare_replies(before, now, questionnaire=second)

    beside = {one.item.key for one in found.questions if one.kept}
    assert beside == {"Q14", "Q24"}


def test_only_the_next_version_is_a_step():
    third = structs.replace(_second(), version=3)
    other = structs.replace(_second(), key="own")

    for wrong in (third, other, INSTRUMENT):
        with pytest.raises(InvalidQuestionnaire, match="can be carried over to version 2"):
            migrate_reply(reply({}), to=wrong)


def test_the_newest_version_stays():
    assert migrate_to_newest(reply({})) == reply({})


@pytest.mark.parametrize(
    "step",
    [
        _step(StepKind.RENAMED, "Q3", "Q99"),
        _step(StepKind.RENAMED, "Q3", "Q6 Q8"),
        _step(StepKind.SPLIT, "Q3", "Q6"),
        _step(StepKind.SPLIT, "Q3", "Q6 Q6"),
        _step(StepKind.MERGED, "Q3", "Q6"),
        _step(StepKind.REMOVED, "Q3", "Q6"),
    ],
)
def test_a_step_that_does_not_add_up_makes_no_questionnaire(step: Step):
    with pytest.raises(InvalidQuestionnaire, match=r"steps\[0\]"):
        questionnaire_to_json(_second(step))


def test_two_steps_do_not_take_the_same_item():
    steps = (_step(StepKind.REMOVED, "Q3"), _step(StepKind.RENAMED, "Q3", "Q6"))

    with pytest.raises(InvalidQuestionnaire, match="names an item of another step"):
        questionnaire_to_json(_second(*steps))


def test_a_version_with_steps_is_read_again():
    second = _second(_step(StepKind.SPLIT, "Q3", "Q14 Q24"))

    assert questionnaire_from_json(questionnaire_to_json(second)) == second
