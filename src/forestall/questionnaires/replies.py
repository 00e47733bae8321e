"""This file knows the record of a reply: the answers of one state to one questionnaire.

An answer says how far it is, in which language its text is, what it was drawn from, whether it is
confidential and which office confirmed it. Replies of states have no order.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types
from typing import NoReturn

from msgspec import Struct

from forestall.languages import Texts  # noqa: TC001
from forestall.questionnaires.refusals import refuse_ranking
from forestall.questionnaires.vocabulary import AnswerState, Choice, SourceKind


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an answer was drawn from.

    Attributes
    ----------
    kind, name
        What it is, and how it is called.
    reference
        Its key, address or page, by which it can be found.
    dated
        The day it is of.
    """

    kind: SourceKind
    name: str
    reference: str = ""
    dated: date | None = None


class Attachment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that shows what an answer says: its name, and the SHA-256 of its bytes."""

    name: str
    sha256: str


class Confirmation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which office confirmed an answer, never which person, and when."""

    by: str
    on: date


class Unordered(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record that refuses to be put in an order with others."""

    def __lt__(self, other: object) -> NoReturn:
        """Refuse an order."""
        refuse_ranking()

    __le__ = __gt__ = __ge__ = __lt__


class Answer(Unordered, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The answer to one item.

    Attributes
    ----------
    state
        How far it is.
    choice, text, day
        For an item with choices, of text, of a date; a text also says why one does not apply.
    marks
        Keys of the boxes that are marked.
    rows
        Of a table: from the key of a column to what stands in it, days as 2026-01-31.
    follow_up, follow_up_day
        What the follow-up asks for.
    language
        Tag of the language of its texts, such as "fr".
    confidential
        Whether it may be read only by those who write the reply.
    sources, attachments
        What it was drawn from, and the files that show it.
    confirmed
        Which office stands by it; None while none does.
    """

    state: AnswerState = AnswerState.OPEN
    choice: Choice | None = None
    text: str = ""
    day: date | None = None
    marks: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    follow_up: str = ""
    follow_up_day: date | None = None
    language: str = ""
    confidential: bool = False
    sources: tuple[Source, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    confirmed: Confirmation | None = None


class Kept(Unordered, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer that a later version of the questionnaire has no place for.

    Attributes
    ----------
    item, version
        Which item of which version it answered.
    why
        Why it was not carried over.
    into
        Keys of the items that ask about it from now on.
    """

    item: str
    version: int
    answer: Answer
    why: Texts = {}
    into: tuple[str, ...] = ()


class Reply(Unordered, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one state replies to one questionnaire.

    Attributes
    ----------
    format
        The version of this record; 1.
    questionnaire, version
        Its key, and the number of its version.
    country
        ISO 3166-1 alpha-2.
    office
        The office that replies, never a person.
    on
        The day as of which the answers hold.
    answers
        From the key of an item to its answer; the order means nothing.
    kept
        Answers to earlier versions that could not be carried over.
    """

    questionnaire: str
    version: int
    country: str
    on: date
    office: str = ""
    answers: dict[str, Answer] = {}
    kept: tuple[Kept, ...] = ()
    format: int = 1
