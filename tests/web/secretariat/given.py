"""Made-up replies of three states."""

from __future__ import annotations

from datetime import date

from forestall.questionnaires import Answer, AnswerState, Choice, Reply, reply_to_json


def answered(**fields) -> Answer:
    return Answer(state=AnswerState.DRAFTED, language="en", **fields)


def file_of(state: str, answers: dict[str, Answer], **fields) -> bytes:
    reply = Reply(
        questionnaire="2006-20",
        version=1,
        country=state,
        on=date(2026, 1, 31),
        office="Interior",
        answers=answers,
    )
    return reply_to_json(reply)


SECRET = "Nobody may read this"
REPLIES = {
    "KE": {
        "Q6": answered(choice=Choice.YES),
        "Q7(a)": answered(choice=Choice.YES, follow_up="Écoles for young people"),
        "Q28": answered(text="Money and trained staff"),
    },
    "DE": {
        "Q6": answered(choice=Choice.NO, confidential=True),
        "Q7(a)": answered(choice=Choice.YES, follow_up="Youth centres"),
        "Q28": answered(text=SECRET, confidential=True),
    },
    "AT": {"Q6": answered(choice=Choice.NO), "Q28": answered(text="Coordination of money")},
}
