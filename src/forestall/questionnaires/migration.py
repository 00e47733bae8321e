"""This file knows how a reply goes from one version of a questionnaire to the next.

Only an answer to the same question is carried over: to an item of the same key, or to one that was
renamed. What was split, merged or removed is kept beside the reply and named, because nobody but
the state can say what it answers to a new question. No answer is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from forestall.errors import InvalidQuestionnaire
from forestall.languages import message
from forestall.questionnaires.definitions import read_definition
from forestall.questionnaires.replies import Answer, Kept, Reply
from forestall.questionnaires.vocabulary import StepKind

if TYPE_CHECKING:
    from forestall.questionnaires.records import Questionnaire, Step


def migrate_reply(reply: Reply, *, to: Questionnaire) -> Reply:
    """Carry a reply over to the next version of its questionnaire.

    Parameters
    ----------
    to
        The version that follows the one of the reply; its steps say what became of items.

    Raises
    ------
    InvalidQuestionnaire
        If it is another questionnaire, or not the version that follows.

    Examples
    --------
    >>> from datetime import date
    >>> from msgspec import structs
    >>> from forestall.questionnaires.records import Step
    >>> own = Reply(
    ...     questionnaire="2006-20",
    ...     version=1,
    ...     country="XX",
    ...     on=date(2026, 1, 31),
    ...     answers={"Q3": Answer(text="The ministry"), "Q99": Answer(text="Courts")},
    ... )
    >>> gone = Step(kind=StepKind.REMOVED, items=("Q99",), why={"en": "Asked elsewhere."})
    >>> second = structs.replace(read_definition("2006-20"), version=2, steps=(gone,))
    >>> moved = migrate_reply(own, to=second)
    >>> sorted(moved.answers), [(one.item, one.why["en"]) for one in moved.kept]
    (['Q3'], [('Q99', 'Asked elsewhere.')])
    """
    if reply.questionnaire != to.key or reply.version + 1 != to.version:
        raise InvalidQuestionnaire(
            message(
                "A reply to “{found}” version {version} can be carried over to version {next} "
                "of it, but not to “{wanted}” version {wanted_version}.",
                found=reply.questionnaire[:60],
                version=reply.version,
                next=reply.version + 1,
                wanted=to.key,
                wanted_version=to.version,
            )
        )
    steps = {key: step for step in to.steps for key in step.items}
    known = {item.key for item in to.items}
    taken = {_place(key, steps[key]) for key in reply.answers if key in steps}
    answers: dict[str, Answer] = {}
    kept = list(reply.kept)
    for key, answer in reply.answers.items():
        step = steps.get(key)
        place = _place(key, step)
        if place in known and (step is not None or place not in taken):
            answers[place] = answer
        else:
            kept.append(_kept(key, answer, reply.version, step))
    return structs.replace(reply, version=to.version, answers=answers, kept=tuple(kept))


def migrate_to_newest(reply: Reply) -> Reply:
    """Carry a reply over to the newest packaged version of its questionnaire, step by step.

    Raises
    ------
    InvalidQuestionnaire
        If no such questionnaire is packaged, or one of its versions is missing.

    Examples
    --------
    >>> from datetime import date
    >>> own = Reply(questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31))
    >>> migrate_to_newest(own) == own
    True
    """
    newest = read_definition(reply.questionnaire)
    while reply.version < newest.version:
        reply = migrate_reply(
            reply, to=read_definition(reply.questionnaire, version=reply.version + 1)
        )
    return reply


def _place(key: str, step: Step | None) -> str:
    """Return the key under which an answer stands from now on; "" for none."""
    if step is None:
        return key
    return step.into[0] if step.kind is StepKind.RENAMED else ""


def _kept(key: str, answer: Answer, version: int, step: Step | None) -> Kept:
    if step is None:
        return Kept(item=key, version=version, answer=answer)
    return Kept(item=key, version=version, answer=answer, why=step.why, into=step.into)
