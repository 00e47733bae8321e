"""This file knows in which ways places can be given a measure by lot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class Simple:
    """Every place has the same chance; ``treated`` places get the measure, half if None."""

    treated: int | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that the design needs."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """Lots are drawn within blocks of places that share the values of some columns.

    ``treated_share`` of each block gets the measure, rounded to the nearest number and down at a
    half.
    """

    by: tuple[str, ...]
    treated_share: float = 0.5

    def __post_init__(self) -> None:
        if not self.by:
            raise ValueError("Blocks are made by one column or more.")
        if not 0 < self.treated_share < 1:
            raise ValueError("The share treated lies between 0 and 1.")

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that the design needs."""
        return self.by


@dataclass(frozen=True, kw_only=True)
class MatchedPairs:
    """Places most alike in some numbers form pairs, and the lot decides within each."""

    on: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.on:
            raise ValueError("Pairs are made by one column or more.")

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that the design needs."""
        return self.on


@dataclass(frozen=True, kw_only=True)
class SteppedWedge:
    """All places get the measure, and the lot decides when: as many at each date as can be.

    Within blocks of the columns ``by``, if any.
    """

    starts: tuple[date, ...]
    by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.starts) < 2:
            raise ValueError("A stepped wedge has two dates or more.")
        if list(self.starts) != sorted(set(self.starts)):
            raise ValueError("The dates of a stepped wedge are different and in order.")

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that the design needs."""
        return self.by


TrialDesign = Simple | Blocked | MatchedPairs | SteppedWedge


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Lots are drawn again until the arms are alike (Morgan & Rubin 2012, Annals of Statistics 40).

    The largest difference of means between treated and comparison places, in standard deviations
    of all places, must not be larger in any column. The analysis draws by the same rule. In a
    stepped wedge the earlier half is held against the later.
    """

    on: tuple[str, ...]
    largest_difference: float = 0.25
    most_tries: int = 10_000

    def __post_init__(self) -> None:
        if not self.largest_difference > 0:
            raise ValueError("The largest difference is above zero.")
