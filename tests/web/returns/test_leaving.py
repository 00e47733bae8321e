"""What leaves the office: everything but what is confidential, whatever was answered."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forestall.questionnaires import (
    Answer,
    AnswerState,
    Choice,
    Kept,
    Reply,
    read_definition,
    reply_from_json,
)
from forestall.questionnaires.together import with_traces
from forestall.questionnaires.together.withheld import says_something
from forestall.web.returns.leaving import FORMS, readable, what_leaves

ASKED = read_definition("2006-20")
DAY = date(2026, 1, 31)
KEYS = [item.key for item in ASKED.items]
ANSWERS = st.builds(
    Answer,
    state=st.sampled_from(AnswerState),
    choice=st.none() | st.sampled_from(Choice),
    text=st.sampled_from(["", "The ministry", "نعم"]),
    confidential=st.booleans(),
)


@st.composite
def replies(draw):
    return Reply(
        questionnaire="2006-20",
        version=1,
        country="XX",
        on=DAY,
        answers=draw(st.dictionaries(st.sampled_from(KEYS), ANSWERS, max_size=8)),
        kept=tuple(
            Kept(item=key, version=1, answer=draw(ANSWERS))
            for key in draw(st.lists(st.sampled_from(KEYS), max_size=2))
        ),
    )


def asked_after(secret):
    """Return the items that are asked only after one of these, however far behind it."""
    after: set[str] = set()
    for item in ASKED.items:
        if item.parent in after or any(one.item in secret | after for one in item.asked_if):
            after.add(item.key)
    return after


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(replies())
def test_nothing_confidential_leaves_nor_what_tells_it_and_every_other_answer_does(reply):
    left = reply_from_json(FORMS["json"][1](ASKED, what_leaves(reply, ASKED)))

    secret = {key for key, one in reply.answers.items() if one.confidential}
    assert not secret & set(left.answers)
    for key, one in left.answers.items():
        assert one == reply.answers[key]
    for key in set(reply.answers) - secret - set(left.answers):
        assert key in asked_after(secret) or not says_something(reply.answers[key])
    assert left.kept == tuple(one for one in reply.kept if not one.answer.confidential)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(replies(), st.sets(st.sampled_from([group.key for group in ASKED.groups])))
def test_confidential_answers_are_read_in_ones_own_sections_only(reply, sections):
    read = readable(reply, ASKED, sections)

    own = {item.key for group in ASKED.groups if group.key in sections for item in group.items}
    secret = {key for key, one in reply.answers.items() if one.confidential} - own
    for key, one in reply.answers.items():
        if key in own:
            assert read.answers[key] == one
        elif one.confidential:
            assert key not in read.answers
        elif key not in asked_after(secret):
            assert read.answers[key] == one
        else:
            assert read.answers.get(key, one) == one
    assert set(read.answers) <= set(reply.answers)


NEEDS = [item.key for item in ASKED.items if item.key.startswith("Q26(")]
MARKED = st.builds(
    Answer,
    state=st.just(AnswerState.DRAFTED),
    marks=st.sampled_from([("need",), ("can-provide",), ("need", "can-provide")]),
    text=st.sampled_from(["", "x"]),
    confidential=st.booleans(),
)
CHOSEN = st.builds(
    Answer,
    state=st.just(AnswerState.DRAFTED),
    choice=st.sampled_from([Choice.YES, Choice.NO]),
    follow_up=st.sampled_from(["", "Since 2001"]),
    confidential=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(st.sampled_from(["Q2(a)", "Q2(b)", "Q2(c)", "Q25", "Q26"]), CHOSEN),
    st.dictionaries(st.sampled_from(NEEDS), MARKED, max_size=4),
)
def test_a_file_that_left_comes_back_without_taking_anything_away(chosen, marked):
    reply = Reply(questionnaire="2006-20", version=1, country="XX", on=DAY, answers=chosen | marked)
    left = what_leaves(reply, ASKED).answers

    back = with_traces(left, reply=reply, questionnaire=ASKED)

    assert back == {key: reply.answers[key] for key in left}
    whole = reply.answers
    assert with_traces(whole, reply=reply, questionnaire=ASKED) == whole


def test_every_file_leaves_out_what_is_asked_only_after_a_confidential_answer():
    drafted = {
        "Q2(a)": Answer(state=AnswerState.DRAFTED, choice=Choice.YES, confidential=True),
        "Q2(a).leg": Answer(state=AnswerState.DRAFTED, choice=Choice.NO),
    }
    empty, full = (
        what_leaves(
            Reply(questionnaire="2006-20", version=1, country="XX", on=DAY, answers=answers), ASKED
        )
        for answers in ({}, drafted)
    )

    assert full == empty
