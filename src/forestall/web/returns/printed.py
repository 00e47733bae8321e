"""This file knows a national reply as a document that is printed: PDF and Word file."""

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
from forestall.publication.docx import write_docx
from forestall.publication.pdf import write_pdf
from forestall.questionnaires import AnswerType, find_route
from forestall.questionnaires.checking import label_of
from forestall.web.returns.shown import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.publication.blocks import Block
    from forestall.questionnaires import Group, Questionnaire, Reply


def reply_to_pdf(asked: Questionnaire, reply: Reply) -> bytes:
    """Return a reply as tagged PDF, in the language in force; its date is that of the reply."""
    return write_pdf(printed_reply(asked, reply), made_on=reply.on).data


def reply_to_docx(asked: Questionnaire, reply: Reply) -> bytes:
    """Return a reply as a Word file, in the language in force."""
    return write_docx(printed_reply(asked, reply))


def printed_reply(asked: Questionnaire, reply: Reply) -> Document:
    """Return a reply as a document: each question that is asked, with what was answered."""
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
        foot=(_NO_SCORECARD,),
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
_NO_SCORECARD = message("What a state replies is no scorecard, and states are not ranked by it.")
