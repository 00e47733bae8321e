"""This file knows which replies can be kept: countries, checksums, texts and days that can be.

Whether answers fit the questionnaire is not looked at here: that is explained, and never blocks.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from forestall.errors import InvalidQuestionnaire
from forestall.languages import Message, message
from forestall.questionnaires.soundness import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forestall.questionnaires.replies import Reply

MOST_LETTERS = 20_000
FIRST_YEAR, LAST_YEAR = 1800, 2200
_COUNTRY = re.compile("[A-Z]{2}")
_CHECKSUM = re.compile("[0-9a-f]{64}")
_MOST_SHOWN = 60


def check_sound_reply(reply: Reply) -> None:
    """Refuse a reply that cannot be kept, with the first fault.

    Raises
    ------
    InvalidQuestionnaire
        If the country is no code of two letters, a checksum is none, a text is longer than 20,000
        characters or cannot be written, or a day lies outside the years 1800 to 2200.

    Examples
    --------
    >>> from forestall.questionnaires.replies import Reply
    >>> check_sound_reply(
    ...     Reply(questionnaire="2006-20", version=1, country="Xland", on=date(2026, 1, 31))
    ... )
    Traceback (most recent call last):
        ...
    forestall.errors.InvalidQuestionnaire: A reply names its country by two capital letters, \
such as “AR”.
    """
    for fault in _faults(reply):
        raise InvalidQuestionnaire(fault)


def _faults(reply: Reply) -> Iterator[Message]:
    if not _COUNTRY.fullmatch(reply.country):
        yield message("A reply names its country by two capital letters, such as “AR”.")
    for place, value in _leaves(reply, ""):
        if isinstance(value, str):
            yield from _faults_of_text(place, value)
        elif isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
            yield message(
                "The day at {place} lies outside the years that a reply can be about.", place=place
            )


def _faults_of_text(place: str, text: str) -> Iterator[Message]:
    if len(text) > MOST_LETTERS:
        yield message(
            "The text at {place} has {found} characters, but {most} are the most.",
            place=place,
            found=len(text),
            most=MOST_LETTERS,
        )
    if UNWRITABLE.search(text):
        yield message("The text at {place} holds a sign that cannot be written.", place=place)
    if place.endswith(".sha256") and not _CHECKSUM.fullmatch(text):
        yield message(
            "The checksum at {place} needs 64 digits from 0 to 9 and a to f.", place=place
        )


def _leaves(value: object, place: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, Struct):
        for name in type(value).__struct_fields__:
            yield from _leaves(getattr(value, name), f"{place}.{name}" if place else name)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _key(key, place)
            yield from _leaves(one, f"{place}.{key[:_MOST_SHOWN]}")
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from _leaves(one, f"{place}[{at}]")
    else:
        yield place, value


def _key(key: str, place: str) -> Iterator[tuple[str, object]]:
    """Yield a key as a text too, because it is written like one."""
    yield place, key
