"""This file knows the words of a questionnaire: kinds of answer, choices, levels, states.

The kinds are those that the instruments use: yes, yes in part, no and not applicable, a text, a
date, boxes to mark in a row of a table, and a table with rows of its own (2006/20; 1997/34 ¶2).
"""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import NoReturn

from forestall.languages import Message, message
from forestall.questionnaires.refusals import refuse_ranking


class AnswerType(StrEnum):
    """What an item is answered with; a heading is answered by the items under it."""

    HEADING = "heading"
    CHOICE = "choice"
    TEXT = "text"
    DATE = "date"
    MARKS = "marks"
    TABLE = "table"


class Choice(Enum):
    """What can be chosen. Choices have no order: "yes" is no more than "no".

    Examples
    --------
    >>> max(Choice.YES, Choice.NO)
    Traceback (most recent call last):
        ...
    forestall.errors.RankingRefused: States are not put in an order by what they answered, \
because the questionnaire is no scorecard (2006/20 annex).
    """

    YES = "yes"
    PARTLY = "yes-in-part"
    NO = "no"
    NOT_APPLICABLE = "not-applicable"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _CHOICES[self]

    def __lt__(self, other: object) -> NoReturn:
        """Refuse an order."""
        refuse_ranking()

    __le__ = __gt__ = __ge__ = __lt__


class FollowUpType(StrEnum):
    """What a follow-up asks for: a text, a text with a date, or marks in a table."""

    TEXT = "text"
    TEXT_AND_DATE = "text-and-date"
    TABLE = "table"


class CellType(StrEnum):
    """What stands in a column of a table."""

    TEXT = "text"
    DATE = "date"


class Level(StrEnum):
    """The level of government that an item is about."""

    NATIONAL = "national"
    REGIONAL = "regional"
    LOCAL = "local"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _LEVELS[self]


class Basis(StrEnum):
    """Who links an item to paragraphs: the instrument in print, or our judgement."""

    PRINTED = "printed"
    JUDGEMENT = "judgement"


class AnswerState(StrEnum):
    """How far an answer is; "not applicable" means that the question does not fit the state."""

    OPEN = "open"
    DRAFTED = "drafted"
    NOT_APPLICABLE = "not-applicable"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _STATES[self]


class SourceKind(StrEnum):
    """What an answer was drawn from."""

    PLAN = "plan"
    DIAGNOSIS = "diagnosis"
    EVALUATION = "evaluation"
    SURVEY = "survey"
    PRACTICE = "practice"
    EARLIER_REPLY = "earlier-reply"
    OFFICE = "office"
    DOCUMENT = "document"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _SOURCES[self]


class StepKind(StrEnum):
    """What became of items between two versions of a questionnaire."""

    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"


_CHOICES = {
    Choice.YES: message("yes"),
    Choice.PARTLY: message("yes, in part"),
    Choice.NO: message("no"),
    Choice.NOT_APPLICABLE: message("not applicable"),
}
_LEVELS = {
    Level.NATIONAL: message("national"),
    Level.REGIONAL: message("regional"),
    Level.LOCAL: message("local"),
}
_STATES = {
    AnswerState.OPEN: message("open"),
    AnswerState.DRAFTED: message("drafted"),
    AnswerState.NOT_APPLICABLE: message("not applicable"),
}
_SOURCES = {
    SourceKind.PLAN: message("plan"),
    SourceKind.DIAGNOSIS: message("diagnosis"),
    SourceKind.EVALUATION: message("evaluation"),
    SourceKind.SURVEY: message("survey"),
    SourceKind.PRACTICE: message("practice"),
    SourceKind.EARLIER_REPLY: message("earlier reply"),
    SourceKind.OFFICE: message("office"),
    SourceKind.DOCUMENT: message("document"),
}
