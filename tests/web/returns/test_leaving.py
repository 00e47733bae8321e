"""What leaves the office: everything but what is confidential, whatever was answered."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forestall.questionnaires import (
    Answer,
    AnswerState,
    Kept,
    Reply,
    read_definition,
    reply_from_json,
)
from forestall.web.returns.leaving import FORMS, readable, without_confidential

ASKED = read_definition("2006-20")
KEYS = [item.key for item in ASKED.items]
ANSWERS = st.builds(
    Answer,
    state=st.sampled_from(AnswerState),
    text=st.sampled_from(["", "The ministry", "نعم"]),
    confidential=st.booleans(),
)


@st.composite
def replies(draw):
    return Reply(
        questionnaire="2006-20",
        version=1,
        country="XX",
        on=date(2026, 1, 31),
        answers=draw(st.dictionaries(st.sampled_from(KEYS), ANSWERS, max_size=8)),
        kept=tuple(
            Kept(item=key, version=1, answer=draw(ANSWERS))
            for key in draw(st.lists(st.sampled_from(KEYS), max_size=2))
        ),
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(replies())
def test_no_confidential_answer_leaves_and_every_other_does(reply):
    left = reply_from_json(FORMS["json"][1](ASKED, without_confidential(reply)))

    assert left.answers == {key: one for key, one in reply.answers.items() if not one.confidential}
    assert left.kept == tuple(one for one in reply.kept if not one.answer.confidential)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(replies(), st.sets(st.sampled_from([group.key for group in ASKED.groups])))
def test_confidential_answers_are_read_in_ones_own_sections_only(reply, sections):
    read = readable(reply, ASKED, sections)

    own = {item.key for group in ASKED.groups if group.key in sections for item in group.items}
    for key, one in reply.answers.items():
        assert (key in read.answers) is (key in own or not one.confidential)
