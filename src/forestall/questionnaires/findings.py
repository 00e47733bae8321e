"""This file knows what can be found in a reply: kinds of finding, each explained, none a mark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import Message, message

if TYPE_CHECKING:
    from forestall.languages import Text


class FindingKind(StrEnum):
    """What kind of thing was found."""

    OPEN = "open"
    FOLLOW_UP = "follow-up"
    CONTRADICTION = "contradiction"
    DAY = "day"
    FORM = "form"
    SET_ASIDE = "set-aside"
    KEPT = "kept"
    UNCONFIRMED = "unconfirmed"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _KINDS[self]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to look at; it stands in the way of nothing.

    Attributes
    ----------
    kind
        What kind of thing it is.
    group, item, label
        Key of the section and of the item, and its number in print; "" for the reply itself.
    said
        What was found, in one sentence.
    """

    kind: FindingKind
    group: str
    item: str
    label: str
    said: Text


_KINDS = {
    FindingKind.OPEN: message("Still open"),
    FindingKind.FOLLOW_UP: message("Follow-ups that are missing"),
    FindingKind.CONTRADICTION: message("Answers that sit badly together"),
    FindingKind.DAY: message("Days to look at"),
    FindingKind.FORM: message("Answers of another form than asked"),
    FindingKind.SET_ASIDE: message("Answers set aside"),
    FindingKind.KEPT: message("Answers to an earlier version"),
    FindingKind.UNCONFIRMED: message("Not yet confirmed by an office"),
}
