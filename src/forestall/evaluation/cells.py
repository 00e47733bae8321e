"""This file knows the counts of a comparison: before and after, treated and not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from forestall.errors import InvalidRecords
from forestall.estimates.estimates import Sample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from forestall.estimates.estimates import Span

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class BeforeAfter:
    """Incidents in some places before and after a measure began.

    Attributes
    ----------
    before, after
        Whole numbers of incidents.
    before_days, after_days
        Lengths of both periods in days. Without them both are taken as equally long.
    size
        How large the places are, as street length, homes or area; one unit for all. It matters for
        differences only, where 20 more in a place ten times as large are not 20 more.

    Examples
    --------
    >>> BeforeAfter(before=120, after=45, before_days=365, after_days=182.5).after_scaled
    90.0
    """

    before: int
    after: int
    before_days: float = 1.0
    after_days: float = 1.0
    size: float = 1.0

    def __post_init__(self) -> None:
        for count in (self.before, self.after):
            if not (math.isfinite(count) and count >= 0 and count == int(count)):
                raise InvalidRecords(
                    f"Incidents before and after are whole numbers from 0, but one is {count}."
                )
        for length in (self.before_days, self.after_days, self.size):
            if not (math.isfinite(length) and length > 0):
                raise InvalidRecords(
                    f"Days and sizes are numbers above 0, but one of them is {length}."
                )

    @property
    def after_scaled(self) -> float:
        """Return the incidents after as they would be over the length of the time before."""
        return self.after * self.before_days / self.after_days


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The counts that a comparison of before and after needs.

    Attributes
    ----------
    treated, comparison
        The places with the measure, and places like them without it.
    buffer
        The surroundings of the treated places, where incidents may have moved to.
    buffer_comparison
        Surroundings of the comparison places.
    before, after
        The days of both times, kept in the record of each effect; None if not stated.
    treated_places, comparison_places
        How many places there are in each group.

    Examples
    --------
    >>> cells = Cells(treated=BeforeAfter(before=207, after=110),
    ...     comparison=BeforeAfter(before=308, after=318))
    >>> cells.incidents
    943
    """

    treated: BeforeAfter
    comparison: BeforeAfter
    buffer: BeforeAfter | None = None
    buffer_comparison: BeforeAfter | None = None
    before: Span | None = None
    after: Span | None = None
    treated_places: int = 1
    comparison_places: int = 1

    def __post_init__(self) -> None:
        if self.buffer_comparison is not None and self.buffer is None:
            raise InvalidRecords(
                "A comparison of the surroundings needs the surroundings of the treated places too."
            )

    @property
    def sample(self) -> Sample:
        """Return what a comparison of these counts is made from."""
        return Sample(
            treated_places=self.treated_places,
            comparison_places=self.comparison_places,
            observations=2 * len(self.groups),
            incidents=self.incidents,
            before=self.before,
            after=self.after,
        )

    @property
    def groups(self) -> tuple[BeforeAfter, ...]:
        """Return the groups that are there, treated first."""
        every = (self.treated, self.comparison, self.buffer, self.buffer_comparison)
        return tuple(group for group in every if group is not None)

    @property
    def incidents(self) -> int:
        """Return all incidents counted."""
        return sum(group.before + group.after for group in self.groups)

    @property
    def compared(self) -> tuple[BeforeAfter, ...]:
        """Return the groups that a difference is made of: two, or four with both surroundings."""
        if self.buffer_comparison is None:
            return (self.treated, self.comparison)
        return self.groups

    def counts(self) -> FloatArray:
        """Return before and after of each compared group in one array."""
        return np.array(
            [count for group in self.compared for count in (group.before, group.after)], dtype=float
        )

    def divisors(self) -> FloatArray:
        """Return what each count is divided by for a difference.

        Periods become as long as that after; a comparison becomes as large as what it is compared
        with, so that the difference is in incidents of the treated places over the time after.
        """
        after_days = self.treated.after_days
        found: list[float] = []
        for position, group in enumerate(self.compared):
            own_size = self.compared[position - position % 2].size
            found += [
                days / after_days * group.size / own_size
                for days in (group.before_days, group.after_days)
            ]
        return np.array(found)
