"""This file knows a reply as a document: each question that is asked, with its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forestall.languages import Day, OwnWords, in_language, message
from forestall.publication.blocks import (
    Box,
    BoxKind,
    Document,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Section,
)
from forestall.publication.questionnaire_pages.answers import facts_of
from forestall.publication.questionnaire_pages.words import NO_SCORECARD
from forestall.questionnaires import AnswerType, find_route
from forestall.questionnaires.checking import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.publication.blocks import Block
    from forestall.questionnaires import Group, Questionnaire, Reply


def build_reply(asked: Questionnaire, reply: Reply) -> Document:
    """Build the document of a reply; it holds the confidential answers that the reply holds.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires import Answer, AnswerState, Reply, read_definition
    >>> answers = {"Q3": Answer(state=AnswerState.DRAFTED, text="The ministry")}
    >>> reply = Reply(
    ...     questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31), answers=answers
    ... )
    >>> str(build_reply(read_definition("2006-20"), reply).kicker)
    'National reply: XX, ECOSOC 2006/20'
    """
    route = frozenset(find_route(asked, reply.answers).asked)
    return Document(
        title=in_language(asked.title),
        kicker=message(
            "National reply: {country}, {instrument}",
            country=reply.country,
            instrument=asked.instrument,
        ),
        lead=OwnWords({"": reply.office}) if reply.office else "",
        made_line=(message("As of {day}", day=Day(reply.on)),),
        sections=tuple(
            Section(
                id=f"section-{number}",
                heading=in_language(group.title),
                number=str(number),
                blocks=tuple(_blocks(group, asked, reply, route, first=number == 1)),
            )
            for number, group in enumerate(asked.groups, start=1)
        ),
        foot=(NO_SCORECARD,),
    )


def _blocks(
    group: Group, asked: Questionnaire, reply: Reply, route: frozenset[str], *, first: bool
) -> Iterator[Block]:
    if first and any(one.confidential for one in reply.answers.values()):
        yield Box(kind=BoxKind.CARE, title=_WORKING_COPY, sentences=(_STAYS,))
    for item in group.items:
        if item.key not in route:
            continue
        yield Heading(
            message("{item} {question}", item=label_of(item), question=in_language(item.prompt))
        )
        answer = reply.answers.get(item.key)
        rows = facts_of(item, answer, asked)
        if rows:
            yield Facts(tuple(Fact(name, value) for name, value in rows))
        elif item.type is not AnswerType.HEADING:
            yield Paragraph((_NO_ANSWER,))


_NO_ANSWER = message("No answer is given here.")
_WORKING_COPY = message("Working copy")
_STAYS = message("It holds confidential answers, and stays in the office.")
