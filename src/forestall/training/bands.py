"""This file knows in which steps it is told how many people of a body have a skill.

An exact number, read before and after somebody was counted, or beside a log of who said something
when, tells what one person can do. A step tells that only where it ends; so steps are wide, the
first begins at three people, and the number itself is shown nowhere and leaves with no file.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


class PeopleBand(StrEnum):
    """How many people have a skill: nobody, or one of three steps."""

    NOBODY = "nobody"
    THREE_TO_FIVE = "3-to-5"
    SIX_TO_TEN = "6-to-10"
    MORE_THAN_TEN = "more-than-10"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written.

        Examples
        --------
        >>> [str(one.words) for one in PeopleBand]
        ['nobody', '3 to 5 people', '6 to 10 people', 'more than 10 people']
        """
        return _WORDS[self]

    @property
    def least(self) -> int:
        """Return the fewest people of it: all that a record needs to keep."""
        return _LEAST[self]


def band_of(people: int | None) -> PeopleBand | None:
    """Return the step of a number; None for one or two people, and where nobody was counted.

    Examples
    --------
    >>> [band_of(one) for one in (None, 2)]
    [None, None]
    >>> [band_of(one).value for one in (0, 3, 5, 6, 10, 11)]
    ['nobody', '3-to-5', '3-to-5', '6-to-10', '6-to-10', 'more-than-10']
    """
    if people == 0:
        return PeopleBand.NOBODY
    reached = [one for one in PeopleBand if one.least and people and people >= one.least]
    return reached[-1] if reached else None


_LEAST = {
    PeopleBand.NOBODY: 0,
    PeopleBand.THREE_TO_FIVE: 3,
    PeopleBand.SIX_TO_TEN: 6,
    PeopleBand.MORE_THAN_TEN: 11,
}

_WORDS = {
    PeopleBand.NOBODY: message("nobody"),
    PeopleBand.THREE_TO_FIVE: message("3 to 5 people"),
    PeopleBand.SIX_TO_TEN: message("6 to 10 people"),
    PeopleBand.MORE_THAN_TEN: message("more than 10 people"),
}
