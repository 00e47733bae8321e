"""This file knows what is asked of a study before its result is trusted, by domain of bias.

The domains follow the ideas of RoB 2 (Sterne et al. 2019, BMJ 366: l4898) for studies drawn by lot,
and of ROBINS-I (Sterne et al. 2016, BMJ 355: i4919) for others. Questions, rules and the domains
about places (choice of places, recording, spill-over, few places) are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


class Answer(StrEnum):
    """What an appraiser may answer; "probably" counts like the plain word (as in RoB 2)."""

    YES = "yes"
    PROBABLY_YES = "probably yes"
    PROBABLY_NO = "probably no"
    NO = "no"
    NO_INFORMATION = "no information"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _ANSWERS[self]

    @property
    def leans(self) -> bool | None:
        """Return true for the two sorts of yes, false for no, nothing for no information."""
        if self is Answer.NO_INFORMATION:
            return None
        return self in (Answer.YES, Answer.PROBABLY_YES)


class BiasRisk(IntEnum):
    """How far a result may be off for reasons other than chance; a higher number is graver."""

    LOW = 0
    SOME_CONCERNS = 1
    HIGH = 2
    CRITICAL = 3

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _RISKS[self]


class Family(StrEnum):
    """The two families of designs, each with a form of its own."""

    BY_LOT = "drawn by lot"
    WITHOUT_LOT = "comparison without lot"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _FAMILIES[self]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a domain.

    Attributes
    ----------
    key
        Its name in a form.
    asks
        The question.
    good
        Whether yes (true) or no (false) is the answer without concern.
    if_bad
        The risk that the other answer brings.
    eased_by
        A second question, asked only where the first is answered badly. Answered well, it takes the
        risk of the first down by one step; it never adds to it.
    """

    key: str
    asks: Message
    good: bool
    if_bad: BiasRisk
    eased_by: Easing | None = None


@dataclass(frozen=True, kw_only=True)
class Easing:
    """A second question, whose good answer is yes.

    Attributes
    ----------
    key
        Its name in a form.
    asks
        The question.
    """

    key: str
    asks: Message


@dataclass(frozen=True, kw_only=True)
class BiasDomain:
    """One way in which a result can go wrong.

    Attributes
    ----------
    key
        Its name in a table.
    words
        What it is about.
    questions
        What is asked, in order.
    """

    key: str
    words: Message
    questions: tuple[Question, ...]


_ANSWERS = {
    Answer.YES: message("yes"),
    Answer.PROBABLY_YES: message("probably yes"),
    Answer.PROBABLY_NO: message("probably no"),
    Answer.NO: message("no"),
    Answer.NO_INFORMATION: message("no information"),
}
_RISKS = {
    BiasRisk.LOW: message("low"),
    BiasRisk.SOME_CONCERNS: message("some concerns"),
    BiasRisk.HIGH: message("high"),
    BiasRisk.CRITICAL: message("critical"),
}
_FAMILIES = {
    Family.BY_LOT: message("drawn by lot"),
    Family.WITHOUT_LOT: message("comparison without lot"),
}
