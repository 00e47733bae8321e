"""This file knows what of a reply may be read together with others: nothing confidential.

More is held back than what is marked. An answer that is asked only after a confidential one tells
what was chosen there, and so does a mark in a table that is asked only after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

from forestall.questionnaires.replies import Answer  # noqa: TC001 - the record is built from it
from forestall.questionnaires.routing import chosen, find_route
from forestall.questionnaires.vocabulary import AnswerState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from forestall.questionnaires.records import Item, Questionnaire
    from forestall.questionnaires.replies import Reply


class OpenReply(Struct, frozen=True, kw_only=True):
    """What of a reply others may read.

    Attributes
    ----------
    answers
        From the key of an item to its answer; open and empty ones are left out.
    withheld
        Keys of the items whose answers were held back, in the order of the questionnaire.
    """

    answers: dict[str, Answer]
    withheld: tuple[str, ...]


def without_withheld(reply: Reply, *, questionnaire: Questionnaire) -> OpenReply:
    """Return the answers that may be read, without any that is confidential or tells one that is.

    Parameters
    ----------
    questionnaire
        What it replies to; an answer to anything that it does not ask is left out.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires import AnswerState, Choice, Reply, read_definition
    >>> adopted = Answer(state=AnswerState.DRAFTED, choice=Choice.YES, confidential=True)
    >>> in_law = Answer(state=AnswerState.DRAFTED, choice=Choice.NO)
    >>> reply = Reply(
    ...     questionnaire="2006-20", version=1, country="KE", on=date(2026, 1, 31),
    ...     answers={"Q2(a)": adopted, "Q2(a).leg": in_law},
    ... )
    >>> without_withheld(reply, questionnaire=read_definition("2006-20")).withheld
    ('Q2(a)', 'Q2(a).leg')
    """
    given = _given(reply, questionnaire)
    told = open_part(reply, questionnaire=questionnaire).answers
    there = [
        item.key
        for item in questionnaire.items
        if item.key in given and item.key in told and says_something(told[item.key])
    ]
    gone = set(given) - set(there)
    return OpenReply(
        answers={key: told[key] for key in there},
        withheld=tuple(item.key for item in questionnaire.items if item.key in gone),
    )


def open_part(reply: Reply, *, questionnaire: Questionnaire, own: Collection[str] = ()) -> Reply:
    """Return a reply as others read it, without any answer that is confidential or tells one.

    Parameters
    ----------
    questionnaire
        What it replies to.
    own
        Keys of the items of which whoever reads may read everything.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires import AnswerState, Choice, Reply, read_definition
    >>> adopted = Answer(state=AnswerState.DRAFTED, choice=Choice.YES, confidential=True)
    >>> in_law = Answer(state=AnswerState.DRAFTED, choice=Choice.NO)
    >>> reply = Reply(
    ...     questionnaire="2006-20", version=1, country="KE", on=date(2026, 1, 31),
    ...     answers={"Q2(a)": adopted, "Q2(a).leg": in_law, "Q6": in_law},
    ... )
    >>> asked = read_definition("2006-20")
    >>> list(open_part(reply, questionnaire=asked).answers)
    ['Q6']
    >>> list(open_part(reply, questionnaire=asked, own=["Q2(a).leg"]).answers)
    ['Q2(a).leg', 'Q6']
    """
    secret = {key for key, one in reply.answers.items() if one.confidential} - set(own)
    held = _held_back(questionnaire, _given(reply, questionnaire), secret) - set(own)
    left = {key: one for key, one in reply.answers.items() if key not in held}
    for item in questionnaire.items:
        if item.key in held:
            _take_out_traces(item, left, own)
    kept = tuple(
        one for one in reply.kept if not one.answer.confidential and not held & set(one.into)
    )
    return structs.replace(reply, answers=left, kept=kept)


def with_traces(
    sent: Mapping[str, Answer], *, reply: Reply, questionnaire: Questionnaire
) -> dict[str, Answer]:
    """Return answers that came back in a file that left, with what was taken out of them then.

    A follow-up of a held-back answer leaves a mark or words with other items, which `open_part`
    takes out. Who fills in that file does not take them away. Whoever sends the held-back answer
    too has the whole, and what is missing there was taken away.

    Parameters
    ----------
    sent
        From the key of an item to its answer in the file.
    reply
        The whole reply, from which the file was made.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires import AnswerState, Choice, Reply, read_definition
    >>> asked = read_definition("2006-20")
    >>> secret = Answer(state=AnswerState.DRAFTED, choice=Choice.YES, confidential=True)
    >>> both = Answer(state=AnswerState.DRAFTED, marks=("need", "can-provide"))
    >>> giving = Answer(state=AnswerState.DRAFTED, choice=Choice.YES)
    >>> reply = Reply(
    ...     questionnaire="2006-20", version=1, country="KE", on=date(2026, 1, 31),
    ...     answers={"Q25": secret, "Q26": giving, "Q26(a)": both},
    ... )
    >>> left = open_part(reply, questionnaire=asked).answers
    >>> left["Q26(a)"].marks
    ('can-provide',)
    >>> with_traces(left, reply=reply, questionnaire=asked)["Q26(a)"].marks
    ('need', 'can-provide')
    """
    secret = {key for key, one in reply.answers.items() if one.confidential}
    held = _held_back(questionnaire, _given(reply, questionnaire), secret)
    marks, found = [one.key for one in questionnaire.marks], dict(sent)
    for item in questionnaire.items:
        # Where nothing was answered, only the other secrets tell whether it is the whole.
        is_whole = item.key in sent if item.key in reply.answers else bool(secret & set(sent))
        if item.key in held and not is_whole:
            _put_back_traces(item, found, reply.answers, marks)
    return found


def says_something(answer: Answer) -> bool:
    """Return whether an answer says anything.

    Examples
    --------
    >>> says_something(Answer(state=AnswerState.DRAFTED))
    False
    """
    if answer.state is AnswerState.NOT_APPLICABLE:
        return True
    words = (answer.text.strip(), answer.follow_up.strip())
    return bool(any(words) or answer.choice or answer.day or answer.marks or answer.rows)


def _given(reply: Reply, asked: Questionnaire) -> dict[str, Answer]:
    """Return the answers that say something to what is asked."""
    aside = set(find_route(asked, reply.answers).set_aside)
    return {
        key: one
        for key, one in reply.answers.items()
        if one.state is not AnswerState.OPEN and key not in aside and says_something(one)
    }


def _held_back(asked: Questionnaire, given: dict[str, Answer], secret: set[str]) -> set[str]:
    """Return the confidential items and those whose being asked tells a confidential answer.

    Conditions refer to earlier items only, so one pass settles it.
    """
    held = set(secret)
    telling: set[str] = set()
    for item in asked.items:
        if item.parent in telling or _tells(item, given, held):
            telling.add(item.key)
            held.add(item.key)
    return held


def _tells(item: Item, given: dict[str, Answer], held: set[str]) -> bool:
    openly = any(
        one.item not in held and chosen(given.get(one.item)) in one.choices for one in item.asked_if
    )
    return not openly and any(one.item in held for one in item.asked_if)


def _take_out_traces(item: Item, left: dict[str, Answer], own: Collection[str]) -> None:
    """Take out what a follow-up of a held-back answer left with other items.

    What says nothing without it goes as a whole: that it is there could tell as much.
    """
    asks = item.follow_up
    if asks is None:
        return
    touched = {asks.shared_with, *asks.items} & set(left) - set(own)
    for key in touched:
        told = left[key]
        if key == asks.shared_with:
            told = structs.replace(told, follow_up="", follow_up_day=None)
        if key in asks.items:
            marks = tuple(one for one in told.marks if one != asks.mark)
            told = structs.replace(told, marks=marks)
        left[key] = told
        if not says_something(told):
            del left[key]


def _put_back_traces(
    item: Item, found: dict[str, Answer], here: Mapping[str, Answer], marks: Sequence[str]
) -> None:
    """Put back what `_take_out_traces` took out, where nothing was written in its place."""
    asks = item.follow_up
    if asks is None:
        return
    for key in {asks.shared_with, *asks.items} & set(found) & set(here):
        told, was = found[key], here[key]
        if key == asks.shared_with and not told.follow_up and told.follow_up_day is None:
            told = structs.replace(told, follow_up=was.follow_up, follow_up_day=was.follow_up_day)
        if key in asks.items and asks.mark in was.marks:
            both = tuple(one for one in marks if one in {*told.marks, asks.mark})
            told = structs.replace(told, marks=both)
        found[key] = told
