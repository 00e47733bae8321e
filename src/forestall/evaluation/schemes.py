"""This file knows the scheme that is to be evaluated, and the designs that may answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import comb, factorial, prod
from typing import TYPE_CHECKING

import numpy as np

from forestall._stats.detectable import (
    detectable_fall,
    power_of,
    variance_of_counts,
    variance_of_series,
    variance_of_wedge,
    wedge_starts,
)
from forestall.languages import message

if TYPE_CHECKING:
    from forestall.languages import Message

LEAST_MONTHS_BEFORE_SERIES, LEAST_MONTHS_AFTER_SERIES = 24, 6


class Design(StrEnum):
    """Designs of an evaluation, from the weakest to the strongest claim."""

    BEFORE_AFTER = "before and after"
    SERIES = "interrupted series"
    FOUR_CELLS = "four cells"
    PANEL = "panel of places"
    WEDGE = "stepped wedge"
    TRIAL = "cluster trial"

    @property
    def words(self) -> Message:
        """Return its name for a sentence."""
        return DESIGN_WORDS[self]


DESIGN_WORDS = {
    Design.BEFORE_AFTER: message("a comparison with the time before alone"),
    Design.SERIES: message("an interrupted series"),
    Design.FOUR_CELLS: message("a comparison of four counts"),
    Design.PANEL: message("a panel of treated and comparison places"),
    Design.WEDGE: message("a stepped wedge by lot"),
    Design.TRIAL: message("a trial of places by lot"),
}


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """What is to be done where and for how long, and how much is recorded there.

    Attributes
    ----------
    monthly_incidents
        Incidents of a place in a month, on average.
    treated_places, comparison_places
        Places with the measure and without it.
    months_before, months_after
        Months counted.
    dispersion
        Variance of counts as a multiple of that of chance.
    place_spread
        Standard deviation of each place's own change on the log scale, beyond that of its counts;
        0.1 means that places go up or down by some 10 % of their own accord.
    steps
        Dates at which places start in a stepped wedge.
    """

    monthly_incidents: float
    treated_places: int
    comparison_places: int = 0
    months_before: int = 12
    months_after: int = 12
    dispersion: float = 2.0
    place_spread: float = 0.0
    steps: int = 4

    def __post_init__(self) -> None:
        if not self.monthly_incidents > 0:
            raise ValueError("A scheme is planned for more than 0 incidents a month.")
        if self.treated_places < 1 or self.comparison_places < 0:
            raise ValueError("A scheme has 1 treated place or more, and no fewer than 0 others.")
        if self.months_before < 1 or self.months_after < 1:
            raise ValueError("A scheme has 1 month before and 1 after, or more.")
        if not self.dispersion >= 1:
            raise ValueError("Counts vary as much as chance or more: the dispersion is 1 or more.")
        if self.place_spread < 0 or self.steps < 2:
            raise ValueError("The spread of places is 0 or more, and a wedge has 2 steps or more.")

    @property
    def places(self) -> int:
        """Return the number of all places."""
        return self.treated_places + self.comparison_places

    def is_possible(self, design: Design) -> bool:
        """Return whether a design can be carried out at all with these places and months."""
        if design is Design.BEFORE_AFTER:
            return True
        if design is Design.SERIES:
            return (
                self.months_before >= LEAST_MONTHS_BEFORE_SERIES
                and self.months_after >= LEAST_MONTHS_AFTER_SERIES
            )
        if design is Design.FOUR_CELLS:
            return self.comparison_places >= 1
        if design is Design.PANEL:
            return self.treated_places >= 2 and self.comparison_places >= 2
        # Where both arms have as many places, each lot has a mirror image as far from no effect.
        is_mirrored = design is Design.TRIAL and self.treated_places == self.comparison_places
        return self.lots(design) >= _LEAST_LOTS * (2 if is_mirrored else 1)

    def lots(self, design: Design) -> int:
        """Return how many lots could be drawn."""
        if design is Design.TRIAL:
            return comb(self.places, self.treated_places) if self.comparison_places else 1
        if self.places < self.steps or self.months_after < self.steps:
            return 1
        each, more = divmod(self.places, self.steps)
        equal = prod([factorial(each)] * (self.steps - more) + [factorial(each + 1)] * more)
        return factorial(self.places) // equal

    def freedom(self, design: Design) -> float | None:
        """Return the degrees of freedom of a design; None where counts alone decide."""
        if design is Design.SERIES:
            return self.months_before + self.months_after - 7
        if design in (Design.PANEL, Design.TRIAL):
            return self.places - 2
        return self.places - 1 if design is Design.WEDGE else None

    def error(self, design: Design) -> float:
        """Return the standard error of the log ratio that a design would give without an effect."""
        rate, phi = self.monthly_incidents, self.dispersion
        before, after = self.months_before, self.months_after
        treated, rest = rate * self.treated_places, rate * self.comparison_places
        own = self.place_spread**2
        if design is Design.BEFORE_AFTER:
            variance = variance_of_counts((treated * before, treated * after), dispersion=phi)
            return float(np.sqrt(variance + own / self.treated_places))
        if design is Design.SERIES:
            variance = variance_of_series(treated, before=before, after=after, dispersion=phi)
            return float(np.sqrt(variance + own / self.treated_places))
        if design is Design.WEDGE:
            starts = wedge_starts(places=self.places, steps=self.steps, before=before, after=after)
            variance = variance_of_wedge(rate, starts=starts, months=before + after, dispersion=phi)
            return float(np.sqrt(variance + 4 * own / self.places))
        cells = (treated * before, treated * after, rest * before, rest * after)
        between = own * (1 / self.treated_places + 1 / self.comparison_places)
        return float(np.sqrt(variance_of_counts(cells, dispersion=phi) + between))

    def detectable(self, design: Design, *, power: float, level: float) -> float:
        """Return the smallest fall found with this power; missing where it cannot be done.

        Examples
        --------
        >>> hundred = Scheme(
        ...     monthly_incidents=100, treated_places=1, comparison_places=1, months_before=1,
        ...     months_after=1, dispersion=2)
        >>> round(hundred.detectable(Design.FOUR_CELLS, power=0.8, level=0.95), 2)
        0.55
        """
        if not self.is_possible(design):
            return float("nan")
        return detectable_fall(
            self.error(design), power=power, level=level, freedom=self.freedom(design)
        )

    def power(self, design: Design, *, fall: float, level: float) -> float:
        """Return how often a fall is found; missing where it cannot be done."""
        if not self.is_possible(design):
            return float("nan")
        return power_of(fall, self.error(design), level=level, freedom=self.freedom(design))


# Fewer cannot give a p-value of 5 % by lot.
_LEAST_LOTS = 20
