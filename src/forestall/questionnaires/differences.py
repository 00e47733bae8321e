"""This file knows what a state answered before: its earlier reply beside each question.

Two replies of the same state are compared over time. Replies of two states are not compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec import Struct

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Listing, message, plural_message
from forestall.questionnaires.checking import check_same, label_of
from forestall.questionnaires.refusals import refuse_ranking
from forestall.questionnaires.routing import find_route
from forestall.questionnaires.vocabulary import AnswerState, AnswerType, Choice

if TYPE_CHECKING:
    import pandas as pd

    from forestall.languages import Text
    from forestall.questionnaires.records import Item, Questionnaire
    from forestall.questionnaires.replies import Answer, Kept, Reply


@dataclass(frozen=True, kw_only=True)
class AnswerChange:
    """One part of an answer that is not as it was.

    Attributes
    ----------
    item, label
        Key of the item, and its number in print.
    field
        What it is called.
    old, new
        As it was and as it is; "" for nothing.
    """

    item: str
    label: str
    field: Text
    old: Text
    new: Text


@dataclass(frozen=True, kw_only=True)
class BesideEarlier:
    """A question with the answer now and the answer before.

    Attributes
    ----------
    item
        What is asked.
    is_asked
        Whether it is asked, given the other answers now.
    now, before
        The two answers; None where there is none.
    kept
        Answers to earlier versions that ask about the same.
    changes
        What differs.
    """

    item: Item
    is_asked: bool
    now: Answer | None
    before: Answer | None
    kept: tuple[Kept, ...]
    changes: tuple[AnswerChange, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class ReplyDifferences:
    """Two replies of the same state, question by question, in the order of the questionnaire."""

    questions: tuple[BesideEarlier, ...]

    @property
    def changes(self) -> tuple[AnswerChange, ...]:
        """Return every change."""
        return tuple(change for one in self.questions for change in one.changes)

    @property
    def table(self) -> pd.DataFrame:
        """Return a row for each change, in the language in force.

        Columns: ``item``, ``label``, ``field``, ``old``, ``new``.
        """
        import pandas as pd

        columns = ["item", "label", "field", "old", "new"]
        rows = [
            (one.item, one.label, str(one.field), str(one.old), str(one.new))
            for one in self.changes
        ]
        return pd.DataFrame(rows, columns=columns)

    def summary(self) -> str:
        """Return in one plain sentence how many answers changed."""
        changed = sum(bool(one.changes) for one in self.questions)
        return str(
            plural_message(
                "{count} answer is not as it was.", "{count} answers are not as they were.", changed
            )
        )


def compare_replies(
    earlier: Reply, later: Reply, *, questionnaire: Questionnaire
) -> ReplyDifferences:
    """Put the earlier reply of a state beside its later one, question by question.

    Parameters
    ----------
    earlier, later
        Of the same state, to the same version; `migrate_reply` brings an earlier one there.
    questionnaire
        To which both reply.

    Raises
    ------
    RankingRefused
        If they are of two states.
    InvalidQuestionnaire
        If one is a reply to something else.

    Examples
    --------
    >>> from datetime import date
    >>> from forestall.questionnaires.definitions import read_definition
    >>> from forestall.questionnaires.replies import Answer, Reply
    >>> answers = {"Q6": Answer(state=AnswerState.DRAFTED, choice=Choice.NO)}
    >>> before = Reply(
    ...     questionnaire="2006-20", version=1, country="XX", on=date(2021, 1, 31), answers=answers
    ... )
    >>> after = Reply(questionnaire="2006-20", version=1, country="XX", on=date(2026, 1, 31))
    >>> found = compare_replies(before, after, questionnaire=read_definition("2006-20"))
    >>> [(one.label, str(one.field), str(one.old), str(one.new)) for one in found.changes]
    [('6', 'state', 'drafted', ''), ('6', 'choice', 'no', '')]
    """
    if earlier.country != later.country:
        refuse_ranking()
    for reply in (earlier, later):
        check_same(reply, questionnaire)
    if earlier.on > later.on:
        raise InvalidQuestionnaire(message("The earlier reply is of a later day than the other."))
    asked = find_route(questionnaire, later.answers).asked
    return ReplyDifferences(
        questions=tuple(
            _beside(item, item.key in asked, earlier, later)
            for item in questionnaire.items
            if item.type is not AnswerType.HEADING
        )
    )


def _beside(item: Item, is_asked: bool, earlier: Reply, later: Reply) -> BesideEarlier:
    now, before = later.answers.get(item.key), earlier.answers.get(item.key)
    kept = tuple(one for one in (*earlier.kept, *later.kept) if item.key in one.into)
    return BesideEarlier(
        item=item,
        is_asked=is_asked,
        now=now,
        before=before,
        kept=tuple(dict((one.item, one) for one in kept).values()),
        changes=tuple(_changes(item, before, now)),
    )


def _changes(item: Item, before: Answer | None, now: Answer | None) -> list[AnswerChange]:
    return [
        AnswerChange(
            item=item.key,
            label=label_of(item),
            field=said,
            old=_told(item, getattr(before, field, None)),
            new=_told(item, getattr(now, field, None)),
        )
        for field, said in _FIELDS.items()
        if (getattr(before, field, None) or None) != (getattr(now, field, None) or None)
    ]


_FIELDS = {
    "state": message("state"),
    "choice": message("choice"),
    "text": message("text"),
    "day": message("day"),
    "marks": message("marks"),
    "rows": message("rows of the table"),
    "follow_up": message("follow-up"),
    "follow_up_day": message("date of the follow-up"),
    "language": message("language of the text"),
    "confidential": message("confidential"),
    "sources": message("sources"),
    "attachments": message("files"),
    "confirmed": message("confirmed by"),
}


def _told(item: Item, value: object) -> Text:
    """Return a value in words; lists and records by their names."""
    if isinstance(value, (Choice, AnswerState)):
        return value.words
    if value is True:
        return message("yes")
    if not value:
        return ""
    if isinstance(value, tuple):
        return Listing([_named(one) for one in value])
    return _named(value)


def _named(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(cell for cell in value.values() if cell)
    if isinstance(value, Struct):
        named = getattr(value, "name", "") or getattr(value, "by", "")
        return str(named)
    return str(value)
