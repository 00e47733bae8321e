"""This file knows how the treated places can have been chosen."""

from enum import StrEnum


class PlaceChoice(StrEnum):
    """How the treated places were chosen; what may be concluded hangs on it."""

    RANDOM = "by lot"
    RECENT_COUNTS = "for many recent incidents"
    CONVENIENCE = "for other reasons"
    ALL = "all places"
    UNKNOWN = "not known"
