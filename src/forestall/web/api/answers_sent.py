"""This file knows how the answers that a program sends are held to the form of each question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import structs, to_builtins

from forestall.languages import message
from forestall.questionnaires import Answer, find_route
from forestall.questionnaires.checking import label_of
from forestall.web.api.filled import filled
from forestall.web.api.refusals import Refused
from forestall.web.returns.answer_form import AnswerForm
from forestall.web.returns.answering import section_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forestall.questionnaires import Item
    from forestall.web.returns.models import Return

# What a form has only where its question asks for it.
_ASKED = ("choice", "day", "marks", "rows", "follow_up", "follow_up_day")


def held_to_forms(found: Return, sent: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return answers as their forms would make them; one that is as it was stays.

    Raises
    ------
    InvalidQuestionnaire
        If there is no such question.
    Refused
        If a question does not take what was sent, with the first and why (422).
    """
    for item in sent:
        section_of(found.asked, item)
    there = found.reply.answers
    follow_ups = find_route(found.asked, {**there, **sent}).follow_ups
    return {
        item: _made(found, item, there.get(item), answer, followed=item in follow_ups)
        for item, answer in sent.items()
    }


def _made(
    found: Return, item: str, there: Answer | None, sent: Answer, *, followed: bool
) -> Answer:
    if there is not None and structs.replace(sent, confirmed=there.confirmed) == there:
        return sent
    question = found.asked.item(item)
    assert question is not None  # because it stands in a section
    form = AnswerForm(
        _fields(sent, there, found.jurisdiction.language),
        item=question,
        asked=found.asked,
        answer=there,
        followed=followed,
        tag=found.jurisdiction.language,
        rows=len(sent.rows),
    )
    _check_asked(question, form, there or Answer(), sent)
    try:
        made = filled(form).made()
    except Refused as wrong:
        said = message("{item}: {said}", item=label_of(question), said=wrong.said)
        raise Refused(wrong.status, said) from None
    return structs.replace(made, sources=sent.sources)


def _fields(sent: Answer, there: Answer | None, tag: str) -> dict[str, Any]:
    """Return what a browser would send."""
    cells = {
        f"row-{at}-{key}": cell for at, row in enumerate(sent.rows) for key, cell in row.items()
    }
    language = sent.language
    if not (sent.text or sent.follow_up):  # the form asks for one all the same
        language = (there.language if there is not None else "") or tag
    return {**to_builtins(sent), **cells, "language": language}


def _check_asked(question: Item, form: AnswerForm, there: Answer, sent: Answer) -> None:
    """Refuse what the question does not ask for, instead of leaving it out."""
    asked = {*form.fields, *(("rows",) if question.columns else ())}
    columns = {one.key for one in question.columns}
    for name in _ASKED:
        is_new = getattr(sent, name) and getattr(sent, name) != getattr(there, name)
        strange = name == "rows" and any(set(row) - columns for row in sent.rows)
        if is_new and (name not in asked or strange):
            raise Refused(
                422,
                message(
                    "{item} does not ask for what stands in “{name}”, given the other answers.",
                    item=label_of(question),
                    name=name,
                ),
            )
