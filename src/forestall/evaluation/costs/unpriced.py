"""This file knows what money does not measure: a list that stands beside every balance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from forestall.errors import InvalidMoney
from forestall.languages import Message, message


class Direction(StrEnum):
    """Which way something that has no price would move the balance."""

    FOR = "for the measure"
    AGAINST = "against the measure"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, kw_only=True)
class NotPriced:
    """Something that matters and has no price here.

    Attributes
    ----------
    what
        What it is.
    why
        Why it has no price.
    who
        Whom it concerns.
    direction
        Which way it would move the balance.

    Examples
    --------
    >>> NotPriced(what="fear of walking home", why="asked in a survey, no price",
    ...     who="residents", direction=Direction.FOR).what
    'fear of walking home'
    """

    what: str
    why: str
    who: str
    direction: Direction = Direction.NOT_KNOWN

    def __post_init__(self) -> None:
        if not (self.what and self.why and self.who):
            raise InvalidMoney(
                message("What is not priced says what it is, why, and whom it concerns.")
            )


def questions_about_the_unpriced() -> tuple[Message, ...]:
    """Return what to ask before a list of the unpriced is called complete.

    Examples
    --------
    >>> str(questions_about_the_unpriced()[0])
    'Do people feel safer, or more afraid?'
    """
    return _QUESTIONS


_QUESTIONS = (
    message("Do people feel safer, or more afraid?"),
    message("Is trust in neighbours, the city or the police higher or lower?"),
    message("Is anyone watched, kept out or stigmatised?"),
    message("Do those with least gain or lose?"),
    message("What did volunteers and residents give that nobody counted?"),
    message("What could the same money and people have done elsewhere?"),
    message("What will be different for children in ten years?"),
)
