"""Five filled replies of countries that do not exist: whole, sound, and plainly invented."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from forestall.questionnaires import (
    AnswerState,
    AnswerType,
    Choice,
    check_reply,
    read_definition,
    reply_to_json,
)
from forestall.questionnaires.example import EXAMPLE_REPLIES, example_reply

LATER = date(2026, 2, 1)
MARKS = ("(fictional)", "(pays fictif)", "(بلد خيالي)")


def texts_of(answer):
    return [one for one in (answer.text, answer.follow_up) if one]


@pytest.mark.parametrize("name", EXAMPLE_REPLIES)
def test_an_example_is_whole_says_nothing_odd_and_is_small(name):
    reply = example_reply(name)
    read = files("forestall.questionnaires.example").joinpath(f"{name}.json").read_bytes()

    assert check_reply(reply, read_definition("2006-20"), today=LATER).findings == ()
    assert reply_to_json(reply) == read
    assert len(read) < 25_000


@pytest.mark.parametrize("name", EXAMPLE_REPLIES)
def test_an_example_is_marked_as_invented(name):
    reply = example_reply(name)

    assert reply.country in ("XA", "XB", "XC", "XD", "XE")  # left to users by ISO 3166-1
    offices = {one.confirmed.by for one in reply.answers.values() if one.confirmed}
    assert len(offices) == 5
    assert all(office.endswith(MARKS) for office in (reply.office, *offices))
    first = reply.answers["Q1"].follow_up
    assert any(word in first for word in ("fictional", "fictif", "خيالي"))


def test_the_examples_differ_and_use_all_that_a_reply_can_say():
    replies = [example_reply(name) for name in EXAMPLE_REPLIES]
    answers = [one for reply in replies for one in reply.answers.values()]
    asked = {item.key: item for item in read_definition("2006-20").items}

    assert len({reply.country for reply in replies}) == 5
    assert {one.choice for one in answers if one.choice} == set(Choice)
    assert any(one.state is AnswerState.NOT_APPLICABLE and one.text for one in answers)
    assert any(one.follow_up_day for one in answers)
    assert any(one.sources for one in answers)
    for reply in replies:
        assert any(one.confidential for one in reply.answers.values())
        marked = [
            reply.answers[key].marks for key, item in asked.items() if item.type is AnswerType.MARKS
        ]
        assert any(marked)
        assert not all(marked)


@pytest.mark.parametrize(
    ("name", "languages"),
    [("montrives", {"fr"}), ("wahat", {"ar"}), ("northland", {"en"}), ("riverland", {"en", "fr"})],
)
def test_texts_are_in_the_language_that_they_name(name, languages):
    answers = example_reply(name).answers.values()

    assert {one.language for one in answers if texts_of(one)} == languages
    for one in answers:
        for text in texts_of(one):
            arabic = any("؀" <= letter <= "ۿ" for letter in text)
            assert arabic == (one.language == "ar")
