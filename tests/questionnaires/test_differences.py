"""This file knows that an earlier reply of the same state stands beside each question."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from forestall.errors import InvalidQuestionnaire
from forestall.questionnaires import (
    AnswerType,
    Attachment,
    Choice,
    Reply,
    Source,
    SourceKind,
    compare_replies,
)
from tests.questionnaires.any_replies import INSTRUMENT, any_replies, drafted, reply

EARLIER = date(2021, 1, 31)


def _changes(before: Reply, now: Reply) -> list[tuple[str, str, str, str]]:
    found = compare_replies(before, now, questionnaire=INSTRUMENT)
    return [(one.label, str(one.field), str(one.old), str(one.new)) for one in found.changes]


def test_each_field_is_told_as_it_was_and_as_it_is():
    before = reply({"Q2(a)": drafted(Choice.NO)}, on=EARLIER)
    plan = Source(kind=SourceKind.PLAN, name="National plan", dated=date(2025, 1, 1))
    law = Attachment(name="law.pdf", sha256="0" * 64)
    now = reply(
        {
            "Q2(a)": drafted(
                Choice.YES,
                follow_up="Plan",
                follow_up_day=date(2025, 1, 1),
                confidential=True,
                sources=(plan, plan),
                attachments=(law,),
            )
        }
    )

    assert _changes(before, now) == [
        ("2(a)", "choice", "no", "yes"),
        ("2(a)", "follow-up", "", "Plan"),
        ("2(a)", "date of the follow-up", "", "2025-01-01"),
        ("2(a)", "confidential", "", "yes"),
        ("2(a)", "sources", "", "National plan and National plan"),
        ("2(a)", "files", "", "law.pdf"),
    ]


def test_every_question_has_both_answers_beside_it():
    before, now = reply({"Q6": drafted(Choice.NO)}, on=EARLIER), reply({"Q8": drafted(Choice.YES)})

    found = compare_replies(before, now, questionnaire=INSTRUMENT)

    answered = [one for one in INSTRUMENT.items if one.type is not AnswerType.HEADING]
    assert [one.item for one in found.questions] == answered
    beside = {one.item.key: one for one in found.questions}
    assert (beside["Q6"].before, beside["Q6"].now) == (before.answers["Q6"], None)
    assert not beside["Q2(a).leg"].is_asked
    assert found.summary() == "2 answers are not as they were."
    assert list(found.table.columns) == ["item", "label", "field", "old", "new"]


@given(any_replies)
def test_a_reply_differs_in_nothing_from_itself(given_reply: Reply):
    assert _changes(given_reply, given_reply) == []


def test_the_earlier_reply_comes_first():
    with pytest.raises(InvalidQuestionnaire, match="of a later day than the other"):
        compare_replies(reply({}), reply({}, on=EARLIER), questionnaire=INSTRUMENT)


def test_both_reply_to_the_same_version():
    with pytest.raises(InvalidQuestionnaire, match="version 2"):
        compare_replies(reply({}, on=EARLIER), reply({}, version=2), questionnaire=INSTRUMENT)
