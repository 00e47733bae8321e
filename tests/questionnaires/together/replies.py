"""This file knows made-up answers of states, and replies of them to 2006/20."""

from __future__ import annotations

from datetime import date
from typing import Any

from forestall.questionnaires import Answer, AnswerState, Reply, read_definition
from forestall.questionnaires.together import OpenAnswer

ASKED = read_definition("2006-20")


def answered(**fields: Any) -> Answer:
    return Answer(state=AnswerState.DRAFTED, language="en", **fields)


def reply_of(state: str, answers: dict[str, Answer]) -> Reply:
    return Reply(
        questionnaire="2006-20", version=1, country=state, on=date(2026, 1, 31), answers=answers
    )


def said(state: str, **fields: Any) -> OpenAnswer:
    return OpenAnswer(state=state, **{"item": "Q6", **fields})
