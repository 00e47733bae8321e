"""This file knows the pictures of a plan: its timetable, how it should work, its money, a measure.

They show what stands in a plan: what a city typed, or what the workspace computed and protected
before it came there. So they carry plain values, and need no protected table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from forestall.languages import message
from forestall.publication.seen_digits import shown_digits

if TYPE_CHECKING:
    from datetime import date

    from forestall.languages import Text


class BarState(StrEnum):
    """How far a step is; each has a shape of its own, so that it is seen without colours."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    LATE = "late"
    DROPPED = "dropped"

    @property
    def words(self) -> Text:
        """Return what the shape of the bar means, for the key."""
        return {
            BarState.PLANNED: message("planned"),
            BarState.UNDER_WAY: message("under way"),
            BarState.DONE: message("done"),
            BarState.LATE: message("late"),
            BarState.DROPPED: message("dropped"),
        }[self]


@dataclass(frozen=True, kw_only=True)
class TimetableBar:
    """One step, from its first to its last day, both included."""

    words: Text
    first: date
    last: date
    state: BarState


@dataclass(frozen=True, kw_only=True)
class TimetableGroup:
    """The steps of one action, under its name."""

    words: Text
    bars: tuple[TimetableBar, ...]


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """What is done when: steps by action, reviews, and today.

    About twenty-five steps stand on a page of paper; a longer timetable is cut into several.

    Attributes
    ----------
    first, last
        First and last day of the axis; what lies outside is drawn at its edge.
    today
        Drawn as a line, with `today_words`; None where it lies outside, or is not to be shown.
    reviews
        Days on which the plan is looked at again.
    has_key
        Whether the shapes are explained below.
    """

    first: date
    last: date
    groups: tuple[TimetableGroup, ...]
    today: date | None
    has_key: bool
    today_words: Text
    reviews_words: Text
    reviews: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LogicBox:
    """One of the five boxes: its name, what is in it, and what stands there if nothing is."""

    words: Text
    items: tuple[Text, ...]
    empty: Text


@dataclass(frozen=True, kw_only=True)
class LogicModel:
    """From means to problems in five boxes, in the direction of reading.

    Attributes
    ----------
    most
        So many entries of a box are drawn; how many more there are is written below them.
    """

    boxes: tuple[LogicBox, ...]
    most: int = 6


@dataclass(frozen=True, kw_only=True)
class MoneyRow:
    """One amount, printed, and its share in the whole from 0 to 1."""

    words: Text
    shown: Text
    share: float

    def __post_init__(self) -> None:
        """Keep the digits that can be seen in the drawing."""
        object.__setattr__(self, "share", shown_digits(float(self.share)))


@dataclass(frozen=True, kw_only=True)
class MoneyBars:
    """Amounts under each other, each with a bar from zero on one scale: that of the whole."""

    rows: tuple[MoneyRow, ...]


@dataclass(frozen=True, kw_only=True)
class PathPoint:
    """One value of an indicator, as printed and as drawn, with its interval if it has one."""

    on: date
    value: float
    shown: Text
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        """Keep the digits that can be seen in the drawing."""
        for name in ("value", "low", "high"):
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, shown_digits(float(given)))


@dataclass(frozen=True, kw_only=True)
class IndicatorPath:
    """A measure since its baseline, and the straight way to its target.

    Attributes
    ----------
    points
        The baseline first, then what was measured; one at least.
    target
        Value and day; None where there is none yet.
    target_words
        What stands beside the target.
    """

    points: tuple[PathPoint, ...]
    target_words: Text
    target: PathPoint | None = None
