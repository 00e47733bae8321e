"""Answers of a made-up country, and how the tests write and sign a reply."""

from __future__ import annotations

from datetime import date

from forestall.questionnaires import Answer, AnswerState
from forestall.web.organisations.roles import Role
from forestall.web.returns.answering import save_answer, seen
from forestall.web.returns.signing import sign_return

DAY = date(2026, 1, 31)
MINISTRY = Answer(state=AnswerState.DRAFTED, text="The ministry", language="en")
SECRET = Answer(state=AnswerState.DRAFTED, text="Not for others", language="en", confidential=True)


def write(found, item, answer, by):
    found.refresh_from_db()
    was = seen(found.reply.answers.get(item))
    return save_answer(found=found, item=item, answer=answer, was=was, by=by, today=DAY)


def signed(found, people):
    found.refresh_from_db()
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        sign_return(found=found, was=found.digest, by=people[role])
    found.refresh_from_db()
