"""This file knows the record of a need of technical assistance, and of an offer.

A need is a request. Nothing in it ranks who asks: its priority is what its owner states, as
question 26(m) of 2006/20 asks for it.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the records are built from their types
from enum import StrEnum

from msgspec import Struct

from forestall.assistance.areas import Area  # noqa: TC001
from forestall.languages import Message, Texts, message


class Priority(StrEnum):
    """Whether the owner of a need names its area a priority (2006/20 Q26(m))."""

    NAMED = "named"
    NOT_NAMED = "not-named"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _PRIORITIES[self]


class Cost(StrEnum):
    """A cost of a mission that one side bears."""

    TRAVEL = "travel"
    STAY = "stay"
    FEES = "fees"
    INTERPRETING = "interpreting"
    MATERIALS = "materials"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _COSTS[self]


class Window(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days on which help can take place: the first and the last, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1


class Need(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Help that a state, a region or a city asks for.

    Attributes
    ----------
    key
        Short name that stays.
    owner
        Who asks: a body, never a person.
    area
        One of the twelve; who needs help in two areas states two needs.
    title
        What is asked for.
    languages
        In which the owner can work, the one it works in best first.
    regions
        Names of the regions that the place belongs to, such as "africa", "west-africa".
    window, days
        When the help can take place, and how many days it takes at least.
    asked
        When the need was stated; from then on it waits.
    priority
        What the owner states.
    must_cover
        Costs that the owner cannot bear, so that the offer has to.
    """

    key: str
    owner: Texts
    area: Area
    languages: tuple[str, ...]
    regions: tuple[str, ...]
    window: Window
    asked: date
    title: Texts = {}
    days: int = 1
    priority: Priority = Priority.NOT_NAMED
    must_cover: tuple[Cost, ...] = ()


class Offer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Help that a state, an organisation or an institute can give.

    Attributes
    ----------
    key
        Short name that stays.
    owner
        Who offers: a body, never a person.
    areas
        Those of the twelve that it can help in.
    title
        What is offered.
    languages
        In which it can work.
    regions
        Regions that it serves; none means every region.
    window
        When it can take place.
    covers
        Costs that it bears.
    capacity
        How many needs it can answer in its window.
    """

    key: str
    owner: Texts
    areas: tuple[Area, ...]
    languages: tuple[str, ...]
    window: Window
    title: Texts = {}
    regions: tuple[str, ...] = ()
    covers: tuple[Cost, ...] = ()
    capacity: int = 1


_PRIORITIES = {
    Priority.NAMED: message("named a priority by who asks"),
    Priority.NOT_NAMED: message("not named a priority"),
}

_COSTS = {
    Cost.TRAVEL: message("travel"),
    Cost.STAY: message("board and lodging"),
    Cost.FEES: message("fees"),
    Cost.INTERPRETING: message("interpreting"),
    Cost.MATERIALS: message("materials"),
}
