"""This file knows the blocks of a form that people fill in by hand: boxes, lines, empty tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forestall.languages import Text


class Blank(Enum):
    """What stands in a cell of an empty table: a box to tick, room to write, or nothing."""

    BOX = "box"
    ROOM = "room"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with its number; what follows stays with it on one page.

    Attributes
    ----------
    when
        When it is asked, where it is not always.
    soft
        Said in small letters under it: what it is about.
    inside
        Whether it stands under another question.
    """

    number: Text
    text: Text
    when: Text = ""
    soft: Text = ""
    inside: bool = False


@dataclass(frozen=True)
class TickBoxes:
    """Boxes in a row, with their words; nothing is ticked."""

    boxes: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class WritingRoom:
    """Empty lines, under what is to be written on them."""

    lead: Text = ""
    lines: int = 3


@dataclass(frozen=True, kw_only=True)
class ShortFields:
    """Empty fields side by side, each under its name, for a word or a number.

    Attributes
    ----------
    lead
        What is asked, where it is no heading above.
    narrow
        Whether a few digits suffice in each, as in a date.
    """

    names: tuple[Text, ...]
    lead: Text = ""
    narrow: bool = False


@dataclass(frozen=True, kw_only=True)
class EmptyTable:
    """A table to fill in; a cell holds words that are there already, or a `Blank`."""

    heads: tuple[Text, ...]
    rows: tuple[tuple[Text | Blank, ...], ...]
    title: Text = ""


FormBlock = Asked | TickBoxes | WritingRoom | ShortFields | EmptyTable
