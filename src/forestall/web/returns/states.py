"""This file knows how far a national reply is."""

from __future__ import annotations

from enum import StrEnum

from forestall.languages import Message, message


class ReturnState(StrEnum):
    """How far a national reply is."""

    DRAFTING = "drafting"
    SIGNED = "signed"
    SUBMITTED = "submitted"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _STATES[self]


_STATES = {
    ReturnState.DRAFTING: message("being written"),
    ReturnState.SIGNED: message("signed by two people"),
    ReturnState.SUBMITTED: message("submitted and frozen"),
}
