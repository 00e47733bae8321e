"""This file knows that a reply is explained, and never blocked or rated for what it says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from msgspec import structs

from forestall.errors import InvalidQuestionnaire
from forestall.questionnaires import (
    Answer,
    AnswerState,
    AnswerType,
    Choice,
    Confirmation,
    FindingKind,
    Reply,
    ReplyCheck,
    check_reply,
    read_definition,
)
from tests.questionnaires.any_replies import INSTRUMENT, any_replies, drafted, reply

TODAY = date(2026, 2, 1)


def _check(answers: dict[str, Answer]) -> ReplyCheck:
    return check_reply(reply(answers), INSTRUMENT, today=TODAY)


def _said(answers: dict[str, Answer], kind: FindingKind) -> list[str]:
    return [str(one.said) for one in _check(answers).of(kind)]


def test_what_is_open_is_told_by_section():
    found = _check({"Q3": drafted(text="Ministry", language="en"), "Q27": drafted(text=" ")})

    still_open = [one.label for one in found.of(FindingKind.OPEN, "V")]
    assert still_open == ["27", "28"]
    assert "3" not in [one.label for one in found.of(FindingKind.OPEN, "I")]


def test_a_date_of_adoption_without_a_policy_is_a_contradiction():
    no = drafted(Choice.NO, follow_up_day=date(2025, 3, 1))

    assert _said({"Q2(a)": no}, FindingKind.CONTRADICTION) == [
        "2(a) is answered with “no”, but a date is given that goes with another answer."
    ]


def test_a_missing_title_and_date_are_told_apart():
    assert _said({"Q2(a)": drafted(Choice.YES)}, FindingKind.FOLLOW_UP) == [
        "2(a) asks for a follow-up, which is missing.",
        "2(a) asks for a date, which is missing.",
    ]


def test_the_shared_field_is_told_once():
    both = {"Q2(b)": drafted(Choice.YES), "Q2(c)": drafted(Choice.YES)}
    local = {"Q2(c)": drafted(Choice.YES)}

    assert _said(both, FindingKind.FOLLOW_UP) == ["2(b) asks for a follow-up, which is missing."]
    assert _said(local, FindingKind.FOLLOW_UP) == ["2(b) asks for a follow-up, which is missing."]
    given_once = {**local, "Q2(b)": drafted(Choice.NO, follow_up="Cities", language="en")}
    assert _said(given_once, FindingKind.FOLLOW_UP) == []
    assert _said(given_once, FindingKind.CONTRADICTION) == []


def test_part_of_a_regional_centre_is_not_offered():
    assert _said({"Q4(b)": drafted(Choice.PARTLY)}, FindingKind.FORM) == [
        "4(b) offers “yes”, “no”, and “not applicable”, but “yes, in part” was answered."
    ]


def test_a_level_that_does_not_apply_here_and_does_there_is_told():
    answers = {"Q4(c)(ii)": drafted(Choice.NOT_APPLICABLE), "Q4(d)(ii)": drafted(Choice.PARTLY)}

    assert _said(answers, FindingKind.CONTRADICTION) == [
        "The regional level is said not to apply at 4(c)(ii), but is answered with yes at 4(d)(ii)."
    ]
    assert _said({**answers, "Q4(d)(ii)": drafted(Choice.NO)}, FindingKind.CONTRADICTION) == []


@pytest.mark.parametrize(
    ("question", "mark", "label"), [("Q25", "need", "25"), ("Q26", "can-provide", "26")]
)
def test_each_box_of_the_table_goes_with_its_own_question(question: str, mark: str, label: str):
    rows = {"Q26(a)": drafted(marks=(mark,))}

    assert _said({question: drafted(Choice.YES)}, FindingKind.FOLLOW_UP) == [
        f"{label} asks to mark areas in the table, but none is marked."
    ]
    assert _said({question: drafted(Choice.YES), **rows}, FindingKind.FOLLOW_UP) == []
    assert _said({question: drafted(Choice.NO), **rows}, FindingKind.CONTRADICTION) == [
        f"{label} is answered with “no”, but areas are marked in the table for it."
    ]


def test_a_row_without_a_mark_is_an_answer_too():
    answers = {"Q25": drafted(Choice.YES), "Q26(a)": drafted(), "Q26(b)": drafted(marks=("need",))}

    still_open = [one.label for one in _check(answers).of(FindingKind.OPEN)]
    assert "26(a)" not in still_open
    assert "26(c)" in still_open


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"Q19": Choice.YES, "Q2(a)": Choice.NO}, "Parts of a national policy were evaluated"),
        ({"Q4(c)(i)": Choice.YES, "Q2(a)": Choice.NO}, "There is a national plan"),
        ({"Q19": Choice.YES, "Q17(e)": Choice.NO}, "Parts of the national policy were evaluated"),
    ],
)
def test_declared_contradictions_are_told(answers: dict[str, Choice], said: str):
    found = _said({key: drafted(one) for key, one in answers.items()}, FindingKind.CONTRADICTION)

    assert len(found) == 1
    assert found[0].startswith(said)


def test_days_in_the_future_are_told():
    later = date(2026, 2, 2)
    answers = {
        "Q2(a)": drafted(Choice.YES, follow_up="Plan", follow_up_day=later, language="en"),
        "Q3": drafted(text="x", language="en", confirmed=Confirmation(by="Desk", on=later)),
        "Q14": drafted(text="x", language="en", confirmed=Confirmation(by="Desk", on=TODAY)),
    }

    found = check_reply(reply(answers, on=later), INSTRUMENT, today=TODAY)

    assert [str(one.said) for one in found.of(FindingKind.DAY)] == [
        "The day of the reply lies in the future.",
        "2(a) names a day in the future.",
        "3 names a day in the future.",
    ]


def test_a_question_that_does_not_fit_needs_a_reason():
    bare = Answer(state=AnswerState.NOT_APPLICABLE)

    assert _said({"Q6": bare}, FindingKind.FORM) == ["6 does not apply, but no reason is given."]
    reasoned = structs.replace(bare, text="No such policy.", language="en")
    assert _said({"Q6": reasoned}, FindingKind.FORM) == []


def test_a_table_needs_its_columns_and_real_days():
    treaties = read_definition("1997-34")
    rows = ({"treaty": "A", "since": "spring"}, {"colour": "red", "since": "1999-12-09"})
    own = Reply(
        questionnaire="1997-34",
        version=1,
        country="XA",
        on=TODAY,
        answers={"2(d)": drafted(rows=rows)},
    )

    found = check_reply(own, treaties, today=TODAY).of(FindingKind.FORM)

    assert [str(one.said) for one in found] == [
        "2(d) fills a column that the table does not have.",
        "2(d) needs a day such as 2026-01-31 in row 1.",
    ]


def test_a_whole_reply_has_nothing_left():
    desk = Confirmation(by="Desk", on=TODAY)
    answers = {}
    for item in INSTRUMENT.items:
        if item.type is AnswerType.CHOICE:
            answers[item.key] = drafted(Choice.NO, confirmed=desk)
        elif item.type is AnswerType.TEXT and item.key != "Q26(m)":
            answers[item.key] = drafted(text="x", language="en", confirmed=desk)
    del answers["Q2(a).leg"]

    found = check_reply(reply(answers), INSTRUMENT, today=TODAY)

    assert found.findings == ()
    assert found.summary() == "Nothing is open, and nothing stands out."


@given(any_replies)
def test_whatever_is_answered_is_explained_and_nothing_stops_it(given_reply: Reply):
    found = check_reply(given_reply, INSTRUMENT, today=TODAY)

    assert all(str(one.said).endswith(".") for one in found.findings)
    assert len(found.table) == len(found.findings)
    assert "%" not in found.summary()


def test_another_version_is_no_matter_of_findings():
    with pytest.raises(InvalidQuestionnaire, match="version 2, but “2006-20” version 1"):
        check_reply(reply({}, version=2), INSTRUMENT, today=TODAY)
