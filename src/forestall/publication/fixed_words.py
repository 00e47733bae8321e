"""This file knows the words that every writer puts around the blocks of a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forestall.languages import say

if TYPE_CHECKING:
    from forestall.results import Certainty

_STRENGTH = {"CLEAR": 4, "PROBABLE": 3, "SIGN": 2, "CHANCE": 1, "LITTLE_CHANGED": 0}


@dataclass(frozen=True, kw_only=True)
class FixedWords:
    """Words of the writers, in the language in force when they were asked for."""

    skip: str
    contents: str
    downloads: str
    bar: str
    interval: str
    change: str
    too_few: str
    hidden: str
    command: str


def fixed_words() -> FixedWords:
    """Return the words in the language in force.

    Examples
    --------
    >>> fixed_words().contents
    'Contents'
    """
    return FixedWords(
        skip=say("Go to the summary"),
        contents=say("Contents"),
        downloads=say("Download:"),
        bar=say("Bar"),
        interval=say("95 % interval, drawn"),
        change=say("Change (95 % interval), how sure"),
        too_few=say("too few to compare"),
        hidden=say("number not shown"),
        command=say("Command"),
    )


def strength(certainty: Certainty) -> int:
    """Return how strong a chip looks: 4 for clear, 0 for little changed.

    Examples
    --------
    >>> from forestall.results import Certainty
    >>> strength(Certainty.CLEAR)
    4
    """
    return _STRENGTH[certainty.name]
