"""This file knows what no cell can hold of a reply, and how it comes back after others typed.

What the cells do not hold goes along in a hidden sheet, and nothing else: answers to earlier
versions, items that the questionnaire does not know, fields with signs that a workbook changes. On
the way back a field counts only if it looks in the cells just as they do; else somebody typed, and
that wins. So what nobody sees never makes another answer of one that everybody sees.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires.replies import Answer, Kept, Reply
from forestall.questionnaires.vocabulary import AnswerType
from forestall.questionnaires.workbook.cells import settled

if TYPE_CHECKING:
    from collections.abc import Callable

    from forestall.questionnaires.records import Item, Questionnaire

_TEXTS = ("text", "follow_up", "language")
# Every form has a cell for these that holds all that they can be.
_ALWAYS_SEEN = frozenset(("state", "confidential"))


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
    answers = {
        key: msgspec.to_builtins(_unlike(answer, seen.answers.get(key, Answer())))
        for key, answer in reply.answers.items()
        if answer != seen.answers.get(key)
    }
    office = reply.office if reply.office != seen.office else None
    if not answers and not reply.kept and office is None:
        return ""
    parts = _Parts(office=office, answers=answers, kept=reply.kept)
    text = json.dumps(msgspec.to_builtins(parts))
    return text.replace("_", "\\u005f")  # what a cell would change is written out


def _unlike(answer: Answer, other: Answer) -> dict[str, Any]:
    return {
        name: getattr(answer, name)
        for name in Answer.__struct_fields__
        if getattr(answer, name) != getattr(other, name)
    }


class _Parts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What goes along: of each answer the fields that the cells do not hold as they are."""

    office: str | None
    answers: dict[str, dict[str, Any]]
    kept: tuple[Kept, ...]


def with_carried(read: Reply, carried: str, *, see: Callable[[Reply], Reply], name: str) -> Reply:
    """Return a reply that was read from cells, with what went along.

    Parameters
    ----------
    see
        Returns what the cells hold of a reply.

    Raises
    ------
    InvalidQuestionnaire
        If the hidden sheet was changed.
    """
    if not carried:
        return read
    try:
        parts = msgspec.convert(json.loads(carried), _Parts)
        told = {key: msgspec.convert(one, Answer) for key, one in parts.answers.items()}
    except (ValueError, RecursionError) as broken:
        raise _changed(name) from broken
    if any(_ALWAYS_SEEN & set(parts.answers.get(key, ())) for key in read.answers):
        raise _changed(name)
    office = read.office if parts.office is None else parts.office
    seen = see(replace(read, office=office, answers=told))
    fields = {
        key: {name: getattr(told[key], name) for name in parts.answers[key]}
        for key in read.answers
        if key in told
    }
    answers = {key: one for key, one in told.items() if key not in seen.answers}
    return replace(
        read,
        office=office if seen.office == read.office else read.office,
        answers=answers | _not_typed(read, fields, see),
        kept=parts.kept,
    )


def _changed(name: str) -> InvalidQuestionnaire:
    return InvalidQuestionnaire(message("{file} has a hidden sheet that was changed.", file=name))


def _not_typed(
    read: Reply, fields: dict[str, dict[str, Any]], see: Callable[[Reply], Reply]
) -> dict[str, Answer]:
    """Return the answers with those fields that look in the cells as the cells do.

    Rows stand under rows of another table, so that a field that was typed can bare another.
    """
    while True:
        answers = {key: replace(one, **fields.get(key, {})) for key, one in read.answers.items()}
        seen = see(replace(read, answers=answers)).answers
        typed = [
            (key, name)
            for key, names in fields.items()
            for name in names
            if getattr(seen[key], name) != getattr(read.answers[key], name)
        ]
        if not typed:
            return answers
        for key, name in typed:
            del fields[key][name]
