"""This file knows how questions and answers of a national reply are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.publication.questionnaire_pages import facts_of
from forestall.questionnaires import AnswerType, compare_replies, find_route
from forestall.questionnaires.checking import label_of

if TYPE_CHECKING:
    from forestall.languages import Text
    from forestall.questionnaires import (
        AnswerChange,
        Finding,
        Item,
        Questionnaire,
        Reply,
        ReplyCheck,
    )


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as a page shows it.

    Attributes
    ----------
    label
        Its number in print.
    heading
        Whether the questions under it answer it.
    state
        How far the answer is, in words.
    facts, before
        The answer now and the answer before, as names and values.
    changes
        What differs between the two.
    secret
        Whether there is a confidential answer that the reader may not read.
    findings
        What is worth a look.
    """

    item: Item
    label: str
    heading: bool
    state: Text
    facts: tuple[tuple[Text, Text], ...]
    before: tuple[tuple[Text, Text], ...]
    changes: tuple[AnswerChange, ...]
    secret: bool
    findings: tuple[Finding, ...]
    language: str


def questions_of(
    section: str,
    asked: Questionnaire,
    *,
    reply: Reply,
    read: Reply,
    route_by: Reply,
    earlier: Reply | None,
    check: ReplyCheck,
) -> list[Question]:
    """Return the questions of a section that are asked, given the answers so far.

    Parameters
    ----------
    reply, read
        The reply as it is, and what the person may read of it.
    route_by
        Whose answers say what is asked.
    earlier
        What the person may read of the earlier reply.
    check
        What they may read of what is worth a look.
    """
    group = next(one for one in asked.groups if one.key == section)
    before = earlier.answers if earlier is not None else {}
    changes = changes_beside(earlier, read, asked)
    route = find_route(asked, route_by.answers)
    return [
        Question(
            item=item,
            label=label_of(item),
            heading=item.type is AnswerType.HEADING,
            state=read.answers[item.key].state.words if item.key in read.answers else "",
            facts=facts_of(item, read.answers.get(item.key), asked),
            before=facts_of(item, before.get(item.key), asked),
            changes=changes.get(item.key, ()),
            secret=_is_secret(item.key, reply) and item.key not in read.answers,
            findings=tuple(one for one in check.findings if one.item == item.key),
            language=read.answers[item.key].language if item.key in read.answers else "",
        )
        for item in group.items
        if item.key in route.asked
    ]


def _is_secret(item: str, reply: Reply) -> bool:
    """Return whether an answer is confidential itself; more would tell what another one says."""
    return item in reply.answers and reply.answers[item].confidential


def changes_beside(
    earlier: Reply | None, read: Reply, asked: Questionnaire
) -> dict[str, tuple[AnswerChange, ...]]:
    """Return for each question that was and is answered what is not as it was."""
    if earlier is None:
        return {}
    compared = compare_replies(earlier, read, questionnaire=asked)
    return {
        one.item.key: one.changes
        for one in compared.questions
        if one.now is not None and one.before is not None
    }
