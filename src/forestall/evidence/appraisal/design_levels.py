"""This file knows how far a design alone can tell an effect from other reasons: five levels.

Sources: Sherman et al. (1997), Preventing Crime; Farrington, Gottfredson, Sherman & Welsh (2002),
The Maryland Scientific Methods Scale; in our words, for measures in places. The level looks at the
design only. How well it was carried out is for `judge_risk_of_bias`.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from forestall.evidence.vocabulary import Design
from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message


class DesignLevel(IntEnum):
    """The five levels; a higher one leaves fewer other reasons for what was found."""

    ONE_TIME = 1
    BEFORE_AFTER = 2
    COMPARED = 3
    ALIKE = 4
    BY_LOT = 5

    @property
    def words(self) -> Message:
        """Return what was compared at this level, translated when written."""
        return _WORDS[self]


def level_of_design(design: Design) -> DesignLevel | None:
    """Return the level that a design reaches by itself, or nothing where it cannot be told.

    A comparison without lot is level 3 until it is shown that several places were alike before or
    that differences were allowed for (level 4). A series without comparison stays at level 2, as in
    the sources, though a long one rules out more than two points in time. Several designs together,
    or one that is not stated, have no level.

    Examples
    --------
    >>> level_of_design(Design.CONTROLLED)
    <DesignLevel.COMPARED: 3>
    >>> level_of_design(Design.MIXED) is None
    True
    """
    return _OF_DESIGN[design]


_WORDS = {
    DesignLevel.ONE_TIME: message("measure and outcome go together at one time"),
    DesignLevel.BEFORE_AFTER: message("before and after, without a comparison that is alike"),
    DesignLevel.COMPARED: message("before and after, in treated and comparable places"),
    DesignLevel.ALIKE: message(
        "before and after in several treated and untreated places, allowing for differences"
    ),
    DesignLevel.BY_LOT: message("places or people drawn by lot"),
}
_OF_DESIGN = {
    Design.RANDOMISED: DesignLevel.BY_LOT,
    Design.CONTROLLED: DesignLevel.COMPARED,
    Design.MIXED: None,
    Design.SERIES: DesignLevel.BEFORE_AFTER,
    Design.BEFORE_AFTER: DesignLevel.BEFORE_AFTER,
    Design.ASSOCIATION: DesignLevel.ONE_TIME,
    Design.NOT_STATED: None,
}
