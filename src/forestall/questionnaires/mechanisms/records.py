"""This file knows one row on a mechanism: what it asks, how near that is, and who says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Message, message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Nearness(StrEnum):
    """How near a question of a mechanism is to an item, the nearest first."""

    SAME = "same"
    IN_PART = "in-part"
    BACKGROUND = "background"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _NEARNESS[self]


class Confidence(StrEnum):
    """How sure the link between two questions is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _CONFIDENCE[self]


@dataclass(frozen=True, kw_only=True)
class MechanismItem:
    """That a mechanism asks what an item of a questionnaire asks.

    Attributes
    ----------
    questionnaire, item
        Short name of the questionnaire, and key of its item.
    mechanism, asks, note
        Its name, what it asks, and what differs or was not read; from the tag of a language to the
        words.
    document, place, address
        The source, where in it, and the address of the copy that was read.
    read_on
        The day on which it was read.
    """

    questionnaire: str
    item: str
    mechanism: Mapping[str, str]
    asks: Mapping[str, str]
    near: Nearness
    document: str
    place: str
    confidence: Confidence
    read_on: date
    address: str = ""
    note: Mapping[str, str] = field(default_factory=dict)


_NEARNESS = {
    Nearness.SAME: message("the same"),
    Nearness.IN_PART: message("in part"),
    Nearness.BACKGROUND: message("background"),
}
_CONFIDENCE = {
    Confidence.HIGH: message("high"),
    Confidence.MEDIUM: message("medium"),
    Confidence.LOW: message("low"),
}
