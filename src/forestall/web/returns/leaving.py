"""This file knows what of a national reply leaves the office: everything but what is confidential.

Only the working copy of those who lead the reply holds all answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from forestall.publication.docx import write_docx
from forestall.publication.pdf import write_pdf
from forestall.publication.questionnaire_pages import build_reply
from forestall.questionnaires import reply_to_json
from forestall.questionnaires.workbook import reply_to_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from forestall.questionnaires import Questionnaire, Reply

PRINTED = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FORMS: dict[str, tuple[str, Callable[[Questionnaire, Reply], bytes]]] = {
    "json": ("application/json", lambda _, reply: reply_to_json(reply)),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        reply_to_workbook,
    ),
    "pdf": (
        PRINTED["pdf"],
        lambda asked, reply: write_pdf(build_reply(asked, reply), made_on=reply.on).data,
    ),
    "docx": (PRINTED["docx"], lambda asked, reply: write_docx(build_reply(asked, reply))),
}


def without_confidential(reply: Reply) -> Reply:
    """Return a reply without its confidential answers, earlier ones that are kept included.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires import Answer, Reply
    >>> answers = {"Q3": Answer(text="The ministry"), "Q14": Answer(text="x", confidential=True)}
    >>> own = Reply(
    ...     questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31), answers=answers
    ... )
    >>> list(without_confidential(own).answers)
    ['Q3']
    """
    return msgspec.structs.replace(
        reply,
        answers={key: one for key, one in reply.answers.items() if not one.confidential},
        kept=tuple(one for one in reply.kept if not one.answer.confidential),
    )


def readable(reply: Reply, asked: Questionnaire, sections: Collection[str]) -> Reply:
    """Return a reply as somebody reads it who writes these sections only."""
    own = {item.key for group in asked.groups if group.key in sections for item in group.items}
    answers = {key: one for key, one in reply.answers.items() if not one.confidential or key in own}
    return msgspec.structs.replace(without_confidential(reply), answers=answers)
