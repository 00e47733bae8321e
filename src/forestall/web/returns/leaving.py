"""This file knows what of a national reply leaves the office: nothing confidential.

What would tell a confidential answer stays with it, such as one that is asked only after a yes.
Only the working copy of those who lead the reply holds all answers.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from forestall.publication.docx import write_docx
from forestall.publication.pdf import write_pdf
from forestall.publication.questionnaire_pages import build_reply
from forestall.questionnaires import reply_to_json
from forestall.questionnaires.together import open_part
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


def what_leaves(reply: Reply, asked: Questionnaire) -> Reply:
    """Return a reply without what is confidential, and without what would tell it.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires import Answer, Reply, read_definition
    >>> answers = {"Q3": Answer(text="The ministry"), "Q14": Answer(text="x", confidential=True)}
    >>> own = Reply(
    ...     questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31), answers=answers
    ... )
    >>> list(what_leaves(own, read_definition("2006-20")).answers)
    ['Q3']
    """
    return open_part(reply, questionnaire=asked)


def readable(reply: Reply, asked: Questionnaire, sections: Collection[str]) -> Reply:
    """Return a reply as somebody reads it who writes these sections only."""
    own = {item.key for group in asked.groups if group.key in sections for item in group.items}
    return open_part(reply, questionnaire=asked, own=own)


def digest_of_what_leaves(reply: Reply, asked: Questionnaire) -> str:
    """Return the SHA-256 by which others know a reply: that of the JSON that leaves.

    By the hash of the whole, whoever knows all else could guess a confidential answer and see
    whether it is so.
    """
    return hashlib.sha256(reply_to_json(what_leaves(reply, asked))).hexdigest()
