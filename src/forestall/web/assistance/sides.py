"""This file knows the two sides of a proposal."""

from __future__ import annotations

from enum import StrEnum

from forestall.languages import Message, message


class Side(StrEnum):
    """Who answers a proposal: who asks for help, and who offers it."""

    NEED = "need"
    OFFER = "offer"

    @property
    def words(self) -> Message:
        """Return the words for it, translated when written."""
        return _SIDES[self]

    @property
    def other(self) -> Side:
        """Return the other side."""
        return Side.OFFER if self is Side.NEED else Side.NEED


_SIDES = {Side.NEED: message("who asks"), Side.OFFER: message("who offers")}
