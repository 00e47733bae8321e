"""This file knows that more waits for people than plans: apps that stand above say what.

Each registers here, when the workspace starts, what it says of a person and a day. The first page
and the digest tell it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Protocol

    from forestall.languages import Message
    from forestall.web.people.models import Person

    class Also(Protocol):
        """What an app says that waits for a person."""

        def __call__(self, person: Person, *, today: date) -> Iterable[Waiting]:
            """Return what waits on the day."""


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person, and the address of its page."""

    said: Message
    address: str


_ALSO: list[Also] = []


def also_waits(also: Also) -> Also:
    """Register what says what else waits for a person."""
    if also not in _ALSO:
        _ALSO.append(also)
    return also


def also_waiting(person: Person, *, today: date) -> tuple[Waiting, ...]:
    """Return all that waits for a person beside plans."""
    return tuple(one for also in _ALSO for one in also(person, today=today))
