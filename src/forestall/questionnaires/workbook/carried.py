"""This file knows what no cell can hold of a reply, and how it comes back after others typed.

The reply goes along in a hidden sheet wherever the cells do not hold it whole: answers to earlier
versions, items that the questionnaire does not know, signs that a workbook changes. On the way
back, what was typed wins; what was left as it stood in the cells comes back as it was.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires.files import reply_from_json
from forestall.questionnaires.replies import Answer, Reply
from forestall.questionnaires.vocabulary import AnswerType
from forestall.questionnaires.workbook.cells import settled

if TYPE_CHECKING:
    from forestall.questionnaires.records import Item, Questionnaire

_TEXTS = ("text", "follow_up", "language")


def seen_in_cells(questionnaire: Questionnaire, reply: Reply) -> Reply:
    """Return what the cells of a workbook hold of a reply."""
    marks = [one.key for one in questionnaire.marks]
    answers = {
        item.key: _seen(item, reply.answers[item.key], marks)
        for item in questionnaire.items
        if item.key in reply.answers
    }
    return replace(reply, answers=answers, kept=(), office=settled(reply.office))


def _seen(item: Item, answer: Answer, marks: list[str]) -> Answer:
    texts = {name: settled(getattr(answer, name)) for name in _TEXTS}
    confirmed = answer.confirmed and replace(answer.confirmed, by=settled(answer.confirmed.by))
    return replace(
        answer,
        **texts,
        marks=tuple(one for one in marks if one in answer.marks),
        rows=_rows(item, answer) if item.type is AnswerType.TABLE else (),
        sources=tuple(
            replace(one, name=settled(one.name), reference=settled(one.reference))
            for one in answer.sources
        ),
        attachments=tuple(replace(one, name=settled(one.name)) for one in answer.attachments),
        confirmed=confirmed,
    )


def _rows(item: Item, answer: Answer) -> tuple[dict[str, str], ...]:
    keys = {one.key for one in item.columns}
    return tuple(
        {key: settled(text) for key, text in row.items() if key in keys and settled(text)}
        for row in answer.rows
    )


def carried_with(questionnaire: Questionnaire, reply: Reply) -> str:
    """Return what goes along with the cells, as JSON in ASCII; "" if they hold it whole."""
    return carried_beside(reply, seen=seen_in_cells(questionnaire, reply))


def carried_beside(reply: Reply, *, seen: Reply) -> str:
    """Return what goes along, as JSON in ASCII; "" if what is seen is the whole reply."""
    if seen == reply:
        return ""
    text = json.dumps({"reply": msgspec.to_builtins(reply), "seen": msgspec.to_builtins(seen)})
    return text.replace("_", "\\u005f")  # what a cell would change is written out


def with_carried(read: Reply, carried: str, *, name: str) -> Reply:
    """Return a reply that was read from cells, with what went along.

    Raises
    ------
    InvalidQuestionnaire
        If the hidden sheet was changed.
    """
    if not carried:
        return read
    changed = InvalidQuestionnaire(
        message("{file} has a hidden sheet that was changed.", file=name)
    )
    try:
        parts = json.loads(carried)
        original, seen = (
            reply_from_json(json.dumps(parts[one]).encode(), name=name) for one in ("reply", "seen")
        )
    except (ValueError, KeyError, TypeError, RecursionError) as broken:
        raise changed from broken
    if not set(seen.answers) <= set(original.answers):
        raise changed
    return replace(
        read,
        office=original.office if read.office == seen.office else read.office,
        answers=_merged(read, original, seen),
        kept=original.kept,
    )


def _merged(read: Reply, original: Reply, seen: Reply) -> dict[str, Answer]:
    found = {key: one for key, one in original.answers.items() if key not in seen.answers}
    for key, answer in read.answers.items():
        if key not in seen.answers:
            found[key] = answer
            continue
        back = {
            field: getattr(original.answers[key], field)
            for field in Answer.__struct_fields__
            if getattr(answer, field) == getattr(seen.answers[key], field)
        }
        found[key] = replace(answer, **back)
    return found
