"""What is confidential never leaves a reply, nor does what would tell it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from forestall.questionnaires import Answer, AnswerType, Choice, find_route
from forestall.questionnaires.together import answers_of, open_part, without_withheld
from tests.questionnaires.together.replies import ASKED, answered, reply_of

ITEMS = {one.key: one for one in ASKED.items if one.type is not AnswerType.HEADING}


def open_keys(answers: dict[str, Answer]) -> set[str]:
    return {one.item for one in answers_of(reply_of("KE", answers), questionnaire=ASKED)}


def whole_reply(seed: int) -> dict[str, Answer]:
    """Return an answer to each item that is asked, about half of them confidential."""
    chance = Random(seed)
    answers: dict[str, Answer] = {}
    for key, item in ITEMS.items():
        choice = chance.choice(item.choices) if item.choices else None
        answers[key] = answered(
            choice=choice,
            text="" if item.choices or item.marks else f"secret of {key}.",
            follow_up=f"more on {key}" if item.follow_up and choice is Choice.YES else "",
            marks=tuple(one for one in item.marks if chance.random() < 0.5),
            confidential=chance.random() < 0.5,
        )
    return as_asked(answers)


def as_asked(answers: dict[str, Answer]) -> dict[str, Answer]:
    """Return the answers that a state gives: those to what it is asked, and marks after a yes."""
    asked = set(find_route(ASKED, answers).asked)
    answers = {key: one for key, one in answers.items() if key in asked}
    for item in ITEMS.values():
        if item.follow_up and item.key in answers and answers[item.key].choice is not Choice.YES:
            for row in set(item.follow_up.items) & set(answers):
                marks = tuple(one for one in answers[row].marks if one != item.follow_up.mark)
                answers[row] = structs.replace(answers[row], marks=marks)
    return answers


# Items by whose answer others are asked.
TELLING = {one.item for item in ASKED.items for one in item.asked_if} | {
    item.key for item in ASKED.items if item.follow_up and item.follow_up.items
}
whole_replies = st.integers(0, 2**32).map(whole_reply)


@given(whole_replies)
@settings(max_examples=40, deadline=None)
def test_no_confidential_answer_is_left(answers: dict[str, Answer]):
    secret = {key for key, one in answers.items() if one.confidential}

    kept = without_withheld(reply_of("KE", answers), questionnaire=ASKED)

    assert not secret & set(kept.answers)
    assert not any(f"secret of {key}." in repr(kept.answers) for key in secret)
    assert not set(kept.withheld) & set(kept.answers)


@given(whole_replies)
@settings(max_examples=40, deadline=None)
def test_whatever_was_chosen_confidentially_the_rest_reads_the_same(answers: dict[str, Answer]):
    """Nobody can tell a confidential choice from what is left."""
    for key in TELLING & set(answers):
        secret = structs.replace(answers[key], confidential=True)
        left = [
            without_withheld(reply_of("KE", asked), questionnaire=ASKED).answers
            for choice in ITEMS[key].choices
            for asked in [as_asked({**answers, key: structs.replace(secret, choice=choice)})]
        ]
        assert all(one == left[0] for one in left)


@given(whole_replies)
@settings(max_examples=20, deadline=None)
def test_what_leaves_reads_the_same_too_with_what_is_set_aside(answers: dict[str, Answer]):
    """A choice that was changed leaves answers behind that are not asked any more."""
    for key in TELLING & set(answers):
        secret = structs.replace(answers[key], confidential=True)
        left = [
            open_part(reply_of("KE", before | {key: now}), questionnaire=ASKED)
            for choice in ITEMS[key].choices
            for now in [structs.replace(secret, choice=choice)]
            for before in (answers, as_asked(answers | {key: now}))
        ]
        assert all(one.answers == left[0].answers for one in left)


def test_an_answer_asked_only_after_a_confidential_one_is_held_back_too():
    adopted = answered(choice=Choice.YES, confidential=True)

    assert open_keys({"Q2(a)": adopted, "Q2(a).leg": answered(choice=Choice.NO)}) == set()
    assert open_keys(
        {"Q2(a)": answered(choice=Choice.YES), "Q2(a).leg": answered(choice=Choice.NO)}
    ) == {"Q2(a)", "Q2(a).leg"}


def test_a_mark_that_tells_a_confidential_need_is_taken_out():
    both = answered(marks=("need", "can-provide"))
    needed = answered(choice=Choice.YES, confidential=True)
    answers = {"Q25": needed, "Q26": answered(choice=Choice.YES), "Q26(a)": both}

    (kept,) = (one for one in answers_of(reply_of("KE", answers), questionnaire=ASKED) if one.marks)

    assert kept.marks == ("can-provide",)


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_answer_counts_as_none(text: str):
    assert open_keys({"Q3": answered(text=text)}) == set()
